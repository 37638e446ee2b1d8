"""German texts of the importers of contacts: vCard, JSON."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "A field holds a value of the wrong type.": "Ein Feld enthält einen Wert der falschen Art.",
    "A line of the card is longer than 12 MB.": "Eine Zeile der Karte ist länger als 12 MB.",
    "A line that is no vCard property was kept as it came.": (
        "Eine Zeile, die keine vCard-Eigenschaft ist, blieb, wie sie war."
    ),
    "A value longer than 1 MB was left in the card's text only.": "Ein Wert über 1 MB steht nur im Text der Karte.",
    "BEGIN:VCARD was missing.": "BEGIN:VCARD fehlte.",
    "Cards are nested more than 8 deep.": "Karten sind mehr als 8-fach ineinander geschachtelt.",
    "END:VCARD was missing.": "END:VCARD fehlte.",
    "FN was missing; the name was taken from another property.": (
        "FN fehlte; der Name kommt aus einer anderen Eigenschaft."
    ),
    "Fields nobody here knows were kept in the object's text only.": (
        "Unbekannte Felder stehen nur im Text des Objekts."
    ),
    "The card is empty.": "Die Karte ist leer.",
    "The card is larger than 16 MB.": "Die Karte ist größer als 16 MB.",
    "The line is no JSON object.": "Die Zeile ist kein JSON-Objekt.",
    "The object has no name, e-mail or phone.": "Das Objekt hat weder Name noch E-Mail noch Telefonnummer.",
    "The object is larger than 12 MB.": "Das Objekt ist größer als 12 MB.",
    "The text was not UTF-8; it was decoded by its declared or likely encoding.": (
        "Der Text war nicht UTF-8; er wurde nach seiner angegebenen oder wahrscheinlichen Kodierung gelesen."
    ),
    "The versions are keep, 3.0, 4.0 and 2.1.": "Die Versionen sind keep, 3.0, 4.0 und 2.1.",
    "There is no vCard version “{version}”.": "Es gibt keine vCard-Version „{version}“.",
    "These lines belong to no card.": "Diese Zeilen gehören zu keiner Karte.",
}
