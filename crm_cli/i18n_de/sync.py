"""German texts of synchronising."""

from __future__ import annotations

TEXTS = {
    "{count:item was|items were} refused; everything else is in step.": (
        "{count:Eintrag wurde|Einträge wurden} abgelehnt; alles andere ist abgeglichen."
    ),
    "An answer needs a conflict and a side.": "Eine Antwort braucht einen Konflikt und eine Seite.",
    "{name}: {reason}": "{name}: {reason}",
    "{name} is in step: {count:item|items}.": "{name} ist abgeglichen: {count:Eintrag|Einträge}.",
    "{name}: {count:conflict waits|conflicts wait} for an answer: crm sync conflicts": (
        "{name}: {count:Konflikt wartet|Konflikte warten} auf eine Antwort: crm sync conflicts"
    ),
    "{name}: {count:item|items} changed meanwhile; the next sync takes them.": (
        "{name}: {count:Eintrag hat|Einträge haben} sich inzwischen geändert; der nächste Abgleich nimmt das mit."
    ),
    "{name}: delete {here} of {known} items here and {there} on the server?": (
        "{name}: {here} von {known} Einträgen hier löschen und {there} auf dem Server?"
    ),
    "{name}: {here} of {known} items would be deleted here and {there} on the server; nothing was written.": (
        "{name}: {here} von {known} Einträgen würden hier gelöscht, {there} auf dem Server; nichts wurde geschrieben."
    ),
    "crm sync --dry-run tells more; crm sync --yes does it.": (
        "crm sync --dry-run sagt mehr; crm sync --yes führt es aus."
    ),
    "crm sync {name} brings it in step; --dry-run shows what that does.": (
        "crm sync {name} gleicht ab; --dry-run zeigt, was dabei geschieht."
    ),
    "Nothing here or on the server was deleted.": "Weder hier noch auf dem Server wurde etwas gelöscht.",
    "The next crm sync carries it out.": "Der nächste crm sync führt es aus.",
    "{url} gives page after page without end.": "{url} liefert Seite um Seite ohne Ende.",
    "{url} answered {status}.": "{url} antwortete {status}.",
    "{url} is no longer there.": "{url} gibt es nicht mehr.",
    "crm sync remove, then crm sync add": "crm sync remove, dann crm sync add",
    "{url} names a resource on another server: {href}.": "{url} nennt einen Eintrag auf einem anderen Server: {href}.",
    "No address book or calendar was found at {url}.": "Unter {url} ist kein Adressbuch und kein Kalender zu finden.",
    "Give the address of one.": "Die Adresse des gewünschten angeben.",
    "{url} is no address of a contacts or calendar server.": (
        "{url} ist keine Adresse eines Servers für Kontakte oder Kalender."
    ),
    "The server's answer declares a document type; it was refused.": (
        "Die Antwort des Servers enthält eine Dokumenttyp-Deklaration; sie wurde abgelehnt."
    ),
    "The server's answer is no multistatus.": "Die Antwort des Servers ist kein Multistatus.",
    "The server's answer is nested too deep.": "Die Antwort des Servers ist zu tief verschachtelt.",
    "The server's answer is no XML: {reason}.": "Die Antwort des Servers ist kein XML: {reason}.",
    "“{url}” is no address of a server.": "„{url}“ ist keine Adresse eines Servers.",
    "https://dav.example.org/": "https://dav.example.org/",
    "crm sync add https://dav.example.org/": "crm sync add https://dav.example.org/",
    "crm sync conflicts 3 --keep mine": "crm sync conflicts 3 --keep mine",
    "{host} sends from one address to the next without end.": "{host} leitet ohne Ende von Adresse zu Adresse.",
    "The password would go to {url} unencrypted.": "Das Kennwort ginge unverschlüsselt an {url}.",
    "Use an https:// address.": "Eine https://-Adresse verwenden.",
    "{host} leads to another server, {url}; nothing was sent there.": (
        "{host} leitet zu einem anderen Server, {url}; dorthin wurde nichts gesendet."
    ),
    "If you trust it, give its address to crm sync add.": ("Wer ihm vertraut, gibt seine Adresse bei crm sync add an."),
    "Synchronising needs the extra “sync”.": "Der Abgleich braucht das Extra „sync“.",
    'pip install "crm-cli[sync]"': 'pip install "crm-cli[sync]"',
    "{host} refused the login of {user}.": "{host} hat die Anmeldung von {user} abgelehnt.",
    "The password comes from CRM_<NAME>_PASSWORD, --password-command or the keyring.": (
        "Das Kennwort kommt aus CRM_<NAME>_PASSWORD, --password-command oder dem Schlüsselbund."
    ),
    "{host} cannot be reached: {reason}.": "{host} ist nicht erreichbar: {reason}.",
    "{host} answers too slowly.": "{host} antwortet zu langsam.",
    "The answer of {host} is larger than 64 MB.": "Die Antwort von {host} ist größer als 64 MB.",
    "A user or password does not belong into the address.": "Benutzer und Kennwort gehören nicht in die Adresse.",
    "--user, --password-command": "--user, --password-command",
    "There is no direction “{direction}”.": "Die Richtung „{direction}“ gibt es nicht.",
    "both, pull or push": "both, pull oder push",
    "“{name}” cannot be the name of a collection.": "„{name}“ kann nicht der Name einer Sammlung sein.",
    "--name phone": "--name telefon",
    "There is a collection “{name}” already.": "Eine Sammlung „{name}“ gibt es schon.",
    "--name gives another one.": "--name gibt einen anderen.",
    "There are {count} collections at {url}.": "Unter {url} gibt es {count} Sammlungen.",
    "There is nothing to synchronise yet.": "Es gibt noch nichts abzugleichen.",
    "{url} is synchronised already, as “{name}”.": "{url} wird schon abgeglichen, als „{name}“.",
    "There is no password for {name}.": "Für {name} gibt es kein Kennwort.",
    "Set {variable}, or give --password-command, or put it into the keyring (service crm).": (
        "{variable} setzen, --password-command angeben oder es in den Schlüsselbund legen (Dienst crm)."
    ),
    "The password command failed: {reason}.": "Der Kennwort-Befehl ist gescheitert: {reason}.",
    "There is no collection “{name}” to synchronise.": "Es gibt keine Sammlung „{name}“ zum Abgleichen.",
    "There is no conflict {id}.": "Den Konflikt {id} gibt es nicht.",
    "It does not hold exactly one card.": "Darin steht nicht genau eine Karte.",
    "It names attendees, whom the server would write to; only --invite lets it go there.": (
        "Es nennt Teilnehmer, denen der Server schreiben würde; nur --invite lässt es dorthin."
    ),
    "Another sync is running.": "Ein anderer Abgleich läuft noch.",
    "Wait for its end.": "Auf sein Ende warten.",
    "The server refused it.": "Der Server hat es abgelehnt.",
    "On the server": "Auf dem Server",
    "User": "Benutzer",
    "Direction": "Richtung",
    "Only": "Nur",
    "Items": "Einträge",
    "Conflicts": "Konflikte",
    "In step": "Abgeglichen",
    "Error": "Fehler",
    "There": "Dort",
    "{count} new": "{count} neu",
    "{count} changed": "{count} geändert",
    "Invites": "Lädt ein",
    "New here": "Hier neu",
    "Changed here": "Hier geändert",
    "Deleted here": "Hier gelöscht",
    "New there": "Dort neu",
    "Changed there": "Dort geändert",
    "Deleted there": "Dort gelöscht",
    "Same": "Gleich",
    "Later": "Später",
    "Refused": "Abgelehnt",
    "Collection": "Sammlung",
    "What happened": "Was geschah",
    "Differences": "Unterschiede",
    "Answer": "Antwort",
    "Contacts and calendars on servers and phones: add, bring in step.": (
        "Kontakte und Kalender auf Servern und Telefonen: anlegen, abgleichen."
    ),
    "Bring contacts, calendars and servers in step, both ways.": (
        "Kontakte, Kalender und Server in beide Richtungen abgleichen."
    ),
    "The name of a collection; all, unless said.": "Der Name einer Sammlung; sonst alle.",
    "Synchronise an address book or calendar: on a server (CardDAV, CalDAV) or in a folder (vdir).": (
        "Adressbuch oder Kalender abgleichen: auf einem Server (CardDAV, CalDAV) oder in einem Ordner (vdir)."
    ),
    "A server, its address book or calendar, or a folder.": (
        "Ein Server, sein Adressbuch oder Kalender, oder ein Ordner."
    ),
    "Synchronise the log with the calendar, too (VJOURNAL).": (
        "Auch das Protokoll mit dem Kalender abgleichen (VJOURNAL)."
    ),
    "Make cards of the firms that were added here, too.": "Auch hier angelegte Firmen als Karten hinschicken.",
    "Follow-ups and log entries go to a calendar.": "Wiedervorlagen und Einträge gehören in einen Kalender.",
    "Firms go to an address book.": "Firmen gehören in ein Adressbuch.",
    "The calendar takes no follow-ups (VTODO).": "Der Kalender nimmt keine Wiedervorlagen (VTODO).",
    "The calendar takes no log entries (VJOURNAL).": "Der Kalender nimmt keine Einträge des Protokolls (VJOURNAL).",
    "Leave the option out, or give the address of another collection.": (
        "Die Option weglassen oder die Adresse einer anderen Sammlung angeben."
    ),
    "What to call it here.": "Wie es hier heißen soll.",
    "The user on the server.": "Der Benutzer auf dem Server.",
    "Prints the password: pass show phone. Else CRM_<NAME>_PASSWORD or the keyring.": (
        "Gibt das Kennwort aus: pass show phone. Sonst CRM_<NAME>_PASSWORD oder der Schlüsselbund."
    ),
    "Both ways, only from the server, only to it.": "Beide Wege, nur vom Server, nur zu ihm.",
    "Which contacts, or whose events, go to the server.": "Welche Kontakte oder wessen Termine auf den Server kommen.",
    "Only address books, or calendars.": "Nur Adressbücher, oder Kalender.",
    "Synchronise follow-ups with the calendar, too.": "Auch Aufgaben mit dem Kalender abgleichen.",
    "It does not hold one event, follow-up or log entry.": (
        "Darin steht nicht genau ein Termin, eine Wiedervorlage oder ein Eintrag."
    ),
    "Let the server send invitations: put attendees, too.": (
        "Den Server einladen lassen: auch die Teilnehmer übertragen."
    ),
    "List what is synchronised.": "Zeigen, was abgeglichen wird.",
    "Show when each was last in step.": "Zeigen, wann zuletzt abgeglichen wurde.",
    "Stop synchronising; nothing is deleted.": "Nicht mehr abgleichen; gelöscht wird nichts.",
    "The name of a collection.": "Der Name einer Sammlung.",
    "List what both sides changed, or decide one.": "Zeigen, was beide Seiten geändert haben, oder eines entscheiden.",
    "The number of a conflict.": "Die Nummer eines Konflikts.",
    "Which side wins.": "Welche Seite gewinnt.",
    "Changed on both sides": "Auf beiden Seiten geändert",
    "Deleted here, changed there": "Hier gelöscht, dort geändert",
}
