"""The parts that pages for people are made of: headings, pairs and indented rows, as text or Markdown."""

from __future__ import annotations

from crm_cli.domain.display import cell_width, clean_line, folded, pad, shorten
from crm_cli.i18n import t

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from crm_cli.output import Page

_DOT = " · "
_NARROWEST = 20
# Characters of a cell on a terminal: an entry may have megabytes, and its own page shows them.
_LONGEST = 1_000


def heading(page: Page, *parts: str | None) -> str:
    """Return the first line of a page: what it is about."""
    text = _DOT.join(_text(page, part) for part in parts if part)
    return f"# {text}" if page.format == "md" else text


def pairs(page: Page, values: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield `label  value` lines for what is not empty; labels are English texts."""
    shown = [(t(label), line) for label, value in values if value for line in value.split("\n") if line.strip()]
    width = max((cell_width(label) for label, _ in shown), default=0)
    previous = None
    for label, value in shown:
        name = "" if label == previous else label
        previous = label
        if page.format == "md":
            yield f"- **{_text(page, label)}**: {_text(page, value)}"
        elif page.lines:
            yield f"{name}: {value}" if name else value
        else:
            yield f"  {pad(name, width)}  {value}"


def section(page: Page, title: str, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a blank line, a heading with the number of rows, and the rows in columns; nothing without rows.

    The last column has the long texts: on a terminal they go on below, and long names before them are shortened.
    """
    if not rows:
        return
    yield ""
    yield f"## {t(title)} ({len(rows)})" if page.format == "md" else f"{t(title)} ({len(rows)})"
    cells = [[clean_line(cell if page.fold is None else _cut(cell)) for cell in row] for row in rows]
    widths = [max(cell_width(row[index]) for row in cells) for index in range(len(cells[0]))]
    if page.fold is not None:
        widths[:-1] = _with_room(widths[:-1], page.fold - _NARROWEST - 2)
    for row in cells:
        if page.format == "md":
            yield "- " + "  ".join(_text(page, cell) for cell in row if cell)
        else:
            fitted = "".join(
                "  " + pad(shorten(cell, width), width) for cell, width in zip(row[:-1], widths, strict=False) if width
            )
            room = None if page.fold is None else page.fold - cell_width(fitted) - 2
            first, *others = folded(row[-1], room) if room is not None and room >= _NARROWEST else [row[-1]]
            yield f"{fitted}  {first}".rstrip()
            yield from (" " * cell_width(fitted) + "  " + line for line in others)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _with_room(widths: list[int], width: int) -> list[int]:
    """Take cells from the widest columns until all, with two blanks before each, fit; ids and dates stay whole."""
    widths = list(widths)
    while widths and sum(widths) + 2 * len(widths) > width and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths


def names(value: Any) -> str:
    """Return the names of records a row mentions: people, then the firm and the deal."""
    people = [contact.name for contact in getattr(value, "contacts", ())]
    company = getattr(value, "company", None)
    deal = getattr(value, "deal", None)
    return ", ".join([*people, *([company.name] if company else []), *([deal["title"]] if deal else [])])


def short(page: Page, records: Sequence[Any]) -> dict[str, str]:
    """Return the short ids of records."""
    known = [record.id for record in records if record.id]
    return page.short_ids(known)


def _text(page: Page, text: str) -> str:
    if page.format != "md":
        return clean_line(text)
    from crm_cli.output_table import markdown_text

    return markdown_text(text)
