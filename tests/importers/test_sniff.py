"""Which format a file is in, and that only its codec is imported."""

from __future__ import annotations

import subprocess
import sys

import pytest

import importers
from tests.importers.corpus import FILES, needs_corpus


@pytest.mark.parametrize(
    ("start", "name", "kind"),
    [
        (b"BEGIN:VCARD\nFN:x", "x.txt", "vcard"),
        ("begin:vcard\r\nFN:x".encode("utf-16"), "x", "vcard"),
        (b"\xef\xbb\xbf\n .BEGIN:VCARD\r", "", "vcard"),
        (b"VERSION:3.0\nFN:x\nEND:VCARD", "", "vcard"),
        (b"anything", "x.VCF", "vcard"),
        (b'{"name": "x"}\n{"name": "y"}', "", "jsonl"),
        (b'[\n  {"name": "x"}]', "", "json"),
        (b"[]", "", "json"),
        (b"Name,E-mail\nx,y@z.de", "x.csv", "csv"),
        (b"First Name,Last Name,E-mail 1 - Value\nx,y,y@z.de\n", "", "csv"),
        (b"PK\x03\x04....", "x", "xlsx"),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR", "x", "ical"),
        (b"\x00\x01\x02", "x.bin", None),
        (b"", "", None),
    ],
)
def test_a_format_is_told_by_content_then_by_name(start: bytes, name: str, kind: str | None) -> None:
    assert importers.sniff(start, name) == kind


@needs_corpus
def test_every_file_of_the_corpus_is_told_to_hold_cards() -> None:
    assert {importers.sniff(path.read_bytes()[: importers.SNIFF_SIZE], path.name) for path in FILES} == {"vcard"}


def test_codecs_are_found_by_name_and_read_or_write() -> None:
    assert hasattr(importers.reader("vcard"), "read")
    assert hasattr(importers.reader("jsonl"), "read")
    assert hasattr(importers.writer("jscontact"), "write")
    assert importers.reader("jscontact") is None
    assert importers.reader("nothing") is None


def test_only_the_codec_asked_for_is_imported() -> None:
    program = "import importers, sys; importers.reader('vcard'); print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "importers.vcard_read" in loaded
    assert not loaded & {"importers.jsonl", "importers.csv_file", "importers.xlsx", "json", "phonenumbers", "vobject"}
