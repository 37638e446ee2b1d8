"""German texts of appointments, the agenda, open visits, reminders and calendar files."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    # Appointments
    "Appointments: add, find, change.": "Termine: anlegen, finden, ändern.",
    "Add an appointment in one line.": "Einen Termin in einer Zeile anlegen.",
    "When, how long, with whom: what.": "Wann, wie lange, mit wem: was.",
    "Where it is.": "Wo er ist.",
    "More about it.": "Mehr dazu.",
    "How often: 2w, monthly, FREQ=WEEKLY;COUNT=8.": "Wie oft: 2w, monatlich, FREQ=WEEKLY;COUNT=8.",
    "The last day of several.": "Der letzte von mehreren Tagen.",
    "How long before to be reminded: 30m, 1d.": "Wie lange vorher erinnert wird: 30m, 1d.",
    "It takes no time: others may be beside it.": "Er nimmt keine Zeit: andere dürfen daneben liegen.",
    "List appointments by their start; a series is one.": "Termine nach Beginn auflisten; eine Serie ist einer.",
    "Days, if any (next week, 1.12. to 5.12.), then a query: words, company:acme, place:, when:, has:repeat.": (
        "Tage, wenn gewünscht (nächste Woche, 1.12. bis 5.12.), dann eine Abfrage: Wörter, firma:acme, ort:, wann:, "
        "has:repeat."
    ),
    "Show one appointment.": "Einen Termin zeigen.",
    "Which event.": "Welcher Termin.",
    "Change an appointment.": "Einen Termin ändern.",
    "Which event; - reads references from stdin.": "Welcher Termin; - liest Angaben von stdin.",
    "What it is.": "Was es ist.",
    "When: fri, 3.12. 9:00; the length stays.": "Wann: fr, 3.12. 9:00; die Länge bleibt.",
    "How long: 45m, 1h30.": "Wie lange: 45m, 1h30.",
    "A link, such as that of the call.": "Ein Link, etwa der zum Gespräch.",
    "confirmed, tentative or cancelled.": "confirmed, tentative oder cancelled.",
    "confirmed, tentative or cancelled": "confirmed, tentative oder cancelled",
    "It takes no time.": "Er nimmt keine Zeit.",
    "It takes time.": "Er nimmt Zeit.",
    "Delete appointments.": "Termine löschen.",
    "An appointment needs a day.": "Ein Termin braucht einen Tag.",
    "For example: tomorrow 9:00 1h miller: demo loc:Augsburg remind:30m": (
        "Zum Beispiel: morgen 9 Uhr 1h müller: Vorführung ort:Augsburg erinnern:30m"
    ),
    "The line names two days or two times.": "Die Zeile nennt zwei Tage oder zwei Zeiten.",
    "“{text}” is no time before an appointment.": "„{text}“ ist keine Zeit vor einem Termin.",
    "Such as 30m, 2h, 1d.": "Etwa 30m, 2h, 1d.",
    "A duration needs a time to begin at.": "Eine Dauer braucht eine Uhrzeit, zu der sie beginnt.",
    "The appointment lies in the past ({at}).": "Der Termin liegt in der Vergangenheit ({at}).",
    "--create adds it. Words after the colon are the title.": (
        "--create legt es an. Wörter nach dem Doppelpunkt sind der Titel."
    ),
    "--until is for whole days; a time takes a duration.": "--until gilt für ganze Tage; eine Uhrzeit hat eine Dauer.",
    "tomorrow 9:00 2h: …": "morgen 9 Uhr 2h: …",
    "The appointment ends before it begins.": "Der Termin endet, bevor er beginnt.",
    "“{text}” is no status.": "„{text}“ ist kein Status.",
    "The event has no day yet.": "Der Termin hat noch keinen Tag.",
    "--start WHEN gives it one.": "--start WANN gibt ihm einen.",
    "--start WHEN with a time": "--start WANN mit einer Uhrzeit",
    "Such as 2w, monthly, FREQ=WEEKLY;COUNT=8": "Etwa 2w, monatlich, FREQ=WEEKLY;COUNT=8",
    "crm event edit --help lists the options.": "crm event edit --help nennt die Optionen.",
    "There is no event {row}.": "Es gibt keinen Termin {row}.",
    "Added {name}.": "{name} angelegt.",
    "Start": "Beginn",
    "End": "Ende",
    "Where": "Wo",
    "Zone": "Zone",
    "Alarms": "Erinnerungen",
    "Attendees": "Teilnehmer",
    "Link": "Link",
    "Free": "Frei",
    "Recurrence": "Wiederholung",
    "Replaces": "Ersetzt",
    "Version": "Fassung",
    "Foreign id": "Fremde Id",
    "Message": "Nachricht",
    "Calendar": "Kalender",
    "Events": "Termine",
    # Messages about appointments
    "Do what an invitation, a cancellation or an answer says.": "Tun, was eine Einladung, Absage oder Antwort sagt.",
    "The message, as a calendar file.": "Die Nachricht als Kalenderdatei.",
    "Take up an invitation and write the answer to its sender.": (
        "Eine Einladung übernehmen und die Antwort an ihren Absender schreiben."
    ),
    "What you answer.": "Was Sie antworten.",
    "Which of those invited you are.": "Wer von den Eingeladenen Sie sind.",
    "Several are invited: {names}.": "Eingeladen sind mehrere: {names}.",
    "--as ADDRESS says who you are.": "--as ADRESSE sagt, wer Sie sind.",
    "The file holds no appointment.": "Die Datei enthält keinen Termin.",
    "The file holds no invitation.": "Die Datei enthält keine Einladung.",
    "Only a REQUEST can be answered.": "Nur ein REQUEST kann beantwortet werden.",
    # The agenda
    "What is on, with conflicts and the time between places.": "Was ansteht, mit Kollisionen und Wegzeiten.",
    "Days: today, next week, kw49, 10 days, 1.12. to 5.12.; without it the next seven.": (
        "Tage: heute, nächste Woche, kw49, 10 Tage, 1.12. bis 5.12.; ohne Angabe die nächsten sieben."
    ),
    "Where in working hours there is room.": "Wo in der Arbeitszeit Platz ist.",
    "How long (1h unless said), and which days.": "Wie lange (sonst 1h) und an welchen Tagen.",
    "From {first} to {last}.": "Von {first} bis {last}.",
    "“{title}” repeats too often to show all.": "„{title}“ wiederholt sich zu oft, um alles zu zeigen.",
    "collides with {count}": "kollidiert mit {count}",
    "only {minutes} min to get there": "nur {minutes} min Weg",
    "“{text}” is no stretch of days.": "„{text}“ ist kein Zeitraum.",
    "Such as today, next week, kw49, 10 days, 1.12. to 5.12.": (
        "Etwa heute, nächste Woche, kw49, 10 Tage, 1.12. bis 5.12."
    ),
    "“{text}” ends before it begins.": "„{text}“ endet, bevor es beginnt.",
    "“{text}” is longer than {days} days.": "„{text}“ ist länger als {days} Tage.",
    "Series": "Serie",
    "Minutes before": "Minuten davor",
    "Tight": "Knapp",
    # Open visits and the report of a day
    "Reports: what is handed on.": "Berichte: was weitergegeben wird.",
    "The visit report of a day, with kilometres and hours.": (
        "Der Besuchsbericht eines Tages, mit Kilometern und Stunden."
    ),
    "Which day; today unless said.": "Welcher Tag; sonst heute.",
    "As a web page.": "Als Webseite.",
    "As the draft of a mail.": "Als Entwurf einer Mail.",
    "Written: {path}": "Geschrieben: {path}",
    "{count:visit is|visits are} open.": "{count:Besuch ist|Besuche sind} offen.",
    "{start}  {title}  {names} (Enter skips):": "{start}  {title}  {names} (Enter überspringt):",
    "{new} logged, {skipped} still open.": "{new} notiert, {skipped} noch offen.",
    "{new} logged, {refused} refused and kept as drafts; the first: {reason}": (
        "{new} notiert, {refused} abgelehnt und als Entwurf behalten; zuerst: {reason}"
    ),
    "Such as yesterday, fri, 3.12.": "Etwa gestern, fr, 3.12.",
    "Visit report {date}, {owner}": "Besuchsbericht {date}, {owner}",
    "Log entries": "Einträge",
    "Hours": "Stunden",
    "Still open": "Noch offen",
    "Day": "Tag",
    "Kinds": "Arten",
    # Reminders
    "What is due now: alarms of appointments and follow-ups, each said once.": (
        "Was jetzt ansteht: Erinnerungen an Termine und Wiedervorlagen, jede einmal."
    ),
    "On the desktop, or by the terminal's bell.": "Auf dem Schreibtisch oder durch den Ton des Terminals.",
    "Run it every few minutes: a systemd timer or cron.": "Alle paar Minuten ausführen: durch systemd oder cron.",
    "The program crm is not on the PATH.": "Das Programm crm liegt nicht im PATH.",
    "Install it first, for example with pipx.": "Zuerst installieren, zum Beispiel mit pipx.",
    "Nothing is written without being asked.": "Ohne Rückfrage wird nichts geschrieben.",
    "--yes writes it, --dry-run shows it.": "--yes schreibt es, --dry-run zeigt es.",
    "{text} — write this?": "{text} — das schreiben?",
    "crontab refused: {reason}": "crontab lehnt ab: {reason}",
    "systemctl refused: {reason}": "systemctl lehnt ab: {reason}",
    "crm remind runs every {minutes} minutes now.": "crm remind läuft jetzt alle {minutes} Minuten.",
    "There is neither systemd nor cron: run this line every few minutes.": (
        "Es gibt weder systemd noch cron: Diese Zeile alle paar Minuten ausführen."
    ),
    "Nothing was written.": "Nichts wurde geschrieben.",
    # Calendar files
    "The component is older than the one that is here.": "Der Eintrag ist älter als der vorhandene.",
    "A line longer than 12 MB was left out.": "Eine Zeile von mehr als 12 MB wurde weggelassen.",
    "A line that is no iCalendar property was kept as it came.": (
        "Eine Zeile, die keine iCalendar-Eigenschaft ist, wurde unverändert behalten."
    ),
    "A time zone nobody knows was left out: the time is read as local.": (
        "Eine unbekannte Zeitzone wurde übergangen: Die Zeit gilt als Ortszeit."
    ),
    "The file holds no calendar.": "Die Datei enthält keinen Kalender.",
    "END of a component was missing.": "Das END eines Eintrags fehlte.",
    "An END without its BEGIN was dropped.": "Ein END ohne BEGIN wurde weggelassen.",
    "BEGIN:VCALENDAR was missing.": "BEGIN:VCALENDAR fehlte.",
}
