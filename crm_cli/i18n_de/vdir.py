"""German texts of folders shared with khal, khard, todoman and vdirsyncer."""

from __future__ import annotations

TEXTS = {
    "{url} is a folder on another computer.": "{url} ist ein Ordner auf einem anderen Rechner.",
    "Give the path of a folder here.": "Den Pfad eines Ordners auf diesem Rechner angeben.",
    "{path} is a file.": "{path} ist eine Datei.",
    "Name the folder it is in.": "Den Ordner nennen, in dem sie liegt.",
    "{path} may hold contacts or appointments.": "{path} kann Kontakte oder Termine enthalten.",
    "--kind contact or --kind event says which.": "--kind contact oder --kind event sagt, welche.",
    "There is no folder “{path}” any more.": "Den Ordner „{path}“ gibt es nicht mehr.",
    "Is its disk there? Else crm sync remove.": "Ist sein Datenträger da? Sonst crm sync remove.",
    "“{href}” is no file of {path}.": "„{href}“ ist keine Datei von {path}.",
    "{path} cannot be used: {reason}.": "{path} ist nicht benutzbar: {reason}.",
}
