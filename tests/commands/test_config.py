"""Settings: read, shown, changed without touching the rest of the file."""

from __future__ import annotations

import os
import stat
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli import config
from crm_cli.config_file import changed
from crm_cli.errors import UsageError

FILE = """# my settings
region = "AT"  # I live there

[user]
name = "Ada" # me
[deal]
stages = [
  "Kontakt", # first
  { name = "Angebot", probability = 40, aliases = ["quote"] },
]
"""


@pytest.fixture
def file(home: Path) -> Path:
    home.mkdir()
    (home / "config.toml").write_text(FILE)
    return home / "config.toml"


def test_a_missing_file_gives_the_defaults(crm) -> None:
    assert crm("config", "get", "user.name").out == "me\n"
    assert crm("config", "get", "deal.stages", "--json").json[2]["name"] == "Angebot"


def test_settings_are_read_from_the_file(crm, file: Path) -> None:
    assert crm("config", "get", "region").out == "AT\n"
    stages = crm("config", "get", "deal.stages", "--json").json
    assert stages == [
        {"name": "Kontakt", "probability": None, "aliases": []},
        {"name": "Angebot", "probability": 40, "aliases": ["quote"]},
    ]


def test_show_lists_every_setting_with_its_text(crm) -> None:
    shown = {row["key"]: row for row in crm("config", "show", "--json").json}
    assert shown.keys() == config.settings().keys()
    assert all(row["help"] for row in shown.values())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("regoin = 'DE'", "There is no setting “regoin”"),
        ("[user]\nnmae = 'x'", "There is no setting “user.nmae”"),
        ("[nonsense]", "There is no setting “nonsense”"),
        ("region = 'Germany'", "The setting region cannot be 'Germany'."),
        ("region = 5", "The setting region cannot be 5."),
        ("lang = 'fr'", "The setting lang cannot be 'fr'."),
        ("business_hours = '18:00-08:00'", "The setting business_hours cannot be"),
        ("backup = { keep = 0 }", "The setting backup.keep cannot be 0."),
        ("backup.keep = true", "The setting backup.keep cannot be True."),
        ("[deal]\nstages = []", "The setting deal.stages cannot be []."),
        ("[deal]\nstages = ['a', 'A']", "The setting deal.stages cannot be"),
        ("region = ", "is not valid TOML"),
        ("region = 'DE'\nregion = 'AT'", "is not valid TOML"),
    ],
)
def test_a_wrong_file_is_refused_and_named(crm, file: Path, text: str, message: str) -> None:
    file.write_text(text)
    result = crm("config", "show", "--json")
    assert (result.code, result.out, result.error["code"]) == (2, "", "usage")
    assert message in result.error["message"]
    # The way to repair it still works.
    assert crm("config", "path").code == 0


def test_an_unknown_key_names_the_nearest(crm) -> None:
    assert crm("config", "get", "user.nam", "--json").error["hint"] == "Did you mean “user.name”?"
    assert crm("config", "set", "regio", "DE").code == 2


@pytest.mark.parametrize(
    ("key", "value", "before", "after"),
    [
        ("user.name", 'A "B" \\ C', 'name = "Ada" # me', 'name = "A \\"B\\" \\\\ C"  # me'),
        ("region", "DE", 'region = "AT"  # I live there', 'region = "DE"  # I live there'),
        ("state", "BY", "\n[user]", '\nstate = "BY"\n[user]'),
        ("backup.keep", "3", "\n[user]", "\nbackup.keep = 3\n[user]"),
    ],
)
def test_a_change_keeps_every_other_line(crm, file: Path, key: str, value: str, before: str, after: str) -> None:
    assert crm("config", "set", key, value).code == 0
    assert file.read_text() == FILE.replace(before, after, 1)
    assert crm("config", "get", key).out.rstrip("\n") == value


def test_a_value_of_several_lines_is_replaced_whole(crm, file: Path) -> None:
    assert crm("config", "set", "deal.stages", '["A", "B"]').code == 0
    assert tomllib.loads(file.read_text())["deal"]["stages"] == ["A", "B"]
    assert file.read_text().startswith(FILE[: FILE.index("stages")])


def test_a_key_goes_into_its_table_where_that_is_open(crm, file: Path) -> None:
    file.write_text("[backup] # copies\n\n[user]\n")
    assert crm("config", "set", "backup.keep", "4").code == 0
    assert file.read_text() == "[backup] # copies\nbackup.keep = 4\n\n[user]\n".replace("backup.keep", "keep")


def test_a_new_file_is_private(crm, home: Path) -> None:
    assert crm("config", "set", "user.name", "Ada").code == 0
    assert stat.S_IMODE((home / "config.toml").stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert os.listdir(home) == ["config.toml"]


@pytest.mark.parametrize(
    ("key", "value"), [("backup.keep", "many"), ("region", "Bayern"), ("region", "ZZ"), ("log.kinds", "x")]
)
def test_a_wrong_value_leaves_the_file_as_it_is(crm, file: Path, key: str, value: str) -> None:
    assert crm("config", "set", key, value).code == 2
    assert file.read_text() == FILE


def test_a_dry_run_changes_nothing(crm, file: Path) -> None:
    assert crm("config", "set", "region", "DE", "--dry-run").code == 0
    assert file.read_text() == FILE


def test_a_broken_file_is_never_rewritten(crm, file: Path) -> None:
    file.write_text("region = \n")
    assert crm("config", "set", "region", "DE").code == 2
    assert file.read_text() == "region = \n"


def test_a_link_to_the_file_stays_a_link(crm, file: Path, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    file.rename(real)
    file.symlink_to(real)
    assert crm("config", "set", "region", "CH").code == 0
    assert file.is_symlink()
    assert 'region = "CH"' in real.read_text()


def test_the_editor_needs_a_terminal(crm) -> None:
    assert crm("config", "edit").code == 2


@settings(deadline=None, max_examples=150)
@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=20))
def test_any_name_can_be_set_and_reads_back(name: str) -> None:
    setting = config.settings()["user.name"]
    if not name.strip():
        with pytest.raises(UsageError):
            changed(FILE, setting, name, "x")
        return
    accepted, text = changed(FILE, setting, name, "x")
    assert config.parse(text, "x").user_name == accepted == name.strip()


_LINES = st.lists(
    st.sampled_from(
        [
            "", "# note", "#\x01", "[user]", "[user] # x", "[a.b]", "name = \"x\"", "name = 'x'", "name=\"ä\"", "n = 1",
            "n = 01", "n = -1", "n = 1_0", "n = true", "n = \"a\\tb\"", "n = \"a\"b\"", "n = \"\"\"a\"\"\"", "n = ",
            "a.b = 1", "\"q\" = 1", "  k = \"v\"  ", "n = \"\t\"", "ä = 1", "[]", "[", "= 1", "n = \"x\" # c", "\r",
        ]
    ),
    max_size=5,
)  # fmt: skip


@settings(deadline=None, max_examples=400)
@given(_LINES)
def test_the_quick_reader_agrees_with_the_real_one(lines: list[str]) -> None:
    text = "\n".join(lines)
    quick = config.simple_document(text)
    if quick is not None:
        assert quick == tomllib.loads(text)


def test_the_regions_are_those_with_telephone_numbers() -> None:
    import phonenumbers

    assert set(config.REGIONS) == phonenumbers.SUPPORTED_REGIONS
