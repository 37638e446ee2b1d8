"""`crm files`: what came with a record, listed, saved and opened; nothing is written elsewhere or run by a shell."""

from __future__ import annotations

import base64
import os
import stat
import time
from pathlib import Path

import pytest

from crm_cli import i18n, wording
from tests.contracts.hostile import HOSTILE, controls

JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(range(256))
JPEG_TEXT = base64.b64encode(JPEG).decode()
SCRIPT_TEXT = base64.b64encode(b"#!/bin/sh\ntouch /tmp/owned\n").decode()
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
BEGIN:VEVENT
UID:demo@example.org
DTSTAMP:20251119T080000Z
DTSTART:20251124T090000Z
SUMMARY:Bench demo
{event}
END:VEVENT
BEGIN:VTODO
UID:todo@example.org
DTSTAMP:20251119T080000Z
SUMMARY:Read the offer
{todo}
END:VTODO
BEGIN:VJOURNAL
UID:note@example.org
DTSTAMP:20251119T080000Z
DTSTART:20251118T090000Z
SUMMARY:Saw the bench
{note}
END:VJOURNAL
END:VCALENDAR
"""


def inline(name: str, text: str = JPEG_TEXT, media_type: str = "image/jpeg") -> str:
    return f'ATTACH;FMTTYPE={media_type};ENCODING=BASE64;VALUE=BINARY;FILENAME="{name}":{text}'


@pytest.fixture
def card(crm, tmp_path: Path):
    """Import one person with these lines in the card."""

    def make(*lines: str) -> None:
        path = tmp_path / "ada.vcf"
        path.write_text("\n".join(["BEGIN:VCARD", "VERSION:3.0", "FN:Ada Lovelace", *lines, "END:VCARD", ""]))
        assert crm("import", str(path)).code == 0

    return make


@pytest.fixture
def calendar(crm, tmp_path: Path):
    """Import an appointment, a follow-up and an entry with these lines."""

    def make(event: str = "", todo: str = "", note: str = "") -> None:
        path = tmp_path / "demo.ics"
        filled = CALENDAR.format(event=event, todo=todo, note=note)
        path.write_text("\n".join(line for line in filled.split("\n") if line) + "\n", newline="\r\n")
        assert crm("import", str(path)).code == 0

    return make


@pytest.fixture
def opener(crm, tmp_path: Path):
    """A real program that records its arguments; returns a function that waits for them."""
    seen = tmp_path / "seen"
    program = tmp_path / "opener.sh"
    program.write_text(f'#!/bin/sh\nfor word; do printf "%s\\n" "$word"; done > {seen}.part; mv {seen}.part {seen}\n')
    program.chmod(0o700)
    assert crm("config", "set", "opener", f"{program} --view 'two words'").code == 0

    def arguments() -> list[str]:
        for _ in range(1200):
            if seen.exists():
                return seen.read_text().splitlines()
            time.sleep(0.05)
        raise AssertionError("the opener was not started")

    arguments.seen = seen
    return arguments


def outside(tmp_path: Path, home: Path) -> set[str]:
    """Return every file of the test that is not below the home of the program."""
    return {str(path) for path in tmp_path.rglob("*") if home not in path.parents and path.is_file()}


def test_what_is_attached_is_listed_with_type_and_size(crm, card) -> None:
    card(f"PHOTO;ENCODING=b;TYPE=JPEG:{JPEG_TEXT}", "LOGO:https://example.org/logo.png", "KEY;ENCODING=b:A")
    keys = {"number", "kind", "name", "type", "size", "link", "damaged", "path"}
    found = crm("files", "ada", "--json").json
    assert all(one.keys() == keys for one in found)
    assert [(one["kind"], one["name"], one["size"], one["link"], one["damaged"]) for one in found] == [
        ("photo", "photo.jpg", len(JPEG), None, False),
        ("logo", "logo.png", None, "https://example.org/logo.png", False),
        ("key", "key", None, None, True),
    ]
    shown = crm("files", "ada", "--lang", "de").out
    assert all(text in shown for text in ("Foto", "photo.jpg", "image/jpeg", f"{len(JPEG)} B", "Logo", "ja"))


def test_a_record_made_here_has_none(crm) -> None:
    crm("contact", "add", "Bob Miller")
    result = crm("files", "bob", "--json")
    assert (result.code, result.json) == (0, [])


def test_appointments_follow_ups_and_entries_have_theirs(crm, calendar) -> None:
    calendar(inline("bench.jpg"), inline("offer.pdf"), "ATTACH:https://example.org/a/report.pdf")
    names = [[one["name"] for one in crm("files", ref, "--json").json] for ref in ("bench demo", "offer", "saw")]
    assert names == [["bench.jpg"], ["offer.pdf"], ["report.pdf"]]


SERIES = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y//EN
BEGIN:VEVENT
UID:weekly
DTSTAMP:20251101T000000Z
SUMMARY:Jour fixe
DTSTART:20251124T090000Z
DTEND:20251124T100000Z
RRULE:FREQ=WEEKLY;COUNT=5
ATTACH:https://example.org/agenda.pdf
END:VEVENT
BEGIN:VEVENT
UID:other
DTSTAMP:20251101T000000Z
SUMMARY:Jour fixe
DTSTART:20251125T090000Z
ATTACH:https://example.org/other.pdf
END:VEVENT
END:VCALENDAR
"""


