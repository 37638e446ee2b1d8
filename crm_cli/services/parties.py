"""What contacts and companies have in common when they are added, edited and deleted."""

from __future__ import annotations

from dataclasses import replace

from crm_cli.domain.contact import email_key
from crm_cli.domain.field import named, read_value, split_pair, undeclared
from crm_cli.domain.merging import address_key, number_key
from crm_cli.domain.reach import read_address
from crm_cli.domain.record_ref import RecordRef
from crm_cli.domain.text import digits, words
from crm_cli.errors import Conflict, NotFound, UsageError
from crm_cli.services import resolve
from crm_cli.store import fields as field_store
from crm_cli.store import merging, parties, search, tags
from crm_cli.store.store import utc_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from typing import Any

    from crm_cli.domain.company import Company
    from crm_cli.domain.contact import Contact
    from crm_cli.domain.draft import ContactDraft
    from crm_cli.domain.who import Match
    from crm_cli.store.store import Store

_TABLES = {"email": "emails", "phone": "phones", "address": "addresses", "link": "links", "tag": "tags"}
_SIMILAR_SHOWN = 3


class Saved:
    """A record that was written, and what is to be said about it.

    `created` is the company that was made for `--company`, `linked` the existing one where it is called otherwise than
    typed, `unreadable` what was kept without being understood, `similar` the records this one may be.
    """

    __slots__ = ("created", "linked", "record", "similar", "unreadable")

    def __init__(
        self,
        record: Contact | Company,
        *,
        unreadable: Sequence[tuple[str, str]] = (),
        similar: Sequence[Match] = (),
        created: RecordRef | None = None,
        linked: RecordRef | None = None,
    ) -> None:
        self.record = record
        self.unreadable = list(unreadable)
        self.similar = list(similar)
        self.created = created
        self.linked = linked


def load(store: Store, kind: str, row: int) -> Contact | Company:
    """Return a person or a firm; raises NotFound."""
    if kind == "contact":
        from crm_cli.store import contacts

        return contacts.get(store.connection, row)
    from crm_cli.store import companies

    return companies.get(store.connection, row)


def custom_values(store: Store, kind: str, pairs: Iterable[str], *, region: str) -> dict[str, Any]:
    """Return the values of `--set NAME=VALUE …`, checked against the declared fields; raises UsageError."""
    values: dict[str, Any] = {}
    declared = None
    for pair in pairs:
        name, text = split_pair(pair)
        if declared is None:
            declared = field_store.list(store.connection, kind)
        field = named(declared, name)
        if field is None:
            raise undeclared(declared, kind, name)
        value = read_value(field, text)
        if field.type == "ref":
            value = resolve.one(store, text, kinds=parties.KINDS, region=region).id
        values[field.name] = value
    return values


def refuse_duplicate(store: Store, kind: str, draft: ContactDraft, employer: int | None) -> None:
    """Raise Conflict where a draft is a record already.

    That is: the same e-mail, or the same E.164 and folded name, or the same folded name where the companies do not
    tell them apart, being the same or missing. `employer` is the row id of the draft's company, 0 where it is still
    to be made.
    """
    connection = store.connection
    search.catch_up(connection)
    mailed = parties.rows_with_email(connection, kind, [email.value for email in draft.emails])
    if mailed:
        raise _duplicate(store, kind, mailed, "{name} has this e-mail already.")
    namesakes = parties.rows_named(connection, kind, draft.name)
    called = parties.rows_with_phone(connection, kind, [phone.e164 for phone in draft.phones if phone.e164])
    both = [row for row in namesakes if row in called]
    if both:
        raise _duplicate(store, kind, both, "{name} has this name and phone number already.")
    if kind == "contact":
        from crm_cli.store import employments

        firms = {row: employments.current(connection, row) for row in namesakes}
        namesakes = [row for row, job in firms.items() if job is None or employer in (None, job[1])]
    if namesakes:
        raise _duplicate(store, kind, namesakes, "{name} is there already.")


def _duplicate(store: Store, kind: str, rows: Sequence[int], template: str) -> Conflict:
    candidates = []
    for row in rows:
        record = load(store, kind, row)
        company = getattr(record, "company", None)
        candidates.append(
            {"id": record.id, "kind": kind, "name": record.name, "company": company.name if company else None}
        )
    hint = "crm {kind} edit {id} … changes it; --force adds another one."
    first = candidates[0]
    return Conflict(template, hint=hint, candidates=candidates, kind=kind, name=first["name"], id=first["id"])


def similar(store: Store, kind: str, name: str, *, but: Iterable[int] = (), region: str) -> list[Match]:
    """Return a few records whose name is near this one: a hint, never a refusal."""
    known = set(but)
    found = resolve.candidates(store, name, kinds=(kind,), region=region)
    return [match for match in found if match.row not in known and match.own][:_SIMILAR_SHOWN]


