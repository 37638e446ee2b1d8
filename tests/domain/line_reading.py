"""Read a log line against the address book of the specification: Wednesday 2025-11-19 10:00 in Berlin."""

from __future__ import annotations

from datetime import datetime

from crm_cli.domain.log_line import LogLine, LogOptions, parse_log_line
from tests.domain.address_book import AddressBook
from tests.domain.date_reading import HOLIDAYS, WEDNESDAY, localize


def parse(
    text: str, *, book: AddressBook | None = None, options: LogOptions | None = None, now: datetime = WEDNESDAY
) -> LogLine:
    """Parse a line; every test of the grammar goes through here."""
    return parse_log_line(
        text,
        now=now,
        who=book or AddressBook(),
        localize=localize,
        is_holiday=lambda day: day in HOLIDAYS,
        options=options,
    )


def names(line: LogLine) -> list[object]:
    """Return who was named: a name, a list of names where it is ambiguous, None where nobody is called so."""
    return [
        who.match.name if who.match else [match.name for match in who.matches] or None for who in line.whos
    ]  # fmt: skip


def said(line: LogLine) -> dict[str, object]:
    """Return what differs from a plain note of now, for tables."""
    found: dict[str, object] = {
        "kind": line.kind,
        "direction": line.direction,
        "at": line.at.isoformat(),
        "text": line.text,
        "whos": names(line),
        "duration": line.duration_min,
        "outcome": line.outcome,
        "details": line.details,
        "km": line.distance_km,
        "tags": line.tags,
        "ticket": line.ticket,
        "campaign": line.campaign,
        "needs": line.needs,
        "requests": line.requests,
        "deal": (line.deal, line.stage, line.value.amount if line.value else None, line.probability),
        "followups": [(task.text, task.due.isoformat() if task.due else None) for task in line.followups],
        "warnings": [str(warning) for warning in line.warnings],
        "all_day": line.all_day,
        "approximate": line.approximate,
    }
    plain = {"kind": "note", "at": "2025-11-19T10:00:00+01:00", "deal": (None, None, None, None)}
    return {key: value for key, value in found.items() if value and value != plain.get(key)}
