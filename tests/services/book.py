"""An address book written with plain SQL, as the sqlite3 shell would write it."""

from __future__ import annotations

from datetime import UTC, datetime

from crm_cli.domain.contact import email_key
from crm_cli.domain.phone import phone_e164
from crm_cli.store.store import Store, new_uid

NOW = datetime(2025, 11, 19, 9, 0, tzinfo=UTC)
STAMP = "2025-11-19T09:00:00Z"

# The address book of the log line's specification.
SPECIFIED = (
    ("Hans Müller", "Ehrler Prüftechnik GmbH"),
    ("Sabine Freitag", "Kettenbaum AG"),
    ("Petra März", "Invitek GmbH"),
    ("Jürgen Muller", "Frenkel KG"),
    ("Jana Schmidt", "Rathgeber SE"),
    ("Anna Schmidt", "Ehrler Prüftechnik GmbH"),
    ("Tom Sommer", "Sommer GmbH"),
    ("Bob Miller", "Acme Inc."),
)


def insert(store: Store, table: str, **values: object) -> int:
    """Insert a row; record tables get an id and stamps."""
    if table in ("contact", "company", "deal", "task", "interaction"):
        values = {"uid": new_uid(), "created_at": STAMP, "updated_at": STAMP, **values}
    marks = ", ".join("?" for _ in values)
    cursor = store.connection.execute(
        f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values())
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def company(store: Store, name: str, *phones: str) -> int:
    """Return the row of a firm, made if it does not exist."""
    found = store.connection.execute("SELECT id FROM company WHERE name = ?", (name,)).fetchone()
    row = found[0] if found else insert(store, "company", name=name)
    for value in phones:
        insert(store, "phone", company_id=row, value=value, e164=phone_e164(value))
    return row


def contact(
    store: Store, name: str, firm: str | None = None, *, email: str | None = None, phone: str | None = None, **more
) -> int:
    """Insert a person, with an employer."""
    row = insert(store, "contact", name=name, **more)
    if firm:
        insert(store, "employment", contact_id=row, company_id=company(store, firm))
    if email:
        insert(store, "email", contact_id=row, value=email, folded=email_key(email))
    if phone:
        insert(store, "phone", contact_id=row, value=phone, e164=phone_e164(phone))
    return row


def specified(store: Store) -> None:
    """Insert the specification's address book."""
    with store.transaction(NOW):
        for name, firm in SPECIFIED:
            contact(store, name, firm)
