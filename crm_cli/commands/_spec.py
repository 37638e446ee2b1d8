"""The one declaration of a command, read by the thin front door, by Typer and by completion.

How to write a command module (`crm_cli/commands/<noun>.py`, its first words listed in `MODULES` of `__init__.py`):

    from __future__ import annotations
    from crm_cli.commands._spec import Command, Note, Outcome, Param

    def add(ctx: AppContext, *, text: list[str], due: str | None, force: bool) -> object:
        task = tasks.add(ctx.store, text=" ".join(text), due=due, now=ctx.now())   # one service call
        return Outcome(task, notes=[Note("Due {day}.", day=task.due)])            # or just `return task`

    COMMANDS = (
        Command("task add", add, [
            Param("text", many=True, required=True, help="What to do."),             # no flag: a positional
            Param("due", "--due", metavar="WHEN", help="When: fri, +3d, 3.12."),
            Param("force", "--force", type="flag", help="Add it all the same."),
        ], help="Add a follow-up.", example="crm task add Call back --due fri", writes=True),
    )

A command converts, calls one service or view and RETURNS a record, a list, a plain dict or an `Outcome`; it never
prints, and asks only through `ctx.confirm` and `ctx.prompt`. Every declared parameter arrives by keyword: `many` as a
list (`[]` when not given), flags as bool, others as str/int/float or their default (None). `ctx.options` has the rest.
`Stream(chunks)` is written as it comes. Failures are raised from `crm_cli.errors`. Columns of a new record type:
`crm_cli/fields/<module of the type>.py` (see `crm_cli/fields/__init__.py`); without it all its fields are shown.
`help`, headings, notes and error templates are English; their German text goes in `crm_cli/i18n_de/<area>.py`.
At module level import only what every command of the file needs: a hot command pays for it.
"""

from __future__ import annotations

from crm_cli.results import Note, Outcome, Stream

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["Command", "Note", "Outcome", "Param", "Stream"]


class Param:
    """One parameter: positional without flags, an option with them.

    `type` is `str`, `int`, `float`, `flag` or `choice` (then `choices`). `many` collects: a repeated option, or all
    the remaining positionals. `complete` names what the shell may offer: `contact`, `company`, `record`, `tag`,
    `kind`, `stage`, `file`, `command`, …. `hidden` keeps it out of the help.
    """

    __slots__ = (
        "choices",
        "complete",
        "default",
        "flags",
        "help",
        "hidden",
        "many",
        "metavar",
        "name",
        "required",
        "type",
    )

    def __init__(
        self,
        name: str,
        *flags: str,
        type: str = "str",
        many: bool = False,
        required: bool = False,
        default: object = None,
        choices: Sequence[str] = (),
        help: str = "",
        metavar: str | None = None,
        complete: str | None = None,
        hidden: bool = False,
    ) -> None:
        self.name = name
        self.flags = flags
        self.type = type
        self.many = many
        self.required = required
        self.default = default
        self.choices = tuple(choices)
        self.help = help
        self.metavar = metavar
        self.complete = complete
        self.hidden = hidden

    def absent(self) -> object:
        """Return the value a command sees when the user gave none."""
        if self.type == "flag":
            return bool(self.default)
        if self.many:
            return list(self.default) if isinstance(self.default, (list, tuple)) else []
        return self.default


class Command:
    """One command. `name` holds all its words (`contact add`); `run(ctx, **params)` returns the value to show.

    `writes` marks commands that change the store (they may create it). `limit` is the default of `--limit`. `text`
    marks a command that reads its own argv: known options stand before the first or after the last word, the words
    between are joined by one blank and given as its only positional (None when there are none).
    """

    __slots__ = ("example", "help", "hidden", "hot", "limit", "name", "params", "run", "text", "writes")

    def __init__(
        self,
        name: str,
        run: Callable[..., object],
        params: Iterable[Param] = (),
        *,
        help: str,
        example: str | Sequence[str],
        writes: bool = False,
        hot: bool = False,
        hidden: bool = False,
        limit: int | None = None,
        text: bool = False,
    ) -> None:
        self.name = name
        self.run = run
        self.params = tuple(params)
        self.help = help
        self.example = (example,) if isinstance(example, str) else tuple(example)
        self.writes = writes
        self.hot = hot
        self.hidden = hidden
        self.limit = limit
        self.text = text
