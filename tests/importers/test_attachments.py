"""What is attached to a kept text: all of it is listed, and what is inline decodes to the bytes others find."""

from __future__ import annotations

import base64
import io
import re
import tracemalloc
from pathlib import Path

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from crm_cli.domain.attachment import Attachment
from crm_cli.domain.draft import ContactDraft, Refusal
from crm_cli.errors import BadInput
from importers import attachments, ical, vcard
from importers.attachments import content, listed
from tests.importers import calendars, corpus

JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(range(256))
JPEG_TEXT = base64.b64encode(JPEG).decode()


def in_card(*lines: str, version: str = "3.0") -> list[Attachment]:
    return listed(corpus.card(*lines, version=version).rstrip("\n"))


def in_event(*lines: str) -> list[Attachment]:
    return listed("\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"]))


def seen(one: Attachment) -> tuple[object, ...]:
    return one.kind, one.name, one.type, one.size, one.link


def read(one: Attachment) -> bytes:
    return b"".join(content(one))


_URI_TEXT = JPEG_TEXT.replace("+", "%2B").replace("/", "%2F")
PHOTOS = [
    ("3.0", f"PHOTO;ENCODING=b;TYPE=JPEG:{JPEG_TEXT}"),
    ("2.1", f"PHOTO;JPEG;ENCODING=BASE64:{JPEG_TEXT}"),
    ("2.1", f"PHOTO;BASE64:{JPEG_TEXT}"),
    ("3.0", f"item1.photo;encoding=B:{JPEG_TEXT}"),
    ("3.0", f"PHOTO;TYPE=WORK;ENCODING=b:{JPEG_TEXT}"),
    ("3.0", f"PHOTO;VALUE=BINARY:{JPEG_TEXT}"),
    ("3.0", f"PHOTO:{JPEG_TEXT}"),
    ("4.0", f"PHOTO:data:image/jpeg;base64,{JPEG_TEXT}"),
    ("3.0", f"PHOTO;ENCODING=b:data:image/jpeg;base64\\,{JPEG_TEXT}"),
    ("4.0", f"PHOTO:data:image/jpeg;base64,{_URI_TEXT}"),
    ("3.0", f"PHOTO;ENCODING=b;TYPE=JPEG:{JPEG_TEXT.rstrip('=')}"),
    ("3.0", f"PHOTO;ENCODING=b;TYPE=JPEG:{JPEG_TEXT[:60]} {JPEG_TEXT[60:]}"),
    ("3.0", f"PHOTO;ENCODING=b;TYPE=JPEG:{JPEG_TEXT[:60]}\n{JPEG_TEXT[60:120]}\n{JPEG_TEXT[120:]}"),
    ("2.1", f"PHOTO;ENCODING=BASE64:\n{JPEG_TEXT}"),
]
INLINE = [(version, line, "photo.jpg", "image/jpeg") for version, line in PHOTOS] + [
    ("3.0", f"SOUND;ENCODING=b;TYPE=WAVE:{JPEG_TEXT}", "sound.wav", "audio/wave"),
    ("3.0", f"KEY;ENCODING=b;TYPE=PGP:{JPEG_TEXT}", "key.asc", "application/pgp-keys"),
    ("2.1", f"KEY;X509;ENCODING=BASE64:{JPEG_TEXT}", "key.cer", "application/pkix-cert"),
    ("3.0", f'KEY;ENCODING=b;X-FILENAME="my key.asc":{JPEG_TEXT}', "my key.asc", "image/jpeg"),
]


@pytest.mark.parametrize(("version", "line", "name", "media_type"), INLINE)
def test_what_is_inline_is_listed_and_read(version: str, line: str, name: str, media_type: str) -> None:
    (one,) = in_card("FN:Ada", line, "NOTE:after it", version=version)
    assert seen(one)[1:] == (name, media_type, len(JPEG), None)
    assert read(one) == JPEG


