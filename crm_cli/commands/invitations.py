"""`crm event apply` and `crm event reply`: act on messages about appointments, and answer them."""

from __future__ import annotations

from crm_cli.commands._spec import Command, Note, Outcome, Param, Stream

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.context import AppContext
    from crm_cli.domain.ical_item import CalendarDraft


def apply(ctx: AppContext, *, path: str) -> object:
    from crm_cli.services import invitations

    return invitations.apply(ctx.store, messages=_messages(ctx, path), now=ctx.now(), localize=ctx.localize)


def reply(ctx: AppContext, *, path: str, answer: str, address: str | None, output: str | None, force: bool) -> object:
    from crm_cli.services import invitations
    from importers import ical

    found = invitations.reply(
        ctx.store,
        messages=_messages(ctx, path),
        answer=answer,
        address=address,
        now=ctx.now(),
        localize=ctx.localize,
    )
    if output is None or output == "-":
        return Stream(ical.write(found))
    if ctx.options.dry_run:
        return Outcome(None, notes=[Note("Nothing was written: this was a trial.")])
    from crm_cli.services import export_files

    export_files.write_file(output, ical.write(found), force=force)
    return Outcome(None, notes=[Note("Written: {path}", path=output)])


def _messages(ctx: AppContext, path: str) -> list[CalendarDraft]:
    import io

    from crm_cli.services import invitations
    from crm_cli.services.import_reading import sources

    if path == "-":
        return invitations.read(io.BytesIO(ctx.stdin_bytes()), source=path)
    found: list[CalendarDraft] = []
    for source in sources([path]):
        with source.open() as stream:
            found += invitations.read(stream, source=source.label)
    return found


_PATH = Param("path", required=True, metavar="FILE|-", complete="file", help="The message, as a calendar file.")

COMMANDS = (
    Command(
        "event apply",
        apply,
        (_PATH,),
        help="Do what an invitation, a cancellation or an answer says.",
        example="crm event apply invite.ics",
        writes=True,
    ),
    Command(
        "event reply",
        reply,
        (
            _PATH,
            Param(
                "answer",
                "--answer",
                type="choice",
                choices=("accepted", "declined", "tentative"),
                default="accepted",
                help="What you answer.",
            ),
            Param("address", "--as", metavar="ADDRESS", help="Which of those invited you are."),
            Param("output", "--output", "-o", metavar="FILE", complete="file", help="Where to; without it stdout."),
            Param("force", "--force", type="flag", help="Write through a symbolic link."),
        ),
        help="Take up an invitation and write the answer to its sender.",
        example="crm event reply invite.ics --answer declined -o reply.ics",
        writes=True,
    ),
)
