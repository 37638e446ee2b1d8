"""Export: which records, as what, into which format. Writing files is `export_files.py`."""

from __future__ import annotations

from crm_cli.errors import UsageError
from crm_cli.store import cards

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime
    from typing import Any

    from crm_cli.domain.draft import ContactDraft
    from crm_cli.store.store import Store

PARTIES = ("contact", "company")
KINDS = (*PARTIES, "interaction", "task", "deal")
# Formats of an address book: what has no field of its own is in them too.
CARD_FORMATS = ("vcard", "vdir", "jcard", "jscontact")
ROW_FORMATS = ("json", "jsonl", "csv", "tsv")
FORMATS = (*CARD_FORMATS, "xlsx", "abook", *ROW_FORMATS)
_BLOCK = 500
_PIECE = 65_536
_MANY = 5_000


class Selection:
    """The records of an export: their kind and rows, and where a whole address book leaves, the firms with it."""

    __slots__ = ("company_rows", "kind", "rows", "store")

    def __init__(
        self,
        store: Store,
        *,
        kind: str,
        query: str,
        now: datetime,
        stages: Sequence[dict[str, Any]] = (),
        limit: int | None = None,
        whole_book: bool = False,
    ) -> None:
        """Find the records; `whole_book` is for cards: all contacts without a query are the whole address book.

        The firms that came as cards of their own are in it, too, so that an imported file comes out whole.
        """
        from crm_cli.store import query_sql

        if kind not in KINDS:
            raise UsageError(
                "“{kind}” cannot be exported.", kind=kind, hint="There are: {known}.", known=", ".join(KINDS)
            )
        compiled = query_sql.compile(store.connection, query, kind, now=now, actor=store.actor, stages=stages)
        self.store = store
        self.kind = kind
        # A firm known only as somebody's employer has no card: it lives in their ORG.
        where = f"({compiled.where}) AND own_card = 1" if whole_book and kind == "company" else compiled.where
        self.rows = cards.rows_where(store.connection, kind, where, compiled.params)[:limit]
        firms = whole_book and kind == "contact" and not query.strip() and limit is None
        self.company_rows = cards.company_rows_with_card(store.connection) if firms else []
        if len(self.rows) > _MANY:
            # Cards lie in the order of their hashes: without room for their pages each is read many times.
            store.expect_much()

    def __len__(self) -> int:
        return len(self.rows) + len(self.company_rows)

    def records(self) -> Iterator[Any]:
        """Yield the records themselves, in bounded memory."""
        connection = self.store.connection
        with cards.snapshot(connection):
            for start in range(0, len(self.rows), _BLOCK):
                yield from _module(self.kind).list_rows(connection, self.rows[start : start + _BLOCK])

    def kind_of(self) -> Callable[[str], str | None] | None:
        """Return what says by id what a record is where that is no ordinary person: `company`, or vCard's KIND."""
        if self.kind == "company":
            return lambda _: "company"
        return cards.kinds_by_uid(self.store.connection).get if self.kind == "contact" else None

    def drafts(self, *, now: datetime, region: str) -> Iterator[ContactDraft]:
        """Yield people and firms as drafts, each with its card."""
        from crm_cli.services.export_cards import drafts

        return self._each(drafts, now=now, region=region)

    def cards(self, *, now: datetime, region: str) -> Iterator[ContactDraft | str]:
        """Yield people and firms for a vCard writer: texts of cards that are as they came, else drafts."""
        from crm_cli.services.export_cards import cards_of

        return self._each(cards_of, now=now, region=region)

    def _each(self, make: Callable[..., Iterator[Any]], **options: Any) -> Iterator[Any]:
        with cards.snapshot(self.store.connection):
            yield from make(self.store, self.kind, self._still_there(self.kind, self.rows), **options)
            if self.company_rows:
                yield from make(self.store, "company", self._still_there("company", self.company_rows), **options)

    def _still_there(self, kind: str, rows: Sequence[int]) -> Sequence[int]:
        """Return the rows nobody deleted between finding and reading them."""
        there = cards.existing(self.store.connection, kind, rows)
        return [row for row in rows if row in there] if len(there) < len(rows) else rows


def _module(kind: str) -> Any:
    import importlib

    names = {"contact": "contacts", "company": "companies"}
    return importlib.import_module(f"crm_cli.store.{names.get(kind, kind + 's')}")


def encoded(
    drafts: Iterable[ContactDraft | str],
    *,
    format: str,
    version: str = "3.0",
    strict: bool = False,
    dialect: str = "plain",
    excel: bool = False,
) -> Iterator[bytes]:
    """Yield drafts in a foreign format (`vcard`, `jcard`, `jscontact`, `csv`, `xlsx`, `abook`), a piece at a time.

    `strict` makes vCards that every server takes, of lines that are none.
    """
    import importers

    writer: Any = importers.writer(format)
    if format == "vcard":
        found: Iterator[bytes] = _gathered(writer.write(drafts, version=version, strict=strict))
    elif format == "csv":
        found = writer.encode(writer.write(drafts, dialect=dialect, excel=excel), dialect=dialect)
    elif format == "xlsx":
        found = writer.write(drafts, dialect=dialect)
    else:
        found = writer.write(drafts)
    return found


def _gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield small pieces together: writing each card alone takes as long as making it."""
    held: list[bytes] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= _PIECE:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)


def qr_text(draft: ContactDraft) -> str:
    """Return a QR code for a terminal that holds what one types into a phone: name, firm, numbers, mails."""
    import io

    import segno

    from importers import vcard

    small = _small(draft)
    body = b"".join(vcard.write([small], version="3.0")).decode()
    # UID and empty parts only make the squares smaller.
    lines = [line for line in body.split("\r\n") if line and not line.startswith("UID:")]
    try:
        code = segno.make_qr("\r\n".join(lines), error="l", encoding="utf-8", boost_error=False)
    except segno.DataOverflowError as error:
        raise UsageError("{name} holds too much for a QR code.", name=draft.name) from error
    out = io.StringIO()
    code.terminal(out=out, border=2, compact=True)
    return out.getvalue()


def _small(draft: ContactDraft) -> ContactDraft:
    from crm_cli.domain.draft import ContactDraft as Draft

    small = Draft(name=draft.name, kind=draft.kind)
    for name in ("given", "family", "prefix", "company", "title"):
        setattr(small, name, getattr(draft, name))
    small.phones, small.emails = draft.phones[:4], draft.emails[:3]
    small.addresses, small.links = draft.addresses[:1], [link for link in draft.links if link.kind == "url"][:1]
    return small
