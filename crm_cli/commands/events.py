"""`crm event …`: appointments."""

from __future__ import annotations

from crm_cli.commands import _calendar, _parties, _work
from crm_cli.commands._spec import Command, Note, Outcome, Param
from crm_cli.commands.invitations import COMMANDS as _INVITATIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from crm_cli.context import AppContext


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
    free: bool,
) -> object:
    from crm_cli.domain.event_line import read_alarm
    from crm_cli.readings import reading
    from crm_cli.services import events

    notes: list[Note] = []
    added = events.add(
        ctx.store,
        text=text or "",
        reading=reading(ctx),
        zone=_calendar.zone_name(ctx),
        create=create,
        location=location,
        description=description,
        repeat=repeat,
        until=_day(ctx, until, notes) if until else None,
        alarms=[read_alarm(word) for word in remind],
        free=free,
    )
    notes += [Note("Added {name}.", name=name) for name in added.created]
    notes += [Note(notice.template, warning=True, **notice.params) for notice in added.notices]
    return Outcome(added.event, notes=notes)


def _day(ctx: AppContext, text: str, notes: list[Note]) -> date:
    from datetime import datetime

    found = _work.when(ctx, text, notes)
    return found.date() if isinstance(found, datetime) else found


def list_(ctx: AppContext, *, query: list[str]) -> object:
    from crm_cli.domain.agenda import read_range
    from crm_cli.errors import UsageError
    from crm_cli.services import events

    text = " ".join(query)
    between = None
    if text:
        try:
            between = read_range(text, now=ctx.now(), days=1)
        except UsageError:
            between = None
    return events.listed(ctx.store, query=text, between=between)


def show(ctx: AppContext, *, ref: list[str]) -> object:
    from crm_cli.services import events
    from crm_cli.store import events as rows

    return rows.get(ctx.store.connection, events.one(ctx.store, " ".join(ref), now=ctx.now()))


def edit(ctx: AppContext, *, refs: list[str], nul: bool, **typed: Any) -> object:
    from crm_cli.domain.event_line import read_alarm
    from crm_cli.services import events

    notes: list[Note] = []
    start, duration, company = typed["start"], typed["duration"], typed["company"]
    changes = {name: typed[name] for name in ("title", "location", "description", "url", "status", "repeat", "clear")}
    alarms = [pair.removeprefix("remind=") for pair in typed["remove"] if pair.startswith("remind=")]
    others = [pair for pair in typed["remove"] if not pair.startswith("remind=")]
    changes["start"] = _work.when(ctx, start, notes) if start else None
    changes["duration_min"] = read_alarm(duration) if duration else None
    changes["free"] = True if typed["free"] else False if typed["busy"] else None
    changes["alarms"] = [read_alarm(word) for word in typed["remind"]]
    changes["remove_alarms"] = [read_alarm(word) for word in alarms]
    changes["company_row"] = _work.one(ctx, company, "company").row if company else None
    changes["linked"] = _work.linked(ctx, typed["contact"], typed["tag"], others)

    def act(ref: str) -> object:
        row = events.one(ctx.store, ref, now=ctx.now())
        return events.edit(ctx.store, row=row, now=ctx.now(), zone=_calendar.zone_name(ctx), **changes)

    return _work.with_notes(_parties.for_each(ctx, refs, act, nul=nul), notes)


def delete(ctx: AppContext, *, refs: list[str], nul: bool) -> object:
    from crm_cli.services import events

    def act(ref: str) -> object:
        return events.delete(ctx.store, row=events.one(ctx.store, ref, now=ctx.now()), now=ctx.now())

    return _parties.for_each(ctx, refs, act, nul=nul)


_LOCATION = Param("location", "--location", metavar="TEXT", help="Where it is.")
_DESCRIPTION = Param("description", "--description", metavar="TEXT", help="More about it.")
_REPEAT = Param("repeat", "--repeat", metavar="RULE", help="How often: 2w, monthly, FREQ=WEEKLY;COUNT=8.")
_REMIND = Param("remind", "--remind", many=True, metavar="TIME", help="How long before to be reminded: 30m, 1d.")
_REFS = Param("refs", many=True, required=True, metavar="REF…", help="Which event; - reads references from stdin.")

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
            Param("until", "--until", metavar="WHEN", help="The last day of several."),
            _REMIND,
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
        (Param("query", many=True, metavar="RANGE|WORDS", help="Days (next week, 1.12. to 5.12.) or words."),),
        help="List appointments by their start; a series is one.",
        example=("crm event list", "crm event list next week"),
    ),
    Command(
        "event show",
        show,
        (Param("ref", many=True, required=True, metavar="REF", help="Which event."),),
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
            _LOCATION,
            _DESCRIPTION,
            Param("url", "--url", metavar="URL", help="A link, such as that of the call."),
            Param("status", "--status", metavar="STATUS", help="confirmed, tentative or cancelled."),
            _REPEAT,
            _REMIND,
            _work.CONTACT,
            _work.COMPANY,
            _work.TAG,
            Param("free", "--free", type="flag", help="It takes no time."),
            Param("busy", "--busy", type="flag", help="It takes time."),
            _parties.REMOVE,
            _parties.CLEAR,
            _parties.NUL,
        ),
        help="Change an appointment.",
        example='crm event edit k3vq --start "fri 10:00" --remind 1h --remove contact=miller',
        writes=True,
    ),
    Command(
        "event delete",
        delete,
        (_REFS, _parties.NUL),
        help="Delete appointments.",
        example="crm event delete k3vq",
        writes=True,
    ),
    *_INVITATIONS,
)
