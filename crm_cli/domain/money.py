"""Amounts of money: read as people type them, kept as whole minor units, never as floats."""

from __future__ import annotations

from crm_cli.domain.record import Record
from crm_cli.errors import UsageError

# Digits behind the decimal point; two where nothing is said (ISO 4217).
_MINOR_DIGITS = {"JPY": 0, "KRW": 0, "CLP": 0, "ISK": 0, "HUF": 2, "KWD": 3, "BHD": 3, "TND": 3, "JOD": 3, "OMR": 3}
SIGNS = {"€": "EUR", "$": "USD", "£": "GBP"}
_CODES = frozenset(("EUR", "USD", "GBP", "CHF", "PLN", "CZK", "DKK", "SEK", "NOK", "HUF", "JPY"))
_LARGEST = 10**15  # minor units; the store's integers and everybody's deals end below


class Money(Record):
    """An amount in whole minor units (cents) of an ISO 4217 currency."""

    minor: int
    currency: str = "EUR"

    @property
    def amount(self) -> str:
        """The amount as a decimal number, as JSON shows it: `12500.00`."""
        digits = minor_digits(self.currency)
        sign, figures = "-" if self.minor < 0 else "", str(abs(self.minor)).rjust(digits + 1, "0")
        return f"{sign}{figures[:-digits]}.{figures[-digits:]}" if digits else sign + figures

    def as_json(self) -> dict[str, str]:
        """Return the amount as JSON shows it."""
        return {"amount": self.amount, "currency": self.currency}


def currency_of(text: str) -> str | None:
    """Return the ISO 4217 code that `text` is, in any case; else None."""
    return text.upper() if text.upper() in _CODES else None


def minor_digits(currency: str) -> int:
    """Return how many digits a currency has behind the decimal point."""
    return _MINOR_DIGITS.get(currency, 2)


def read_money(text: str, *, decimal: str = ",", currency: str = "EUR") -> Money:
    """Read `12.500`, `12,5k`, `€12k`, `12500,50EUR`.

    `decimal` is the sign before the decimals: `,` reads German numbers, `.` English ones; the other one may
    part groups of three. `currency` is meant where none is written. Raises UsageError.
    """
    number, named = _without_currency(text.strip())
    thousands = number[-1:] in ("k", "K")
    found = _decimal(number[:-1] if thousands else number, decimal)
    precision = minor_digits(named or currency)
    # Three decimals are rather a group of thousands in the other language: 12.500.
    if found is not None and found[1] <= (2 if thousands else precision):
        minor = found[0] * 10 ** (precision + (3 if thousands else 0) - found[1])
        if minor < _LARGEST:
            return Money(minor, named or currency)
    raise UsageError(
        "“{text}” is no amount.",
        text=text,
        hint="German: 12.500,50 or 12,5k." if decimal == "," else "English: 12,500.50 or 12.5k.",
    )


def _without_currency(text: str) -> tuple[str, str | None]:
    for sign, code in SIGNS.items():
        if text.startswith(sign):
            return text[1:].strip(), code
        if text.endswith(sign):
            return text[:-1].strip(), code
    if text[:3].upper() in _CODES:
        return text[3:].strip(), text[:3].upper()
    if text[-3:].upper() in _CODES:
        return text[:-3].strip(), text[-3:].upper()
    return text, None


def _decimal(text: str, decimal: str) -> tuple[int, int] | None:
    """Return the digits of a number as an integer and how many of them are decimals, or None."""
    whole, point, decimals = text.partition(decimal)
    groups = whole.split("." if decimal == "," else ",")
    if len(groups) > 1 and (not 1 <= len(groups[0]) <= 3 or any(len(group) != 3 for group in groups[1:])):
        return None
    digits = "".join(groups) + decimals
    if not (digits.isascii() and digits.isdigit()) or not groups[0] or len(digits) > 18 or (point and not decimals):
        return None
    return int(digits), len(decimals)
