"""Contacts as CSV for Google, Outlook (English, German) and as a plain table of our own.

The writer knows no table of its own: each column goes where the reader would
take it from, so that what is written is read back. What a foreign format has
no column for is not dropped: Google gets it as custom fields, Outlook as
`[crm] …` lines at the end of the notes.
"""

from __future__ import annotations

import csv
import io
import re

from crm_cli.errors import UsageError
from importers.csv_export_headers import GOOGLE, GOOGLE_GROUPS, OUTLOOK, OUTLOOK_DE, PLAIN, PLAIN_GROUPS
from importers.csv_plan import plan
from importers.csv_rows import OWN
from importers.csv_write_outlook import outlook_row
from importers.csv_write_parts import ADDRESS_PARTS, customs, is_plain_firm, named, spoken_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crm_cli.domain.draft import ContactDraft

DIALECTS = ("google", "outlook", "outlook-de", "plain")
FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")


def write(drafts: Iterable[ContactDraft], *, dialect: str = "plain", excel: bool = False) -> Iterator[str]:
    """Yield the file in pieces: the header first, then a row at a time.

    `excel` puts a byte order mark before the file and an apostrophe before cells a spreadsheet would take for
    a formula; else cells are verbatim. Outlook's files have CRLF and every cell in quotes.
    """
    outlook = dialect.startswith("outlook")
    buffer = io.StringIO()
    # The writer quotes a line break only where its own line ends hold that character, so it ends lines with both.
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL if outlook else csv.QUOTE_MINIMAL, lineterminator="\r\n")
    if excel:
        yield "\ufeff"
    for row in table(drafts, dialect=dialect):
        writer.writerow([guard(cell) for cell in row] if excel else row)
        line = buffer.getvalue()
        yield line if outlook else line.removesuffix("\r\n") + "\n"
        buffer.seek(0)
        buffer.truncate()


def encode(pieces: Iterable[str], *, dialect: str = "plain") -> Iterator[bytes]:
    """Encode what `write` gives: UTF-8, but for Outlook Windows-1252 where every character fits, else UTF-8 marked."""
    if not dialect.startswith("outlook"):
        for piece in pieces:
            yield piece.encode("utf-8", "replace")
        return
    text = "".join(pieces)
    try:
        yield text.encode("cp1252")
    except UnicodeEncodeError:
        yield text.removeprefix("\ufeff").encode("utf-8-sig", "replace")


