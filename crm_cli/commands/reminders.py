"""`crm remind`: say what is due now, once; and see to it that it is asked every few minutes."""

from __future__ import annotations

import os

from crm_cli.commands._spec import Command, Note, Outcome, Param
from crm_cli.errors import CrmError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from crm_cli.context import AppContext
    from crm_cli.domain.reminder import Reminder

_EVERY_MIN = 5


def remind(ctx: AppContext, *, notify: bool, install: bool) -> object:
    if install:
        return _install(ctx)
    from crm_cli.services import reminders

    found = reminders.due(ctx.store, now=ctx.now(), localize=ctx.localize)
    if notify and found and not ctx.options.dry_run:
        _notify(found)
    return found


def _notify(found: Sequence[Reminder]) -> None:
    """Show reminders on the desktop, or ring the terminal's bell where there is no desktop."""
    import shutil
    import subprocess

    from crm_cli.terminal import write_raw

    program = shutil.which("notify-send")
    for reminder in found:
        names = ", ".join(one.name for one in (*reminder.contacts, *([reminder.company] if reminder.company else ())))
        body = " · ".join(part for part in (_clock(reminder.at), names, reminder.location) if part)
        # A text is an argument of its own and stands behind --: it is never an option.
        command = [program or "", "--app-name=crm", "--", reminder.text, body]
        if program is None or subprocess.run(command, check=False, capture_output=True).returncode:
            write_raw("\a")
            return


def _clock(at: str) -> str:
    return at if len(at) == 10 else f"{at[:10]} {at[11:16]}"


def _install(ctx: AppContext) -> object:
    """Show the timer of the user's systemd, or the line for the crontab, and write it once that was agreed to."""
    import shutil

    program = shutil.which("crm")
    if program is None:
        raise UsageError("The program crm is not on the PATH.", hint="Install it first, for example with pipx.")
    files = _units(program) if shutil.which("systemctl") and os.path.isdir("/run/systemd/system") else {}
    line = f"*/{_EVERY_MIN} * * * * {_quoted(program)} remind --notify --quiet --no-input >/dev/null"
    shown = {"files": files} if files else {"crontab": line}
    if ctx.options.dry_run:
        return Outcome(shown, notes=[Note("Nothing was written: this was a trial.")])
    if not files and not shutil.which("crontab"):
        return Outcome(shown, notes=[Note("There is neither systemd nor cron: run this line every few minutes.")])
    texts = [f"{path}\n{body}" for path, body in files.items()] or [line]
    if not ctx.options.yes and not ctx.can_prompt:
        raise UsageError("Nothing is written without being asked.", hint="--yes writes it, --dry-run shows it.")
    if not ctx.confirm("{text} — write this?", text="\n".join(texts)):
        return Outcome(shown, notes=[Note("Nothing was written.")])
    if files:
        _write_units(files)
    else:
        _add_to_crontab(line)
    return Outcome(shown, notes=[Note("crm remind runs every {minutes} minutes now.", minutes=_EVERY_MIN)])


def _units(program: str) -> dict[str, str]:
    """Return the unit files of a timer by their paths."""
    base = os.environ.get("XDG_CONFIG_HOME") or os.path.join(os.path.expanduser("~"), ".config")
    folder = os.path.join(base, "systemd", "user")
    escaped = program.replace("%", "%%").replace('"', '\\"')
    service = (
        "[Unit]\nDescription=Reminders of crm\n\n[Service]\nType=oneshot\n"
        f'ExecStart="{escaped}" remind --notify --quiet --no-input\n'
    )
    timer = (
        "[Unit]\nDescription=Reminders of crm\n\n[Timer]\n"
        f"OnCalendar=*:0/{_EVERY_MIN}\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n"
    )
    return {
        os.path.join(folder, "crm-remind.service"): service,
        os.path.join(folder, "crm-remind.timer"): timer,
    }


def _write_units(files: dict[str, str]) -> None:
    import subprocess

    from crm_cli.services import export_files

    for path, body in files.items():
        os.makedirs(os.path.dirname(path), exist_ok=True)
        export_files.write_file(path, [body.encode()])
    for words in (["daemon-reload"], ["enable", "--now", "crm-remind.timer"]):
        done = subprocess.run(["systemctl", "--user", *words], check=False, capture_output=True, text=True)
        if done.returncode:
            raise CrmError("systemctl refused: {reason}", reason=done.stderr.strip())


def _add_to_crontab(line: str) -> None:
    """Append the line to the user's crontab unless it is there; the other lines stay."""
    import subprocess

    present = subprocess.run(["crontab", "-l"], check=False, capture_output=True, text=True)
    lines = present.stdout.splitlines() if present.returncode == 0 else []
    if line in lines:
        return
    text = "\n".join([*lines, line]) + "\n"
    done = subprocess.run(["crontab", "-"], check=False, input=text, capture_output=True, text=True)
    if done.returncode:
        raise CrmError("crontab refused: {reason}", reason=done.stderr.strip())


def _quoted(program: str) -> str:
    import shlex

    # cron reads % as the end of a line.
    return shlex.quote(program).replace("%", "\\%")


COMMANDS = (
    Command(
        "remind",
        remind,
        (
            Param("notify", "--notify", type="flag", help="On the desktop, or by the terminal's bell."),
            Param("install", "--install", type="flag", help="Run it every few minutes: a systemd timer or cron."),
        ),
        help="What is due now: alarms of appointments and follow-ups, each said once.",
        example=("crm remind", "crm remind --install"),
        writes=True,
    ),
)
