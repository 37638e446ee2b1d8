"""Add and edit people."""

from __future__ import annotations

from crm_cli.domain import party_input
from crm_cli.domain.person_name import composed, split_name
from crm_cli.domain.record_ref import RecordRef
from crm_cli.domain.who import TIER_PREFIX
from crm_cli.errors import Ambiguous, UsageError
from crm_cli.services import companies, parties, resolve
from crm_cli.store import contacts, employments
from crm_cli.store.contacts import custom_text
from crm_cli.store.store import utc_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from crm_cli.domain.contact import Contact
    from crm_cli.domain.draft import ContactDraft
    from crm_cli.domain.party_input import PartyInput
    from crm_cli.domain.who import Match
    from crm_cli.services.parties import Saved
    from crm_cli.store.store import Store

_PARTS = ("prefix", "given", "additional", "family", "suffix")
_SINGLE = ("nickname", "salutation", "title", "department", "birthday", "notes", "owner")


def add(store: Store, *, typed: PartyInput, force: bool, region: str, now: datetime) -> Saved:
    """Add a person; a company that matches nothing is created.

    Raises Conflict for a duplicate unless `force`, Ambiguous where several companies match.
    """
    draft, unreadable = party_input.read(typed, region=region, today=now.date())
    _set_name(draft, typed)
    with store.transaction(now):
        draft.custom = parties.custom_values(store, "contact", typed.custom, region=region)
        draft.tags = parties.spelled(store, draft.tags)
        match = None if typed.company is None else employer(store, typed.company, region=region)
        if not force:
            parties.refuse_duplicate(store, "contact", draft, match.row if match else 0 if typed.company else None)
        near = parties.similar(store, "contact", draft.name, region=region)
        parties.with_preferred(draft)
        firm = None if typed.company is None else match.row if match else _new_firm(store, typed.company, now)
        rows = contacts.add_many(
            store.connection,
            [draft],
            uids=[store.new_uid()],
            stamp=utc_text(now),
            owner=store.actor,
            employers=[firm],
        )
        return _saved(contacts.get(store.connection, rows[0]), typed, match, unreadable, near)


def _saved(
    record: Contact, typed: PartyInput, match: Match | None, unreadable: list[tuple[str, str]], near: list[Match]
) -> Saved:
    if typed.company is None:
        return parties.Saved(record, unreadable=unreadable, similar=near)
    if match is None:
        return parties.Saved(record, unreadable=unreadable, similar=near, created=record.company)
    called_otherwise = " ".join(typed.company.split()) != match.name
    linked = RecordRef(match.id, match.name) if called_otherwise else None
    return parties.Saved(record, unreadable=unreadable, similar=near, linked=linked)


def _new_firm(store: Store, name: str, now: datetime) -> int:
    return companies.add_employer(store, name=name, now=now)


def employer(store: Store, text: str, *, region: str) -> Match | None:
    """Return the one company a `--company` means, or None for a new one; raises Ambiguous for several.

    Stricter than a reference elsewhere, for what is not meant would be written down: every word must be a whole word
    of the name (`ehrler` is Ehrler GmbH, `bau` is not Bauer GmbH), and another legal form is another company.
    """
    found = resolve.candidates(store, text, kinds=("company",), region=region)
    fitting = [match for match in found if _is_meant(text, match)]
    if len(fitting) > 1:
        raise Ambiguous(
            "“{ref}” could be several companies.",
            ref=text,
            hint="Say more of the name, or give its id.",
            candidates=[{"id": match.id, "kind": match.kind, "name": match.name} for match in fitting],
        )
    return fitting[0] if fitting else None


def _is_meant(text: str, match: Match) -> bool:
    from crm_cli.domain.names import name_words, name_words_weak, without_legal_form
    from crm_cli.domain.who import TIER_EXACT

    if match.tier < TIER_EXACT:
        return True
    if match.tier > TIER_PREFIX:
        return False
    typed, known = name_words(text), name_words(match.name)
    form, known_form = (all_words[len(without_legal_form(all_words)) :] for all_words in (typed, known))
    if form and known_form and form != known_form:
        return False
    return match.tier == TIER_EXACT or set(typed) <= {*known, *name_words_weak(match.name)}


