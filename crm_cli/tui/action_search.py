"""Which actions a few typed words mean: the palette and the key help look for them alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from crm_cli.domain.text import fold_weak
from crm_cli.i18n import t
from crm_cli.tui import key_names

if TYPE_CHECKING:
    from crm_cli.tui.actions import Action
    from crm_cli.tui.keys import KeyTable


def fitting(found: Iterable[Action], text: str, *, keys: KeyTable | None = None) -> list[Action]:
    """Return the actions every word of a text begins a word of, in either language; with `keys` a key will do."""
    words = text.split()
    return [action for action in found if all(_fits(action, word, keys) for word in words)]


def _fits(action: Action, word: str, keys: KeyTable | None) -> bool:
    if keys is not None:
        names = [key_names.shown(key) for key in key_names.alternatives(keys.keys[action.id])]
        if word in names or any(len(name) > 1 and name.casefold().startswith(word.casefold()) for name in names):
            return True
    said = fold_weak(f"{t(action.label)} {t(action.help)} {action.label} {action.command or ''}").split()
    return any(part.startswith(fold_weak(word)) for part in said)
