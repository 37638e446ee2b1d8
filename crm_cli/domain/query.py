"""The QUERY of every list, segment and filter: text in, a tree of terms out.

The parser knows the grammar only: words, `field:value`, comparisons, ranges, `not`, `OR`, brackets and quotes. What a
field is and how its value reads depends on the records asked (`store/query_fields.py`, `domain/query_values.py`), so an
unknown field is found there. Every failure is a UsageError whose `start` and `end` say where in the text it is.
"""

from __future__ import annotations

import re

from crm_cli.domain.text import fold
from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# SQLite refuses expressions deeper than 1,000; a query of a person is never near these.
MAX_LENGTH = 4000
MAX_TERMS = 200
MAX_DEPTH = 40

_FIELD = re.compile(r"([^\W\d_][\w-]*)(>=|<=|:|>|<|=)")
_NEGATED = re.compile(r'-(?=[^\W\d_]|["(])')
_OR_WORDS = ("OR", "ODER")
_AND_WORDS = ("AND", "UND")
_NOT_WORDS = ("not", "NOT", "NICHT")
_HAS_FIELDS = ("has", "hat")
_NO_FIELDS = ("no", "ohne")
_NONE_WORDS = ("none", "keine", "keiner", "kein", "leer")


class Value:
    """A value as it was typed, and where: `text[start:end]` of the query. A quoted one is taken literally."""

    __slots__ = ("end", "quoted", "start", "text")

    def __init__(self, text: str, quoted: bool, start: int, end: int) -> None:
        self.text = text
        self.quoted = quoted
        self.start = start
        self.end = end

    def __repr__(self) -> str:
        return repr(self.text)


class Words(Value):
    """Text to search for; the words of a quoted text are whole ones, others may be beginnings."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"Words({self.text!r}{', quoted' if self.quoted else ''})"


class Comparison:
    """`field:value` and its kin; `operator` is one of `: = > >= < <=`."""

    __slots__ = ("field", "operator", "start", "value")

    def __init__(self, field: str, operator: str, value: Value, start: int) -> None:
        self.field = field
        self.operator = operator
        self.value = value
        self.start = start

    def __repr__(self) -> str:
        return f"{self.field}{self.operator}{self.value!r}"


class Range:
    """`field:low..high`, both ends included; one of them may be open (None)."""

    __slots__ = ("field", "high", "low", "start")

    def __init__(self, field: str, low: Value | None, high: Value | None, start: int) -> None:
        self.field = field
        self.low = low
        self.high = high
        self.start = start

    def __repr__(self) -> str:
        return f"{self.field}:{self.low or ''}..{self.high or ''}"


class Presence:
    """`has:field`, `no:field` or `field:none`."""

    __slots__ = ("field", "present", "start")

    def __init__(self, field: str, present: bool, start: int) -> None:
        self.field = field
        self.present = present
        self.start = start

    def __repr__(self) -> str:
        return f"{'has' if self.present else 'no'}:{self.field}"


class Not:
    """The opposite of a term."""

    __slots__ = ("term",)

    def __init__(self, term: Term) -> None:
        self.term = term

    def __repr__(self) -> str:
        return f"Not({self.term!r})"


class All:
    """Every one of the terms; of none, everything."""

    __slots__ = ("terms",)

    def __init__(self, terms: Sequence[Term]) -> None:
        self.terms = terms

    def __repr__(self) -> str:
        return f"All({', '.join(map(repr, self.terms))})"


class Any:
    """At least one of the terms."""

    __slots__ = ("terms",)

    def __init__(self, terms: Sequence[Term]) -> None:
        self.terms = terms

    def __repr__(self) -> str:
        return f"Any({', '.join(map(repr, self.terms))})"


if TYPE_CHECKING:
    Term = Words | Comparison | Range | Presence | Not | All | Any


def parse(text: str) -> Term:
    """Return the tree of a query; an empty one is `All()`. Raises UsageError with `start` and `end`."""
    if len(text) > MAX_LENGTH:
        raise UsageError(
            "The query is longer than {limit} characters.", limit=MAX_LENGTH, start=MAX_LENGTH, end=len(text)
        )
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise UsageError("The query is not valid text.", start=0, end=len(text))
    parser = _Parser(text)
    tree = parser.alternatives(0)
    if parser.position < len(text):
        raise parser.error("A bracket is closed that was never opened: “{near}”.", parser.position)
    return tree


def terms_of(tree: Term) -> Iterator[Term]:
    """Yield the terms of a tree that are not made of others."""
    if isinstance(tree, (All, Any)):
        for term in tree.terms:
            yield from terms_of(term)
    elif isinstance(tree, Not):
        yield from terms_of(tree.term)
    else:
        yield tree


def quoted(text: str) -> str:
    """Return a text as a query writes it literally: in quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def field_key(name: str) -> str:
    """Return the form in which field names are compared: folded, `_` for `-` and blanks."""
    return fold(name).replace("-", "_").replace(" ", "_")