def guard(cell: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet would calculate (`=`, `+`, `-`, `@`, tab, CR)."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def table(drafts: Iterable[ContactDraft], *, dialect: str) -> Iterator[list[str]]:
    """Yield the header and a row of cells for each draft; Google's and our own width follow the fullest contact."""
    if dialect not in DIALECTS:
        raise UsageError(
            "Unknown kind of CSV “{dialect}”.", hint="Known: {dialects}.", dialect=dialect, dialects=", ".join(DIALECTS)
        )
    if dialect.startswith("outlook"):
        outlook = OUTLOOK if dialect == "outlook" else OUTLOOK_DE
        targets = _targets(outlook)
        yield list(outlook)
        for draft in drafts:
            yield _cells(targets, outlook, outlook_row(draft, outlook, targets))
        return
    kept = list(drafts)
    rows = [_google(draft) if dialect == "google" else _plain(draft) for draft in kept]
    headers = _widened(rows, GOOGLE, GOOGLE_GROUPS) if dialect == "google" else _plain_headers(rows)
    targets = _targets(headers)
    yield list(headers)
    for row in rows:
        yield _cells(targets, headers, row)


def _targets(headers: Sequence[str]) -> list[str]:
    """Give the target of each column as the reader sees it; one that comes again is numbered (`phone:work~2`)."""
    seen: dict[str, int] = {}
    targets = []
    for _, target in plan(headers, [])[1].columns:
        seen[target] = seen.get(target, 0) + 1
        again = seen[target] > 1 and target != "custom"
        targets.append(f"{target}~{seen[target]}" if again else target)
    return targets


def _cells(targets: Sequence[str], headers: Sequence[str], row: dict[str, str]) -> list[str]:
    return [
        row.get(header if target == "custom" else target, "") for header, target in zip(headers, targets, strict=True)
    ]


def _widened(rows: Sequence[dict[str, str]], headers: Sequence[str], groups: dict[str, tuple[str, ...]]) -> list[str]:
    """Repeat the numbered columns as often as the fullest row needs, at least once."""
    needed = dict.fromkeys(groups, 1)
    for row in rows:
        for key in row:
            field, _, number = key.partition("#")
            group = "address" if field in {"street", *ADDRESS_PARTS} else field
            if number.isdigit() and group in needed:
                needed[group] = max(needed[group], int(number))
    wide: list[str] = []
    for header in headers:
        group = header.removesuffix("#")
        if group != header:
            wide += [name.replace("#", str(n)) for n in range(1, needed[group] + 1) for name in groups[group]]
        else:
            wide.append(header)
    return wide


def _plain_headers(rows: Sequence[dict[str, str]]) -> list[str]:
    custom = dict.fromkeys(key for row in rows for key in row if key.startswith("custom:"))
    return [*_widened(rows, PLAIN, PLAIN_GROUPS), *custom]


def _starred(label: str | None, preferred: bool) -> str:
    return f"* {label or ''}".strip() if preferred else label or ""


def _groups(draft: ContactDraft, row: dict[str, str]) -> None:
    """Put mails, phones and addresses into numbered groups, each with its label."""
    for number, email in enumerate(draft.emails, 1):
        row |= {f"email#{number}": email.value, f"email#{number}.label": _starred(email.label, email.preferred)}
    for number, phone in enumerate(draft.phones, 1):
        row |= {f"phone#{number}": phone.value, f"phone#{number}.label": _starred(phone.label, phone.preferred)}
    for number, address in enumerate(draft.addresses, 1):
        row[f"address#{number}.label"] = _starred(address.label, address.preferred)
        row[f"street#{number}"] = address.street or ""
        row |= {f"{part}#{number}": getattr(address, part) or "" for part in ADDRESS_PARTS}
    for kind in ("url", "im", "social"):
        links = [link for link in draft.links if link.kind == kind]
        for number, link in enumerate(links, 1):
            row[f"{kind}#{number}"] = link.value
            row[f"{kind}#{number}.label"] = link.label or ""


def _plain(draft: ContactDraft) -> dict[str, str]:
    row = named(draft)
    row |= {"name": draft.name, "kind": "" if draft.kind == "individual" else draft.kind}
    if is_plain_firm(draft):
        del row["company"]
    for field in ("salutation", "birthday", "anniversary", "notes", "owner", "uid"):
        row[field] = getattr(draft, field) or ""
    separators = any(mark in tag for tag in draft.tags for mark in ";,\n")
    row["tags"] = " ::: ".join([*draft.tags, ""]).strip() if separators else "; ".join(draft.tags)
    _groups(draft, row)
    return row | {f"custom:{key}": text for key, text in customs(draft)}


def _google(draft: ContactDraft) -> dict[str, str]:
    row = named(draft)
    extra: list[tuple[str, str]] = []
    spoken = spoken_name(draft)
    if not spoken and not is_plain_firm(draft):
        row["given"] = draft.name
    elif spoken != draft.name and spoken:
        row["name"] = draft.name
    row["birthday"] = draft.birthday or ""
    row["notes"] = draft.notes or ""
    row["tags"] = " ::: ".join(["* myContacts", *draft.tags])
    if draft.anniversary:
        row |= {"event#1": draft.anniversary, "event#1.label": "Anniversary"}
    _groups(draft, row)
    extra += [
        (f"{OWN}{field}", text) for field in ("salutation", "role", "owner", "uid") if (text := getattr(draft, field))
    ]
    if draft.kind != "individual" and not is_plain_firm(draft):
        extra.append((f"{OWN}kind", draft.kind))
    extra += [(f"{OWN}{link.kind}:{link.label or ''}", link.value) for link in draft.links if link.kind != "url"]
    for number, (label, text) in enumerate([*extra, *customs(draft)], 1):
        row |= {f"custom#{number}": text, f"custom#{number}.label": label}
    return row