def test_a_time_taken_out_of_a_series_has_what_is_attached_to_the_series(crm, tmp_path: Path) -> None:
    path = tmp_path / "series.ics"
    path.write_text(SERIES)
    assert crm("import", str(path)).code == 0
    listed = crm("event", "list", "--json").json
    (series,) = [one["id"] for one in listed if one["rule"]]
    edit = ("event", "edit", series, "--json", "--on")
    moved = crm(*edit, "1.12.2025", "--start", "2.12.2025 14:00", "--title", "Moved").json["id"]
    later = crm(*edit, "8.12.2025", "--following", "--title", "Later").json["id"]
    last = crm("event", "edit", later, "--on", "15.12.2025", "--title", "Last", "--json").json["id"]
    alone = crm("event", "add", "3.12.2025 9:00 1h: Jour fixe", "--json").json["id"]
    for ref in (series, moved, later, last):
        assert [one["link"] for one in crm("files", ref, "--json").json] == ["https://example.org/agenda.pdf"], ref
    assert crm("files", alone, "--json").json == []
    assert len({series, moved, later, last, alone}) == 5


def test_the_same_photo_of_merged_cards_is_listed_once(crm, card, tmp_path: Path) -> None:
    card(f"PHOTO;ENCODING=b;TYPE=JPEG:{JPEG_TEXT}")
    path = tmp_path / "other.vcf"
    photo = f"PHOTO;ENCODING=b;TYPE=JPEG:{JPEG_TEXT}\nLOGO;ENCODING=b;TYPE=PNG:{SCRIPT_TEXT}"
    path.write_text(f"BEGIN:VCARD\nVERSION:3.0\nFN:Augusta King\n{photo}\nEND:VCARD\n")
    assert crm("import", str(path)).code == 0
    assert crm("contact", "merge", "lovelace", "king").code == 0
    found = crm("files", "lovelace", "--json").json
    assert sorted((one["number"], one["kind"]) for one in found) in (
        [(1, "photo"), (2, "logo")], [(1, "logo"), (2, "photo")],
    )  # fmt: skip


