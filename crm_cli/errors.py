"""The failures a user or a script can meet, each with its exit code.

A message is an English template plus its parameters; the front ends translate
the template (`crm_cli.i18n`) and fill it in, `str(error)` is the English text.
Codes and exit codes are a contract: a script branches on them.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


class CrmError(Exception):
    """Base of every expected failure.

    `template` and `hint` may hold `{name}` places filled from `params`;
    `candidates` are the records (plain JSON-able dicts) the user may have meant.
    """

    code = "internal"
    exit_code = 1

    def __init__(
        self,
        template: str,
        *,
        hint: str | None = None,
        candidates: Sequence[dict[str, Any]] = (),
        **params: object,
    ) -> None:
        super().__init__(template)
        self.template = template
        self.hint = hint
        self.candidates = list(candidates)
        self.params = params

    def __str__(self) -> str:
        return fill(self.template, self.params)


class UsageError(CrmError):
    """A wrong flag, an unreadable date or head, a bad config key."""

    code = "usage"
    exit_code = 2


class NotFound(CrmError):
    """A reference matches nothing; the nearest names are attached."""

    code = "not_found"
    exit_code = 3


class Ambiguous(CrmError):
    """A reference matches several records; nothing was written."""

    code = "ambiguous"
    exit_code = 4


class Conflict(CrmError):
    """A duplicate, a rule that refuses, or a change made meanwhile."""

    code = "conflict"
    exit_code = 5


class BadInput(CrmError):
    """A file or batch with refused items; `report` is the full result, good items are in."""

    code = "bad_input"
    exit_code = 6

    def __init__(self, template: str, *, report: object = None, **params: Any) -> None:
        super().__init__(template, **params)
        self.report = report


class StoreError(CrmError):
    """The store is locked, full, damaged, foreign, newer, or the key is wrong."""

    code = "store"
    exit_code = 7


class RemoteError(CrmError):
    """A server is not reachable, refused the login or broke the protocol."""

    code = "remote"
    exit_code = 8


class _Count:
    """A number, or the text of one, that knows its noun: `{count:day|days}` becomes `1 day`, `2 days`."""

    __slots__ = ("_value",)

    def __init__(self, value: object) -> None:
        self._value = value

    def __format__(self, nouns: str) -> str:
        one, bar, many = nouns.partition("|")
        if not bar:
            return format(self._value, nouns)
        return f"{self._value} {one if str(self._value) == '1' else many}"


def fill(template: str, params: dict[str, object]) -> str:
    """Fill `{name}` places and `{count:day|days}` ones; a template whose braces do not fit is returned as it is."""
    if not params:
        return template
    if "|" in template:
        params = {name: _Count(value) for name, value in params.items()}
    try:
        return template.format_map(params)
    except (KeyError, IndexError, ValueError):
        return template
