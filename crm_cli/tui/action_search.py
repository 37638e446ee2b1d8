"""Which actions a few typed words mean: the palette and the key help look for them alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from crm_cli.domain.text import fold_weak
from crm_cli.i18n import t
from crm_cli.tui import key_names

if TYPE_CHECKING:
    from crm_cli.tui.actions import Action
    from crm_cli.tui.keys import KeyTable


def fitting(found: Iterable[Action], text: str, *, keys: KeyTable | None = None) -> list[Action]:
    """Return the actions every word of a text begins a word of, in either language; with `keys` a key will do."""
    words = [(word, fold_weak(word)) for word in text.split()]
    return [action for action in found if _fits(action, words, keys)]


def _fits(action: Action, words: Sequence[tuple[str, str]], keys: KeyTable | None) -> bool:
    said = fold_weak(f"{t(action.label)} {t(action.help)} {action.label} {action.command or ''}").split()
    return all(
        any(part.startswith(folded) for part in said) or (keys is not None and _is_key(action, word, keys))
        for word, folded in words
    )


def _is_key(action: Action, word: str, keys: KeyTable) -> bool:
    names = [key_names.shown(key) for key in key_names.alternatives(keys.keys[action.id])]
    return word in names or any(len(name) > 1 and name.casefold().startswith(word.casefold()) for name in names)
