"""German texts of import, export and the mail programs."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "(new)": "(neu)",
    "-o FOLDER": "-o ORDNER",
    "--dialect belongs to csv and xlsx.": "--dialect gehört zu csv und xlsx.",
    "--force writes to where it points.": "--force schreibt dorthin, wohin er zeigt.",
    "--headers from,to,cc": "--headers from,to,cc",
    "--map NAME --map Header=field": "--map NAME --map Spalte=Feld",
    "--mutt and --tsv contradict each other.": "--mutt und --tsv widersprechen sich.",
    "--on-duplicate ask needs somebody to ask.": "--on-duplicate ask braucht jemanden, der antwortet.",
    "--qr is for people and firms.": "--qr ist für Personen und Firmen.",
    "--split belongs to vcard.": "--split gehört zu vcard.",
    "--yes adds it.": "--yes fügt sie hinzu.",
    "A file for each vCard, in the folder -o.": "Eine Datei je vCard, im Ordner -o.",
    "A folder is missing.": "Ein Ordner fehlt.",
    "A line that is neither a section nor field=value.": "Eine Zeile, die weder Abschnitt noch Feld=Wert ist.",
    "A name, firm, address.": "Name, Firma, Adresse.",
    "A QR code on the terminal.": "Ein QR-Code im Terminal.",
    "Add who wrote the message on stdin; those who are known are passed over.": (
        "Den Absender der Nachricht von der Standardeingabe aufnehmen; Bekannte werden übergangen."
    ),
    "Add {person}?": "{person} aufnehmen?",
    "As aerc's address-book-cmd wants it: lines only.": "Wie aercs address-book-cmd: nur Zeilen.",
    "As mutt's query_command wants it: a message line first.": "Wie mutts query_command: zuerst eine Meldungszeile.",
    "Column": "Spalte",
    "Export records; cards come out as they came in, with what was edited.": (
        "Datensätze ausgeben; Karten kommen heraus, wie sie kamen, mit dem Geänderten."
    ),
    "Files, folders, or -.": "Dateien, Ordner oder -.",
    "Find e-mail addresses, for mail programs.": "E-Mail-Adressen finden, für Mailprogramme.",
    "First rows": "Erste Zeilen",
    "Import people and firms; what is there already is updated.": (
        "Personen und Firmen einlesen; was schon da ist, wird auf den neuen Stand gebracht."
    ),
    "Importing": "Einlesen",
    "In a script it is update or skip.": "In einem Skript geht update oder skip.",
    "Name a file in it.": "Eine Datei darin nennen.",
    "No column mapping is called “{name}”.": "Keine Spaltenzuordnung heißt „{name}“.",
    "Nobody reads the format “{kind}”.": "Das Format „{kind}“ liest niemand.",
    "Nobody with an e-mail address matches “{text}”.": "Zu „{text}“ gibt es niemanden mit E-Mail-Adresse.",
    "Nothing was found to export.": "Nichts gefunden, was ausgegeben werden könnte.",
    "Nothing was written: this was a trial.": "Nichts wurde geschrieben: Es war nur ein Versuch.",
    "Of a vCard.": "Einer vCard.",
    "Only one saved column mapping can be used.": "Nur eine gespeicherte Spaltenzuordnung ist möglich.",
    "Possible duplicates": "Mögliche Dubletten",
    "Save the column mapping under a name.": "Die Spaltenzuordnung unter einem Namen speichern.",
    "The encoding of a table, where it is misread.": "Die Kodierung einer Tabelle, wenn sie falsch erkannt wird.",
    "The entry has no name and no e-mail.": "Der Eintrag hat weder Namen noch E-Mail.",
    "The file cannot be read.": "Die Datei lässt sich nicht lesen.",
    "The file holds nothing that can be read.": "Die Datei enthält nichts Lesbares.",
    "The format, where it cannot be told: csv, jsonl, ….": "Das Format, wenn es nicht zu erkennen ist: csv, jsonl, …",
    "The message names nobody in {headers}.": "Die Nachricht nennt niemanden in {headers}.",
    "The text holds characters that are not valid Unicode.": "Der Text enthält Zeichen, die es in Unicode nicht gibt.",
    "There is no file in “{path}”.": "In „{path}“ ist keine Datei.",
    "There is no file “{path}”.": "Die Datei „{path}“ gibt es nicht.",
    "There is no folder “{path}”.": "Den Ordner „{path}“ gibt es nicht.",
    "This is no ordinary file.": "Das ist keine gewöhnliche Datei.",
    "To take it back": "Zurücknehmen",
    "To take it back: {command}": "Zurücknehmen: {command}",
    "Unchanged": "Unverändert",
    "What kind of file this is cannot be told; --from names it.": (
        "Was für eine Datei das ist, ist nicht zu erkennen; --from nennt es."
    ),
    "What the columns of a table without a header hold.": "Was die Spalten einer Tabelle ohne Kopfzeile enthalten.",
    "What to do with what is there already and differs.": "Was mit dem geschieht, was schon da ist und abweicht.",
    "What its columns hold must be said first: import it alone.": (
        "Was ihre Spalten enthalten, muss erst gesagt werden: allein einlesen."
    ),
    "Where a column goes, or saved ones.": "Wohin eine Spalte gehört, oder eine gespeicherte Zuordnung.",
    "Where to; without it stdout.": "Wohin; sonst Standardausgabe.",
    "Whom to add: from, reply-to, sender, to, cc.": "Wen aufnehmen: from, reply-to, sender, to, cc.",
    "Whose columns a table has.": "Wessen Spalten eine Tabelle hat.",
    "Write through a symbolic link.": "Durch einen symbolischen Link schreiben.",
    "add another record": "als weiteren Datensatz aufnehmen",
    "contact, company, interaction, task, deal, event, calendar.": (
        "contact, company, interaction, task, deal, event, calendar."
    ),
    "leave it as it is": "lassen, wie er ist",
    "update the record": "den Datensatz ändern",
    "vcard, vdir, jcard, csv, xlsx, json, jsonl, ical, ….": "vcard, vdir, jcard, csv, xlsx, json, jsonl, ical, …",
    "vCards as servers take them, odd lines as text.": "vCards, wie Server sie nehmen, Sonderbares als Text.",
    "{address} is known already.": "{address} ist schon bekannt.",
    "{address} is not in the address book.": "{address} ist nicht im Adressbuch.",
    "{count:address|addresses}": "{count:Adresse|Adressen}",
    "{count:pair|pairs} may be the same: crm dupes": "{count:Paar könnte|Paare könnten} dasselbe sein: crm dupes",
    "{count} refused; the first is {file}, line {line}: {reason}": (
        "{count} abgelehnt; zuerst {file}, Zeile {line}: {reason}"
    ),
    "{file}, line {line}: {reason}": "{file}, Zeile {line}: {reason}",
    "{kind} cannot be exported as {format}.": "{kind} lässt sich nicht als {format} ausgeben.",
    "{name} differs from {record} here.": "{name} weicht von {record} hier ab.",
    "{name} holds too much for a QR code.": "{name} enthält zu viel für einen QR-Code.",
    "{new} new · {changed} changed · {same} unchanged · {refused} refused": (
        "{new} neu · {changed} geändert · {same} unverändert · {refused} abgelehnt"
    ),
    "{path} is a folder.": "{path} ist ein Ordner.",
    "{path} is a symbolic link.": "{path} ist ein symbolischer Link.",
    "“{header}” names nobody.": "„{header}“ nennt niemanden.",
    "“{kind}” cannot be exported.": "„{kind}“ lässt sich nicht ausgeben.",
}
