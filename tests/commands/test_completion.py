"""Completion: what is offered, and that no value can become a command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.commands.completion import quoted, split_line

ROOT = Path(__file__).parents[2]
HOSTILE = ["$(touch x)", "`touch x`", "a'b", 'a"b', "a;b", "a b", "a\\b", "!x", "*", "~", "ä&&ö", "#a", "a>b", "{a,b}"]


def offered(crm, *words: str) -> list[str]:
    result = crm("_complete", "zsh", "--", *words)
    assert (result.code, result.err) == (0, "")
    return [line.split("\t")[0] for line in result.out.splitlines()]


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (["conf"], ["config"]),
        (["config", "s"], ["show", "set"]),
        (["--json", "config", "s"], ["show", "set"]),
        (["config", "get", "user"], ["user.name"]),
        (["config", "show", "--for"], ["--format"]),
        (["config", "show", "--format", "js"], ["json", "jsonl"]),
        (["config", "show", "--format=js"], ["--format=json", "--format=jsonl"]),
        (["--lang", ""], ["de", "en"]),
        (["--pl"], ["--plain"]),
        (["--plain", "age"], ["agenda"]),
        (["--plain", "config", "s"], ["show", "set"]),
        (["agenda", "--pl"], ["--plain"]),
        (["log", "--pl"], ["--plain"]),
        (["--db", ""], [":files"]),
        (["completion", ""], ["bash", "zsh", "fish"]),
        (["config", "set", "region", ""], []),
        (["config", "show", "--", "--for"], []),
        (["nonsense", ""], []),
        (["--nonsense", ""], []),
    ],
)
def test_the_next_word_is_offered(crm, words: list[str], values: list[str]) -> None:
    assert offered(crm, *words) == values


def test_the_first_word_offers_the_commands_that_exist(crm) -> None:
    words = offered(crm, "")
    assert {"config", "completion"} <= set(words)
    assert not [word for word in words if word.startswith("_")]


def test_a_broken_configuration_offers_nothing_and_fails_nothing(crm, home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text("nonsense = 1")
    assert offered(crm, "config", "s") == ["show", "set"]


@pytest.fixture
def people(crm) -> None:
    for name in ("Hans Müller", "Hanna $(touch x)", "Hanno\x1b[31m", "Ole Petersen"):
        assert crm("contact", "add", name, "--company", "Ehrler GmbH").code == 0
    assert crm("tag", "add", "ole petersen", "messe").code == 0


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (["contact", "show", "hans m"], {"Hans Müller"}),
        (["contact", "show", "han"], {"Hans Müller", "Hanna $(touch x)"}),
        (["contact", "edit", "ole", "--company", "ehr"], {"Ehrler GmbH"}),
        (["contact", "add", "x", "--tag", "me"], {"messe"}),
        (["--db", "/nowhere/crm.db", "contact", "show", "h"], set()),
    ],
)
def test_names_come_from_the_store_and_none_with_control_characters(crm, people, words, values: set[str]) -> None:
    assert set(offered(crm, *words)) == values


def test_bash_gets_a_hostile_name_quoted(crm, people) -> None:
    line = "crm contact show hanna"
    assert crm("_complete", "bash", "--", "hanna", line).out == "Hanna\\ \\$\\(touch\\ x\\)\n"


def test_a_log_line_offers_people_after_the_at_sign(crm, people) -> None:
    assert offered(crm, "log", "@hans.m") == ["@Hans.Müller"]
    assert offered(crm, "log", "besuch", "+me") == ["+messe"]


@pytest.mark.parametrize(
    ("line", "words", "quote"),
    [
        ("crm find ad", ["crm", "find", "ad"], ""),
        ("crm find ", ["crm", "find", ""], ""),
        ("crm find 'a b", ["crm", "find", "a b"], "'"),
        ('crm find "a \\"b', ["crm", "find", 'a "b'], '"'),
        ("crm find a\\ b", ["crm", "find", "a b"], ""),
        ("crm find ''", ["crm", "find", ""], ""),
    ],
)
def test_a_bash_line_is_split_as_bash_does(line: str, words: list[str], quote: str) -> None:
    assert split_line(line) == (words, quote)


@settings(deadline=None, max_examples=200)
@given(st.text(st.characters(min_codepoint=32, exclude_characters="\x7f"), min_size=1), st.sampled_from(["", '"', "'"]))
def test_a_quoted_value_reads_back(value: str, quote: str) -> None:
    if quote == "'":
        value = value.replace("'", "")
    line = f"crm find {quote}{quoted(value, quote)}"
    assert split_line(line)[0][2:] == [value]


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize("quote", ["", '"', "'"])
def test_bash_takes_a_quoted_value_as_one_word(quote: str, tmp_path: Path) -> None:
    for value in HOSTILE:
        if quote == "'" and "'" in value:
            continue
        line = f"printf %s {quote}{quoted(value, quote)}{quote}"
        run = subprocess.run(["bash", "-c", line], capture_output=True, cwd=tmp_path, check=True, text=True)
        assert run.stdout == value
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize(
    ("line", "words", "replies"),
    [
        ("crm conf", ["crm", "conf"], ["config"]),
        ("LANG=de crm conf", ["crm", "conf"], ["config"]),
        ("crm config show --format=js", ["crm", "config", "show", "--format", "=", "js"], ["json", "jsonl"]),
        ("crm config show --format=", ["crm", "config", "show", "--format", "="], ["table", "json", "jsonl"]),
        ("crm config get user.", ["crm", "config", "get", "user."], ["user.name"]),
    ],
)
def test_the_bash_script_gives_bash_what_it_replaces(
    line: str, words: list[str], replies: list[str], home: Path, tmp_path: Path
) -> None:
    program = tmp_path / "crm"
    program.write_text(
        f"#!{sys.executable}\nimport sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from crm_cli.app import main\nsys.exit(main())\n"
    )
    program.chmod(0o700)
    script = tmp_path / "script"
    script.write_text(
        'eval "$(crm completion bash)"\n'
        f"COMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}; COMP_LINE='{line}'; COMP_POINT={len(line)}\n"
        '_crm_completion; printf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    run = subprocess.run(["bash", str(script)], capture_output=True, env=environment, check=True, text=True)
    assert run.stdout.splitlines()[: len(replies)] == replies
