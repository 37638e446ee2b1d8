"""Columns of backups and of what a check found."""

from __future__ import annotations

from crm_cli.fields import Field
from crm_cli.i18n import t

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.domain.upkeep import Finding


def _text(finding: Finding) -> str:
    return t(finding.template, **finding.params)


FIELDS = {
    "BackupFile": (
        Field("at", "When", kind="when"),
        Field("bytes", "Bytes", kind="number"),
        Field("reason", "Made by"),
        Field("path", "File"),
    ),
    "Restored": (
        Field("store", "Store"),
        Field("source", "Restored from"),
        Field("kept", "Kept before"),
    ),
    "Finding": (
        Field("severity", "Severity", get=lambda finding: t(finding.severity)),
        Field("message", "Finding", get=_text),
    ),
}
