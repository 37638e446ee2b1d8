"""`crm event apply` and `crm event reply`: act on messages about appointments, and answer them."""

from __future__ import annotations

from crm_cli.commands._spec import Command, Note, Outcome, Param, Stream

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from crm_cli.context import AppContext
    from crm_cli.domain.ical_item import CalendarDraft
    from crm_cli.services.invitations import Reply


def apply(ctx: AppContext, *, path: str) -> object:
    from crm_cli.services import invitations

    return invitations.apply(ctx.store, messages=_messages(ctx, path), now=ctx.now(), localize=ctx.localize)


def reply(
    ctx: AppContext, *, path: str, answer: str, address: str | None, mail: bool, output: str | None, force: bool
) -> object:
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
    mail = mail or (output or "").lower().endswith(".eml")
    chunks = [_mail(ctx, found)] if mail else ical.write(one.calendar for one in found)
    if output is None or output == "-":
        return Stream(chunks)
    if ctx.options.dry_run:
        return Outcome(None, notes=[Note("Nothing was written: this was a trial.")])
    from crm_cli.services import export_files

    export_files.write_file(output, chunks, force=force)
    return Outcome(None, notes=[Note("Written: {path}", path=output)])


def _mail(ctx: AppContext, found: Sequence[Reply]) -> bytes:
    """Return an answer as a mail (iMIP) to whoever invited; raises UsageError for several."""
    from email.utils import format_datetime

    from crm_cli import wording
    from crm_cli.errors import UsageError
    from importers import imip

    if len(found) > 1:
        raise UsageError("A mail holds one answer; the file holds {count} invitations.", count=len(found))
    one = found[0]
    subject = f"{wording.word(one.answer)}: {one.title}"
    text = f"{subject}\n{wording.when(one.start, ctx.today())}\n" if one.start else f"{subject}\n"
    return imip.write(
        one.calendar, method="REPLY", sender=one.sender, receiver=one.receiver, subject=subject, text=text,
        date=format_datetime(ctx.now()),
    )  # fmt: skip


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


_PATH = Param("path", required=True, metavar="FILE|-", complete="file", help="The message: a mail or a calendar file.")

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
            Param("mail", "--mail", type="flag", help="As a mail to whoever invited; also by -o reply.eml."),
            Param("output", "--output", "-o", metavar="FILE", complete="file", help="Where to; without it stdout."),
            Param("force", "--force", type="flag", help="Write through a symbolic link."),
        ),
        help="Take up an invitation; write the answer to its sender.",
        example="crm event reply invite.eml --answer declined -o reply.eml",
        writes=True,
    ),
)
