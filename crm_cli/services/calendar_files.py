"""Calendar files among those of an import, and calendars as the bytes of an export."""

from __future__ import annotations

from datetime import datetime

from crm_cli.domain.draft import Refusal
from crm_cli.domain.event import NOT_PLANNED
from crm_cli.errors import UsageError
from crm_cli.services import calendar_texts, calendars

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from crm_cli.domain.ical_item import CalendarDraft, CalendarText
    from crm_cli.services.import_reading import Source
    from crm_cli.services.transfer import Imported
    from crm_cli.store.store import Store

FORMATS = ("ical", "jcal")
KINDS = ("calendar", "event", "task", "interaction")
NOT_READABLE = "The file cannot be read."


def parted(sources: Sequence[Source], kind: str | None) -> tuple[list[Source], list[tuple[Source, str]]]:
    """Return the files that hold no calendar, and those that do with their format; `kind` is the one the user named."""
    import importers

    others: list[Source] = []
    with_calendars: list[tuple[Source, str]] = []
    for source in sources:
        found = kind
        if kind is None:
            try:
                with source.open() as stream:
                    found = importers.sniff(stream.read(importers.SNIFF_SIZE), source.label)
            except OSError:
                found = None
        if found in FORMATS:
            with_calendars.append((source, found))
        else:
            others.append(source)
    return others, with_calendars


def add(
    store: Store, sources: Sequence[tuple[Source, str]], result: Imported, *, now: datetime, update: bool
) -> Imported:
    """Import the calendars of files, in the change set of `result`, and add to its counts; return it."""
    if not sources:
        return result
    came = calendars.import_calendars(
        store, _drafts(sources), now=now, localize=datetime.astimezone, update=update, change_set=result.change_set
    )
    result.new += came.new
    result.changed += came.changed
    result.same += came.same
    result.refused += came.refused
    if came.new or came.changed:
        result.change_set = came.change_set
    return result


def _drafts(sources: Sequence[tuple[Source, str]]) -> Iterator[CalendarDraft | Refusal]:
    import importers

    for source, format in sources:
        reader: Any = importers.reader(format)
        try:
            stream = source.open()
        except OSError:
            yield Refusal(source.name, 0, NOT_READABLE)
            continue
        with stream:
            yield from reader.read(stream, source=source.label)


def exported(
    store: Store, *, kind: str, query: str, format: str, now: datetime, share: str | None = None, busy: str = ""
) -> Iterator[bytes]:
    """Return calendars (`calendar`: whole, as they came), events, follow-ups or log entries as iCalendar or jCal.

    `share` leaves out what others are not to see of events; `busy` is the title of those that have none then.
    Raises UsageError for another kind, or a query that cannot be read.
    """
    import importers

    if kind not in KINDS:
        raise UsageError("“{kind}” cannot be exported.", kind=kind, hint="There are: {known}.", known=", ".join(KINDS))
    if share is not None:
        found = [_shared(store, kind, query, share, busy, now)]
    elif kind == "calendar":
        found = calendar_texts.whole(store, now=now)
    else:
        found = [calendar_texts.of_records(store, kind, _records(store, kind, query, now), now=now)]
    writer: Any = importers.writer(format)
    written: Iterator[bytes] = writer.write(found)
    return written


def _shared(store: Store, kind: str, query: str, share: str, busy: str, now: datetime) -> CalendarText:
    """Return the planned events for others; of times alone, without series in which nothing takes any."""
    from importers import ical_share

    if kind != "event":
        raise UsageError("--share belongs to event.")
    planned = [event for event in _records(store, kind, query, now) if event.method not in NOT_PLANNED]
    taken = {event.uid or event.id for event in planned if not event.free and event.status != "cancelled"}
    if share == ical_share.BUSY:
        planned = [event for event in planned if (event.uid or event.id) in taken]
    return ical_share.shared(calendar_texts.of_records(store, kind, planned, now=now), share, busy=busy)


def _records(store: Store, kind: str, query: str, now: datetime) -> Any:
    from crm_cli.store import cards, events, interactions, query_sql, tasks

    connection = store.connection
    compiled = query_sql.compile(connection, query, kind, now=now, actor=store.actor)
    if kind == "event":
        return events.list(connection, compiled.where, compiled.params)
    if kind == "task":
        return tasks.list(connection, compiled.where, compiled.params)
    return interactions.list_rows(connection, cards.rows_where(connection, kind, compiled.where, compiled.params))
