"""Read the store with SQL, for reports nobody foresaw."""

from __future__ import annotations

from crm_cli.errors import UsageError
from crm_cli.store import readonly

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from crm_cli.store.store import Store

SECONDS = 30.0


def query(store: Store, *, text: str, seconds: float = SECONDS, limit: int | None = None) -> list[dict[str, Any]]:
    """Run one SELECT and return its rows by column name; raises UsageError for anything that would write."""
    if not text.strip():
        raise UsageError("There is no query.", hint='crm sql "SELECT name FROM contact"')
    return readonly.query(store, text, seconds=seconds, limit=limit)
