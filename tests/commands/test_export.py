"""`crm export` as people and scripts type it."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
from pathlib import Path

import pytest

from tests.commands.cards import card, contact, counts, export


@pytest.fixture
def book(load, crm):
    """A store with a record of every kind; returns `crm`."""
    load(card() + card("Petra März"))
    crm("deal", "add", "Test bench", "--contact", "müller", "--value", "12500")
    crm("log", "visit müller yesterday 45m: saw it fu:fri send quote")
    return crm


@pytest.mark.parametrize("kind", ["contact", "company", "interaction", "task", "deal"])
@pytest.mark.parametrize("form", ["json", "jsonl", "csv"])
def test_every_kind_is_exported_with_its_fields(book, kind: str, form: str) -> None:
    listed = (
        book(kind, "list", "--json").json if kind != "interaction" else book("export", kind, "--format", "json").json
    )
    text = export(book, kind, "--format", form)
    if form == "csv":
        found = list(csv.DictReader(io.StringIO(text)))
        assert {"id", "created_at"} <= set(found[0])
    elif form == "json":
        found = json.loads(text)
    else:
        found = [json.loads(line) for line in text.splitlines()]
    assert sorted(item["id"] for item in found) == sorted(item["id"] for item in listed)
    assert len(found) == {"contact": 2}.get(kind, 1)
    assert export(book, kind, "--format", "json", "nothing-has-this") == "[]\n"


def test_an_unknown_kind_or_format_is_refused(book) -> None:
    assert book("export", "nonsense", "--format", "csv").code == 2
    assert book("export", "task", "--format", "vcard").code == 2
    assert book("export", "contact", "--format", "nonsense").code == 2


def test_a_query_and_a_limit_choose(book) -> None:
    assert export(book, "contact", "petra").count("BEGIN:VCARD") == 1
    assert export(book, "contact", "--limit", "1", "--format", "jsonl").count("\n") == 1


@pytest.mark.parametrize(
    ("words", "start"),
    [
        (["--format", "jcard"], '[\n["vcard", ['),
        (["--format", "jscontact"], '[\n{"@type": "Card"'),
        (["--dialect", "google"], "Name Prefix,"),
        (["--dialect", "outlook"], '"Title","First Name"'),
        (["--dialect", "outlook-de"], '"Anrede","Vorname"'),
        (["--dialect", "plain"], "name,"),
        (["--format", "abook"], "# abook addressbook file"),
        (["--vcard-version", "4.0"], "BEGIN:VCARD\nVERSION:4.0"),
        (["--vcard-version", "2.1"], "BEGIN:VCARD\nVERSION:2.1"),
    ],
)
def test_people_are_exported_in_every_format(book, tmp_path: Path, words: list[str], start: str) -> None:
    path = tmp_path / "out"
    assert book("export", "contact", *words, "-o", str(path)).code == 0
    text = path.read_bytes().decode("cp1252" if "outlook" in words[1] else "utf-8").replace("\r\n", "\n")
    assert text.startswith(start)
    assert "Petra" in text


@pytest.mark.parametrize("words", [["--dialect", "plain"], ["--dialect", "google"], ["--format", "abook"]])
def test_an_export_comes_back(book, tmp_path: Path, words: list[str]) -> None:
    path = tmp_path / "out.txt"
    path.write_bytes(book("export", "contact", *words).raw)
    book("undo", "3")
    assert book("import", str(path), "--json").json["new"] == 2
    found = contact(book, "müller")
    assert found["emails"][0]["value"] == "hans@example.org"
    assert found["phones"][0]["e164"] == "+491711234567"
    assert found["given"] == "Hans"


def test_a_file_is_private_and_whole(book, tmp_path: Path) -> None:
    path = tmp_path / "out.vcf"
    path.write_text("old")
    result = book("export", "contact", "-o", str(path), "--json")
    assert result.json == {"path": str(path), "records": 2, "unchanged": 0}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text().replace("\r\n", "\n") == card() + card("Petra März")
    assert [name for name in os.listdir(tmp_path) if name.startswith(".crm")] == []
    assert book("export", "contact", "-o", str(tmp_path / "no" / "out.vcf")).code == 3
    assert book("export", "contact", "-o", str(tmp_path)).code == 2


def test_a_symbolic_link_is_not_written_through_by_chance(book, tmp_path: Path) -> None:
    target, link = tmp_path / "target.vcf", tmp_path / "link.vcf"
    target.write_text("old")
    link.symlink_to(target)
    assert book("export", "contact", "-o", str(link)).code == 5
    assert target.read_text() == "old"
    assert book("export", "contact", "-o", str(link), "--force").code == 0
    assert link.is_symlink()
    assert target.read_text().startswith("BEGIN:VCARD")


def test_a_trial_export_writes_nothing(book, tmp_path: Path) -> None:
    path = tmp_path / "out.vcf"
    assert book("export", "contact", "-o", str(path), "--dry-run").code == 0
    assert book("export", "contact", "--format", "vdir", "-o", str(tmp_path / "v"), "--dry-run").code == 0
    assert list(tmp_path.glob("out*")) == list(tmp_path.glob("v")) == []


def test_a_folder_of_cards_keeps_its_names(book, tmp_path: Path) -> None:
    folder = tmp_path / "vdir"
    folder.mkdir()
    (folder / "anything.vcf").write_text(card().replace("Einkauf", "old"))
    (folder / "other.vcf").write_text(card("Somebody Else", uid="other"))
    # What an export that was killed was writing, long ago.
    (folder / ".crm-abc123.tmp").write_text("half")
    os.utime(folder / ".crm-abc123.tmp", (0, 0))
    words = ["export", "contact", "--format", "vdir", "-o", str(folder), "--json"]
    assert book(*words).json == {"path": str(folder), "records": 2, "unchanged": 0}
    assert "TITLE:Einkauf" in (folder / "anything.vcf").read_text()
    assert sorted(path.name for path in folder.iterdir()) == ["anything.vcf", "other.vcf", "uid-Petra-März.vcf"]
    assert book(*words).json["unchanged"] == 2
    named = tmp_path / "named"
    book("export", "contact", "--split", "-o", str(named))
    assert sorted(path.name for path in named.iterdir()) == ["Hans-Müller.vcf", "Petra-März.vcf"]


def test_a_workbook_comes_back(book, tmp_path: Path) -> None:
    pytest.importorskip("openpyxl")
    path = tmp_path / "out.xlsx"
    assert book("export", "contact", "-o", str(path)).code == 0
    book("undo", "3")
    assert book("import", str(path), "--json").json["new"] == 2
    assert counts(book("import", str(path), "--json").json) == (0, 0, 2)


def test_a_qr_code_is_shown(book) -> None:
    out = book("export", "contact", "petra", "--qr").out
    assert out.endswith("Petra März\n")
    assert "█" in out or "\x1b[" in out
    assert book("export", "contact", "nobody-has-this", "--qr").code == 3


def test_excel_guards_cells(load, crm) -> None:
    load('{"name": "=cmd()", "email": "a@example.org"}', name="a.jsonl")
    assert "'=cmd()" in crm("export", "contact", "--format", "csv", "--excel").out
    assert "'=cmd()" in crm("export", "contact", "--dialect", "plain", "--excel").out


FIRST = """BEGIN:VCARD
VERSION:3.0
UID:one
FN:Hans Müller
N:Müller;Hans;;;
EMAIL;TYPE=work:h@x.example
TEL;TYPE=work:+49 821 1234
TITLE:Einkauf
X-BOTH:1
X-FIRST:1
END:VCARD
"""
SECOND = """BEGIN:VCARD
VERSION:4.0
UID:two
FN:Hannes Miller
N:Miller;Hannes;;;
TEL;TYPE=work:+49 821 1234
EMAIL;X-SINCE=2019;TYPE=home:hm@y.example
TITLE:Leitung
X-BOTH:1
X-SECOND:2
PHOTO:data:image/png;base64,iVBORw0K
item1.X-ABRELATEDNAMES:Eva
item1.X-ABLABEL:Frau
END:VCARD
"""


def test_a_merged_record_leaves_with_all_its_cards_held_and_nothing_twice(load, crm) -> None:
    load(FIRST, name="a.vcf")
    load(SECOND, name="b.vcf")
    found = {item["name"]: item["id"] for item in crm("contact", "list", "--json").json}
    first, second = found["Hans Müller"], found["Hannes Miller"]
    before = export(crm, "contact")
    assert crm("contact", "merge", first, second).code == 0
    assert crm("contact", "edit", first, "--title", "Vorstand").code == 0
    text = export(crm, "contact")
    (lines,) = [found.splitlines() for found in text.split("END:VCARD\n") if found]
    assert len(lines) == len(set(lines))
    for line in (
        "UID:one", "FN:Hans Müller", "TITLE:Vorstand", "X-BOTH:1", "X-FIRST:1", "X-SECOND:2",
        "item1.X-ABLABEL:Frau", "item1.X-ABRELATEDNAMES:Eva", "PHOTO:data:image/png;base64,iVBORw0K",
        "EMAIL;X-SINCE=2019;TYPE=home:hm@y.example",
    ):  # fmt: skip
        assert lines.count(line) == 1, line
    assert [line.partition(":")[2] for line in lines if line.startswith(("EMAIL", "TEL"))] == [
        "h@x.example", "+49 821 1234", "hm@y.example",
    ]  # fmt: skip
    # What left comes back as what is there, and so does what it came from.
    for again in (text, FIRST + SECOND):
        assert load(again, name="c.vcf")["changed"] == 0
    assert len(crm("contact", "list", "--json").json) == 1
    assert export(crm, "contact") == text
    crm("undo", "2")
    assert export(crm, "contact") == before
