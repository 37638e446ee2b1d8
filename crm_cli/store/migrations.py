"""Upgrades of older store files, append only; `VERSION` in `version.py` counts them.

Each step runs in a transaction of its own with its version number; a verified
backup is made before the first. The journal triggers are rebuilt afterwards,
because a table that is copied and renamed loses them silently.
"""

from __future__ import annotations

from crm_cli.store import journal
from crm_cli.store.version import VERSION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.store.store import Store

TO_2 = (
    # The order of long lists; filled with the next write, when the search index is made anew.
    "UPDATE search_state SET version = 0",
    "CREATE TABLE contact_order (id INTEGER PRIMARY KEY, key TEXT NOT NULL) STRICT",
    "CREATE INDEX contact_order_key ON contact_order (key)",
    "CREATE TABLE company_order (id INTEGER PRIMARY KEY, key TEXT NOT NULL) STRICT",
    "CREATE INDEX company_order_key ON company_order (key)",
    "CREATE INDEX change_inserted ON change (entity, row_id) WHERE operation = 'insert' AND uid IS NULL",
    "CREATE INDEX change_altered ON change (change_set_id, entity) WHERE operation <> 'insert'",
    "CREATE INDEX change_of_record ON change (change_set_id, entity, operation) WHERE uid IS NOT NULL",
    "ALTER TABLE sync_collection ADD COLUMN entries INTEGER NOT NULL DEFAULT 0 CHECK (entries IN (0, 1))",
    "ALTER TABLE sync_collection ADD COLUMN companies INTEGER NOT NULL DEFAULT 0 CHECK (companies IN (0, 1))",
    "ALTER TABLE sync_state DROP COLUMN ctag",
)
TO_3 = ("CREATE INDEX contact_birthday ON contact (substr(birthday, -5)) WHERE birthday IS NOT NULL",)

# What takes a file from one version to the next, as statements of plain SQL: STEPS[n] goes from version n + 1 to
# n + 2. Version 1 is the first that was in anybody's hands.
STEPS: tuple[tuple[str, ...], ...] = (TO_2, TO_3)


def migrate(store: Store) -> None:
    """Run the steps a file lacks, after a backup beside it. The caller holds the writers' lock."""
    from crm_cli.store.backup import write_backup

    connection = store.connection
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    assert store.path is not None
    write_backup(connection, f"{store.path}.before-schema-{VERSION}")
    for number, step in enumerate(STEPS[version - 1 :], start=version + 1):
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN IMMEDIATE")
        try:
            for statement in step:
                connection.execute(statement)
            for statement in journal.trigger_ddl(connection):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        finally:
            connection.execute("PRAGMA foreign_keys = ON")
