"""`crm sync …`: address books and calendars elsewhere, kept in step both ways."""

from __future__ import annotations

from crm_cli.commands._spec import Command, Note, Outcome, Param
from crm_cli.errors import BadInput, Conflict, RemoteError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.context import AppContext
    from crm_cli.domain.sync import SyncCollection, SyncReport


def run(ctx: AppContext, *, name: str | None) -> object:
    """Bring one collection, or all, in step."""
    from crm_cli.services import sync

    collections = sync.chosen(ctx.store, name)
    reports: list[SyncReport] = []
    exit_code = 0
    change_set = None
    for collection in collections:
        try:
            report = _run_one(ctx, collection, change_set)
        except (RemoteError, Conflict) as error:
            if len(collections) == 1:
                raise
            report = _failed(collection, ctx.t(error.template, **error.params))
            exit_code = exit_code or error.exit_code
        for item in report.refused:
            item["reason"] = ctx.t(item["reason"])
        reports.append(report)
        change_set = report.change_set or change_set
    notes = [note for report in reports for note in _notes(report)]
    if any(report.refused for report in reports) and not exit_code:
        count = sum(len(report.refused) for report in reports)
        raise BadInput("{count:item was|items were} refused; everything else is in step.", report=reports, count=count)
    return Outcome(reports, notes=notes, exit_code=exit_code)


def _run_one(ctx: AppContext, collection: SyncCollection, change_set: int | None) -> SyncReport:
    from crm_cli.services import sync
    from crm_cli.services.sync_run import DeletionStorm

    def act(allow: bool) -> SyncReport:
        with ctx.progress(collection.name) as progress:
            return sync.run(
                ctx.store,
                collection=collection,
                region=ctx.config.region,
                stages=ctx.config.deal_stages,
                now=ctx.now(),
                localize=ctx.localize,
                dry_run=ctx.options.dry_run,
                allow_deletions=allow,
                change_set=change_set,
                step=progress.advance,
            )

    try:
        return act(ctx.options.yes)
    except DeletionStorm as storm:
        if not ctx.confirm("{name}: delete {here} of {known} items here and {there} on the server?", **storm.params):
            raise
        return act(True)


def _failed(collection: SyncCollection, reason: str) -> SyncReport:
    from crm_cli.domain.sync import SyncReport

    return SyncReport(collection.name, error=reason)


def _notes(report: SyncReport) -> list[Note]:
    notes = []
    if report.error:
        notes.append(Note("{name}: {reason}", warning=True, name=report.name, reason=report.error))
    if report.conflicts:
        notes.append(
            Note(
                "{name}: {count:conflict waits|conflicts wait} for an answer: crm sync conflicts",
                warning=True,
                name=report.name,
                count=report.conflicts,
            )
        )
    if report.postponed:
        notes.append(
            Note(
                "{name}: {count:item|items} changed meanwhile; the next sync takes them.",
                name=report.name,
                count=report.postponed,
            )
        )
    if not report.error and not report.operations and not report.conflicts:
        notes.append(Note("{name} is in step: {count:item|items}.", name=report.name, count=report.same))
    return notes


def add(
    ctx: AppContext,
    *,
    url: str,
    name: str | None,
    user: str | None,
    password_command: str | None,
    direction: str,
    query: str | None,
    kind: str | None,
    tasks: bool,
    log: bool,
    companies: bool,
    invite: bool,
) -> object:
    from crm_cli.services import sync

    added = sync.add(
        ctx.store,
        url=url,
        name=name,
        user=user,
        password_command=password_command,
        direction=direction,
        query=query,
        kind=kind,
        tasks=tasks,
        entries=log,
        companies=companies,
        invite=invite,
        stages=ctx.config.deal_stages,
        now=ctx.now(),
    )
    return Outcome(
        added, notes=[Note("crm sync {name} brings it in step; --dry-run shows what that does.", name=added.name)]
    )


