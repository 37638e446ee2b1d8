"""`crm files`: what is attached to a record, saved or opened."""

from __future__ import annotations

from crm_cli.commands._spec import Command, Note, Outcome, Param
from crm_cli.errors import BadInput, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.context import AppContext
    from crm_cli.domain.attachment import Attachment


def files(ctx: AppContext, *, ref: list[str], save: str | None, open: int | None) -> object:
    from crm_cli.services import attachments, resolve

    match = resolve.record(ctx.store, " ".join(ref), region=ctx.config.region)
    found = attachments.of_record(ctx.store, match)
    if open is not None:
        return _opened(ctx, attachments.numbered(found, open, match.name), save)
    return found if save is None else _saved(ctx, found, save)


def _saved(ctx: AppContext, found: list[Attachment], folder: str) -> Outcome:
    """Write all that is no link into a folder; raises BadInput where some are damaged, after the others."""
    from crm_cli.services import attachment_files

    if ctx.options.dry_run:
        return Outcome(found, notes=[Note("Nothing was written: this was a trial.")])
    saved: list[Attachment] = []
    refused: list[BadInput] = []
    for one in found:
        try:
            saved.append(one if one.source is None else attachment_files.save(one, folder))
        except BadInput as error:
            saved.append(one.changed(damaged=True))
            refused.append(error)
    written = sum(one.path is not None for one in saved)
    if refused:
        raise BadInput(
            "{saved} saved, {refused} damaged; the first: {name}",
            report=saved, saved=written, refused=len(refused), name=refused[0].params["name"],
        )  # fmt: skip
    return Outcome(saved, notes=[Note("{count:file|files} saved in {folder}.", count=written, folder=folder)])


def _opened(ctx: AppContext, chosen: Attachment, folder: str | None) -> Outcome:
    """Hand one attachment to the user's program; what a desktop may run only after a question."""
    from crm_cli import opener, places
    from crm_cli.services import attachment_files

    if ctx.options.dry_run:
        return Outcome(chosen, notes=[Note("Nothing was written: this was a trial.")])
    program = ctx.config.opener
    if chosen.link is not None:
        opener.open_target(chosen.link, program)
        return Outcome(chosen, notes=[Note("Opened: {target}", target=chosen.link)])
    if folder is not None:
        chosen = attachment_files.save(chosen, folder)
    else:
        chosen = attachment_files.lay_out(chosen, places.folder("cache"), ctx.now())
    assert chosen.path is not None
    if attachment_files.needs_question(chosen) and not ctx.confirm(
        "“{name}” is of a kind that a desktop may run as a program. Open it?", name=chosen.name
    ):
        raise UsageError(
            "“{name}” was saved but not opened: a desktop may run it as a program. It is here: {path}",
            name=chosen.name, path=chosen.path, hint="--yes opens it all the same.",
        )  # fmt: skip
    opener.open_file(chosen.path, program)
    return Outcome(chosen, notes=[Note("Opened: {target}", target=chosen.path)])


COMMANDS = (
    Command(
        "files",
        files,
        (
            Param("ref", many=True, required=True, metavar="REF", complete="record", help="Whom or what."),
            Param("save", "--save", metavar="FOLDER", complete="file", help="Save them in a folder."),
            Param("open", "--open", type="int", metavar="N", help="Open one of them, by its number."),
        ),
        help="Photos, keys and files that came with a record: list, save, open.",
        example=("crm files lovelace", "crm files lovelace --open 1"),
    ),
)
