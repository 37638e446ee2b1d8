"""Dates, numbers and money as German and English readers write them. Input is never read here."""

from __future__ import annotations

from datetime import date, datetime

from crm_cli.i18n import language, t

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

_WEEKDAYS = {
    "de": ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_GERMAN_MONTHS = ("Jan", "Feb", "März", "Apr", "Mai", "Juni", "Juli", "Aug", "Sep", "Okt", "Nov", "Dez")
_SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£"}
# Codes that are no English words.
_WORDS = {
    "employee_of": "works at",
    "reports_to": "reports to",
    "referred_by": "referred by",
    "no_answer": "no answer",
    "insert": "added",
    "update": "changed",
    "delete": "deleted",
    "needs-action": "not answered",
}


def word(code: str) -> str:
    """Return a code of the store (`visit`, `employee_of`, `won`) as a word; any other text as it is."""
    return t(_WORDS.get(code, code))


def weekday(day: date) -> str:
    """Return the short name of the weekday: `Di`, `Tue`."""
    return _WEEKDAYS[language()][day.weekday()]


def day(value: date, today: date) -> str:
    """Return `Di 18.11.` or `Tue 18 Nov`, with the year where it is not this one."""
    if language() == "de":
        text = f"{weekday(value)} {value.day}.{value.month}."
        return text if value.year == today.year else f"{text}{value.year}"
    text = f"{weekday(value)} {value.day} {_MONTHS[value.month - 1]}"
    return text if value.year == today.year else f"{text} {value.year}"


def month(text: str) -> str:
    """Return `2025-12` as `Dez 2025` or `Dec 2025`; other text as it is."""
    year, _, number = text.partition("-")
    if not (year.isdecimal() and number.isdecimal() and 0 < int(number) < 13):
        return text
    return f"{(_GERMAN_MONTHS if language() == 'de' else _MONTHS)[int(number) - 1]} {year}"


def moment(value: datetime, today: date) -> str:
    """Return day and time, in the time's own offset: `Di 18.11. 14:30`."""
    return f"{day(value, today)} {value:%H:%M}"


def when(text: str, today: date) -> str:
    """Return an ISO date or date-time as people read it, in local time, `--04-12` as `12.4.`; other text as it is."""
    try:
        if text.startswith("--") and len(text) == 7:
            # The year is a leap year, so that the 29th of February is a day; it isn't shown.
            whole = date.fromisoformat(f"2024-{text[2:]}")
            return f"{whole.day}.{whole.month}." if language() == "de" else f"{whole.day} {_MONTHS[whole.month - 1]}"
        if len(text) == 10:
            return day(date.fromisoformat(text), today)
        found = datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment(found if found.tzinfo is None else found.astimezone(), today)


def spoken(params: Mapping[str, object], today: date) -> dict[str, object]:
    """Return the parameters of a text with days and times as people read them."""
    return {
        name: when(value.isoformat(), today) if isinstance(value, date) else value for name, value in params.items()
    }


def number(value: int | float | Decimal | str, places: int | None = None) -> str:
    """Return a number with the separators of the language: `12.500,5`, `12,500.5`. `value` may be decimal text."""
    text = str(value) if places is None else f"{float(value):.{places}f}"
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, point, fraction = digits.partition(".")
    if not whole.isdecimal() or (point and not fraction.isdecimal()):
        return text
    groups = f"{int(whole):,}"
    if language() == "de":
        return sign + groups.replace(",", ".") + ("," + fraction if point else "")
    return sign + groups + point + fraction


def size(count: int) -> str:
    """Return a number of bytes: `812 B`, `38 kB`, `9,4 MB`."""
    if count < 1000:
        return f"{count} B"
    if count < 999_500:
        return f"{number(round(count / 1000))} kB"
    return f"{number(count / 1_000_000, 1)} MB"


def money(amount: str, currency: str) -> str:
    """Return an amount (decimal text) with its currency: `12.500,00 €`, `€12,500.00`, `CHF 5.00`."""
    text = number(amount)
    if language() == "de":
        return f"{text} {_SYMBOLS.get(currency, currency)}"
    symbol = _SYMBOLS.get(currency)
    if symbol is None:
        return f"{currency} {text}"
    return f"-{symbol}{text[1:]}" if text.startswith("-") else symbol + text
