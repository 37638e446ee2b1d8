"""A VTIMEZONE of ours says the same as the zone it was made of, in few lines."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from importers.ical_zone import zone_lines


@pytest.mark.parametrize(
    "name", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "America/Santiago"]
)
def test_a_zone_has_the_offsets_of_its_description(name: str) -> None:
    described = icalendar.Timezone.from_ical("\r\n".join(zone_lines(name)).encode()).to_tz(lookup_tzid=False)
    zone, chance = ZoneInfo(name), random.Random(1)
    for _ in range(500):
        # Not in the hours a clock is changed in: some of them are there twice, some are not.
        moment = datetime(1975, 1, 1, chance.choice((5, 12, 20))) + timedelta(days=chance.randrange(62 * 365))
        assert moment.replace(tzinfo=described).utcoffset() == moment.replace(tzinfo=zone).utcoffset(), moment


def test_what_keeps_to_a_rule_is_a_rule() -> None:
    lines = zone_lines("Europe/Berlin")
    assert [line for line in lines if line.startswith("RRULE")] == [
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    ]  # fmt: skip
    assert sum(map(len, lines)) < 1_000
    assert not any(line.startswith("RRULE") for line in zone_lines("Africa/Casablanca"))