NAMES = ["../../.bashrc", "-rf", "$(x).pdf", "a\u202egpj.exe", "con.txt", "n" * 300 + ".pdf", "", "/etc/passwd", "..",
         "%2e%2e%2fx", "`id`", "a;b&c|d", "~", "a b.jpg", "x\u2028y.jpg"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_stays_in_the_folder(crm, calendar, home: Path, tmp_path: Path, name: str) -> None:
    calendar(inline(name))
    folder = tmp_path / "saved"
    folder.mkdir()
    before = outside(tmp_path, home)
    result = crm("files", "bench demo", "--save", str(folder), "--json")
    assert result.code == 0, result
    (one,) = result.json
    path = Path(one["path"])
    assert (path.parent, path.read_bytes()) == (folder, JPEG)
    assert outside(tmp_path, home) - before == {str(path)}
    assert path.name.isprintable()
    assert path.name[0] not in "-."
    assert len(path.name) < 120
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("name", NAMES)
def test_the_opener_gets_one_argument_behind_its_own(crm, calendar, opener, home: Path, name: str) -> None:
    calendar(inline(name))
    assert crm("files", "bench demo", "--open", "1", "--yes").code == 0
    assert opener()[:2] == ["--view", "two words"]
    (path,) = map(Path, opener()[2:])
    assert path.read_bytes() == JPEG
    folder = home / "cache" / "opened"
    assert path.parent.parent == folder
    modes = [stat.S_IMODE(one.stat().st_mode) for one in (folder, path.parent, path)]
    assert modes == [0o700, 0o700, 0o600]


def test_one_is_opened_where_it_was_saved(crm, card, opener, home: Path, tmp_path: Path) -> None:
    card(f"PHOTO;ENCODING=b;TYPE=JPEG:{JPEG_TEXT}", f"LOGO;ENCODING=b;TYPE=PNG:{JPEG_TEXT}")
    folder = tmp_path / "saved"
    folder.mkdir()
    result = crm("files", "ada", "--save", str(folder), "--open", "2", "--json")
    assert (result.code, result.json["path"]) == (0, str(folder / "logo.png"))
    assert opener()[2:] == [str(folder / "logo.png")]
    assert [one.name for one in folder.iterdir()] == ["logo.png"]
    assert not (home / "cache").exists()


def test_nothing_is_replaced_and_no_link_followed(crm, card, tmp_path: Path) -> None:
    card(f"PHOTO;ENCODING=b;TYPE=JPEG:{JPEG_TEXT}")
    folder = tmp_path / "saved"
    folder.mkdir()
    mine = tmp_path / "mine"
    mine.write_text("mine")
    (folder / "photo.jpg").symlink_to(mine)
    (folder / "photo-2.jpg").write_text("mine too")
    crm("files", "ada", "--save", str(folder))
    assert (mine.read_text(), (folder / "photo-2.jpg").read_text()) == ("mine", "mine too")
    assert (folder / "photo-3.jpg").read_bytes() == JPEG


def test_damaged_ones_are_named_and_the_others_saved(crm, card, tmp_path: Path) -> None:
    card("PHOTO;ENCODING=b;TYPE=JPEG:AAAAA", f"LOGO;ENCODING=b;TYPE=JPEG:{JPEG_TEXT}")
    result = crm("files", "ada", "--save", str(tmp_path), "--json")
    assert (result.code, result.error["code"]) == (6, "bad_input")
    assert [(one["damaged"], one["path"]) for one in result.json] == [(True, None), (False, str(tmp_path / "logo.jpg"))]
    assert crm("files", "ada", "--open", "1").code == 6
    assert not (tmp_path / "photo.jpg").exists()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("run.sh", SCRIPT_TEXT), ("a.desktop", JPEG_TEXT), ("page.html", JPEG_TEXT), ("photo.jpg", SCRIPT_TEXT),
        ("a.txt", base64.b64encode(b"<html><script>alert(1)</script>").decode()),
    ],
)  # fmt: skip
def test_what_a_desktop_may_run_is_saved_and_not_opened_without_a_question(crm, calendar, opener, name, text) -> None:
    calendar(inline(name, text))
    result = crm("files", "bench demo", "--open", "1")
    assert result.code == 2
    assert name in result.err
    path = result.err.splitlines()[0].rpartition(" ")[2]
    assert Path(path).read_bytes() == base64.b64decode(text)
    assert not os.access(path, os.X_OK) or os.geteuid() == 0
    assert not opener.seen.exists()
    assert crm("files", "bench demo", "--open", "1", "--yes").code == 0
    assert Path(opener()[2]).name == name


@pytest.mark.parametrize(
    "link", ["file:///etc/passwd", "javascript:alert(1)", "ftp://example.org/x", "vbscript:x", "//example.org/x", "-rf"]
)
def test_a_link_of_another_kind_is_refused_with_the_reason(crm, card, opener, link: str) -> None:
    card(f"PHOTO;VALUE=URI:{link}")
    result = crm("files", "ada", "--open", "1", "--json")
    assert (result.code, result.error["code"]) == (2, "usage")
    assert link in result.error["message"]
    assert not opener.seen.exists()


def test_a_web_link_is_handed_over_as_it_is(crm, card, opener) -> None:
    card("PHOTO;VALUE=URI:https://example.org/a?b=$(c)&d='e'")
    assert crm("files", "ada", "--open", "1").code == 0
    assert opener() == ["--view", "two words", "https://example.org/a?b=$(c)&d='e'"]


@pytest.mark.parametrize("number", ["0", "-1", "2", "99999999999"])
def test_a_number_nothing_has_is_not_found(crm, card, number: str) -> None:
    card(f"PHOTO;ENCODING=b:{JPEG_TEXT}")
    assert crm("files", "ada", f"--open={number}").code == 3


