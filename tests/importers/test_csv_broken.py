"""Damaged and hostile tables: a clear error or a refusal, never a traceback, never without end."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.domain.draft import ContactDraft, Refusal
from crm_cli.errors import CrmError
from importers import csv_file
from importers.csv_records import GIVEN_UP, NEVER_CLOSED, TOO_LONG, records

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "csv"


def read(data: bytes) -> list[ContactDraft | Refusal]:
    try:
        return list(csv_file.read(io.BytesIO(data), source="broken"))
    except CrmError:
        return []


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real files is not beside the checkout")
def test_only_our_own_errors_are_raised_when_real_files_are_mutated() -> None:
    chance = random.Random(20251119)
    files = [path.read_bytes()[:6000] for path in sorted(CORPUS.glob("*.csv"))]
    signs = [
        b'"',
        b"\n",
        b"\r",
        b",",
        b";",
        b"\0",
        b"\xff",
        b"=",
        b"'",
        b"\xef\xbb\xbf",
        b"\t",
        b"[crm] x= ",
        b"1/1/99",
    ]
    for _ in range(800):
        data = bytearray(chance.choice(files))
        for _ in range(chance.choice((1, 2, 5, 30))):
            place = chance.randrange(len(data) + 1)
            match chance.randrange(4):
                case 0:
                    data[place:place] = chance.choice(signs)
                case 1:
                    del data[place : place + chance.randrange(40)]
                case 2:
                    data[place : place + 1] = bytes((chance.randrange(256),))
                case 3:
                    data[place:place] = data[max(0, place - 200) : place]
        for item in read(bytes(data)):
            assert isinstance(item, Refusal) or item.name
            assert item.line >= 0


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=300) | st.text('Name,Email;\t"\n\r|ä=\0', max_size=200).map(lambda text: text.encode()))
def test_only_our_own_errors_are_raised_when_the_file_is_noise(data: bytes) -> None:
    read(data)
    csv_file.sniff(data, "noise.csv")


def test_a_line_without_end_is_refused_when_memory_would_run_out() -> None:
    data = b"Name,Email\n" + b"x" * (9 << 20) + b"\nAda,a@x.de\n"
    refusal, draft = read(data)
    assert refusal == Refusal("broken", 2, TOO_LONG)
    assert isinstance(draft, ContactDraft)
    assert (draft.name, draft.line) == ("Ada", 3)


def test_a_long_note_is_read_when_it_is_within_reason() -> None:
    (draft,) = read(b"Name,Notes\nAda," + b"word " * 100_000 + b"\n")
    assert isinstance(draft, ContactDraft)
    assert len(draft.notes or "") > 400_000


def test_reading_goes_on_behind_each_open_quotation_mark_up_to_a_limit() -> None:
    lines = "".join(f'Ada{n},"{"x" * 20}""\n' for n in range(2000))
    found = list(records(io.StringIO(lines, newline=""), ",", width=2))
    assert found[0].reason in {"", NEVER_CLOSED}
    assert len(found) <= 2000
    bad = "".join(f"A{n}|{'y' * 50}\n" for n in range(100)) + '"open|x\n' + "B|z\n" * 50
    reasons = [record.reason for record in records(io.StringIO(bad, newline=""), "|", width=2)]
    assert reasons.count(NEVER_CLOSED) == 1
    assert len(reasons) == 151
    assert GIVEN_UP not in reasons


def test_headers_can_not_slow_the_reader_down_when_they_are_absurd() -> None:
    header = ",".join("telefon" * 400 + str(n) for n in range(300))
    assert read(f"Name,{header}\nAda\n".encode())
    assert read((",".join("e" * n for n in range(2000)) + "\nAda\n").encode()) == []
