"""What the commands of the calendar have in common: the name of the local time zone."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.context import AppContext


def zone_name(ctx: AppContext) -> str | None:
    """Return the IANA name of local time, so that a series stays at its hour; None where it has none.

    It counts only if it gives today's offset: a clock set by `CRM_NOW` may be another.
    """
    from zoneinfo import ZoneInfo

    name = os.environ.get("TZ", "").lstrip(":") or os.path.realpath("/etc/localtime").partition("/zoneinfo/")[2]
    try:
        zone = ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None
    now = ctx.now()
    return name if zone is not None and now.astimezone(zone).utcoffset() == now.utcoffset() else None
