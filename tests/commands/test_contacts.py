"""`crm contact` and `crm company` as a script sees them."""

from __future__ import annotations

import pytest

from tests.dump import dump

CONTACT_KEYS = {
    "id", "name", "given", "family", "emails", "phones", "company", "title", "addresses", "tags", "custom", "owner",
    "notes", "created_at", "updated_at", "last_contact_at",
}  # fmt: skip


@pytest.fixture
def ada(crm) -> str:
    words = ("--email", "ada@example.org", "--company", "Alpha GmbH", "--tag", "vip", "--format", "ids")
    return crm("contact", "add", "Ada Lovelace", *words).out.strip()


def test_add_is_one_line_in_a_script(crm, ada: str) -> None:
    assert len(ada) == 16
    shown = crm("contact", "show", ada, "--json").json
    assert shown["id"] == ada
    assert shown["emails"] == [{"value": "ada@example.org", "label": None, "preferred": True}]
    assert shown["company"]["name"] == "Alpha GmbH"
    assert shown["relations"][0]["kind"] == "employee_of"


def test_objects_have_the_promised_keys(crm, ada: str) -> None:
    assert crm("contact", "list", "--json").json[0].keys() >= CONTACT_KEYS
    assert crm("company", "list", "--json").json[0].keys() >= CONTACT_KEYS
    assert crm("contact", "edit", ada, "--phone", "0821 12345", "--json").json["phones"] == [
        {"value": "0821 12345", "e164": "+4982112345", "label": None, "preferred": True}
    ]


def test_duplicate_is_exit_5_with_the_record(crm, ada: str) -> None:
    result = crm("contact", "add", "A. King", "--email", "Ada@Example.org", "--json")
    assert (result.code, result.out, result.error["code"]) == (5, "", "conflict")
    assert [candidate["id"] for candidate in result.error["candidates"]] == [ada]
    assert crm("contact", "add", "A. King", "--email", "Ada@Example.org", "--force").code == 0


def test_several_companies_are_exit_4(crm) -> None:
    for name in ("Beta Nord GmbH", "Beta Süd GmbH"):
        assert crm("company", "add", name).code == 0
    result = crm("contact", "add", "Bob", "--company", "beta", "--json")
    assert (result.code, len(result.error["candidates"])) == (4, 2)
    assert crm("contact", "list", "--json").json == []


def test_what_was_made_or_kept_unread_is_said(crm) -> None:
    result = crm("contact", "add", "Bob", "--company", "New Ltd", "--phone", "ask Eve", "--json")
    assert result.code == 0
    assert "New Ltd" in result.err
    assert "ask Eve" in result.err
    assert result.json["phones"][0] == {"value": "ask Eve", "e164": None, "label": None, "preferred": True}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "Bob", "--birthday", "soon"), 2),
        (("add", "Bob", "--email", ""), 2),
        (("add", "Bob", "--set", "level=1"), 2),
        (("add", " "), 2),
        (("edit", "lovelace"), 2),
        (("edit", "lovelace", "--clear", "shoe"), 2),
        (("edit", "lovelace", "--remove", "tag=other"), 3),
        (("edit",), 2),
        (("show", "nobody"), 3),
        (("delete", "lovelase"), 3),
        (("merge", "lovelace", "lovelace"), 2),
        (("relate", "lovelace", "loves", "alpha"), 2),
    ],
)
def test_refused_command_writes_nothing(crm, home, ada: str, words: tuple[str, ...], code: int) -> None:
    store = next(home.rglob("*.db"))
    before = dump(store)
    result = crm("contact", *words)
    assert (result.code, result.out) == (code, "")
    assert dump(store) == before


def test_near_miss_is_read_with_a_warning_by_edit_only(crm, ada: str) -> None:
    result = crm("contact", "edit", "lovelase", "--title", "CTO", "--json")
    assert (result.code, result.json["title"]) == (0, "CTO")
    assert "Ada Lovelace" in result.err
    result = crm("contact", "delete", "lovelase", "--yes", "--json")
    assert (result.code, result.error["candidates"][0]["id"]) == (3, ada)


def test_list_is_sorted_by_name_and_filtered(crm) -> None:
    for name in ("Zoe Zimmer", "Änne Abel", "Bert Brecht"):
        crm("contact", "add", name, "--tag", "t" if name[0] != "B" else "u")
    assert [record["name"] for record in crm("contact", "list", "--json").json] == [
        "Änne Abel",
        "Bert Brecht",
        "Zoe Zimmer",
    ]
    assert [record["name"] for record in crm("contact", "list", "tag:t", "--json", "--limit", "1").json] == [
        "Änne Abel"
    ]
    assert "--limit 3" in crm("contact", "list", "--limit", "1").err


def test_list_without_a_store_is_empty_and_creates_none(crm, home) -> None:
    result = crm("contact", "list", "--json")
    assert (result.code, result.json) == (0, [])
    assert not list(home.rglob("*.db"))


def test_dry_run_shows_and_writes_nothing(crm) -> None:
    result = crm("contact", "add", "Ada", "--company", "New Ltd", "--json", "--dry-run")
    assert (result.code, result.json["id"], result.json["company"]["name"]) == (0, None, "New Ltd")
    assert crm("contact", "list", "--json").json == []


