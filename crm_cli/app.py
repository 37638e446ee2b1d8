"""`crm`: the way in, the only catch and the only call of the printer."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from crm_cli.commands._spec import Command
    from crm_cli.context import AppContext
    from crm_cli.front import Located


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code; the codes stand in `crm_cli.errors`."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    context = None
    try:
        if arguments == ["--version"]:
            return _version()
        from crm_cli import front
        from crm_cli.context import AppContext

        context = AppContext(front.rough_options(arguments), arguments=arguments)
        return _run(context)
    except BrokenPipeError:
        return _reader_left()
    except (Exception, KeyboardInterrupt) as error:
        from crm_cli.failure import report

        try:
            return report(error, context)
        except BrokenPipeError:
            return _reader_left()


def _version() -> int:
    from crm_cli import __version__

    if sys.stdout is not None:
        sys.stdout.write(f"crm {__version__}\n")
        sys.stdout.flush()
    return 0


def _reader_left() -> int:
    """End quietly when the reader of our output is gone (`crm contact list | head`)."""
    import os

    # What is still buffered would fail again when Python flushes at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _run(context: AppContext) -> int:
    """Find the command, run it, show its value, then its notes."""
    import os

    from crm_cli import front

    os.umask(0o077)
    context.settle_language()
    located = front.locate_whole(context.arguments)
    command = located.command
    words = front.arguments_for(command, located.arguments) if command else located.arguments
    wanted = front.wants(command, words)
    if wanted == "version":
        return _version()
    if wanted or command is None:
        _help(located, command, words, asked=wanted is not None)
        return 0
    call = front.parse(command, words)
    if call is None:
        from crm_cli.commands import _typer

        call = _typer.parse(command, words)
    front.check_text(command, call)
    context.options = front.options_of(command, call.given)
    context.writes = command.writes
    context.settle_language(located.path[0])
    with context:
        return _show(command.run(context, **call.values), context)


def _help(located: Located, command: Command | None, words: Sequence[str], *, asked: bool) -> None:
    """Write a help text, or refuse a line that leads to no command."""
    import gc

    gc.disable()  # nothing of what this loads is garbage, and looking for it takes a tenth of the time
    try:
        from crm_cli.commands import _typer
        from crm_cli.output import write_text

        write_text(_typer.help_text(located.path, command) if asked or not words else _typer.refuse(located))
    finally:
        gc.enable()


def _show(result: object, context: AppContext) -> int:
    """Print what a command returned and return its exit code."""
    from crm_cli import output
    from crm_cli.results import Outcome

    outcome = result if isinstance(result, Outcome) else Outcome(result)
    notes = [*output.write(outcome.value, context), *outcome.notes]
    if notes:
        from crm_cli.terminal import show_notes

        show_notes(notes, quiet=context.options.quiet)
    return outcome.exit_code
