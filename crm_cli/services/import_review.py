"""The differences between what a file says and what is here, field by field, each with an answer that can be changed.

A trial import gathers the cases; the import that follows asks the same review again and writes what was decided.
"""

from __future__ import annotations

from crm_cli.domain import sync_card
from crm_cli.domain.transfer import UPDATE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from crm_cli.domain.draft import ContactDraft
    from crm_cli.services.import_update import Update

OURS, THEIRS, BOTH = "ours", "theirs", "both"
# One decision: a given name of one side with a family name of the other is nobody.
_NAME = ("name", *sync_card.NAME_PARTS)


class FieldCase:
    """One field in which file and record differ; `choice` is `ours`, `theirs`, `both`, or None for a mixture."""

    __slots__ = ("can_both", "choice", "name", "ours", "planned", "theirs")

    def __init__(self, name: str, ours: Any, theirs: Any, planned: Any) -> None:
        self.name = name
        self.ours = ours
        self.theirs = theirs
        self.planned = planned
        self.can_both = bool(ours and theirs) and (isinstance(ours, list) or name == "notes")
        both = self._both() if self.can_both else None
        ways = ((OURS, ours), (THEIRS, theirs), (BOTH, both))
        self.choice: str | None = next((way for way, value in ways if value == planned), None)

    def take(self, choice: str) -> None:
        """Decide; `both` where there is only one to take leaves the field as it is decided."""
        if choice != BOTH or self.can_both:
            self.choice = choice

    @property
    def value(self) -> Any:
        """What the field will hold."""
        if self.choice == BOTH:
            return self._both()
        return {OURS: self.ours, THEIRS: self.theirs, None: self.planned}[self.choice]

    def _both(self) -> Any:
        if not isinstance(self.ours, list):
            return self.ours if self.theirs in self.ours else f"{self.ours}\n{self.theirs}"
        known = {sync_card.identity(self.name, item) for item in self.ours}
        return [*self.ours, *(item for item in self.theirs if sync_card.identity(self.name, item) not in known)]


class Case:
    """A record the file says other things of: its name here and there; `answer` is `update`, `skip` or `add`."""

    __slots__ = ("answer", "fields", "kind", "name", "other_name")

    def __init__(self, update: Update, draft: ContactDraft, name: str) -> None:
        self.kind = update.kind
        self.name = name
        self.other_name = draft.name
        self.answer = UPDATE
        self.fields = list(_fields(update))

    def take(self, choice: str) -> None:
        """Decide all fields at once."""
        for field in self.fields:
            field.take(choice)


class Review:
    """Gathers cases, and answers for those it knows; called by the import for each record an item would change."""

    def __init__(self) -> None:
        self.cases: dict[tuple[str, str, int], Case] = {}

    def __call__(self, update: Update, draft: ContactDraft, name: str) -> str:
        """Return what to do, and bring the update to what was decided."""
        key = (update.content.content_hash, update.kind, update.row)
        case = self.cases.get(key)
        if case is None:
            case = Case(update, draft, name)
            if case.fields:
                self.cases[key] = case
            return UPDATE
        for field in case.fields:
            _decide(update, field)
        return case.answer


def _fields(update: Update) -> Iterable[FieldCase]:
    before, after, theirs = update.before, update.after, update.theirs
    names = [
        name for name in {**before, **after, **theirs} if name in update.news or before.get(name) != after.get(name)
    ]
    # The parts of a name that only one side has are no question where the name itself is the same.
    if any(before.get(name) and theirs.get(name) and before[name] != theirs[name] for name in names if name in _NAME):
        yield FieldCase("name", *(_parts(facts) for facts in (before, theirs, after)))
    for name in sorted(set(names) - set(_NAME)):
        values = (before.get(name), theirs.get(name), after.get(name))
        # Which of them is preferred is no question where nothing would become of it.
        if values[0] != values[2] or _said(values[0]) != _said(values[1]):
            yield FieldCase(name, *values)


def _said(value: Any) -> Any:
    """Return a value as people compare it."""
    if not isinstance(value, list):
        return value
    return [
        {key: part for key, part in item.items() if key != "preferred"} if isinstance(item, dict) else item
        for item in value
    ]


def _parts(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: facts[name] for name in _NAME if name in facts}


def _decide(update: Update, field: FieldCase) -> None:
    names = _NAME if field.name == "name" else (field.name,)
    found = field.value if field.name == "name" else {field.name: field.value}
    after = {name: value for name, value in update.after.items() if name not in names}
    update.after = after | {name: value for name, value in found.items() if value not in (None, [])}
