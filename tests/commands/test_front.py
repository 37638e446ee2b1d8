"""The thin front door: what it reads, what it leaves to Typer, and where options may stand."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crm_cli import front
from crm_cli.commands._options import GLOBALS
from crm_cli.commands._spec import Command, Param
from crm_cli.commands._typer import parse as typer_parse
from crm_cli.errors import UsageError


def _run(ctx, **values):
    return values


ADD = Command(
    "thing add",
    _run,
    [
        Param("name", required=True),
        Param("email", "--email", "-e", many=True),
        Param("size", "--size", type="int"),
        Param("colour", "--colour", type="choice", choices=("red", "blue")),
        Param("force", "--force", type="flag"),
    ],
    help="Add.",
    example="crm thing add X",
)
MERGE = Command(
    "thing merge", _run, [Param("keep", required=True), Param("lose", many=True, required=True)], help=".", example="."
)
TAG = Command(
    "thing tag", _run, [Param("refs", many=True, required=True), Param("tag", required=True)], help=".", example="."
)
LIST = Command("thing list", _run, [Param("query", many=True, complete="query")], help=".", example=".")
SAVE = Command(
    "thing save",
    _run,
    [Param("format", "--format", type="choice", choices=("vcard", "csv"))],
    help=".",
    example=".",
)
LOG = Command(
    "log",
    _run,
    [Param("text"), Param("create", "--create", type="flag")],
    help=".",
    example=".",
    text=True,
)


def read(command: Command, line: str) -> tuple[dict, dict] | None:
    call = front.parse(command, front.arguments_for(command, shlex.split(line)))
    return None if call is None else (call.values, call.given)


NOTHING = {"email": [], "size": None, "colour": None, "force": False}


@pytest.mark.parametrize(
    ("line", "values", "given"),
    [
        ("Ada", {"name": "Ada"}, {}),
        ("Ada --email a@x --email=b@x", {"name": "Ada", "email": ["a@x", "b@x"]}, {}),
        ("--email a@x Ada -e b@x", {"name": "Ada", "email": ["a@x", "b@x"]}, {}),
        ("--size 5 Ada --colour=red --force", {"name": "Ada", "size": 5, "colour": "red", "force": True}, {}),
        ("Ada --json --limit 3", {"name": "Ada"}, {"json": True, "limit": 3}),
        ("-- --json", {"name": "--json"}, {}),
        ("--email --json Ada", {"name": "Ada", "email": ["--json"]}, {}),
        ("--size 1 --size 2 -", {"name": "-", "size": 2}, {}),
        ("''", {"name": ""}, {}),
    ],
)
def test_a_well_formed_line_is_read_and_typer_agrees(line: str, values: dict, given: dict) -> None:
    assert read(ADD, line) == ({**NOTHING, **values}, given)
    call = typer_parse(ADD, shlex.split(line))
    assert (call.values, call.given) == ({**NOTHING, **values}, given)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("", "NAME is missing."),
        ("Ada Byron", "This is too much: Byron"),
        ("Ada --size x", "--size cannot be “x”."),
        ("Ada --colour green", "--colour cannot be “green”."),
        ("Ada --siz 3", "There is no option --siz."),
        ("Ada -x", "There is no option -x."),
        ("Ada --size", "--size needs a value."),
        ("Ada --force=1", "--force takes no value."),
        ("Ada --format xml", "--format cannot be “xml”."),
    ],
)
def test_a_wrong_line_is_left_to_typer_and_named_in_our_words(line: str, message: str) -> None:
    assert read(ADD, line) is None
    with pytest.raises(UsageError) as caught:
        typer_parse(ADD, shlex.split(line))
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("command", "line", "values"),
    [
        (MERGE, "a b c", {"keep": "a", "lose": ["b", "c"]}),
        (TAG, "a b vip", {"refs": ["a", "b"], "tag": "vip"}),
        (TAG, "- vip", {"refs": ["-"], "tag": "vip"}),
        (LIST, "", {"query": []}),
        (LIST, "tag:fair -city:Ulm", {"query": ["tag:fair", "not city:Ulm"]}),
        (LIST, "-- -city:Ulm", {"query": ["-city:Ulm"]}),
    ],
)
def test_many_positionals_are_dealt_out_alike_at_both_doors(command: Command, line: str, values: dict) -> None:
    words = front.arguments_for(command, shlex.split(line))
    call = front.parse(command, words)
    assert call is not None
    assert call.values == values
    assert typer_parse(command, words).values == values


@pytest.mark.parametrize(("command", "line"), [(MERGE, "a"), (TAG, "a")])
def test_a_missing_positional_is_refused_at_both_doors(command: Command, line: str) -> None:
    assert read(command, line) is None
    with pytest.raises(UsageError):
        typer_parse(command, shlex.split(line))


BULK = Command(
    "thing bulk",
    _run,
    [Param("refs", many=True, required=True), Param("tag", required=True), Param("nul", "-0", type="flag")],
    help=".",
    example=".",
)


@pytest.mark.parametrize("line", ["-0 vip", "- vip -0", "-0 - vip"])
def test_nul_ended_references_need_no_second_dash(line: str) -> None:
    assert read(BULK, line) == ({"refs": ["-"], "tag": "vip", "nul": True}, {})


def test_a_flag_of_the_command_hides_the_global_one() -> None:
    assert read(SAVE, "--format vcard --json") == ({"format": "vcard"}, {"json": True})
    assert read(SAVE, "--format json") is None


@pytest.mark.parametrize(
    ("line", "path", "rest"),
    [
        ("config show", ["config", "show"], []),
        ("--json config show", ["config", "show"], ["--json"]),
        ("config --json show", ["config", "show"], ["--json"]),
        ("--format json config --limit=3 show x", ["config", "show"], ["--format", "json", "--limit=3", "x"]),
        ("config show config", ["config", "show"], ["config"]),
        ("config nonsense", ["config"], ["nonsense"]),
        ("help config show", ["config", "show"], ["--help"]),
        ("--limit", [], ["--limit"]),
        ("nonsense --json", [], ["nonsense", "--json"]),
    ],
)
def test_the_command_is_found_wherever_global_options_stand(line: str, path: list[str], rest: list[str]) -> None:
    located = front.locate(line.split())
    assert (located.path, located.arguments) == (path, rest)


@pytest.mark.parametrize(
    ("words", "options", "text"),
    [
        (["besuch", "müller:", "lief", "gut"], [], "besuch müller: lief gut"),
        (["--json", "--create", "besuch", "x:"], ["--json", "--create"], "besuch x:"),
        (["besuch", "x:", "y", "--json", "--lang", "de"], ["--json", "--lang", "de"], "besuch x: y"),
        (["besuch", "--json", "x:", "y"], [], "besuch --json x: y"),
        (["besuch", "x:", "--unknown", "y", "--quiet"], ["--quiet"], "besuch x: --unknown y"),
        (["besuch", "x:", "y", "--unknown"], [], "besuch x: y --unknown"),
        (["besuch", "x:", "--", "wv:fr", "--json"], [], "besuch x: -- wv:fr --json"),
        (["besuch", "x:", "y", "--lang", "fr"], [], "besuch x: y --lang fr"),
        (["besuch", "x:", "y", "--db"], [], "besuch x: y --db"),
        (["besuch", "x:", "y", "--sort", "--json"], ["--json"], "besuch x: y --sort"),
        (["besuch x: y --json"], [], "besuch x: y --json"),
        (["--json"], ["--json"], None),
        (["-", "--json"], ["--json"], "-"),
        (["a  b", "c"], [], "a  b c"),
        (["", "c"], [], " c"),
    ],
)
def test_a_text_command_keeps_everything_between_the_options(words, options, text) -> None:
    assert front.split_text(LOG, words) == (options, text)
    call = front.parse(LOG, front.arguments_for(LOG, words))
    assert call is not None
    assert call.values["text"] == text


_WORDS = st.lists(
    st.sampled_from(["--json", "--lang", "de", "--create", "--", "a", "b:", "--x", "-", "", "--limit", "3", "-h"]),
    max_size=7,
)


@settings(deadline=None, max_examples=200)
@given(_WORDS)
def test_no_word_of_a_text_is_lost(words: list[str]) -> None:
    options, text = front.split_text(LOG, words)
    for start in range(len(words) + 1):
        for end in range(start, len(words) + 1):
            kept = None if start == end else " ".join(words[start:end])
            if words[:start] + words[end:] == options and kept == text:
                return
    pytest.fail(f"{words} became {options} and {text!r}")


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(["Ada", "--email", "x", "--size", "3", "--json", "--force", "--", "-e", "--x", "-"])))
def test_whatever_the_front_door_reads_typer_reads_the_same(words: list[str]) -> None:
    # Of two values for one option Typer looks at the last alone.
    assume(words.count("--size") < 2)
    call = front.parse(ADD, words)
    if call is None:
        with pytest.raises(UsageError):
            typer_parse(ADD, words)
    else:
        other = typer_parse(ADD, words)
        assert (call.values, call.given) == (other.values, other.given)


def test_an_option_declared_twice_would_be_seen() -> None:
    flags = [flag for param in GLOBALS for flag in param.flags]
    assert len(flags) == len(set(flags))


def test_json_and_another_format_contradict_each_other(crm) -> None:
    result = crm("config", "show", "--json", "--format", "csv")
    assert result.code == 2
    assert result.out == ""
    assert result.error["message"] == "--json and --format csv contradict each other."


def test_a_word_that_is_no_valid_text_is_refused(crm) -> None:
    result = crm("config", "get", "user\udcff", "--json")
    assert (result.code, result.error["code"]) == (2, "usage")
