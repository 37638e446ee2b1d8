"""What runs `crm remind` every few minutes: a timer of the user's systemd, or a line of the crontab."""

from __future__ import annotations

import os

from crm_cli.commands._spec import Note, Outcome
from crm_cli.errors import CrmError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from subprocess import CompletedProcess

    from crm_cli.context import AppContext

EVERY_MIN = 5
_WORDS = "remind --notify --quiet --no-input"
_MARK = "# crm reminders"
_TIMER, _SERVICE = "crm-remind.timer", "crm-remind.service"
# A timer starts with an empty environment: which store is meant has to be said.
_PLACES = ("CRM_HOME", "CRM_CONFIG", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
_NO_CRONTAB = ("no crontab", "can't open", "No such file")


def install(ctx: AppContext) -> Outcome:
    """Show the timer of the user's systemd, or the line for the crontab, and write it once that was agreed to."""
    import shutil

    program = shutil.which("crm")
    if program is None:
        raise UsageError("The program crm is not on the PATH.", hint="Install it first, for example with pipx.")
    running = Note("crm remind runs every {minutes} minutes now.", minutes=EVERY_MIN)
    if _systemd_runs():
        files = _units(program, ctx)
        texts = [f"{path}\n{body}" for path, body in files.items()]
        return _agreed(ctx, {"files": files}, _WRITE, texts, lambda: _write_units(files), running)
    line = _cron_line(program, ctx)
    if not shutil.which("crontab") and not ctx.options.dry_run:
        note = Note("There is neither systemd nor cron: run this line every few minutes.")
        return Outcome({"crontab": line}, notes=[note])
    return _agreed(ctx, {"crontab": line}, _WRITE, [line], lambda: _change_crontab(line), running)


def uninstall(ctx: AppContext) -> Outcome:
    """Show what runs `crm remind`, and take it away once that was agreed to; nothing else is touched."""
    import shutil

    folder = _unit_folder()
    files = [path for name in (_TIMER, _SERVICE) if os.path.exists(path := os.path.join(folder, name))]
    present = _crontab() if shutil.which("crontab") else []
    lines = [line for line in present if _is_ours(line)]
    shown: dict[str, object] = {"files": files, "crontab": lines}
    if not files and not lines:
        return Outcome(shown, notes=[Note("crm remind is not installed.")])

    def remove() -> None:
        if lines:
            _change_crontab(None)
        if files:
            _remove_units(files)

    return _agreed(ctx, shown, _REMOVE, [*files, *lines], remove, Note("crm remind runs no longer by itself."))


_WRITE, _REMOVE = "Write this?", "Take this away?"


def _agreed(
    ctx: AppContext, shown: object, question: str, texts: Sequence[str], act: Callable[[], None], done: Note
) -> Outcome:
    """Do something once the user, who sees it first, agrees; `--yes` agrees."""
    from crm_cli.terminal import write_line

    if ctx.options.dry_run:
        return Outcome(shown, notes=[Note("Nothing was written: this was a trial.")])
    if not ctx.options.yes and not ctx.can_prompt:
        raise UsageError("Nothing is written without being asked.", hint="--yes writes it, --dry-run shows it.")
    if not ctx.options.yes:
        for line in "\n".join(texts).splitlines():
            write_line(line)
    if not ctx.confirm(question):
        return Outcome(shown, notes=[Note("Nothing was written.")])
    act()
    return Outcome(shown, notes=[done])


def _settings(ctx: AppContext) -> dict[str, str]:
    """Return the environment that leads to the store in use."""
    found = {name: os.path.abspath(os.path.expanduser(os.environ[name])) for name in _PLACES if os.environ.get(name)}
    if ctx.options.db or os.environ.get("CRM_DB"):
        found["CRM_DB"] = os.path.abspath(os.path.expanduser(ctx.db_path))
    return found


def _run(*words: str, text: str = "") -> CompletedProcess[str]:
    import subprocess

    environment = {**os.environ, "LC_ALL": "C"}
    return subprocess.run(words, check=False, input=text, capture_output=True, text=True, env=environment)


def _systemd_runs() -> bool:
    """Tell whether the user has a systemd of their own that answers."""
    import shutil

    return shutil.which("systemctl") is not None and _run("systemctl", "--user", "show-environment").returncode == 0


def _unit_folder() -> str:
    base = os.environ.get("XDG_CONFIG_HOME") or os.path.join(os.path.expanduser("~"), ".config")
    return os.path.join(base, "systemd", "user")


def _units(program: str, ctx: AppContext) -> dict[str, str]:
    """Return the unit files of a timer by their paths."""
    settings = "".join(f"Environment={_unit_word(f'{name}={value}')}\n" for name, value in _settings(ctx).items())
    command = f"{_unit_word(program).replace('$', '$$')} --lang {ctx.lang} {_WORDS}"
    service = f"[Unit]\nDescription=Reminders of crm\n\n[Service]\nType=oneshot\n{settings}ExecStart={command}\n"
    timer = (
        "[Unit]\nDescription=Reminders of crm\n\n[Timer]\n"
        f"OnCalendar=*:0/{EVERY_MIN}\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n"
    )
    return {os.path.join(_unit_folder(), _SERVICE): service, os.path.join(_unit_folder(), _TIMER): timer}


def _unit_word(text: str) -> str:
    """Return a text as one word of a unit file (systemd.syntax(7)): quoted, without specifiers."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def _write_units(files: dict[str, str]) -> None:
    from crm_cli.services import export_files

    for path, body in files.items():
        os.makedirs(os.path.dirname(path), exist_ok=True)
        export_files.write_file(path, [body.encode()])
    _systemctl("daemon-reload")
    _systemctl("enable", "--now", _TIMER)


def _remove_units(files: Sequence[str]) -> None:
    # Without a running systemd, as in a rescue shell, the files go all the same.
    if _systemd_runs():
        _systemctl("disable", "--now", _TIMER)
    for path in files:
        os.unlink(path)
    if _systemd_runs():
        _systemctl("daemon-reload")


def _systemctl(*words: str) -> None:
    done = _run("systemctl", "--user", *words)
    if done.returncode:
        raise CrmError("systemctl refused: {reason}", reason=done.stderr.strip())


def _cron_line(program: str, ctx: AppContext) -> str:
    """Return the line; the desktop's bus has to be named, or notify-send finds no desktop."""
    import shlex

    bus = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    if not bus.startswith("unix:path=/run/user/"):
        bus = f"unix:path=/run/user/{os.getuid()}/bus"
    settings = {**_settings(ctx), "DBUS_SESSION_BUS_ADDRESS": bus}
    words = [*(f"{name}={shlex.quote(value)}" for name, value in settings.items()), shlex.quote(program)]
    # cron reads % as the end of a line.
    command = " ".join(words).replace("%", "\\%")
    return f"*/{EVERY_MIN} * * * * {command} --lang {ctx.lang} {_WORDS} >/dev/null {_MARK}"


def _is_ours(line: str) -> bool:
    return line.rstrip().endswith(_MARK) and not line.lstrip().startswith("#")


def _crontab() -> list[str]:
    """Return the lines of the user's crontab; raises CrmError where it can't be read, for it would be lost."""
    done = _run("crontab", "-l")
    if done.returncode == 0:
        return done.stdout.splitlines()
    if any(text in done.stderr for text in _NO_CRONTAB):
        return []
    raise CrmError("crontab refused: {reason}", reason=done.stderr.strip())


def _change_crontab(line: str | None) -> None:
    """Put our line in the place of an earlier one, or none; the other lines stay as they are."""
    lines = [*(one for one in _crontab() if not _is_ours(one)), *([line] if line else [])]
    done = _run("crontab", "-", text="".join(f"{one}\n" for one in lines))
    if done.returncode:
        raise CrmError("crontab refused: {reason}", reason=done.stderr.strip())
