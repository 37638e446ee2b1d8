"""`crm config keys`: the keys of the terminal interface as a list, for people, scripts and screen readers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from crm_cli.i18n import t
from crm_cli.results import Note, Outcome
from crm_cli.tui import actions, keys

if TYPE_CHECKING:
    from crm_cli.context import AppContext


def run(ctx: AppContext, *, given: Mapping[str, str] | None = None) -> Outcome:
    """Return a line for every action; `given` checks keys that are not in the file yet. Raises UsageError."""
    table = keys.configured(ctx.config) if given is None else keys.KeyTable(given)
    notes = [Note(template, warning=True, **params) for template, params in table.notes]
    return Outcome([_line(action, table) for action in actions.ACTIONS.values()], notes=notes)


def _line(action: actions.Action, table: keys.KeyTable) -> dict[str, object]:
    return {
        "action": action.id,
        "keys": table.of(action),
        "where": ", ".join(t(place) for place in action.places),
        "help": t(action.help),
        "command": action.command,
    }