def test_a_folder_that_is_not_there_is_not_found(crm, card, tmp_path: Path) -> None:
    card(f"PHOTO;ENCODING=b:{JPEG_TEXT}")
    assert crm("files", "ada", "--save", str(tmp_path / "nowhere")).code == 3


def test_a_trial_writes_nothing(crm, card, opener, home: Path, tmp_path: Path) -> None:
    card(f"PHOTO;ENCODING=b;TYPE=JPEG:{JPEG_TEXT}")
    for words in (("--save", str(tmp_path)), ("--open", "1")):
        assert crm("files", "ada", *words, "--dry-run").code == 0
    assert not (home / "cache").exists()
    assert not (tmp_path / "photo.jpg").exists()
    assert not opener.seen.exists()


def test_what_was_shown_more_than_a_day_ago_goes(crm, card, opener, home: Path, monkeypatch) -> None:
    card(f"PHOTO;ENCODING=b;TYPE=JPEG:{JPEG_TEXT}")
    monkeypatch.delenv("CRM_NOW")
    crm("files", "ada", "--open", "1")
    (first,) = (home / "cache" / "opened").iterdir()
    crm("files", "ada", "--open", "1")
    assert first.exists()
    day_before = time.time() - 25 * 3600
    os.utime(first, (day_before, day_before))
    other = home / "cache" / "opened" / "mine"
    other.mkdir()
    os.utime(other, (day_before, day_before))
    crm("files", "ada", "--open", "1")
    assert (first.exists(), other.exists()) == (False, True)


def test_a_folder_somebody_put_in_the_way_is_refused(crm, card, opener, home: Path, tmp_path: Path) -> None:
    card(f"PHOTO;ENCODING=b;TYPE=JPEG:{JPEG_TEXT}")
    (home / "cache").mkdir()
    (home / "cache" / "opened").symlink_to(tmp_path)
    before = outside(tmp_path, home)
    assert crm("files", "ada", "--open", "1").code == 2
    assert outside(tmp_path, home) == before


def test_an_opener_that_is_not_there_is_said(crm, card) -> None:
    card(f"PHOTO;ENCODING=b;TYPE=JPEG:{JPEG_TEXT}")
    crm("config", "set", "opener", "/nowhere/viewer")
    assert crm("files", "ada", "--open", "1").code == 2
    crm("config", "set", "opener", "an 'open quote")
    assert crm("files", "ada", "--open", "1").code == 2


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="this system has no folder in which nobody can write")
def test_a_folder_nobody_can_write_in_is_said(crm, card) -> None:
    card(f"PHOTO;ENCODING=b;TYPE=JPEG:{JPEG_TEXT}")
    result = crm("files", "ada", "--save", "/proc/self", "--json")
    assert (result.code, result.error["code"]) == (7, "store")


def test_hostile_names_and_links_reach_no_terminal(crm, calendar) -> None:
    texts = [text[:2000].encode("utf-8", "ignore").decode().replace("\n", "").replace('"', "") for text in HOSTILE]
    links = [f"ATTACH:https://example.org/{text}" for text in texts]
    calendar("\n".join(map(inline, texts)), "\n".join(links))
    for ref in ("bench demo", "offer"):
        found = crm("files", ref, "--json").json
        assert len(found) > 350
        for words in ((), ("--lang", "de"), ("--format", "md")):
            result = crm("files", ref, *words)
            assert result.code == 0
            assert controls(result.out) == set()
        assert controls(crm("files", ref, "--open", "9999").err) == set()
    result = crm("files", "offer", "--open", "5")
    assert (result.code, controls(result.err)) == (2, set())


@pytest.mark.parametrize(
    ("count", "english", "german"),
    [
        (0, "0 B", "0 B"), (999, "999 B", "999 B"), (1000, "1 kB", "1 kB"), (38_400, "38 kB", "38 kB"),
        (999_499, "999 kB", "999 kB"), (999_500, "1.0 MB", "1,0 MB"), (9_437_184, "9.4 MB", "9,4 MB"),
        (1_234_567_890, "1,234.6 MB", "1.234,6 MB"),
    ],
)  # fmt: skip
def test_a_size_is_written_as_people_read_it(count: int, english: str, german: str) -> None:
    i18n.use("en")
    assert wording.size(count) == english
    i18n.use("de")
    assert wording.size(count) == german
