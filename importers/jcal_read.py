"""jCal (RFC 7265) into calendars: its JSON becomes the content lines it stands for, which the iCalendar reader reads.

Names that no content line can have, and line ends inside values that have none, cannot make lines of their own.
"""

from __future__ import annotations

import io
import re

from crm_cli.domain.draft import Refusal
from importers.contentlines import escape_text, join_head, param_text
from importers.ical_read import read as read_lines
from importers.jcal_types import UNREADABLE, default_type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, BinaryIO

    from crm_cli.domain.ical_item import CalendarDraft

NO_JSON = "The file holds no jCal: its JSON cannot be read."

_NAME = re.compile(r"[A-Za-z0-9-]{1,200}\Z")
_STAMP = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d):?(\d\d)(Z?))?\Z")
_DEEPEST = 20


def read(stream: BinaryIO, *, source: str, region: str | None = None) -> Iterator[CalendarDraft | Refusal]:
    """Read the calendars of a jCal document: one, or an array of them."""
    import json

    try:
        found = json.loads(stream.read().decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        yield Refusal(source, 0, NO_JSON)
        return
    lines: list[str] = []
    for calendar in [found] if _is_component(found) else found if isinstance(found, list) else []:
        if _is_component(calendar) and calendar[0].lower() == "vcalendar":
            lines += _component(calendar, 0)
    yield from read_lines(io.BytesIO("\r\n".join(lines).encode("utf-8", "replace")), source=source, region=region)


def _is_component(value: Any) -> bool:
    """Tell whether a value has the form `[name, properties, components]`."""
    return (
        isinstance(value, list)
        and len(value) == 3
        and isinstance(value[0], str)
        and _NAME.match(value[0]) is not None
        and all(isinstance(part, list) for part in value[1:])
    )


def _component(value: list[Any], depth: int) -> Iterator[str]:
    name = value[0].upper()
    yield f"BEGIN:{name}"
    for one in value[1]:
        line = _property(one)
        if line is not None:
            yield line
    for part in value[2]:
        if depth < _DEEPEST and _is_component(part):
            yield from _component(part, depth + 1)
    yield f"END:{name}"


def _property(value: Any) -> str | None:
    """Return `[name, parameters, type, value, …]` as a content line; None for what has not that form."""
    if not (isinstance(value, list) and len(value) > 3 and isinstance(value[0], str) and isinstance(value[2], str)):
        return None
    name, params, kind, *values = value
    if name == UNREADABLE:
        return _one_line(_plain(values[0]))
    if not _NAME.match(name) or not _NAME.match(kind) or not isinstance(params, dict):
        return None
    name, kind = name.upper(), kind.lower()
    pairs = [
        (key.upper(), ",".join(param_text(_plain(one)) for one in (text if isinstance(text, list) else [text])))
        for key, text in params.items()
        if _NAME.match(key) and key.upper() != "VALUE"
    ]
    if kind not in (default_type(name), "unknown"):
        pairs.append(("VALUE", kind.upper()))
    return _one_line(f"{join_head(name, pairs)}:{','.join(_written(kind, one) for one in values)}")


def _one_line(text: str) -> str:
    return text.replace("\r\n", " ").replace("\r", " ").replace("\n", " ")


def _plain(value: Any) -> str:
    """Return a JSON scalar as text; a whole number has no fraction."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return "" if value is None else str(value)


def _written(kind: str, value: Any) -> str:
    """Return one value in the form of iCalendar."""
    if kind == "recur" and isinstance(value, dict):
        return _rule(value)
    if isinstance(value, list):
        # A structured value: a period, the two numbers of GEO, the parts of REQUEST-STATUS.
        separator = "/" if kind == "period" else ";"
        return separator.join(_written("date-time" if kind == "period" else kind, one) for one in value)
    text = _plain(value)
    if kind == "text":
        return escape_text(text)
    if kind in ("date-time", "date", "period"):
        return _stamp(text)
    if kind == "utc-offset":
        return text.replace(":", "")
    return text


def _stamp(text: str) -> str:
    match = _STAMP.match(text)
    if match is None:
        return text
    day = f"{match[1]}{match[2]}{match[3]}"
    return day if match[4] is None else f"{day}T{match[4]}{match[5]}{match[6]}{match[7]}"


def _rule(rule: dict[str, Any]) -> str:
    parts = []
    for key, value in rule.items():
        if _NAME.match(key):
            items = [_plain(item) for item in (value if isinstance(value, list) else [value])]
            parts.append(f"{key.upper()}={','.join(map(_stamp, items) if key.lower() == 'until' else items)}")
    return ";".join(parts)