def test_lines_of_a_component_are_listed_with_their_names_and_sizes() -> None:
    found = in_event(
        "SUMMARY:PHOTO:no",
        "DESCRIPTION:ATTACH:https://example.org/no",
        f"ATTACH;FMTTYPE=image/png;ENCODING=BASE64;VALUE=BINARY;FILENAME=bench.png:{JPEG_TEXT}",
        f"ATTACH;FMTTYPE=application/pdf;X-APPLE-FILENAME=quote;VALUE=BINARY;ENCODING=BASE64:{JPEG_TEXT}",
        "ATTACH;FMTTYPE=text/html;SIZE=812;FILENAME=page.html:https://example.org/a/b.html?x=1",
        "ATTACH:https://example.org/files/Pr%C3%BCfung%202.pdf?download=1",
        "ATTACH:CID:part3.msg@example.org",
        "IMAGE;VALUE=URI;DISPLAY=BADGE;FMTTYPE=image/png:https://example.org/images/party.png",
        "BEGIN:VALARM",
        "ACTION:AUDIO",
        "ATTACH;FMTTYPE=audio/basic:ftp://example.org/bell.aud",
        "END:VALARM",
        "ATTACH:file:///etc/passwd",
    )
    assert [seen(one) for one in found] == [
        ("file", "bench.png", "image/png", len(JPEG), None),
        ("file", "quote.pdf", "application/pdf", len(JPEG), None),
        ("file", "page.html", "text/html", 812, "https://example.org/a/b.html?x=1"),
        ("file", "Prüfung 2.pdf", None, None, "https://example.org/files/Pr%C3%BCfung%202.pdf?download=1"),
        ("file", "file", None, None, "CID:part3.msg@example.org"),
        ("image", "party.png", "image/png", None, "https://example.org/images/party.png"),
        ("alarm", "bell.aud", "audio/basic", None, "ftp://example.org/bell.aud"),
        ("file", "passwd", None, None, "file:///etc/passwd"),
    ]
    assert [one.number for one in found] == list(range(1, 9))


def test_text_and_quoted_keys_and_plain_data_are_read() -> None:
    found = in_card(
        r"KEY;TYPE=PGP:-----BEGIN PGP\nü\n",
        "KEY;MEDIATYPE=text/plain;VALUE=text:abc",
        "KEY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:a=C3=BC=0D=0Ab",
        "PHOTO:data:text/plain,hello%20world",
    )
    assert [read(one) for one in found] == ["-----BEGIN PGP\nü\n".encode(), b"abc", "aü\r\nb".encode(), b"hello world"]
    assert [one.size for one in found] == [18, 3, 6, 11]


def test_how_a_name_is_said_is_no_sound() -> None:
    assert in_card("SOUND;X-IRMC-N;CHARSET=SHIFT_JIS:;;;;", "SOUND:JON Q PUBLIK", "PHOTO:", "LOGO;TYPE=PNG:") == []


@pytest.mark.parametrize(
    "value", ["", "A", "AAAAA", "AA=A", "AAAA====", "AA<=", "äöüß", "AAAA\x00AAA", "=" * 20, "<html>", "a b c d e"]
)
def test_broken_base64_is_named_as_damaged(value: str) -> None:
    (one,) = in_card(f"PHOTO;ENCODING=b;TYPE=JPEG:{value}")
    assert (one.damaged, one.name) == (True, "photo.jpg")
    if value:
        with pytest.raises(BadInput, match="damaged"):
            read(one)


def test_damage_in_the_middle_of_a_large_one_shows_when_it_is_read() -> None:
    half = "QUJD" * 300_000
    (one,) = in_card(f"PHOTO;ENCODING=b;TYPE=JPEG:{half}!!!!{half}", "FN:Ada")
    assert not one.damaged
    with pytest.raises(BadInput):
        read(one)


@pytest.mark.parametrize("size", [9_000_000, 9_000_001, 9_000_002])
def test_a_photo_of_nine_megabytes_costs_nothing_to_list(size: int) -> None:
    raw = corpus.card(
        "FN:Ada", "PHOTO;ENCODING=b;TYPE=JPEG:" + base64.b64encode(b"\xff\xd8\xff" + bytes(size - 3)).decode()
    )
    tracemalloc.start()
    (one,) = listed(raw)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (one.size, one.damaged) == (size, False)
    assert peak < 100_000
    assert sum(map(len, content(one))) == size
    assert max(map(len, content(one))) <= attachments.PIECE


@pytest.mark.parametrize(
    "value",
    ["=" * 12_000_000, " " * 12_000_000, "A" * 11_999_997, "%41" * 4_000_000, "A=" * 6_000_000],
    ids=lambda v: v[:3],
)
def test_bombs_end(value: str) -> None:
    for line in (f"PHOTO;ENCODING=b:{value}", f"PHOTO:data:image/png;base64,{value}"):
        for one in in_card(line):
            try:
                assert sum(map(len, content(one))) <= len(value)
            except BadInput:
                pass


