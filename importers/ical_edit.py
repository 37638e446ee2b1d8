"""A changed field put into a component's own text; every other line stays as it is."""

from __future__ import annotations

from importers.contentlines import escape_text, join_head, parse_head, split_line
from importers.ical_split import edge
from importers.ical_times import written
from importers.ical_write import PARTY_ID, attendee_line, categories_line, party_line, time_line, trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.domain.ical_item import Attendee, ItemDraft

_TEXTS = {"title": "SUMMARY", "description": "DESCRIPTION", "location": "LOCATION"}
_TIMES = {"start": "DTSTART", "end": "DTEND", "due": "DUE", "completed": "COMPLETED"}
_RECURRENCE = ("RRULE", "RDATE", "EXDATE", "EXRULE")


def patch(raw: str, before: ItemDraft, after: ItemDraft, *, stamp: str) -> str:
    """Return the text with what differs between two readings of it; equal readings give it back byte for byte.

    A change counts as one more SEQUENCE and sets LAST-MODIFIED and DTSTAMP to `stamp`, an ISO date-time with offset
    (RFC 5545, 3.8.7).
    """
    original = lines = raw.split("\n")
    for step in (_with_words, _with_times, _with_lists, _with_people, _with_parties, _with_alarms):
        lines = step(lines, before, after)
    if lines == original:
        return raw
    now = written(stamp, None)[0]
    lines = _replaced(lines, ("SEQUENCE",), [f"SEQUENCE:{max(before.sequence + 1, after.sequence)}"])
    lines = _replaced(lines, ("LAST-MODIFIED",), [f"LAST-MODIFIED:{now}"])
    return "\n".join(_replaced(lines, ("DTSTAMP",), [f"DTSTAMP:{now}"]))


def _with_words(lines: list[str], before: ItemDraft, after: ItemDraft) -> list[str]:
    """Put in the texts and words that differ; empty takes the property away."""
    texts = {
        name: escape_text(getattr(after, field) or "")
        for field, name in _TEXTS.items()
        if _differ(before, after, field)
    }
    for name, value in {**texts, **_words(before, after)}.items():
        lines = _replaced(lines, (name,), [f"{name}:{value}"] if value else [])
    return lines


def _differ(before: ItemDraft, after: ItemDraft, field: str) -> bool:
    return bool(getattr(before, field) != getattr(after, field))


def _with_times(lines: list[str], before: ItemDraft, after: ItemDraft) -> list[str]:
    """Put in the times that differ, each in the zone of the start."""
    for field, name in _TIMES.items():
        if _differ(before, after, field) or (field == "start" and before.timezone != after.timezone):
            moment = getattr(after, field)
            names = (name, "DURATION") if name in ("DTEND", "DUE") else (name,)
            zone = None if name == "COMPLETED" else after.timezone
            lines = _replaced(lines, names, [time_line(name, moment, zone)] if moment else [])
    if _differ(before, after, "recurrence_id") and after.recurrence_id is not None:
        line = time_line("RECURRENCE-ID", after.recurrence_id, after.timezone)
        line = line.replace("RECURRENCE-ID", "RECURRENCE-ID;RANGE=THISANDFUTURE", 1) if after.this_and_future else line
        lines = _replaced(lines, ("RECURRENCE-ID",), [line])
    return lines


def _with_lists(lines: list[str], before: ItemDraft, after: ItemDraft) -> list[str]:
    """Put in the recurrence and the tags where they differ."""
    if before.recurrence != after.recurrence:
        lines = _replaced(lines, _RECURRENCE, after.recurrence)
    if before.tags != after.tags:
        lines = _replaced(lines, ("CATEGORIES",), [categories_line(after.tags)] if after.tags else [])
    return lines


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


def _with_people(lines: list[str], before: ItemDraft, after: ItemDraft) -> list[str]:
    """Set PARTSTAT of those who answered since, take away who is no more; who is new gets a line of their own."""
    if before.attendees == after.attendees:
        return lines
    known = {_who(one) for one in before.attendees}
    answers = {_who(one): one.status for one in after.attendees}
    new = [one for one in after.attendees if _who(one) not in known]
    found: list[str] = []
    place = None
    for depth, line in _with_depths(lines):
        split = split_line(line) if depth == 1 else None
        head = parse_head(split[0]) if split else None
        if split is not None and head is not None and head.name in ("ATTENDEE", "ORGANIZER"):
            address = (head.value("EMAIL") or split[1]).strip()
            key = (head.name == "ORGANIZER", address[7:] if address[:7].lower() == "mailto:" else address)
            place = len(found)
            if key not in answers:
                continue
            place += 1
            status = answers[key]
            if not key[0] and status and (head.value("PARTSTAT") or "").lower() != status:
                params = [(name, text) for name, text in head.params if name != "PARTSTAT"]
                line = f"{join_head('ATTENDEE', [*params, ('PARTSTAT', status.upper())])}:{split[1]}"
        elif place is None and depth == 1 and _step(line):
            place = len(found)
        found.append(line)
    assert place is not None
    found[place:place] = [attendee_line(one) for one in new]
    return found


def _who(person: Attendee) -> tuple[bool, str]:
    return (person.organizer, person.email)


def _with_depths(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield each line with the number of components it stands in; BEGIN stands outside its own, END inside."""
    depth = 0
    for line in lines:
        yield depth, line
        depth += _step(line)


def _with_parties(lines: list[str], before: ItemDraft, after: ItemDraft) -> list[str]:
    """Write whom an event is about in the place of our own CONTACT lines; those of others stay."""
    if before.parties == after.parties:
        return lines
    others = [
        line
        for depth, line in _with_depths(lines)
        if not (depth == 1 and line[:8].upper() == "CONTACT;" and _is_own(line))
    ]
    end = next(at for at, (depth, line) in enumerate(_with_depths(others)) if depth == 1 and _step(line))
    return [*others[:end], *(party_line(party) for party in after.parties), *others[end:]]


def _is_own(line: str) -> bool:
    split = split_line(line)
    head = parse_head(split[0]) if split else None
    return head is not None and head.value(PARTY_ID) is not None


def _with_alarms(lines: list[str], before: ItemDraft, after: ItemDraft) -> list[str]:
    """Take away the alarms that are no more and add the new ones at the end; others keep their own lines."""
    if before.alarms == after.alarms:
        return lines
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
