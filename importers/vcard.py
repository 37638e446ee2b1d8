"""The vCard codec: versions 2.1, 3.0 and 4.0, read into drafts, written and edited without loss."""

from __future__ import annotations

from importers.vcard_edit import patch
from importers.vcard_read import read, read_card
from importers.vcard_write import stable_uid, write

__all__ = ["patch", "read", "read_card", "stable_uid", "write"]
