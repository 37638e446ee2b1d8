"""Backups and their rotation, and what a check of the store found."""

from __future__ import annotations

from dataclasses import dataclass, field

from crm_cli.errors import fill

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from typing import Any

# Of the backups older than the newest `keep`: the last one of each of so many days and of so many weeks.
_DAYS = 7
_WEEKS = 4


@dataclass(frozen=True, slots=True)
class BackupFile:
    """One backup on disk; `at` is aware. `reason` is empty, or `restore` for what a restore put aside."""

    path: str
    at: datetime
    bytes: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Restored:
    """A store that was replaced by `source`; `kept` is where the one before is, None if there was none."""

    store: str
    source: str
    kept: str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check found. `severity` is `damage`, `warning` or `repaired`.

    `template` is an English text with places for `params`; the front ends translate it.
    """

    severity: str
    template: str
    params: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, str]:
        """Return the finding as scripts read it, in English."""
        return {"severity": self.severity, "message": fill(self.template, self.params)}


def expendable(backups: Iterable[BackupFile], keep: int) -> list[BackupFile]:
    """Return which backups rotation gives up: all but the newest `keep`, and the last of each day and week.

    The last one of a day is held for the seven newest days that have any, that of a week for the four newest.
    """
    days: set[object] = set()
    weeks: set[object] = set()
    gone = []
    for index, backup in enumerate(sorted(backups, key=lambda backup: backup.at, reverse=True)):
        day, week = backup.at.date(), backup.at.isocalendar()[:2]
        first_of_day = day not in days and len(days) < _DAYS
        first_of_week = week not in weeks and len(weeks) < _WEEKS
        days.add(day)
        weeks.add(week)
        if index >= keep and not first_of_day and not first_of_week:
            gone.append(backup)
    return gone
