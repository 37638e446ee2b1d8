"""Names of attachments become names of files: nothing in them leads elsewhere, hides or obeys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_cli.domain.attachment import NAME_BYTES, file_name, may_run
from tests.contracts.hostile import HOSTILE

NAMES = [
    ("report.pdf", None, "report.pdf"),
    ("Prüfbericht März 2026.pdf", None, "Prüfbericht März 2026.pdf"),
    ("", "image/jpeg", "photo.jpg"),
    ("", None, "photo"),
    ("bench", "image/png", "bench.png"),
    ("bench", "x/unknown", "bench"),
    ("../../.bashrc", None, "bashrc"),
    (r"C:\Users\x\..\evil.txt", None, "evil.txt"),
    ("/etc/passwd", "text/plain", "passwd.txt"),
    ("-rf", None, "rf"),
    ("--help.pdf", None, "help.pdf"),
    (".hidden", None, "hidden"),
    ("..", "image/jpeg", "photo.jpg"),
    ("$(x).pdf", None, "_(x).pdf"),
    ("`id`;rm *.txt", None, "_id__rm _.txt"),
    ("invoice\u202efdp.exe", None, "invoicefdp.exe"),
    ("a\x1b]0;owned\x07\nb.txt", None, "a_0_ownedb.txt"),
    ("con.txt", None, "_con.txt"),
    ("COM1", "image/png", "_COM1.png"),
    ("a" * 300 + ".pdf", None, "a" * 100 + ".pdf"),
    ("字" * 300, "image/png", "字" * 60 + ".png"),
    ("trailing. . ", None, "trailing"),
    ("a\ud800b.txt", None, "ab.txt"),
    ("\u0661\u0662.pdf", None, "\u0661\u0662.pdf"),
]


@pytest.mark.parametrize(("given_name", "media_type", "expected"), NAMES)
def test_a_name_is_made_harmless(given_name: str, media_type: str | None, expected: str) -> None:
    assert file_name(given_name, "photo", media_type) == expected


def is_harmless(name: str) -> bool:
    return (
        bool(name)
        and name.isprintable()
        and name[0] not in "-. "
        and not set(name) & set("/\\$`;|&<>*?\"':%\n")
        and len(name.encode()) <= NAME_BYTES + 11
        and not name.endswith((".", " "))
    )


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_every_hostile_text_makes_a_harmless_name(text: str) -> None:
    assert is_harmless(file_name(text, "file", None))
    assert is_harmless(file_name(text + ".pdf", "file", "image/jpeg"))


@given(st.text(max_size=300), st.sampled_from([None, "image/jpeg", "text/html", "x/y"]))
def test_any_text_makes_a_harmless_name_that_stays(text: str, media_type: str | None) -> None:
    name = file_name(text, "file", media_type)
    assert is_harmless(name), name
    assert file_name(name, "file", media_type) == name


@pytest.mark.parametrize("ending", "desktop sh exe html svg jar lnk url bat JS docm xml".split())
def test_what_a_desktop_may_run_is_known_by_its_name(ending: str) -> None:
    assert may_run(f"a.{ending}", b"harmless")
    assert may_run(ending, b"harmless")


@pytest.mark.parametrize(
    "beginning",
    [
        b"#!/bin/sh\n", b"MZ\x90\0", b"\x7fELF\x02", b"[Desktop Entry]\n", b"\n\n [InternetShortcut]\n",
        b"<!DOCTYPE html>", b"hello <SCRIPT src=x>", b"<?xml version='1.0'?><svg/>", b"\xca\xfe\xba\xbe",
        b"L\0\0\0\x01\x14\x02\0", b"\xef\xbb\xbf[Desktop Entry]",
    ],
)  # fmt: skip
def test_what_a_desktop_may_run_is_known_by_its_beginning(beginning: bytes) -> None:
    assert may_run("photo.jpg", beginning)


@pytest.mark.parametrize("name", ["photo.jpg", "report.PDF", "notes.txt", "key.asc", "call.mp3", "offer.docx"])
def test_what_programs_only_show_is_no_question(name: str) -> None:
    assert not may_run(name, b"\xff\xd8\xff\xe0\0\x10JFIF")
