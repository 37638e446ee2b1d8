"""The public holidays of the German states, by rule.

The laws of the sixteen states since 1995 fit on a page; the `holidays` package, which knows every country, takes
twelve times as long to import as a bare Python takes to start, and `wv:+3at` needs it for every log line.
"""

from __future__ import annotations

from datetime import date, timedelta

STATES = ("BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH")

_FIRST_YEAR = 1995  # before, the Day of Repentance was a holiday everywhere
# Month and day, the first year, the states (none: all of them).
_FIXED: tuple[tuple[int, int, int, str], ...] = (
    (1, 1, 0, ""),
    (1, 6, 0, "BW BY ST"),
    (3, 8, 2019, "BE"),
    (3, 8, 2023, "MV"),
    (5, 1, 0, ""),
    (8, 15, 0, "SL"),
    (9, 20, 2019, "TH"),
    (10, 3, 0, ""),
    (10, 31, 0, "BB MV SN ST TH"),
    (10, 31, 2018, "HB HH NI SH"),
    (11, 1, 0, "BW BY NW RP SL"),
    (12, 25, 0, ""),
    (12, 26, 0, ""),
)
# Days after Easter Sunday: Good Friday, Easter Sunday and Monday, Ascension, Whit Sunday and Monday, Corpus Christi.
_EASTER: tuple[tuple[int, str], ...] = (
    (-2, ""),
    (0, "BB"),
    (1, ""),
    (39, ""),
    (49, "BB"),
    (50, ""),
    (60, "BW BY HE NW RP SL"),
)
# Once: 500 years of the Reformation everywhere; in Berlin 75 and 80 years of the end of the war, 75 of 17 June 1953.
_ONCE = (
    (date(2017, 10, 31), ""),
    (date(2020, 5, 8), "BE"),
    (date(2025, 5, 8), "BE"),
    (date(2028, 6, 17), "BE"),
)


def german_holidays(year: int, state: str | None = None) -> frozenset[date] | None:
    """Return the public holidays of a state, or without one those that all states share.

    None where the table does not reach: a year before 1995, or no state of Germany. What holds only in some towns
    (Augsburg's Peace Festival, Assumption in Bavaria's Catholic ones) is left out.
    """
    if year < _FIRST_YEAR or (state is not None and state not in STATES):
        return None
    easter = easter_sunday(year)
    days = [date(year, month, day) for month, day, since, states in _FIXED if year >= since and _holds(states, state)]
    days += [easter + timedelta(offset) for offset, states in _EASTER if _holds(states, state)]
    days += [day for day, states in _ONCE if day.year == year and _holds(states, state)]
    if state == "SN":
        days.append(_repentance(year))
    return frozenset(days)


def _holds(states: str, state: str | None) -> bool:
    return not states or (state is not None and state in states.split())


def _repentance(year: int) -> date:
    """Return the Wednesday before 23 November."""
    last = date(year, 11, 22)
    return last - timedelta((last.weekday() - 2) % 7)


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Gauss's rule as completed by Lichtenberg)."""
    century = year // 100
    shift = 15 + (3 * century + 3) // 4 - (8 * century + 13) // 25
    sun = 2 - (3 * century + 3) // 4
    moon = year % 19
    seed = (19 * moon + shift) % 30
    correction = seed // 29 + (seed // 28 - seed // 29) * (moon // 11)
    full_moon = 21 + seed - correction
    sunday = 7 - (year + year // 4 + sun) % 7
    return date(year, 3, 1) + timedelta(full_moon + 7 - (full_moon - sunday) % 7 - 1)