def spelled(store: Store, names: Iterable[str]) -> list[str]:
    """Return tags in the spelling already in use, each once."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(name.casefold(), tags.spelling(store.connection, name) or name)
    return list(found.values())


def with_preferred(draft: ContactDraft) -> None:
    """Make the first e-mail, phone and address of a new record the preferred one."""
    draft.emails[:1] = [email.changed(preferred=True) for email in draft.emails[:1]]
    draft.phones[:1] = [phone.changed(preferred=True) for phone in draft.phones[:1]]
    draft.addresses[:1] = [address.changed(preferred=True) for address in draft.addresses[:1]]


def add_values(store: Store, kind: str, row: int, draft: ContactDraft) -> bool:
    """Add the e-mails, phones, addresses, links and tags a record does not have yet; return whether there were any."""
    connection = store.connection
    new = replace(draft, tags=[])

    def unknown(table: str, values: list[Any], key: Any, text: Any) -> list[Any]:
        known = {key(value) for _, value in parties.owned_rows(connection, table, kind, row)} if values else set()
        return [value for value in values if key(text(value)) not in known]

    new.emails = unknown("email", draft.emails, email_key, lambda value: value.value)
    new.phones = unknown("phone", draft.phones, lambda value: value, lambda value: value.value)
    new.addresses = unknown("address", draft.addresses, address_key, lambda value: value)
    new.links = unknown("link", draft.links, lambda value: value, lambda value: value.value)
    new.tags = unknown("tag", spelled(store, draft.tags), str.casefold, lambda value: value)
    if not (new.emails or new.phones or new.addresses or new.links or new.tags):
        return False
    parties.add_owned(connection, kind, [row], [new])
    for table in ("email", "phone", "address"):
        parties.prefer_first(connection, table, kind, row)
    return True


def remove_value(store: Store, kind: str, row: int, custom: dict[str, Any], pair: str) -> bool:
    """Take away one value of a field with several; return whether a row went (else `custom` was changed).

    Raises NotFound where the record does not have it, UsageError for a field that has no single values.
    """
    name, text = split_pair(pair)
    table = name.lower() if name.lower() in _TABLES else _singular(name)
    if table is None:
        key = _custom_key(custom, name)
        if key is None:
            raise UsageError("--remove does not know the field “{name}”.", name=name, hint="crm field list")
        if str(custom[key]) != text:
            raise missing(name, text)
        del custom[key]
        return False
    found = [
        number for number, value in parties.owned_rows(store.connection, table, kind, row) if _means(table, value, text)
    ]
    if not found:
        raise missing(name, text)
    parties.delete_owned(store.connection, table, found)
    if table in ("email", "phone", "address"):
        parties.prefer_first(store.connection, table, kind, row)
    return True


def clear_field(store: Store, kind: str, row: int, custom: dict[str, Any], name: str) -> bool:
    """Take away all values of a field with several, or a custom one; False for a field that is neither."""
    table = name.lower() if name.lower() in _TABLES else _singular(name)
    if table is not None:
        numbers = [number for number, _ in parties.owned_rows(store.connection, table, kind, row)]
        parties.delete_owned(store.connection, table, numbers)
        return True
    key = _custom_key(custom, name.removeprefix("custom."))
    if key is not None:
        del custom[key]
        return True
    return named(field_store.list(store.connection, kind), name) is not None


def _singular(name: str) -> str | None:
    return next((table for table, plural in _TABLES.items() if plural == name.lower()), None)


def _custom_key(custom: dict[str, Any], name: str) -> str | None:
    return next((key for key in custom if key.casefold() == name.casefold()), None)


def missing(name: str, text: str) -> NotFound:
    """Return the failure for a value that is not there to be removed."""
    return NotFound("There is no {field} “{value}” to remove.", field=name, value=text)


def _means(table: str, value: Any, text: str) -> bool:
    """Tell whether a typed text names a stored value."""
    if table == "email":
        return email_key(value) == email_key(text)
    if table == "phone":
        return value == text or (bool(digits(text)) and number_key(value, None) == number_key(text, None))
    if table == "tag":
        return bool(value.casefold() == text.removeprefix("+").casefold())
    if table == "address":
        parts = {word for part in address_key(value) for word in words(part)}
        return address_key(read_address(text)) == address_key(value) or parts.issuperset(words(text))
    return bool(value.rstrip("/") == text.rstrip("/"))


def listed(
    store: Store,
    *,
    kind: str,
    query: str,
    limit: int | None = None,
    stages: Sequence[dict[str, Any]] = (),
    now: datetime,
) -> tuple[list[Contact | Company], int]:
    """Return the people or firms a query finds, by name and at most `limit`, and how many there are in all."""
    from crm_cli.store import query_sql

    connection = store.connection
    compiled = query_sql.compile(connection, query, kind, now=now, actor=store.actor, stages=stages)
    rows, total = parties.page(
        connection, kind, compiled.where, compiled.params, limit=limit, only_ids=compiled.only_ids
    )
    if kind == "contact":
        from crm_cli.store import contacts

        return list(contacts.list_rows(connection, rows)), total
    from crm_cli.store import companies

    return list(companies.list_rows(connection, rows)), total


def mentions(store: Store, *, match: Match) -> dict[str, int]:
    """Return how many records of each kind mention a person or firm."""
    return merging.mentions(store.connection, match.kind, match.row)


def delete(store: Store, *, match: Match, confirmed: bool, now: datetime) -> Contact | Company:
    """Delete a person or firm and return the record as it was.

    What was logged, planned and offered stays, without the name. Raises Conflict where there is such a thing and
    `confirmed` is false.
    """
    with store.transaction(now):
        record = load(store, match.kind, match.row)
        hanging = merging.mentions(store.connection, match.kind, match.row)
        if hanging and not confirmed:
            raise Conflict(
                "{name} is in {count:other record|other records}; nothing was deleted.",
                hint="--yes deletes all the same; the other records stay and lose the name.",
                name=record.name,
                count=sum(hanging.values()),
                hanging=hanging,
            )
        merging.delete(store.connection, match.kind, match.row, stamp=utc_text(now))
    return record
