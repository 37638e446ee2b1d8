"""`crm event …`: appointments."""

from __future__ import annotations

from crm_cli.commands import _parties, _work
from crm_cli.commands._spec import Command, Note, Outcome, Param
from crm_cli.commands.invitations import COMMANDS as _INVITATIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from crm_cli.context import AppContext
    from crm_cli.domain.event import Event


def add(
    ctx: AppContext,
    *,
    text: str | None,
    create: bool,
    location: str | None,
    description: str | None,
    repeat: str | None,
    until: str | None,
    remind: list[str],
    attendee: list[str],
    free: bool,
) -> object:
    from crm_cli import wording
    from crm_cli.domain.event_line import read_alarm
    from crm_cli.readings import reading, zone_name
    from crm_cli.services import events

    notes: list[Note] = []
    added = events.add(
        ctx.store,
        text=text or "",
        reading=reading(ctx),
        zone=zone_name(ctx),
        create=create,
        location=location,
        description=description,
        repeat=repeat,
        until=_day(ctx, until, notes) if until else None,
        alarms=[read_alarm(word) for word in remind],
        attendees=[_attendee(ctx, word) for word in attendee],
        free=free,
    )
    notes += [Note("Added {name}.", name=name) for name in added.created]
    notes += [
        Note(notice.template, warning=True, **wording.spoken(notice.params, ctx.today())) for notice in added.notices
    ]
    return Outcome(added.event, notes=[*notes, *_collisions(ctx, added.event)])


def _collisions(ctx: AppContext, event: Event) -> list[Note]:
    """Say what is at the same time as an appointment."""
    from crm_cli.services import agenda

    titles = agenda.colliding(ctx.store, event=event, localize=ctx.localize)
    return [Note("“{title}” is at the same time.", warning=True, title=title) for title in titles]


def _day(ctx: AppContext, text: str, notes: list[Note]) -> date:
    from datetime import datetime

    found = _work.when(ctx, text, notes)
    return found.date() if isinstance(found, datetime) else found


def list_(ctx: AppContext, *, query: list[str]) -> object:
    from crm_cli.domain.agenda import split_range
    from crm_cli.services import events

    days, rest = split_range(query, now=ctx.now())
    if days is None:
        return events.listed(ctx.store, query=rest, now=ctx.now())
    first, last = days
    return events.on_days(ctx.store, first=first, last=last, query=rest, now=ctx.now(), localize=ctx.localize)


def show(ctx: AppContext, *, ref: list[str]) -> object:
    from crm_cli.services import events
    from crm_cli.store import events as rows

    return rows.get(ctx.store.connection, events.one(ctx.store, " ".join(ref), now=ctx.now()))


def edit(ctx: AppContext, *, refs: list[str], nul: bool, **typed: Any) -> object:
    from crm_cli.domain.event_line import read_alarm
    from crm_cli.readings import zone_name
    from crm_cli.services import event_series, events

    notes: list[Note] = []
    start, duration, until, company = (typed[name] for name in ("start", "duration", "until", "company"))
    changes = {name: typed[name] for name in ("title", "location", "description", "url", "status", "repeat", "clear")}
    own = {name: [pair.removeprefix(name) for pair in typed["remove"] if pair.startswith(name)] for name in _REMOVABLE}
    others = [pair for pair in typed["remove"] if not pair.startswith(_REMOVABLE)]
    changes["start"] = _work.when(ctx, start, notes) if start else None
    changes["duration_min"] = read_alarm(duration) if duration else None
    changes["until"] = _day(ctx, until, notes) if until else None
    changes["free"] = True if typed["free"] else False if typed["busy"] else None
    changes["alarms"] = [read_alarm(word) for word in typed["remind"]]
    changes["remove_alarms"] = [read_alarm(word) for word in own["remind="]]
    changes["attendees"] = [_attendee(ctx, word) for word in typed["attendee"]]
    changes["remove_attendees"] = [_attendee(ctx, word) for word in own["attendee="]]
    changes["company_row"] = _work.one(ctx, company, "company").row if company else None
    changes["linked"] = _work.linked(ctx, typed["contact"], typed["tag"], others)

    on, following = typed["on"], typed["following"]

    def act(ref: str) -> object:
        row = events.one(ctx.store, ref, now=ctx.now())
        zone = zone_name(ctx)
        if on is None:
            return events.edit(ctx.store, row=row, now=ctx.now(), zone=zone, **changes)
        at, scope = _one_time(ctx, row, on, notes, following=following)
        return event_series.edit(ctx.store, row=row, at=at, scope=scope, now=ctx.now(), zone=zone, **changes)

    _need_on(on, following=following)
    return _work.with_notes(_parties.for_each(ctx, refs, act, nul=nul), notes)


def _attendee(ctx: AppContext, text: str) -> str:
    """Return the address of somebody to invite: as it is, or that of the person meant."""
    from crm_cli.services import events

    return text if "@" in text else events.address_of(ctx.store, _work.one(ctx, text, "contact"))


def _need_on(on: str | None, *, following: bool) -> None:
    from crm_cli.errors import UsageError

    if following and on is None:
        raise UsageError("--following needs to know from when on.", hint="Add --on DAY.")


