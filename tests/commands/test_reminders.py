"""`crm remind --notify` and what runs it; the programs of the system record how they are called."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DESKTOP = '#!/bin/sh\nprintf "%s\\0" "$@" >> "$0.calls"; printf "\\n" >> "$0.calls"\n'
CRONTAB = """#!/bin/sh
table="$0.table"
if [ "$1" = -l ]; then
  [ -e "$0.broken" ] && { echo "cannot read the spool" >&2; exit 1; }
  [ -e "$table" ] || { echo "no crontab for ada" >&2; exit 1; }
  cat "$table"
else
  cat > "$table"
fi
"""
SYSTEMD = '#!/bin/sh\necho "$*" >> "$0.calls"\n'


class Programs:
    """A folder that is all of the PATH, and what its programs were called with."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        for name in ("sh", "cat"):
            (folder / name).symlink_to(shutil.which(name) or "")

    def add(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text)
        (self.folder / name).chmod(0o755)

    def messages(self) -> list[list[str]]:
        """Return the arguments of each call of notify-send."""
        file = self.folder / "notify-send.calls"
        calls = file.read_text().split("\0\n")[:-1] if file.exists() else []
        return [call.split("\0") for call in calls]

    @property
    def table(self) -> Path:
        return self.folder / "crontab.table"


