"""How good an address book is, field by field, and what could be repaired in it."""

from __future__ import annotations

from crm_cli.domain.record import Record
from crm_cli.errors import fill

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MISSING, MALFORMED, DOUBTFUL, STALE = "missing", "malformed", "doubtful", "stale"
# Worst first: a field of a record counts once.
VERDICTS = (MISSING, MALFORMED, DOUBTFUL, STALE)
# Of a whole value, what is left of one that is not.
_WORTH = {MISSING: 0.0, MALFORMED: 0.0, DOUBTFUL: 0.5, STALE: 0.75}
# How much a field counts in the whole; what only some people have counts where it is filled.
WEIGHTS = {"name": 3, "email": 3, "phone": 3, "company": 2, "address": 2, "salutation": 1, "birthday": 1}
OPTIONAL = frozenset(("salutation", "birthday"))


class FieldQuality(Record):
    """How many of the records have a field at all, and in how many it is not what it should be.

    `score` is 0 to 100; a field that only some people have is scored where it is filled, None where it never is.
    """

    field: str
    score: float | None
    filled: int
    missing: int
    malformed: int
    doubtful: int
    stale: int


class Repair(Record):
    """One proposed change. `certain` ones are applied, the others are for somebody to look at.

    `table` and `key` say which row it is in, `columns` what is set there; `id` is None for a file's record, whose
    `line` counts from 1.
    """

    id: str | None
    name: str
    field: str
    before: str
    after: str
    reason: str
    certain: bool
    line: int = 0
    table: str = "contact"
    key: tuple[tuple[str, Any], ...] = ()
    columns: tuple[tuple[str, Any], ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return what a reader wants to know, the reason in English."""
        shown = {name: getattr(self, name) for name in ("id", "name", "field", "before", "after", "certain")}
        shown["reason"] = fill(self.reason, {})
        return shown | ({"line": self.line} if self.line else {})


class Report(Record):
    """What was found: `score` is 0 to 100 over all fields, `applied` how many repairs were done.

    `source` is the file looked at, or None for the store; `refused` items of it could not be read at all.
    """

    source: str | None
    records: int
    score: float
    fields: tuple[FieldQuality, ...]
    repairs: tuple[Repair, ...]
    applied: int = 0
    refused: int = 0


class Tally:
    """Counts verdicts record by record."""

    def __init__(self) -> None:
        self.records = 0
        self._counts = {field: dict.fromkeys(VERDICTS, 0) for field in WEIGHTS}

    def add(self, verdicts: dict[str, str]) -> None:
        """Count one record; `verdicts` holds the fields that are not as they should be."""
        self.records += 1
        for field, verdict in verdicts.items():
            self._counts[field][verdict] += 1

    def correct(self, field: str, verdict: str, count: int) -> None:
        """Add to the count of a verdict what only all records together show."""
        self._counts[field][verdict] += count

    def report(self, source: str | None, repairs: tuple[Repair, ...], *, applied: int = 0, refused: int = 0) -> Report:
        """Return the sums."""
        fields = tuple(self._quality(field, counts) for field, counts in self._counts.items())
        scored = [(field.score, WEIGHTS[field.field]) for field in fields if field.score is not None]
        weight = sum(weight for _, weight in scored)
        score = round(sum(score * weight for score, weight in scored) / weight, 1) if weight else 0.0
        return Report(source, self.records, score, fields, repairs, applied, refused)

    def _quality(self, field: str, counts: dict[str, int]) -> FieldQuality:
        filled = self.records - counts[MISSING]
        among = filled if field in OPTIONAL else self.records
        lost = sum((1 - _WORTH[verdict]) * counts[verdict] for verdict in VERDICTS[1:])
        score = round(100 * max(0.0, filled - lost) / among, 1) if among else None
        return FieldQuality(field, score, filled, *(counts[verdict] for verdict in VERDICTS))
