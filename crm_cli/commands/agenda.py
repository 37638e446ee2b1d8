"""`crm agenda` and `crm free`: what is on, and where there is room."""

from __future__ import annotations

from crm_cli.commands._spec import Command, Note, Outcome, Param

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from crm_cli.context import AppContext

_DAYS = 7
_DEFAULT_MIN = 60
_UNREAD = "“{title}” repeats in a way crm cannot follow: of it only the first time is known."


def agenda(ctx: AppContext, *, range: list[str]) -> object:
    if ctx.options.plain:
        return ctx.open_face("plain", screen="week", words=range)
    from crm_cli.domain.agenda import read_range
    from crm_cli.services import agenda as service

    first, last = read_range(" ".join(range), now=ctx.now(), days=_DAYS)
    found = service.agenda(ctx.store, first=first, last=last, localize=ctx.localize)
    notes = [_span(ctx, first, last)]
    notes += [Note("“{title}” repeats too often to show all.", warning=True, title=title) for title in found.cut]
    notes += [Note(_UNREAD, warning=True, title=title) for title in found.unread]
    return Outcome(found.occurrences, notes=notes)


def _span(ctx: AppContext, first: date, last: date) -> Note:
    """Say which days a range of words came to."""
    from crm_cli import wording

    return Note("Days: {first} – {last}", first=wording.day(first, ctx.today()), last=wording.day(last, ctx.today()))


def free(ctx: AppContext, *, words: list[str]) -> object:
    from crm_cli.domain.agenda import read_range
    from crm_cli.domain.times import read_duration
    from crm_cli.domain.tokens import split_words
    from crm_cli.readings import date_options
    from crm_cli.services import agenda as service
    from crm_cli.services.workdays import is_holiday

    text = " ".join(words)
    found = split_words(text)
    length = read_duration(found, 0) if found else None
    rest = text[found[length[0]].start :] if length and length[0] < len(found) else "" if length else text
    first, last = read_range(rest, now=ctx.now(), days=_DAYS)
    slots = service.free(
        ctx.store,
        first=first,
        last=last,
        length_min=length[1] if length else _DEFAULT_MIN,
        hours=date_options(ctx.config).business_hours,
        now=ctx.now(),
        localize=ctx.localize,
        is_holiday=is_holiday(ctx.config.state, ctx.config.region),
    )
    return Outcome(slots, notes=[_span(ctx, first, last)])


_RANGE = "Days: today, next week, kw49, 10 days, 1.12. to 5.12.; without it the next seven."

COMMANDS = (
    Command(
        "agenda",
        agenda,
        (Param("range", many=True, metavar="RANGE", help=_RANGE),),
        help="What is on, with conflicts and the time between places.",
        example=("crm agenda", "crm agenda next week"),
    ),
    Command(
        "free",
        free,
        (Param("words", many=True, metavar="DURATION RANGE", help="How long (1h unless said), and which days."),),
        help="Where in working hours there is room.",
        example=("crm free 1h next week", "crm free 90m 1.12. to 5.12."),
    ),
)
