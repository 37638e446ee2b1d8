"""Random series of events, and the times dateutil finds for them: what ours must equal.

Zones with unusual rules, starts in the hours the clock changes in, every part of a rule, both kinds of UNTIL,
EXDATE and RDATE in three spellings.
"""

from __future__ import annotations

import random
import warnings
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rruleset, rrulestr

from crm_cli.domain.recurrence import MOST_FOUND, expand

ZONES = (
    "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "America/St_Johns",
    "Asia/Kathmandu", "Pacific/Apia", "America/Santiago", "Asia/Tehran", "UTC",
)  # fmt: skip
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# How far a window may reach, so that dateutil, which tries every second, comes to an end.
_REACH = {"YEARLY": 2500, "MONTHLY": 900, "WEEKLY": 500, "DAILY": 300, "HOURLY": 20, "MINUTELY": 1, "SECONDLY": 0.02}
_MOST_STEPS = 3_000


class Series:
    """A series: `start` naive in `zone` (None: floating or whole days), its lines, and a window to look at."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        kind = chance.choice(("zoned",) * 8 + ("floating", "days"))
        self.zone = ZoneInfo(chance.choice(ZONES)) if kind == "zoned" else None
        self.whole_days = kind == "days"
        day = date(2018, 1, 1) + timedelta(days=chance.randrange(3600))
        if self.zone is not None and chance.random() < 0.6:
            day = _near_change(day, self.zone, chance)
        hour = chance.randrange(4) if chance.random() < 0.6 else chance.randrange(24)
        minute = chance.choice((0, 0, 15, 30, 45))
        self.start = datetime.combine(day, time() if self.whole_days else time(hour, minute))
        frequency = chance.choice(
            ("YEARLY", "MONTHLY", "MONTHLY", "WEEKLY", "WEEKLY", "DAILY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY")
        )
        if self.whole_days:
            frequency = chance.choice(("YEARLY", "MONTHLY", "WEEKLY", "DAILY"))
        reach = timedelta(days=_REACH[frequency])
        self.after = self.start + chance.uniform(-0.2, 0.9) * reach
        self.after = self.after.replace(microsecond=0)
        self.before = self.after + timedelta(seconds=int(chance.uniform(0.05, 1) * reach.total_seconds()))
        self.rule = ";".join([f"FREQ={frequency}", *self._parts(frequency)])
        self.until: datetime | None = None
        end = ""
        if chance.random() < 0.4:
            end = f";COUNT={chance.choice((1, 2, 5, 30, 200))}"
        elif chance.random() < 0.6:
            end = ";UNTIL=" + self._until(reach)
        self.lines = [f"RRULE:{self.rule}{end}"]
        self.extra = [self._moment(reach) for _ in range(chance.choice((0, 0, 0, 1, 3)))]
        self.gone: list[datetime] = []
        if not self.whole_days:
            self.lines += [self._written("RDATE", moment) for moment in self.extra]
        else:
            self.extra = [datetime.combine(moment, time()) for moment in self.extra]
            self.lines += [f"RDATE;VALUE=DATE:{moment:%Y%m%d}" for moment in self.extra]

    def _parts(self, frequency: str) -> list[str]:
        chance, parts = self.chance, []
        if chance.random() < 0.5:
            parts.append(f"INTERVAL={chance.choice((1, 2, 3, 5))}")
        if frequency in ("MINUTELY", "SECONDLY"):
            return parts
        if chance.random() < 0.4:
            ordinal = frequency in ("MONTHLY", "YEARLY") and chance.random() < 0.6
            days = chance.sample(_DAYS, chance.randrange(1, 4))
            parts.append("BYDAY=" + ",".join(f"{chance.choice((1, 2, -1)) if ordinal else ''}{day}" for day in days))
        if frequency in ("MONTHLY", "YEARLY") and chance.random() < 0.4:
            parts.append("BYMONTHDAY=" + ",".join(map(str, chance.sample((1, 2, 15, 29, 30, 31, -1, -2), 2))))
        if frequency == "YEARLY" and chance.random() < 0.2:
            # Not the first and last weeks: dateutil counts a week 53 in years that have none.
            parts.append(chance.choice(("BYYEARDAY=1,100,-1,366", "BYWEEKNO=2,20,-20")))
        if chance.random() < 0.25:
            parts.append("BYMONTH=" + ",".join(map(str, chance.sample(range(1, 13), 3))))
        if not self.whole_days and chance.random() < 0.3:
            parts.append("BYHOUR=" + ",".join(map(str, sorted(chance.sample(range(24), 2)))))
        if not self.whole_days and frequency != "HOURLY" and chance.random() < 0.2:
            parts.append("BYMINUTE=0,30")
        if frequency in ("MONTHLY", "YEARLY") and any(part[:5] == "BYDAY" for part in parts) and chance.random() < 0.5:
            parts.append(f"BYSETPOS={chance.choice(('1', '-1', '2,-1'))}")
        if chance.random() < 0.2:
            parts.append(f"WKST={chance.choice(_DAYS)}")
        return parts

    def _moment(self, reach: timedelta) -> datetime:
        moment = self.start + self.chance.uniform(0, 1) * reach
        return moment.replace(minute=self.chance.choice((0, 30)), second=0, microsecond=0)

    def _until(self, reach: timedelta) -> str:
        moment = self._moment(reach)
        if self.whole_days:
            self.until = datetime.combine(moment, time())
            return f"{moment:%Y%m%d}"
        self.until = moment if self.zone is None else moment.replace(tzinfo=UTC)
        return f"{moment:%Y%m%dT%H%M%S}" + ("Z" if self.zone is not None else "")

    def _written(self, name: str, moment: datetime) -> str:
        if self.zone is None:
            return f"{name}:{moment:%Y%m%dT%H%M%S}"
        utc = moment.replace(tzinfo=self.zone).astimezone(UTC)
        # What has gone through UTC is the time it comes back as: the one after the gap.
        if self.chance.random() < 0.5 and utc.astimezone(self.zone).replace(tzinfo=None) == moment:
            return f"{name}:{utc:%Y%m%dT%H%M%SZ}"
        return f"{name};TZID={self.zone.key}:{moment:%Y%m%dT%H%M%S}"

    def _aware(self, moment: datetime) -> datetime:
        return moment if self.zone is None else moment.replace(tzinfo=self.zone)

    def wanted(self) -> list[datetime] | None:
        """Return dateutil's times in the window; None for a rule it refuses or that takes it too long.

        Some of them become exceptions of the series.
        """
        until = self.until
        count = self.lines[0].partition(";COUNT=")[2]
        try:
            with warnings.catch_warnings():
                # A count beside an end: dateutil warns of what it does as it should.
                warnings.simplefilter("ignore")
                end = self._aware(self.before)
                end = end if until is None else min(end, until)
                rule = rrulestr(self.rule, dtstart=self._aware(self.start))
                rule = rule.replace(until=end, count=int(count) if count else None)
        except ValueError:
            return None
        found = []
        for step, moment in enumerate(rule):
            if step > _MOST_STEPS:
                return None
            found.append(moment)
        self.gone = [moment for moment in found if self.chance.random() < 0.1][:20]
        every = rruleset()
        for moment in (*found, *map(self._aware, self.extra)):
            every.rdate(moment)
        for moment in self.gone:
            every.exdate(moment)
            bare = moment.replace(tzinfo=None)
            line = f"EXDATE;VALUE=DATE:{bare:%Y%m%d}" if self.whole_days else self._written("EXDATE", bare)
            self.lines.append(line)
        first, last = self._aware(self.after), self._aware(self.before)
        inside = [moment.replace(tzinfo=None) for moment in every if first <= moment < last]
        return inside if len(inside) <= MOST_FOUND else None

    def ours(self) -> list[datetime] | None:
        """Return our times in the window; None where they were cut."""
        found = expand(self.start, self.lines, zone=self.zone, after=self.after, before=self.before)
        assert not found.unreadable, self
        return None if found.truncated else found.starts

    def __repr__(self) -> str:
        return f"{self.start} {self.zone} {self.lines} [{self.after}, {self.before})"


def _near_change(day: date, zone: ZoneInfo, chance: random.Random) -> date:
    """Return a day up to three days before the next change of a zone's clock, if there is one within a year."""
    noon = datetime.combine(day, time(12), tzinfo=zone)
    for step in range(366):
        if (noon + timedelta(days=step)).utcoffset() != (noon + timedelta(days=step + 1)).utcoffset():
            return day + timedelta(days=step + 1 - chance.randrange(4))
    return day


def compared(seed: int, count: int) -> tuple[int, list[Series]]:
    """Compare so many series; return how many could be compared, and those that differ."""
    chance = random.Random(seed)
    done, wrong = 0, []
    for _ in range(count):
        series = Series(chance)
        wanted = series.wanted()
        found = None if wanted is None else series.ours()
        if found is None:
            continue
        done += 1
        if found != wanted:
            wrong.append(series)
    return done, wrong
