"""Real calendars, whole: what goes in comes out."""

from __future__ import annotations

import io
import random
import re

from crm_cli.domain.ical_item import CalendarDraft
from importers import ical
from importers.ical_times import Zones
from tests.importers.calendars import FILES, calendars, needs_corpus, written
from tests.importers.corpus import measure

pytestmark = needs_corpus


def test_every_component_of_the_corpus_is_read_and_nothing_is_lost() -> None:
    tool = measure()
    present = read = lossless = 0
    lost_in = []
    for path in FILES:
        data = path.read_bytes()
        source = tool.decode(data)
        present += len(re.findall(rf"(?mi)^\s*BEGIN:\s*({'|'.join(tool.KINDS)})", source.replace("\r", "\n")))
        drafts = calendars(data)
        read += sum(len(draft.items) for draft in drafts)
        lost = tool.tolerant(source) - tool.tolerant(written(drafts).decode())
        lossless += not lost
        lost_in += [path.name] if lost else []
    assert (present, read, lossless) == (1915, 1915, 69)
    # Fuzzed files in no encoding: the measure reads their bytes as Latin-1, where we find Windows-1252.
    assert lost_in == [f"libical.libical__{name}.ics" for name in ("crash", "issue253", "malloc")]


def test_a_second_export_is_equal_to_the_first() -> None:
    for path in FILES:
        first = written(calendars(path.read_bytes()))
        assert written(calendars(first)) == first, path.name


def test_an_export_is_utf8_with_crlf_and_short_lines() -> None:
    for path in FILES:
        for line in written(calendars(path.read_bytes())).decode().split("\r\n"):
            assert "\n" not in line
            assert len(line.encode()) <= 75, path.name


def test_an_item_reads_the_same_again_and_an_edit_touches_its_property_only() -> None:
    tool = measure()
    for path in FILES:
        for draft in calendars(path.read_bytes()):
            zones = Zones([part for part in draft.frame if isinstance(part, str)])
            for item in draft.items[:20]:
                before = ical.read_item(item.raw, zones)
                item.line = 0
                assert before == item, path.name
                assert ical.patch(item.raw, before, before, stamp="2025-11-19T09:00:00Z") == item.raw
                after = ical.read_item(item.raw, zones)
                after.title = "Neu; und, ü"
                edited = ical.patch(item.raw, before, after, stamp="2025-11-19T09:00:00Z")
                assert ical.read_item(edited, zones).title == "Neu; und, ü"
                changed = (tool.tolerant(item.raw) - tool.tolerant(edited)) + (
                    tool.tolerant(edited) - tool.tolerant(item.raw)
                )
                assert {key[0] for key in changed} <= {"SUMMARY", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED"}, path.name


def test_damaged_files_are_read_and_written_without_an_exception() -> None:
    chance = random.Random(7)
    tokens = [b"BEGIN:VEVENT\n", b"END:VCALENDAR\n", b"\r", b"\n ", b"\x00", b"\xff", b";TZID=", b":", b'"', b"=\n"]
    files = [path.read_bytes()[:6000] for path in FILES]
    for _ in range(300):
        data = bytearray(chance.choice(files))
        for _ in range(chance.randrange(1, 8)):
            at = chance.randrange(len(data) + 1)
            data[at : at + chance.randrange(0, 30)] = chance.choice(tokens)
        found = list(ical.read(io.BytesIO(bytes(data)), source="x"))
        first = written([draft for draft in found if isinstance(draft, CalendarDraft)])
        again = ical.read(io.BytesIO(first), source="x")
        assert written([draft for draft in again if isinstance(draft, CalendarDraft)]) == first
