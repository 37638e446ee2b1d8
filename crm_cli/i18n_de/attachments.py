"""German texts of attachments."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    # Command
    "Photos, keys and files that came with a record: list, save, open.": (
        "Fotos, Schlüssel und Dateien, die mit einem Datensatz kamen: zeigen, sichern, öffnen."
    ),
    "Save them in a folder.": "In einem Ordner sichern.",
    "Open one of them, by its number.": "Eine davon öffnen, nach ihrer Nummer.",
    "“{name}” is damaged: its content cannot be read.": "„{name}“ ist beschädigt: Der Inhalt lässt sich nicht lesen.",
    "“{name}” is a link: there is nothing to save.": "„{name}“ ist ein Link: Es gibt nichts zu sichern.",
    "{name} has no attachment {number}.": "{name} hat keinen Anhang {number}.",
    "crm files REF lists them.": "crm files REF zeigt sie.",
    "{path} is no folder of your own.": "{path} ist kein eigener Ordner.",
    "{saved} saved, {refused} damaged; the first: {name}": "{saved} gesichert, {refused} beschädigt; zuerst: {name}",
    "{count:file|files} saved in {folder}.": "{count:Datei|Dateien} gesichert in {folder}.",
    "“{name}” is of a kind that a desktop may run as a program. Open it?": (
        "„{name}“ ist von einer Art, die ein Desktop als Programm ausführen kann. Öffnen?"
    ),
    "“{name}” was saved but not opened: a desktop may run it as a program. It is here: {path}": (
        "„{name}“ wurde gesichert, aber nicht geöffnet: Ein Desktop kann es als Programm ausführen."
        " Es liegt hier: {path}"
    ),
    "--yes opens it all the same.": "--yes öffnet es trotzdem.",
    "Links of the kind “{scheme}” are not opened: {target}": "Links der Art „{scheme}“ werden nicht geöffnet: {target}",
    "Opened are {schemes}.": "Geöffnet werden {schemes}.",
    # Screens
    "Open a link, mail address, number or attachment, after showing it": (
        "Link, Mailadresse, Nummer oder Anhang öffnen, nachdem es gezeigt ist"
    ),
    "{name} has no link, mail address, number or attachment.": (
        "{name} hat keinen Link, keine Mailadresse, keine Nummer und keinen Anhang."
    ),
    "Open {name}?": "{name} öffnen?",
    "do not open it": "nicht öffnen",
    "open it all the same": "trotzdem öffnen",
    # Columns and kinds
    "Media type": "Medientyp",
    "Size": "Größe",
    "Damaged": "Beschädigt",
    "photo": "Foto",
    "logo": "Logo",
    "sound": "Ton",
    "key": "Schlüssel",
    "image": "Bild",
    "file": "Datei",
    "alarm": "Erinnerungston",
    "damaged": "beschädigt",
}
