"""German texts of contacts, companies, tags and custom fields."""

from __future__ import annotations

TEXTS = {
    # Days and fields
    "“{text}” is not a date this field understands.": "„{text}“ ist kein Datum, das dieses Feld versteht.",
    "Write 1980-04-12, 12.4.1980 or --04-12.": "Schreiben Sie 12.4.1980, 1980-04-12 oder --04-12.",
    "The birthday “{text}” is in the future.": "Der Geburtstag „{text}“ liegt in der Zukunft.",
    "There is no day “{text}”.": "Einen Tag „{text}“ gibt es nicht.",
    "{flag} is empty.": "{flag} ist leer.",
    "--clear {flag} takes a value away.": "--clear {flag} nimmt einen Wert weg.",
    "{entity} has no field “{name}”.": "Bei {entity} gibt es kein Feld „{name}“.",
    "{entity} has no field “{name}”; did you mean “{nearest}”?": (
        "Bei {entity} gibt es kein Feld „{name}“; meintest du „{nearest}“?"
    ),
    "To declare it: crm field add {entity} {name} text": "So wird es angelegt: crm field add {entity} {name} text",
    "“{text}” is neither yes nor no, as {name} needs.": "„{text}“ ist weder ja noch nein, wie {name} es braucht.",
    "“{text}” has no fields of its own.": "„{text}“ hat keine eigenen Felder.",
    "contact, company or deal": "contact, company oder deal",
    "“{name}” cannot be the name of a field.": "„{name}“ kann kein Feld heißen.",
    "A letter, then letters, digits, - or _.": "Ein Buchstabe, dann Buchstaben, Ziffern, - oder _.",
    "“{name}” is a field already.": "„{name}“ ist schon ein Feld.",
    "crm contact add --help lists its options.": "crm contact add --help zeigt die Optionen.",
    "“{type}” is not a type of field.": "Felder der Art „{type}“ gibt es nicht.",
    "text, number, date, bool, choice or ref": "text, number, date, bool, choice oder ref",
    "The choice “{name}” has nothing to choose from.": "Bei der Auswahl „{name}“ gibt es nichts zu wählen.",
    "Give --choice once for each value.": "Geben Sie --choice einmal für jeden Wert an.",
    "--choice belongs to the type choice.": "--choice gehört zur Art choice.",
    "“{text}” is not NAME=VALUE.": "„{text}“ hat nicht die Form NAME=WERT.",
    "“{name}” has no value.": "„{name}“ hat keinen Wert.",
    "--clear {name} takes a value away.": "--clear {name} nimmt einen Wert weg.",
    "“{text}” is not one of the values of {name}: {choices}.": "„{text}“ ist keiner der Werte von {name}: {choices}.",
    "“{text}” is not a number for {name}.": "„{text}“ ist keine Zahl für {name}.",
    "“{text}” can be read two ways.": "„{text}“ lässt sich auf zwei Arten lesen.",
    "Write it without separators, or with another number of decimals.": (
        "Schreiben Sie es ohne Trennzeichen oder mit anderer Zahl der Nachkommastellen."
    ),
    "A tag needs a name.": "Ein Schlagwort braucht einen Namen.",
    "{entity} has a field “{name}” of type {type} already.": (
        "Bei {entity} gibt es schon ein Feld „{name}“ der Art {type}."
    ),
    "{count:record keeps its|records keep their} value of {name}.": (
        "{count:Eintrag behält seinen|Einträge behalten ihren} Wert von {name}."
    ),
    # Adding and changing
    "There is no contact {row}.": "Einen Kontakt {row} gibt es nicht.",
    "There is no company {row}.": "Eine Firma {row} gibt es nicht.",
    "There is no {field} “{value}” to remove.": "{field} „{value}“ ist nicht da und kann nicht entfernt werden.",
    "{name} has this e-mail already.": "{name} hat diese E-Mail-Adresse schon.",
    "{name} has this name and phone number already.": "{name} hat diesen Namen und diese Telefonnummer schon.",
    "{name} is there already.": "{name} ist schon da.",
    "crm {kind} edit {id} … changes it; --force adds another one.": (
        "crm {kind} edit {id} … ändert den Eintrag; --force legt noch einen an."
    ),
    "--remove does not know the field “{name}”.": "--remove kennt das Feld „{name}“ nicht.",
    "--clear does not know the field “{name}”.": "--clear kennt das Feld „{name}“ nicht.",
    "{name} is in {count:other record|other records}; nothing was deleted.": (
        "{name} steht in {count:anderen Eintrag|anderen Einträgen}; nichts wurde gelöscht."
    ),
    "--yes deletes all the same; the other records stay and lose the name.": (
        "--yes löscht trotzdem; die anderen Einträge bleiben und verlieren den Namen."
    ),
    "{name} is in {count:other record|other records}, which will lose the name. Delete?": (
        "{name} steht in {count:anderen Eintrag und fehlt dann dort|anderen Einträgen und fehlt dann dort}. Löschen?"
    ),
    "“{ref}” could be several companies.": "„{ref}“ kann mehrere Firmen bedeuten.",
    "Say more of the name, or give its id.": "Nennen Sie mehr vom Namen oder die Id.",
    "There is nothing to change.": "Es gibt nichts zu ändern.",
    "crm {kind} edit --help lists the options.": "crm {kind} edit --help zeigt die Optionen.",
    "A name is missing.": "Ein Name fehlt.",
    "REF is missing.": "REF fehlt.",
    "Give a name, an id, or - for references on stdin.": "Nennen Sie einen Namen, eine Id oder - für Namen auf stdin.",
    "{count} of {total} were refused.": "{count} von {total} wurden abgelehnt.",
    "Did you mean {name}?": "Meintest du {name}?",
    "“{ref}” was read as {name}.": "„{ref}“ wurde als {name} gelesen.",
    "“{value}” does not look like an e-mail address; it is kept as it is.": (
        "„{value}“ sieht nicht wie eine E-Mail-Adresse aus; es bleibt, wie es ist."
    ),
    "“{value}” does not look like a whole phone number; it is kept as it is.": (
        "„{value}“ sieht nicht wie eine ganze Telefonnummer aus; es bleibt, wie es ist."
    ),
    "Created the company {name}.": "Firma {name} angelegt.",
    "Company: {name}.": "Firma: {name}.",
    "Similar: {name} ({id}).": "Ähnlich: {name} ({id}).",
    # Merging and relations
    "A record cannot be merged with itself.": "Ein Eintrag lässt sich nicht mit sich selbst zusammenführen.",
    "Merged {count} into {name}; crm undo takes it back.": "{count} in {name} aufgegangen; crm undo nimmt es zurück.",
    "“{kind}” is no kind of relation.": "Eine Beziehung „{kind}“ gibt es nicht.",
    "--title, --from and --until belong to employee_of.": "--title, --from und --until gehören zu employee_of.",
    "The period ends before it begins.": "Der Zeitraum endet, bevor er beginnt.",
    "{kind} ties a {first} to a {second}.": "{kind} verbindet {first} mit {second}.",
    "{name} cannot be tied to itself.": "{name} lässt sich nicht mit sich selbst verbinden.",
    "{target} already reports to {source}.": "{target} berichtet schon an {source}.",
    "There is no relation {source} {kind} {target}.": "Eine Beziehung {source} {kind} {target} gibt es nicht.",
    # Tags
    "Nothing bears the tag “{tag}”.": "Nichts trägt das Schlagwort „{tag}“.",
    "{name} has no tag “{tag}”.": "{name} hat kein Schlagwort „{tag}“.",
    "TAG is missing.": "TAG fehlt.",
    "crm tag add REF TAG…": "crm tag add REF TAG…",
    "crm tag list": "crm tag list",
    "crm field list": "crm field list",
    # Help
    "Add it although it seems to be there already.": "Anlegen, obwohl es schon da zu sein scheint.",
    "Take one value away.": "Einen Wert wegnehmen.",
    "Take all values of a field away.": "Alle Werte eines Feldes wegnehmen.",
    "References on stdin end with NUL instead of a line end.": "Namen auf stdin enden mit NUL statt mit der Zeile.",
    "Words, and field:value.": "Wörter und feld:wert.",
    "An e-mail address; the first is preferred.": "Eine E-Mail-Adresse; die erste ist die bevorzugte.",
    "A phone number, in any spelling.": "Eine Telefonnummer in beliebiger Schreibweise.",
    "Street 1, 12345 Town, Country.": "Straße 1, 12345 Ort, Land.",
    "A web page or profile.": "Eine Webseite oder ein Profil.",
    "A tag.": "Ein Schlagwort.",
    "Notes.": "Notizen.",
    "Whose it is; you, unless said.": "Wem es gehört; dir, wenn nichts gesagt ist.",
    "A custom field (crm field add).": "Ein eigenes Feld (crm field add).",
    "Who.": "Wer.",
    "employee_of, reports_to, knows, referred_by, or employs.": (
        "employee_of, reports_to, knows, referred_by oder employs; auch arbeitet_bei, berichtet_an, kennt …"
    ),
    "To whom.": "Mit wem.",
    "The position there (employee_of).": "Die Position dort (employee_of).",
    "Since when (employee_of): a date, a month or a year.": "Seit wann (employee_of): ein Tag, Monat oder Jahr.",
    "Until when (employee_of).": "Bis wann (employee_of).",
    "Take the relation away.": "Die Beziehung wegnehmen.",
    "Who; - reads references from stdin.": "Wer; - liest Namen von stdin.",
    "The given name, where it is not read right.": "Der Vorname, wo er nicht richtig gelesen wird.",
    "The family name, where it is not read right.": "Der Nachname, wo er nicht richtig gelesen wird.",
    "A nickname.": "Ein Rufname.",
    "How to address them.": "Die Anrede.",
    "Where they work; a new name creates it.": "Wo sie arbeiten; ein neuer Name legt die Firma an.",
    "The position there.": "Die Position dort.",
    "The department.": "Die Abteilung.",
    "1980-04-12, 12.4.1980, or --04-12 without the year.": "12.4.1980, 1980-04-12, oder --04-12 ohne Jahr.",
    "Add a person.": "Eine Person anlegen.",
    "List people.": "Personen auflisten.",
    "Show a person with jobs and relations.": "Eine Person mit Stellen und Beziehungen zeigen.",
    "Change a person: single values are replaced, several-valued ones added.": (
        "Eine Person ändern: einzelne Werte werden ersetzt, mehrfache kommen dazu."
    ),
    "Delete people; what was logged about them stays.": "Personen löschen; was über sie notiert ist, bleibt.",
    "Make one person of several; nothing they hold is lost.": "Aus mehreren Personen eine machen, ohne Verlust.",
    "Say how people and firms hang together.": "Sagen, wie Personen und Firmen zusammenhängen.",
    "The name, with titles.": "Der Name, mit Titeln.",
    "A new name.": "Ein neuer Name.",
    "Who is kept.": "Wer bleibt.",
    "Who goes into them.": "Wer darin aufgeht.",
    "Which; - reads references from stdin.": "Welche; - liest Namen von stdin.",
    "Add a firm.": "Eine Firma anlegen.",
    "List firms.": "Firmen auflisten.",
    "Show a firm with its people and relations.": "Eine Firma mit ihren Leuten und Beziehungen zeigen.",
    "Change a firm: single values are replaced, several-valued ones added.": (
        "Eine Firma ändern: einzelne Werte werden ersetzt, mehrfache kommen dazu."
    ),
    "Delete firms; their people and what was logged stay.": "Firmen löschen; ihre Leute und das Notierte bleiben.",
    "Make one firm of several; nothing they hold is lost.": "Aus mehreren Firmen eine machen, ohne Verlust.",
    "Say how firms and people hang together.": "Sagen, wie Firmen und Personen zusammenhängen.",
    "The name, with its legal form.": "Der Name, mit Rechtsform.",
    "Which.": "Welche.",
    "Which is kept.": "Welche bleibt.",
    "Which go into it.": "Welche darin aufgehen.",
    "A record (- reads them from stdin), then tags.": "Ein Eintrag (- liest sie von stdin), dann Schlagwörter.",
    "Put tags on a record.": "Einem Eintrag Schlagwörter geben.",
    "Take tags off a record.": "Einem Eintrag Schlagwörter nehmen.",
    "List tags.": "Schlagwörter auflisten.",
    "Rename a tag on every record.": "Ein Schlagwort überall umbenennen.",
    "A record; else all tags with their counts.": "Ein Eintrag; sonst alle Schlagwörter mit ihrer Zahl.",
    "The tag as it is.": "Das Schlagwort, wie es ist.",
    "The tag as it shall be.": "Das Schlagwort, wie es sein soll.",
    "contact, company or deal.": "contact, company oder deal.",
    "Declare a custom field.": "Ein eigenes Feld anlegen.",
    "List the custom fields.": "Die eigenen Felder auflisten.",
    "Take the declaration of a custom field back; values stay on their records.": (
        "Ein eigenes Feld zurücknehmen; die Werte bleiben bei ihren Einträgen."
    ),
    "Its name.": "Sein Name.",
    "What it holds.": "Was es enthält.",
    "A value of the type choice; once for each.": "Ein Wert der Art choice; für jeden einmal.",
    # Headings
    "Additional names": "Weitere Namen",
    "Relations": "Beziehungen",
    "Relation": "Beziehung",
    "From": "Von",
    "To": "Zu",
    "Since": "Seit",
    "Until": "Bis",
    "Note": "Notiz",
    "Kind": "Art",
    "Tag": "Schlagwort",
    "Records": "Einträge",
    "Contacts": "Kontakte",
    "Companies": "Firmen",
    "Entries": "Notizen",
    "Deals": "Chancen",
    "Tasks": "Aufgaben",
    "Of": "Bei",
    "Type": "Art",
    "Choices": "Auswahl",
}
