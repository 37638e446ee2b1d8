"""Given names: those only women or only men bear, and those that stand for one another.

Only names without doubt are listed as a woman's or a man's: `Andrea`, `Kim`, `Sascha`, `Toni`, `Nicola` are in
neither, because a wrong salutation is worse than none. All words are in the strong folding of `text.fold`.
"""

from __future__ import annotations

_WOMEN = frozenset(
    """agnes agnieszka aisha alexandra alice alina amelie anett anette angelika angela anja anke ann anna annalena
    anne anneliese annette annika antje ayse astrid barbara beata beate beatrice berta bettina bianca birgit birte
    brigitte britta camilla carina carla carmen carola caroline catherine charlotte christa christel christiane
    christina christine claudia constanze cornelia daniela denise diana dagmar doerte dora doris dorothea dorothee
    edith elena elfriede elisa elisabeth elise elizabeth elke ella ellen elli elsa emily emma erika erna esther
    eva eveline fatma felicitas franziska frieda friederike gabriela gerda gertrud gisela greta gudrun hanna
    hannah hannelore hedwig heide heidi heike helen helena helene helga henriette herta hilde hildegard ida ilona
    ilse ina ines inge ingeborg ingrid irene irina iris irmgard isabel isabella isabelle ivonne jacqueline jana
    janina jasmin jennifer jessica johanna josephine judith julia juliane jutta karin karina karla karolin
    karoline katarina katharina kathrin katja katrin kerstin klara konstanze kornelia kristin kristina laura lea
    lena leonie lieselotte lina linda lisa lotte louise lucia luise lydia magda magdalena manuela mareike margaret
    margarete margit margot margret margrit mariana marianne marie marina marion marlene marlies marta martha
    martina mary mathilda mechthild melanie melissa mia michaela mina miriam monica monika nadine nadja natalie
    natascha nicole nina olga oeznur patricia paula pauline petra pia ramona rebecca regina renate ricarda rita
    romy rosa rosemarie rosi roswitha ruth sabine sabrina sandra sara sarah saskia sibylle sigrid silke silvia
    sina sofia sonja sophia sophie stefanie steffi stella stephanie susan susanne svenja svetlana sylvia tamara
    tanja tatjana teresa thea theresa therese tina traute ulrike ursula uschi uta ute valentina vanessa vera
    verena veronika viktoria virginia waltraud wiebke wilma yasemin yvonne zoe""".split()
)
_MEN = frozenset(
    """adam adolf adrian albert albrecht alexander alfons alfred ali alois anatoli andre andreas anton armin arne
    arno arnold arthur artur axel balthasar bastian ben benedikt benjamin bernd bernhard bert berthold bjoern bodo
    boris bruno burkhard carl carsten charles christian christof christoph christopher claus clemens cornelius
    daniel david dennis detlef dieter dietmar dietrich dirk dmitri dominik eberhard eckhard edgar edmund eduard
    edward egon emil emre enrico eric erich erik ernst erwin eugen fabian felix ferdinand florian frank franz fred
    frederik friedbert friedhelm friedrich fritz georg george gerald gerd gerhard gernot gert giovanni gottfried
    guenter guenther guido gunnar gunter gustav hannes hans harald harry hartmut hauke heiko heiner heinrich heinz
    helmut helmuth hendrik henning henrik henry herbert hermann hilmar holger horst hubert hugo ignaz ingo jakob
    james jens joachim jochen joerg joern johann johannes john jonas jonathan josef joseph juergen julian julius
    karl karlheinz karsten kaspar kevin kilian klaus klemens knut konrad konstantin korbinian kurt lars laurenz
    leo leon leonhard leopold lorenz lothar ludger ludwig lukas lutz magnus malte manfred manuel marc marcel marco
    marcus mario marius mark marko markus martin mathias matthias maximilian mehmet michael mirko moritz murat
    nicolas niklas niko nikolaus nils norbert olaf ole oliver oskar oswald otto pascal patrick paul peter philip
    philipp piotr rainer ralf ralph raimund reiner reinhard reinhold richard robert roland rolf roman ronald
    rudolf ruediger rupert sebastian siegfried siegmund simon soeren stefan steffen stephan sven svend theo
    theodor thomas thorsten thomas tilo tim timo tobias tom torben torsten udo ulf ulrich uwe valentin veit viktor
    vincent volker volkmar waldemar walter werner wilfried wilhelm willi william winfried wolfgang
    wolfram xaver""".split()
)
# Each line: names and short forms one person may use for another. A name may stand in several lines.
_ALIKE = """
johannes hans hannes johann jo hansi
robert bob rob bobby robbie bert
william bill will billy willy liam
wilhelm willi willy wim
richard rick dick rich ricky
elisabeth elizabeth lisa lise lisbeth liz beth betty sissi sisi elli elly else elsbeth bettina
katharina catharina kathi kathy kate käthe kaethe katja trine nina cathy
katherine catherine kate kathy katie kathryn cathy
kathrin katrin catrin
alexander alex sascha sasha xander lex
alexandra alex sandra sascha lexa
michael michi mike michel mick micha
michaela michi micha ela
sebastian basti bastian seb
matthias mathias matze hias matthew matt
stefan stephan steff steve steven stephen
stephanie stefanie steffi steffy
ursula uschi ulla ursel
wolfgang wolf wolle wolfi
christian chris
christoph christof chris christopher stoffel
christina christine tina chris kristina kristine
christiane chris jane
maximilian max maxi
friedrich fritz fred friedel frederick frederik
joseph josef joe jo sepp jupp beppo
margarete margaret margarethe grete gretel peggy maggie meg marge rita gretchen
edward ed ted eddie ned
eduard edi ede
gabriele gabriela gabi gaby
barbara babsi bärbel baerbel barb
brigitte gitti gitte
birgit biggi
susanne susanna susi sanne susan sue suse
andreas andi andy anderl drew
andrea andi andy
thomas tom tommy thom
james jim jimmy jamie
john jack johnny jon
jonathan jon john
manfred manni manny fred
günther günter guenther guenter gunther günni guenni
jürgen juergen jogi jochen
karlheinz heinz karl kalle
karl carl kalle charles
charles charlie chuck
angelika geli angela
tobias tobi
philipp philip phil fips
daniel dan danny dani
daniela dani daniella
david dave
nikolaus klaus niko nick claus nicolas nikolas
nicholas nick nicolas
klaus claus
ulrich uli ulli
ulrike uli ulli rike
heinrich heinz heiner hein henry heini
heinz heinrich
joachim jochen achim jo
georg schorsch george
ludwig lutz louis wiggerl
bernhard bernd bernie hard
benjamin ben benni benny
dominik dominic nick
franziska franzi fanny sissi
franz franzl frank
johanna hanna hannah jo
hanna hannah
anna anne anni anny änne aenne
anneliese anne liesl liese
dorothea dorothee dora dorle thea doro
eleonore leonore lore nora
florian flo
friederike rike friedel frieda
gerhard gerd gert
gertrud gerda traudl trudi trude
helena helene lena leni hella
magdalena lena magda leni
hildegard hilde
ingeborg inge
irmgard irma irmi
jakob jacob jake köbes
julia juliane jule juli
karoline caroline karo caro carolin karolin lina
kornelia cornelia conny nele nelly
konrad conrad conny kurt
lieselotte lilo lotte liselotte
lukas lucas luke
markus marcus mark marc
mark marc
martin martl
martina tina
maria marie mia mitzi mary
monika moni monica
patrick pat paddy
patricia pat patty trish
peter pit pete
petra peti
rafael raphael rafi
ralf ralph
regina gina
reinhard reinhardt hardy
rudolf rudi
samuel sam
samantha sam
siegfried sigi siggi
sigrid sigi siggi
simone moni
sophie sofie sophia sofia
theodor theo teddy
theresa teresa resi therese
torsten thorsten
thorsten torsten
valentin valli
veronika vroni vera
viktoria victoria vicky
viktor victor
waltraud traudl
werner verner
walter walther
zacharias zach
anthony tony
anton toni
antonia toni
giovanni gianni
giuseppe beppe
ekaterina katja
dmitri dima dmitry
alexej aljoscha
edeltraud traudl
emanuel manuel manu
manuela manu ela
marcel marc
melanie mel melli
nicole nicki
sabine bine biene
claudia claudi
silvia sylvia
tatjana tanja
vincent vinzenz vince
albert al bert
alfred fred
arthur artur
detlef detlev
dieter dietrich didi
erich eric erik
hermann herrmann
leonhard leo hartl lenny
leonard leo lenny
leopold leo poldi
margit margarete
mathilde tilde
meinhard hardy
nathaniel nate nathan
norbert nobbi
oliver olli oli
rebecca becky
reiner rainer
timothy tim
timotheus tim timo
ruediger rudi
""".strip()


def _groups() -> dict[str, frozenset[int]]:
    from crm_cli.domain.text import words

    found: dict[str, set[int]] = {}
    for number, line in enumerate(_ALIKE.split("\n")):
        for word in words(line):
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


_GROUPS = _groups()
_NONE: frozenset[int] = frozenset()


def alike(word: str) -> frozenset[int]:
    """Return the numbers of the groups a folded given name is in; two names with one in common may be one person's."""
    return _GROUPS.get(word, _NONE)


def is_usual(word: str) -> bool:
    """Tell whether a folded word is a well-known given name, and so hardly a misspelling of another."""
    return word in _WOMEN or word in _MEN or word in _GROUPS


def gender(word: str) -> str | None:
    """Return `f` or `m` for a folded given name only women or only men bear, else None."""
    return "f" if word in _WOMEN else "m" if word in _MEN else None
