"""What edits of tasks and deals have in common: which columns change."""

from __future__ import annotations

from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any


def changed_columns(
    given: Mapping[str, Any], clear: Iterable[str], clearable: Mapping[str, tuple[str, ...]]
) -> dict[str, Any]:
    """Return the columns an edit sets: those given (not None), and those that `--clear` empties.

    Raises UsageError for a field that cannot be empty.
    """
    columns: dict[str, Any] = {}
    for name in clear:
        if name not in clearable:
            known = ", ".join(clearable)
            raise UsageError("There is no field “{name}” to clear.", name=name, known=known, hint="There are: {known}.")
        columns.update(dict.fromkeys(clearable[name]))
    columns.update((name, value) for name, value in given.items() if value is not None)
    return columns
