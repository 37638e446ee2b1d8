"""German texts of reminders on the desktop, and of what runs them."""

from __future__ import annotations

TEXTS = {
    "--install and --uninstall exclude each other.": "--install und --uninstall schließen einander aus.",
    "Nobody can be told now; the reminders wait for the next time.": (
        "Jetzt ist niemand zu erreichen; die Erinnerungen warten auf das nächste Mal."
    ),
    "Take that away again.": "Das wieder wegnehmen.",
    "{count} more reminders": "{count} weitere Erinnerungen",
    "crm remind is not installed.": "crm remind ist nicht eingerichtet.",
    "crm remind runs no longer by itself.": "crm remind läuft nicht mehr von selbst.",
    "Take this away?": "Das wegnehmen?",
    "Write this?": "Das schreiben?",
}
