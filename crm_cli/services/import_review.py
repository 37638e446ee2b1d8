"""The differences between what a file says and what is here, field by field, each with an answer that can be changed.

A trial import gathers the cases; the import that follows asks the same review again and writes what was decided.
"""

from __future__ import annotations

from hashlib import sha256

from crm_cli.domain import sync_card
from crm_cli.domain.transfer import ADD, SKIP, UPDATE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from crm_cli.domain.draft import ContactDraft
    from crm_cli.domain.dupes import Evidence
    from crm_cli.services.import_evidence import Alike
    from crm_cli.services.import_update import Update

    # What was decided of a case, as JSON holds it: its answer and the choices of its fields by their keys.
    Decision = dict[str, Any]

OURS, THEIRS, BOTH = "ours", "theirs", "both"
CERTAIN_FROM = 0.95
"""The score from which an item is taken for the record it was matched with where only the sure ones are wanted."""
# One decision: a given name of one side with a family name of the other is nobody.
_NAME = ("name", *sync_card.NAME_PARTS)


class FieldCase:
    """One field in which file and record differ; `choice` is `ours`, `theirs`, `both`, or None for a mixture."""

    __slots__ = ("can_both", "choice", "decided", "name", "ours", "planned", "theirs")

    def __init__(self, name: str, ours: Any, theirs: Any, planned: Any) -> None:
        self.name = name
        self.ours = ours
        self.theirs = theirs
        self.planned = planned
        self.decided = False
        self.can_both = bool(ours and theirs) and (isinstance(ours, list) or name == "notes")
        both = self._both() if self.can_both else None
        ways = ((OURS, ours), (THEIRS, theirs), (BOTH, both))
        self.choice: str | None = next((way for way, value in ways if value == planned), None)

    def take(self, choice: str) -> None:
        """Decide; `both` where there is only one to take leaves the field as it is decided."""
        if choice != BOTH or self.can_both:
            self.choice = choice
            self.decided = True

    @property
    def key(self) -> str:
        """Return what a decision is known by: the field and both values, so that it is none about others."""
        values = sha256(repr((self.ours, self.theirs)).encode("utf-8", "replace")).hexdigest()[:16]
        return f"{self.name} {values}"

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
    """A record the file says other things of: its name here and there; `answer` is `update`, `skip` or `add`.

    `level` is how it was found (`import_matching`), `score` how likely the two are one (0 to 1, None until it is
    weighed), `evidence` why; `decided` tells whether somebody answered for the whole record.
    """

    __slots__ = (
        "answer", "decided", "draft", "evidence", "fields", "kind", "level", "name", "other_name", "row", "score",
    )  # fmt: skip

    def __init__(self, update: Update, draft: ContactDraft, name: str) -> None:
        self.kind = update.kind
        self.row = update.row
        self.level = update.level
        self.draft = draft
        self.name = name
        self.other_name = draft.name
        self.answer = UPDATE
        self.decided = False
        self.score: float | None = None
        self.evidence: tuple[Evidence, ...] = ()
        self.fields = list(_fields(update))

    def take(self, choice: str) -> None:
        """Decide all fields at once."""
        for field in self.fields:
            field.take(choice)

    def turn(self, answer: str) -> None:
        """Leave the record alone, or add another one; the same answer again changes it after all."""
        self.answer = UPDATE if self.answer == answer else answer
        self.decided = True

    @property
    def is_certain(self) -> bool:
        """Whether the item surely is this record."""
        return self.score is not None and self.score >= CERTAIN_FROM

    @property
    def decision(self) -> Decision | None:
        """What somebody decided, or None."""
        fields = {field.key: field.choice for field in self.fields if field.decided}
        if not self.decided and not fields:
            return None
        return {"answer": self.answer if self.decided else None, "fields": fields}

    def follow(self, decision: Decision) -> bool:
        """Decide as it was decided before; what differs otherwise by now stays open. Tell whether anything was."""
        before, fields = self.decision, decision.get("fields")
        if decision.get("answer") in (UPDATE, SKIP, ADD):
            self.answer, self.decided = decision["answer"], True
        for field in self.fields:
            choice = fields.get(field.key) if isinstance(fields, dict) else None
            if choice in (OURS, THEIRS, BOTH):
                field.take(choice)
        return self.decision != before


class Review:
    """Gathers cases, and answers for those it knows; called by the import for each record an item would change.

    `alike` holds what comes new and resembles a record, `pairs_shown` at most; with `only_certain` the records that
    the items may only be are left alone.
    """

    pairs_shown = 50

    def __init__(self) -> None:
        self.cases: dict[tuple[str, str, int], Case] = {}
        self.alike: list[Alike] = []
        self.only_certain = False

    def take_certain(self, only: bool) -> tuple[int, int]:
        """Change only the records the items surely are, or all again; what was decided by hand stays.

        Returns how many will be changed and how many are left alone.
        """
        self.only_certain = only
        for case in self.cases.values():
            if case.decision is None:
                case.answer = SKIP if only and not case.is_certain else UPDATE
        answers = [case.answer for case in self.cases.values()]
        return answers.count(UPDATE), answers.count(SKIP)

    def decisions(self) -> Decision:
        """Return what was decided, for a later run over the same file; nothing where nothing was."""
        found = ((key, case.decision) for key, case in self.cases.items())
        cases = {_text(key): decision for key, decision in found if decision is not None}
        return {"only_certain": self.only_certain, "cases": cases} if cases or self.only_certain else {}

    def follow(self, decisions: Decision) -> int:
        """Decide as an earlier run did; return for how many records."""
        cases = decisions.get("cases")
        known = cases if isinstance(cases, dict) else {}
        kept = ((case, known.get(_text(key))) for key, case in self.cases.items())
        count = sum(case.follow(decision) for case, decision in kept if isinstance(decision, dict))
        if decisions.get("only_certain") is True:
            self.take_certain(only=True)
        return count

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


def _text(key: tuple[str, str, int]) -> str:
    return " ".join(map(str, key))


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
