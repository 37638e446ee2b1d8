"""`crm tui`: the terminal interface."""

from __future__ import annotations

from crm_cli.commands._spec import Command, Param, Stream

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.context import AppContext

_SCREENS = ("today", "contacts", "companies", "pipeline")


def tui(ctx: AppContext, *, screen: str, read_only: bool, no_mouse: bool) -> object:
    import os

    # A key costs two frames of Textual's clock; it is read once, when Textual is imported.
    os.environ.setdefault("TEXTUAL_FPS", "120")
    ctx.writes = not read_only
    ctx.open_face("main", screen=screen, read_only=read_only, mouse=not no_mouse)
    return Stream([])


COMMANDS = (
    Command(
        "tui",
        tui,
        (
            Param("screen", "--screen", type="choice", choices=_SCREENS, default="today", help="The screen to open."),
            Param("read_only", "--read-only", type="flag", help="Change nothing."),
            Param("no_mouse", "--no-mouse", type="flag", help="Leave the mouse to the terminal."),
        ),
        help="Open the terminal interface: the day, people, firms, deals.",
        example=("crm tui", "crm tui --screen pipeline --read-only"),
        writes=True,
    ),
)
