"""Reminders: what is due now and was not said yet on this device."""

from __future__ import annotations

from datetime import timedelta

from crm_cli.domain.reminder import Reminder
from crm_cli.services import agenda
from crm_cli.store import events, tasks
from crm_cli.store.store import utc_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from crm_cli.store.store import Store

# An alarm that was slept through is worth saying until the appointment is this long under way.
_LATE = timedelta(hours=1)
_LONGEST = timedelta(days=28)
# What was said is forgotten after this; nothing older is said again.
_KEPT = timedelta(days=60)


def due(store: Store, *, now: datetime, localize: Callable[[datetime], datetime]) -> list[Reminder]:
    """Return what is due now, each once: a second call gives nothing new. By time."""
    with store.transaction(now):
        said = events.reminded(store.connection)
        found = sorted(
            (
                (key, reminder)
                for key, reminder in [*_alarms(store, now, localize), *_tasks(store, now)]
                if key not in said
            ),
            key=lambda item: (item[1].at, item[1].id),
        )
        events.add_reminded(store.connection, [key for key, _ in found], utc_text(now), until=utc_text(now - _KEPT))
    return [reminder for _, reminder in found]


def _alarms(
    store: Store, now: datetime, localize: Callable[[datetime], datetime]
) -> Iterator[tuple[tuple[str, str], Reminder]]:
    """Yield the alarms whose time has come, of appointments that are not long under way."""
    first, last = (now - _LATE).date(), (now + _LONGEST).date()
    for start, _, event in agenda.timed(store, first=first, last=last, localize=localize, cut=[]):
        if start + _LATE < now:
            continue
        ringing = [minutes for minutes in event.alarms if start - timedelta(minutes=minutes) <= now]
        if ringing:
            # Of several alarms that were missed the last one says it all.
            minutes = min(ringing)
            at = start.date().isoformat() if event.all_day else start.isoformat(timespec="seconds")
            yield (
                (event.id, f"{at} -{minutes}"),
                Reminder(event.id, "event", at, event.title, event.location, event.contacts, event.company, minutes),
            )


def _tasks(store: Store, now: datetime) -> Iterator[tuple[tuple[str, str], Reminder]]:
    """Yield the open follow-ups of today whose time, if they have one, has come, and those that became overdue."""
    from crm_cli.domain.task import overdue

    since = (now - _KEPT).date().isoformat()
    until = now.date().isoformat()
    for task in tasks.list(store.connection, "done_at IS NULL AND due >= ? AND due < ?", (since, until + "~")):
        if task.due is None or (len(task.due) > 10 and not overdue(task.due, now)):
            continue
        yield (
            (task.id, task.due),
            Reminder(task.id, "task", task.due, task.text, contacts=task.contacts, company=task.company),
        )
