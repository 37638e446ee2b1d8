"""Exit codes and error objects: scripts branch on them."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from crm_cli import errors, i18n
from crm_cli.commands._options import Options
from crm_cli.context import AppContext
from crm_cli.failure import report

CODES = [
    (errors.UsageError, 2, "usage"),
    (errors.NotFound, 3, "not_found"),
    (errors.Ambiguous, 4, "ambiguous"),
    (errors.Conflict, 5, "conflict"),
    (errors.BadInput, 6, "bad_input"),
    (errors.StoreError, 7, "store"),
    (errors.RemoteError, 8, "remote"),
]
CANDIDATES = [{"id": "a2bcdefghijklmno", "kind": "contact", "name": "Ada\x1b[31m", "company": {"id": "x", "name": "B"}}]


@pytest.mark.parametrize(("error_class", "exit_code", "code"), CODES)
def test_each_error_has_its_code_and_object(error_class, exit_code: int, code: str, home, capsys) -> None:
    error = error_class("No “{what}”.", what="x\x1b", hint="Try {what}.", candidates=CANDIDATES)
    assert report(error, AppContext(Options(format="json"))) == exit_code
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.rstrip("\n").isprintable()
    content = {"code": code, "message": "No “x\x1b”.", "hint": "Try x\x1b.", "candidates": CANDIDATES}
    assert json.loads(err) == {"error": content}


def test_people_get_the_fact_the_candidates_and_the_help(home, capsys) -> None:
    i18n.use("en")
    error = errors.Ambiguous("“{what}” is two.", what="a\x1b", hint="Say more.", candidates=CANDIDATES)
    assert report(error, AppContext(Options())) == 4
    assert capsys.readouterr().err.splitlines() == [
        "crm: “a\ufffd” is two.",
        "  a2bcdefghijklmno  contact  Ada\ufffd[31m, B",
        "Say more.",
    ]


def test_a_batch_with_refused_items_still_prints_its_report(home, capsys) -> None:
    result = {"new": 1, "refused": [{"file": "x", "line": 3, "reason": "r"}]}
    assert report(errors.BadInput("One was refused.", report=result), AppContext(Options(format="json"))) == 6
    out, err = capsys.readouterr()
    assert json.loads(out) == result
    assert json.loads(err)["error"]["code"] == "bad_input"


def test_a_bug_is_one_line_and_a_traceback_only_with_debug(home, capsys) -> None:
    i18n.use("en")
    assert report(ZeroDivisionError("x"), AppContext(Options())) == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "crm: Internal error: ZeroDivisionError: x"
    assert "--debug" in lines[1]
    report(ZeroDivisionError("x"), AppContext(Options(format="json")))
    assert json.loads(capsys.readouterr().err)["error"]["code"] == "internal"
    try:
        raise ZeroDivisionError
    except ZeroDivisionError as error:
        report(error, AppContext(Options(debug=True)))
    assert "Traceback" in capsys.readouterr().err


def test_a_database_error_that_escapes_is_a_store_error(home, capsys) -> None:
    assert report(sqlite3.OperationalError("database or disk is full"), AppContext(Options())) == 7


def test_the_user_may_stop(home, capsys) -> None:
    assert report(KeyboardInterrupt(), AppContext(Options())) == 130
    assert report(KeyboardInterrupt(), AppContext(Options(format="json"))) == 130


@pytest.mark.parametrize(
    "line",
    [
        ["nonsense"],
        ["--nonsense"],
        ["config", "nonsense"],
        ["config", "show", "--nonsense"],
        ["config", "get"],
        ["config", "get", "nonsense"],
        ["config", "show", "--limit", "x"],
        ["config", "show", "--limit", "-1"],
        ["config", "show", "--sort", "nonsense"],
        ["config", "show", "--columns", "nonsense"],
        ["completion", "tcsh"],
        ["_complete"],
    ],
)
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_wrong_line_is_exit_2_with_help(crm, line: list[str], language: str) -> None:
    result = crm(*line, "--json", "--lang", language)
    assert (result.code, result.out, result.error["code"]) == (2, "", "usage")
    assert result.error["message"]
    assert result.error["hint"]
    plain = crm(*line, "--lang", language)
    assert (plain.code, plain.out) == (2, "")
    assert plain.err.splitlines()[0].startswith("crm: ")
    assert len(plain.err.splitlines()) == 2


def test_languages_differ_and_codes_do_not(crm) -> None:
    german, english = crm("nonsense", "--lang", "de", "--json").error, crm("nonsense", "--json").error
    assert german["message"] == "Den Befehl „nonsense“ gibt es nicht."
    assert english["message"] == "There is no command “nonsense”."
    assert german["code"] == english["code"]


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LC_ALL": "C", "LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_MESSAGES": "de_AT", "LANG": "en_US"}, "de"),
        ({"CRM_LANG": "de", "LC_ALL": "en_US"}, "de"),
    ],
)
def test_the_language_follows_the_environment(crm, monkeypatch, environment, language: str) -> None:
    monkeypatch.delenv("LANG")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert crm("nonsense").err.startswith("crm: Den" if language == "de" else "crm: There")


def test_the_configured_language_beats_the_locale(crm, home: Path) -> None:
    crm("config", "set", "lang", "de")
    assert crm("nonsense").err.startswith("crm: Den")
    assert crm("nonsense", "--lang", "en").err.startswith("crm: There")


def test_the_real_program_keeps_the_contract(home: Path) -> None:
    program = [sys.executable, "-c", "import sys; from crm_cli.app import main; sys.exit(main())"]
    run = subprocess.run([*program, "config", "get", "x", "--json"], capture_output=True, check=False)
    assert (run.returncode, run.stdout) == (2, b"")
    assert json.loads(run.stderr)["error"]["code"] == "usage"
