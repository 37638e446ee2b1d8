"""Columns of addresses for mail programs."""

from __future__ import annotations

from crm_cli.fields import Field

FIELDS = {
    "MailAddress": (Field("address", "E-mail"), Field("name", "Name"), Field("other", "Company")),
}
