"""Log a contact with a customer: what one typed line sets going, in one transaction."""

from __future__ import annotations

from crm_cli.domain.log_line import PARSER_VERSION, LogOptions, parse_log_line
from crm_cli.domain.who import firm_of
from crm_cli.errors import Ambiguous, NotFound
from crm_cli.services import resolve
from crm_cli.store import interactions
from crm_cli.store.store import utc_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date, datetime
    from typing import Any

    from crm_cli.domain.interaction import Interaction
    from crm_cli.domain.log_line import LogLine, Notice
    from crm_cli.domain.log_who import Who
    from crm_cli.domain.who import Match
    from crm_cli.store.store import Store

CREATE = "create"


class Reading:
    """What a line is read with, besides the store: clock and zone, holidays, the user's words and stages."""

    __slots__ = ("is_holiday", "localize", "now", "options", "region", "stages")

    def __init__(
        self,
        *,
        now: datetime,
        localize: Callable[[datetime], datetime],
        is_holiday: Callable[[date], bool],
        options: LogOptions | None = None,
        stages: Sequence[dict[str, Any]] = (),
        region: str = "DE",
    ) -> None:
        self.now = now
        self.localize = localize
        self.is_holiday = is_holiday
        self.options = options or LogOptions()
        self.stages = stages
        self.region = region


class Logged:
    """What a line came to: the entry, what is to be said about it, and the names of records made for it."""

    __slots__ = ("created", "entry", "notices")

    def __init__(self, entry: Interaction, notices: list[Notice], created: list[str]) -> None:
        self.entry = entry
        self.notices = notices
        self.created = created


def read(store: Store, text: str, reading: Reading, *, amends: str | None = None) -> LogLine:
    """Read a line against the store without writing anything; raises UsageError."""
    return parse_log_line(
        text,
        now=reading.now,
        who=lambda phrase: resolve.candidates(store, phrase, region=reading.region),
        localize=reading.localize,
        is_holiday=reading.is_holiday,
        options=reading.options,
        amends=amends,
    )


def log(
    store: Store,
    *,
    text: str,
    reading: Reading,
    create: bool = False,
    answers: Mapping[str, Match | str] | None = None,
    line_hash: str | None = None,
) -> Logged:
    """Log one line and return the entry.

    `answers` says what an ambiguous or unknown phrase means: a record, or `CREATE`; `create` makes every unknown one.
    Raises UsageError, NotFound or Ambiguous (with `phrase` in its params); then nothing is written.
    """
    line = read(store, text, reading)
    with store.transaction(reading.now):
        parties, created = parties_of(store, line, reading, create=create, answers=answers or {})
        row = write(store, line, parties, reading, line_hash=line_hash)
        return Logged(interactions.get(store.connection, row), line.warnings, created)


def write(
    store: Store, line: LogLine, parties: Sequence[Match], reading: Reading, *, line_hash: str | None = None
) -> int:
    """Insert the entry a line means, its follow-ups, needs and requests, and move the deal; return its row."""
    stamp = utc_text(reading.now)
    contact_rows = list(dict.fromkeys(match.row for match in parties if match.kind == "contact"))
    company_row = firm_of(parties)
    deal_row = deal_of(store, line, parties, reading)
    row = interactions.add(
        store.connection,
        uid=store.new_uid(),
        at=at_text(line.at),
        stamp=stamp,
        owner=store.actor,
        contact_rows=contact_rows,
        tags=line.tags,
        company_id=company_row,
        deal_id=deal_row,
        raw=line.raw,
        parser_version=PARSER_VERSION,
        spans=spans_text(line),
        line_hash=line_hash,
        **columns_of(line),
    )
    set_going(store, line, row, contact_rows, company_row, deal_row, reading)
    return row


def at_text(at: date | datetime) -> str:
    """Return when an entry took place as it is stored: ISO 8601, a bare date where no time was given."""
    from crm_cli.domain.task import due_text

    return due_text(at) or ""


def columns_of(line: LogLine) -> dict[str, Any]:
    """Return the plain columns of the entry a line means."""
    return {
        "kind": line.kind,
        "direction": line.direction,
        "all_day": int(line.all_day),
        "approximate": int(line.approximate),
        "duration_min": line.duration_min,
        "text": line.text,
        "details": line.details,
        "distance_km": line.distance_km,
        "outcome": line.outcome,
        "ticket": line.ticket,
        "campaign": line.campaign,
    }


def spans_text(line: LogLine, *, offset: int = 0) -> str:
    """Return a line's spans as they are stored, `[["kind",0,6],…]`; `offset` is where the line begins in `raw`."""
    # Written by hand: importing json would cost a tenth of the whole command.
    pieces = (f'["{name}",{start + offset},{end + offset}]' for name, start, end, _ in line.spans)
    return "[" + ",".join(pieces) + "]"


def set_going(
    store: Store,
    line: LogLine,
    row: int,
    contact_rows: Sequence[int],
    company_row: int | None,
    deal_row: int | None,
    reading: Reading,
) -> None:
    """Add what the entry asks for: follow-ups, needs, requests to inside sales."""
    links: dict[str, Any] = {
        "interaction_id": row,
        "contact_id": contact_rows[0] if contact_rows else None,
        "company_id": company_row,
        "owner": store.actor,
        "stamp": utc_text(reading.now),
    }
    for text in line.needs:
        interactions.add_need(store.connection, uid=store.new_uid(), text=text, **links)
    for kind, text in line.requests:
        interactions.add_request(
            store.connection, uid=store.new_uid(), kind=kind, text=text, opened_at=links["stamp"], **links
        )
    if line.followups:
        from crm_cli.services import tasks

        for followup in line.followups:
            tasks.add(
                store,
                text=followup.text,
                due=followup.due,
                now=reading.now,
                contact_rows=contact_rows,
                company_row=company_row,
                deal_row=deal_row,
                interaction_row=row,
            )


