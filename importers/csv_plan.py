"""From the headers and the first rows to a mapping: what each column means beside the others.

A header alone often has two readings (`Name`, `Title`, `Address`, `Work`);
the columns beside it and the cells below it decide. What is still open, or
comes twice, becomes a custom field: it is kept and shown, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from crm_cli.domain.names import name_words, without_legal_form
from importers.csv_headers import compact, lookup, lookup_typo, places_only, tokens
from importers.csv_presets import find_preset, preset_targets
from importers.csv_target import POSTAL, REACH, SINGLE, Mapping, Target, parse_target
from importers.csv_values import is_link, is_mail, is_phone
from importers.csv_words import FIRM_ONLY, HONORIFICS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Before “Description” and “Info”, where a file has both.
_LITERAL = frozenset(("notes", "note", "notizen", "notiz"))
_BARE_NAMES = frozenset(("name", "nom", "nombre", "nome", "naam"))
_CUSTOM = Target("custom")
_PERSON = frozenset(
    ("given", "family", "additional", "prefix", "salutation", "birthday", "title", "company", "department")
)
_ENOUGH = frozenset(("name", "given", "family", "company", "email", "phone", "nickname"))
_CLIENTS = frozenset(("customer", "kunde", "client", "kundenname", "customername", "clientname"))


@dataclass(slots=True)
class _Column:
    header: str
    key: str
    values: list[str]
    target: Target | None
    exact: bool = True

    def most(self, test: Callable[[str], bool]) -> bool:
        """Say whether four of five cells pass; an empty column passes nothing."""
        return bool(self.values) and sum(map(test, self.values)) * 5 >= len(self.values) * 4


def plan(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[str | None, Mapping, bool]:
    """Map columns by their headers and first rows: (preset, mapping, whether it is enough to make contacts)."""
    preset = find_preset(headers)
    overrides = preset_targets(preset)
    columns = []
    for place, header in enumerate(headers):
        values = [row[place].strip() for row in rows if place < len(row) and row[place].strip()]
        key = compact(header)
        target = parse_target(overrides[key]) if key in overrides else lookup(header)
        columns.append(_Column(header, key, values, target))
    for step in (_typos, _by_cells, _names, _titles, _birthday, _addresses, _pairs, _firms, _repeated):
        step(columns)
    enough = any(column.target and column.target.field in _ENOUGH for column in columns)
    targets = [str(column.target or _CUSTOM) for column in columns]
    return preset, Mapping(preset or "", tuple(zip(labels(headers), targets, strict=True))), enough


def plan_headerless(rows: Sequence[Sequence[str]], width: int) -> Mapping:
    """Map a file that starts with data: only columns whose cells leave no doubt have a target."""
    columns = []
    for place in range(width):
        values = [row[place].strip() for row in rows if place < len(row) and row[place].strip()]
        column = _Column("", "", values, None)
        columns.append(
            (str(place + 1), "email" if column.most(is_mail) else "url" if column.most(is_link) else "custom")
        )
    return Mapping("", tuple(columns), has_header=False)


def labels(headers: Sequence[str]) -> list[str]:
    """Tell columns apart: a header that comes again is numbered, an empty one is named by its place."""
    found: list[str] = []
    taken = set(headers)
    seen: set[str] = set()
    for place, header in enumerate(headers, 1):
        label = header or f"Column {place}"
        number = 2
        while label in seen or (label != header and label in taken):
            label = f"{header or f'Column {place}'} {number}"
            number += 1
        seen.add(label)
        found.append(label)
    return found


def _fields(columns: list[_Column]) -> set[str]:
    return {column.target.field for column in columns if column.target}


def _typos(columns: list[_Column]) -> None:
    taken = {str(column.target) for column in columns}
    for column in columns:
        if column.target is None and (target := lookup_typo(column.header)) is not None:
            if str(target) in taken or (
                target.field == "email" and column.values and not column.most(lambda v: "@" in v)
            ):
                continue
            column.target, column.exact = target, False
            taken.add(str(target))


def _by_cells(columns: list[_Column]) -> None:
    """Read columns whose header says nothing or only where; take back a country that is a dialling code."""
    for column in columns:
        place = places_only(column.header)
        if column.target is None and column.most(is_mail):
            column.target = Target("email", label=place or "")
        elif column.target is None and place is not None and column.most(is_phone):
            column.target = Target("phone", label=place)
        elif column.target is None and place is not None and column.most(is_link):
            column.target = Target("url", label=place)
        elif column.target is None and column.key in {"contact", "kontakt"} and "name" not in _fields(columns):
            column.target = Target("name")
        elif column.target and column.target.field == "country" and column.most(lambda value: value.startswith("+")):
            column.target = _CUSTOM


def _names(columns: list[_Column]) -> None:
    """Decide what a bare `Name` (`Nom`, `Nombre`, …) is: beside a first name a family name, and the other way."""
    fields = _fields(columns)
    clients = [column for column in columns if column.key in _CLIENTS]
    if clients and not fields & {"name", "given", "family"}:
        firm = any(column.target and column.target.field == "company" and column not in clients for column in columns)
        for column in clients[:1]:
            column.target = Target("company" if not firm and any(map(_is_firm, column.values)) else "name")
    bare = next((column for column in columns if column.target == Target("name") and column.key in _BARE_NAMES), None)
    if bare is None or ("given" in fields) == ("family" in fields):
        return
    missing, present = ("family", "given") if "given" in fields else ("given", "family")
    other = next(column for column in columns if column.target and column.target.field == present)
    if not any(value in whole.split() for value, whole in zip(other.values, bare.values, strict=False)):
        bare.target = Target(missing)


def _titles(columns: list[_Column]) -> None:
    """Decide whether `Title` stands before a name or is a job, by its cells or by a job column beside it."""
    jobs = [column for column in columns if column.target == Target("title")]
    for column in columns:
        if column.key == "title" and column.target == Target("title"):
            if "prefix" not in _fields(columns) and (len(jobs) > 1 or column.most(_is_honorific)):
                column.target = Target("prefix")
        elif column.key == "titel" and column.values and not any(map(_is_honorific, column.values)):
            column.target = Target("title")
    if Target("title") not in [column.target for column in columns]:
        for column in columns:
            if column.target == Target("role"):
                column.target = Target("title")


def _birthday(columns: list[_Column]) -> None:
    """Read Thunderbird's three columns: beside a year of birth, “birthday” is only the day."""
    if any(column.target and column.target.aspect == "year" for column in columns):
        for column in columns:
            if column.target == Target("birthday") and all(value.isdigit() for value in column.values):
                column.target = Target("birthday", 0, "day")


