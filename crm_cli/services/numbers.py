"""Whose telephone number is it? Any spelling; an extension nobody has still names the company."""

from __future__ import annotations

from crm_cli.domain.phone import phone_e164
from crm_cli.domain.text import digits
from crm_cli.store import search
from crm_cli.store.search_schema import KEY_LOCAL, KEY_STEM, KIND_CODES, KINDS_ROOM, key_token

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from crm_cli.store.store import Store

_LIMIT = 50
_FEWEST_DIGITS = 3  # to look for inside of numbers
_LONGEST_EXTENSION = 5
_SHORTEST_NUMBER = 6  # digits of a number an extension may follow
# Regions where `00` begins an international number.
_NOT_DOUBLE_ZERO = ("US", "CA")


def whose(store: Store, text: str, *, region: str = "DE") -> list[int]:
    """Return the documents (see `store/search.py`) of the people and firms with this number.

    Where nobody has the number itself, the longest beginning of it that is a number, or stands before
    an extension, names the company: of a person, the employer.
    """
    written = text.strip()
    if written.startswith("00") and region not in _NOT_DOUBLE_ZERO:
        written = "+" + written[2:]
    number = phone_e164(written, region)
    local = digits(written).lstrip("0")
    # A stored number may lack the country that is known here, and the reverse.
    spellings = [local]
    if number:
        country = 3 if number.startswith(("+49", "+43", "+41")) else 0
        spellings = list(dict.fromkeys((number[1:], number[country:] if country else local, local)))
    connection = store.connection
    tokens = [key_token(KEY_LOCAL, spelling) for spelling in spellings]
    found = search.by_number(connection, ["+" + spelling for spelling in spellings])
    found += search.keyed(connection, tokens, ("contact", "company"), _LIMIT)
    if not found:
        found = _with_extension(store, spellings)
    return list(dict.fromkeys(found))


def holding(store: Store, text: str, limit: int) -> list[int]:
    """Return the documents of the people and firms with a number that holds these digits in a row."""
    wanted = digits(text).lstrip("0")
    return search.by_digits(store.connection, wanted, limit) if len(wanted) >= _FEWEST_DIGITS else []


def _with_extension(store: Store, spellings: Sequence[str]) -> list[int]:
    """Return who has the longest beginning of the number that anybody has."""
    connection = store.connection
    for cut in range(_LONGEST_EXTENSION + 1):
        fronts = [spelling[: len(spelling) - cut] for spelling in spellings if len(spelling) - cut >= _SHORTEST_NUMBER]
        if not fronts:
            return []
        classes = (KEY_STEM,) if cut == 0 else (KEY_STEM, KEY_LOCAL)
        found = search.keyed(
            connection,
            [key_token(key_class, front) for key_class in classes for front in fronts],
            ("contact", "company"),
            _LIMIT,
        )
        if cut:
            found += search.by_number(connection, ["+" + front for front in fronts])
        if found:
            return _companies(store, found)
    return []


def _companies(store: Store, documents: Sequence[int]) -> list[int]:
    """Return the firms, and in place of each person the employer; a person without one is not guessed at."""
    rows = [
        record.row if record.kind == "company" else record.company_row
        for record in search.records(store.connection, documents)
    ]
    return [row * KINDS_ROOM + KIND_CODES["company"] for row in rows if row is not None]
