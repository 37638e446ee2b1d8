"""What a command loads: start-up is a promise, and time can't be tested, modules can."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import crm_cli
from crm_cli.commands import all_commands

ROOT = Path(__file__).parents[2]
HEAVY = {
    "argparse",
    "asyncio",
    "contextlib",
    "copy",
    "dataclasses",
    "difflib",
    "json",
    "logging",
    "holidays",
    "icalendar",
    "importlib.metadata",
    "inspect",
    "pathlib",
    "phonenumbers",
    "platformdirs",
    "pydantic",
    "rapidfuzz",
    "rich",
    "shlex",
    "shutil",
    "sqlite_utils",
    "subprocess",
    "tempfile",
    "textual",
    "tomllib",
    "typer",
    "typing",
    "unicodedata",
    "vobject",
    "zoneinfo",
}
# What makes a new store or rebuilds its triggers is no business of a command that opens one.
HEAVY |= {"crm_cli.store.creation", "crm_cli.store.journal", "crm_cli.store.migrations", "crm_cli.store.schema"}
# Regular expressions cost a sixth of a command; only a telephone number is read with them.
PATTERNS = {"re", "enum"}
# Forms of the hot commands; those whose module does not exist yet are left out.
HOT_LINES = [
    ["log", "note:", "called"],
    ["log", "note:", "called", "--json"],
    ["find", "ada"],
    ["find", "ada", "--json"],
    ["show", "ada"],
    ["whois", "+49821123"],
    ["due"],
    ["_complete", "bash", "--", "ad", "crm find ad"],
    ["_complete", "zsh", "--", "con"],
    ["_complete", "fish", "--", "show", "mü"],
]
WORDS = {command.name.split()[0] for command in all_commands()}


def loaded_by(*words: str) -> set[str]:
    """Return the modules in a fresh interpreter after one command."""
    program = (
        "import sys; sys.stdout.flush()\n"
        "from crm_cli.app import main\n"
        f"code = main({list(words)!r})\n"
        "sys.stderr.write('\\nMODULES ' + ' '.join(sys.modules))\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True, cwd=ROOT)
    return set(run.stderr.rpartition("MODULES ")[2].split())


@pytest.mark.parametrize("words", [pytest.param(words, id=" ".join(words)) for words in HOT_LINES if words[0] in WORDS])
@pytest.mark.parametrize("language", ["en", "de"])
def test_a_hot_command_loads_nothing_heavy(words: list[str], crm, language: str, home: Path, monkeypatch) -> None:
    monkeypatch.setenv("LANG", f"{language}_XX.UTF-8")
    assert crm("contact", "add", "Ada Müller", "--company", "Acme", "--phone", "+49821123").code == 0
    (home / "config.toml").write_text('[user]\nname = "Ada"\n')
    bare = set(
        subprocess.run(
            [sys.executable, "-c", "import sys; print(*sys.modules)"], capture_output=True, check=True, text=True
        ).stdout.split()
    )
    assert not (loaded_by(*words) - bare) & (HEAVY if words[0] == "whois" else HEAVY | PATTERNS)


def test_every_command_marked_hot_is_tried_here() -> None:
    tried = {words[0] for words in HOT_LINES}
    assert {command.name.split()[0] for command in all_commands() if command.hot} <= tried


def test_the_version_loads_nothing_but_the_entry(home: Path) -> None:
    ours = {name for name in loaded_by("--version") if name.startswith("crm_cli")}
    assert ours == {"crm_cli", "crm_cli.app"}


def test_the_version_is_the_packages(crm) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert crm_cli.__version__ == version
    assert crm("--version").out == f"crm {version}\n"
    assert crm("config", "show", "--version").out == f"crm {version}\n"


def test_no_command_loads_pydantic_or_rich_even_with_help(home: Path) -> None:
    assert not loaded_by("config", "set", "--help") & {"pydantic", "rich"}


def test_the_layers_hold() -> None:
    program = shutil.which("lint-imports", path=str(Path(sys.executable).parent)) or shutil.which("lint-imports")
    if program is None:
        pytest.skip("import-linter is not installed")
    run = subprocess.run([program, "--no-cache"], capture_output=True, text=True, cwd=ROOT, check=False)
    assert run.returncode == 0, run.stdout


def test_all_declarations_together_load_no_service_and_no_store() -> None:
    code = "import sys; from crm_cli.commands import all_commands; list(all_commands()); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "crm_cli.commands.transfer" in loaded
    assert not {name for name in loaded if name.startswith(("crm_cli.services.", "crm_cli.store.", "importers."))}
    assert not {"sqlite3", "dataclasses", "inspect", "json"} & set(loaded)
