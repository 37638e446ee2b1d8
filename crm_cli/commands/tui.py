"""`crm tui`: the terminal interface."""

from __future__ import annotations

from crm_cli.commands._spec import Command, Param, Stream
from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.context import AppContext

_SCREENS = ("today", "contacts", "companies", "pipeline", "week", "reports", "duplicates")
# What is opened on a screen by a key, and printed by its name.
_DIALOGS = ("account REF", "keys", "search TEXT", "import FILE")


def tui(ctx: AppContext, *, words: list[str], screen: str | None, read_only: bool, no_mouse: bool) -> object:
    import gc
    import os

    first = words.pop(0) if words and screen is None else screen or "today"
    over = first in [name.partition(" ")[0] for name in _DIALOGS]
    if first not in _SCREENS and not over:
        known = ", ".join((*_SCREENS, *_DIALOGS))
        raise UsageError("There is no screen “{name}”.", name=first, hint="There are: {known}.", known=known)
    if ctx.wants_lines:
        return ctx.open_face("plain", screen=first, words=words)
    if words or over:
        raise UsageError("A query or a record goes with --plain.", hint="crm tui contacts --plain")
    # A key costs two frames of Textual's clock; it is read once, when Textual is imported.
    os.environ.setdefault("TEXTUAL_FPS", "240")
    ctx.writes = not read_only
    # Nothing of what start-up makes is garbage; the app collects again once it stands.
    gc.disable()
    try:
        ctx.open_face("main", screen=first, read_only=read_only, mouse=not no_mouse)
    finally:
        gc.enable()
    return Stream([])


COMMANDS = (
    Command(
        "tui",
        tui,
        (
            Param("words", many=True, metavar="[SCREEN] [QUERY|REF]", help="A screen; with --plain what of it."),
            Param("screen", "--screen", type="choice", choices=_SCREENS, help="The screen to open."),
            Param("read_only", "--read-only", type="flag", help="Change nothing."),
            Param("no_mouse", "--no-mouse", type="flag", help="Leave the mouse to the terminal."),
        ),
        help="Open the terminal interface: the day, people, firms, deals.",
        example=("crm tui", "crm tui pipeline --read-only", "crm tui contacts tag:fair --plain"),
        writes=True,
    ),
)
