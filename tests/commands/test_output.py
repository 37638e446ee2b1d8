"""One value in every format: the bytes are the contract."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli import i18n, output, wording
from crm_cli.commands._options import Options
from crm_cli.commands._spec import Note, Stream
from crm_cli.context import AppContext
from crm_cli.domain.company import Company
from crm_cli.domain.contact import Address, Contact, Email, Phone, RecordRef
from crm_cli.domain.display import cell_width
from crm_cli.errors import UsageError
from crm_cli.output_json import dumps, plain

ADA = Contact(
    id="a2bcdefghijklmno",
    name="Ada Lovelace",
    given="Ada",
    family="Lovelace",
    emails=(Email("ada@example.org", "work", True), Email("ada@example.net")),
    phones=(Phone("0821 123", "+49821123"),),
    addresses=(Address(street="Weg 1", postcode="86150", city="Augsburg"),),
    company=RecordRef("c2bcdefghijklmno", "東京 GmbH"),
    tags=("fair", "vip"),
    last_contact_at="2025-11-18T13:30:00Z",
    custom={"size": "L"},
    notes="first\nsecond",
)
HOSTILE = Contact(
    id="b2bcdefghijklmno", name="=Eve\x1b]0;x\x07|*[\u202e", notes='say "hi"\tthere\r\n', title="Äußere Leiterin"
)
PEOPLE = [ADA, HOSTILE]


def show(value: object, capsys: pytest.CaptureFixture[str], **options: object) -> str:
    """Print a value and return what stdout got; the options are the global ones."""
    with AppContext(Options(**options)) as context:  # type: ignore[arg-type]
        output.write(value, context)
    return capsys.readouterr().out


@pytest.fixture(autouse=True)
def _english(home: Path) -> None:
    i18n.use("en")


def test_a_list_is_an_aligned_table(capsys) -> None:
    assert show(PEOPLE, capsys, columns="id,name,company,tags,last_contact_at").splitlines() == [
        "Id                Name            Company    Tags       Last contact",
        "a2bcdefghijklmno  Ada Lovelace    東京 GmbH  fair, vip  Tue 18 Nov 14:30",
        "b2bcdefghijklmno  =Eve\ufffd]0;x\ufffd|*[\ufffd",
    ]


def test_the_default_table_fits_eighty_cells_and_never_cuts_an_id(capsys) -> None:
    lines = show(PEOPLE, capsys).splitlines()
    assert all(cell_width(line) <= 80 for line in lines)
    assert lines[1].startswith("a2bcdefghijklmno  ")
    assert "…" in lines[1]


def test_one_record_is_a_card_without_empty_lines(capsys) -> None:
    lines = show(ADA, capsys, columns="name,emails,birthday,addresses,custom,notes").splitlines()
    assert lines == [
        "Name           Ada Lovelace",
        "E-mail         ada@example.org, ada@example.net",
        "Address        Weg 1, 86150 Augsburg",
        "Custom fields  size=L",
        "Notes          first",
        "               second",
    ]


def test_a_table_speaks_german(capsys) -> None:
    i18n.use("de")
    out = show([ADA], capsys, columns="name,last_contact_at")
    assert out.splitlines() == ["Name          Zuletzt", "Ada Lovelace  Di 18.11. 14:30"]


def test_json_has_every_field_and_no_raw_control_character(capsys) -> None:
    text = show(PEOPLE, capsys, format="json")
    people = json.loads(text)
    assert people[0]["emails"][0] == {"value": "ada@example.org", "label": "work", "preferred": True}
    assert people[0]["company"] == {"id": "c2bcdefghijklmno", "name": "東京 GmbH"}
    assert people[1]["name"] == HOSTILE.name
    assert text.replace("\n", "").isprintable()


def test_json_lines_are_one_object_each(capsys) -> None:
    lines = show(PEOPLE, capsys, format="jsonl").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [ADA.id, HOSTILE.id]


def test_csv_is_verbatim_and_reads_back(capsys) -> None:
    text = show(PEOPLE, capsys, format="csv", columns="name,emails,notes,company")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["name", "emails", "notes", "company"],
        ["Ada Lovelace", "ada@example.org; ada@example.net", "first\nsecond", "東京 GmbH"],
        [HOSTILE.name, "", HOSTILE.notes, ""],
    ]


def test_csv_without_columns_has_all_fields(capsys) -> None:
    header = show([ADA], capsys, format="csv").splitlines()[0].split(",")
    assert header[:3] == ["id", "name", "company"]
    assert {"notes", "created_at", "custom"} <= set(header)


def test_tsv_is_delimited_by_tabs(capsys) -> None:
    assert show([ADA], capsys, format="tsv", columns="id,name") == "id\tname\na2bcdefghijklmno\tAda Lovelace\n"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_excel_never_gets_a_formula(start: str, capsys) -> None:
    row = {"name": start + "1+1", "size": -5}
    text = show([row], capsys, format="csv", excel=True)
    assert text.startswith("\ufeffname,size\r\n")
    cells = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))[1]
    assert cells == ["'" + start + "1+1", "-5"]


def test_markdown_takes_no_markup_from_a_name(capsys) -> None:
    out = show(PEOPLE, capsys, format="md", columns="id,name")
    assert out.splitlines() == [
        "| Id | Name |",
        "| --- | --- |",
        "| a2bcdefghijklmno | Ada Lovelace |",
        "| b2bcdefghijklmno | =Eve\ufffd\\]0;x\ufffd\\|\\*\\[\ufffd |",
    ]


def test_ids_are_one_a_line(capsys) -> None:
    assert show(PEOPLE, capsys, format="ids") == f"{ADA.id}\n{HOSTILE.id}\n"
    assert show(ADA, capsys, format="ids") == f"{ADA.id}\n"
    with pytest.raises(UsageError):
        show({"name": "x"}, capsys, format="ids")


@pytest.mark.parametrize(
    ("format", "out"), [("json", "[]\n"), ("jsonl", ""), ("table", ""), ("md", ""), ("ids", ""), ("csv", "")]
)
def test_an_empty_list_is_empty_in_every_format(format: str, out: str, capsys) -> None:
    assert show([], capsys, format=format) == out


def test_nothing_found_is_said_beside_the_output(capsys) -> None:
    notes = output.write([], AppContext(Options()))
    assert [note.template for note in notes] == ["Nothing found."]
    assert output.write([], AppContext(Options(format="json"))) == []


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("name", ["Ärger", "Berg", "zoo", None]),
        ("-name", ["zoo", "Berg", "Ärger", None]),
        ("size", ["zoo", "Berg", None, "Ärger"]),
        ("-company.name", ["Ärger", "zoo", None, "Berg"]),
    ],
)
def test_rows_are_sorted_by_a_field_and_those_without_it_come_last(sort: str, names: list, capsys) -> None:
    rows = [
        {"name": "zoo", "size": 2, "company": {"name": "a"}},
        {"name": None, "size": 30, "company": None},
        {"name": "Berg", "size": 10, "company": None},
        {"name": "Ärger", "size": None, "company": {"name": "B"}},
    ]
    found = json.loads(show(rows, capsys, format="json", sort=sort))
    assert [row["name"] for row in found] == names


def test_the_limit_cuts_and_says_so(capsys) -> None:
    assert show(PEOPLE, capsys, format="ids", limit=1) == f"{ADA.id}\n"
    notes = output.write(PEOPLE, AppContext(Options(limit=1)))
    assert notes[0].params == {"shown": 1, "total": 2}


def test_an_unknown_column_names_the_nearest(capsys) -> None:
    with pytest.raises(UsageError) as caught:
        show([ADA], capsys, columns="nmae")
    assert caught.value.params["near"] == "name"


def test_columns_choose_json_keys_and_look_into_values(capsys) -> None:
    found = json.loads(show([ADA], capsys, format="json", columns="name,company.name,custom.size,emails.value"))
    assert found == [
        {
            "name": "Ada Lovelace",
            "company.name": "東京 GmbH",
            "custom.size": "L",
            "emails.value": ["ada@example.org", "ada@example.net"],
        }
    ]


@pytest.mark.parametrize(
    ("value", "format", "out"),
    [
        ("a\x1bb\nc", "table", "a\ufffdb\nc\n"),
        ("a", "json", '"a"\n'),
        (3, "csv", "3\n"),
        (True, "table", "yes\n"),
        (None, "table", ""),
        (None, "json", "null\n"),
        (["b", "a"], "table", "b\na\n"),
        ({"n": 1.5, "x": float("nan")}, "json", '{"n": 1.5, "x": null}\n'),
        ({"amount": {"amount": "12500.00", "currency": "EUR"}}, "table", "amount  €12,500.00\n"),
        (Stream(["a", b"\x1b\n"]), "table", "a\x1b\n"),
        (iter([{"a": 1}, {"a": 2}]), "json", '{"a": 1}\n{"a": 2}\n'),
        (iter([{"a": 1, "b": "x"}]), "table", "1  x\n"),
    ],
)
def test_plain_values_are_printed_too(value: object, format: str, out: str, capsys) -> None:
    assert show(value, capsys, format=format) == out


def test_a_type_without_declared_fields_shows_its_attributes(capsys) -> None:
    assert show(Phone("12", "+12"), capsys) == "value      12\ne164       +12\npreferred  no\n"


def test_companies_have_columns_too(capsys) -> None:
    assert show([Company(id="d2bcdefghijklmno", name="Ehrler")], capsys, columns="name") == "Name\nEhrler\n"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None, max_examples=200)
@given(_JSON)
def test_our_json_reads_back_equal(value: object) -> None:
    assert json.loads(dumps(plain(value))) == value


@pytest.mark.parametrize(
    ("language", "amount", "currency", "text"),
    [
        ("de", "12500.00", "EUR", "12.500,00 €"),
        ("en", "12500.00", "EUR", "€12,500.00"),
        ("de", "-1234567.5", "CHF", "-1.234.567,5 CHF"),
        ("en", "-5.00", "USD", "-$5.00"),
        ("en", "5.00", "CHF", "CHF 5.00"),
        ("de", "oops", "EUR", "oops €"),
    ],
)
def test_money_is_written_as_the_language_has_it(language: str, amount: str, currency: str, text: str) -> None:
    i18n.use(language)
    assert wording.money(amount, currency) == text


@pytest.mark.parametrize(
    ("language", "iso", "text"),
    [
        ("de", "2025-11-21", "Fr 21.11."),
        ("en", "2025-11-21", "Fri 21 Nov"),
        ("de", "2024-02-29", "Do 29.2.2024"),
        ("en", "2025-11-18T13:30:00Z", "Tue 18 Nov 14:30"),
        ("de", "--04-12", "12.4."),
        ("en", "--02-29", "29 Feb"),
        ("de", "--13-01", "--13-01"),
        ("de", "sometime", "sometime"),
    ],
)
def test_dates_are_written_as_the_language_has_it(language: str, iso: str, text: str) -> None:
    i18n.use(language)
    assert wording.when(iso, AppContext(Options()).today()) == text


def test_a_reader_that_leaves_ends_the_program_quietly(home: Path) -> None:
    program = "import sys; from crm_cli.app import main; sys.exit(main(['config', 'show', '--json']))"
    reading, writing = os.pipe()
    os.close(reading)
    run = subprocess.run([sys.executable, "-c", program], stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (run.returncode, run.stderr) == (0, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk_behind_stdout_is_an_error_not_a_traceback(home: Path) -> None:
    program = "import sys; from crm_cli.app import main; sys.exit(main(['config', 'show', '--json']))"
    with open("/dev/full", "wb") as full:
        run = subprocess.run([sys.executable, "-c", program], stdout=full, stderr=subprocess.PIPE, check=False)
    assert run.returncode == 7
    assert json.loads(run.stderr)["error"]["code"] == "store"


def test_notes_are_templates_with_parameters() -> None:
    note = Note("{template} {params}", template="a", params="b")
    assert i18n.t(note.template, **note.params) == "a b"
