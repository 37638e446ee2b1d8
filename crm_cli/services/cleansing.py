"""Look through all contacts, or a file before it is taken over: how good are they, and what can be repaired?"""

from __future__ import annotations

from crm_cli.domain.cleansing import DOUBTFUL, STALE, Tally
from crm_cli.domain.contact import email_key
from crm_cli.domain.draft import ContactDraft
from crm_cli.domain.quality import verdicts
from crm_cli.errors import BadInput, NotFound
from crm_cli.services.repairs import Proposer
from crm_cli.store import cleansing, contacts
from crm_cli.store.store import utc_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from crm_cli.domain.cleansing import Repair, Report
    from crm_cli.domain.contact import Contact
    from crm_cli.store.store import Store

    Record = Contact | ContactDraft


def check(store: Store, *, apply: bool = False, region: str, now: datetime) -> Report:
    """Score all contacts and propose repairs; with `apply` do those that are certain, all in one change set."""
    rows = cleansing.rows(store.connection)

    def records() -> Iterator[Contact]:
        return contacts.list_rows(store.connection, rows)

    proposer = Proposer(_towns(records()), region=region)
    tally, repairs = _looked_through(records(), proposer, now.date())
    applied = 0
    if apply:
        with store.transaction(now):
            applied = _apply(store, [repair for repair in repairs if repair.certain], now)
    return tally.report(None, tuple(repairs), applied=applied)


def check_file(path: str, *, region: str, now: datetime) -> Report:
    """Score the contacts of a file in any format that can be imported, and propose repairs; nothing is written.

    Raises NotFound for a missing file, BadInput for one whose format cannot be told or that holds no contact.
    """
    drafts, refused = _read(path, region)
    if not drafts:
        reason = "No contact could be read from it."
        raise BadInput(
            "“{file}” cannot be read as contacts.",
            file=path,
            report={"source": path, "refused": [{"file": path, "line": 0, "reason": reason}]},
        )
    proposer = Proposer(_towns(drafts), region=region)
    tally, repairs = _looked_through(drafts, proposer, now.date())
    return tally.report(path, tuple(repairs), refused=refused)


def _read(path: str, region: str) -> tuple[list[ContactDraft], int]:
    import importers

    try:
        with open(path, "rb") as stream:
            kind = importers.sniff(stream.read(importers.SNIFF_SIZE), path)
            codec = importers.reader(kind) if kind else None
            if codec is None:
                return [], 0
            stream.seek(0)
            items = list(codec.read(stream, source=path, region=region))
    except FileNotFoundError:
        raise NotFound("There is no file {path}.", path=path) from None
    except OSError as error:
        raise NotFound("{path} cannot be read: {reason}.", path=path, reason=error.strerror or str(error)) from error
    drafts = [item for item in items if isinstance(item, ContactDraft)]
    return drafts, len(items) - len(drafts)


def _towns(records: Iterable[Record]) -> dict[str, str]:
    """Return postcode -> town for every five-digit postcode that stands with one town only."""
    found: dict[str, str | None] = {}
    for record in records:
        for address in record.addresses:
            if address.postcode and address.city and len(address.postcode) == 5 and address.postcode.isdigit():
                known = found.setdefault(address.postcode, address.city)
                found[address.postcode] = known if known == address.city else None
    return {postcode: town for postcode, town in found.items() if town}


def _looked_through(records: Iterable[Record], proposer: Proposer, today: date) -> tuple[Tally, list[Repair]]:
    tally = Tally()
    repairs: list[Repair] = []
    # An address of several people is doubtful for each of them.
    owners: dict[str, list[int]] = {}
    stale: set[int] = set()
    for index, record in enumerate(records):
        found = verdicts(record, today=today, touched=_touched(record))
        tally.add(found)
        repairs += proposer.proposals(record)
        if found.get("email") in (None, STALE):
            if "email" in found:
                stale.add(index)
            for key in {email_key(email.value) for email in record.emails}:
                owners.setdefault(key, []).append(index)
    shared = {index for bearers in owners.values() if len(bearers) > 1 for index in bearers}
    tally.correct("email", DOUBTFUL, len(shared))
    tally.correct("email", STALE, -len(shared & stale))
    return tally, repairs


def _touched(record: Record) -> str | None:
    """Return when somebody last changed or met a person; of a file's record what its REV says."""
    if isinstance(record, ContactDraft):
        rev = record.rev
        if rev and rev[:8].isdigit():
            return f"{rev[:4]}-{rev[4:6]}-{rev[6:8]}"
        return rev
    return max(record.updated_at, record.last_contact_at or "")


def _apply(store: Store, repairs: Sequence[Repair], now: datetime) -> int:
    """Do the repairs; return how many."""
    stamp = utc_text(now)
    done = 0
    for repair in repairs:
        assert repair.id is not None
        row = cleansing.row_of(store.connection, repair.id)
        if repair.table != "contact":
            done += bool(cleansing.update_owned(store.connection, repair.table, row, repair.key, repair.columns))
        else:
            done += 1
        contacts.update(
            store.connection, row, stamp=stamp, **(dict(repair.columns) if repair.table == "contact" else {})
        )
    return done
