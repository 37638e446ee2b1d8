"""Read which records are meant to be one: ids on a line, or what `crm dupes` printed as JSON, JSON lines or TSV."""

from __future__ import annotations

from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

# The columns of a table of pairs that name the two.
_COLUMNS = ("a_id", "b_id")


def reference_lists(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line from 1, references); of a JSON array the position instead of the line.

    References on a line are parted by tabs, else by semicolons or commas, else by blanks; a first line with `a_id` and
    `b_id` says which columns they are. Raises UsageError for JSON
    that is none.
    """
    if text.lstrip()[:1] == "[":
        yield from enumerate(map(_of_object, _loaded(text)), start=1)
        return
    columns: list[int] | None = None
    for number, row in enumerate(text.split("\n"), start=1):
        line = row.strip()
        if not line or line.startswith("#"):
            continue
        if line[0] == "{":
            yield number, _of_object(_loaded(line))
            continue
        refs = _parted(line)
        if set(_COLUMNS) <= set(refs):
            columns = [refs.index(name) for name in _COLUMNS]
        elif columns is None:
            yield number, refs
        else:
            yield number, [refs[column] for column in columns if column < len(refs)]


def _loaded(text: str) -> Any:
    import json

    try:
        return json.loads(text)
    except ValueError as error:
        raise UsageError("Standard input is not the JSON it seems to be: {reason}.", reason=str(error)) from error


def _of_object(item: Any) -> list[str]:
    """Return the ids of a pair `{"a": {"id"}, "b": {"id"}}`, or of a list of ids."""
    if isinstance(item, list) and all(isinstance(ref, str) for ref in item):
        return list(item)
    try:
        return [str(item["a"]["id"]), str(item["b"]["id"])]
    except (KeyError, TypeError) as error:
        raise UsageError("An item on stdin names no two records: {item}.", item=str(item)[:80]) from error


def _parted(line: str) -> list[str]:
    for sign in ("\t", ";", ","):
        if sign in line:
            return [ref.strip() for ref in line.split(sign) if ref.strip()]
    return line.split()
