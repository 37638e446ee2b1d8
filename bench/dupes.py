"""`crm dupes` on labelled address books: precision and recall at each threshold, then time and memory by size.

The weights were set on seeds 1 to 5; what counts are the seeds held out, looked at when all was settled.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from bench.labelled import Book, Record
from bench.measure import once
from crm_cli.domain.contact import Address, Email, Phone
from crm_cli.domain.draft import ContactDraft
from crm_cli.domain.dupes import MERGED_FROM, OFFERED_FROM, Duplicate
from crm_cli.domain.person_name import composed
from crm_cli.services import dupes
from crm_cli.store import companies, contacts
from crm_cli.store.store import Store

_NOW = datetime(2025, 11, 19, 9, 0, tzinfo=UTC)
_STAMP = "2025-11-19T09:00:00Z"
_LABELLED = 10_000
_TUNED, _HELD_OUT = 1, (6, 7, 8)
_CURVE = (0.5, 0.6, 0.7, OFFERED_FROM, 0.9, 0.95, 0.98, 0.99, MERGED_FROM, 0.999)

_CRM = "from crm_cli.app import main; raise SystemExit(main())"
Pair = frozenset[str]


def run(sizes: Sequence[int]) -> None:
    """Print the curve on labelled books, then the cost of the command for each size."""
    for seed in (_TUNED, *_HELD_OUT):
        about = "the weights were set on it" if seed == _TUNED else "held out"
        print(f"\n{_LABELLED:,} contacts, seed {seed} ({about})")
        found, merged, true = labelled(_LABELLED, seed)
        print(f"{'from score':>12} {'pairs':>7} {'precision':>10} {'recall':>8}   ({len(true)} true pairs)")
        for threshold in _CURVE:
            precision, recall, count = quality(found, true, threshold)
            mark = {OFFERED_FROM: "  offered", MERGED_FROM: "  merged"}.get(threshold, "")
            print(f"{threshold:12.3f} {count:7} {precision:10.4f} {recall:8.4f}{mark}")
        print(f"pairs that crm dupes merge would join: {len(merged)}, {len(merged - true)} of them wrong")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            _fill(os.path.join(folder, "crm.db"), Book(size, _TUNED))
            environment = {**os.environ, "CRM_HOME": folder, "CRM_DB": os.path.join(folder, "crm.db")}
            figure = once([sys.executable, "-c", _CRM, "dupes", "--json"], environment)
            failed = f"  exit {figure.code}" if figure.code else ""
            goal = "≤ 10 s, ≤ 600 MiB"
            print(f"crm dupes, {size:>9,} contacts {figure.cpu:8.1f} s CPU {figure.memory:7.0f} MiB  {goal}{failed}")


def labelled(count: int, seed: int) -> tuple[list[Duplicate], set[Pair], set[Pair]]:
    """Return what is found in a labelled book from the lowest threshold on, the pairs merging joins, the true ones."""
    book = Book(count, seed)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "crm.db")
        uids = _fill(path, book)
        with Store.open(path) as store:
            found = dupes.find(store, threshold=_CURVE[0])
            groups = dupes.plan(store, threshold=MERGED_FROM)
    people: dict[int, list[str]] = {}
    for record, uid in zip(book.records, uids, strict=True):
        people.setdefault(record.entity, []).append(uid)
    merged = _pairs([match.id for match in group.matches] for group in groups)
    return found, merged, _pairs(people.values())


def _pairs(groups: Iterable[Sequence[str]]) -> set[Pair]:
    return {
        frozenset((first, second))
        for group in groups
        for place, first in enumerate(group)
        for second in group[place + 1 :]
    }


def quality(found: Sequence[Duplicate], true: set[Pair], threshold: float) -> tuple[float, float, int]:
    """Return precision, recall and the number of pairs from a threshold on."""
    pairs = {frozenset((str(pair.a.id), str(pair.b.id))) for pair in found if pair.score >= threshold}
    right = len(pairs & true)
    return right / len(pairs) if pairs else 1.0, right / len(true), len(pairs)


def _fill(path: str, book: Book) -> list[str]:
    """Write a book into a new store; return the ids of its records in their order."""
    with Store.open(path) as store, store.transaction(_NOW):
        names = list(dict.fromkeys(record.company for record in book.records if record.company))
        firms = companies.add_many(
            store.connection,
            [ContactDraft(name) for name in names],
            uids=[store.new_uid() for _ in names],
            stamp=_STAMP,
            owner=None,
            own_card=False,
        )
        rows = dict(zip(names, firms, strict=True))
        uids = [store.new_uid() for _ in book.records]
        contacts.add_many(
            store.connection,
            [_draft(record) for record in book.records],
            uids=uids,
            stamp=_STAMP,
            owner=None,
            employers=[rows[record.company] if record.company else None for record in book.records],
        )
    return uids


def _draft(record: Record) -> ContactDraft:
    draft = ContactDraft(
        composed(record.prefix, record.given, record.additional, record.family, record.suffix),
        prefix=record.prefix,
        given=record.given,
        additional=record.additional,
        family=record.family,
        suffix=record.suffix,
        birthday=record.birthday,
    )
    draft.emails = [Email(value) for value in (*record.work_mails, *record.private_mails)]
    draft.phones = [Phone(value, value) for value in (*record.work_phones, *record.mobiles, *record.home_phones)]
    places = [place for place in (record.work_address, record.home) if place]
    draft.addresses = [Address(street=street, postcode=postcode, city=city) for street, postcode, city in places]
    return draft
