"""German texts of the week and of appointments in the terminal interface."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    # Actions
    "Week": "Woche",
    "Appointments and what is due, by days": "Termine und Fälliges, nach Tagen",
    "Day back": "Tag zurück",
    "To the day before": "Zum Tag davor",
    "Day on": "Tag weiter",
    "To the next day": "Zum nächsten Tag",
    "To the appointment before": "Zum Termin davor",
    "To the next appointment": "Zum nächsten Termin",
    "Week back": "Woche zurück",
    "To the week before": "Zur Woche davor",
    "Week on": "Woche weiter",
    "To the next week": "Zur nächsten Woche",
    "To today": "Zum heutigen Tag",
    "View": "Ansicht",
    "The hours side by side, or a list": "Die Stunden nebeneinander oder eine Liste",
    "Add an appointment in one line": "Einen Termin in einer Zeile anlegen",
    "Change the fields of the appointment": "Die Felder des Termins ändern",
    "Reschedule": "Verschieben",
    "Move the appointment to another day or time": "Den Termin auf einen anderen Tag oder eine andere Zeit verschieben",
    "Day earlier": "Tag früher",
    "Move the appointment one day back": "Den Termin einen Tag zurück verschieben",
    "Day later": "Tag später",
    "Move the appointment one day on": "Den Termin einen Tag weiter verschieben",
    "Delete the appointment; undo brings it back": "Den Termin löschen; u holt ihn zurück",
    "Change the fields of the follow-up or appointment": "Die Felder der Wiedervorlage oder des Termins ändern",
    "Change the fields of the record, or of the open line chosen": (
        "Die Felder des Datensatzes ändern oder der gewählten offenen Zeile"
    ),
    "Change the notes in your editor": "Die Notizen im eigenen Editor ändern",
    # Links
    "Open link": "Link öffnen",
    "“{target}” is no link that can be opened.": "„{target}“ ist kein Link, der sich öffnen lässt.",
    "{program} could not be started: {reason}": "{program} ließ sich nicht starten: {reason}",
    "crm config set opener PROGRAM names another.": "crm config set opener PROGRAMM nennt ein anderes.",
    "Opened: {target}": "Geöffnet: {target}",
    "The program that opens links, mail addresses and files; xdg-open unless set.": (
        "Das Programm, das Links, Mailadressen und Dateien öffnet; ohne Angabe xdg-open."
    ),
    # The screen
    "Log the visit: {title}": "Besuch eintragen: {title}",
    "Day": "Tag",
    "Time": "Zeit",
    "Where and with whom": "Wo und mit wem",
    "all day": "ganzt.",
    "today": "heute",
    "nothing": "nichts",
    "{weekday} {day}": "{weekday} {day}.",
    "{count} collide": "{count} überschneiden sich",
    "Nothing is on. n adds an appointment, crm event add LINE in the shell.": (
        "Nichts steht an. n legt einen Termin an, crm event add ZEILE in der Shell."
    ),
    "collides with {title}": "überschneidet sich mit {title}",
    "After it: i logs the visit with who, when and how long.": (
        "Danach: i trägt den Besuch ein, mit wem, wann und wie lange."
    ),
    "repeats: {rule}": "wiederholt sich: {rule}",
    "reminder {times}": "Erinnerung {times}",
    "from {calendar}": "aus {calendar}",
    "No appointment is chosen.": "Es ist kein Termin gewählt.",
    "Only a follow-up is finished; an appointment is logged by i.": (
        "Erledigt wird nur eine Wiedervorlage; einen Termin trägt i ein."
    ),
    "event": "Termin",
    "{name} deleted": "{name} gelöscht",
    # Rules in words
    "every day": "jeden Tag",
    "every {count} days": "alle {count} Tage",
    "every week": "jede Woche",
    "every {count} weeks": "alle {count} Wochen",
    "every month": "jeden Monat",
    "every {count} months": "alle {count} Monate",
    "every year": "jedes Jahr",
    "every {count} years": "alle {count} Jahre",
    "first {day}": "ersten {day}",
    "second {day}": "zweiten {day}",
    "third {day}": "dritten {day}",
    "fourth {day}": "vierten {day}",
    "fifth {day}": "fünften {day}",
    "last {day}": "letzten {day}",
    "on {days}": "am {days}",
    "on day {days}": "am {days}. Tag",
    "{count} times": "{count}-mal",
    "until {day}": "bis {day}",
    # The form
    "Duration": "Dauer",
    "Reminders": "Erinnerungen",
    "Takes time": "Belegt Zeit",
    "Link": "Link",
    "Details": "Einzelheiten",
    "“{text}” is neither yes nor no.": "„{text}“ ist weder ja noch nein.",
    "{text} ({count} lines)": "{text} ({count} Zeilen)",
    "F4 editor  {keys}": "F4 Editor  {keys}",
    "Use the form, or crm … edit.": "Im Formular oder mit crm … edit.",
    # One line, and which times of a series
    "New appointment": "Neuer Termin",
    "When, how long, with whom: what: 9:00 1h miller: demo loc:Augsburg remind:30m": (
        "Wann, wie lange, mit wem, was: 9:00 1h müller: Vorführung ort:Augsburg erinnern:30m"
    ),
    "change the line": "die Zeile ändern",
    "add the name to the address book": "den Namen ins Adressbuch aufnehmen",
    "1–{last} or Enter choose  Esc leave": "1–{last} oder Enter wählen  Esc schließen",
    "this time only": "nur dieser Termin",
    "this time and all later ones": "dieser und alle späteren",
    "the whole series": "die ganze Serie",
    # Series on the command line
    "Only the time of a series on this day.": "Nur der Termin einer Serie an diesem Tag.",
    "With --on: that time and all later ones.": "Mit --on: dieser Termin und alle späteren.",
    "--following needs to know from when on.": "--following muss wissen, ab wann.",
    "Add --on DAY.": "Dazu --on TAG angeben.",
    "“{title}” is not on {day}.": "„{title}“ ist nicht am {day}.",
    "“{title}” is on {day} more than once.": "„{title}“ ist am {day} mehrmals.",
    "crm agenda shows when it is.": "crm agenda zeigt, wann er ist.",
    'Say the time too: --on "24.11. 9:00"': 'Die Zeit dazu nennen: --on "24.11. 9:00"',
    "This series cannot be parted here.": "Diese Serie lässt sich hier nicht teilen.",
    "Change the whole series.": "Die ganze Serie ändern.",
    "This series was changed in another program.": "Diese Serie wurde in einem anderen Programm geändert.",
    "Change one time of it, or the whole series.": "Einen Termin davon ändern oder die ganze Serie.",
    "The rule {rule} names its days itself.": "Die Regel {rule} nennt ihre Tage selbst.",
    "Give it a new rule to repeat by too.": "Auch eine neue Regel zum Wiederholen angeben.",
}
