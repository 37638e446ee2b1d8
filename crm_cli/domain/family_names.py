"""Family names so usual in German or English that two people of that name are nothing remarkable.

Two of them that differ by a letter (`Meier`, `Maier`) are two names, not a name and its misspelling. All words are in
the strong folding of `text.fold`.
"""

from __future__ import annotations

import re

# `Mueller`, not `Bauer` or `Neuer`.
_UMLAUT = re.compile("(?<![aeiou])([aou])e")

_USUAL = frozenset(
    """adam albrecht anders anderson arnold auer bach bachmann bauer baumann baur beck becker behrens berg berger
    bergmann bischoff boehm brandt braun brown busch christ clark cramer davis dietrich ebert eckert engel ernst
    evans fink fischer forster frank franke franz friedrich fritz fuchs gabriel geiger graf green gross guenther
    haas hahn hall hansen harris hartmann hauser heinrich heinz herrmann hermann hill hoffmann hofmann horn huber
    hughes jackson jaeger jahn jansen janssen jensen johnson jones jung kaiser keller kern king klein kluge knight
    koch koehler koenig kowalski kraemer kraft kramer kraus krause kroeger krueger kruse kuehn kuhn kunz kurz lang
    lange langer lee lehmann lewis lindner lorenz ludwig maier marks martin marx mayer meier meyer meyr miller
    mohr moeller moore morgan morris moser mueller nagel neumann nowak otto parker paul peter peters petersen
    pfeiffer pohl richter ritter roberts robinson roth sauer schaefer schenk scherer schmid schmidt schmitt
    schmitz schneider scholz schreiber schroeder schubert schulte schultz schulz schulze schumacher schuster
    schwarz schwartz scott seidel simon smith sommer stein steiner stewart taylor thomas thompson turner vogel
    vogt voigt wagner walker walter walther ward watson weber wei weiss werner white wild wilhelm williams wilson
    winkler winter wolf wolff wood wright yilmaz young ziegler zimmermann""".split()
)


def without_umlauts(word: str) -> str:
    """Return a folded word as it is written where umlauts are lost: `mueller` -> `muller`."""
    return _UMLAUT.sub(r"\1", word)


_USUAL_WITHOUT = frozenset(map(without_umlauts, _USUAL))


def is_usual(word: str) -> bool:
    """Tell whether a folded word is one of the most usual family names."""
    return word in _USUAL or word in _USUAL_WITHOUT
