"""German texts of the store, the journal, backups, checks and `crm sql`."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    # The file
    "{path} is being written by another program for more than {seconds} s.": (
        "In {path} schreibt seit mehr als {seconds} s ein anderes Programm."
    ),
    "Close the other program or try again.": "Beenden Sie das andere Programm oder versuchen Sie es noch einmal.",
    "{path} is locked by another program.": "{path} ist von einem anderen Programm gesperrt.",
    "Try again in a moment.": "Versuchen Sie es gleich noch einmal.",
    "The disk is full; nothing that was acknowledged is lost.": (
        "Der Datenträger ist voll; nichts, was bestätigt wurde, ist verloren."
    ),
    "Free some space and try again.": "Schaffen Sie Platz und versuchen Sie es noch einmal.",
    "{path} cannot be opened or written: {reason}.": "{path} lässt sich nicht öffnen oder schreiben: {reason}.",
    "{path} is damaged or not a store: {reason}.": "{path} ist beschädigt oder kein Datenbestand: {reason}.",
    "crm check looks closer; crm restore brings back a backup.": (
        "crm check sieht genauer nach; crm restore holt eine Sicherung zurück."
    ),
    "{path} is not a crm store; it was left untouched.": (
        "{path} ist kein Datenbestand von crm; die Datei blieb unberührt."
    ),
    "{path} was written by a newer crm (schema {version}, this one knows {known}); it was left untouched.": (
        "{path} stammt von einem neueren crm (Schema {version}, dieses kennt {known}); die Datei blieb unberührt."
    ),
    "{path} was written by a newer crm.": "{path} stammt von einem neueren crm.",
    "Update crm.": "Aktualisieren Sie crm.",
    "The store refused the change: {reason}.": "Der Datenbestand hat die Änderung abgelehnt: {reason}.",
    "Other records still refer to this one; nothing was changed.": (
        "Andere Einträge verweisen noch auf diesen; nichts wurde geändert."
    ),
    "Undo or delete what came later first: crm history": (
        "Nehmen Sie zuerst zurück oder löschen Sie, was später kam: crm history"
    ),
    "The command was undone while it was still running; it stops here.": (
        "Der Befehl wurde zurückgenommen, während er noch lief; er endet hier."
    ),
    # The journal
    "There is no change set {id}.": "Die Änderung Nr. {id} gibt es nicht.",
    "The journal names an unknown table “{table}”.": "Das Journal nennt die unbekannte Tabelle „{table}“.",
    "The journal is damaged: {reason}.": "Das Journal ist beschädigt: {reason}.",
    "crm check looks closer.": "crm check sieht genauer nach.",
    "A later change to {entity} {row} would be lost; nothing was undone.": (
        "Eine spätere Änderung an {entity} {row} ginge verloren; nichts wurde zurückgenommen."
    ),
    "Undo the later change first: crm history": "Nehmen Sie zuerst die spätere Änderung zurück: crm history",
    "Change set {id} is itself an undo or a redo.": "Die Änderung Nr. {id} ist selbst eine Rücknahme.",
    "Change set {id} is undone already.": "Die Änderung Nr. {id} ist schon zurückgenommen.",
    "Change set {id} is of {actor}; everyone undoes their own.": (
        "Die Änderung Nr. {id} ist von {actor}; jeder nimmt die eigenen zurück."
    ),
    "“{ref}” is the name of several deleted records.": "„{ref}“ heißen mehrere gelöschte Einträge.",
    "There is no store to follow yet.": "Es gibt noch keinen Datenbestand, dem zu folgen wäre.",
    "A number of commands and --change-set contradict each other.": (
        "Eine Anzahl von Befehlen und --change-set widersprechen sich."
    ),
    "A record and --change-set contradict each other.": "Ein Eintrag und --change-set widersprechen sich.",
    "The number of commands is at least 1.": "Die Anzahl der Befehle ist mindestens 1.",
    "--since needs a number from 0 on.": "--since braucht eine Zahl ab 0.",
    "There is nothing to undo.": "Es gibt nichts zurückzunehmen.",
    "There is nothing to do again.": "Es gibt nichts wiederherzustellen.",
    "There were only {count}.": "Es waren nur {count}.",
    "These are the newest {count}; --limit shows more.": "Das sind die neuesten {count}; --limit zeigt mehr.",
    "Undone: {command}  (no. {number}, {count:change|changes})": (
        "Zurückgenommen: {command}  (Nr. {number}, {count:Änderung|Änderungen})"
    ),
    "Done again: {command}  (no. {number}, {count:change|changes})": (
        "Wiederhergestellt: {command}  (Nr. {number}, {count:Änderung|Änderungen})"
    ),
    # Backups
    "There is no file {path}.": "Die Datei {path} gibt es nicht.",
    "{path} is damaged: {reason}.": "{path} ist beschädigt: {reason}.",
    "There is no store to back up yet.": "Es gibt noch keinen Datenbestand zu sichern.",
    "{path} exists already.": "{path} gibt es schon.",
    "Choose another name, or --yes to replace it.": "Wählen Sie einen anderen Namen, oder --yes, um sie zu ersetzen.",
    "There is no backup of {path} that is whole.": "Es gibt keine unversehrte Sicherung von {path}.",
    "{path} is the store itself.": "{path} ist der Datenbestand selbst.",
    "A backup of {path} would be written.": "Von {path} würde eine Sicherung geschrieben.",
    "The backup is whole.": "Die Sicherung ist unversehrt.",
    "The backup is whole; nothing was written.": "Die Sicherung ist unversehrt; nichts wurde geschrieben.",
    "Name one backup, or --latest.": "Nennen Sie eine Sicherung oder --latest.",
    "Replace {path} by {source}?": "{path} durch {source} ersetzen?",
    "The store was not replaced.": "Der Datenbestand wurde nicht ersetzt.",
    "--yes answers the question.": "--yes beantwortet die Frage.",
    "The store before is kept in {kept}.": "Der Datenbestand davor liegt in {kept}.",
    # Checks
    "damage": "Schaden",
    "warning": "Warnung",
    "repaired": "behoben",
    "{path} is damaged in {count:place|places}.": "{path} ist an {count:Stelle|Stellen} beschädigt.",
    "crm check --repair mends indexes and the journal; crm restore --latest brings back a backup.": (
        "crm check --repair richtet Verzeichnisse und Journal; crm restore --latest holt eine Sicherung zurück."
    ),
    "The store is whole.": "Der Datenbestand ist unversehrt.",
    "The file is damaged: {reason}.": "Die Datei ist beschädigt: {reason}.",
    "{table} {row} refers to a {parent} that does not exist.": (
        "{table} {row} verweist auf etwas ({parent}), das es nicht gibt."
    ),
    "The journal does not record every change: trigger {name} is missing.": (
        "Das Journal zeichnet nicht jede Änderung auf: Der Auslöser {name} fehlt."
    ),
    "The journal is left open by a broken transaction.": "Ein abgebrochener Vorgang hat das Journal offen gelassen.",
    "The search index is behind; the next write brings it up to date.": (
        "Das Suchverzeichnis hängt nach; der nächste Schreibvorgang holt es auf."
    ),
    "The search index differs from the records in {count:place|places}.": (
        "Das Suchverzeichnis weicht an {count:Stelle|Stellen} von den Einträgen ab."
    ),
    "{path} can be read by others.": "{path} können andere lesen.",
    "{path} is left over from something that was broken off.": "{path} ist von etwas Abgebrochenem übrig.",
    "SQLite {version} can damage a store that two programs fold back at once; crm never lets them, "
    "other programs on this file might. {safe} mends it.": (
        "SQLite {version} kann einen Datenbestand beschädigen, dessen WAL zwei Programme zugleich zurückschreiben; crm "
        "lässt das nicht zu, andere Programme vielleicht. Behoben ist es in {safe}."
    ),
    "The journal's triggers were made again ({count} missing).": (
        "Die Auslöser des Journals wurden neu angelegt ({count} fehlten)."
    ),
    "The journal was closed.": "Das Journal wurde geschlossen.",
    "The search index was made anew.": "Das Suchverzeichnis wurde neu aufgebaut.",
    "{path} was removed.": "{path} wurde entfernt.",
    "{path} is private now.": "{path} ist jetzt privat.",
    # SQL
    "There is no query.": "Es fehlt die Abfrage.",
    "The result has more than {count} rows.": "Das Ergebnis hat mehr als {count} Zeilen.",
    "Add LIMIT to the query.": "Begrenzen Sie die Abfrage mit LIMIT.",
    "The query was stopped after {seconds} s.": "Die Abfrage wurde nach {seconds} s abgebrochen.",
    "--timeout gives it longer.": "--timeout gibt ihr mehr Zeit.",
    "crm sql only reads: {reason}.": "crm sql liest nur: {reason}.",
    "The other commands write; crm --help lists them. Every write can be undone.": (
        "Die anderen Befehle schreiben; crm --help nennt sie. Alles Geschriebene lässt sich zurücknehmen."
    ),
    "SQL: {reason}.": "SQL: {reason}.",
    'crm sql "SELECT name FROM pragma_table_list" lists tables.': (
        'crm sql "SELECT name FROM pragma_table_list" nennt die Tabellen.'
    ),
    'crm sql "SELECT name FROM contact"': 'crm sql "SELECT name FROM contact"',
    # Headings
    "No.": "Nr.",
    "When": "Wann",
    "Who": "Wer",
    "Command": "Befehl",
    "What": "Was",
    "Undone by": "Zurückgen. von",
    "Changes": "Änderungen",
    "Takes back": "Nimmt zurück",
    "Device": "Gerät",
    "Field": "Feld",
    "Before": "Vorher",
    "After": "Nachher",
    "Operation": "Vorgang",
    "Change set": "Änderung Nr.",
    "Bytes": "Bytes",
    "Made by": "Anlass",
    "File": "Datei",
    "Store": "Datenbestand",
    "Restored from": "Geholt aus",
    "Kept before": "Davor liegt in",
    "Severity": "Stufe",
    "Finding": "Befund",
    # Fields of a record in its history
    "name": "Name",
    "given": "Vorname",
    "family": "Nachname",
    "title": "Titel",
    "department": "Abteilung",
    "salutation": "Anrede",
    "nickname": "Spitzname",
    "birthday": "Geburtstag",
    "notes": "Notizen",
    "owner": "Zuständig",
    "email": "E-Mail",
    "phone": "Telefon",
    "address": "Adresse",
    "link": "Link",
    "employment": "Arbeitgeber",
    "relation": "Beziehung",
    "tag": "Schlagwort",
    "card": "Karte",
    "cadence": "Rhythmus",
    "interaction_contact": "Person",
    "task_contact": "Person",
    "deal_contact": "Person",
    "text": "Text",
    "details": "Einzelheiten",
    "kind": "Art",
    "direction": "Richtung",
    "at": "Zeitpunkt",
    "duration_min": "Minuten",
    "distance_km": "Kilometer",
    "outcome": "Ergebnis",
    "due": "Fällig",
    "repeat": "Wiederholung",
    "priority": "Vorrang",
    "done_at": "Erledigt",
    "stage": "Phase",
    "value": "Wert",
    "probability": "Wahrscheinlichkeit",
    "status": "Stand",
    "expected_on": "Erwartet",
    "closed_at": "Abgeschlossen",
    "lost_reason": "Grund",
    "query": "Abfrage",
    "field": "Feld",
    # Help
    "Take back your newest commands, every column as it was.": (
        "Nimmt Ihre neuesten Befehle zurück, jede Spalte wie zuvor."
    ),
    "How many commands (1).": "Wie viele Befehle (1).",
    "One command by its number.": "Ein Befehl nach seiner Nummer.",
    "Do again what was undone, until something else is written.": (
        "Stellt Zurückgenommenes wieder her; nicht mehr, wenn etwas anderes geschrieben ist."
    ),
    "Show who changed what and when: the newest commands, or one record field by field.": (
        "Zeigt, wer wann was geändert hat: die neuesten Befehle oder einen Eintrag Feld für Feld."
    ),
    "A record, deleted ones too.": "Ein Eintrag, auch ein gelöschter.",
    "What one command changed.": "Was ein Befehl geändert hat.",
    "Stream every change, for scripts.": "Gibt jede Änderung laufend aus, für Skripte.",
    "Only changes after this number.": "Nur Änderungen nach dieser Nummer.",
    "Wait for more until Ctrl-C.": "Auf weitere warten, bis Strg-C.",
    "Write a verified copy of the store; old copies rotate.": (
        "Schreibt eine geprüfte Kopie des Datenbestands; alte Kopien weichen."
    ),
    "Where to, instead of backups/.": "Wohin, statt nach backups/.",
    "List the backups there are.": "Die vorhandenen Sicherungen nennen.",
    "Put a backup in the place of the store; the store before is kept.": (
        "Setzt eine Sicherung an die Stelle des Datenbestands; dieser bleibt daneben."
    ),
    "The backup.": "Die Sicherung.",
    "The newest backup that is whole.": "Die neueste unversehrte Sicherung.",
    "Look whether the store is whole.": "Prüft, ob der Datenbestand unversehrt ist.",
    "Mend indexes, journal, search, file modes, leftovers.": (
        "Verzeichnisse, Journal, Suche, Dateirechte und Übriggebliebenes richten."
    ),
    "Read the store with SQL; nothing can be written.": "Liest den Datenbestand mit SQL; schreiben geht nicht.",
    "One reading statement.": "Eine lesende Anweisung.",
    "Stop after so long (30).": "Nach so langer Zeit abbrechen (30).",
}
