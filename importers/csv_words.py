"""The words people put above columns: what each says about the cells below.

Three kinds of knowledge. `WHOLE` names complete headers; `PARTS` names the
pieces headers are built from (“Telefon geschäftlich 2”, “MailingPostalCode”,
“Arbeitsadresse PLZ”), which `csv_headers` puts together; `KNOWN` are headers
that are common but have no field of ours: they become custom fields, and they
help to tell a header row from data. All words are German or English, with the
commonest French, Spanish, Italian, Dutch and Portuguese ones.
"""

from __future__ import annotations

from functools import lru_cache

from crm_cli.domain.text import fold_weak

# Every word as people spell it (ä as a): what a typing mistake is measured against.
SPELLINGS: set[str] = set()
_DIGRAPHS = (("ae", "a"), ("oe", "o"), ("ue", "u"))


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Fold a word for comparison: case, accents and ä/ae/a, ß/ss fall together."""
    plain = fold_weak(text)
    for double, single in _DIGRAPHS:
        plain = plain.replace(double, single)
    return plain


def _table(lines: str) -> dict[str, str]:
    """Read `meaning: word word …` lines into folded word -> meaning; `_` is a blank in the meaning."""
    found: dict[str, str] = {}
    for line in lines.strip().splitlines():
        meaning, _, words = line.partition(" = ")
        for word in words.split():
            SPELLINGS.add(fold_weak(word))
            found.setdefault(fold(word), meaning.strip().replace("_", " ") if ":" in meaning else meaning.strip())
    return found


def _words(text: str) -> frozenset[str]:
    """Read words into their folded set."""
    return frozenset(fold(word) for word in text.split())


# The whole header without blanks and signs = its target.
WHOLE = _table("""
name = name fullname displayname completename vollername vollständigername anzeigename ansprechpartner
name = ansprechpartnerin
name = kontaktperson contactperson formattedname fileas fn vornamenachname firstlastname firstandlastname namevorname
name = nombrecompleto nomcomplet nomecompleto volledigenaam naam nominativo nombre nome nom personenname contactname
name = leadname vorundnachname vornameundnachname vorundzuname geschäftspartner naamvolledig names namen
given = firstname first givenname given forename vorname vornamen prénom voornaam primeironome ngiven fname givennames
family = lastname last familyname family surname nachname familienname zuname nfamily apellido apellidos nomdefamille
family = cognome achternaam sobrenome lname familyname1 lastnames
additional = middlename middle additional middleinitial additionalname additionalnames weiterevornamen weiterervorname
additional = zweitervorname nmiddle mittelname zweitname middlenames secondname
prefix = nameprefix prefix namenspräfix akademischertitel titelakademisch academictitle honorific honorificprefix
prefix = titel
suffix = suffix namesuffix namenssuffix honorificsuffix namenszusatz
nickname = nickname nick spitzname rufname knownas nickname1
salutation = anrede salutation courtesytitle anredeform
company = company companyname firma firmenname firmierung organization organisation organizationname organisationname
company = org orgname unternehmen unternehmensname employer arbeitgeber account accountname business businessname
company = associatedcompany entreprise société societe empresa azienda bedrijf bedrijfsnaam corporation
company = betrieb institution personorganization firma1 firmaname1 customer kunde client kundenname customername
company = clientname currentcompany
company = organisationsname associatedcompanyname primarycompany organisatie raisonsociale ragionesociale compagnie
department = department dept abteilung orgunit organizationdepartment département departamento afdeling
title = jobtitle title position jobposition funktion function berufsbezeichnung stellenbezeichnung stellung
title = designation
title = cargo puesto poste organizationtitle jobbezeichnung positionsbezeichnung tätigkeit beruf profession occupation
title = job jobname currentposition functie fonction funzione jobrole
role = role rolle
birthday = birthday birthdate dateofbirth dob bday geburtstag geburtsdatum gebdatum gebtag geb datedenaissance
birthday = fechadenacimiento datadinascita geboortedatum datadenascimento born geboren geborenam
birthday.year = birthyear geburtsjahr yearofbirth
birthday.month = birthmonth geburtsmonat monthofbirth
birthday.day = dayofbirth geburtstagtag
anniversary = anniversary jahrestag hochzeitstag weddinganniversary weddingday
notes = notes note notizen notiz bemerkung bemerkungen kommentar kommentare comment comments remark remarks anmerkung
notes = anmerkungen description beschreibung memo additionalinfo additionalinformation zusatzinfo zusatzinformation
notes = info infos informationen freitext notas remarques commentaire commentaires note1 opmerkingen osservazioni
notes = crmnote crmnotes kundennotiz information
tags = tags tag labels categories category kategorien kategorie schlagwort schlagworte schlagwörter gruppen gruppe
tags = groups group groupmembership groupmemberships label etiketten etiqueta etiquetas étiquettes catégorie
tags = catégories
owner = owner contactowner leadowner accountowner owneralias ownername betreuer betreuerin besitzer zuständig
owner = assignedto
owner = verantwortlich verantwortlicher responsible salesrep kundenbetreuer assignee bearbeiter
uid = uid
kind = kind
im:screen_name = screenname
url:linkedin = linkedin linkedinurl linkedinprofile linkedinprofil linkedinprofileurl linkedinlink personlinkedinurl
url:xing = xing xingurl xingprofil xingprofile
social:twitter = twitter twitterhandle twitterusername twitterurl
social:x = xhandle xurl
social:facebook = facebook facebookurl facebookprofile facebookprofil
social:instagram = instagram instagramhandle instagramurl
social:mastodon = mastodon
social:github = github githuburl
phone:assistant = assistantsphone assistantphone telefonassistent assistentinphone assistententelefon
phone:company_main = companymainphone telefonfirma
phone:main = primaryphone haupttelefon hauptnummer mainphone mainnumber zentrale telefonzentrale switchboard
phone:callback = callback rückmeldung
phone:car = carphone autotelefon
phone:radio = radiophone
phone:tty = ttytddphone telefonfürhörbehinderte ttyttdphone
phone:telex = telex
phone:isdn = isdn
phone:video = phonevideo videophone
skip = photo
""")

# A piece of a header = what it contributes. Upper case: a kind of cell; `@`: a place; `+`: an aspect; `-`: nothing.
PARTS = _table("""
EMAIL = email mail emails mails emailadresse emailaddress mailadresse mailaddress correo courriel correoelectrónico
EMAIL = eml
PHONE = phone phones tel telefon telephone fon telefono teléfono téléphone telefoon telefone tlf rufnummer landline
PHONE = festnetz durchwahl telefonnummer phonenumber telnr telno telefonnr fono telefonie
MOBILE = mobile mobil handy cell cellular cellphone mobiltelefon mobilfunk mobilnummer natel movil móvil celular
MOBILE = mobiel
MOBILE = portable cellulare gsm mobiltel mobilephone handynummer handynr mobilnr mobilenumber
FAX = fax telefax faxnummer faxnumber faxnr
PAGER = pager beeper pagernumber
ADDRESS = address adresse anschrift addr adr addresses adressen dirección direccion indirizzo adres endereço
STREET = street strasse str rue calle streetaddress straat streetname rua
HOUSE = hausnummer hausnr housenumber huisnummer
CITY = city ort stadt town locality wohnort ville ciudad plaats woonplaats cidade città gemeinde locality1 stad
POSTCODE = zip plz postcode postleitzahl zipcode postalcode codepostal postnumber postnummer codigopostal cap
POSTCODE = pincode zippostal
REGION = state region province bundesland kanton county staatprovinz provincia provinz estado provincie
COUNTRY = country land countryname pays país staat countryregion paese landname
POBOX = pobox postfach
URL = url website web webpage homepage webseite internet www websites webadresse internetadresse site homepages
URL = webadres
URL = sitioweb siteweb weblink
SOCIAL = social
IM = im imaddress messenger chat instantmessenger
EXTENDED = extended zusatz adresszusatz addresszusatz adressezusatz suite apartment apt adressergänzung
NAME = name
CUSTOMFIELD = customfield
RELATION = relation relationship
EVENT = event
ORGANIZATION = organization organisation
@work = work business geschäftlich geschäft geschäfts dienstlich dienst arbeit arbeits office büro firmen firma
@work = beruflich mailing company professional gesch trabajo travail lavoro werk zakelijk corporate arbeitsplatz
@work = organizational
@home = home private privat personal priv privater private privates zuhause wohn heim casa domicile privé persönlich
@other = other weitere weiterer weiteres andere anderer sonstige sonstiges sonst otro autre altro overig
@ = alternate alternative alternativ secondary zweite zweiter second additional sekundäre sekundär backup extra
@main = main haupt primary primäre primärer central zentral preferred principal default
@billing = billing invoice rechnung rechnungs
@shipping = shipping delivery liefer lieferung
@assistant = assistant assistants assistent assistenz
@direct = direct direkt
@blog = blog
@profile = profile profil
+label = type typ label art kind
+value = value wert
+formatted = formatted full complete komplett
+service = service
+line = line zeile
- = number nummer nr no num nos adresse e r es contact kontakt person code id the und and of s your my enter bitte
- = pagenummer numero número numéro
""")

# Letters that mean a place only as a word of their own: “Tel. g.”, “Tel. p.”
LETTERS = {"g": "@work", "d": "@work", "p": "@home", "w": "@work", "h": "@home"}

# Whose column it is; says nothing about the cell and is dropped before a second look.
SUBJECTS = _words(
    """contact contacts kontakt person persons lead leads customer customers client clients kunde kunden
    user member employee mitarbeiter prospect partner primary main your recipient attendee guest participant
    ansprechpartner ansprechpartners"""
)

MESSENGERS = _words(
    """aim icq jabber msn skype yahoo xmpp gtalk googletalk whatsapp telegram signal
    threema qq irc groupwise matrix"""
)

# Common headers without a field of ours.
KNOWN = _words(
    """status leadstatus statut estado stato source leadsource quelle originalsource stage lifecyclestage gender
    geschlecht sex language sprache created createddate createdate erstellt erstelltam modified lastmodified
    lastmodifieddate lastactivity lastactivitydate lastcontact lastcontacted signupdate date datum type typ id
    recordid contactid kundennummer kundennr kdnr customernumber customerid industry branche revenue umsatz
    annualrevenue employees mitarbeiterzahl score leadscore currency währung iban bic vatid ustid countrycode
    domain initials initialen hobby spouse children partner partnerin kinder maidenname geburtsname foto image
    yominame location rating priority priorität private privat sensitivity vertraulichkeit mileage
    reisekilometer keywords stichwörter managersname assistantsname referredby empfohlenvon budget amount betrag
    product produkt interest interesse probability turnover directoryserver verzeichnisserver billinginformation
    abrechnungsinformation internetfreebusy internetfreigebucht governmentidnumber organizationalidnumber
    organisationsnr user1 user2 user3 user4 benutzer1 benutzer2 benutzer3 benutzer4 konto connectedon
    verbundenam custom1 custom2 custom3 custom4 subject shortname accountid ownerid isdeleted masterrecordid
    recordtypeid reportstoid donotcall hasoptedoutofemail systemmodstamp marketingconsent consent gdprconsent
    newsletter optin timezone zeitzone age alter region1 campaign kampagne"""
)

# Columns that only a list of firms has.
FIRM_ONLY = _words(
    """vatid vatnumber vat ustid ustidnr ustidnummer umsatzsteuerid steuernummer taxid taxnumber iban bic
    creditterm zahlungsziel handelsregister handelsregisternummer hrb rechtsform legalform
    employees numberofemployees
    mitarbeiterzahl anzahlmitarbeiter companysize firmengrösse sic naics duns anzahlderbeschäftigten
    kreditlimit creditlimit debitorennummer"""
)

# Titles that stand before a name, not jobs: they decide whether `Title` is the one or the other.
HONORIFICS = _words(
    """dr prof mr mrs ms miss mx sir dame lady lord herr herrn frau hr fr ing mag di mme mlle m sr sra sig rev hon"""
)
SALUTATIONS = _words("""herr herrn frau hr fr mr mrs ms miss mx mme mlle sr sra sig signor signora divers""")

# Texts that mean “nothing” in the column they stand in, and only there.
FILLERS: dict[str, frozenset[str]] = {
    fold(header): frozenset(texts)
    for headers, texts in (
        ("gender geschlecht", ("unspecified", "keine angabe")),
        ("priority priorität sensitivity vertraulichkeit", ("normal",)),
        ("private privat", ("false", "aus", "falsch")),
        ("emailtype email2type email3type emailtyp email2typ email3typ", ("smtp",)),
    )
    for header in headers.split()
}

# Countries as people write them: by them a row's national phone numbers are read.
COUNTRIES: dict[str, str] = {
    fold(name): code
    for code, *names in (
        ("DE", "de", "d", "ger", "deu", "germany", "deutschland", "allemagne", "brd"),
        ("AT", "at", "a", "aut", "austria", "österreich", "autriche"),
        ("CH", "ch", "che", "switzerland", "schweiz", "suisse", "svizzera"),
        ("LI", "li", "fl", "liechtenstein"),
        ("LU", "lu", "lux", "luxembourg", "luxemburg"),
        ("FR", "fr", "f", "fra", "france", "frankreich"),
        ("IT", "it", "i", "ita", "italy", "italien", "italia"),
        ("NL", "nl", "nld", "netherlands", "the netherlands", "niederlande", "holland", "nederland"),
        ("BE", "be", "b", "bel", "belgium", "belgien", "belgique", "belgië"),
        ("GB", "gb", "uk", "gbr", "united kingdom", "great britain", "england", "großbritannien"),
        ("US", "us", "usa", "u.s.a", "united states", "united states of america", "vereinigte staaten"),
        ("ES", "es", "esp", "spain", "spanien", "españa"),
        ("PT", "pt", "prt", "portugal"),
        ("PL", "pl", "pol", "poland", "polen", "polska"),
        ("CZ", "cz", "cze", "czech republic", "czechia", "tschechien", "tschechische republik"),
        ("DK", "dk", "dnk", "denmark", "dänemark", "danmark"),
        ("SE", "se", "swe", "sweden", "schweden", "sverige"),
        ("NO", "no", "nor", "norway", "norwegen", "norge"),
        ("FI", "fi", "fin", "finland", "finnland", "suomi"),
        ("IE", "ie", "irl", "ireland", "irland"),
        ("IN", "in", "ind", "india", "indien"),
        ("CA", "ca", "can", "canada", "kanada"),
        ("AU", "au", "aus", "australia", "australien"),
        ("JP", "jp", "jpn", "japan"),
    )
    for name in names
}
