"""A calendar resource as facts that can be compared and merged: event with the changes of its series, task, log entry.

Start, end and zone are one fact: half of one side's time and half of the other's would be a third appointment.
"""

from __future__ import annotations

from dataclasses import replace

from crm_cli.domain.ical_item import Attendee

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from crm_cli.domain.ical_item import ItemDraft
    from crm_cli.domain.three_way import Facts, Item

TASK, ENTRY = "VTODO", "VJOURNAL"
_TEXTS = ("title", "description", "location", "url", "status")
_TIMES = ("start", "end", "timezone")


def facts_of(items: Sequence[ItemDraft]) -> Facts:
    """Return the facts of a resource; its first component counts, the others are changes of single occurrences."""
    if not items:
        return {}
    first, *others = in_order(items)
    facts = own_facts(first)
    if others:
        facts["occurrences"] = [{"occurrence": item.recurrence_id or "", **occurrence_facts(item)} for item in others]
    return facts


def occurrence_facts(item: ItemDraft) -> Facts:
    """Return the facts of a changed occurrence; its alarms, tags and people stay with the side they are on."""
    return {name: value for name, value in own_facts(item).items() if name not in ("alarms", "attendees", "tags")}


def in_order(items: Sequence[ItemDraft]) -> list[ItemDraft]:
    """Return the components with the series itself first."""
    return sorted(items, key=lambda item: (item.recurrence_id is not None, item.recurrence_id or ""))


def own_facts(item: ItemDraft) -> Facts:
    """Return the facts of one component."""
    facts: Facts = {name: value for name in _TEXTS if (value := getattr(item, name))}
    if item.component == TASK:
        facts.pop("status", None)
        found = {"due": _utc(item.due or item.start), "priority": _priority(item.priority), "done": _done(item)}
    elif item.component == ENTRY:
        facts.pop("status", None)
        found = {"start": _utc(item.start)}
    else:
        found = {"when": _when(item), "free": "1" if item.free else None}
    found["recurrence"] = "\n".join(item.recurrence)
    facts |= {name: value for name, value in found.items() if value}
    if item.alarms:
        facts["alarms"] = [{"value": str(minutes)} for minutes in dict.fromkeys(item.alarms)]
    if item.tags and item.component != ENTRY:
        facts["tags"] = [{"value": tag} for tag in dict.fromkeys(item.tags)]
    invited = [person.email for person in item.attendees if not person.organizer]
    if invited:
        facts["attendees"] = [{"value": email} for email in dict.fromkeys(invited)]
    return facts


def _when(item: ItemDraft) -> str:
    return "\n".join(getattr(item, name) or "" for name in _TIMES).rstrip("\n")


def _utc(moment: str | None) -> str | None:
    """Return a time with an offset in UTC, so that two spellings of it are the same; a day as it is."""
    from datetime import UTC, datetime

    if moment is None or len(moment) == 10:
        return moment
    found = datetime.fromisoformat(moment)
    return moment if found.tzinfo is None else found.astimezone(UTC).isoformat(timespec="seconds")


def _done(item: ItemDraft) -> str | None:
    return "1" if item.completed or item.status in ("completed", "cancelled") else None


def _priority(value: int | None) -> str | None:
    if not value:
        return None
    return "high" if value < 5 else "normal" if value == 5 else "low"


def is_same_time(one: Facts, other: Facts) -> bool:
    """Tell whether two versions are at the same time, if in other zones; of a series the zone is part of the rule."""
    from datetime import datetime

    first, second = (facts.get("when", "").split("\n") for facts in (one, other))
    if first == second or one.get("recurrence") or other.get("recurrence"):
        return bool(first == second)
    times = [[datetime.fromisoformat(part) for part in parts[:2] if len(part) > 10] for parts in (first, second)]
    if any(len(found) != 2 or any(moment.tzinfo is None for moment in found) for found in times):
        return False
    return bool(times[0] == times[1])


def identity(name: str, item: Item) -> object:
    """Return what makes an item of a list itself."""
    return item["occurrence"] if name == "occurrences" else item["value"].casefold()


def changed_item(item: ItemDraft, before: Facts, after: Facts, *, now: str) -> ItemDraft:
    """Return a component in which what differs between two facts is as in the second; `now` is when it was done."""
    values: dict[str, Any] = {}
    for name in {**before, **after}:
        if before.get(name) == after.get(name) or name in ("occurrences", "occurrence"):
            continue
        value = after.get(name)
        if name == "when":
            parts = [part or None for part in (value or "").split("\n")]
            values |= dict(zip(_TIMES, [*parts, None, None], strict=False))
        elif name == "alarms":
            values["alarms"] = [int(one["value"]) for one in value or ()]
        elif name == "tags":
            values["tags"] = [one["value"] for one in value or ()]
        elif name == "attendees":
            values["attendees"] = _people(item, [one["value"] for one in value or ()])
        elif name == "recurrence":
            values["recurrence"] = value.split("\n") if value else []
        elif name == "free":
            values["free"] = bool(value)
        elif name == "priority":
            values["priority"] = {"high": 1, "normal": 5, "low": 9}.get(value or "")
        elif name == "done":
            values |= {"completed": now if value else None, "status": "completed" if value else "needs-action"}
        else:
            values[name] = value
    return replace(item, **values)


def _people(item: ItemDraft, emails: Sequence[str]) -> list[Attendee]:
    """Return these attendees, and who organizes, with what is known of them."""
    wanted = {email.casefold() for email in emails}
    kept = [person for person in item.attendees if person.organizer or person.email.casefold() in wanted]
    known = {person.email.casefold() for person in kept}
    return [*kept, *(Attendee(email) for email in emails if email.casefold() not in known)]
