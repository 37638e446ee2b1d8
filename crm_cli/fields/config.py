"""Columns of the settings."""

from __future__ import annotations

from crm_cli.fields import Field
from crm_cli.i18n import t

FIELDS = {
    "SettingValue": (
        Field("key", "Setting"),
        Field("value", "Value"),
        Field("default", "Without it", listed=False),
        Field("help", "What for", get=lambda setting: setting.help and t(setting.help)),
    ),
}
