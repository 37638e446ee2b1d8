"""Workbooks: the same columns as in CSV, texts that stay texts, bombs that stay shut."""

from __future__ import annotations

import datetime
import io
import random
import re
import sys
import zipfile
from collections.abc import Callable

import pytest

from crm_cli.domain.contact import Email, Phone
from crm_cli.domain.draft import ContactDraft, Refusal
from crm_cli.errors import UsageError
from importers import xlsx
from importers.csv_target import Mapping

openpyxl = pytest.importorskip("openpyxl", reason="the xlsx extra is not installed")
pytest.importorskip("defusedxml", reason="the xlsx extra is not installed")
SHEET = "xl/worksheets/sheet1.xml"


def workbook(*rows: list[object], sheets: int = 1) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for _ in range(sheets - 1):
        sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            new.writestr(part.filename, change(content) if part.filename == name else content)
    return out.getvalue()


def read(data: bytes, **options) -> list[ContactDraft | Refusal]:
    return list(xlsx.read(io.BytesIO(data), source="book.xlsx", **options))


PLAIN = workbook(["Name", "Vorname", "Telefon", "PLZ", "Geburtstag"], ["Müller", "Jürgen", 821123456, 86150.0, None])


def test_cells_are_read_as_typed_when_they_are_numbers_and_dates() -> None:
    born = datetime.datetime(1980, 1, 5)
    data = workbook(["Name", "Phone", "Birthday", "Score", "VIP"], ["Ada", 4982112345, born, 1.5, True], [], ["Bob"])
    ada, bob = read(data)
    assert isinstance(ada, ContactDraft)
    assert (ada.phones[0].value, ada.birthday, ada.custom) == (
        "4982112345",
        "1980-01-05",
        {"Score": "1.5", "VIP": "TRUE"},
    )
    assert (ada.line, bob.line) == (2, 4)


def test_columns_are_understood_when_the_table_stands_on_another_sheet_below_a_title() -> None:
    data = workbook(["Our customers"], [], ["Firma", "Ort"], ["Ehrler GmbH", "Augsburg"], sheets=2)
    table = xlsx.inspect(data, source="book.xlsx")
    assert table.header_line == 3
    (draft,) = read(data)
    assert isinstance(draft, ContactDraft)
    assert (draft.kind, draft.name) == ("org", "Ehrler GmbH")


def test_the_mapping_is_the_users_when_it_is_given() -> None:
    data = workbook(["Ada", "a@x.de"], ["Bob", "b@x.de"])
    with pytest.raises(UsageError):
        read(data)
    found = read(data, mapping=Mapping.by_position(["name", "email"]))
    assert [draft.name for draft in found if isinstance(draft, ContactDraft)] == ["Ada", "Bob"]


def test_nothing_is_a_formula_when_a_workbook_is_written() -> None:
    evil = ContactDraft(
        name="=1+1", emails=[Email("a@x.de")], phones=[Phone("+49 821")], notes="a\x01b", custom={"=k": "@v"}
    )
    data = b"".join(xlsx.write([evil]))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    (again,) = read(data)
    assert isinstance(again, ContactDraft)
    assert (again.name, again.phones[0].value, again.custom) == ("=1+1", "+49 821", {"=k": "@v"})


def test_a_text_that_would_be_cut_is_refused_when_a_workbook_is_written() -> None:
    with pytest.raises(UsageError):
        list(xlsx.write([ContactDraft(name="Ada", notes="x" * 40_000)]))


def far_cell(place: str) -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"] = "Name", "Ada"
    book.active[place] = "x"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (far_cell("A200001"), xlsx.TOO_FAR),
        (far_cell("XFD1048576"), xlsx.TOO_FAR),
        (far_cell("GS2"), xlsx.TOO_FAR),
        (changed(PLAIN, SHEET, lambda part: part + b" " * 60_000_000), xlsx.BOMB),
        (changed(PLAIN, SHEET, lambda part: b'<!DOCTYPE x [<!ENTITY a "b">]>' + part), xlsx.TYPED),
        (changed(PLAIN, SHEET, lambda part: part.decode().encode("utf-16")), xlsx.TYPED),
        (changed(PLAIN, SHEET, lambda part: part[: len(part) // 2]), xlsx.NOT_READABLE),
        (changed(PLAIN, "xl/workbook.xml", lambda part: b""), xlsx.NOT_READABLE),
        (PLAIN[:-100], xlsx.NOT_READABLE),
        (b"PK\x03\x04 and nothing else", xlsx.NOT_READABLE),
        (b"Name,Email\n", xlsx.NOT_READABLE),
    ],
)
def test_a_workbook_is_refused_when_it_is_a_bomb_or_damaged(data: bytes, reason: str) -> None:
    assert read(data) == [Refusal("book.xlsx", 0, reason)]
    with pytest.raises(UsageError):
        xlsx.inspect(data, source="book.xlsx")


def test_a_far_cell_is_no_harm_when_it_holds_nothing() -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"] = "Name", "Ada"
    book.active["A1048576"].font = openpyxl.styles.Font(bold=True)
    out = io.BytesIO()
    book.save(out)
    (draft,) = read(out.getvalue())
    assert isinstance(draft, ContactDraft)
    assert draft.name == "Ada"


def test_every_row_is_read_when_the_cells_do_not_say_where_they_are() -> None:
    data = workbook(["Name"], *([f"Ada {n}"] for n in range(50)))
    assert len(read(changed(data, SHEET, lambda part: re.sub(rb' r="[A-Z]*\d+"', b"", part)))) == 50


def test_only_refusals_follow_when_bytes_of_a_workbook_are_changed() -> None:
    chance = random.Random(20251119)
    for _ in range(120):
        data = bytearray(PLAIN)
        for _ in range(chance.choice((1, 3, 20))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            assert all(item.line >= 0 for item in read(bytes(data)))
        except UsageError:
            pass


def test_the_missing_extra_is_named_when_a_workbook_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "defusedxml", None)
    with pytest.raises(UsageError) as caught:
        read(PLAIN)
    assert "crm-cli[xlsx]" in (caught.value.hint or "")
