"""The columns of the lists of people and firms that can be chosen, and how they can be ordered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from crm_cli import wording
from crm_cli.tui.widgets.record_list import Column

if TYPE_CHECKING:
    from crm_cli.tui.session import Session

    Cell = Callable[[Any, Session], str]


def _first(items: Sequence[Any]) -> str:
    return items[0].value if items else ""


def _city(record: Any, session: Session) -> str:
    """Return the town of a record; somebody without an address is where the firm is."""
    own = next((address.city for address in record.addresses if address.city), None)
    firm = record.company
    return own or (session.cities.get(firm.id, "") if firm is not None else "")


def _touched(record: Any, session: Session) -> str:
    last: str | None = record.last_contact_at
    return wording.when(last[:10], session.ctx.today()) if last else "–"


def _company(record: Any, _: Session) -> str:
    return record.company.name if record.company is not None else ""


_CELLS: Mapping[str, tuple[Column, Cell]] = {
    "company": (Column("Company", share=3), _company),
    "title": (Column("Position", share=2, from_width=64), lambda record, _: record.title or ""),
    "city": (Column("City", share=2, from_width=64), _city),
    "phone": (Column("Phone", share=2, from_width=64), lambda record, _: _first(record.phones)),
    "email": (Column("E-mail", share=3, from_width=64), lambda record, _: _first(record.emails)),
    "tags": (Column("Tags", share=2, from_width=64), lambda record, _: ", ".join(record.tags)),
    "owner": (Column("Owner", width=10, from_width=64), lambda record, _: record.owner or ""),
    "last_contact": (Column("Last contact", width=12, from_width=48), _touched),
}
_OF_COMPANIES = tuple(name for name in _CELLS if name not in ("company", "title"))
STANDARD: Mapping[str, Sequence[str]] = {
    "contact": ("company", "city", "last_contact"),
    "company": ("city", "phone", "last_contact"),
}
SORTS = {
    "name": "name",
    "last_contact": "last contact, newest first",
    "added": "newest first",
    "changed": "changed last first",
    "company": "firm",
    "city": "town",
}


def offered(kind: str) -> Mapping[str, str]:
    """Return name -> English heading of the columns beside the name, in their order."""
    names = _CELLS if kind == "contact" else _OF_COMPANIES
    return {name: _CELLS[name][0].heading for name in names}


def of(kind: str, chosen: Sequence[str]) -> list[Column]:
    """Return the columns of a list: the name, then the chosen ones in their order."""
    return [Column("Name", share=3), *(_CELLS[name][0] for name in offered(kind) if name in chosen)]


def cells(record: Any, chosen: Sequence[str], session: Session) -> list[str]:
    """Return the cells of a record."""
    return [record.name, *(cell(record, session) for name, (_, cell) in _CELLS.items() if name in chosen)]