def _one_time(ctx: AppContext, row: int, on: str, notes: list[Note], *, following: bool) -> tuple[str, str]:
    """Return when the time of a series begins that `--on` names, and what of the series is meant."""
    from crm_cli.services import event_series

    at = event_series.occurrence_on(ctx.store, row=row, on=_work.when(ctx, on, notes), localize=ctx.localize)
    return at, event_series.FOLLOWING if following else event_series.ONE


def delete(ctx: AppContext, *, refs: list[str], nul: bool, on: str | None, following: bool) -> object:
    from crm_cli.services import event_series, events

    notes: list[Note] = []

    def act(ref: str) -> object:
        row = events.one(ctx.store, ref, now=ctx.now())
        if on is None:
            return events.delete(ctx.store, row=row, now=ctx.now())
        at, scope = _one_time(ctx, row, on, notes, following=following)
        return event_series.delete(ctx.store, row=row, at=at, scope=scope, now=ctx.now())

    _need_on(on, following=following)
    return _work.with_notes(_parties.for_each(ctx, refs, act, nul=nul), notes)


# What `--remove` takes away besides people and tags.
_REMOVABLE = ("remind=", "attendee=")
_ATTENDEE = Param(
    "attendee", "--attendee", many=True, metavar="EMAIL|REF", complete="contact", help="Whom it names as invited."
)
_ON = Param("on", "--on", metavar="WHEN", help="Only the time of a series on this day.")
_FOLLOWING = Param("following", "--following", type="flag", help="With --on: that time and all later ones.")
_LOCATION = Param("location", "--location", metavar="TEXT", help="Where it is.")
_DESCRIPTION = Param("description", "--description", metavar="TEXT", help="More about it.")
_UNTIL = Param("until", "--until", metavar="WHEN", help="The last day of several.")
_REPEAT = Param("repeat", "--repeat", metavar="RULE", help="How often: 2w, monthly, FREQ=WEEKLY;COUNT=8.")
_REMIND = Param("remind", "--remind", many=True, metavar="TIME", help="How long before to be reminded: 30m, 1d.")
_REFS = Param(
    "refs", many=True, required=True, metavar="REF…", complete="event",
    help="Which event; - reads references from stdin.",
)  # fmt: skip

_QUERY = "Days, if any (next week, 1.12. to 5.12.), then a query: words, company:acme, place:, when:, has:repeat."

COMMANDS = (
    Command(
        "event add",
        add,
        (
            Param("text", metavar="LINE", complete="log", help="When, how long, with whom: what."),
            Param("create", "--create", type="flag", help="Add a name that nobody has to the address book."),
            _LOCATION,
            _DESCRIPTION,
            _REPEAT,
            _UNTIL,
            _REMIND,
            _ATTENDEE,
            Param("free", "--free", type="flag", help="It takes no time: others may be beside it."),
        ),
        help="Add an appointment in one line.",
        example=(
            "crm event add tomorrow 9:00 1h miller: demo loc:Augsburg remind:30m",
            "crm event add morgen 9 Uhr 1h Ehrler: Vorführung @müller ort:Augsburg erinnern:30m",
        ),
        writes=True,
        text=True,
    ),
    Command(
        "event list",
        list_,
        (Param("query", many=True, metavar="[RANGE] QUERY", help=_QUERY),),
        help="List appointments by their start; a series is one.",
        example=("crm event list next week", "crm event list company:acme has:repeat"),
    ),
    Command(
        "event show",
        show,
        (Param("ref", many=True, required=True, metavar="REF", complete="event", help="Which event."),),
        help="Show one appointment.",
        example="crm event show k3vq",
    ),
    Command(
        "event edit",
        edit,
        (
            _REFS,
            Param("title", "--title", metavar="TEXT", help="What it is."),
            Param("start", "--start", metavar="WHEN", help="When: fri, 3.12. 9:00; the length stays."),
            Param("duration", "--duration", metavar="TIME", help="How long: 45m, 1h30."),
            _UNTIL,
            _LOCATION,
            _DESCRIPTION,
            Param("url", "--url", metavar="URL", help="A link, such as that of the call."),
            Param("status", "--status", metavar="STATUS", help="confirmed, tentative or cancelled."),
            _REPEAT,
            _REMIND,
            _ATTENDEE,
            _work.CONTACT,
            _work.COMPANY,
            _work.TAG,
            Param("free", "--free", type="flag", help="It takes no time."),
            Param("busy", "--busy", type="flag", help="It takes time."),
            _ON,
            _FOLLOWING,
            _parties.REMOVE,
            _parties.CLEAR,
            _parties.NUL,
        ),
        help="Change an appointment.",
        example=(
            'crm event edit k3vq --start "fri 10:00" --remind 1h --remove contact=miller',
            'crm event edit "team weekly" --on 24.11. --start "25.11. 10:00"',
            "crm event edit fair --until 27.11.",
        ),
        writes=True,
    ),
    Command(
        "event delete",
        delete,
        (_REFS, _ON, _FOLLOWING, _parties.NUL),
        help="Delete appointments.",
        example=("crm event delete k3vq", 'crm event delete "team weekly" --on 24.11. --following'),
        writes=True,
    ),
    *_INVITATIONS,
)
