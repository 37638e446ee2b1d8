"""The address book's end of a sync: records as facts, cards as facts, and writing what came from the other side."""

from __future__ import annotations

import io
import re

from crm_cli.domain import sync_card
from crm_cli.domain.contact import Address
from crm_cli.domain.draft import ContactDraft, Refusal
from crm_cli.domain.three_way import merge
from crm_cli.services.sync_side import Reading, Unreadable
from crm_cli.store import companies, contacts, employments, merging, parties, query_sql, search, sync_cards
from crm_cli.store import sync as sync_store
from crm_cli.store.contacts import custom_text
from crm_cli.store.store import utc_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from typing import Any

    from crm_cli.domain.three_way import Facts, Merged
    from crm_cli.store.store import Store
    from importers.vcard_read import CardReader

_TABLES = {"emails": "email", "phones": "phone", "addresses": "address", "links": "link", "tags": "tag"}
_UID_LINE = re.compile(r"^((?:[\w-]+\.)?UID(?:;[^:\n]*)?):.*$", re.IGNORECASE | re.MULTILINE)
NOT_ONE = "It does not hold exactly one card."


def reading_of(draft: ContactDraft) -> Reading:
    """Return a card as the engine sees it."""
    facts = sync_card.facts_of(draft, "company" if draft.kind == "org" else "contact")
    return Reading(draft, text=draft.raw or "", uid=draft.uid, name=draft.name, facts=facts)


