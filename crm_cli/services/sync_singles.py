"""What a calendar holds beside events: follow-ups as VTODO, entries of the log as VJOURNAL, each a resource of its own.

A log entry is sent as its text and details; its kind, people and tags are the categories a new one gets. No device
deletes an entry without a question: it is what happened.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import datetime

from crm_cli.domain import sync_event
from crm_cli.domain.ical_item import CalendarText, ItemDraft
from crm_cli.services import calendar_records as records
from crm_cli.store import interactions, links, sync_events, tasks
from crm_cli.store.store import utc_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from crm_cli.domain.interaction import Interaction
    from crm_cli.domain.three_way import Facts
    from crm_cli.store.store import Store


class Single(ABC):
    """One kind of record that stands alone in its resource. `uid` is a public id."""

    entity = ""
    component = ""
    # Why a calendar that does not take the component gets none.
    not_taken = ""

    def __init__(self, store: Store, *, now: datetime, localize: Callable[[datetime], datetime]) -> None:
        self.store = store
        self.connection = store.connection
        self.now = now
        self.stamp = utc_text(now)
        self.localize = localize

    @abstractmethod
    def wanted(self, people: list[str] | None) -> list[str]:
        """Return the records that are to be in the calendar, of all or of some people."""

    @abstractmethod
    def items(self, uids: Iterable[str]) -> dict[str, ItemDraft]:
        """Return those records that exist as components."""

    @abstractmethod
    def calendar(self, uid: str) -> CalendarText:
        """Return a record that has no resource yet as a calendar."""

    @abstractmethod
    def add(self, item: ItemDraft) -> str:
        """Add a record; people known by their e-mail are linked."""

    @abstractmethod
    def apply(self, uid: str, before: Facts, after: Facts) -> None:
        """Change a record from one state to another."""

    @abstractmethod
    def delete(self, uid: str) -> None:
        """Delete a record that vanished on the other side."""

    def is_used(self, uid: str) -> bool:
        """Tell whether a record is not to be deleted without a question."""
        del uid
        return False

    def holds(self, uid: str) -> bool:
        """Tell whether a record is of this kind."""
        return bool(self._rows([uid]))

    def _rows(self, uids: Iterable[str]) -> dict[str, int]:
        return sync_events.rows_of(self.connection, self.entity, uids)

    def _changed(self, uid: str, before: Facts, after: Facts) -> ItemDraft:
        moment = self.now.isoformat(timespec="seconds")
        return sync_event.changed_item(self.items([uid])[uid], before, after, now=moment)

    def _new(self, item: ItemDraft) -> dict[str, Any]:
        people = records.contact_rows(self.store, item)
        return {
            "uid": self.store.new_uid(), "stamp": self.stamp, "owner": self.store.actor, "contact_rows": people,
        }  # fmt: skip


class Tasks(Single):
    """Open follow-ups, and those that were done since they are there."""

    entity, component = "task", "VTODO"
    not_taken = "The calendar takes no follow-ups (VTODO)."

    def wanted(self, people: list[str] | None) -> list[str]:
        return sync_events.open_task_uids(self.connection, people)

    def items(self, uids: Iterable[str]) -> dict[str, ItemDraft]:
        found = tasks.list_rows(self.connection, list(self._rows(uids).values()))
        return {task.id: records.task_item(task) for task in found}

    def calendar(self, uid: str) -> CalendarText:
        from crm_cli.services.calendar_texts import of_records

        return of_records(self.store, "task", [tasks.get(self.connection, self._rows([uid])[uid])], now=self.now)

    def add(self, item: ItemDraft) -> str:
        new = self._new(item)
        row = tasks.add(self.connection, **new, **records.task_columns(item, localize=self.localize, now=self.now))
        links.add_tags(self.connection, "task", row, dict.fromkeys(item.tags))
        return str(new["uid"])

    def apply(self, uid: str, before: Facts, after: Facts) -> None:
        changed = self._changed(uid, before, after)
        columns = records.task_columns(changed, localize=self.localize, now=self.now)
        if before.get("recurrence") == after.get("recurrence"):
            del columns["repeat"]  # its own rule may say more than the calendar's
        row = self._rows([uid])[uid]
        retag(self.connection, "task", row, before, after)
        tasks.update(self.connection, row, stamp=self.stamp, **columns)

    def delete(self, uid: str) -> None:
        tasks.delete(self.connection, self._rows([uid])[uid])


class Entries(Single):
    """Entries of the log."""

    entity, component = "interaction", "VJOURNAL"
    not_taken = "The calendar takes no log entries (VJOURNAL)."

    def wanted(self, people: list[str] | None) -> list[str]:
        return sync_events.entry_uids(self.connection, people)

    def items(self, uids: Iterable[str]) -> dict[str, ItemDraft]:
        found = interactions.list_rows(self.connection, list(self._rows(uids).values()))
        return {str(entry.id): _entry_item(entry) for entry in found}

    def calendar(self, uid: str) -> CalendarText:
        from importers import ical

        text = ical.item_text(self.items([uid])[uid], stamp=self.now.isoformat(timespec="seconds"))
        return CalendarText(ical.new_frame(1), {0: text})

    def add(self, item: ItemDraft) -> str:
        new = self._new(item)
        interactions.add(self.connection, **new, **self._columns(item), kind="note", tags=dict.fromkeys(item.tags))
        return str(new["uid"])

    def apply(self, uid: str, before: Facts, after: Facts) -> None:
        columns = self._columns(self._changed(uid, before, after))
        if before.get("start") == after.get("start"):
            del columns["at"], columns["all_day"]
        interactions.update(self.connection, self._rows([uid])[uid], stamp=self.stamp, **columns)

    def _columns(self, item: ItemDraft) -> dict[str, Any]:
        """Return the columns of the entry; its time is written with the offset of here, as others are."""
        columns = records.entry_columns(item, localize=self.localize, now=self.now)
        if not columns["all_day"]:
            moment = datetime.fromisoformat(columns["at"]).astimezone()
            columns["at"] = self.localize(moment.replace(tzinfo=None)).isoformat(timespec="seconds")
        return columns

    def delete(self, uid: str) -> None:
        interactions.delete(self.connection, self._rows([uid])[uid])

    def is_used(self, uid: str) -> bool:
        del uid
        return True


def _entry_item(entry: Interaction) -> ItemDraft:
    names: Sequence[str] = [person.name for person in entry.contacts]
    firm = [entry.company.name] if entry.company else []
    return ItemDraft(
        "VJOURNAL", "", uid=entry.id, title=entry.text, description=entry.details, start=entry.at, status="final",
        tags=list(dict.fromkeys([entry.kind, *names, *firm, *entry.tags])),
    )  # fmt: skip


def retag(connection: sqlite3.Connection, entity: str, row: int, before: Facts, after: Facts) -> None:
    """Give a record the tags it has in the second of two states."""
    then, now = ([one["value"] for one in facts.get("tags") or ()] for facts in (before, after))
    new, gone = [tag for tag in now if tag not in then], [tag for tag in then if tag not in now]
    links.change(connection, entity, row, links.LinkChange((), tuple(new), (), tuple(gone)))
