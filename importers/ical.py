"""The iCalendar codec: RFC 5545 and vCalendar 1.0, read into drafts, written and edited without loss."""

from __future__ import annotations

from importers.ical_edit import patch
from importers.ical_read import read, read_item
from importers.ical_write import item_text, new_frame, with_zones, write

__all__ = ["item_text", "new_frame", "patch", "read", "read_item", "with_zones", "write"]
