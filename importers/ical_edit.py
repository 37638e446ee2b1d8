"""A changed field put into a component's own text; every other line stays as it is."""

from __future__ import annotations

from importers.contentlines import escape_text, join_head, parse_head, split_line
from importers.ical_split import edge
from importers.ical_times import written
from importers.ical_write import attendee_line, time_line, trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.domain.ical_item import ItemDraft

_TEXTS = {"title": "SUMMARY", "description": "DESCRIPTION", "location": "LOCATION"}
_TIMES = {"start": "DTSTART", "end": "DTEND", "due": "DUE", "completed": "COMPLETED"}
_RECURRENCE = ("RRULE", "RDATE", "EXDATE", "EXRULE")


def patch(raw: str, before: ItemDraft, after: ItemDraft, *, stamp: str) -> str:
    """Return the text with what differs between two readings of it; equal readings give it back byte for byte.

    A change counts as one more SEQUENCE and sets LAST-MODIFIED and DTSTAMP to `stamp`, an ISO date-time with offset
    (RFC 5545, 3.8.7).
    """
    lines = raw.split("\n")
    changed = False
    for field, name in _TEXTS.items():
        if getattr(before, field) != getattr(after, field):
            value = getattr(after, field)
            lines = _replaced(lines, (name,), [f"{name}:{escape_text(value)}"] if value else [])
            changed = True
    for field, value in _words(before, after).items():
        lines = _replaced(lines, (field,), [f"{field}:{value}"] if value else [])
        changed = True
    for field, name in _TIMES.items():
        if getattr(before, field) != getattr(after, field) or (field == "start" and before.timezone != after.timezone):
            moment = getattr(after, field)
            names = (name, "DURATION") if name in ("DTEND", "DUE") else (name,)
            zone = None if name == "COMPLETED" else after.timezone
            lines = _replaced(lines, names, [time_line(name, moment, zone)] if moment else [])
            changed = True
    if before.recurrence != after.recurrence:
        lines = _replaced(lines, _RECURRENCE, after.recurrence)
        changed = True
    if before.attendees != after.attendees:
        lines = _with_answers(lines, before, after)
        changed = True
    if before.alarms != after.alarms:
        lines = _with_alarms(lines, before, after)
        changed = True
    if not changed:
        return raw
    now = written(stamp, None)[0]
    lines = _replaced(lines, ("SEQUENCE",), [f"SEQUENCE:{before.sequence + 1}"])
    lines = _replaced(lines, ("LAST-MODIFIED",), [f"LAST-MODIFIED:{now}"])
    return "\n".join(_replaced(lines, ("DTSTAMP",), [f"DTSTAMP:{now}"]))


def _words(before: ItemDraft, after: ItemDraft) -> dict[str, str]:
    """Return the properties of one word that differ, with their new values; empty takes the property away."""
    changes = {}
    if before.status != after.status:
        changes["STATUS"] = (after.status or "").upper()
    if before.free != after.free:
        changes["TRANSP"] = "TRANSPARENT" if after.free else "OPAQUE"
    if before.priority != after.priority:
        changes["PRIORITY"] = "" if after.priority is None else str(after.priority)
    if before.url != after.url:
        changes["URL"] = after.url or ""
    return changes


def _replaced(lines: list[str], names: tuple[str, ...], new: list[str]) -> list[str]:
    """Put lines where the first property of these names stood, or before the first part; the others of them go."""
    kept: list[str] = []
    place = None
    depth = 0
    for line in lines:
        split = split_line(line)
        head = parse_head(split[0]) if split else None
        name = head.name if head else ""
        if depth == 1 and name in names:
            place = len(kept) if place is None else place
            continue
        if depth == 1 and _step(line) and place is None and not any(name in names for name in _own(lines)):
            place = len(kept)
        depth += _step(line)
        kept.append(line)
    assert place is not None
    kept[place:place] = new
    return kept


def _step(line: str) -> int:
    """Return how much deeper the lines after this one are."""
    found = edge(line)
    return 0 if found is None else 1 if found[0] == "BEGIN" else -1


def _own(lines: list[str]) -> set[str]:
    """Return the names of a component's own properties."""
    names = set()
    depth = 0
    for line in lines:
        name = line.partition(":")[0].partition(";")[0].strip().upper()
        if depth == 1:
            names.add(name)
        depth += _step(line)
    return names


def _with_answers(lines: list[str], before: ItemDraft, after: ItemDraft) -> list[str]:
    """Set PARTSTAT of those who answered since; who is new gets a line of their own."""
    known = {one.email for one in before.attendees if not one.organizer}
    answers = {one.email: one.status for one in after.attendees if not one.organizer}
    found = []
    for line in lines:
        split = split_line(line)
        head = parse_head(split[0]) if split else None
        if split is not None and head is not None and head.name == "ATTENDEE":
            address = (head.value("EMAIL") or split[1]).strip()
            status = answers.get(address[7:] if address[:7].lower() == "mailto:" else address)
            if status and (head.value("PARTSTAT") or "").lower() != status:
                params = [(key, text) for key, text in head.params if key != "PARTSTAT"]
                line = f"{join_head('ATTENDEE', [*params, ('PARTSTAT', status.upper())])}:{split[1]}"
        found.append(line)
    new = [one for one in after.attendees if not one.organizer and one.email not in known]
    return [*found[:1], *(attendee_line(one) for one in new), *found[1:]]


def _with_alarms(lines: list[str], before: ItemDraft, after: ItemDraft) -> list[str]:
    """Take away the alarms that are no more and add the new ones at the end; others keep their own lines."""
    from importers.ical_read import read_item

    gone = set(before.alarms) - set(after.alarms)
    kept: list[str] = []
    block: list[str] = []
    depth = 0
    for line in lines:
        if block or (depth == 1 and edge(line) == ("BEGIN", "VALARM")):
            block.append(line)
            depth += _step(line)
            if depth == 1:
                rung = read_item("\n".join([*_times_only(lines), *block, lines[-1]])).alarms
                kept += [] if gone.intersection(rung) else block
                block = []
            continue
        depth += _step(line)
        kept.append(line)
    new = []
    for minutes in after.alarms:
        if minutes not in before.alarms:
            new += ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escape_text(after.title or '')}"]
            new += [f"TRIGGER:{trigger(minutes)}", "END:VALARM"]
    return [*kept[:-1], *new, kept[-1]]


def _times_only(lines: list[str]) -> list[str]:
    wanted = ("DTSTART", "DTEND", "DURATION", "DUE")
    return [lines[0], *(line for line in lines if line.partition(":")[0].partition(";")[0].upper() in wanted)]
