"""Values as JSON: records become objects, control characters `\\uXXXX`.

The writer is our own few lines because importing `json` costs a hot command more than all of its output.
"""

from __future__ import annotations

from crm_cli.domain.display import escape_controls
from crm_cli.fields import attribute_names

try:
    from _json import encode_basestring as _quoted
except ImportError:  # an interpreter without the C accelerator
    from json.encoder import py_encode_basestring as _quoted  # type: ignore[attr-defined,no-redef,unused-ignore]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


def plain(value: object, hidden_ids: Collection[str] = ()) -> object:
    """Return a value made of dicts, lists, text, numbers, bools and None.

    A record is a dict of its attributes in their order, or what its own `as_json()` returns. Dates are ISO text. An
    `id` in `hidden_ids` (made in a dry run) is None.
    """
    if value is None or isinstance(value, (str, int, float)):
        return value
    pairs: Iterable[tuple[object, object]]
    if isinstance(value, dict):
        pairs = value.items()
    elif isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item, hidden_ids) for item in value]
    elif hasattr(value, "as_json"):
        return plain(value.as_json(), hidden_ids)
    elif hasattr(value, "isoformat"):
        return str(value.isoformat())
    else:
        names = attribute_names(type(value))
        if not names:
            return [plain(item, hidden_ids) for item in value] if hasattr(value, "__iter__") else str(value)
        pairs = [(name, getattr(value, name)) for name in names]
    found = {
        str(key): item if item is None or item.__class__ is str else plain(item, hidden_ids) for key, item in pairs
    }
    if hidden_ids and found.get("id") in hidden_ids:
        found["id"] = None
    return found


def dumps(value: object) -> str:
    """Return plain data as one line of JSON."""
    return escape_controls(_encoded(value))


def _encoded(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, str):
        return str(_quoted(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, float):
        # JSON knows neither NaN nor infinity.
        return repr(value) if value - value == 0 else "null"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_quoted(str(key))}: {_encoded(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_encoded, value)) + "]"
    raise TypeError(type(value).__name__)
