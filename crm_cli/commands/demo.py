"""`crm demo`: a believable address book, pipeline and diary in a file of its own, to try things on."""

from __future__ import annotations

import os

from crm_cli.commands._spec import Command, Note, Outcome, Param
from crm_cli.errors import Conflict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.context import AppContext


def demo(ctx: AppContext, *, fresh: bool) -> object:
    from crm_cli import places
    from crm_cli.readings import reading, zone_name
    from crm_cli.services import demo as service
    from crm_cli.store.store import Store

    path = ctx.options.db or os.path.join(places.folder("data"), "demo.db")
    if os.path.exists(path):
        if not fresh:
            raise Conflict("{path} exists already.", path=path, hint="crm demo --fresh keeps it aside and starts anew.")
        if not ctx.options.dry_run:
            os.replace(path, f"{path}.{ctx.now():%Y%m%d%H%M%S}")
    # Where nothing is, a dry run is done in memory.
    target = f"{path}.dry-run" if ctx.options.dry_run else path
    try:
        with Store.open(
            target, actor=ctx.config.user_name, command=ctx.command_line, dry_run=ctx.options.dry_run
        ) as store:
            counts = service.seed(store, reading=reading(ctx), zone=zone_name(ctx))
    except BaseException:
        # Half a demonstration would stand in the way of the next one.
        for leftover in (target, f"{target}-wal", f"{target}-shm", f"{target}-lock"):
            if os.path.exists(leftover):
                os.remove(leftover)
        raise
    notes = [
        Note(
            "{companies} companies, {contacts} contacts, {deals} deals, {entries} log entries, {events} appointments.",
            warning=False,
            **counts,
        ),
        Note("Work on it with: export CRM_DB={path}", path=path),
    ]
    return Outcome(path, notes=notes)


COMMANDS = (
    Command(
        "demo",
        demo,
        [Param("fresh", "--fresh", type="flag", help="Keep an earlier demonstration file aside and make a new one.")],
        help="Make a store of demonstration data and print its path.",
        example="crm demo",
    ),
)