class ContactSide:
    """People and firms for the engine (`sync_run`). `region` reads phone numbers, `stages` are for queries.

    Firms that came as cards stay cards; `with_companies` makes cards of those that were added here, too.
    """

    def __init__(
        self,
        store: Store,
        *,
        region: str,
        stages: Sequence[dict[str, Any]],
        now: datetime,
        with_companies: bool = False,
    ) -> None:
        self.store = store
        self.connection = store.connection
        self.region = region
        self.stages = stages
        self.with_companies = with_companies
        self.now = now
        self.stamp = utc_text(now)
        self._anybody: bool | None = None
        self._reader: CardReader | None = None

    def take_only(self, components: frozenset[str] | None) -> None:
        """Cards are all of one kind."""

    def wanted(self, query: str | None) -> list[str]:
        """Return the public ids of the people, and firms where wanted, a query lets go to the other side."""
        found = []
        for kind in ("contact", "company") if self.with_companies else ("contact",):
            compiled = query_sql.compile(
                self.connection, query or "", kind, now=self.now, actor=self.store.actor, stages=self.stages
            )
            found += sync_cards.uids_where(self.connection, kind, compiled)
        return found

    def facts(self, uids: Iterable[str]) -> dict[str, Facts]:
        """Return the facts of those records that exist, by public id."""
        wanted = set(uids)
        found: dict[str, Facts] = {}
        for kind, module in (("contact", contacts), ("company", companies)):
            rows = [row for uid, row in sync_cards.rows_of(self.connection, kind).items() if uid in wanted]
            records: Iterable[Any] = module.list_rows(self.connection, rows)
            found |= {record.id: sync_card.facts_of(record, kind) for record in records}
        return found

    def read(self, body: str) -> Reading:
        """Read a resource; raises Unreadable. The reader is kept: it remembers what it has seen of heads."""
        from importers.vcard_cards import split_cards
        from importers.vcard_read import CardReader

        self._reader = self._reader or CardReader(self.region)
        found = list(split_cards(io.BytesIO(body.encode("utf-8", "surrogatepass")), ""))
        if len(found) == 1 and isinstance(found[0], Refusal):
            raise Unreadable(found[0].reason)
        if len(found) != 1 or isinstance(found[0], Refusal):
            raise Unreadable(NOT_ONE)
        return reading_of(self._reader.read(found[0], None))

    def read_kept(self, text: str) -> Reading:
        """Read a text as it was kept after an earlier sync; the empty one stands for nothing."""
        if not text:
            return reading_of(ContactDraft())
        from importers import vcard

        return reading_of(vcard.read_card(text, region=self.region))

    def find(self, reading: Reading, taken: set[str]) -> str | None:
        """Return the one record a new resource is, or None: the same UID, or name with an e-mail or number in common.

        `taken` are records that have a resource already. Mere likeness makes another record; `crm dupes` offers it.
        """
        if self._anybody is False:
            return None
        if reading.uid:
            owners = [uid for uid in sync_cards.owners_of_card(self.connection, reading.uid) if uid not in taken]
            if len(owners) == 1:
                return owners[0]
        kind = "company" if reading.draft.kind == "org" else "contact"
        rows = set(parties.rows_named(self.connection, kind, reading.name))
        rows &= set(self._reached(kind, reading.draft))
        known = {row: uid for uid, row in sync_cards.rows_of(self.connection, kind).items()} if rows else {}
        found = [known[row] for row in rows if known[row] not in taken]
        return found[0] if len(found) == 1 else None

    def _reached(self, kind: str, draft: ContactDraft) -> list[int]:
        mails = parties.rows_with_email(self.connection, kind, [email.value for email in draft.emails])
        numbers = [phone.e164 for phone in draft.phones if phone.e164]
        return mails + parties.rows_with_phone(self.connection, kind, numbers)

    def ready(self, taken: set[str]) -> None:
        """Bring the name index up to date, and see once whether there is anybody to be found at all."""
        search.ready(self.connection)
        if self._anybody is None:
            known = (sync_cards.rows_of(self.connection, kind) for kind in ("contact", "company"))
            self._anybody = any(uid not in taken for uids in known for uid in uids)

    def merge(
        self, base_mine: Facts, mine: Facts, base_theirs: Facts, theirs: Facts, *, prefer: str | None = None
    ) -> Merged:
        """Merge two versions of a record against what both last agreed on."""
        identity, loose = sync_card.identity, sync_card.SPELLING
        return merge(base_mine, mine, base_theirs, theirs, identity=identity, loose=loose, prefer=prefer)

    def bases(self, mine: Facts, theirs: Facts) -> tuple[Facts, Facts]:
        """Return the bases for two versions that never met: of one name in two divisions, the card's counts."""
        base_mine, base_theirs = sync_card.first_meeting(mine, theirs)
        if mine.get("name") == theirs.get("name") and any(theirs.get(part) for part in sync_card.NAME_PARTS):
            parts = {part: mine.get(part) for part in sync_card.NAME_PARTS}
            base_mine, base_theirs = base_mine | parts, base_theirs | parts
        return base_mine, base_theirs

    def body(self, uid: str, text: str | None, after: Facts) -> tuple[str, bytes]:
        """Return a card as it is kept and as it goes over the wire, with these facts.

        `text` is what the server has; without it, the cards the record came in, or a new one. Other lines stay.
        """
        from importers import vcard
        from importers.vcard_join import joined
        from importers.vcard_write import text_of

        new_uid: str | None = None
        rev = self.now.strftime("%Y%m%dT%H%M%SZ")
        if text is None:
            known = [text for _, text in self._cards(uid)]
            new_uid, text = self.resource_name(uid), joined(known[0], known[1:], rev=rev) if known else None
        if text is None:
            draft = sync_card.drafted(ContactDraft(uid=uid), {}, after)
            draft.kind = "org" if self._row(uid)[0] == "company" else "individual"
            kept = text_of(draft)
        else:
            before = vcard.read_card(text, region=self.region)
            facts = sync_card.facts_of(before, "company" if before.kind == "org" else "contact")
            changed = sync_card.drafted(before, facts, after, region=self.region)
            kept = vcard.patch(text, before, changed, rev=rev)
            if before.uid is None:
                kept = kept.replace("\nEND:VCARD", f"\nUID:{new_uid or uid}\nEND:VCARD")
            elif new_uid not in (None, before.uid):
                kept = _UID_LINE.sub(rf"\g<1>:{new_uid}", kept, count=1)
        return kept, b"".join(vcard.write([kept], version=_version_for(kept), strict=True))

    def _cards(self, uid: str) -> list[tuple[str | None, str]]:
        kind, row = self._row(uid)
        return sync_cards.cards_of(self.connection, kind, row)

    def _row(self, uid: str) -> tuple[str, int]:
        for kind in ("contact", "company"):
            row = sync_cards.row_of(self.connection, kind, uid)
            if row is not None:
                return kind, row
        raise KeyError(uid)

    def resource_name(self, uid: str) -> str:
        """Return what a new resource is called: the UID of the card, else the public id.

        A file may hold two cards of one UID, which are two records; in a collection only one of them can have it.
        """
        foreign = next((card for card, _ in self._cards(uid)), None)
        if not foreign:
            return uid
        others = [one for one in sync_cards.owners_of_card(self.connection, foreign) if one != uid]
        if others and (min(others) < uid or sync_store.is_any_linked(self.connection, others)):
            return uid
        return foreign

    def name(self, uid: str, facts: Facts | None, reading: Reading | None) -> str:
        """Return what to call an item when speaking of it."""
        return str((facts or {}).get("name") or (reading.name if reading else "") or uid)

    def add_all(self, readings: Sequence[Reading]) -> list[str]:
        """Add records for resources that are new; return their public ids in the same order."""
        uids = [self.store.new_uid() for _ in readings]
        for kind in ("contact", "company"):
            group = [
                (uid, reading.draft)
                for uid, reading in zip(uids, readings, strict=True)
                if (reading.draft.kind == "org") == (kind == "company")
            ]
            if group:
                self._add(kind, [uid for uid, _ in group], [draft for _, draft in group])
        return uids

    def _add(self, kind: str, uids: list[str], drafts: list[ContactDraft]) -> None:
        owner = self.store.actor
        if kind == "company":
            rows = companies.add_many(self.connection, drafts, uids=uids, stamp=self.stamp, owner=owner)
        else:
            firms = {name: self._employer(name) for name in dict.fromkeys(d.company for d in drafts) if name}
            employers = [firms.get(draft.company or "") for draft in drafts]
            rows = contacts.add_many(
                self.connection, drafts, uids=uids, stamp=self.stamp, owner=owner, employers=employers
            )
        for row, draft in zip(rows, drafts, strict=True):
            self._keep_card(kind, row, draft.uid, draft.raw_format, draft.raw or "")

    def _keep_card(self, kind: str, row: int, uid: str | None, form: str | None, raw: str) -> None:
        if raw:
            sync_cards.put_card(self.connection, kind, row, uid=uid, form=form or "vcard", raw=raw)

    def _employer(self, name: str) -> int:
        """Return the firm of this name, the oldest of several, made where there is none."""
        from crm_cli.services.companies import add_employer

        found = parties.rows_named(self.connection, "company", name)
        return min(found) if found else add_employer(self.store, name=name, now=self.now)

    def apply(self, uid: str, before: Facts, after: Facts, text: str) -> None:
        """Change a record from one state to another, and keep the card's text."""
        kind, row = self._row(uid)
        reading = self.read_kept(text)
        self._keep_card(kind, row, reading.uid, reading.draft.raw_format, text)
        changed = {name for name in {**before, **after} if before.get(name) != after.get(name)}
        columns = {name: after.get(name) for name in changed if name in sync_card.SINGLE and name != "company"}
        if "name" in columns and not columns["name"]:
            del columns["name"]
        if any(name.startswith(sync_card.CUSTOM) for name in changed):
            columns["custom"] = custom_text(self._custom(kind, row, before, after))
        for name in changed & set(_TABLES):
            self._change_items(kind, row, name, before.get(name) or [], after.get(name) or [])
        if "company" in changed and kind == "contact":
            self._change_employer(row, after.get("company"))
        if changed:
            module = contacts if kind == "contact" else companies
            module.update(self.connection, row, stamp=self.stamp, **columns)

    def keep_text(self, uid: str, text: str) -> None:
        """Keep the text of a card that was put to the server."""
        kind, row = self._row(uid)
        reading = self.read_kept(text)
        self._keep_card(kind, row, reading.uid, reading.draft.raw_format, text)

    def _custom(self, kind: str, row: int, before: Facts, after: Facts) -> dict[str, Any]:
        record: Any = contacts.get(self.connection, row) if kind == "contact" else companies.get(self.connection, row)
        draft = ContactDraft(custom=dict(record.custom))
        custom = {name: value for name, value in after.items() if name.startswith(sync_card.CUSTOM)}
        known = {name: value for name, value in before.items() if name.startswith(sync_card.CUSTOM)}
        return sync_card.drafted(draft, known, custom).custom

    def _change_items(self, kind: str, row: int, name: str, before: list[Any], after: list[Any]) -> None:
        """Take away the items that are no longer the same, add those that are new."""
        table = _TABLES[name]
        values = [_plain(item) for item in sync_card.items(name, [item for item in before if item not in after])]
        kept = [item for item in after if item in before]
        # What only shares its text with one that goes is written anew: rows are found by their text.
        kept = [item for item in kept if _plain(sync_card.items(name, [item])[0]) not in values]
        parties.delete_owned(self.connection, table, sync_cards.numbers_of(self.connection, table, kind, row, values))
        draft = ContactDraft()
        setattr(draft, name, sync_card.items(name, [i for i in after if i not in kept], region=self.region))
        parties.add_owned(self.connection, kind, [row], [draft])
        if table in ("email", "phone", "address"):
            parties.prefer_first(self.connection, table, kind, row)

    def _change_employer(self, row: int, name: str | None) -> None:
        """Let the present job end today and another one begin."""
        job = employments.current(self.connection, row)
        firm = self._employer(name) if name else None
        if job is not None and job[1] == firm:
            return
        if job is not None:
            employments.end(self.connection, job[0], day=self.now.date().isoformat())
        if firm is not None:
            employments.add(self.connection, row, firm)

    def is_used(self, uid: str) -> bool:
        """Tell whether other records mention this one: deleting it would cost them its name."""
        kind, row = self._row(uid)
        return bool(merging.mentions(self.connection, kind, row))

    def delete(self, uid: str) -> None:
        """Delete a record that vanished on the other side."""
        kind, row = self._row(uid)
        merging.delete(self.connection, kind, row, stamp=self.stamp)


def _plain(item: Any) -> object:
    """Return an item as `owned_rows` gives it: an address without label and preference, else its text."""
    if isinstance(item, str):
        return item
    return item.changed(label=None, preferred=False) if isinstance(item, Address) else item.value


def _version_for(text: str) -> str:
    """Return the version a card goes out in: its own 3.0 or 4.0; what is older becomes 3.0 (RFC 6352, 5.1)."""
    return "4.0" if "\nVERSION:4.0\n" in text[:200] else "3.0"
