"""What tells a store from any other SQLite file."""

from __future__ import annotations

APPLICATION_ID = 0x63726D31  # "crm1", PRAGMA application_id
VERSION = 3  # PRAGMA user_version; one more with each migration
