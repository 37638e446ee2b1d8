"""German texts of the log line: dates, times, marks, amounts."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    # Days and times
    "“{phrase}” is no date.": "„{phrase}“ ist kein Datum.",
    "“{phrase}” is no time of the day.": "„{phrase}“ ist keine Uhrzeit.",
    "There is no day “{phrase}” in {year}.": "Einen Tag „{phrase}“ gibt es {year} nicht.",
    "There is no week “{phrase}” in {year}.": "Eine Woche „{phrase}“ gibt es {year} nicht.",
    "“{phrase}” can be read in two ways.": "„{phrase}“ lässt sich auf zwei Arten lesen.",
    "“{phrase}” can be {first} or {second}.": "„{phrase}“ kann {first} oder {second} Uhr sein.",
    "“{phrase}” and “{part}” do not agree.": "„{phrase}“ und „{part}“ passen nicht zusammen.",
    "“{phrase}”: the weekday and the date do not agree.": "„{phrase}“: Wochentag und Datum passen nicht zusammen.",
    "“{phrase}” ends before it begins.": "„{phrase}“ endet, bevor es beginnt.",
    "“{phrase}” is this week.": "„{phrase}“ ist diese Woche.",
    "“{phrase}” is too far away.": "„{phrase}“ liegt zu fern.",
    "“{phrase}” names no day.": "„{phrase}“ nennt keinen Tag.",
    "“{phrase}” names two days.": "„{phrase}“ nennt zwei Tage.",
    "“{phrase}” names two times.": "„{phrase}“ nennt zwei Uhrzeiten.",
    "“{phrase}” is a second date.": "„{phrase}“ ist ein zweites Datum.",
    "“{phrase}” is a second duration.": "„{phrase}“ ist eine zweite Dauer.",
    "“{phrase}” was read as {day}, not {other}.": "„{phrase}“ wurde als {day} gelesen, nicht als {other}",
    "“{phrase}” was read as 8 days, not a week.": "„{phrase}“ wurde als 8 Tage gelesen, nicht als eine Woche.",
    "The day {day} is out of reach.": "Der Tag {day} liegt außer Reichweite.",
    "On {day} the clock skips {time}: there is no such time.": (
        "Am {day} überspringt die Uhr {time}: Diese Zeit gibt es nicht."
    ),
    "{time} comes twice on {day}; the first was taken.": "{time} gibt es am {day} zweimal; gemeint ist die erste.",
    "{time} is at night.": "{time} ist nachts.",
    "From start to end are {ranged} minutes, not {duration}.": (
        "Von Anfang bis Ende sind es {ranged} Minuten, nicht {duration}."
    ),
    "The entry lies in the future ({at}).": "Der Eintrag liegt in der Zukunft ({at}).",
    "The follow-up lies in the past ({due}).": "Die Wiedervorlage liegt in der Vergangenheit ({due}).",
    "{country} has no state “{state}”.": "{country} hat kein Land „{state}“.",
    # The line
    "There is nothing to log.": "Es gibt nichts einzutragen.",
    "The line says neither who nor what.": "Die Zeile sagt weder wer noch was.",
    "The colon after the name is missing.": "Der Doppelpunkt nach dem Namen fehlt.",
    "“{phrase}” cannot be read here.": "„{phrase}“ ist an dieser Stelle nicht lesbar.",
    "A name is missing beside “{word}”.": "Neben „{word}“ fehlt ein Name.",
    "“{key}:” is given twice.": "„{key}:“ ist zweimal angegeben.",
    "“{key}:” needs a date.": "„{key}:“ braucht ein Datum.",
    "The day is given in the head and once more behind a key.": (
        "Der Tag steht im Kopf und noch einmal hinter einem Schlüssel."
    ),
    "“{phrase}” is a date or a word of the task.": "„{phrase}“ ist ein Datum oder ein Wort der Aufgabe.",
    "“{phrase}” was read as {name}.": "„{phrase}“ wurde als {name} gelesen.",
    "“{word}” stayed in the text; the key is “{near}:”.": (
        "„{word}“ ist im Text geblieben; der Schlüssel heißt „{near}:“."
    ),
    # Values
    "“{text}” is no amount.": "„{text}“ ist kein Betrag.",
    "“{unit}” belongs to the amount, but a blank parts them.": (
        "„{unit}“ gehört zum Betrag, ist aber durch ein Leerzeichen getrennt."
    ),
    "The newest entry is not about “{phrase}”.": "Im neuesten Eintrag geht es nicht um „{phrase}“.",
    "@{phrase} adds someone to it; without --last the line is an entry of its own.": (
        "@{phrase} fügt jemanden hinzu; ohne --last ist die Zeile ein eigener Eintrag."
    ),
    "Write them together: {together}": "Zusammen schreiben: {together}",
    "“{text}” is no percentage from 0 to 100.": "„{text}“ ist kein Prozentwert von 0 bis 100.",
    "“{text}” is no distance in kilometres.": "„{text}“ ist keine Strecke in Kilometern.",
    # What to do
    "Add the weekday.": "Ergänzen Sie den Wochentag.",
    "Write the date.": "Schreiben Sie das Datum.",
    "Write the day first, with full stops: 3.12.": "Schreiben Sie den Tag zuerst, mit Punkten: 3.12.",
    "Write the weekday in full.": "Schreiben Sie den Wochentag aus.",
    "Write the year in full.": "Schreiben Sie das Jahr aus.",
    "Write {day}.{month}. for the day or {day}:{month} for the time.": (
        "Schreiben Sie {day}.{month}. für den Tag oder {day}:{month} für die Uhrzeit."
    ),
    "Write {second}.": "Schreiben Sie {second}.",
    "Did you mean “{near}”?": "Meinten Sie „{near}“?",
    "For example: fri, tomorrow, +3d, 3.12., in 2 weeks.": "Zum Beispiel: fr, morgen, +3d, 3.12., in 2 Wochen.",
    "For example: visit miller yesterday: wants a quote": "Zum Beispiel: besuch müller gestern: will ein Angebot",
    "For example: wv:fr, fu:tomorrow, wv:+3d.": "Zum Beispiel: wv:fr, wv:morgen, wv:+3d.",
    "Before the colon stand kind, who, when and duration. Text begins after the colon.": (
        "Vor dem Doppelpunkt stehen Art, wer, wann und Dauer. Der Text beginnt danach."
    ),
    "{kind} <who> [when] [duration]: <text>": "{kind} <wer> [wann] [Dauer]: <Text>",
    "German: 12.500,50 or 12,5k.": "Deutsch: 12.500,50 oder 12,5k.",
    "English: 12,500.50 or 12.5k.": "Englisch: 12,500.50 oder 12.5k.",
}
