"""German texts of the keys, the plain lines, the duplicates and the way out of the terminal interface."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "Redraw": "Neu zeichnen",
    "Paint the screen anew, where something else wrote on it": "Alles neu zeichnen, wenn etwas anderes hineinschrieb",
    "To the shell": "Zur Shell",
    "Leave the program waiting; fg in the shell comes back": "Das Programm warten lassen; fg in der Shell führt zurück",
    # Keys
    "Keys of the terminal interface: preset (default, vim, ide), or an action's id = keys.": (
        "Tasten der Terminal-Oberfläche: preset (default, vim, ide) oder Kennung einer Aktion = Tasten."
    ),
    'It is a table of texts: {{ preset = "vim", "go.today" = "F2" }}.': (
        'Das ist eine Tabelle aus Texten: {{ preset = "vim", "go.today" = "F2" }}.'
    ),
    "List the keys of the terminal interface, yours too; check them.": (
        "Die Tasten der Terminal-Oberfläche auflisten, auch eigene; sie prüfen."
    ),
    "There are no keys called “{id}”.": "Tasten namens „{id}“ gibt es nicht.",
    "“{text}” is no key.": "„{text}“ ist keine Taste.",
    "A chord is two keys, such as g g.": "Eine Folge sind zwei Tasten, etwa g g.",
    "Keys are written as ?, G, ä, Enter, F2, Ctrl+P, Alt+1 or g g.": (
        "Tasten schreibt man als ?, G, ä, Enter, F2, Ctrl+P, Alt+1 oder g g."
    ),
    "“{text}” never arrives: terminals take it for {other}.": "„{text}“ kommt nie an: Terminals halten es für {other}.",
    "Choose another key.": "Bitte eine andere Taste wählen.",
    "“{key}” is given to two actions of one screen: {id} and {other}.": (
        "„{key}“ ist zwei Aktionen einer Ansicht gegeben: {id} und {other}."
    ),
    "Give one of them another key.": "Bitte einer davon eine andere Taste geben.",
    "{loser} has no key any more: {key} is {winner} now. “:” finds it.": (
        "{loser} hat keine Taste mehr: {key} ist jetzt {winner}. „:“ findet es."
    ),
    "{path}, line {line}: {reason}": "{path}, Zeile {line}: {reason}",
    "{key} cannot be put into the file.": "{key} kann nicht in die Datei gesetzt werden.",
    # Duplicates
    "Make one record of the two": "Aus beiden einen Datensatz machen",
    "Not the same": "Nicht gleich",
    "Never offer these two again": "Diese beiden nie wieder anbieten",
    "Skip": "Später",
    "Leave the pair for later": "Das Paar für später lassen",
    "Keep other": "Anderen halten",
    "Keep the other record of the two": "Den anderen der beiden behalten",
    "All certain": "Alle sicheren",
    "Merge every pair that is certain, after a question": "Alle sicheren Paare zusammenführen, nach einer Frage",
    "Show firms, or people again": "Firmen zeigen, oder wieder Personen",
    "Again": "Neu suchen",
    "Search the book again": "Noch einmal suchen",
    "Open the record that would be kept": "Den Datensatz öffnen, der bliebe",
    "Duplicates": "Dubletten",
    "Records that may be one, to compare and merge": "Was doppelt sein kann, zum Vergleichen und Zusammenführen",
    "duplicates": "Dubletten",
    "Nothing looks like a duplicate.": "Nichts sieht doppelt aus.",
    "The book is being searched; every other screen can be used meanwhile.": (
        "Die Suche läuft; alle anderen Ansichten sind währenddessen benutzbar."
    ),
    "searching …": "Suche läuft …",
    "{count:possible duplicate|possible duplicates}": "{count:mögliche Dublette|mögliche Dubletten}",
    "The search for duplicates stopped: {reason}": "Die Suche nach Dubletten brach ab: {reason}",
    "Never offered again": "Wird nie wieder angeboten",
    "No pair is certain enough; decide them one by one.": "Kein Paar ist sicher genug; bitte einzeln entscheiden.",
    "No, one by one": "Nein, einzeln",
    "Merge them; u takes it back": "Zusammenführen; u nimmt es zurück",
    "{count} merged": "{count} zusammengeführt",
    "Space marks; mark two or more that are the same. :duplicates shows what may be.": (
        "Leertaste markiert; zwei oder mehr markieren, die dasselbe sind. :dubletten zeigt, was es sein kann."
    ),
    "What the terminal interface draws with.": "Womit die Terminal-Oberfläche zeichnet.",
    # Plain lines
    "There is no screen “{name}”.": "Eine Ansicht „{name}“ gibt es nicht.",
    "A query or a record goes with --plain.": "Eine Abfrage oder ein Datensatz gehört zu --plain.",
    "A screen; with --plain what of it.": "Eine Ansicht; mit --plain auch, was davon.",
    "This screen takes no query.": "Diese Ansicht nimmt keine Abfrage.",
    "There is no report “{name}”.": "Einen Bericht „{name}“ gibt es nicht.",
    "What can be done here:": "Was hier getan werden kann:",
    "Everything else: {command}": "Alles andere: {command}",
    "overdue": "überfällig",
    # Deals, calls, mail and files from a list
    "One kind": "Eine Art",
    "Only the next kind of entry in the timeline, then all again": (
        "Nur die nächste Art von Einträgen im Verlauf, dann wieder alle"
    ),
    "Call": "Anrufen",
    "Write": "Schreiben",
    "New deal": "Neues Vorhaben",
    "Call the number, after showing it": "Die Nummer anrufen, nachdem sie gezeigt wurde",
    "Write to the mail address, after showing it": "An die Mail-Adresse schreiben, nachdem sie gezeigt wurde",
    "Add a deal with the record": "Ein Vorhaben mit dem Datensatz anlegen",
    "Write what is listed, or marked, into a file": "Was gelistet oder markiert ist, in eine Datei schreiben",
    "{name} has no number.": "{name} hat keine Nummer.",
    "{name} has no mail address.": "{name} hat keine Mail-Adresse.",
    "New deal with {name}": "Neues Vorhaben mit {name}",
    "The ending says what it becomes: .vcf .csv .xlsx .json .jsonl": (
        "Die Endung sagt, was es wird: .vcf .csv .xlsx .json .jsonl"
    ),
    "More than {count} are marked; let a query find them instead.": (
        "Mehr als {count} sind markiert; besser findet sie eine Abfrage."
    ),
    # Import
    "Here": "Hier",
    "In the file": "In der Datei",
    "Becomes": "Wird",
    "Web": "Web",
    "as here": "wie hier",
    "as in the file": "wie Datei",
    "both": "beides",
    "merged": "gemischt",
    "changed": "geändert",
    "left alone": "bleibt so",
    "another one": "ein neuer",
    "Writing …  Esc stops; what is in stays": "Wird geschrieben …  Esc hält an; was drin ist, bleibt",
    "Stopping …": "Hält an …",
    "{count} read …  Esc stops": "{count} gelesen …  Esc hält an",
    "Stopped: {done}": "Angehalten: {done}",
    "Of {count:record|records} the file says other things:": (
        "Von {count:Datensatz|Datensätzen} sagt die Datei anderes:"
    ),
    "← as here  → as in the file  b both  s leave alone  n add  A only what is sure  {keys}": (
        "← wie hier  → wie Datei  b beides  s lassen  n neu  A nur Sicheres  {keys}"
    ),
    "W write  Esc leave, decisions stay": "W schreiben  Esc schließen, Entschiedenes bleibt",
    "What you decided for {count:record|records} is kept.": (
        "Was für {count:Datensatz|Datensätze} entschieden wurde, gilt noch."
    ),
    "After the import Duplicates in the palette compares them.": (
        "Nach dem Import vergleicht sie „Dubletten“ in der Suche."
    ),
    "{count:control character is|control characters are} shown, not run.": (
        "{count:Steuerzeichen wird|Steuerzeichen werden} gezeigt, nicht ausgeführt."
    ),
    "{changed} changed, {left} left alone": "{changed} geändert, {left} bleiben so",
    "{said}  about {seconds} s left": "{said}  noch etwa {seconds} s",
    "From the shell: {command}": "In der Shell: {command}",
    # Commands of the shell
    "A quotation mark is not closed.": "Ein Anführungszeichen ist nicht geschlossen.",
    "As in a shell; Enter runs it": "Wie in der Shell; Enter führt es aus",
    "Running …  Esc stops": "Läuft …  Esc hält an",
    "exit code {code}": "Exit-Code {code}",
    # Order and columns
    "Sort": "Ordnen",
    "Sort by": "Ordnen nach",
    "Another order of the list, kept for the next time": "Die Liste anders ordnen; das bleibt so",
    "Columns": "Spalten",
    "Choose the columns of the list, kept for the next time": "Die Spalten der Liste wählen; das bleibt so",
    "name": "Name",
    "last contact, newest first": "letzter Kontakt, neueste zuerst",
    "newest first": "neu angelegte zuerst",
    "changed last first": "zuletzt geänderte zuerst",
    "firm": "Firma",
    "town": "Ort",
    "Next step": "Nächster Schritt",
    "Space shows or hides  Enter or Esc keep": "Leertaste zeigt oder verbirgt  Enter oder Esc behält",
    # The way out
    "The screen had to close ({kind}). What was saved is saved.": (
        "Die Ansicht musste schließen ({kind}). Was gespeichert war, ist gespeichert."
    ),
    "Where it happened, without any of your data: {path}": "Wo es geschah, ohne Ihre Daten: {path}",
    # Places
    "To the first line": "Zur ersten Zeile",
    "everywhere": "überall",
    "list": "Liste",
    "contacts": "Kontakte",
    "companies": "Firmen",
    "account": "Akte",
    "pipeline": "Vorhaben",
    "week": "Woche",
    "reports": "Berichte",
}
