"""Visits: appointments nothing was written about yet, and the report of a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from crm_cli.domain.record import Record
from crm_cli.domain.record_ref import RecordRef

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crm_cli.domain.interaction import Interaction
    from crm_cli.domain.log_words import LogOptions

NEVER = frozenset(("never", "nie"))
_NEAR = timedelta(hours=1)
# Entries of these kinds are made from afar: one is about a visit only if it was made at that time.
_FROM_AFAR = frozenset(("call", "mail", "chat", "letter"))


class OpenVisit(Record):
    """A past appointment with somebody of the address book and no entry of that day about them.

    `id` is that of the event, `start` an ISO date-time with offset, or a date.
    """

    id: str
    title: str
    start: str
    duration_min: int | None
    location: str | None
    contacts: tuple[RecordRef, ...] = ()
    company: RecordRef | None = None


class Slot(Record):
    """When an appointment of a day was and with whom: `parties` are ids; equal slots are one visit asked for twice."""

    start: datetime
    end: datetime
    all_day: bool
    parties: frozenset[str]


def written_about(slots: Iterable[Slot], entries: Sequence[Interaction]) -> set[Slot]:
    """Return the appointments of a day that its log entries are about: one each, the nearest in time.

    An entry belongs to an appointment with one of its people, or with its firm where the appointment names nobody;
    not to one that began an hour after it or later. A call or a mail counts within an hour of the appointment only,
    an entry without a time for the first one that no other is about.
    """
    pairs: list[tuple[timedelta, datetime, int, Slot]] = []
    for slot in set(slots):
        for number, entry in enumerate(entries):
            distance = _distance(slot, entry) if not slot.parties.isdisjoint(_about(entry)) else None
            if distance is not None:
                pairs.append((distance, slot.start, number, slot))
    found: set[Slot] = set()
    used: set[int] = set()
    for _, _, number, slot in sorted(pairs, key=lambda pair: pair[:3]):
        if slot not in found and number not in used:
            found.add(slot)
            used.add(number)
    return found


def _about(entry: Interaction) -> set[str]:
    """Return the ids of whom an entry is about."""
    parties = (*entry.contacts, *([entry.company] if entry.company is not None else ()))
    return {party.id for party in parties if party.id}


def _distance(slot: Slot, entry: Interaction) -> timedelta | None:
    """Return how far an entry is from an appointment; None where it cannot be about it."""
    if slot.all_day:
        return timedelta(0) if entry.all_day else _NEAR
    if entry.all_day:
        return None if entry.kind in _FROM_AFAR else timedelta(days=1)
    at = datetime.fromisoformat(entry.at)
    if at < slot.start:
        away = slot.start - at
        return away if away < _NEAR else None
    away = max(at - slot.end, timedelta(0))
    return None if away > _NEAR and entry.kind in _FROM_AFAR else away


class DayReport(Record):
    """What a day came to: `hours` from the durations of its entries, `open_visits` what is still to be written."""

    date: str
    owner: str
    entries: tuple[Interaction, ...] = ()
    kinds: dict[str, int] = {}  # noqa: RUF012 - never changed, as all of a record
    hours: float = 0.0
    distance_km: float = 0.0
    followups: int = 0
    open_visits: tuple[OpenVisit, ...] = ()


def answer_line(visit: OpenVisit, answer: str, options: LogOptions) -> str:
    """Return the log line that an answer to a visit means; a kind with a colon may begin it (`tel: Rückruf`).

    Otherwise the kind is the word the title begins with, if it is one, else a visit.
    """
    first, _, rest = answer.strip().partition(" ")
    kind = first[:-1] if first.endswith(":") and options.kind_of(first[:-1].casefold()) else None
    text = rest.strip() if kind else answer.strip()
    if kind is None:
        word = visit.title.partition(" ")[0].rstrip(":").casefold()
        kind = word if options.kind_of(word) and len(word) > 1 else "visit"
    who = ", ".join(one.id for one in (*visit.contacts, *([visit.company] if visit.company else ())) if one.id)
    when = visit.start[:10] if len(visit.start) == 10 else f"{visit.start[:10]} {visit.start[11:16]}"
    length = f" {visit.duration_min}m" if visit.duration_min else ""
    return f"{kind} {who} {when}{length}: {text}"
