"""Deals: a chance to sell, on its way through the stages of the pipeline."""

from __future__ import annotations

from crm_cli.domain.record import Record
from crm_cli.domain.text import fold, fold_weak
from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from crm_cli.domain.money import Money
    from crm_cli.domain.record_ref import RecordRef


class Deal(Record):
    """One deal. `probability` is in percent, `status` `open`, `won` or `lost`, `expected_on` an ISO date."""

    id: str
    title: str
    stage: str
    value: Money | None = None
    probability: int | None = None
    status: str = "open"
    company: RecordRef | None = None
    contacts: tuple[RecordRef, ...] = ()
    expected_on: str | None = None
    closed_at: str | None = None
    lost_reason: str | None = None
    tags: tuple[str, ...] = ()
    notes: str | None = None
    owner: str | None = None
    created_at: str = ""
    updated_at: str = ""


def find_stage(stages: Sequence[dict[str, Any]], word: str) -> dict[str, Any]:
    """Return the stage a word means: its name, an alias, or the only one that begins so; raises UsageError.

    `stages` are those of the configuration: `{name, probability, aliases}` in the order of the pipeline.
    """
    for folding in (fold, fold_weak):
        wanted = folding(word.strip())
        named = [stage for stage in stages if wanted in [folding(name) for name in _names(stage)]]
        if named:
            return named[0]
    wanted = fold(word.strip())
    begun = [stage for stage in stages if any(fold(name).startswith(wanted) for name in _names(stage))]
    if wanted and len(begun) == 1:
        return begun[0]
    raise UsageError(
        "There is no stage “{stage}”.",
        stage=word,
        stages=", ".join(stage["name"] for stage in stages),
        hint="Stages: {stages}",
    )


def _names(stage: dict[str, Any]) -> tuple[str, ...]:
    return (stage["name"], *stage.get("aliases", ()))


def read_value(text: str, *, currency: str) -> Money:
    """Return the amount in `12500`, `12.500,50`, `12,500.50`, `12,5k €`; `currency` is meant where none is written.

    The language does not matter: two readings are one, or the text is refused. Raises UsageError.
    """
    from crm_cli.domain.money import read_money

    readings = []
    for decimal in (".", ","):
        try:
            readings.append(read_money(text, decimal=decimal, currency=currency))
        except UsageError:
            continue
    if len({reading.minor for reading in readings}) != 1:
        raise UsageError("“{text}” is no amount.", text=text, hint="Such as 12500, 12500.50 or 12,5k.")
    return readings[0]


def read_probability(text: str) -> int:
    """Return the percent in `60` or `60%`; raises UsageError."""
    word = text.strip().removesuffix("%").strip()
    if not (word.isascii() and word.isdigit() and len(word) <= 3 and int(word) <= 100):
        raise UsageError("“{text}” is no probability.", text=text, hint="A whole number from 0 to 100, such as 60%.")
    return int(word)
