"""German texts of queries and segments."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    # The grammar
    "The query is longer than {limit} characters.": "Die Abfrage ist länger als {limit} Zeichen.",
    "The query is not valid text.": "Die Abfrage ist kein gültiger Text.",
    'Put text with signs of its own into quotes: "14:30 (new)".': (
        'Text mit eigenen Zeichen gehört in Anführungszeichen: "14:30 (neu)".'
    ),
    "A bracket is closed that was never opened: “{near}”.": "Eine Klammer wird geschlossen, die nie aufging: „{near}“.",
    "A bracket is not closed: “{near}”.": "Eine Klammer ist nicht geschlossen: „{near}“.",
    "A quote is not closed: “{near}”.": "Ein Anführungszeichen ist nicht geschlossen: „{near}“.",
    "A value cannot begin with a bracket: “{near}”.": "Ein Wert kann nicht mit einer Klammer beginnen: „{near}“.",
    "The query has too many brackets in each other at “{near}”.": (
        "Die Abfrage hat bei „{near}“ zu viele Klammern ineinander."
    ),
    "The query has more than {limit} terms at “{near}”.": "Die Abfrage hat bei „{near}“ mehr als {limit} Glieder.",
    "The query has too many brackets and segments in each other.": (
        "Die Abfrage hat zu viele Klammern und Segmente ineinander."
    ),
    "Something is missing before “{near}”.": "Vor „{near}“ fehlt etwas.",
    "Something is missing after “{near}”.": "Nach „{near}“ fehlt etwas.",
    "The value is missing: “{near}”.": "Der Wert fehlt: „{near}“.",
    "has and no take a colon: “{near}”.": "has und no brauchen einen Doppelpunkt: „{near}“.",
    "There is nothing to search for in “{text}”.": "In „{text}“ ist nichts, wonach man suchen könnte.",
    # Fields and their values
    "There is no field “{field}” for {entity}.": "Das Feld „{field}“ gibt es bei {entity} nicht.",
    "Did you mean “{near}”? Text with a colon in it needs quotes.": (
        "Meinten Sie „{near}“? Text mit einem Doppelpunkt gehört in Anführungszeichen."
    ),
    "“{value}” does not fit the field {field}.": "„{value}“ passt nicht zum Feld {field}.",
    "The field {field} has no order: only “{field}:…” can be asked.": (
        "Das Feld {field} hat keine Reihenfolge: man kann nur „{field}:…“ fragen."
    ),
    "Only has:{field} and no:{field} can be asked.": "Man kann nur has:{field} und no:{field} fragen.",
    "It needs at least one letter or digit.": "Nötig ist mindestens ein Buchstabe oder eine Ziffer.",
    "It is letters and digits, or the first of them.": "Möglich sind Buchstaben und Ziffern, oder die ersten davon.",
    "It is yes or no.": "Möglich ist: ja oder nein.",
    "It needs digits.": "Nötig sind Ziffern.",
    "It is a number such as 12500, 12500.50 or 10k; 12.500 can be read two ways.": (
        "Nötig ist eine Zahl wie 12500, 12500,50 oder 10k; 12.500 kann man auf zwei Arten lesen."
    ),
    "It is an amount such as 12500, 12.500,50 or 10k.": "Nötig ist ein Betrag wie 12500, 12.500,50 oder 10k.",
    "An age needs < or >: {field}<{value} or {field}>{value}.": (
        "Ein Alter braucht < oder >: {field}<{value} oder {field}>{value}."
    ),
    "A range has two days or two ages, not one of each.": (
        "Ein Bereich hat zwei Tage oder zwei Alter, nicht eins von jedem."
    ),
    "The range begins after its end.": "Der Bereich beginnt nach seinem Ende.",
    "A range of birthdays without a year needs both ends.": (
        "Ein Bereich von Geburtstagen ohne Jahr braucht beide Enden."
    ),
    "Ask birthday:today, birthday<14d (the next 14 days) or birthday>1980.": (
        "Möglich sind birthday:heute, birthday<14d (die nächsten 14 Tage) und birthday>1980."
    ),
    "Days: today, 2025-11-30, 2025-11, +3d, this-week, “3 december”; ages: <90d, >6m.": (
        "Tage: heute, 2025-11-30, 2025-11, +3d, diese-woche, „3. dezember“; Alter: <90d, >6m."
    ),
    "There is no stage “{stage}”.": "Die Phase „{stage}“ gibt es nicht.",
    "Stages: {stages}": "Phasen: {stages}",
    # Segments
    "There is no segment “{name}”.": "Das Segment „{name}“ gibt es nicht.",
    "Segments: {known}": "Segmente: {known}",
    "The segment “{name}” holds records of the kind {entity}.": (
        "Das Segment „{name}“ enthält Datensätze der Art {entity}."
    ),
    "The segment “{name}” contains itself.": "Das Segment „{name}“ enthält sich selbst.",
    "The segment “{name}” cannot be read: {reason}": "Das Segment „{name}“ ist nicht lesbar: {reason}",
    "A segment needs a name.": "Ein Segment braucht einen Namen.",
    "There are no segments of “{entity}”.": "Segmente von „{entity}“ gibt es nicht.",
    "The segment “{other}” is made from “{name}”; nothing was deleted.": (
        "Das Segment „{other}“ besteht aus „{name}“; nichts wurde gelöscht."
    ),
    "Change or delete the other one first.": "Ändern oder löschen Sie zuerst das andere.",
    "crm segment list": "crm segment list",
    "crm segment save fair tag:fair": "crm segment save messe tag:messe",
    "Give a query a name; segment:NAME then stands for it in any query.": (
        "Eine Abfrage benennen; segment:NAME steht dann in jeder Abfrage für sie."
    ),
    "The name of the segment.": "Der Name des Segments.",
    "Of which records: contact, company, …": "Von welchen Datensätzen: contact, company, …",
    "List segments.": "Segmente auflisten.",
    "Show a segment's query and how many it holds; crm contact list segment:NAME lists them.": (
        "Die Abfrage eines Segments und wie viele es enthält; crm contact list segment:NAME listet sie auf."
    ),
    "Forget a segment; its records stay.": "Ein Segment vergessen; seine Datensätze bleiben.",
    "Query": "Abfrage",
    "Count": "Anzahl",
}
