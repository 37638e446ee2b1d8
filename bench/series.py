"""`python -m bench.series`: series against dateutil, agenda and import of events against the usual libraries.

    python -m bench.series [--count 10000] [--seed 1] [--events 1000]

The first figure is how many random series (`tests/domain/random_series.py`) have other times than dateutil finds; it
has to be none. The second is the CPU time of an agenda of two weeks over so many series, read from the store, as a
ratio to recurring-ical-events over the same calendar, parsed already. The third is the CPU time of importing as many
single events as series were compared, reading and journal included, as a ratio to parsing them with icalendar.
"""

from __future__ import annotations

import argparse
import gc
import io
import random
import statistics
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path

from crm_cli.services import agenda, calendar_texts, calendars
from crm_cli.store.store import Store
from importers import ical
from tests.domain.random_series import compared

_FIRST = date(2026, 3, 23)
_DAYS = 14
_RUNS = 7
_RULES = (
    "FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", "FREQ=DAILY;COUNT=400", "FREQ=MONTHLY;BYDAY=2TU",
    "FREQ=MONTHLY;BYMONTHDAY=15", "FREQ=YEARLY", "FREQ=WEEKLY;UNTIL=20261231T230000Z",
)  # fmt: skip


def calendar(count: int, chance: random.Random) -> bytes:
    """Return a calendar of so many series; every tenth has a time that was moved and one that was cancelled."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bench//bench//EN"]
    for number in range(count):
        start = datetime(2025, 1, 1, 6) + timedelta(days=chance.randrange(400), minutes=15 * chance.randrange(64))
        rule = chance.choice(_RULES)
        event = [f"UID:{number}", "DTSTAMP:20250101T000000Z", f"SUMMARY:Series {number}"]
        times = [f"DTSTART;TZID=Europe/Berlin:{start:%Y%m%dT%H%M%S}", "DURATION:PT1H"]
        lines += ["BEGIN:VEVENT", *event, *times, f"RRULE:{rule}"]
        if number % 10 == 0 and rule == "FREQ=WEEKLY":
            weeks = (datetime(2026, 3, 24) - start).days // 7
            moved, gone = (start + timedelta(weeks=weeks + step) for step in (0, 1))
            lines += [f"EXDATE;TZID=Europe/Berlin:{gone:%Y%m%dT%H%M%S}", "END:VEVENT", "BEGIN:VEVENT", *event]
            lines.append(f"RECURRENCE-ID;TZID=Europe/Berlin:{moved:%Y%m%dT%H%M%S}")
            lines.append(f"DTSTART;TZID=Europe/Berlin:{moved + timedelta(days=1):%Y%m%dT%H%M%S}")
        lines.append("END:VEVENT")
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def against_library(count: int) -> None:
    """Print the agenda's cost beside the library's; both must show the same number of times."""
    import icalendar
    import recurring_ical_events

    data = calendar(count, random.Random(1))
    parsed = icalendar.Calendar.from_ical(data)
    last = _FIRST + timedelta(days=_DAYS - 1)
    ours: list[float] = []
    theirs: list[float] = []
    shown = found = 0
    with tempfile.TemporaryDirectory() as folder, Store.open(str(Path(folder) / "crm.db"), create=True) as store:
        now = datetime(2026, 3, 1).astimezone()
        calendars.import_calendars(store, ical.read(io.BytesIO(data), source=""), now=now, localize=datetime.astimezone)
        # What the library keeps of its calendar is not to be looked through while we count.
        gc.freeze()
        for _ in range(_RUNS):
            start = time.process_time()
            shown = len(agenda.agenda(store, first=_FIRST, last=last, localize=datetime.astimezone).occurrences)
            middle = time.process_time()
            found = len(recurring_ical_events.of(parsed).between(_FIRST, last + timedelta(days=1)))
            ours.append(middle - start)
            theirs.append(time.process_time() - middle)
    print(f"agenda of {_DAYS} days, {count} series: {shown} times, {found} by recurring-ical-events")
    mine, other = statistics.median(ours), statistics.median(theirs)
    print(f"  {mine * 1000:.0f} ms, {other * 1000:.0f} ms, ratio {mine / other:.2f}")


def imported(count: int) -> None:
    """Print the cost of importing, importing again and exporting single events beside that of parsing them."""
    import icalendar

    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bench//bench//EN"]
    for number in range(count):
        start = datetime(2026, 1, 1, 8) + timedelta(hours=number)
        lines += ["BEGIN:VEVENT", f"UID:{number}", "DTSTAMP:20260101T000000Z", f"DTSTART:{start:%Y%m%dT%H%M%S}Z"]
        lines += ["DURATION:PT1H", f"SUMMARY:Meeting {number}", f"LOCATION:Room {number % 7}", "CATEGORIES:work"]
        lines += [f"ATTENDEE;CN=Anna:mailto:anna{number % 50}@example.org", "BEGIN:VALARM", "ACTION:DISPLAY"]
        lines += ["TRIGGER:-PT15M", "END:VALARM", "END:VEVENT"]
    data = "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()
    begin = time.process_time()
    icalendar.Calendar.from_ical(data)
    parsing = time.process_time() - begin
    now = datetime(2026, 3, 1).astimezone()
    print(f"{count} events, as ratios to parsing them with icalendar ({parsing:.1f} s)")
    with tempfile.TemporaryDirectory() as folder, Store.open(str(Path(folder) / "crm.db"), create=True) as store:

        def bring() -> None:
            drafts = ical.read(io.BytesIO(data), source="")
            calendars.import_calendars(store, drafts, now=now, localize=datetime.astimezone)

        def give() -> None:
            assert b"".join(ical.write(calendar_texts.whole(store, now=now))) == data

        for name, work in (("import", bring), ("import again", bring), ("export", give)):
            begin = time.process_time()
            work()
            print(f"  {name} {(time.process_time() - begin) / parsing:.2f}")


def main() -> None:
    """Run both."""
    parser = argparse.ArgumentParser(prog="python -m bench.series", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--events", type=int, default=1000)
    options = parser.parse_args()
    if options.events:
        against_library(options.events)
    imported(options.count)
    done, wrong = compared(options.seed, options.count)
    print(f"{done} random series compared, {len(wrong)} differ from dateutil")
    for series in wrong[:10]:
        print(f"  {series}")


if __name__ == "__main__":
    main()
