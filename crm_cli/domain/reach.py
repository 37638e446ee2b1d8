"""Read what a person types for a way to reach somebody: `ada@example.org`, `work=0821 12345`, `Weg 1, 86150 Augsburg`.

`LABEL=VALUE` gives the value a label; `=VALUE` says that there is none. What cannot be understood is kept as typed.
"""

from __future__ import annotations

import re

from crm_cli.domain.contact import Address, Email, Link
from crm_cli.errors import UsageError

LABELS = {
    "arbeit": "work",
    "büro": "work",
    "dienstlich": "work",
    "firma": "work",
    "geschäftlich": "work",
    "privat": "home",
    "zuhause": "home",
    "handy": "mobile",
    "mobil": "mobile",
    "cell": "mobile",
}
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"]+@[^\s@<>()\[\],;:\"]+\.[^\s@<>()\[\],;:\".]+")
_TOWN = re.compile(r"(?:[A-Z]{1,3}-)?(\d{4,5})\s+(\D.*)")


def labelled(text: str, flag: str) -> tuple[str | None, str]:
    """Split `LABEL=VALUE` into (label or None, value); a `=` inside an address or a link is part of it.

    Raises UsageError for an empty value; `flag` names the option it came from.
    """
    label, equals, value = text.partition("=")
    label = label.strip()
    if not equals or not all(letter.isalnum() or letter in " -_" for letter in label):
        label, value = "", text
    value = value.strip()
    if not value:
        raise UsageError("{flag} is empty.", flag=flag)
    return (LABELS.get(label.lower(), label) or None), value


def read_email(text: str) -> Email:
    """Return the typed e-mail address with its label."""
    label, value = labelled(text, "--email")
    return Email(value, label)


def is_email(value: str) -> bool:
    """Tell whether a text has the form of one e-mail address."""
    return len(value) <= 320 and _EMAIL.fullmatch(value) is not None


def read_link(text: str) -> Link:
    """Return the typed web address with its label."""
    label, value = labelled(text, "--link")
    return Link(value, "url", label)


def read_address(text: str) -> Address:
    """Return the parts of an address typed in one line: street, postcode and town, country, parted by commas.

    Without a postcode, `Street 1, Town` is understood; everything else is kept whole as the street.
    """
    label, value = labelled(text, "--address")
    parts = [part.strip() for part in re.split(r"[,\n]", value) if part.strip()]
    for index, part in enumerate(parts):
        if match := _TOWN.fullmatch(part):
            street, country = ", ".join(parts[:index]), ", ".join(parts[index + 1 :])
            return Address(street or None, postcode=match[1], city=match[2], country=country or None, label=label)
    if len(parts) == 2 and any(map(str.isdigit, parts[0])) and not any(map(str.isdigit, parts[1])):
        return Address(parts[0], city=parts[1], label=label)
    return Address(value, label=label)
