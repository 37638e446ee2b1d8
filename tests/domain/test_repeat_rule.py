"""A follow-up's rule to repeat by, as calendars write it and read it."""

from __future__ import annotations

import pytest

from crm_cli.domain.repeat import repeat_of_rule
from crm_cli.services.calendar_records import repeat_rule


@pytest.mark.parametrize(
    ("rule", "due", "expected"),
    [
        ("FREQ=DAILY", "2025-11-21", "1d"),
        ("FREQ=WEEKLY;INTERVAL=2", "2025-11-21T10:00:00+01:00", "2w"),
        ("INTERVAL=1;FREQ=WEEKLY;WKST=MO;BYDAY=FR", "2025-11-21", "1w"),
        ("FREQ=MONTHLY;BYMONTHDAY=21", "2025-11-21", "1m"),
        ("freq=monthly;interval=3", "2025-10-31", "3m@31"),
        ("FREQ=YEARLY", "2025-11-21", "1y"),
        ("FREQ=WEEKLY;BYDAY=MO", "2025-11-21", None),
        ("FREQ=WEEKLY;BYDAY=MO,FR", "2025-11-21", None),
        ("FREQ=MONTHLY;BYMONTHDAY=1", "2025-11-21", None),
        ("FREQ=MONTHLY;BYDAY=2TU", "2025-11-21", None),
        ("FREQ=WEEKLY;COUNT=5", "2025-11-21", None),
        ("FREQ=WEEKLY;UNTIL=20260101", "2025-11-21", None),
        ("FREQ=HOURLY", "2025-11-21", None),
        ("FREQ=WEEKLY;INTERVAL=0", "2025-11-21", None),
        ("FREQ=WEEKLY;INTERVAL=x", "2025-11-21", None),
        ("FREQ=WEEKLY", None, None),
        ("nonsense", "2025-11-21", None),
    ],
)
def test_a_rule_of_a_calendar_is_ours_where_ours_can_say_it(rule: str, due: str | None, expected: str | None) -> None:
    assert repeat_of_rule([f"RRULE:{rule}"], due) == expected


def test_several_rules_or_exceptions_are_not_ours() -> None:
    assert repeat_of_rule(["RRULE:FREQ=WEEKLY", "EXDATE:20251128"], "2025-11-21") is None
    assert repeat_of_rule([], "2025-11-21") is None


@pytest.mark.parametrize("repeat", ["1d", "2w", "1m", "3m@31", "1y", "14d"])
def test_our_rule_comes_back_from_a_calendar(repeat: str) -> None:
    due = "2025-10-31" if "@" in repeat else "2025-11-21"
    assert repeat_of_rule(repeat_rule(repeat), due) == repeat
