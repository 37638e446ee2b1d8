"""The fields of a person or firm as a form, and what was typed into it as the input of `add` and `edit`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.domain.party_input import PartyInput
from crm_cli.services import companies, contacts
from crm_cli.tui.dialogs.form import FormField

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from crm_cli.services.parties import Saved
    from crm_cli.tui.session import Session

_SINGLE = ("name", "company", "title", "department", "birthday", "notes", "owner")
# Fields of several values; the form shows the first and the preferred one comes first.
_SEVERAL = {"email": "emails", "phone": "phones"}
_LABELS = {
    "name": "Name",
    "company": "Company",
    "title": "Position",
    "department": "Department",
    "email": "E-mail",
    "phone": "Phone",
    "birthday": "Birthday",
    "notes": "Notes",
    "owner": "Owner",
}
_SHOWN = {
    "contact": ("name", "company", "title", "department", "email", "phone", "birthday", "owner", "notes"),
    "company": ("name", "email", "phone", "owner", "notes"),
}


def fields(kind: str, record: Any = None) -> list[FormField]:
    """Return the fields of a person or firm, filled from a record."""
    return [FormField(name, _LABELS[name], _value(record, name), long=name == "notes") for name in _SHOWN[kind]]


def _value(record: Any, name: str) -> str:
    if record is None:
        return ""
    if name in _SEVERAL:
        values = getattr(record, _SEVERAL[name])
        return str(values[0].value) if values else ""
    value = getattr(record, name)
    if name == "company":
        return value.name if value is not None else ""
    return value or ""


def save(session: Session, kind: str, row: int | None, changed: Mapping[str, str], record: Any = None) -> Saved:
    """Add (row None) or change a record; an emptied field is cleared, a changed mail or number takes the old place."""
    typed = PartyInput()
    clear, remove = [], []
    for name, value in changed.items():
        if name in _SEVERAL:
            old = _value(record, name)
            if old:
                remove.append(f"{name}={old}")
            if value:
                setattr(typed, name, [value])
        elif value:
            setattr(typed, name, value)
        elif row is not None:
            clear.append(name)
    typed.clear, typed.remove = clear, remove
    region, now = session.ctx.config.region, session.ctx.now()
    if row is None:
        add = contacts.add if kind == "contact" else companies.add
        return add(session.store, typed=typed, force=False, region=region, now=now)
    edit = contacts.edit if kind == "contact" else companies.edit
    return edit(session.store, row=row, typed=typed, region=region, now=now)
