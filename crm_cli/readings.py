"""What a log line is read with in this run: the settings and the clock; the same for every front end."""

from __future__ import annotations

import os

from crm_cli.domain.log_words import LogOptions
from crm_cli.domain.phrase import DateOptions
from crm_cli.services.interactions import Reading
from crm_cli.services.workdays import is_holiday

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.config import Config
    from crm_cli.context import AppContext


class Readings:
    """Makes a `Reading` of this very moment; settings and holidays are looked up once."""

    def __init__(self, ctx: AppContext) -> None:
        self._ctx = ctx
        config = ctx.config
        self.options = LogOptions(config.log_kinds, config.log_keys, date_options(config), config.currency)
        self.is_holiday = is_holiday(config.state, config.region)

    def now(self) -> Reading:
        """Return what a line typed now is read with."""
        ctx = self._ctx
        return Reading(
            now=ctx.now(),
            localize=ctx.localize,
            is_holiday=self.is_holiday,
            options=self.options,
            stages=ctx.config.deal_stages,
            region=ctx.config.region,
        )


def reading(ctx: AppContext) -> Reading:
    """Return what one line is read with."""
    return Readings(ctx).now()


def date_options(config: Config) -> DateOptions:
    """Return the settings that dates depend on."""
    first, _, last = config.business_hours.partition("-")
    hours, minutes = zip(*(map(int, time.split(":")) for time in (first, last)), strict=True)
    return DateOptions(config.dates_next, (hours[0] * 60 + minutes[0], hours[1] * 60 + minutes[1]))


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
