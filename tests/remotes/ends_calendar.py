"""The ends of a calendar's sync: appointments and follow-ups."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from tests.remotes.ends_base import Ends, escaped, lines_of, plain, tags_of, without, without_tag
from tests.remotes.model import Facts
from tests.remotes.servers import calendar

_FIRST = datetime(2025, 12, 3, 9, tzinfo=UTC)


class Events(Ends):
    """Appointments in a calendar; every third is a series, of which the device moves occurrences."""

    noun, suffix, last = "event", ".ics", "END:VEVENT"
    singles = ("location", "description", "start", "occurrence 1", "occurrence 2")
    sets = ("tag",)
    _LINES: ClassVar = {"location": "LOCATION", "description": "DESCRIPTION"}

    def value(self, name: str, number: int) -> str:
        if name == "start":
            return _utc(_FIRST + timedelta(hours=number))
        if name == "tag":
            return f"tag {number} Ä"
        text = f"{name} {number}; ÄÖ, \\n \N{ROCKET}"
        return text + ("\nnoch eine Zeile " * 6).rstrip() if name == "description" else text

    def is_series(self, key: str) -> bool:
        """Tell whether an event is one of several days."""
        return int(key.rpartition(" ")[2]) % 3 == 0

    def may_change(self, key: str, name: str, side: str, old: object) -> bool:
        """Tell what makes no sense: occurrences of what is no series, times that leave them behind."""
        if name.startswith("occurrence"):
            return self.is_series(key) and (side == "there" or old is not None)
        return name != "start" or not self.is_series(key)

    def create_here(self, key: str) -> Facts:
        rule = ("--repeat", "FREQ=DAILY;COUNT=5") if self.is_series(key) else ()
        self.crm("event", "add", f"3.12.2025 10 Uhr 1h: {key}", *rule)
        return {"start": _utc(_FIRST)}

    def new_text(self, key: str, *lines: str) -> str:
        rule = ["RRULE:FREQ=DAILY;COUNT=5"] if self.is_series(key) else []
        times = ["DTSTART:20251203T090000Z", "DTEND:20251203T100000Z"]
        uid = f"UID:uid-{key.replace(' ', '-')}"
        return calendar([uid, "DTSTAMP:20251101T000000Z", *times, f"SUMMARY:{key}", *rule, *lines])

    def change_here(self, key: str, name: str, old: object, new: object) -> None:
        if name == "tag":
            self.crm("event", "edit", self.ids[key], *self.tag_words(old, new))
            return
        if name.startswith("occurrence"):
            row = self.ids[f"{key} {name}"]
            self.crm("event", *(("delete", row, "--yes") if new is None else ("edit", row, "--location", str(new))))
            return
        if name == "start":
            moment = _moment(str(new)).astimezone(ZoneInfo("Europe/Berlin"))
            self.crm("event", "edit", self.ids[key], "--start", f"{moment:%Y-%m-%d %H:%M}")
            return
        self.crm("event", "edit", self.ids[key], *(("--clear", name) if new is None else (f"--{name}", str(new))))

    def read_here(self) -> dict[str, Facts]:
        found: dict[str, Facts] = {}
        events = self.crm("event", "list")
        for event in (event for event in events if not event["recurrence_id"]):
            facts: Facts = {name: event[name] for name in ("location", "description") if event[name]}
            assert event["title"] not in found, events
            facts["start"] = _utc(datetime.fromisoformat(event["start"]))
            facts |= {"tag": frozenset(event["tags"])} if event["tags"] else {}
            found[event["title"]] = facts
            self.ids[event["title"]] = event["id"]
        for event in (event for event in events if event["recurrence_id"]):
            name = _occurrence(datetime.fromisoformat(event["recurrence_id"]))
            assert name not in found[event["title"]], events
            found[event["title"]][name] = event["location"]
            self.ids[f"{event['title']} {name}"] = event["id"]
        return found

    def key_of(self, text: str) -> str:
        return lines_of(text, "SUMMARY")[0]

    def facts_of(self, text: str) -> Facts:
        facts: Facts = {}
        for part in re.findall(r"BEGIN:VEVENT\n.*?END:VEVENT", text, re.DOTALL):
            moved = re.search(r"(?m)^RECURRENCE-ID(.*)$", part)
            if moved:
                name = _occurrence(_time(moved[1]))
                assert name not in facts, text
                facts[name] = plain(lines_of(part, "LOCATION")[0])
                continue
            assert "start" not in facts, text
            facts["start"] = _utc(_time(re.search(r"(?m)^DTSTART(.*)$", part)[1]))
            facts |= {
                name: plain(lines_of(part, line)[0]) for name, line in self._LINES.items() if lines_of(part, line)
            }
            facts |= {"tag": frozenset(tags_of(part))} if tags_of(part) else {}
        return facts

    def with_item(self, text: str, name: str, value: str) -> str:
        return text.replace(_series(text), _series(text).replace(self.last, f"CATEGORIES:{value}\n{self.last}"))

    def without_item(self, text: str, name: str, value: str) -> str:
        return text.replace(_series(text), without_tag(_series(text), value, self.last))

    def with_value(self, text: str, name: str, value: object) -> str:
        first = _series(text)
        if name.startswith("occurrence"):
            day = _FIRST + timedelta(days=int(name.rpartition(" ")[2]))
            for part in _parts(text):
                if "\nRECURRENCE-ID" in part and _occurrence(_time(re.search(r"\nRECURRENCE-ID(.*)", part)[1])) == name:
                    text = text.replace(part, "")
            return text.replace("END:VCALENDAR", self._moved(text, first, day, value) + "END:VCALENDAR")
        if name == "start":
            end = _moment(str(value)) + timedelta(hours=1)
            times = f"DTSTART:{value}\nDTEND:{_utc(end)}\n"
            changed = without(without(first, "DTSTART"), "DTEND").replace(self.last, times + self.last)
        else:
            new = "" if value is None else f"{self._LINES[name]}:{escaped(str(value))}\n"
            changed = without(first, self._LINES[name]).replace(self.last, new + self.last)
        return text.replace(first, changed)

    def _moved(self, text: str, first: str, day: datetime, value: object) -> str:
        if value is None:
            return ""
        uid, key = lines_of(first, "UID")[0], self.key_of(text)
        times = [f"DTSTART:{_utc(day + timedelta(hours=2))}", f"DTEND:{_utc(day + timedelta(hours=3))}"]
        head = ["BEGIN:VEVENT", f"UID:{uid}", f"RECURRENCE-ID:{_utc(day)}", "DTSTAMP:20251101T000000Z"]
        return "\n".join([*head, *times, f"SUMMARY:{key}", f"LOCATION:{escaped(str(value))}", "END:VEVENT", ""])


class Tasks(Ends):
    """Follow-ups as VTODO."""

    noun, suffix, last = "task", ".ics", "END:VTODO"
    singles = ("due", "priority", "done")
    sets = ("tag",)
    _PRIORITIES: ClassVar = {"high": "1", "normal": "5", "low": "9"}

    def value(self, name: str, number: int) -> str:
        if name == "due":
            return f"{_FIRST + timedelta(days=number):%Y-%m-%d}"
        if name == "tag":
            return f"tag {number}"
        return ("high", "normal", "low")[number % 3] if name == "priority" else "1"

    def may_change(self, key: str, name: str, side: str, old: object) -> bool:
        """Tell what the program has no command for: opening again what is done."""
        del key
        return name != "done" or old is None or side == "there"

    def create_here(self, key: str) -> Facts:
        self.crm("task", "add", key)
        return {}

    def new_text(self, key: str, *lines: str) -> str:
        uid = f"UID:uid-{key.replace(' ', '-')}"
        return calendar([uid, "DTSTAMP:20251101T000000Z", f"SUMMARY:{key}", *lines], kind="VTODO")

    def change_here(self, key: str, name: str, old: object, new: object) -> None:
        if name == "tag":
            self.crm("task", "edit", self.ids[key], *self.tag_words(old, new))
            return
        if name == "done":
            self.crm("task", "done", self.ids[key])
            return
        self.crm("task", "edit", self.ids[key], *(("--clear", name) if new is None else (f"--{name}", str(new))))

    def read_here(self) -> dict[str, Facts]:
        tasks = self.crm("task", "list", "--all")
        self.ids = {task["text"]: task["id"] for task in tasks}
        assert len(self.ids) == len(tasks), tasks
        found = {}
        for task in tasks:
            facts = {"due": task["due"], "priority": task["priority"], "done": "1" if task["done_at"] else None}
            facts["tag"] = frozenset(task["tags"])
            found[task["text"]] = {name: value for name, value in facts.items() if value}
        return found

    def key_of(self, text: str) -> str:
        return lines_of(text, "SUMMARY")[0]

    def facts_of(self, text: str) -> Facts:
        facts: Facts = {}
        if lines_of(text, "DUE"):
            facts["due"] = datetime.strptime(lines_of(text, "DUE")[0], "%Y%m%d").replace(tzinfo=UTC).date().isoformat()
        if lines_of(text, "PRIORITY"):
            facts["priority"] = {sign: word for word, sign in self._PRIORITIES.items()}[lines_of(text, "PRIORITY")[0]]
        facts |= {"tag": frozenset(tags_of(text))} if tags_of(text) else {}
        return facts | ({"done": "1"} if "\nSTATUS:COMPLETED\n" in text else {})

    def with_item(self, text: str, name: str, value: str) -> str:
        return text.replace(self.last, f"CATEGORIES:{value}\n{self.last}")

    def without_item(self, text: str, name: str, value: str) -> str:
        return without_tag(text, value, self.last)

    def with_value(self, text: str, name: str, value: object) -> str:
        if name == "done":
            text = without(without(text, "STATUS"), "COMPLETED")
            new = "STATUS:COMPLETED\nCOMPLETED:20251119T100000Z\n" if value else "STATUS:NEEDS-ACTION\n"
        elif name == "due":
            text = without(text, "DUE")
            new = f"DUE;VALUE=DATE:{str(value).replace('-', '')}\n" if value else ""
        else:
            text = without(text, "PRIORITY")
            new = f"PRIORITY:{self._PRIORITIES[str(value)]}\n" if value else ""
        return text.replace(self.last, new + self.last)


def _parts(text: str) -> list[str]:
    return re.findall(r"BEGIN:VEVENT\n.*?END:VEVENT\n", text, re.DOTALL)


def _series(text: str) -> str:
    """Return the component that is no change of one occurrence."""
    (first,) = [part for part in _parts(text) if "\nRECURRENCE-ID" not in part]
    return first


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _time(rest: str) -> datetime:
    """Read what follows the name of a time property."""
    params, _, value = rest.partition(":")
    if value.endswith("Z"):
        return _moment(value)
    zone = re.search(r"TZID=\"?([^;:\"]+)", params)
    return datetime.strptime(value, "%Y%m%dT%H%M%S").replace(tzinfo=ZoneInfo(zone[1]))


def _occurrence(moment: datetime) -> str:
    return f"occurrence {(moment - _FIRST).days}"
