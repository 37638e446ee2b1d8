"""What a line of the log is read with in the terminal interface: the settings and the clock of this run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.domain.log_words import LogOptions
from crm_cli.domain.phrase import DateOptions
from crm_cli.services.interactions import Reading
from crm_cli.services.workdays import is_holiday

if TYPE_CHECKING:
    from crm_cli.context import AppContext


class Readings:
    """Makes a `Reading` of this very moment; settings and holidays are looked up once."""

    def __init__(self, ctx: AppContext) -> None:
        self._ctx = ctx
        config = ctx.config
        dates = DateOptions(config.dates_next)
        self.options = LogOptions(config.log_kinds, config.log_keys, dates, config.currency)
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
