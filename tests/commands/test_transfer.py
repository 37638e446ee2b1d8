"""`crm import` as people and scripts type it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.cards import card, contact, counts, export


def test_a_report_has_the_keys_scripts_rely_on(load, crm) -> None:
    report = load(card() + card("Petra März"))
    assert list(report) == ["new", "changed", "same", "refused", "possible_duplicates", "undo"]
    assert counts(report) == (2, 0, 0)
    assert report["undo"] == "crm undo --change-set 1"
    assert crm(*report["undo"].split()[1:]).code == 0
    assert crm("contact", "list", "--json").json == crm("company", "list", "--json").json == []
    assert crm("redo").code == 0
    assert export(crm, "contact") == card() + card("Petra März")


def test_a_file_changes_nothing_the_second_time(load, crm) -> None:
    assert counts(load(card() + card("Petra März"))) == (2, 0, 0)
    again = load(card() + card("Petra März"))
    assert (counts(again), again["undo"]) == ((0, 0, 2), None)


@pytest.mark.parametrize("form", ["vcard", "csv", "jsonl"])
def test_an_unchanged_file_undoes_no_edit(load, crm, form: str) -> None:
    texts = {
        "vcard": card(),
        "csv": "Name,E-Mail,Title\nHans Müller,hans@example.org,Einkauf\n",
        "jsonl": '{"name": "Hans Müller", "email": "hans@example.org", "title": "Einkauf"}\n',
    }
    load(texts[form], name=f"a.{form}")
    assert crm("contact", "edit", "müller", "--title", "Leitung", "--email", "hm@example.org").code == 0
    report = load(texts[form], name=f"a.{form}")
    assert (counts(report), report["undo"]) == ((0, 0, 1), None)
    assert contact(crm, "müller")["title"] == "Leitung"


def test_a_newer_card_changes_what_it_has_otherwise_and_keeps_local_edits(load, crm) -> None:
    load(card())
    crm("contact", "edit", "müller", "--title", "Leitung", "--notes", "mag Tee", "--phone", "0821 999888")
    report = load(card(email="neu@example.org", title="Vertrieb", org="Neue AG"))
    assert counts(report) == (0, 1, 0)
    found = contact(crm, "müller")
    assert (found["title"], found["notes"], found["company"]["name"]) == ("Leitung", "mag Tee", "Neue AG")
    assert [email["value"] for email in found["emails"]] == ["neu@example.org"]
    assert {phone["value"] for phone in found["phones"]} == {"+49 171 1234567", "0821 999888"}
    assert crm("undo").code == 0
    assert contact(crm, "müller")["company"]["name"] == "Ehrler GmbH"
    assert contact(crm, "müller")["emails"][0]["value"] == "hans@example.org"


def test_a_changed_property_without_a_column_counts_as_changed(load, crm) -> None:
    load(card())
    assert counts(load(card().replace("FOO=bar:stays", "FOO=bar:is new"))) == (0, 1, 0)
    assert "X-UNKNOWN;FOO=bar:is new" in export(crm, "contact")


def test_another_revision_of_the_same_content_is_the_same(load) -> None:
    load(card())
    assert counts(load(card().replace("REV:2024", "REV:2025"))) == (0, 0, 1)


def test_the_own_export_is_the_same_when_it_comes_back(load, crm, tmp_path: Path) -> None:
    load(card() + card("Petra März"))
    crm("contact", "edit", "müller", "--title", "Leitung", "--tag", "vip")
    for words in (["--format", "vcard"], ["--format", "jsonl"], ["--vcard-version", "4.0"]):
        path = tmp_path / "out.vcf"
        path.write_text(export(crm, "contact", *words), encoding="utf-8")
        report = crm("import", str(path), "--json").json
        assert counts(report) == (0, 0, 2), words


def test_skip_leaves_what_is_there(load, crm) -> None:
    load(card())
    assert counts(load(card(title="Vertrieb"), "--on-duplicate", "skip")) == (0, 0, 1)
    assert contact(crm, "müller")["title"] == "Einkauf"


def test_ask_needs_a_terminal(crm, tmp_path: Path) -> None:
    path = tmp_path / "a.vcf"
    path.write_text(card())
    assert crm("import", str(path), "--on-duplicate", "ask", "--json").error["code"] == "usage"


def test_people_are_matched_by_mail_and_by_number_with_name(load, crm) -> None:
    crm("contact", "add", "Hans Müller", "--email", "HANS@example.org")
    crm("contact", "add", "Petra Maerz", "--phone", "0171 1234567")
    crm("contact", "add", "Bob Other", "--phone", "0171 1234567")
    report = load(card() + card("Petra März", email="petra@example.org"))
    assert counts(report) == (0, 2, 0)
    assert contact(crm, "hans@example.org")["title"] == "Einkauf"
    assert contact(crm, "petra@example.org")["name"] == "Petra Maerz"
    assert len(crm("contact", "list", "--json").json) == 3


def test_without_a_card_to_compare_only_gaps_are_filled(load, crm) -> None:
    crm("contact", "add", "Hans Müller", "--email", "hans@example.org", "--title", "Chef", "--company", "Acme Inc.")
    load(card())
    found = contact(crm, "müller")
    assert (found["title"], found["company"]["name"]) == ("Chef", "Acme Inc.")
    assert [phone["value"] for phone in found["phones"]] == ["+49 171 1234567"]
    text = export(crm, "contact")
    assert "TITLE:Chef" in text
    assert "X-UNKNOWN;FOO=bar:stays" in text


def test_two_cards_of_one_file_are_two_records(load, crm) -> None:
    report = load(card() + card(uid="another"))
    assert report["new"] == 2
    ((a, b),) = report["possible_duplicates"]
    assert {a, b} == {item["id"] for item in crm("contact", "list", "--json").json}
    again = load(card() + card(uid="another"))
    assert (counts(again), again["possible_duplicates"]) == ((0, 0, 2), [])


def test_a_shared_mailbox_does_not_mix_people_up(load, crm) -> None:
    text = "Name,E-Mail,Title\nHans Müller,info@e.example,Einkauf\nAnna Schmidt,info@e.example,Empfang\n"
    load(text, name="a.csv")
    report = load(text.replace("Empfang", "Leitung"), name="a.csv")
    assert counts(report) == (0, 1, 1)
    assert contact(crm, "schmidt")["title"] == "Leitung"
    assert contact(crm, "müller")["title"] == "Einkauf"
    assert load(card("Zoe Stranger", email="info@e.example"))["new"] == 1


def test_merged_records_do_not_come_back(load, crm) -> None:
    text = card() + card("Hans Mueller", uid="second", email="hm@example.org")
    load(text)
    first, second = (item["id"] for item in crm("contact", "list", "--json").json)
    assert crm("contact", "merge", first, second).code == 0
    assert counts(load(text)) == (0, 0, 2)


def test_firms_of_people_are_found_or_made(load, crm) -> None:
    crm("company", "add", "Ehrler GmbH & Co. KG")
    load(card(org="EHRLER GmbH und Co KG") + card("Petra März", org="Neu AG") + card("Bob Miller", org="Neu AG"))
    assert {item["name"] for item in crm("company", "list", "--json").json} == {"Ehrler GmbH & Co. KG", "Neu AG"}
    assert contact(crm, "müller")["company"]["name"] == "Ehrler GmbH & Co. KG"
    text = export(crm, "contact")
    assert text.count("BEGIN:VCARD") == 3
    assert "ORG:EHRLER GmbH und Co KG" in text


ORG = "BEGIN:VCARD\nVERSION:4.0\nUID:firm\nKIND:org\nFN:Ehrler GmbH\nTEL:+49 821 1234\nTITLE:kept\nEND:VCARD\n"
GROUP = "BEGIN:VCARD\nVERSION:4.0\nUID:group\nKIND:group\nFN:Messe\nMEMBER:urn:uuid:1\nEND:VCARD\n"


@pytest.mark.parametrize("text", [ORG + card(), card() + ORG], ids=["firm first", "person first"])
def test_a_card_of_a_firm_is_the_firm_of_its_people(load, crm, text: str) -> None:
    assert counts(load(text)) == (2, 0, 0)
    (firm,) = crm("company", "list", "--json").json
    assert (firm["name"], firm["phones"][0]["value"]) == ("Ehrler GmbH", "+49 821 1234")
    assert contact(crm, "müller")["company"]["id"] == firm["id"]
    assert export(crm, "contact", "--vcard-version", "keep") == card() + ORG
    assert export(crm, "company", "--vcard-version", "keep") == ORG
    assert counts(load(text)) == (0, 0, 2)


def test_a_whole_address_book_comes_out_whole(load, crm) -> None:
    load(GROUP + card() + ORG)
    assert export(crm, "contact", "--vcard-version", "keep") == GROUP + card() + ORG
    assert export(crm, "contact", "müller", "--vcard-version", "keep") == card()


def test_an_edit_of_one_field_changes_that_property_and_rev_only(load, crm) -> None:
    load(card() + ORG)
    crm("contact", "edit", "müller", "--title", "Leitung")
    before, after = card().split("\n"), export(crm, "contact", "müller").split("\n")
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert changed == [("TITLE:Einkauf", "TITLE:Leitung"), ("REV:20240101T000000Z", "REV:20251119T090000Z")]
    crm("company", "edit", "ehrler", "--name", "Ehrler Neu GmbH")
    changed = set(export(crm, "contact", "müller").split("\n")) - set(after)
    assert changed == {"ORG:Ehrler Neu GmbH"}
    crm("contact", "edit", "müller", "--title", "Einkauf")
    crm("company", "edit", "ehrler", "--name", "Ehrler GmbH")
    assert export(crm, "contact", "müller") == card()


def test_an_added_value_touches_no_other_line(load, crm) -> None:
    load(card())
    crm("contact", "edit", "müller", "--phone", "0821 5555", "--tag", "vip")
    gone = set(card().split("\n")) - set(export(crm, "contact").split("\n"))
    assert gone == {"REV:20240101T000000Z"}


def test_json_lines_hold_people_and_firms(load, crm) -> None:
    text = (
        '{"name": "Ada Lovelace", "emails": ["ada@example.org"], "company": "Analytical Engines", "tags": ["vip"],'
        ' "custom": {"no": 7, "VAT id": "DE1"}, "anniversary": "2001-02-03", "role": "inventor"}\n'
        '{"kind": "company", "name": "Acme Inc.", "phones": [{"value": "+1 212 5550100", "label": "main"}]}\n'
    )
    assert counts(load(text, name="a.jsonl")) == (2, 0, 0)
    people = export(crm, "contact", "--format", "jsonl")
    firms = export(crm, "company", "acme", "--format", "jsonl")
    assert json.loads(people)["custom"]["VAT id"] == "DE1"
    assert json.loads(firms)["kind"] == "company"
    crm("undo")
    load(people + firms, name="b.jsonl")
    one = json.loads(export(crm, "contact", "--format", "jsonl"))
    for name in ("name", "emails", "tags", "custom"):
        assert one[name] == json.loads(people)[name]
    assert "X-CRM-NO:7" in export(crm, "contact")
    assert "X-ANNIVERSARY:2001-02-03" in export(crm, "contact")


def test_a_group_and_a_place_are_still_what_they_were_after_json_lines(load, crm) -> None:
    kinds = {"Eva Person": None, "Vertrieb Süd": "group", "Halle 4": "location", "Scanner": "device", "Robo": "x-bot"}
    cards = [
        f"BEGIN:VCARD\nVERSION:4.0\nFN:{name}\n{f'KIND:{kind}' if kind else 'NOTE:'}\nEND:VCARD\n"
        for name, kind in kinds.items()
    ]
    assert counts(load("".join(cards), name="a.vcf")) == (5, 0, 0)
    for form in ("jsonl", "json"):
        text = export(crm, "contact", "--format", form)
        objects = json.loads(text) if form == "json" else [json.loads(line) for line in text.splitlines()]
        assert {one["name"]: one.get("kind") for one in objects} == kinds
        crm("undo")
        assert counts(load(text, name=f"b.{form}")) == (5, 0, 0)
    came = export(crm, "contact", "--vcard-version", "4.0").split("END:VCARD")
    for name, kind in kinds.items():
        (body,) = [card for card in came if f"\nFN:{name}" in card.replace("\r", "")]
        assert ("KIND:" in body and f"KIND:{kind}" in body) == (kind is not None), name
    assert "kind" not in json.loads(export(crm, "contact", "eva", "--columns", "id,name", "--format", "jsonl"))


def test_a_json_object_that_leaves_a_key_out_says_nothing_about_it(load, crm) -> None:
    load('{"id": "x1", "name": "Ada Lovelace", "title": "CTO", "phone": "+49 821 1"}', name="a.jsonl")
    load('{"id": "x1", "name": "Ada Lovelace", "email": "ada@example.org"}', name="a.jsonl")
    found = contact(crm, "ada")
    assert (found["title"], len(found["phones"]), len(found["emails"])) == ("CTO", 1, 1)
    load('{"id": "x1", "name": "Ada Lovelace", "email": "ada@example.org", "title": null}', name="a.jsonl")
    assert contact(crm, "ada")["title"] is None


def test_declared_fields_take_their_type_and_others_are_kept(load, crm) -> None:
    crm("field", "add", "contact", "number", "number")
    load("Name,E-Mail,number,Lieblingsfarbe\nHans Müller,h@example.org,12,blau\n", name="a.csv")
    assert contact(crm, "müller")["custom"] == {"number": 12, "Lieblingsfarbe": "blau"}


def test_good_items_are_in_and_bad_ones_are_named(load, crm) -> None:
    text = card() + "BEGIN:VCARD\nEND:VCARD\n" + card("Petra März")
    report = load(text, code=6)
    assert report["new"] == 2
    (refused,) = report["refused"]
    assert refused["line"] == 13
    assert refused["file"].endswith("cards.vcf")
    german = crm("import", refused["file"], "--json", "--lang", "de")
    assert german.json["refused"][0]["reason"] == "Die Karte ist leer."
    assert german.error["code"] == "bad_input"


@pytest.mark.parametrize("content", [b"\x00\x01\x02 noise", b"", b"   \n", b"PK\x03\x04 no workbook"])
def test_a_file_of_no_kind_is_one_refusal(crm, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "noise.bin"
    path.write_bytes(content)
    result = crm("import", str(path), "--json")
    assert result.code == 6
    assert [(item["line"], item["file"]) for item in result.json["refused"]] == [(0, str(path))]
    assert result.json["undo"] is None


def test_a_missing_path_is_not_found(crm, tmp_path: Path) -> None:
    assert crm("import", str(tmp_path / "missing.vcf"), "--json").error["code"] == "not_found"
    assert crm("import", str(tmp_path), "--json").code == 3


def test_a_folder_and_standard_input(crm, tmp_path: Path) -> None:
    folder = tmp_path / "vdir"
    (folder / "work").mkdir(parents=True)
    (folder / "a.vcf").write_text(card())
    (folder / "work" / "b.vcf").write_text(card("Petra März"))
    (folder / "c.csv").write_text("Name,E-Mail\nBob Miller,bob@example.org\n")
    (folder / "color").write_text("#fff")
    (folder / ".hidden").write_text("nothing")
    assert counts(crm("import", str(folder), "--json").json) == (3, 0, 0)
    assert counts(crm("import", "-", "--json", stdin=card().encode()).json) == (0, 0, 1)
    assert counts(crm("import", "-", "--json", stdin=card("New One").encode()).json) == (1, 0, 0)


def test_a_trial_reports_the_same_and_writes_nothing(load, crm, tmp_path: Path) -> None:
    load(card())
    text = card(title="Neu") + card("Petra März") + card("Petra März", uid="2")
    trial = load(text, "--dry-run")
    assert trial["undo"] is None
    assert trial["possible_duplicates"] == [[None, None]]
    assert len(crm("contact", "list", "--json").json) == 1
    assert contact(crm, "müller")["title"] == "Einkauf"
    assert counts(load(text)) == counts(trial) == (2, 1, 0)


def test_a_table_is_shown_before_it_is_read(crm, tmp_path: Path) -> None:
    path = tmp_path / "kunden.csv"
    path.write_text("Vorname;Nachname;Kd-Nr;Mail\nHans;Müller;A7;hans@example.org\n", encoding="utf-8")
    shown = crm("import", str(path), "--dry-run").out
    assert [line.split()[:2] for line in shown.splitlines()[:4]] == [
        ["Vorname", "given"],
        ["Nachname", "family"],
        ["Kd-Nr", "custom"],
        ["Mail", "email"],
    ]
    words = ["--map", "Kd-Nr=notes", "--save-map", "kunden"]
    assert counts(crm("import", str(path), *words, "--json").json) == (1, 0, 0)
    assert contact(crm, "müller")["notes"] == "A7"
    crm("undo")
    assert crm("import", str(path), "--map", "kunden", "--json").code == 3
    crm("redo")
    path.write_text("Vorname;Nachname;Kd-Nr;Mail\nPetra;März;B8;p@example.org\n", encoding="utf-8")
    crm("import", str(path), "--map", "kunden", "--json")
    assert contact(crm, "petra")["notes"] == "B8"


def test_columns_without_a_header_are_named(crm, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Hans,Müller,hans@example.org\nPetra,März,petra@example.org\n", encoding="utf-8")
    assert crm("import", str(path), "--json").error["code"] == "usage"
    (tmp_path / "b.vcf").write_text(card("Bob Miller"))
    among_others = crm("import", str(tmp_path), "--json")
    assert (among_others.code, among_others.json["new"]) == (6, 1)
    assert among_others.json["refused"][0]["file"] == str(path)
    assert crm("import", str(path), "--columns", "given,family,email", "--json").json["new"] == 2
    assert contact(crm, "märz")["emails"][0]["value"] == "petra@example.org"


def test_json_with_characters_no_file_can_hold_is_refused(load) -> None:
    report = load('{"name": "A\\ud800"}\n{"name": "Good"}\n', name="a.jsonl", code=6)
    assert (report["new"], report["refused"][0]["line"]) == (1, 1)
