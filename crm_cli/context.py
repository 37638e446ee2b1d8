"""The composition root: what a command gets as its first argument.

Holds the configuration, the global options, the only clock and the store, each made when it is first asked for.
"""

from __future__ import annotations

import os
import sys

from crm_cli import i18n, places
from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date, datetime

    from crm_cli.commands._options import Options
    from crm_cli.commands._spec import Command
    from crm_cli.config import Config
    from crm_cli.store.store import Store
    from crm_cli.terminal import Progress, Prompt

_SHELL_SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@%+=:,./-_äöüÄÖÜß")


class AppContext:
    """One run of the program. Close it, or use it as a context manager."""

    def __init__(self, options: Options, *, arguments: Sequence[str] = ()) -> None:
        self.options = options
        self.arguments = list(arguments)
        self.writes = False
        # The ids made in this run; a dry run shows them as null.
        self.created_uids: Collection[str] = ()
        self._config: Config | None = None
        self._store: Store | None = None

    def __enter__(self) -> AppContext:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the store if it was opened."""
        if self._store is not None:
            store, self._store = self._store, None
            store.close()

    @property
    def config(self) -> Config:
        """The configuration, read from `config.toml` on first use."""
        if self._config is None:
            from crm_cli import config

            self._config = config.load(places.config_file())
        return self._config

    def settle_language(self, *areas: str) -> None:
        """Choose the language of texts; `areas` names the catalogues most likely needed.

        A configuration that can't be read is silent here: `crm config edit` must still run.
        """
        configured = None
        # Without a file there is no need to load what reads it: completion of a command word does without.
        if os.path.exists(places.config_file()):
            try:
                configured = self.config.lang
            except UsageError:
                pass
        i18n.use(i18n.detect(self.options.lang, configured), *areas)

    @property
    def command_line(self) -> str:
        """What the user typed, quoted as a shell needs it: the command of a change set."""
        return " ".join(["crm", *map(_quoted, self.arguments)])

    @property
    def db_path(self) -> str:
        """Where the store is."""
        return places.database_file(self.options.db)

    @property
    def store(self) -> Store:
        """The store, opened on first use; only a command that writes creates the file."""
        if self._store is None:
            from crm_cli.store.store import Store

            self._store = Store.open(
                self.db_path,
                actor=self.config.user_name,
                command=self.command_line,
                create=self.writes and not self.options.dry_run,
                dry_run=self.options.dry_run,
            )
            self.created_uids = self._store.created_uids
        return self._store

    @property
    def opened_store(self) -> Store | None:
        """The store if it has been opened."""
        return self._store

    def now(self) -> datetime:
        """Return the current moment with its offset: `CRM_NOW`, or the system's clock."""
        from datetime import datetime

        text = os.environ.get("CRM_NOW")
        if not text:
            return datetime.now().astimezone()  # noqa: TID251 - the only clock
        moment = _given_moment(text)
        if moment.tzinfo is None:
            return moment.astimezone()
        local = moment.astimezone()
        return local if local.utcoffset() == moment.utcoffset() else moment

    def today(self) -> date:
        """Return the day of `now()`."""
        return self.now().date()

    def localize(self, moment: datetime) -> datetime:
        """Return a naive local time with its offset on that day.

        The zone is the system's, or the fixed offset of `CRM_NOW` where that is not the system's at that moment.
        """
        text = os.environ.get("CRM_NOW")
        if text:
            given = _given_moment(text)
            if given.tzinfo is not None and given.astimezone().utcoffset() != given.utcoffset():
                return moment.replace(tzinfo=given.tzinfo)
        return moment.astimezone()

    @property
    def lang(self) -> str:
        """The language in use: `de` or `en`."""
        return i18n.language()

    def t(self, template: str, /, **params: object) -> str:
        """Return a text in the language in use."""
        return i18n.t(template, **params)

    @property
    def can_prompt(self) -> bool:
        """Whether the user may be asked: stdin and stderr are terminals and no option forbids it."""
        options = self.options
        if options.no_input or options.yes or options.format in ("json", "jsonl"):
            return False
        return _is_terminal(sys.stdin) and _is_terminal(sys.stderr)

    @property
    def wants_lines(self) -> bool:
        """Whether lines are wanted instead of screens and columns: `--plain`, or `ACCESSIBLE` in the environment."""
        return self.options.plain or os.environ.get("ACCESSIBLE", "0") not in ("", "0")

    @property
    def prompt(self) -> Prompt:
        """Ask the user; check `can_prompt` first."""
        from crm_cli.terminal import Prompt

        return Prompt()

    def progress(self, label: str, total: int | None = None) -> Progress:
        """Return a progress bar on stderr (silent unless that is a terminal); use it as a context manager."""
        from crm_cli.terminal import Progress

        shown = _is_terminal(sys.stderr) and not self.options.quiet and self.options.format not in ("json", "jsonl")
        return Progress(label, total, shown=shown)

    def confirm(self, question: str, /, **params: object) -> bool:
        """Ask yes or no before a loss; `--yes` answers it. Where nobody can be asked the answer is no."""
        if self.options.yes:
            return True
        return self.can_prompt and self.prompt.yes_no(question, **params)

    def open_face(self, name: str, /, **arguments: object) -> object:
        """Run a screen of the terminal interface (`crm_cli.tui.<name>`) and return what came of it."""
        import importlib

        return importlib.import_module(f"crm_cli.tui.{name}").run(self, **arguments)

    def commands(self) -> Iterable[Command]:
        """Return the declarations of all commands, for a face that lists them and runs them."""
        import importlib

        found: Iterable[Command] = importlib.import_module("crm_cli.commands").all_commands()
        return found

    def stdin_bytes(self) -> bytes:
        """Read all of standard input."""
        stream = getattr(sys.stdin, "buffer", None)
        return stream.read() if stream is not None else sys.stdin.read().encode()

    def refs(self, words: Iterable[str], *, nul: bool = False) -> list[str]:
        """Return the references of a bulk command; `-` stands for those on stdin, one a line (`nul`: ended by NUL)."""
        found: list[str] = []
        for word in words:
            if word != "-":
                found.append(word)
                continue
            try:
                text = self.stdin_bytes().decode("utf-8-sig")
            except UnicodeDecodeError as error:
                raise UsageError("Standard input is not valid UTF-8.") from error
            found += [item.strip() for item in text.split("\0" if nul else "\n") if item.strip()]
        return found


def _given_moment(text: str) -> datetime:
    from datetime import datetime

    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError("CRM_NOW is not an ISO date-time: “{text}”.", text=text) from error


def _is_terminal(stream: object) -> bool:
    try:
        return bool(stream.isatty())  # type: ignore[attr-defined]
    except (AttributeError, ValueError):
        return False


def _quoted(word: str) -> str:
    if word and _SHELL_SAFE.issuperset(word):
        return word
    return "'" + word.replace("'", "'\"'\"'") + "'"