@pytest.mark.parametrize("line", ["A" + " " * 4_000_000 + "!", "A" * 4_000_000 + "=!", "=" * 4_000_000 + "!"], ids=len)
def test_a_long_line_behind_a_photo_is_read_in_one_pass(line: str) -> None:
    found = in_card("PHOTO;ENCODING=b;TYPE=JPEG:QUJD", line, f"LOGO{' ' * 4_000_000}:x", "KEY;ENCODING=b:QUJD")
    assert [read(one) for one in found if one.source is not None] == [b"ABC", b"ABC"]


def test_ten_thousand_small_ones_are_all_listed() -> None:
    found = in_card(*[f"PHOTO;ENCODING=b:{JPEG_TEXT}" for _ in range(10_000)])
    assert [one.number for one in found] == list(range(1, 10_001))


@given(
    st.lists(
        st.tuples(st.sampled_from(["PHOTO", "KEY", "SOUND", "ATTACH", "a.PHOTO"]), st.text(max_size=80)), max_size=5
    )
)
def test_any_line_is_listed_or_left_out_and_nothing_fails(lines: list[tuple[str, str]]) -> None:
    body = "\n".join(f"{name}{rest}" for name, rest in lines)
    for frame in ("VCARD", "VEVENT"):
        for one in listed(f"BEGIN:{frame}\n{body}\nEND:{frame}"):
            if one.source is not None:
                try:
                    read(one)
                except BadInput:
                    pass


_CARD_LINE = re.compile(r"^(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY|X-MS-CARDPICTURE)[;:]", re.IGNORECASE | re.MULTILINE)
_ITEM_LINE = re.compile(r"^(?:ATTACH|IMAGE)[;:].*", re.IGNORECASE | re.MULTILINE)


@corpus.needs_corpus
def test_every_attachment_of_every_real_card_is_listed_and_decodes_as_vobject_does() -> None:
    total = damaged = compared = 0
    for path in corpus.FILES:
        for draft in vcard.read(io.BytesIO(path.read_bytes()), source=path.name):
            if not isinstance(draft, ContactDraft) or draft.raw is None:
                continue
            found = listed(draft.raw)
            lines = [line for line in draft.raw.split("\n") if _CARD_LINE.match(line) and line != "PHOTO:"]
            lines = [line for line in lines if "X-IRMC-N" not in line]
            assert len(found) == len(lines), path.name
            total += len(found)
            damaged += sum(one.damaged for one in found)
            compared += _as_vobject(draft.raw, found, path)
    assert (total, damaged) == (40, 10)
    assert compared > 5


def _as_vobject(raw: str, found: list[Attachment], path: Path) -> int:
    """Compare with vobject what it decodes; return how many that were."""
    compared = 0
    try:
        component = next(iter(vobject.readComponents(raw)))
    except Exception:
        return 0
    for one in found:
        theirs = [line.value for line in component.contents.get(one.kind, []) if isinstance(line.value, bytes)]
        if one.source is not None and not one.damaged and one.source.body[one.source.start - 1] == ":" and theirs:
            assert read(one) in theirs, path.name
            compared += 1
    return compared


@calendars.needs_corpus
def test_every_attachment_of_every_real_component_is_listed_and_decodes_as_icalendar_does() -> None:
    total = compared = 0
    for path in calendars.FILES:
        for calendar in ical.read(io.BytesIO(path.read_bytes()), source=path.name):
            assert not isinstance(calendar, Refusal)
            for item in calendar.items:
                found = listed(item.raw)
                # Without a colon it is no property, and one without a value holds nothing.
                lines = [line for line in _ITEM_LINE.findall(item.raw) if line.partition(":")[2] or "BASE64:" in line]
                assert len(found) == len(lines), path.name
                total += len(found)
                compared += _as_icalendar(item.raw, found, path)
    assert total == 13
    assert compared >= 1


def _as_icalendar(raw: str, found: list[Attachment], path: Path) -> int:
    compared = 0
    for one in found:
        if one.source is None or one.damaged:
            continue
        line = raw[raw.rindex("\n", 0, one.source.start) + 1 : one.source.end]
        try:
            theirs = icalendar.Event.from_ical(f"BEGIN:VEVENT\r\n{line}\r\nEND:VEVENT\r\n")["ATTACH"]
        except Exception:
            continue
        if isinstance(theirs, icalendar.vBinary):
            assert read(one) == theirs.ical_value, path.name
            compared += 1
    return compared
