"""How the report of an import looks, and what an export wrote."""

from __future__ import annotations

from crm_cli.fields import Field
from crm_cli.i18n import t

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.domain.transfer import ImportReport, Preview
    from crm_cli.output import Page

_SHOWN = 20


def _report(report: ImportReport, page: Page) -> Iterator[str]:
    yield t(
        "{new} new · {changed} changed · {same} unchanged · {refused} refused",
        new=report.new,
        changed=report.changed,
        same=report.same,
        refused=len(report.refused),
    )
    for item in report.refused[:_SHOWN]:
        yield "  " + t("{file}, line {line}: {reason}", **item)
    pairs = report.possible_duplicates
    if pairs:
        yield t("{count:pair|pairs} may be the same: crm dupes", count=len(pairs))
        ids = page.short_ids([uid for pair in pairs[:_SHOWN] for uid in pair if uid])
        for a, b in pairs[:_SHOWN]:
            yield "  " + "  ".join(ids.get(uid, uid) if uid else t("(new)") for uid in (a, b))
    if report.undo:
        yield t("To take it back: {command}", command=report.undo)


def _preview(preview: Preview, page: Page) -> Iterator[str]:
    width = max((len(column.column) for column in preview.columns), default=0)
    field_width = max((len(column.field) for column in preview.columns), default=0)
    for column in preview.columns:
        yield f"  {column.column:<{width}}  {column.field:<{field_width}}  {column.sample}"
    yield from _report(preview.report, page)


FIELDS = {
    "ImportReport": (
        Field("new", "New", kind="number"),
        Field("changed", "Changed", kind="number"),
        Field("same", "Unchanged", kind="number"),
        Field("refused", "Refused"),
        Field("possible_duplicates", "Possible duplicates"),
        Field("undo", "To take it back"),
    ),
    "ColumnPreview": (Field("column", "Column"), Field("field", "Field"), Field("sample", "First rows")),
    "Written": (
        Field("path", "File"),
        Field("records", "Records", kind="number"),
        Field("unchanged", "Unchanged", kind="number", get=lambda written: written.unchanged or None),
    ),
}
CARDS = {"ImportReport": _report, "Preview": _preview}