def _set_name(draft: ContactDraft, typed: PartyInput) -> None:
    """Split the typed name into its parts; a salutation in it goes where salutations stand."""
    name = typed.name or composed(None, typed.given, None, typed.family, None)
    if not name.strip():
        raise UsageError("A name is missing.")
    split = split_name(name, given=typed.given, family=typed.family)
    draft.name = split.name
    for part in _PARTS:
        setattr(draft, part, getattr(split, part))
    draft.salutation = draft.salutation or split.salutation


def edit(store: Store, *, row: int, typed: PartyInput, region: str, now: datetime) -> Saved:
    """Change a person: single values are replaced, several-valued ones added, `remove` and `clear` take away.

    Another company ends the present job today; `--remove company=REF` takes a job away as if it had never been.
    """
    draft, unreadable = party_input.read(typed, region=region, today=now.date())
    with store.transaction(now):
        before = contacts.get(store.connection, row)
        columns: dict[str, Any] = {}
        custom = dict(before.custom)
        changed = False
        for name in typed.clear:
            changed |= _clear(store, row, columns, custom, name, now)
        for pair in typed.remove:
            changed |= _remove(store, row, custom, pair, region)
        columns |= {name: getattr(draft, name) for name in _SINGLE if getattr(draft, name) is not None}
        columns |= _renamed(before, typed)
        custom |= parties.custom_values(store, "contact", typed.custom, region=region)
        changed |= parties.add_values(store, "contact", row, draft)
        match = None if typed.company is None else employer(store, typed.company, region=region)
        if typed.company is not None:
            changed |= _change_employer(store, row, match, typed.company, now)
        columns = {name: value for name, value in columns.items() if getattr(before, name) != value}
        if custom != before.custom:
            columns["custom"] = custom_text(custom)
        if columns or changed:
            contacts.update(store.connection, row, stamp=utc_text(now), **columns)
        return _saved(contacts.get(store.connection, row), typed, match, unreadable, [])


def _clear(store: Store, row: int, columns: dict[str, Any], custom: dict[str, Any], name: str, now: datetime) -> bool:
    """Take away a whole field; return whether rows went (a column or custom field is left to the caller)."""
    word = name.lower()
    if word in _SINGLE or word in _PARTS:
        columns[word] = None
        return False
    if word == "company":
        job = employments.current(store.connection, row)
        if job:
            employments.end(store.connection, job[0], day=now.date().isoformat())
        return job is not None
    if not parties.clear_field(store, "contact", row, custom, name):
        raise UsageError("--clear does not know the field “{name}”.", name=name)
    return True


def _remove(store: Store, row: int, custom: dict[str, Any], pair: str, region: str) -> bool:
    name, _, ref = pair.partition("=")
    if name.strip().lower() != "company":
        return parties.remove_value(store, "contact", row, custom, pair)
    match = resolve.one(store, ref.strip(), kinds=("company",), region=region)
    if not employments.delete_at(store.connection, row, match.row):
        raise parties.missing("company", match.name)
    return True


def _renamed(before: Contact, typed: PartyInput) -> dict[str, Any]:
    """Return the columns of a new name; new parts alone change the name where it was made of the old ones."""
    if typed.name is not None:
        split = split_name(typed.name, given=typed.given, family=typed.family)
        columns = {part: getattr(split, part) for part in ("name", *_PARTS)}
        return columns if split.salutation is None else {"salutation": split.salutation} | columns
    changes = {name: getattr(typed, name) for name in ("given", "family") if getattr(typed, name) is not None}
    if not changes:
        return {}
    old = {part: getattr(before, part) for part in _PARTS}
    if composed(**old) == before.name:
        changes["name"] = composed(**(old | changes))
    return changes


def _change_employer(store: Store, row: int, match: Match | None, name: str, now: datetime) -> bool:
    connection = store.connection
    job = employments.current(connection, row)
    if match is not None and job is not None and job[1] == match.row:
        return False
    firm = match.row if match else _new_firm(store, name, now)
    if job is not None:
        employments.end(connection, job[0], day=now.date().isoformat())
    employments.add(connection, row, firm)
    return True
