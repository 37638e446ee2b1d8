"""The SQL of one comparison: how each kind of field reads a value and is compared with it.

Text is compared folded, ä as ae and as a. A cheap test on ASCII text in SQL goes before the Python comparison, so that
`city:Augsburg` over 100,000 rows calls Python only for rows that may match.
"""

from __future__ import annotations

import re
from functools import lru_cache

from crm_cli.domain import query_values
from crm_cli.domain.deal import find_stage, read_value
from crm_cli.domain.text import digits, fold, fold_weak, words, words_weak
from crm_cli.errors import UsageError
from crm_cli.store import query_fields as kinds
from crm_cli.store import search
from crm_cli.store.query_days import between_days, compare_day, unreadable
from crm_cli.store.search_schema import KIND_CODES, KINDS_ROOM, LONG_NAME

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3

    from crm_cli.domain.query import Comparison, Range, Value
    from crm_cli.store.query_fields import Field, Indexed
    from crm_cli.store.query_sql import Scope

_NOT_ASCII = "*[^ -~]*"
_ID_PREFIX = re.compile(r"[a-z][2-7][a-z2-7]{2,14}")
_YES = ("yes", "ja", "true", "wahr", "1")
_NO = ("no", "nein", "false", "falsch", "0")
_DAYS = (kinds.DAY, kinds.FUTURE_DAY, kinds.MOMENT, kinds.BIRTHDAY, kinds.SPAN)


def register(connection: sqlite3.Connection) -> None:
    """Make the comparisons known to a connection; doing it twice is harmless."""
    connection.create_function("crm_words", 4, _has_words, deterministic=True)
    connection.create_function("crm_same", 2, _same, deterministic=True)
    connection.create_function("crm_digits", 1, _digits, deterministic=True)


# Towns and firms come again and again.
@lru_cache(maxsize=1_000)
def _has_words(stored: object, strong: str, weak: str, whole: int) -> int:
    """Tell whether the words of a text hold the needle's words one after the other, the last one as a beginning."""
    text = str(stored)
    end = " " if whole else ""
    if f" {strong}{end}" in f" {' '.join(words(text))} ":
        return 1
    return int(f" {weak}{end}" in f" {' '.join(words_weak(text))} ")


def _same(stored: object, value: str) -> int:
    return int(stored is not None and same(str(stored), value))


def same(first: str, second: str) -> bool:
    """Tell whether two texts are alike but for letter case and the ways to write an umlaut."""
    return fold(first) == fold(second) or fold_weak(first) == fold_weak(second)


def _digits(stored: object) -> str:
    return digits(str(stored))


def presence(field: Field) -> str:
    """Return the condition that the field holds something."""
    if field.kind == kinds.BOOL:
        return f"coalesce({field.expression}, 0) NOT IN (0, '')"
    return f"{field.expression} IS NOT NULL AND {field.expression} <> ''"


def comparison(field: Field, term: Comparison, scope: Scope) -> str:
    """Return the SQL of `field:value`, `field>value` …."""
    if field.kind in _DAYS:
        return compare_day(field, term, scope)
    if field.kind in _COMPARISONS:
        return _COMPARISONS[field.kind](field, term.operator, term.value, scope)
    if field.kind == kinds.EXISTENCE:
        end = term.value.end
        raise UsageError("Only has:{field} and no:{field} can be asked.", field=field.name, start=term.start, end=end)
    if term.operator not in ":=":
        raise _no_order(field, term.start, term.value.end)
    return _EQUALITIES[field.kind](field, term, scope)


def between(field: Field, term: Range, scope: Scope) -> str:
    """Return the SQL of `field:low..high`, both ends included."""
    if field.kind in _DAYS:
        return between_days(field, term, scope)
    compare = _COMPARISONS.get(field.kind)
    if compare is None:
        raise _no_order(field, term.start, (term.high or term.low).end)  # type: ignore[union-attr]
    bounds = [(">=", term.low), ("<=", term.high)]
    return " AND ".join(compare(field, operator, value, scope) for operator, value in bounds if value is not None)


def _no_order(field: Field, start: int, end: int) -> UsageError:
    return UsageError(
        "The field {field} has no order: only “{field}:…” can be asked.", field=field.name, start=start, end=end
    )


def _text(field: Field, term: Comparison, scope: Scope) -> str:
    value = term.value
    if term.operator == "=":
        scope.params.append(value.text)
        return f"crm_same({field.expression}, ?)"
    return _words_condition(field.expression, field, value, scope)


