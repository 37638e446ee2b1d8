"""German texts of the terminal interface."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    # The command
    "Open the terminal interface: the day, people, firms, deals.": (
        "Die Terminal-Oberfläche öffnen: der Tag, Personen, Firmen, Vorhaben."
    ),
    "The screen to open.": "Die Ansicht, mit der sie beginnt.",
    "Change nothing.": "Nichts ändern.",
    "Leave the mouse to the terminal.": "Die Maus dem Terminal lassen.",
    "This needs a terminal.": "Dafür ist ein Terminal nötig.",
    "crm tui --plain prints the same as lines; crm today, crm show REF and crm log LINE need no screen.": (
        "crm tui --plain sagt dasselbe in Zeilen; crm today, crm show REF und crm log ZEILE brauchen keine."
    ),
    "There is no action “{id}” to give a key.": "Eine Aktion „{id}“, die eine Taste bekommen könnte, gibt es nicht.",
    # The quick log
    "Log": "Eintrag",
    "Logged": "Eingetragen",
    "Enter log  Tab complete  Shift+Tab chips  Esc keep as draft": (
        "Enter eintragen  Tab ergänzen  Umschalt+Tab Marken  Esc Entwurf behalten"
    ),
    "visit miller yesterday 45m: saw the bench wv:fri call": (
        "besuch müller gestern 45m: Prüfstand gesehen wv:fr anrufen"
    ),
    "This can't be made plain text; change the words.": (
        "Das lässt sich nicht zu Text machen; bitte die Wörter ändern."
    ),
    "{phrase}: {count} fit": "{phrase}: {count} passen",
    "{phrase}: nobody": "{phrase}: niemand",
    "new: {name}": "neu: {name}",
    "Nobody is called “{phrase}”.": "Niemand heißt „{phrase}“.",
    "add this name to the address book": "diesen Namen ins Adressbuch aufnehmen",
    # Dialogs
    "Enter do it  Esc leave": "Enter ausführen  Esc schließen",
    "↑ ↓ field  Enter or Esc keep  u takes it back later": "↑ ↓ Feld  Enter oder Esc behält  u nimmt es später zurück",
    "Keys": "Tasten",
    "Esc closes": "Esc schließt",
    "Your own: crm config set keys.ID KEY (crm config keys lists the IDs); “:” finds what has no key": (
        "Eigene: crm config set keys.ID TASTE (crm config keys nennt die IDs); „:“ findet, was keine hat"
    ),
    "This screen": "Diese Ansicht",
    "Everywhere": "Überall",
    "Search and commands": "Suche und Befehle",
    "a name, a number, a word; : for commands": "ein Name, eine Nummer, ein Wort; : für Befehle",
    "Nothing is found.": "Nichts gefunden.",
    "Tag {tag} on {count}": "Schlagwort {tag} an {count}",
    "A letter first, then letters, digits, - and _": "Zuerst ein Buchstabe, dann Buchstaben, Ziffern, - und _",
    "Follow-up set": "Wiedervorlage angelegt",
    "Follow-up for {name}": "Wiedervorlage für {name}",
    "When, then what: fri call back · +2w send the quote · 3.12. 9:00 visit": (
        "Wann, dann was: fr anrufen · +2w Angebot senden · 3.12. 9:00 Besuch"
    ),
    "Move to": "Verschieben auf",
    "Moved": "Verschoben",
    "fri · +3d · 3.12. · next monday · tomorrow 9:00": "fr · +3d · 3.12. · nächsten montag · morgen 9:00",
    "Why was {title} lost?": "Warum ging {title} verloren?",
    "New deal in {stage}": "Neues Vorhaben in {stage}",
    # What is told
    "{done}  u takes it back": "{done}  u nimmt es zurück",
    "{name} added": "{name} angelegt",
    "Added": "Angelegt",
    "Import": "Import",
    "Import {file}": "Import {file}",
    "Bring in an address book or table from a file, tried out first": (
        "Adressbuch oder Tabelle aus einer Datei holen, erst zur Probe"
    ),
    "A file or a folder: vCard, CSV, calendar …": "Eine Datei oder ein Ordner: vCard, CSV, Kalender …",
    "Trying it out …": "Wird ausprobiert …",
    "{new} new · {changed} changed · {same} the same · {refused} refused": (
        "{new} neu · {changed} geändert · {same} gleich · {refused} abgelehnt"
    ),
    "{new} new, {changed} changed": "{new} neu, {changed} geändert",
    "{count:looks like a record that is|look like records that are} here.": (
        "{count:ähnelt einem vorhandenen Datensatz|ähneln vorhandenen Datensätzen}."
    ),
    "What is refused stays in the file; the rest comes in.": "Abgelehntes bleibt in der Datei; der Rest kommt herein.",
    "Nothing is written yet. All of it is one change, which u takes back.": (
        "Noch ist nichts geschrieben. Alles ist eine Änderung, die u zurücknimmt."
    ),
    "W write  Esc leave": "W schreiben  Esc schließen",
    "Esc leave": "Esc schließen",
    "{count} merged into {name}": "{count} in {name} aufgegangen",
    "Merge": "Zusammenführen",
    "Compare the marked records and make one of them": "Die markierten Datensätze vergleichen und zu einem machen",
    "One of {count}": "Aus {count} wird eins",
    "kept": "bleibt",
    "goes into it": "geht darin auf",
    "Nothing is lost: values that differ are kept in the notes; entries, tasks and deals move along.": (
        "Nichts geht verloren: Abweichendes steht in den Notizen; Einträge, Aufgaben und Vorhaben ziehen mit."
    ),
    "← → keep which  M merge  Esc leave": "← → welcher bleibt  M zusammenführen  Esc schließen",
    "This field can't be empty.": "Dieses Feld darf nicht leer sein.",
    "↑ ↓ field  Enter try again  Esc drop what was typed": "↑ ↓ Feld  Enter nochmal  Esc verwirft das Getippte",
    "Change the fields of the follow-up": "Die Felder der Wiedervorlage ändern",
    "{name} changed": "{name} geändert",
    "{name} was deleted.": "{name} wurde gelöscht.",
    "{count} deleted": "{count} gelöscht",
    "{title}: {stage}": "{title}: {stage}",
    "{title}: won": "{title}: gewonnen",
    "{title}: lost": "{title}: verloren",
    "Taken back: {command}": "Zurückgenommen: {command}",
    "There is nothing to take back.": "Es gibt nichts zurückzunehmen.",
    "Done again: {command}": "Wiederhergestellt: {command}",
    "There is nothing to do again.": "Es gibt nichts wiederherzustellen.",
    "Copied: {text}": "Kopiert: {text}",
    "Colours: {name}": "Farben: {name}",
    "Ctrl+C once more leaves; everything is saved.": "Noch einmal Strg+C beendet; alles ist gespeichert.",
    "This was opened with --read-only; nothing is changed.": "Mit --read-only geöffnet; nichts wird geändert.",
    "Tab goes to the list; choose the follow-up there.": "Tab führt zur Liste; dort die Wiedervorlage wählen.",
    "… {count} characters in all; crm show has them.": "… insgesamt {count} Zeichen; crm show zeigt alle.",
    # Screens
    "{count} listed": "{count} gelistet",
    "{count} marked": "{count} markiert",
    "{count:entry|entries}": "{count:Eintrag|Einträge}",
    "{count:draft|drafts}": "{count:Entwurf|Entwürfe}",
    "{count} more": "{count} weitere",
    "week {number}": "KW {number}",
    "no next step": "ohne Schritt",
    "open {sum} · weighted {weighted}": "offen {sum} · gewichtet {weighted}",
    "words, city:Köln, tag:fair, last_contact>90d": "Wörter, city:Köln, tag:messe, last_contact>90d",
    "Nobody is here. n adds somebody; :import brings an address book, crm import FILE in the shell.": (
        "Niemand ist hier. n legt jemanden an; :import holt ein Adressbuch, crm import DATEI in der Shell."
    ),
    "There is no firm yet. n adds one, crm company add NAME in the shell; a person's employer becomes one.": (
        "Noch keine Firma. n legt eine an, crm company add NAME in der Shell; ein Arbeitgeber wird eine."
    ),
    "Nothing is found. Esc clears the filter.": "Nichts gefunden. Esc nimmt den Filter weg.",
    "No segment is saved: crm segment save NAME QUERY makes one.": (
        "Kein Segment ist gespeichert: crm segment save NAME ABFRAGE legt eins an."
    ),
    "There is no open deal. n adds one, crm deal add TITLE in the shell.": (
        "Kein offenes Vorhaben. n legt eins an, crm deal add TITEL in der Shell."
    ),
    "This stage is empty.": "Diese Phase ist leer.",
    "{title} was moved to {stage} meanwhile; look again.": (
        "{title} steht inzwischen in {stage}; bitte noch einmal ansehen."
    ),
    "Nothing is due. i logs a visit, 2 shows the people, : finds everything; in the shell crm log LINE.": (
        "Es steht nichts an. i trägt ein, 2 zeigt die Personen, : findet alles; in der Shell crm log ZEILE."
    ),
    "Nothing is open. w sets a follow-up.": "Nichts ist offen. w legt eine Wiedervorlage an.",
    "Nothing yet. i logs a visit.": "Noch nichts. i trägt einen Besuch ein.",
    "City": "Ort",
    "Position": "Position",
    "Firms": "Firmen",
    # Actions: what they are called, and what they do
    "Today": "Heute",
    "Pipeline": "Pipeline",
    "What the day asks for": "Was heute ansteht",
    "Open deals by stage": "Offene Vorhaben nach Phase",
    "Down": "Ab",
    "One line down": "Eine Zeile ab",
    "Up": "Auf",
    "One line up": "Eine Zeile auf",
    "Page down": "Seite ab",
    "One page down": "Eine Seite ab",
    "Page up": "Seite auf",
    "One page up": "Eine Seite auf",
    "First": "Anfang",
    "Last": "Ende",
    "To the last line": "Zur letzten Zeile",
    "Open": "Öffnen",
    "Still open": "Offen",
    "Log entry": "Eintrag",
    "Open the record": "Den Datensatz öffnen",
    "Finish the follow-up": "Die Wiedervorlage erledigen",
    "Move": "Bewegen",
    "Put off": "Verschieben",
    "Put the follow-up off, or set one": "Die Wiedervorlage verschieben oder eine anlegen",
    "Follow-up": "Wiedervorlage",
    "Set a follow-up": "Eine Wiedervorlage anlegen",
    "Edit": "Ändern",
    "Change the fields": "Die Felder ändern",
    "Change the fields of the record shown": "Die Felder des gezeigten Datensatzes ändern",
    "New": "Neu",
    "Add a new one": "Etwas Neues anlegen",
    "Put a tag on the record, or on all that are marked": "Ein Schlagwort an den Datensatz oder an alle markierten",
    "Filter": "Filtern",
    "Filter by a query as in crm contact list": "Filtern mit einer Abfrage wie bei crm contact list",
    "Segment": "Segment",
    "Show the next saved segment": "Das nächste gespeicherte Segment zeigen",
    "Mark": "Markieren",
    "Mark or unmark the record": "Den Datensatz markieren oder nicht mehr",
    "Mark all": "Alle",
    "Mark all that are listed, or none": "Alle gelisteten markieren oder keinen",
    "Delete": "Löschen",
    "Delete the record, or all that are marked; undo brings them back": (
        "Den Datensatz oder alle markierten löschen; u bringt sie zurück"
    ),
    "Copy": "Kopieren",
    "Copy the name, number and mail": "Name, Nummer und Mail kopieren",
    "Previous": "Voriger",
    "The record before it in the list": "Der vorige Datensatz der Liste",
    "Next": "Nächster",
    "The record after it in the list": "Der nächste Datensatz der Liste",
    "Left": "Links",
    "To the stage on the left": "Zur Phase links",
    "Right": "Rechts",
    "To the stage on the right": "Zur Phase rechts",
    "One deal up": "Ein Vorhaben auf",
    "One deal down": "Ein Vorhaben ab",
    "Stage back": "Phase zurück",
    "Move the deal one stage back": "Das Vorhaben eine Phase zurück",
    "Stage on": "Phase weiter",
    "Move the deal one stage on": "Das Vorhaben eine Phase weiter",
    "Won": "Gewonnen",
    "Close the deal as won": "Das Vorhaben als gewonnen abschließen",
    "Lost": "Verloren",
    "Close the deal as lost, with the reason": "Das Vorhaben mit Grund als verloren abschließen",
    "Back": "Zurück",
    "Back; on a list first clear the filter": "Zurück; in einer Liste zuerst den Filter leeren",
    "Next pane": "Nächster Teil",
    "To the next pane": "Zum nächsten Teil",
    "Log a call, visit or note about the record": "Anruf, Besuch oder Notiz zum Datensatz eintragen",
    "Search": "Suche",
    "Search everything, and every command": "Alles durchsuchen, auch die Befehle",
    "Undo": "Zurück",
    "Take the newest change back, whoever made it: screen or shell": (
        "Die letzte Änderung zurücknehmen, ob von hier oder aus der Shell"
    ),
    "Redo": "Vor",
    "Do again what was taken back": "Zurückgenommenes wiederherstellen",
    "Theme": "Farben",
    "Another set of colours": "Andere Farben",
    "Leave": "Verlassen",
    "Leave the screen; on Today leave the program": "Die Ansicht verlassen; bei „Heute“ das Programm",
    "Help": "Hilfe",
    "The keys of this screen": "Die Tasten dieser Ansicht",
}
