"""How the quality of an address book looks: a table of fields, and the repairs below it."""

from __future__ import annotations

from crm_cli.fields import Field
from crm_cli.fields._page import heading, section
from crm_cli.i18n import t

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.domain.cleansing import FieldQuality, Repair, Report
    from crm_cli.output import Page

_COUNTS = ("filled", "missing", "malformed", "doubtful", "stale")


def _report(report: Report, page: Page) -> Iterator[str]:
    source = report.source or t("all contacts")
    yield heading(
        page, source, t("{count:record|records}", count=report.records), t("{score} of 100", score=report.score)
    )
    yield ""
    yield from _table(report, page)
    certain = [_line(repair) for repair in report.repairs if repair.certain]
    proposed = [_line(repair) for repair in report.repairs if not repair.certain]
    yield from section(page, "Repaired" if report.applied else "Certain repairs", certain)
    yield from section(page, "To be looked at", proposed)


def _table(report: Report, page: Page) -> Iterator[str]:
    """Yield one line for each field: its score and how many entries are what."""
    from crm_cli.output_lines import rows
    from crm_cli.output_table import Column, markdown, table

    columns = [Column(t("Field")), *(Column(t(name), right=True) for name in ("score", *_COUNTS))]
    cells = [list(_row(quality)) for quality in report.fields]
    if page.format == "md":
        return markdown(columns, cells)
    if page.lines:
        return rows([column.heading for column in columns], cells)
    return table(columns, cells, page.width, color=page.color)


def _row(quality: FieldQuality) -> tuple[str, ...]:
    counts = (str(getattr(quality, name) or "") for name in _COUNTS)
    return (t(quality.field), "" if quality.score is None else f"{quality.score:.0f}", *counts)


def _line(repair: Repair) -> tuple[str, ...]:
    place = f"{repair.line}: " if repair.line else ""
    change = f"{repair.before} → {repair.after}" if repair.before else f"→ {repair.after}"
    return (place + repair.name, t(repair.field), change, t(repair.reason))


FIELDS = {
    "Report": (
        Field("source", "Source"),
        Field("records", "Records", kind="number"),
        Field("score", "Score", kind="number"),
        Field("fields", "Fields"),
        Field("repairs", "Repairs"),
        Field("applied", "Repaired", kind="number"),
        Field("refused", "Refused", kind="number"),
    ),
}
CARDS = {"Report": _report}
