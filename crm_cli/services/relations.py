"""Tie people and firms together, and show the ties."""

from __future__ import annotations

from crm_cli.domain.record_ref import RecordRef
from crm_cli.domain.relation import (
    EMPLOYEE_OF,
    EMPLOYS,
    KINDS,
    KNOWS,
    REPORTS_TO,
    CompanyDetails,
    ContactDetails,
    Relation,
    read_kind,
)
from crm_cli.errors import Conflict, NotFound, UsageError
from crm_cli.store import companies, contacts, employments, parties, relations
from crm_cli.store.store import utc_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from crm_cli.domain.company import Company
    from crm_cli.domain.contact import Contact
    from crm_cli.domain.who import Match
    from crm_cli.store.store import Store


def kind_of(text: str) -> str:
    """Return the kind of tie a typed word means; raises UsageError with the known ones."""
    kind = read_kind(text)
    if kind is None:
        raise UsageError("“{kind}” is no kind of relation.", kind=text, hint=", ".join(KINDS))
    return kind


def details(store: Store, *, row: int) -> ContactDetails:
    """Return a person with their jobs and ties; raises NotFound."""
    ties = tuple(of(store, kind="contact", row=row))
    return ContactDetails(**_values(contacts.get(store.connection, row)), relations=ties)


def company_details(store: Store, *, row: int) -> CompanyDetails:
    """Return a firm with its people and ties; raises NotFound."""
    ties = tuple(of(store, kind="company", row=row))
    return CompanyDetails(**_values(companies.get(store.connection, row)), relations=ties)


def _values(record: Contact | Company) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__match_args__}


def of(store: Store, *, kind: str, row: int) -> list[Relation]:
    """Return the jobs, then the other ties of a person or firm."""
    return [
        *employments.list_of(store.connection, kind, row),
        *relations.list_of(store.connection, kind, row),
    ]


def relate(
    store: Store,
    *,
    kind: str,
    source: Match,
    target: Match,
    title: str | None = None,
    start_on: str | None = None,
    end_on: str | None = None,
    now: datetime,
) -> Relation:
    """Tie two records: `source` KIND `target`. Doing it again changes title and period of a job, else nothing.

    Days are typed: a date, a month or a year. Raises UsageError for ends that do not fit the kind, Conflict where a
    person would report to themselves, by whatever chain.
    """
    kind, source, target = _fitting(kind, source, target)
    period = {"title": title, "start_on": _day(start_on), "end_on": _day(end_on)}
    given: dict[str, Any] = {name: value for name, value in period.items() if value is not None}
    if given and kind != EMPLOYEE_OF:
        raise UsageError("--title, --from and --until belong to employee_of.")
    if start_on and end_on and given["end_on"] < given["start_on"][: len(given["end_on"])]:
        raise UsageError("The period ends before it begins.")
    with store.transaction(now):
        if kind == EMPLOYEE_OF:
            _employ(store, source, target, given, now)
        elif not _known(store, kind, source, target):
            _refuse_circle(store, kind, source, target)
            relations.add(store.connection, kind, source, target)
            _stamp(store, source, target, now)
    return Relation(kind, RecordRef(source.id, source.name), RecordRef(target.id, target.name), **given)


def unrelate(store: Store, *, kind: str, source: Match, target: Match, now: datetime) -> Relation:
    """Take a tie away, a job with its whole period; raises NotFound where there is none."""
    kind, source, target = _fitting(kind, source, target)
    with store.transaction(now):
        if kind == EMPLOYEE_OF:
            found = employments.delete_at(store.connection, source.row, target.row) > 0
        else:
            number = _known(store, kind, source, target)
            found = number is not None
            if number is not None:
                relations.delete(store.connection, number)
        if not found:
            raise NotFound(
                "There is no relation {source} {kind} {target}.", source=source.name, kind=kind, target=target.name
            )
        _stamp(store, source, target, now)
    return Relation(kind, RecordRef(source.id, source.name), RecordRef(target.id, target.name))


def _fitting(kind: str, source: Match, target: Match) -> tuple[str, Match, Match]:
    """Turn `employs` round, and refuse ends that a tie of this kind cannot have."""
    if kind == EMPLOYS:
        kind, source, target = EMPLOYEE_OF, target, source
    expected = {EMPLOYEE_OF: ("contact", "company"), REPORTS_TO: ("contact", "contact")}.get(kind)
    if expected is not None and (source.kind, target.kind) != expected:
        raise UsageError("{kind} ties a {first} to a {second}.", kind=kind, first=expected[0], second=expected[1])
    if (source.kind, source.row) == (target.kind, target.row):
        raise UsageError("{name} cannot be tied to itself.", name=source.name)
    return kind, source, target


def _known(store: Store, kind: str, source: Match, target: Match) -> int | None:
    """Return the tie where it is known; knowing each other has no direction."""
    found = relations.find(store.connection, kind, source, target)
    if found is None and kind == KNOWS:
        found = relations.find(store.connection, kind, target, source)
    return found


def _refuse_circle(store: Store, kind: str, source: Match, target: Match) -> None:
    if kind == REPORTS_TO and source.row in relations.reached(store.connection, kind, target.row):
        raise Conflict("{target} already reports to {source}.", source=source.name, target=target.name)


def _employ(store: Store, person: Match, firm: Match, given: dict[str, Any], now: datetime) -> None:
    connection = store.connection
    job = employments.open_at(connection, person.row, firm.row)
    if job is None:
        employments.add(connection, person.row, firm.row, **given)
    elif given:
        employments.update(connection, job, **given)
    else:
        return
    present = employments.current(connection, person.row)
    if "title" in given and present is not None and present[1] == firm.row and "end_on" not in given:
        contacts.update(connection, person.row, stamp=utc_text(now), title=given["title"])
    _stamp(store, person, firm, now)


def _stamp(store: Store, source: Match, target: Match, now: datetime) -> None:
    for match in (source, target):
        parties.stamp(store.connection, match.kind, [match.row], utc_text(now))


def _day(text: str | None) -> str | None:
    if text is None:
        return None
    from crm_cli.domain.day import read_period

    return read_period(text)
