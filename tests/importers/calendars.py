"""Calendars for tests, and the corpus of real ones, which lies beside the checkout."""

from __future__ import annotations

import io

import pytest

from crm_cli.domain.draft import Refusal
from crm_cli.domain.ical_item import CalendarDraft, CalendarText
from importers import ical
from tests.importers.corpus import FOLDER

FILES = sorted((FOLDER / "ical").glob("*.ics")) if FOLDER.is_dir() else []
needs_corpus = pytest.mark.skipif(not FILES, reason="the corpus of real calendars is not beside the checkout")


def calendars(data: bytes | str, name: str = "test.ics") -> list[CalendarDraft]:
    """Read the calendars of a file given as text or bytes."""
    found = list(ical.read(io.BytesIO(data.encode() if isinstance(data, str) else data), source=name))
    assert not [item for item in found if isinstance(item, Refusal)]
    return found  # type: ignore[return-value]


def only(data: bytes | str) -> CalendarDraft:
    """Read the one calendar of a file."""
    (found,) = calendars(data)
    return found


def written(drafts: list[CalendarDraft]) -> bytes:
    """Write calendars as they were read."""
    return b"".join(
        ical.write(CalendarText(draft.frame, {at: item.raw for at, item in enumerate(draft.items)}) for draft in drafts)
    )


def event(*lines: str) -> str:
    """Write the text of an event."""
    return "\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"])


def calendar(*parts: str, method: str | None = None) -> str:
    """Write the text of a calendar file."""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", *([f"METHOD:{method}"] if method else [])]
    return "\n".join([*head, *parts, "END:VCALENDAR", ""])