def parties_of(
    store: Store, line: LogLine, reading: Reading, *, create: bool, answers: Mapping[str, Match | str]
) -> tuple[list[Match], list[str]]:
    """Return the record each named one is, made where that was asked for; raises NotFound or Ambiguous."""
    found: list[Match] = []
    created: list[str] = []
    for who in line.whos:
        answer = answers.get(who.phrase)
        if isinstance(answer, str) or (create and not who.matches):
            match = _made(store, who.phrase, reading)
            created.append(match.name)
        elif answer is not None:
            match = answer
        elif who.match is not None:
            match = who.match
        else:
            raise _unclear(store, who, line)
        if match.row not in {other.row for other in found if other.kind == match.kind}:
            found.append(match)
    return found, created


def _made(store: Store, phrase: str, reading: Reading) -> Match:
    """Make the person or firm an unknown phrase names: a firm where it says so (`Firma`, a legal form, `name/`)."""
    from crm_cli.services import walk_in

    return walk_in.add(store, phrase=phrase, region=reading.region, now=reading.now)


def _unclear(store: Store, who: Who, line: LogLine) -> Ambiguous | NotFound:
    if who.matches:
        ambiguous = resolve.ambiguous(who.phrase, who.matches)
        ambiguous.params.update(phrase=who.phrase, start=who.start, end=who.end)
        return ambiguous
    error = resolve.not_found(store, who.phrase)
    error.params.update(phrase=who.phrase, start=who.start, end=who.end)
    if who.sigil and line.text.strip():
        error.hint = "--create adds it. An @ that names nobody is written \\@."
    else:
        error.hint = "--create adds it."
    if who.suggestions:
        error.hint = "Did you mean {suggestions}? --create adds it as a name."
        error.params["suggestions"] = " · ".join(who.suggestions)
    return error


def deal_of(store: Store, line: LogLine, parties: Sequence[Match], reading: Reading) -> int | None:
    """Return the deal of an entry, moved as the line says.

    Exactly one open deal of these people and firms is meant without a word; a step with none is NotFound, with
    several Ambiguous.
    """
    from crm_cli.services import deals

    stepped = line.stage is not None or line.value is not None or line.probability is not None
    row: int | None
    if line.deal is not None:
        row = _named_deal(store, line.deal, parties, reading)
    else:
        rows, companies = _rows(parties, "contact"), _companies(parties)
        found = deals.open_deals_for(store, contact_rows=rows, company_rows=companies) if rows or companies else []
        if stepped and len(found) != 1:
            raise _no_one_deal(found)
        row = found[0][0] if len(found) == 1 else None
    if stepped and row is not None:
        deals.step(
            store,
            row=row,
            now=reading.now,
            stages=reading.stages,
            stage=line.stage,
            value=line.value,
            probability=line.probability,
        )
    return row


def _named_deal(store: Store, phrase: str, parties: Sequence[Match], reading: Reading) -> int:
    """Return the deal a `deal:` names; one of these people and firms where the words fit others too."""
    from crm_cli.services import deals

    matches = resolve.candidates(store, phrase, kinds=("deal",), region=reading.region)
    if len(matches) > 1 and parties:
        own = deals.open_deals_for(
            store, contact_rows=_rows(parties, "contact"), company_rows=_companies(parties)
        )  # fmt: skip
        matches = [match for match in matches if match.row in {row for row, _ in own}] or matches
    if not matches:
        raise resolve.not_found(store, phrase, kinds=("deal",))
    if len(matches) > 1:
        raise resolve.ambiguous(phrase, matches)
    return matches[0].row


def _no_one_deal(found: Iterable[tuple[int, Any]]) -> NotFound | Ambiguous:
    candidates = [{"id": deal.id, "kind": "deal", "name": deal.title} for _, deal in found]
    if not candidates:
        return NotFound(
            "There is no open deal to move.", hint="crm deal add <title> --contact <who>, or name one: deal:<title>"
        )
    return Ambiguous("There are several open deals.", hint="Name one: deal:<title>", candidates=candidates)


def _rows(parties: Sequence[Match], kind: str) -> list[int]:
    return [match.row for match in parties if match.kind == kind]


def _companies(parties: Sequence[Match]) -> list[int]:
    rows = _rows(parties, "company")
    rows += [match.company_row for match in parties if match.company_row is not None]
    return list(dict.fromkeys(rows))


def line_hashes(lines: Iterable[str]) -> list[str]:
    """Return a hash of each line of a batch; the n-th equal line has its own, so that two equal calls stay two."""
    import hashlib

    seen: dict[str, int] = {}
    hashes = []
    for line in lines:
        text = " ".join(line.split())
        seen[text] = seen.get(text, 0) + 1
        hashes.append(hashlib.sha256(f"{seen[text]}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()[:32])
    return hashes


def logged_before(store: Store, line_hash: str) -> Interaction | None:
    """Return the entry an equal line of an earlier batch made, or None."""
    row = interactions.row_of_line(store.connection, line_hash)
    return None if row is None else interactions.get(store.connection, row)


def of_day(store: Store, *, day: date) -> list[tuple[int, Interaction]]:
    """Return this user's entries of a day with their row ids, oldest first."""
    rows = interactions.rows_of_day(store.connection, day.isoformat(), store.actor)
    return list(zip(rows, interactions.list_rows(store.connection, rows), strict=True))
