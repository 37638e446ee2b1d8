"""Reminders: what is due now and was not said yet on this device."""

from __future__ import annotations

from datetime import timedelta

from crm_cli.domain.reminder import LATE, LONGEST, Reminder, ringing
from crm_cli.services import agenda
from crm_cli.store import events, tasks
from crm_cli.store.store import utc_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from crm_cli.store.store import Store

_DAY = 24 * 60
# What was said is forgotten after this; nothing older is said again.
_KEPT = timedelta(days=60)


def due(store: Store, *, now: datetime, localize: Callable[[datetime], datetime]) -> list[Reminder]:
    """Return what is due now, each once: a second call gives nothing new, whichever process makes it. By time."""
    with store.transaction(now):
        said = events.reminded(store.connection)
        found = sorted(
            (one for one in (*_alarms(store, now, localize), *_tasks(store, now)) if one.key not in said),
            key=lambda one: (one.at, one.id),
        )
        keys = [one.key for one in found]
        events.add_reminded(store.connection, keys, utc_text(now), until=utc_text(now - _KEPT))
    return found


def unsaid(store: Store, *, reminders: Iterable[Reminder], now: datetime) -> None:
    """Let reminders be said again: nobody could be told."""
    with store.transaction(now):
        events.delete_reminded(store.connection, [one.key for one in reminders])


def _alarms(store: Store, now: datetime, localize: Callable[[datetime], datetime]) -> Iterator[Reminder]:
    """Yield the alarms whose time has come, of appointments that are not long under way."""
    earliest, latest = events.alarm_range(store.connection)
    # An alarm after the start rings when the appointment may be over; one long before reaches far ahead.
    first = now - LATE - timedelta(minutes=min(max(-earliest, _DAY), LONGEST))
    last = now + timedelta(minutes=min(max(latest, 0), LONGEST))
    for start, _, event in agenda.timed(store, first=first.date(), last=last.date(), localize=localize, cut=[]):
        minutes = ringing(event.alarms, start, all_day=event.all_day, now=now)
        if minutes is not None and event.status != "cancelled":
            at = start.date().isoformat() if event.all_day else start.isoformat(timespec="seconds")
            yield Reminder(event.id, "event", at, event.title, event.location, event.contacts, event.company, minutes)


def _tasks(store: Store, now: datetime) -> Iterator[Reminder]:
    """Yield the open follow-ups of today whose time, if they have one, has come, and those that became overdue."""
    from crm_cli.domain.task import overdue

    since = (now - _KEPT).date().isoformat()
    until = now.date().isoformat()
    for task in tasks.list(store.connection, "done_at IS NULL AND due >= ? AND due < ?", (since, until + "~")):
        if task.due is not None and (len(task.due) == 10 or overdue(task.due, now)):
            yield Reminder(task.id, "task", task.due, task.text, contacts=task.contacts, company=task.company)
