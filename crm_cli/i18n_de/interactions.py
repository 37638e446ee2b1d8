"""German texts of the log: kinds of entries, the echo, questions and refusals."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "The line is kept: crm log --drafts": "Die Zeile ist aufgehoben: crm log --drafts",
    # Kinds
    "call": "Anruf",
    "visit": "Besuch",
    "meeting": "Termin",
    "mail": "Mail",
    "note": "Notiz",
    "demo": "Demo",
    "fair": "Messe",
    "letter": "Brief",
    "chat": "Chat",
    "complaint": "Reklamation",
    "no answer": "nicht erreicht",
    # The echo
    "FU": "WV",
    "Need": "Bedarf",
    "Request": "Auftrag",
    "Ticket": "Ticket",
    "Campaign": "Kampagne",
    "Direction": "Richtung",
    "All day": "Ganztags",
    "Minutes": "Minuten",
    "Details": "Einzelheiten",
    "Kilometres": "Kilometer",
    "Outcome": "Ergebnis",
    "Needs": "Bedarfe",
    "Requests": "Aufträge",
    "Follow-ups": "Wiedervorlagen",
    "Line": "Zeile",
    "Text": "Text",
    "Updated": "Geändert",
    "Warnings": "Warnungen",
    # Questions and notes
    "Who is “{phrase}”?": "Wer ist „{phrase}“?",
    "new: add this name to the address book": "neu: diesen Namen ins Adressbuch aufnehmen",
    "New in the address book: {name}.": "Neu im Adressbuch: {name}.",
    "{new} logged, {same} already there.": "{new} eingetragen, {same} schon vorhanden.",
    # Refusals
    "{new} logged, {same} already there, {refused} refused and kept as drafts; first line {line}: {reason}": (
        "{new} eingetragen, {same} schon vorhanden, {refused} abgelehnt und als Entwurf behalten; "
        "zuerst Zeile {line}: {reason}"
    ),
    "The line is not valid UTF-8.": "Die Zeile ist kein gültiges UTF-8.",
    "crm log --drafts lists them.": "crm log --drafts zeigt sie.",
    "crm log visit miller yesterday: wants a quote, or crm log - for a batch": (
        "crm log besuch müller gestern: will ein Angebot, oder crm log - für mehrere Zeilen"
    ),
    "“{text}” names no draft.": "„{text}“ nennt keinen Entwurf.",
    "crm log --drafts, crm log --drafts log 3, … drop 3": "crm log --drafts, crm log --drafts log 3, … drop 3",
    "The line could not be kept as a draft either.": "Die Zeile konnte auch nicht als Entwurf behalten werden.",
    "--create adds it.": "--create legt den Namen an.",
    "--create adds it. An @ that names nobody is written \\@.": (
        "--create legt den Namen an. Ein @, das niemanden nennt, schreibt man \\@."
    ),
    "Did you mean {suggestions}? --create adds it as a name.": (
        "Meinten Sie {suggestions}? --create legt es als Namen an."
    ),
    "There is no entry yet.": "Es gibt noch keinen Eintrag.",
    "There is no entry {row}.": "Es gibt keinen Eintrag {row}.",
    "crm log call from miller: wants a quote": "crm log anruf von müller: will ein Angebot",
    "There is no open deal to move.": "Es gibt kein offenes Vorhaben, das sich bewegen ließe.",
    "crm deal add <title> --contact <who>, or name one: deal:<title>": (
        "crm deal add <titel> --contact <wer>, oder eines nennen: deal:<titel>"
    ),
    "There are several open deals.": "Es gibt mehrere offene Vorhaben.",
    "Name one: deal:<title>": "Nennen Sie eines: deal:<titel>",
    # Help
    "Log a call, visit or note in one line; without a line a prompt opens.": (
        "Anruf, Besuch oder Notiz in einer Zeile eintragen; ohne Zeile öffnet sich eine Eingabe."
    ),
    "What happened; - reads one entry a line from stdin.": "Was war; - liest je Zeile einen Eintrag von stdin.",
    "Add a name that nobody has to the address book.": "Einen unbekannten Namen ins Adressbuch aufnehmen.",
    "Amend the newest entry.": "Den neuesten Eintrag ergänzen.",
    "Edit the entries of a day in your editor.": "Die Einträge eines Tages im Editor bearbeiten.",
    "List the lines that could not be logged.": "Die Zeilen zeigen, die nicht eingetragen werden konnten.",
    # Amending
    "The follow-up “{text}” is done; it cannot leave the entry.": (
        "Die Wiedervorlage „{text}“ ist erledigt; sie kann nicht aus dem Eintrag genommen werden."
    ),
    "{refused} changed lines were refused and kept as drafts; first line {line}: {reason}": (
        "{refused} geänderte Zeilen wurden abgelehnt und als Entwurf behalten; zuerst Zeile {line}: {reason}"
    ),
    "{count:entry|entries} changed.": "{count:Eintrag|Einträge} geändert.",
    "crm log --edit gestern": "crm log --edit gestern",
}
