"""`crm undo`, `crm redo`, `crm history`, `crm changes` from the command line."""

from __future__ import annotations

import json

import pytest

from tests.dump import dump


def _lines(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def test_undo_takes_back_the_newest_command_and_names_it(crm, home) -> None:
    crm("contact", "add", "Ada Lovelace", "--email", "ada@example.org")
    before = dump(home / "crm.db")
    crm("contact", "edit", "ada", "--title", "Countess", "--tag", "vip")
    result = crm("undo", "--json")
    assert result.code == 0
    [undone] = result.json["undone"]
    assert undone["command"] == "crm contact edit ada --title Countess --tag vip"
    assert isinstance(undone["change_set"], int)
    assert undone["changes"] == 2
    assert dump(home / "crm.db") == before


def test_undo_shows_people_what_it_took_back(crm) -> None:
    crm("contact", "add", "Ada Lovelace")
    assert crm("undo").out == "Undone: crm contact add 'Ada Lovelace'  (no. 1, 1 change)\n"
    assert crm("redo").out == "Done again: crm contact add 'Ada Lovelace'  (no. 1, 1 change)\n"


def test_undo_takes_the_number_of_commands_it_is_told(crm) -> None:
    for name in ("Ada", "Bob", "Cleo"):
        crm("contact", "add", name)
    assert [item["change_set"] for item in crm("undo", "2", "--json").json["undone"]] == [3, 2]
    assert [row["name"] for row in crm("contact", "list", "--json").json] == ["Ada"]
    assert [item["change_set"] for item in crm("redo", "2", "--json").json["redone"]] == [2, 3]
    assert len(crm("contact", "list", "--json").json) == 3


def test_undo_of_a_log_line_takes_everything_with_it_that_the_line_made(crm, home) -> None:
    crm("contact", "add", "Hans Müller")
    crm("deal", "add", "Prüfstand", "--contact", "hans", "--stage", "Kontakt")
    before = dump(home / "crm.db")
    line = (
        "besuch hans gestern: gut +messe phase:Angebot wert:5k bedarf:wartung auftrag:angebot wv:fr Angebot wv:+3d Ruf"
    )
    assert crm("log", line).code == 0
    crm("undo")
    assert dump(home / "crm.db") == before


def test_a_chosen_command_is_undone_alone(crm) -> None:
    crm("contact", "add", "Ada")
    crm("contact", "add", "Bob")
    assert crm("undo", "--change-set", "1", "--json").json["undone"][0]["change_set"] == 1
    assert [row["name"] for row in crm("contact", "list", "--json").json] == ["Bob"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["undo", "0"], 2),
        (["undo", "-1"], 2),
        (["undo", "x"], 2),
        (["undo", "1", "--change-set", "1"], 2),
        (["undo", "--change-set", "99"], 3),
        (["undo", "--change-set", "1"], 5),
        (["redo", "0"], 2),
        (["history", "nobody"], 3),
        (["history", "--change-set", "99"], 3),
        (["history", "ada", "--change-set", "1"], 2),
        (["changes", "--since", "-1"], 2),
    ],
)
def test_what_cannot_be_done_has_its_exit_code(crm, home, words: list[str], code: int) -> None:
    crm("contact", "add", "Ada")
    crm("contact", "edit", "ada", "--name", "Ada Lovelace")  # undoing only the first would lose this
    before = dump(home / "crm.db")
    result = crm(*words, "--json")
    assert result.code == code, result
    assert result.out == ""
    assert result.error["message"]
    assert dump(home / "crm.db") == before


def test_nothing_to_undo_is_no_failure_and_creates_no_store(crm, home) -> None:
    for word in ("undo", "redo"):
        result = crm(word, "--dry-run", "--json")
        assert (result.code, result.json) == (0, {f"{word}ne": []})
    assert not (home / "crm.db").exists()
    assert crm("undo").err == "There is nothing to undo.\n"


def test_a_dry_run_shows_what_undo_would_do(crm, home) -> None:
    crm("contact", "add", "Ada")
    before = dump(home / "crm.db")
    assert crm("undo", "--dry-run", "--json").json["undone"][0]["change_set"] == 1
    assert dump(home / "crm.db") == before
    assert crm("history", "--json").json[0]["undone_by"] is None


def test_redo_ends_with_the_next_write(crm) -> None:
    crm("contact", "add", "Ada")
    crm("undo")
    crm("contact", "add", "Bob")
    assert crm("redo", "--json").json == {"redone": []}


def test_undo_and_redo_can_follow_each_other(crm) -> None:
    crm("contact", "add", "Ada")
    for _ in range(3):
        assert crm("undo", "--json").json["undone"][0]["change_set"] == 1
        assert crm("contact", "list", "--json").json == []
        assert crm("redo", "--json").json["redone"][0]["change_set"] == 1
        assert len(crm("contact", "list", "--json").json) == 1


