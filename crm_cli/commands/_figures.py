"""`crm report pipeline|forecast|closed|revenue|activity|punctuality`: figures as tables."""

from __future__ import annotations

from crm_cli.commands._spec import Command, Note, Outcome, Param

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crm_cli.context import AppContext
    from crm_cli.services.reports import Scope


def pipeline(ctx: AppContext, *, query: list[str]) -> object:
    if ctx.options.plain:
        return _in_lines(ctx, "pipeline", query)
    from crm_cli.services import reports

    return reports.pipeline(_scope(ctx, query, None, ""))


def forecast(ctx: AppContext, *, query: list[str]) -> object:
    if ctx.options.plain:
        return _in_lines(ctx, "forecast", query)
    from crm_cli.services import reports

    return reports.forecast(_scope(ctx, query, None, ""))


def _over_time(name: str, usual: str) -> Callable[..., object]:
    """Return the command of a report over a period; `usual` is the period without `--period`."""

    def act(ctx: AppContext, *, query: list[str], period: str | None) -> object:
        if ctx.options.plain:
            return _in_lines(ctx, name, query, period)
        from crm_cli.services import reports

        scope = _scope(ctx, query, period, usual)
        return Outcome(getattr(reports, name)(scope), notes=_span(scope))

    return act


def board(ctx: AppContext, *, query: list[str]) -> object:
    if ctx.options.plain and not query:
        return ctx.open_face("plain", screen="pipeline")
    return pipeline(ctx, query=query)


def _in_lines(ctx: AppContext, name: str, query: Sequence[str], period: str | None = None) -> object:
    return ctx.open_face("plain", screen="reports", words=[name, *query], period=period)


def _scope(ctx: AppContext, query: Sequence[str], period: str | None, usual: str) -> Scope:
    from crm_cli.services.reports import scope_of

    return scope_of(
        ctx.store,
        period=period or usual,
        query=" ".join(query),
        now=ctx.now(),
        localize=ctx.localize,
        currency=ctx.config.currency,
        stages=ctx.config.deal_stages,
    )


def _span(scope: Scope) -> list[Note]:
    return [Note("From {first} to {last}.", first=scope.first, last=scope.last)]


_QUERY = Param("query", many=True, metavar="QUERY", help="Which records count: owner:me, company:acme, tag:fair.")
_PERIOD = Param("period", "--period", metavar="PERIOD", help="When: 2025, q4, last month, november, 12 weeks.")

COMMANDS = (
    *(
        Command(
            name,
            act,
            (_QUERY,),
            help="Open deals by stage, with their value and what is likely of it.",
            example=(f"crm {name}", f"crm {name} owner:me --format csv"),
        )
        for name, act in (("report pipeline", pipeline), ("pipeline", board))
    ),
    *(
        Command(
            name,
            forecast,
            (_QUERY,),
            help="Open deals by the month they are to close in.",
            example=(f"crm {name}", f"crm {name} stage:quote --json"),
        )
        for name in ("report forecast", "forecast")
    ),
    Command(
        "report closed",
        _over_time("closed", "12 months"),
        (_QUERY, _PERIOD),
        help="Deals won and lost by month.",
        example=("crm report closed", "crm report closed --period 2025"),
    ),
    Command(
        "report revenue",
        _over_time("revenue", "12 months"),
        (_QUERY, _PERIOD),
        help="Firms by the value of the deals won with them.",
        example=("crm report revenue", "crm report revenue --period q4 --limit 10"),
    ),
    Command(
        "report activity",
        _over_time("activity", "12 weeks"),
        (_QUERY, _PERIOD),
        help="What was logged by week: calls, visits, mails.",
        example=("crm report activity", "crm report activity company:acme --period 2025"),
    ),
    Command(
        "report punctuality",
        _over_time("punctuality", "12 months"),
        (_QUERY, _PERIOD),
        help="Follow-ups done in time, late, or still open.",
        example=("crm report punctuality", 'crm report punctuality owner:me --period "last quarter"'),
    ),
)
