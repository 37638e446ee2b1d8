"""jCal, the JSON form of iCalendar (RFC 7265): every component as `[name, properties, components]`."""

from __future__ import annotations

import re

from importers.contentlines import param_values, parse_head, split_escaped, split_line, unescape_text
from importers.ical_split import edge
from importers.ical_write import whole_lines
from importers.jcal_read import read
from importers.jcal_types import LISTS, UNREADABLE, default_type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from crm_cli.domain.ical_item import CalendarText

__all__ = ["jcal", "read", "write"]

_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?\Z")
_OFFSET = re.compile(r"([+-]\d\d)(\d\d)(\d\d)?\Z")
_INTEGERS = frozenset(("COUNT", "INTERVAL"))


def jcal(calendar: CalendarText) -> list[Any]:
    """Return a calendar as `["vcalendar", [property, …], [component, …]]`."""
    root: list[Any] = ["", [], []]
    stack = [root]
    for line in whole_lines(calendar):
        found = edge(line)
        if found is not None:
            if found[0] == "END":
                stack = stack[:-1] if len(stack) > 1 else stack
                continue
            component: list[Any] = [found[1].lower(), [], []]
            stack[-1][2].append(component)
            stack.append(component)
            continue
        split = split_line(line)
        head = parse_head(split[0]) if split else None
        if split is None or head is None or not head.is_legal():
            stack[-1][1].append([UNREADABLE, {}, "text", line])
        else:
            stack[-1][1].append(_property(head.name, head.params, split[1]))
    whole: list[Any] = root[2][0] if root[2] else ["vcalendar", [], []]
    # Lines round the calendar have no place in jCal but inside it.
    whole[1] += root[1]
    return whole


def write(calendars: Iterable[CalendarText]) -> Iterator[bytes]:
    """Yield a JSON array of jCal calendars, one to a line."""
    import json

    start = "[\n"
    for calendar in calendars:
        yield (start + json.dumps(jcal(calendar), ensure_ascii=False)).encode("utf-8", "replace")
        start = ",\n"
    yield b"[]\n" if start == "[\n" else b"\n]\n"


def _property(name: str, params: tuple[tuple[str, str], ...], value: str) -> list[Any]:
    found: dict[str, Any] = {}
    kind = None
    for key, text in params:
        values = param_values(text)
        if key == "VALUE":
            kind = values[0].lower()
        elif key:
            found[key.lower()] = values[0] if len(values) == 1 else values
    kind = kind or default_type(name)
    if kind == "date-time" and all(len(part.strip()) == 8 for part in value.split(",")):
        kind = "date"
    return [name.lower(), found, kind, *_values(name, kind, value)]


def _values(name: str, kind: str, value: str) -> list[Any]:
    if kind == "text":
        parts = split_escaped(value, ",") if name in LISTS else [value]
        if name == "REQUEST-STATUS":
            return [[unescape_text(part) for part in split_escaped(value, ";")]]
        return [unescape_text(part) for part in parts]
    if kind in ("date-time", "date", "period"):
        return [_extended(part, kind) for part in (value.split(",") if name in LISTS else [value])]
    if kind == "recur":
        return [_rule(value)]
    if kind == "integer":
        return [int(value)] if re.fullmatch(r"-?[0-9]{1,18}", value) else [value]
    if kind == "float":
        parts = value.split(";")
        return [[float(part) for part in parts]] if all(map(_is_float, parts)) else [value]
    if kind == "utc-offset":
        return [_OFFSET.sub(lambda match: ":".join(part for part in match.groups() if part), value.strip())]
    return [value]


def _is_float(text: str) -> bool:
    return re.fullmatch(r"-?[0-9]{1,9}(?:\.[0-9]{1,18})?", text) is not None


def _extended(text: str, kind: str) -> Any:
    """Write a date, time or period in ISO 8601's extended form (RFC 7265, 3.6)."""
    if kind == "period":
        return [_extended(part, "date-time") for part in text.split("/")]
    match = _STAMP.match(text.strip())
    if match is None:
        return text
    day = f"{match[1]}-{match[2]}-{match[3]}"
    return day if match[4] is None else f"{day}T{match[4]}:{match[5]}:{match[6]}{match[7]}"


def _rule(value: str) -> dict[str, Any]:
    rule: dict[str, Any] = {}
    for part in value.split(";"):
        name, equals, text = part.partition("=")
        if not equals:
            continue
        name = name.strip().upper()
        items: list[Any] = [int(item) if _is_number(name, item) else item for item in text.split(",")]
        if name == "UNTIL":
            items = [_extended(text, "date-time")]
        rule[name.lower()] = items[0] if len(items) == 1 else items
    return rule


def _is_number(name: str, item: str) -> bool:
    counted = name in _INTEGERS or (name.startswith("BY") and name != "BYDAY")
    return counted and re.fullmatch(r"[+-]?[0-9]{1,9}", item) is not None