def _addresses(columns: list[_Column]) -> None:
    targets = [column.target for column in columns]
    cities = [target for target in targets if target and target.field == "city"]
    groups = {target.group for target in targets if target and target.field in {*POSTAL, "address"}}
    groups = {group for group in groups if group and any(_in_group(target, group) for target in targets)}
    streets = {
        (c.target.label, c.target.group) for c in columns if c.target and c.target.field == "street" and _says_street(c)
    }
    for column in columns:
        target = column.target
        if target is None or target.aspect == "number":
            continue
        if column.key in {"ort", "location"} and target == Target("city") and any(city.label for city in cities):
            column.target = _CUSTOM
        elif target.field == "street":
            if not _says_street(column) and (target.label, target.group) in streets:
                column.target = replace(target, field="formatted", aspect="")
            elif target.group not in groups:
                line = str(target.group) if target.group in {2, 3} else ""
                column.target = replace(target, group=0, aspect=line)


def _in_group(target: Target | None, group: int) -> bool:
    return bool(target and target.group == group and target.field in {*POSTAL, "address"} and target.field != "street")


def _says_street(column: _Column) -> bool:
    return any("str" in word or word in {"rue", "calle", "rua"} for word in tokens(column.header))


def _pairs(columns: list[_Column]) -> None:
    """Join a label column to its values (`E-mail 2 - Type`, `E-mail 2 - Value`); other numbers only count."""
    values = {(c.target.field, c.target.group or 1) for c in columns if c.target and not _is_label(c.target)}
    postal = {c.target.group or 1 for c in columns if c.target and c.target.field in POSTAL}
    named = {(c.target.field, c.target.group) for c in columns if c.target and _is_label(c.target)}
    for column in columns:
        target = column.target
        if target is None:
            continue
        if _is_label(target):
            paired = target.group in postal if target.field == "address" else (target.field, target.group) in values
            column.target = target if paired else _CUSTOM
        elif target.field in REACH:
            paired = (target.field, target.group or 1) in named and not target.label
            column.target = replace(target, group=target.group or 1 if paired else 0)


def _is_label(target: Target) -> bool:
    return target.aspect in {"label", "service"}


def _firms(columns: list[_Column]) -> None:
    """See that a list with one name column and no word about people is a list of firms."""
    if _fields(columns) & _PERSON:
        return
    column = next((column for column in columns if column.target == Target("name")), None)
    if column is None:
        return
    firms = sum(map(_is_firm, column.values))
    if any(other.key in FIRM_ONLY for other in columns) or firms * 2 > len(column.values):
        column.target = Target("company")


def _repeated(columns: list[_Column]) -> None:
    """Leave a field that holds one value to its first column; what comes again is kept as custom."""
    taken: dict[tuple[str, int, str, str], _Column] = {}
    for column in sorted(columns, key=lambda column: (not column.exact, column.key not in _LITERAL)):
        target = column.target
        if target is None:
            continue
        if target.field in {*SINGLE, *POSTAL} or _is_label(target):
            key = (target.field, target.group or 1, target.aspect, target.label)
            if taken.setdefault(key, column) is not column:
                column.target = _CUSTOM


def _is_honorific(value: str) -> bool:
    words = name_words(value)
    return bool(words) and (words[0] in HONORIFICS or words[0].startswith("dipl") or words[0] in {"b", "m", "ll"})


def _is_firm(value: str) -> bool:
    words = name_words(value)
    return len(words) > 1 and without_legal_form(words) != words
