"""Columns of possible duplicates, of what was merged and of what was rejected."""

from __future__ import annotations

from crm_cli.fields import Field
from crm_cli.i18n import t

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.domain.dupes import Duplicate, Merged

# Lighter evidence is in the JSON; a line has room for what matters.
_SHOWN_FROM = 0.5


def _words(pair: Duplicate) -> list[str]:
    """Return the evidence as words, each with the direction it points in."""
    said = [item for item in pair.evidence if abs(item.weight) >= _SHOWN_FROM] or pair.evidence[:1]
    return [
        f"{'+' if item.weight >= 0 else '-'} {t(item.template, value=item.value, other=item.other)}" for item in said
    ]


def _merged_ids(done: Merged) -> list[str | None]:
    return [record.id for record in done.merged]


_PAIR = (
    Field("a_id", "Id", kind="id", get=lambda pair: pair.a.id),
    Field("a", "Record"),
    Field("b_id", "Other id", kind="id", get=lambda pair: pair.b.id),
    Field("b", "Other record"),
)

FIELDS = {
    "Duplicate": (
        Field("score", "Score", kind="number"),
        *_PAIR,
        Field("evidence", "Evidence", get=_words),
    ),
    "Merged": (
        Field("id", "Id", kind="id", get=lambda done: done.kept.id),
        Field("kept", "Kept"),
        Field("merged", "Merged into it"),
        Field("merged_ids", "Their ids", get=_merged_ids, listed=False),
        Field("score", "Score", kind="number"),
    ),
    "Rejection": _PAIR,
}