def _words_condition(expression: str, field: Field, value: Value, scope: Scope) -> str:
    strong, weak = words(value.text), words_weak(value.text)
    if not strong:
        raise unreadable(value, field, "It needs at least one letter or digit.")
    held = _held(field.indexed, strong, weak, scope)
    if held:
        scope.params += [" ".join(strong), " ".join(weak), int(value.quoted)]
        return f"{held} AND {expression} IS NOT NULL AND crm_words({expression}, ?, ?, ?)"
    # Stored ASCII text holds each word as it is; other text is left to the folding comparison.
    likely = [f"%{max(needle, key=len)}%" for needle in (strong, weak)]
    scope.params += [*likely, _NOT_ASCII, " ".join(strong), " ".join(weak), int(value.quoted)]
    possible = " OR ".join([f"{expression} LIKE ?"] * 2 + [f"{expression} GLOB ?"])
    return f"{expression} IS NOT NULL AND ({possible}) AND crm_words({expression}, ?, ?, ?)"


def _held(indexed: Indexed | None, strong: list[str], weak: list[str], scope: Scope) -> str:
    """Return the condition that leaves only records whose words in the search index fit, or nothing.

    What is left holds everything that fits, and is small: the words themselves are compared afterwards.
    """
    if indexed is None or not search.ready(scope.connection):
        return ""
    own = "name" in indexed.columns
    choices = []
    for needle in dict.fromkeys((tuple(strong), tuple(weak))):
        parts = [
            search.any_of((word,), prefix=place == len(needle))
            for place, word in enumerate(needle, start=1)
            if not (own and _and_in_names(word))
        ]
        if not parts:
            return ""
        choices.append("(" + " AND ".join(parts) + ")")
    expression = search.within(indexed.columns, "(" + " OR ".join(choices) + ")")
    scope.params.append(f'{expression} OR keys : "{LONG_NAME}"' if own else expression)
    code = KIND_CODES[indexed.kind]
    return (
        f"{indexed.key} IN (SELECT rowid / {KINDS_ROOM} FROM search_card "
        f"WHERE search_card MATCH ? AND rowid % {KINDS_ROOM} = {code})"
    )


def _and_in_names(word: str) -> bool:
    """Tell whether a word may be, or be the beginning of, `and`, `und` or `&`, which are one word in a name."""
    return "and".startswith(word) or "und".startswith(word)


def _reference(field: Field, term: Comparison, scope: Scope) -> str:
    condition = _text(field, term, scope)
    if term.value.quoted or not _ID_PREFIX.fullmatch(term.value.text):
        return condition
    return f"{condition} OR {_uid_prefix(field.uid, term.value.text, scope)}"


def _uid_prefix(expression: str, prefix: str, scope: Scope) -> str:
    scope.params += [prefix, prefix + "~"]
    return f"({expression} >= ? AND {expression} < ?)"


def _id(field: Field, term: Comparison, scope: Scope) -> str:
    prefix = term.value.text.lower()
    if not prefix.isascii() or not prefix.isalnum():
        raise unreadable(term.value, field, "It is letters and digits, or the first of them.")
    return _uid_prefix(field.expression, prefix, scope)


def _word(field: Field, term: Comparison, scope: Scope) -> str:
    """Compare with the stored words that are alike: there are few, and `IN` uses an index."""
    value = term.value
    if field.name == "owner" and value.text.lower() in ("me", "ich") and not value.quoted:
        scope.params.append(scope.actor)
        return f"({field.expression} IS NOT NULL AND {field.expression} = ?)"
    meant = field.words.get(fold(value.text), value.text)
    table = field.expression.partition(".")[0] if "(" not in field.expression else scope.entity
    stored = scope.connection.execute(
        _DISTINCT_TAGS if table == "tag" else f"SELECT DISTINCT {field.expression} FROM {table}"
    )
    found = [word for (word,) in stored if word is not None and (same(str(word), value.text) or same(str(word), meant))]
    if not found:
        return "0"
    scope.params += found
    return f"({field.expression} IS NOT NULL AND {field.expression} IN ({', '.join('?' for _ in found)}))"


# Steps through the index from name to name, instead of reading every row of it.
_DISTINCT_TAGS = """WITH RECURSIVE step (name) AS (
  SELECT min(name) FROM tag
  UNION ALL SELECT (SELECT min(tag.name) FROM tag WHERE tag.name > step.name) FROM step WHERE step.name IS NOT NULL
) SELECT name FROM step"""


