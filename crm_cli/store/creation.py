"""A new store. Apart from `store.py`, because opening an existing one needs neither the schema nor the triggers."""

from __future__ import annotations

from crm_cli.store import journal
from crm_cli.store.schema import DDL
from crm_cli.store.version import APPLICATION_ID, VERSION

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3


def create(connection: sqlite3.Connection, *, device: str) -> None:
    """Make the schema of a new store in one transaction; `device` is the id of this copy."""
    script = ";\n".join(
        (
            "BEGIN IMMEDIATE",
            DDL.strip().rstrip(";"),
            f"INSERT INTO meta (key, value) VALUES ('device', '{device}')",
            f"PRAGMA application_id = {APPLICATION_ID}",
            f"PRAGMA user_version = {VERSION}",
        )
    )
    connection.executescript(script + ";")
    for statement in journal.trigger_ddl(connection):
        connection.execute(statement)
    connection.execute("COMMIT")
