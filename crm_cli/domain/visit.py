"""Visits: appointments nothing was written about yet, and the report of a day."""

from __future__ import annotations

from crm_cli.domain.record import Record
from crm_cli.domain.record_ref import RecordRef

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.domain.interaction import Interaction
    from crm_cli.domain.log_words import LogOptions

NEVER = frozenset(("never", "nie"))


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