def _choice(field: Field, term: Comparison, scope: Scope) -> str:
    stored = field.words.get(fold(term.value.text))
    if stored is None:
        raise UsageError(
            "“{value}” does not fit the field {field}.",
            value=term.value.text,
            field=field.name,
            start=term.value.start,
            end=term.value.end,
            choices=", ".join(dict.fromkeys(field.words.values())),
            hint="It is one of: {choices}.",
        )
    scope.params.append(stored)
    return f"({field.expression} IS NOT NULL AND {field.expression} = ?)"


def _stage(field: Field, term: Comparison, scope: Scope) -> str:
    """Compare with the configured stage a word means, else with the stages that deals are in."""
    value = term.value
    try:
        scope.params.append(find_stage(scope.stages, value.text)["name"])
        return f"{field.expression} = ?"
    except UsageError as error:
        stored = [row[0] for row in scope.connection.execute(f"SELECT DISTINCT {field.expression} FROM {scope.entity}")]
        found = [stage for stage in stored if same(stage, value.text)]
        if not found:
            error.params.update(start=value.start, end=value.end)
            raise
    scope.params += found
    return f"{field.expression} IN ({', '.join('?' for _ in found)})"


def _bool(field: Field, term: Comparison, scope: Scope) -> str:
    word = fold(term.value.text)
    if word not in _YES + _NO:
        raise unreadable(term.value, field, "It is yes or no.")
    scope.params.append(int(word in _YES))
    return f"({field.expression} IS NOT NULL AND {field.expression} = ?)"


def _email(field: Field, term: Comparison, scope: Scope) -> str:
    """Compare the beginning of an address (through the index), or any part of it where there is no local part."""
    text = term.value.text.casefold()
    if term.operator == "=":
        scope.params.append(text)
        return f"{field.expression} = ?"
    if text.find("@") > 0:
        scope.params += [text, text + "\U0010ffff"]
        return f"{field.expression} >= ? AND {field.expression} < ?"
    scope.params.append(text)
    return f"instr({field.expression}, ?) > 0"


def _phone(field: Field, term: Comparison, scope: Scope) -> str:
    number = digits(term.value.text)
    significant = number.lstrip("0")
    if not significant:
        raise unreadable(term.value, field, "It needs digits.")
    scope.params += [significant, number]
    return "instr(phone.e164, ?) > 0 OR (phone.e164 IS NULL AND instr(crm_digits(phone.value), ?) > 0)"


_EQUALITIES = {
    kinds.TEXT: _text,
    kinds.REFERENCE: _reference,
    kinds.ID: _id,
    kinds.WORD: _word,
    kinds.CHOICE: _choice,
    kinds.STAGE: _stage,
    kinds.BOOL: _bool,
    kinds.EMAIL: _email,
    kinds.PHONE: _phone,
}


def _compare_code(field: Field, operator: str, value: Value, scope: Scope) -> str:
    """Compare a postcode: `:` as a beginning, in a range by its letters and digits."""
    code = value.text.upper().replace(" ", "")
    stored = f"replace(upper({field.expression}), ' ', '')"
    if not code:
        raise unreadable(value, field, "It needs at least one letter or digit.")
    if operator == "=":
        scope.params.append(code)
        return f"{stored} = ?"
    scope.params += [len(code), code]
    return f"substr({stored}, 1, ?) {'=' if operator == ':' else operator} ?"


def _compare_number(field: Field, operator: str, value: Value, scope: Scope) -> str:
    number = query_values.number(value.text)
    if number is None:
        raise unreadable(value, field, "It is a number such as 12500, 12500.50 or 10k; 12.500 can be read two ways.")
    scope.params.append(int(number) if number == number.to_integral_value() and abs(number) < 2**62 else float(number))
    return f"({field.expression} IS NOT NULL AND {field.expression} {'=' if operator == ':' else operator} ?)"


def _compare_money(field: Field, operator: str, value: Value, scope: Scope) -> str:
    """Compare amounts in hundredths, with a currency where one is named."""
    try:
        money = read_value(value.text, currency="")
    except UsageError as error:
        raise unreadable(value, field, "It is an amount such as 12500, 12.500,50 or 10k.") from error
    condition = f"{field.expression} IS NOT NULL AND {field.expression} {'=' if operator == ':' else operator} ?"
    scope.params.append(money.minor)
    if money.currency and field.name == "value":
        scope.params.append(money.currency)
        condition += " AND deal.currency = ?"
    return f"({condition})"


_COMPARISONS = {kinds.NUMBER: _compare_number, kinds.MONEY: _compare_money, kinds.CODE: _compare_code}