def test_a_search_finds_what_undo_and_redo_leave(crm) -> None:
    crm("contact", "add", "Ada Lovelace")
    crm("contact", "edit", "ada", "--name", "Augusta King")
    crm("undo")
    assert [hit["name"] for hit in crm("find", "lovelace", "--json").json] == ["Ada Lovelace"]
    assert crm("find", "augusta", "--json").json == []
    crm("redo")
    assert [hit["name"] for hit in crm("find", "augusta", "--json").json] == ["Augusta King"]


def test_history_lists_the_newest_commands(crm) -> None:
    crm("contact", "add", "Ada")
    crm("contact", "edit", "ada", "--title", "Countess")
    crm("undo")
    newest, edit, add = crm("history", "--json").json
    assert (add["command"], add["actor"], add["kind"], add["what"]) == (
        "crm contact add Ada",
        "me",
        "write",
        "contact +Ada",
    )
    assert (edit["what"], edit["undone_by"]) == ("contact ~Ada", newest["change_set"])
    assert (newest["kind"], newest["reverts"]) == ("undo", edit["change_set"])
    assert len(crm("history", "--limit", "2", "--json").json) == 2


def test_history_of_a_record_goes_field_by_field(crm) -> None:
    crm("contact", "add", "Ada", "--email", "ada@example.org")
    crm("contact", "edit", "ada", "--title", "Countess", "--remove", "email=ada@example.org")
    fields = [(line["field"], line["before"], line["after"]) for line in crm("history", "ada", "--json").json]
    assert ("title", None, "Countess") in fields
    assert ("email", "ada@example.org, preferred", None) in fields
    assert ("name", None, "Ada") in fields
    text = crm("history", "ada").out
    assert "2  Wed 19 Nov 10:00  me  crm contact edit ada --title Countess --remove email=ada@example.org\n" in text
    assert "    title: + Countess\n" in text
    assert "    email: ada@example.org, preferred → –\n" in text


def test_history_finds_a_deleted_record_by_its_name_and_its_id(crm) -> None:
    uid = crm("contact", "add", "Ada Lovelace", "--json").json["id"]
    crm("contact", "delete", "ada", "--yes")
    for ref in ("ada lovelace", uid, uid[:6]):
        lines = crm("history", ref, "--json").json
        assert lines[0]["operation"] == "delete", ref
        assert {line["record"] for line in lines} == {uid}
    number = crm("history", uid, "--json").json[0]["change_set"]
    crm("undo", "--change-set", str(number))
    assert crm("contact", "list", "--json").json[0]["id"] == uid


def test_history_of_one_command_tells_every_record_it_touched(crm) -> None:
    crm("contact", "add", "Hans Müller")
    crm("log", "besuch hans: gut wv:fr Angebot")
    lines = crm("history", "--change-set", "2", "--json").json
    assert {("text", "gut"), ("text", "Angebot")} <= {(line["field"], line["after"]) for line in lines}
    assert "Angebot · text: + Angebot" in crm("history", "--change-set", "2").out


def test_history_prints_a_hostile_name_harmlessly(crm) -> None:
    crm("contact", "add", "Ada \x1b]0;pwned\x07\u202eevil")
    for words in (["history"], ["history", "ada"], ["undo"], ["changes"]):
        out = crm(*words).out
        assert not set(out) & {"\x1b", "\x07", "\u202e"}, words


def test_changes_are_a_stream_of_json_lines_with_the_promised_keys(crm) -> None:
    uid = crm("contact", "add", "Ada", "--email", "ada@example.org", "--json").json["id"]
    crm("contact", "delete", "ada", "--yes")
    lines = _lines(crm("changes", "--json").out)
    keys = ["id", "change_set", "at", "actor", "device", "command", "entity", "record", "operation", "before", "after"]
    assert all(list(line) == keys for line in lines)
    assert [line["id"] for line in lines] == list(range(1, len(lines) + 1))
    assert {line["record"] for line in lines} == {uid}
    first = lines[0]
    assert (first["entity"], first["operation"], first["before"], first["after"]["name"]) == (
        "contact",
        "insert",
        None,
        "Ada",
    )
    assert [line["id"] for line in _lines(crm("changes", "--since", "2", "--json").out)] == [
        line["id"] for line in lines[2:]
    ]
    assert len(_lines(crm("changes", "--json", "--limit", "1").out)) == 1


@pytest.mark.parametrize("words", [["history"], ["changes"], ["sql", "SELECT * FROM contact"], ["check"]])
def test_a_missing_store_answers_as_an_empty_one(crm, home, words: list[str]) -> None:
    result = crm(*words, "--format", "jsonl")
    assert result.code == 0
    assert [line for line in result.out.splitlines() if "SQLite" not in line] == []
    assert not home.exists()


def test_german_texts_are_german(crm) -> None:
    crm("contact", "add", "Ada", "--email", "ada@example.org")
    assert "E-Mail: + ada@example.org" in crm("history", "ada", "--lang", "de").out
    assert crm("undo", "--lang", "de").out.startswith("Zurückgenommen: crm contact add Ada")
    assert crm("undo", "--lang", "de").err == "Es gibt nichts zurückzunehmen.\n"
