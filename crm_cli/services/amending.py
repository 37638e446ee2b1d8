"""Add to an entry of the log, or read its line anew: `crm log --last`, `crm log --edit`."""

from __future__ import annotations

from crm_cli.domain.log_line import PARSER_VERSION
from crm_cli.domain.task import due_text
from crm_cli.domain.who import firm_of
from crm_cli.errors import Conflict, UsageError
from crm_cli.services import interactions as logging
from crm_cli.services.interactions import Logged, Reading
from crm_cli.store import interactions, links, tags, tasks
from crm_cli.store.store import utc_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from crm_cli.domain.interaction import Interaction
    from crm_cli.domain.log_line import LogLine
    from crm_cli.domain.who import Match
    from crm_cli.store.store import Store

# What a mark of an amending line replaces where it is given.
_REPLACED = ("direction", "duration_min", "distance_km", "outcome", "ticket", "campaign")


def amend(
    store: Store,
    *,
    text: str,
    reading: Reading,
    row: int | None = None,
    create: bool = False,
    answers: Mapping[str, Match | str] | None = None,
) -> Logged:
    """Add a line to an entry (this user's newest): words to its text, marks as they say; return the entry.

    A kind or a day that the line names replaces the entry's. Raises NotFound where there is no entry yet.
    """
    row = interactions.newest_row(store.connection, store.actor) if row is None else row
    entry = interactions.get(store.connection, row)
    line = logging.read(store, text, reading, amends=entry.text)
    with store.transaction(reading.now):
        parties, created = logging.parties_of(store, line, reading, create=create, answers=answers or {})
        contact_rows = [match.row for match in parties if match.kind == "contact"]
        known = interactions.party_rows(store.connection, row)
        _refuse_another(line, parties, known)
        company_row = known[1] if known[1] is not None else firm_of(parties)
        deal_row = known[2]
        if line.deal or line.stage or line.value or line.probability is not None or deal_row is None:
            deal_row = logging.deal_of(store, line, [*parties, *_as_matches(known)], reading) or deal_row
        columns = {**_added(entry, line), "company_id": company_row, "deal_id": deal_row}
        columns["spans"] = _spans_behind(interactions.spans_of(store.connection, row), entry.raw or "", line)
        interactions.update(store.connection, row, stamp=utc_text(reading.now), **columns)
        links.link_contacts(store.connection, "interaction", row, contact_rows)
        links.add_tags(store.connection, "interaction", row, line.tags)
        logging.set_going(store, line, row, [*known[0], *contact_rows], company_row, deal_row, reading)
        return Logged(interactions.get(store.connection, row), line.warnings, created)


def _refuse_another(line: LogLine, parties: list[Match], known: tuple[list[int], int | None, int | None]) -> None:
    """A head that names somebody else is rather an entry of its own than more of this one; only `@who` adds people."""
    here = {("contact", row) for row in known[0]} | {("company", known[1])}
    if all(who.sigil for who in line.whos) or any((match.kind, match.row) in here for match in parties):
        return
    raise UsageError(
        "The newest entry is not about “{phrase}”.", phrase=line.whos[0].phrase, start=line.whos[0].start,
        end=line.whos[0].end, hint="@{phrase} adds someone to it; without --last the line is an entry of its own.",
    )  # fmt: skip


def _spans_behind(before: str, raw: str, line: LogLine) -> str:
    """Return an entry's spans with those of the line that is put behind its own."""
    more = logging.spans_text(line, offset=len(raw) + 1)
    return f"{before[:-1]},{more[1:]}" if len(before) > 2 < len(more) else more


def _added(entry: Interaction, line: LogLine) -> dict[str, Any]:
    """Return the columns of an entry that an amending line changes."""
    columns: dict[str, Any] = {"raw": f"{entry.raw or ''}\n{line.raw}"}
    if line.text.strip():
        columns["text"] = f"{entry.text}\n{line.text}" if entry.text else line.text
    if line.details:
        columns["details"] = f"{entry.details}\n{line.details}" if entry.details else line.details
    columns.update({name: getattr(line, name) for name in _REPLACED if getattr(line, name) is not None})
    said = {name for name, *_ in line.spans}
    if "kind" in said:
        columns["kind"] = line.kind
    if "when" in said:
        columns.update(
            at=logging.at_text(line.at), all_day=int(line.all_day), approximate=int(line.approximate)
        )  # fmt: skip
    return columns


def _as_matches(known: tuple[list[int], int | None, int | None]) -> list[Match]:
    """Return who an entry is about in the form the deal is looked up by."""
    from crm_cli.domain.who import Match

    contacts, company, _ = known
    matches = [Match("contact", row, "", "") for row in contacts]
    return matches + ([Match("company", company, "", "")] if company is not None else [])


def rewrite(store: Store, *, row: int, text: str, reading: Reading) -> Logged:
    """Read an entry's line anew and make the entry what it says now; its id, and follow-ups that stay, remain.

    Further lines of `text` are amendments, read one after the other. The deal stays linked, and is not moved again.
    Raises Conflict where a follow-up that the new line no longer has is done.
    """
    before = interactions.get(store.connection, row)
    text, *amendments = text.split("\n")
    line = logging.read(store, text, reading)
    with store.transaction(reading.now):
        parties, created = logging.parties_of(store, line, reading, create=False, answers={})
        contact_rows = list(dict.fromkeys(match.row for match in parties if match.kind == "contact"))
        company_row = firm_of(parties)
        old_contacts, _, deal_row = interactions.party_rows(store.connection, row)
        links.unlink_contacts(store.connection, "interaction", row, set(old_contacts) - set(contact_rows))
        links.link_contacts(store.connection, "interaction", row, contact_rows)
        tags.remove(store.connection, "interaction", row, set(before.tags) - set(line.tags))
        links.add_tags(store.connection, "interaction", row, line.tags)
        interactions.update(
            store.connection,
            row,
            stamp=utc_text(reading.now),
            at=logging.at_text(line.at),
            company_id=company_row,
            raw=line.raw,
            spans=logging.spans_text(line),
            parser_version=PARSER_VERSION,
            **logging.columns_of(line),
        )
        _drop_what_left(store, row, before, line)
        logging.set_going(store, line, row, contact_rows, company_row, deal_row, reading)
        for amendment in amendments:
            line.warnings += amend(store, text=amendment, reading=reading, row=row).notices
        return Logged(interactions.get(store.connection, row), line.warnings, created)


def _drop_what_left(store: Store, row: int, before: Interaction, line: LogLine) -> None:
    """Delete what the old line set going and the new one does not; take out of the line what stays as it is."""
    wanted = {(task.text, due_text(task.due)): task for task in line.followups}
    for old in before.followups:
        kept = wanted.pop((old["text"], old["due"]), None)
        if kept is not None:
            line.followups.remove(kept)
            continue
        task_row, done_at = tasks.row_of(store.connection, old["id"])
        if done_at is not None:
            raise Conflict("The follow-up “{text}” is done; it cannot leave the entry.", text=old["text"])
        tasks.delete(store.connection, task_row)
    kept_needs = {need["text"] for need in before.needs} & set(line.needs)
    kept_requests = {(item["kind"], item["text"]) for item in before.requests} & set(line.requests)
    interactions.delete_needs(store.connection, row, keep=kept_needs)
    interactions.delete_requests(store.connection, row, keep=kept_requests)
    line.needs = [text for text in line.needs if text not in kept_needs]
    line.requests = [request for request in line.requests if request not in kept_requests]
