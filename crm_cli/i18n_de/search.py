"""German texts of search and resolver."""

from __future__ import annotations

TEXTS = {
    # Failures
    "Nothing matches “{ref}”.": "Nichts passt zu „{ref}“.",
    "“{ref}” matches several records.": "„{ref}“ passt auf mehrere Datensätze.",
    "Say more of the name, add the company, or use the id.": (
        "Mehr vom Namen angeben, die Firma dazu, oder die Id nehmen."
    ),
    "Nobody has the number {number}.": "Niemand hat die Nummer {number}.",
    # Commands
    "Words, a mail or digits.": "Wörter, eine Mailadresse oder Ziffern.",
    "Find anything, typing errors forgiven: people, firms, deals, tasks, log entries.": (
        "Findet alles, auch mit Tippfehlern: Personen, Firmen, Chancen, Aufgaben, Einträge."
    ),
    "A telephone number in any spelling.": "Eine Telefonnummer in beliebiger Schreibweise.",
    "Say whose number it is; an unknown extension still names the company.": (
        "Sagt, wem eine Nummer gehört; eine unbekannte Durchwahl nennt noch die Firma."
    ),
    # Columns
    "Score": "Güte",
    "Found in": "Gefunden in",
}
