"""`crm dupes` and `crm clean` as a script sees them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crm_cli.domain.dupes import TEXTS
from crm_cli.i18n_de import cleansing as german
from tests.dump import dump

MOBILE = ("--phone", "0171 1234567")


@pytest.fixture
def twins(crm) -> list[str]:
    """Two entries of one person at two firms, and a namesake."""
    lines = (
        ("Hans Krolin", "--company", "Ehrler GmbH", "--email", "hans@krolin.example", *MOBILE),
        ("Johannes Krolin", "--company", "Frenkel KG", *MOBILE),
        ("Hans Krolin", "--company", "Rathgeber SE"),
    )
    return [crm("contact", "add", *line, "--force", "--format", "ids").out.strip() for line in lines]


def test_dupes_have_the_promised_shape(crm, twins: list[str]) -> None:
    (pair,) = crm("dupes", "--json").json
    assert pair.keys() == {"a", "b", "score", "evidence"}
    assert pair["a"] == {"id": twins[0], "name": "Hans Krolin"}
    assert pair["b"] == {"id": twins[1], "name": "Johannes Krolin"}
    assert 0.8 <= pair["score"] <= 1
    kinds = {item["kind"]: item for item in pair["evidence"]}
    assert kinds["mobile"]["text"] == "the same mobile number (+491711234567)"
    assert kinds["firm_differs"]["weight"] < 0 < kinds["mobile"]["weight"]


def test_threshold_and_limit_are_kept(crm, twins: list[str]) -> None:
    everything = crm("dupes", "--threshold", "0", "--json").json
    assert len(everything) > 1
    assert crm("dupes", "--threshold", "0", "--limit", "1", "--json").json == everything[:1]
    assert crm("dupes", "--threshold", "1", "--json").json == []
    assert crm("dupes", "--threshold", "2").code == 2


def test_dupes_of_no_store_are_none_and_create_none(crm, home) -> None:
    for words in (("dupes",), ("clean",)):
        assert crm(*words, "--json").code == 0
    assert not list(home.rglob("*.db"))


def test_merge_asks_first(crm, home, twins: list[str]) -> None:
    store = next(home.rglob("*.db"))
    before = dump(store)
    refused = crm("dupes", "merge", "--threshold", "0.8", "--json")
    assert (refused.code, refused.out, refused.error["code"]) == (5, "", "conflict")
    shown = crm("dupes", "merge", "--threshold", "0.8", "--dry-run", "--json")
    assert (shown.code, len(shown.json)) == (0, 1)
    assert dump(store) == before


def test_merge_by_threshold_is_undone_at_once(crm, home, twins: list[str]) -> None:
    before = dump(next(home.rglob("*.db")))
    merged = crm("dupes", "merge", "--threshold", "0.8", "--yes", "--json").json
    assert merged[0]["kept"]["id"] == twins[0]
    assert [record["id"] for record in merged[0]["merged"]] == [twins[1]]
    assert len(crm("contact", "list", "--json").json) == 2
    assert crm("undo").code == 0
    assert dump(next(home.rglob("*.db"))) == before


@pytest.mark.parametrize("form", ["json", "jsonl", "tsv"])
def test_merge_takes_what_dupes_gives(crm, twins: list[str], form: str) -> None:
    listed = crm("dupes", "--format", form)
    merged = crm("dupes", "merge", "-", "--yes", "--json", stdin=listed.raw)
    assert [(item["kept"]["id"], len(item["merged"])) for item in merged.json] == [(twins[0], 1)]


def test_merge_takes_ids_on_lines_and_keeps_the_first(crm, twins: list[str]) -> None:
    lines = f"# by hand\n{twins[1]} {twins[0]}\n{twins[0]}\t{twins[2]}\n".encode()
    merged = crm("dupes", "merge", "-", "--yes", "--json", stdin=lines).json
    assert [(item["kept"]["id"], len(item["merged"])) for item in merged] == [(twins[1], 2)]
    assert len(crm("contact", "list", "--json").json) == 1


def test_merge_with_refused_lines_is_exit_6_and_merges_the_rest(crm, twins: list[str]) -> None:
    lines = f"{twins[0]} zzzz\n{twins[0]} ehrler\n{twins[0]} {twins[1]}\n{twins[2]}\n".encode()
    result = crm("dupes", "merge", "-", "--yes", "--json", stdin=lines)
    assert (result.code, len(result.json["done"])) == (6, 1)
    assert [item["line"] for item in result.json["refused"]] == [1, 2, 4]


@pytest.mark.parametrize("stdin", [b"[{]", b'[{"a": 1}]', b"\xff\xfe\xff"])
def test_stdin_that_is_no_list_of_pairs_is_exit_2(crm, twins: list[str], stdin: bytes) -> None:
    assert crm("dupes", "merge", "-", "--yes", stdin=stdin).code == 2
    assert len(crm("contact", "list", "--json").json) == 3


def test_rejected_pair_is_not_offered_until_taken_back(crm, twins: list[str]) -> None:
    assert len(crm("dupes", "reject", *twins[:2], "--json").json) == 1
    assert crm("dupes", "--json").json == []
    assert crm("dupes", "merge", "--threshold", "0.5", "--yes", "--json").json == []
    (pair,) = crm("dupes", "reject", "--list", "--json").json
    assert {pair["a"]["id"], pair["b"]["id"]} == set(twins[:2])
    assert crm("dupes", "reject", *twins[:2], "--undo").code == 0
    assert len(crm("dupes", "--json").json) == 1


@pytest.mark.parametrize(
    "words", [("reject",), ("reject", "krolin"), ("merge", "krolin"), ("merge", "-", "--threshold", "1")]
)
def test_wrong_words_are_refused(crm, twins: list[str], words: tuple[str, ...]) -> None:
    assert crm("dupes", *words).code in (2, 4)


def test_firms_are_asked_for(crm) -> None:
    for name in ("Ehrler Prüftechnik GmbH", "Ehrler Prueftechnik"):
        crm("company", "add", name, "--force")
    assert crm("dupes", "--json").json == []
    (pair,) = crm("dupes", "--kind", "company", "--json").json
    assert {pair["a"]["name"], pair["b"]["name"]} == {"Ehrler Prüftechnik GmbH", "Ehrler Prueftechnik"}
    assert crm("dupes", "merge", "--kind", "company", "--threshold", "0.8", "--yes").code == 0
    assert len(crm("company", "list", "--json").json) == 1


def test_evidence_speaks_german(crm, twins: list[str]) -> None:
    assert not [text for text in TEXTS.values() if text not in german.TEXTS]
    assert "dieselbe Mobilnummer" in crm("dupes", "--lang", "de", "--format", "md").out


def test_clean_reports_applies_and_is_undone(crm, home) -> None:
    words = ("HANS MÜLLER", "--email", "mailto:hans@example.org", "--phone", "Tel. 0821/349999")
    crm("contact", "add", *words)
    before = dump(next(home.rglob("*.db")))
    report = crm("clean", "--json").json
    assert {"score", "records", "fields", "repairs", "applied"} <= report.keys()
    assert {repair["field"] for repair in report["repairs"] if repair["certain"]} == {
        "name", "email", "phone", "salutation"
    }  # fmt: skip
    assert crm("clean", "--apply", "--dry-run").code == 0
    assert dump(next(home.rglob("*.db"))) == before
    assert crm("clean", "--apply", "--json").json["applied"] == 4
    (record,) = crm("contact", "list", "--json").json
    assert (record["name"], record["salutation"]) == ("Hans Müller", "Herr")
    assert record["phones"][0] | {"preferred": True} == {
        "value": "Tel. 0821/349999", "e164": "+49821349999", "label": None, "preferred": True
    }  # fmt: skip
    assert crm("undo").code == 0
    assert dump(next(home.rglob("*.db"))) == before


@pytest.mark.parametrize("form", ["table", "md", "csv", "json"])
def test_clean_prints_in_every_format(crm, form: str) -> None:
    crm("contact", "add", "HANS MÜLLER", "--email", "hans@gmial.com", "--notes", "\x1b[2J")
    result = crm("clean", "--format", form, "--lang", "de")
    assert result.code == 0
    assert "\x1b" not in result.out
    if form in ("table", "md"):
        assert "Sicher zu richten" in result.out
        assert "eine Domain, die vertippt aussieht" in result.out


def test_clean_reads_a_file_and_writes_nothing(crm, home, tmp_path: Path) -> None:
    path = tmp_path / "book.vcf"
    path.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:HANS MÜLLER\nN:MÜLLER;HANS;;;\nEMAIL:hans@\nEND:VCARD\n")
    report = crm("clean", str(path), "--json").json
    assert (report["records"], report["source"]) == (1, str(path))
    assert crm("clean", str(path), "--apply").code == 2
    assert crm("clean", str(tmp_path / "none.vcf")).code == 3
    noise = tmp_path / "noise.bin"
    noise.write_bytes(b"\x00\x01\xff" * 99)
    refused = crm("clean", str(noise), "--json")
    assert (refused.code, len(json.loads(refused.out)["refused"])) == (6, 1)
    assert not list(home.rglob("*.db"))