def list_(ctx: AppContext) -> object:
    from crm_cli.store import sync

    return sync.list_collections(ctx.store.connection)


def status(ctx: AppContext) -> object:
    from crm_cli.store import sync

    return sync.statuses(ctx.store.connection, say=ctx.t)


def remove(ctx: AppContext, *, name: str) -> object:
    from crm_cli.services import sync

    removed = sync.remove(ctx.store, name=name, now=ctx.now())
    return Outcome(removed, notes=[Note("Nothing here or on the server was deleted.")])


def conflicts(ctx: AppContext, *, number: int | None, keep: str | None) -> object:
    from crm_cli.errors import UsageError
    from crm_cli.services import sync
    from crm_cli.store import sync as sync_store

    if (number is None) != (keep is None):
        raise UsageError("An answer needs a conflict and a side.", hint="crm sync conflicts 3 --keep mine")
    if number is None or keep is None:
        return sync_store.list_conflicts(ctx.store.connection)
    answered = sync.answer(ctx.store, number=number, side=keep, now=ctx.now())
    return Outcome(answered, notes=[Note("The next crm sync carries it out.")])


_NAME = Param("name", metavar="NAME", help="The name of a collection; all, unless said.")

COMMANDS = (
    Command(
        "sync",
        run,
        (_NAME,),
        help="Bring contacts, calendars and servers in step, both ways.",
        example=("crm sync", "crm sync phone --dry-run"),
        writes=True,
    ),
    Command(
        "sync add",
        add,
        (
            Param("url", required=True, metavar="URL", help="A server, its address book or calendar, or a folder."),
            Param("name", "--name", metavar="NAME", help="What to call it here."),
            Param("user", "--user", metavar="USER", help="The user on the server."),
            Param(
                "password_command",
                "--password-command",
                metavar="COMMAND",
                help="Prints the password: pass show phone. Else CRM_<NAME>_PASSWORD or the keyring.",
            ),
            Param(
                "direction",
                "--direction",
                type="choice",
                choices=("both", "pull", "push"),
                default="both",
                help="Both ways, only from the server, only to it.",
            ),
            Param("query", "--filter", metavar="QUERY", help="Which contacts, or whose events, go to the server."),
            Param(
                "kind", "--kind", type="choice", choices=("contact", "event"), help="Only address books, or calendars."
            ),
            Param("tasks", "--tasks", type="flag", help="Synchronise follow-ups with the calendar, too."),
            Param("log", "--log", type="flag", help="Synchronise the log with the calendar, too (VJOURNAL)."),
            Param("companies", "--companies", type="flag", help="Make cards of the firms that were added here, too."),
            Param("invite", "--invite", type="flag", help="Let the server send invitations: put attendees, too."),
        ),
        help="Synchronise an address book or calendar: on a server (CardDAV, CalDAV) or in a folder (vdir).",
        example=(
            'crm sync add https://dav.example.org --user ada --password-command "pass show dav"',
            "crm sync add https://dav.example.org/ada/vip --name vip --filter tag:vip",
            "crm sync add ~/.calendars/work --kind event --tasks",
        ),
        writes=True,
    ),
    Command("sync list", list_, help="List what is synchronised.", example="crm sync list"),
    Command("sync status", status, help="Show when each was last in step.", example="crm sync status"),
    Command(
        "sync remove",
        remove,
        (Param("name", required=True, metavar="NAME", help="The name of a collection."),),
        help="Stop synchronising; nothing is deleted.",
        example="crm sync remove phone",
        writes=True,
    ),
    Command(
        "sync conflicts",
        conflicts,
        (
            Param("number", type="int", metavar="ID", help="The number of a conflict."),
            Param("keep", "--keep", type="choice", choices=("mine", "theirs"), metavar="SIDE", help="Which side wins."),
        ),
        help="List what both sides changed, or decide one.",
        example=("crm sync conflicts", "crm sync conflicts 3 --keep mine"),
        writes=True,
    ),
)
