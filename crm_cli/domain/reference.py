"""The forms of references that are not names: ids, telephone numbers and e-mail addresses."""

from __future__ import annotations

_ID_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_ID_DIGITS = frozenset("234567")
_NUMBER_SIGNS = frozenset("0123456789+-/().· \u00a0\u2010\u2011\u2012\u2013")


def is_id(text: str) -> bool:
    """Tell whether a text has the form of an id or of its beginning: a letter, a digit 2–7, base 32; 4 to 16 long."""
    return (
        4 <= len(text) <= 16
        and text[0] in _ID_LETTERS
        and text[1] in _ID_DIGITS
        and all(sign in _ID_LETTERS or sign in _ID_DIGITS for sign in text)
    )


def is_number(text: str, *, fewest: int = 5) -> bool:
    """Tell whether a text can only be a telephone number: `fewest` digits or more and the signs between them."""
    text = text[4:] if text[:4].lower() == "tel:" else text
    return _NUMBER_SIGNS.issuperset(text) and sum(map(str.isdigit, text)) >= fewest


def email_key(value: str) -> str:
    """Return the form two spellings of one address share: composed and without case."""
    if value.isascii():
        return value.strip().lower()
    from unicodedata import normalize

    return normalize("NFC", value.strip()).casefold()