@pytest.fixture
def programs(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    made = Programs(tmp_path / "bin")
    made.add("crm", f'#!/bin/sh\nexec {sys.executable} -m crm_cli "$@"\n')
    monkeypatch.setenv("PATH", str(made.folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return made


def add_tasks(crm, *texts: str) -> None:
    for text in texts:
        assert crm("task", "add", text, "--due", "heute", "--quiet").code == 0


def test_each_reminder_is_a_message_whose_text_is_neither_option_nor_markup(crm, programs: Programs) -> None:
    programs.add("notify-send", DESKTOP)
    crm("contact", "add", "Ada Lovelace", "--quiet")
    assert crm("event", "add", "heute 10:20 30m lovelace: --help <b>x", "--location", "R&D <1>\\n", "--quiet").code == 0
    crm("event", "edit", crm("event", "list", "--format", "ids").out.strip(), "--remind", "30m", "--quiet")
    assert crm("remind", "--notify").code == 0
    (words,) = programs.messages()
    assert words[:2] == ["--app-name=crm", "--"]
    assert words[2] == "--help <b>x"
    assert words[3] == "10:20 · Ada Lovelace · R&amp;D &lt;1&gt;\\\\n"
    assert crm("remind", "--notify").code == 0
    assert len(programs.messages()) == 1


def test_after_a_holiday_there_are_five_messages_at_most(crm, programs: Programs) -> None:
    programs.add("notify-send", DESKTOP)
    add_tasks(crm, *(f"Task {number}" for number in range(12)))
    crm("remind", "--notify", "--lang", "de")
    shown = programs.messages()
    assert len(shown) == 5
    assert shown[-1][2:] == ["8 weitere Erinnerungen", "crm today"]
    assert crm("remind", "--json").json == []


@pytest.mark.parametrize("desktop", ["#!/bin/sh\nexit 1\n", "#!/bin/nowhere\n", None])
def test_what_nobody_was_told_is_said_the_next_time(crm, programs: Programs, desktop: str | None) -> None:
    add_tasks(crm, "Call Ada")
    if desktop:
        programs.add("notify-send", desktop)
    missed = crm("remind", "--notify", "--json", "--quiet")
    assert (missed.code, missed.json) == (0, [])
    programs.add("notify-send", DESKTOP)
    assert [one["text"] for one in crm("remind", "--notify", "--json").json] == ["Call Ada"]
    assert [words[2] for words in programs.messages()] == ["Call Ada"]


def test_a_trial_shows_nothing_on_the_desktop(crm, programs: Programs) -> None:
    programs.add("notify-send", DESKTOP)
    add_tasks(crm, "Call Ada")
    assert len(crm("remind", "--notify", "--dry-run", "--json").json) == 1
    assert programs.messages() == []


def test_without_a_desktop_the_terminal_rings(crm, programs: Programs) -> None:
    add_tasks(crm, "Call Ada")
    ours, theirs = pty.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "crm_cli", "remind", "--notify", "--quiet"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=theirs,
            timeout=60,
            check=True,
        )
        assert b"Call Ada" in done.stdout
        assert os.read(ours, 100) == b"\a"
    finally:
        os.close(ours)
        os.close(theirs)


@pytest.mark.skipif(not shutil.which("dbus-run-session") or not shutil.which("notify-send"), reason="no notify-send")
def test_the_real_notify_send_on_a_bus_without_a_desktop_loses_nothing(crm, home: Path) -> None:
    add_tasks(crm, "Call Ada")
    command = ["dbus-run-session", "--", sys.executable, "-m", "crm_cli", "remind", "--notify", "--quiet", "--json"]
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, env=environment, timeout=60, check=True
    )
    assert done.stdout.strip() == b"[]"
    assert [one["text"] for one in crm("remind", "--json").json] == ["Call Ada"]


def test_install_shows_before_it_writes(crm, programs: Programs) -> None:
    programs.add("crontab", CRONTAB)
    shown = crm("remind", "--install", "--dry-run", "--json").json
    assert "remind --notify" in shown["crontab"]
    assert crm("remind", "--install", "--no-input").code == 2
    assert not programs.table.exists()
    (programs.folder / "crm").unlink()
    assert crm("remind", "--install", "--dry-run").code == 2


def test_the_crontab_keeps_its_lines_and_gets_one(crm, programs: Programs) -> None:
    programs.add("crontab", CRONTAB)
    others = "# mine\nMAILTO=ada\n0 4 * * * backup # crm reminders are not here\n"
    programs.table.write_text(others)
    for _ in range(2):
        assert crm("remind", "--install", "--yes", "--quiet").code == 0
    lines = programs.table.read_text()
    assert lines.startswith(others)
    assert lines.count("remind --notify") == 1
    assert crm("remind", "--uninstall", "--dry-run", "--json").json["crontab"] == [lines.splitlines()[-1]]
    assert programs.table.read_text() == lines
    assert crm("remind", "--uninstall", "--yes", "--quiet").code == 0
    assert programs.table.read_text() == others
    assert crm("remind", "--uninstall", "--yes", "--json").json == {"files": [], "crontab": []}


def test_a_crontab_that_cannot_be_read_is_not_written_over(crm, programs: Programs) -> None:
    programs.add("crontab", CRONTAB)
    programs.table.write_text("0 4 * * * backup\n")
    (programs.folder / "crontab.broken").touch()
    assert crm("remind", "--install", "--yes").code == 1
    assert programs.table.read_text() == "0 4 * * * backup\n"


def test_the_line_of_the_crontab_works_as_cron_runs_it(crm, programs: Programs, tmp_path: Path, monkeypatch) -> None:
    programs.add("crontab", CRONTAB)
    programs.add("notify-send", DESKTOP)
    monkeypatch.setenv("CRM_HOME", str(tmp_path / "50% of it's"))
    add_tasks(crm, "Call Ada")
    assert crm("remind", "--install", "--yes", "--quiet", "--lang", "de").code == 0
    schedule, _, command = programs.table.read_text().strip().partition(" * * * * ")
    assert schedule == "*/5"
    assert "%" not in command.replace("\\%", "")
    # cron: no environment to speak of, /bin/sh, a percent sign behind a backslash.
    bare = {"PATH": str(programs.folder), "HOME": str(tmp_path), "CRM_NOW": os.environ["CRM_NOW"]}
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        ["/bin/sh", "-c", command.replace("\\%", "%")],
        env={**bare, "PYTHONPATH": root},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert [words[2] for words in programs.messages()] == ["Call Ada"]


def test_a_systemd_gets_a_timer_and_loses_it_again(crm, programs: Programs, tmp_path: Path, monkeypatch) -> None:
    programs.add("systemctl", SYSTEMD)
    monkeypatch.setenv("CRM_DB", str(tmp_path / 'a "b" 5%.db'))
    folder = tmp_path / "config" / "systemd" / "user"
    assert crm("remind", "--install", "--dry-run", "--quiet").code == 0
    assert not folder.exists()
    assert crm("remind", "--install", "--yes", "--quiet").code == 0
    service = (folder / "crm-remind.service").read_text()
    assert f'ExecStart="{programs.folder}/crm" --lang en remind --notify --quiet --no-input\n' in service
    assert f'Environment="CRM_DB={tmp_path}/a \\"b\\" 5%%.db"\n' in service
    assert "OnCalendar=*:0/5" in (folder / "crm-remind.timer").read_text()
    calls = (programs.folder / "systemctl.calls").read_text()
    assert "--user daemon-reload\n--user enable --now crm-remind.timer\n" in calls
    assert crm("remind", "--uninstall", "--yes", "--quiet").code == 0
    assert list(folder.iterdir()) == []
    assert "--user disable --now crm-remind.timer\n" in (programs.folder / "systemctl.calls").read_text()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not here to check the units")
def test_systemd_finds_nothing_wrong_with_the_units(crm, programs: Programs, tmp_path: Path) -> None:
    check = shutil.which("systemd-analyze", path=os.defpath) or "/usr/bin/systemd-analyze"
    programs.add("systemctl", SYSTEMD)
    assert crm("remind", "--install", "--yes", "--quiet").code == 0
    files = sorted(str(file) for file in (tmp_path / "config" / "systemd" / "user").iterdir())
    done = subprocess.run([check, "verify", "--user", *files], capture_output=True, text=True, timeout=60, check=False)
    assert "crm-remind" not in done.stderr, done.stderr
