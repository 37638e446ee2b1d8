"""Why two records may be one, and how surely, as the screens say it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from crm_cli.i18n import t

if TYPE_CHECKING:
    from crm_cli.domain.dupes import Evidence


def percent(score: float, *, is_certain: bool) -> str:
    """Return a probability (0 to 1) in whole percent; only certainty is 100."""
    return f"{100 if is_certain else min(round(score * 100), 99)} %"


def words(evidence: Iterable[Evidence]) -> str:
    """Return what speaks for it and against it, in the order given."""
    return " · ".join(
        f"{'+' if item.weight >= 0 else '–'} {t(item.template, value=item.value, other=item.other)}"
        for item in evidence
    )
