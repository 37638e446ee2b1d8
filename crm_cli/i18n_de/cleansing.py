"""German texts of duplicates and cleansing."""

from __future__ import annotations

TEXTS = {
    # Commands
    "People or firms.": "Personen oder Firmen.",
    "From which score, 0 to 1.": "Ab welcher Wertung, 0 bis 1.",
    "List records that may be one, and why.": "Zeigen, was doppelt sein kann, und warum.",
    "Read pairs from stdin: ids on one line, or crm dupes --json.": (
        "Paare von stdin lesen: Kennungen in einer Zeile, oder crm dupes --json."
    ),
    "From which score; very sure ones unless said.": "Ab welcher Wertung; ohne Angabe nur sehr sichere.",
    "Make one record of each group of duplicates; nothing they hold is lost.": (
        "Aus Doppelten je einen Datensatz machen; nichts davon geht verloren."
    ),
    "Which are not one; - reads pairs from stdin.": "Was nicht dasselbe ist; - liest Paare von stdin.",
    "List the rejected pairs.": "Die abgelehnten Paare zeigen.",
    "Let them be offered again.": "Sie wieder anbieten lassen.",
    "Never offer these as duplicates again.": "Diese nie wieder als doppelt anbieten.",
    "A file to look at before it is imported.": "Eine Datei, die vor dem Import geprüft wird.",
    "Do the repairs that are certain.": "Ausführen, was sicher ist.",
    "Say what is missing, malformed, doubtful or stale; how to repair it.": (
        "Sagen, was fehlt, falsch, zweifelhaft oder veraltet ist; wie es sich richten lässt."
    ),
    # Narration and failures
    "There is nothing to merge.": "Es gibt nichts zusammenzuführen.",
    "Merge {lost} records into {kept} others?": "{lost} Datensätze mit {kept} anderen zusammenführen?",
    "{lost} records would go into {kept} others; nothing was merged.": (
        "{lost} Datensätze würden mit {kept} anderen zusammengeführt; es ist nichts geschehen."
    ),
    "--dry-run shows them, --yes merges them.": "--dry-run zeigt sie, --yes führt sie zusammen.",
    "Merged {lost} records into {kept}; crm undo takes it back.": (
        "{lost} Datensätze mit {kept} zusammengeführt; crm undo nimmt es zurück."
    ),
    "“{text}” is not -.": "„{text}“ ist nicht -.",
    "Pairs come on stdin; two names go to crm contact merge.": (
        "Paare kommen über stdin; für zwei Namen gibt es crm contact merge."
    ),
    "--threshold and - exclude each other.": "--threshold und - schließen sich aus.",
    "--threshold is a score from 0 to 1.": "--threshold ist eine Wertung von 0 bis 1.",
    "--list takes no records.": "--list nimmt keine Datensätze.",
    "Give two records, or - for pairs on stdin.": "Geben Sie zwei Datensätze an, oder - für Paare von stdin.",
    "They may be offered again: {count}.": "Wieder anzubieten: {count}.",
    "Never offered again: {count}; crm dupes reject --undo takes it back.": (
        "Nie wieder angeboten: {count}; crm dupes reject --undo nimmt es zurück."
    ),
    "{name} ({id}) is not there any more; nothing was merged.": (
        "{name} ({id}) ist nicht mehr da; es wurde nichts zusammengeführt."
    ),
    "It takes two records to be one.": "Dazu gehören zwei Datensätze.",
    "A person and a company cannot be one.": "Eine Person und eine Firma können nicht dasselbe sein.",
    "Standard input is not the JSON it seems to be: {reason}.": (
        "Die Eingabe ist nicht das JSON, das sie scheint: {reason}."
    ),
    "An item on stdin names no two records: {item}.": "Ein Eintrag auf stdin nennt keine zwei Datensätze: {item}.",
    "A file is not changed.": "Eine Datei wird nicht geändert.",
    "crm import takes it over; crm clean --apply repairs it then.": (
        "crm import übernimmt sie; danach richtet crm clean --apply, was zu richten ist."
    ),
    "Repaired {count}; crm undo takes it back.": "{count} gerichtet; crm undo nimmt es zurück.",
    "{count:repair is|repairs are} certain: crm clean --apply": (
        "{count:Änderung ist|Änderungen sind} sicher: crm clean --apply"
    ),
    "{count:item|items} of the file cannot be read.": (
        "{count:Eintrag der Datei ist|Einträge der Datei sind} nicht lesbar."
    ),
    "“{file}” cannot be read as contacts.": "„{file}“ lässt sich nicht als Kontakte lesen.",
    "No contact could be read from it.": "Daraus ließ sich kein Kontakt lesen.",
    # Headings
    "Record": "Datensatz",
    "Other id": "Andere Kennung",
    "Other record": "Anderer Datensatz",
    "Evidence": "Anhaltspunkte",
    "Kept": "Behalten",
    "Merged into it": "Darin aufgegangen",
    "Their ids": "Deren Kennungen",
    "Fields": "Felder",
    "Repairs": "Änderungen",
    "Repaired": "Gerichtet",
    "Refused": "Abgelehnt",
    "Source": "Quelle",
    "Certain repairs": "Sicher zu richten",
    "To be looked at": "Anzusehen",
    "all contacts": "alle Kontakte",
    "{count:record|records}": "{count:Datensatz|Datensätze}",
    "{score} of 100": "{score} von 100",
    "score": "Wertung",
    "filled": "gefüllt",
    "missing": "fehlt",
    "malformed": "falsch",
    "doubtful": "zweifelhaft",
    "stale": "veraltet",
    # Evidence
    "the same name": "derselbe Name",
    "the same name, given and family name swapped": "derselbe Name, Vor- und Nachname vertauscht",
    "the same name but for a further given name": "derselbe Name bis auf einen weiteren Vornamen",
    "a name that fits an initial": "ein Name, zu dem der Anfangsbuchstabe passt",
    "a short form of the given name": "eine Kurzform des Vornamens",
    "names that differ by an umlaut": "Namen, die sich in einem Umlaut unterscheiden",
    "names that differ by a typing error": "Namen, die sich um einen Tippfehler unterscheiden",
    "a part of a double name": "ein Teil eines Doppelnamens",
    "only one part of the name to compare": "nur ein Teil des Namens zu vergleichen",
    "the same given name, another family name": "derselbe Vorname, ein anderer Nachname",
    "another given name": "ein anderer Vorname",
    "different names": "verschiedene Namen",
    "one name has more words": "ein Name hat mehr Wörter",
    "the same words in another order": "dieselben Wörter in anderer Folge",
    "one is the elder, one the younger": "der eine ist der Ältere, der andere der Jüngere",
    "the same company ({value})": "dieselbe Firma ({value})",
    "different companies ({value}, {other})": "verschiedene Firmen ({value}, {other})",
    "the same mobile number ({value})": "dieselbe Mobilnummer ({value})",
    "the same number ({value})": "dieselbe Nummer ({value})",
    "a number of several people ({value})": "eine Nummer mehrerer Personen ({value})",
    "numbers that differ by one digit ({value}, {other})": "Nummern mit einer anderen Ziffer ({value}, {other})",
    "different mobile numbers ({value}, {other})": "verschiedene Mobilnummern ({value}, {other})",
    "different direct numbers ({value}, {other})": "verschiedene Durchwahlen ({value}, {other})",
    "the same e-mail ({value})": "dieselbe E-Mail ({value})",
    "an e-mail of several people ({value})": "eine E-Mail mehrerer Personen ({value})",
    "nearly the same e-mail ({value}, {other})": "fast dieselbe E-Mail ({value}, {other})",
    "e-mails of two people ({value}, {other})": "E-Mails zweier Personen ({value}, {other})",
    "the same domain ({value})": "dieselbe Domain ({value})",
    "different domains ({value}, {other})": "verschiedene Domains ({value}, {other})",
    "the same birthday ({value})": "derselbe Geburtstag ({value})",
    "birthdays that differ by one digit ({value}, {other})": "Geburtstage mit einer anderen Ziffer ({value}, {other})",
    "different birthdays ({value}, {other})": "verschiedene Geburtstage ({value}, {other})",
    "the same address ({value})": "dieselbe Anschrift ({value})",
    "different towns ({value}, {other})": "verschiedene Orte ({value}, {other})",
    "nothing else in common": "sonst nichts gemeinsam",
    "the same web page ({value})": "dieselbe Webseite ({value})",
    "the same foreign id ({value})": "dieselbe fremde Kennung ({value})",
    "the same legal form ({value})": "dieselbe Rechtsform ({value})",
    "different legal forms ({value}, {other})": "verschiedene Rechtsformen ({value}, {other})",
    # Reasons of repairs
    "signs that belong to no address": "Zeichen, die zu keiner Adresse gehören",
    "a domain that looks mistyped": "eine Domain, die vertippt aussieht",
    "a name stands beside the address": "neben der Adresse steht ein Name",
    "the address is written out": "die Adresse ist ausgeschrieben",
    "a comma in place of a dot": "ein Komma statt eines Punktes",
    "the international form": "die internationale Form",
    "the numbering plan knows no such number": "eine solche Nummer gibt es im Nummernplan nicht",
    "letters in place of digits": "Buchstaben statt Ziffern",
    "all in one line": "alles in einer Zeile",
    "postcode beside the town": "die Postleitzahl steht beim Ort",
    "town beside the postcode": "der Ort steht bei der Postleitzahl",
    "the country before the postcode": "das Land steht vor der Postleitzahl",
    "a leading zero was lost": "eine führende Null ging verloren",
    "letters read in the wrong encoding": "Buchstaben in der falschen Kodierung gelesen",
    "all capitals": "alles in Großbuchstaben",
    "all small letters": "alles in Kleinbuchstaben",
    "blanks too many": "zu viele Leerzeichen",
    "the salutation stands in the name": "die Anrede steht im Namen",
    "a given name that leaves no doubt": "ein Vorname, der keinen Zweifel lässt",
}