class _Parser:
    """Recursive descent over the text; `position` is the first character not yet read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.terms = 0

    def error(self, template: str, start: int) -> UsageError:
        near = self.text[start : start + 30]
        return UsageError(
            template,
            near=near,
            limit=MAX_TERMS,
            start=start,
            end=start + len(near),
            hint='Put text with signs of its own into quotes: "14:30 (new)".',
        )

    def alternatives(self, depth: int) -> Term:
        """Read terms up to the end or a closing bracket; the words OR part them."""
        if depth > MAX_DEPTH:
            raise self.error("The query has too many brackets in each other at “{near}”.", self.position)
        choices: list[Term] = []
        terms: list[Term] = []
        joined: tuple[str, int] | None = None
        while not self._at_end():
            start = self.position
            word = self._bare_word()
            if word in _OR_WORDS or word in _AND_WORDS:
                if not terms or joined:
                    raise self.error("Something is missing before “{near}”.", start)
                self.position += len(word)
                joined = (word, start)
                if word in _OR_WORDS:
                    choices.append(_all(terms))
                    terms = []
                continue
            terms.append(self._term(depth))
            joined = None
        if joined:
            raise self.error("Something is missing after “{near}”.", joined[1])
        if not choices:
            return _all(terms)
        return Any([*choices, _all(terms)])

    def _at_end(self) -> bool:
        while self.position < len(self.text) and self.text[self.position].isspace():
            self.position += 1
        return self.position >= len(self.text) or self.text[self.position] == ")"

    def _bare_word(self) -> str:
        end = self.position
        while end < len(self.text) and not self.text[end].isspace() and self.text[end] not in '()"':
            end += 1
        return self.text[self.position : end]

    def _term(self, depth: int) -> Term:
        self.terms += 1
        if self.terms > MAX_TERMS:
            raise self.error("The query has more than {limit} terms at “{near}”.", self.position)
        negated = self._negations()
        start = self.position
        if self.text[start] == "(":
            self.position += 1
            term = self.alternatives(depth + 1)
            if self.position >= len(self.text):
                raise self.error("A bracket is not closed: “{near}”.", start)
            self.position += 1
        elif match := _FIELD.match(self.text, start):
            self.position = match.end()
            term = self._comparison(match[1], match[2], start)
        elif self.text[start] == '"':
            term = Words(self._quoted(), True, start, self.position)
        else:
            term = Words(self._run(), False, start, self.position)
        return Not(term) if negated else term

    def _negations(self) -> bool:
        """Read what stands before a term: `not`, or a `-` glued to a name, a quote or a bracket."""
        negated = False
        while True:
            start = self.position
            word = self._bare_word()
            if word in _NOT_WORDS:
                self.position += len(word)
                if self._at_end():
                    raise self.error("Something is missing after “{near}”.", start)
            elif _NEGATED.match(self.text, start):
                self.position += 1
            else:
                return negated
            negated = not negated

    def _comparison(self, name: str, operator: str, start: int) -> Term:
        field = field_key(name)
        low = self._value(ranges=operator == ":")
        if operator == ":" and self.text.startswith("..", self.position):
            self.position += 2
            high = self._value(ranges=False)
            if low is None and high is None:
                raise self.error("The value is missing: “{near}”.", start)
            return Range(field, low, high, start)
        if low is None:
            raise self.error("The value is missing: “{near}”.", start)
        if field in _HAS_FIELDS + _NO_FIELDS:
            if operator != ":":
                raise self.error("has and no take a colon: “{near}”.", start)
            return Presence(field_key(low.text), field in _HAS_FIELDS, start)
        if operator == ":" and not low.quoted and low.text.lower() in _NONE_WORDS:
            return Presence(field, False, start)
        return Comparison(field, operator, low, start)

    def _value(self, *, ranges: bool) -> Value | None:
        """Read a value glued to its operator, with `ranges` up to `..`; None where there is none."""
        start = self.position
        if self.text[start : start + 1] == '"':
            return Value(self._quoted(), True, start, self.position)
        if self.text[start : start + 1] == "(":
            raise self.error("A value cannot begin with a bracket: “{near}”.", start)
        text = self._run(ranges=ranges)
        return Value(text, False, start, self.position) if text else None

    def _quoted(self) -> str:
        """Read from a quote to the next; a backslash takes a quote or itself literally."""
        start = self.position
        letters: list[str] = []
        index = start + 1
        while index < len(self.text):
            letter = self.text[index]
            if letter == '"':
                self.position = index + 1
                return "".join(letters)
            if letter == "\\" and self.text[index + 1 : index + 2] in ('"', "\\"):
                index += 1
                letter = self.text[index]
            letters.append(letter)
            index += 1
        raise self.error("A quote is not closed: “{near}”.", start)

    def _run(self, *, ranges: bool = False) -> str:
        """Read up to a blank, a bracket that was not opened inside or, with `ranges`, `..`."""
        start = self.position
        inside = 0
        while self.position < len(self.text):
            letter = self.text[self.position]
            if letter.isspace() or (letter == ")" and not inside):
                break
            if ranges and self.text.startswith("..", self.position):
                break
            inside += (letter == "(") - (letter == ")")
            self.position += 1
        return self.text[start : self.position]


def _all(terms: list[Term]) -> Term:
    return terms[0] if len(terms) == 1 else All(terms)