def test_bulk_reads_references_from_stdin(crm, ada: str) -> None:
    crm("contact", "add", "Bob")
    both = crm("contact", "list", "--format", "ids")
    result = crm("tag", "add", "-", "fair", "vip", "--json", stdin=both.raw)
    assert [record["tags"] for record in result.json] == [["vip", "fair"], ["fair", "vip"]]
    again = crm("tag", "remove", "-0", "fair", "--json", stdin=both.raw.replace(b"\n", b"\0"))
    assert [record["tags"] for record in again.json] == [["vip"], ["vip"]]
    edited = crm("contact", "edit", "-", "--owner", "sam", "--json", stdin=both.raw)
    assert [record["owner"] for record in edited.json] == ["sam", "sam"]


def test_bulk_with_refused_items_is_exit_6_and_keeps_the_good(crm, ada: str) -> None:
    result = crm("contact", "edit", "-", "--title", "CTO", "--json", stdin=b"nobody\nlovelace\n")
    assert (result.code, result.error["code"]) == (6, "bad_input")
    assert [record["title"] for record in result.json["done"]] == ["CTO"]
    assert [(item["ref"], item["line"]) for item in result.json["refused"]] == [("nobody", 1)]
    ids = crm("contact", "delete", "-", "--format", "ids", stdin=b"nobody\nlovelace\n")
    assert (ids.code, ids.out) == (6, ada + "\n")
    assert "nobody" in ids.err


def test_bulk_is_one_step_to_undo(crm, ada: str) -> None:
    crm("contact", "add", "Bob")
    crm("contact", "delete", "bob", "lovelace")
    assert crm("contact", "list", "--json").json == []
    assert crm("undo").code == 0
    assert len(crm("contact", "list", "--json").json) == 2


def test_merge_is_undone(crm, home, ada: str) -> None:
    other = crm("contact", "add", "Ada King", "--email", "king@example.org", "--format", "ids").out.strip()
    store = next(home.rglob("*.db"))
    before = dump(store)
    merged = crm("contact", "merge", ada, other, "--json")
    assert [mail["value"] for mail in merged.json["emails"]] == ["ada@example.org", "king@example.org"]
    assert crm("undo").code == 0
    assert dump(store) == before


def test_firm_is_deleted_only_with_yes_where_people_work_there(crm, ada: str) -> None:
    refused = crm("company", "delete", "alpha", "--json")
    assert (refused.code, refused.error["code"]) == (5, "conflict")
    assert crm("company", "delete", "alpha", "--yes").code == 0
    assert crm("contact", "show", ada, "--json").json["company"] is None


def test_relations_are_made_shown_and_removed(crm, ada: str) -> None:
    crm("contact", "add", "Hans Müller")
    made = crm("contact", "relate", "müller", "berichtet-an", "lovelace", "--json")
    assert (made.json["kind"], made.json["target"]["id"]) == ("reports_to", ada)
    crm("company", "relate", "alpha", "employs", "müller", "--title", "CTO", "--from", "2024")
    shown = crm("company", "show", "alpha", "--json").json["relations"]
    assert [(tie["source"]["name"], tie["title"], tie["start_on"]) for tie in shown] == [
        ("Hans Müller", "CTO", "2024"),
        ("Ada Lovelace", None, None),
    ]
    assert crm("contact", "relate", "müller", "reports_to", "lovelace", "--remove").code == 0
    assert crm("contact", "relate", "müller", "reports_to", "lovelace", "--remove").code == 3


def test_fields_and_tags_are_listed(crm, ada: str) -> None:
    assert crm("field", "add", "contact", "level", "choice", "--choice", "A").code == 0
    assert crm("contact", "edit", "lovelace", "--set", "level=a", "--json").json["custom"] == {"level": "A"}
    assert crm("contact", "list", "level:A", "--format", "ids").out.strip() == ada
    assert crm("field", "list", "--json").json == [
        {"entity": "contact", "name": "level", "type": "choice", "choices": ["A"]}
    ]
    assert crm("field", "remove", "contact", "level").code == 0
    assert crm("tag", "rename", "vip", "key").code == 0
    assert crm("tag", "list", "--json").json[0] == {
        "name": "key", "count": 1, "contact": 1, "company": 0, "interaction": 0, "deal": 0, "task": 0, "event": 0
    }  # fmt: skip


def test_undeclared_field_names_the_nearest_and_the_command(crm, ada: str) -> None:
    crm("field", "add", "contact", "level", "text")
    error = crm("contact", "edit", "lovelace", "--set", "levle=1", "--json").error
    assert "level" in error["message"]
    assert "crm field add contact levle" in error["hint"]


@pytest.mark.parametrize("hostile", ["\x1b]52;c;eA==\x07", "[@click=app.bell]x[/]", "a\u202eb", "x\r\ny"])
def test_hostile_values_print_harmlessly(crm, hostile: str) -> None:
    words = ("--email", hostile, "--title", hostile, "--tag", hostile, "--notes", hostile, "--company", hostile)
    for command in (
        ("contact", "add", f"N {hostile}", *words),
        ("contact", "list"),
        ("contact", "show", "N"),
        ("tag", "list"),
    ):
        result = crm(*command)
        assert result.code == 0, result
        for sign in ("\x1b", "\x07", "\u202e", "\r"):
            assert sign not in result.out + result.err


def test_texts_are_german_when_asked(crm) -> None:
    crm("contact", "add", "Ada")
    assert "ist schon da" in crm("contact", "add", "Ada", "--lang", "de").err
    assert "Eine Person anlegen" in crm("contact", "add", "--help", "--lang", "de").out
