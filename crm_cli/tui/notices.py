"""Notices that a screen may show at the very moment they end.

Textual asks a notification twice how long it has left: to leave out what is over, and to start its timer. Where the end
lies between the two, the timer gets a negative interval, which Textual counts in a loop without end or pause; the
program then stands still and no signal ends it.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import time

from textual.notifications import Notification

_SHORTEST = 0.05  # seconds that a timer waits at least


@dataclass
class Notice(Notification):
    """A notification that always has a moment left, though it may be over."""

    @property
    def time_left(self) -> float:
        """Seconds to show it, always more than none."""
        return max(self._rest(), _SHORTEST)

    @property
    def has_expired(self) -> bool:
        """Is its time over?"""
        return self._rest() <= 0

    def _rest(self) -> float:
        return self.raised_at + self.timeout - time()
