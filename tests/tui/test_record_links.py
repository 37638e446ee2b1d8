"""`o` shows what can be opened, what came attached with its name, type and size, and hands one file to the program."""

from __future__ import annotations

import base64
import stat
from pathlib import Path

import pytest

from crm_cli import i18n
from crm_cli.tui.app import CrmApp
from crm_cli.tui.dialogs.choice import Choice
from tests.dump import dump_of
from tests.tui.conftest import calm, played, pressed, until

JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(range(256))
JPEG_TEXT = base64.b64encode(JPEG).decode()
SCRIPT = b"#!/bin/sh\necho owned\n"
CARDS = f"""BEGIN:VCARD
VERSION:3.0
FN:Ada Lovelace
EMAIL:ada@engines.example
PHOTO;ENCODING=b;TYPE=JPEG:{JPEG_TEXT}
KEY;ENCODING=b:A
LOGO;VALUE=URI:file:///etc/passwd
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Engines Ltd
ORG:Engines Ltd
X-ABSHOWAS:COMPANY
LOGO;ENCODING=b;TYPE=JPEG:{JPEG_TEXT}
END:VCARD
"""
ATTACH = "ATTACH;FMTTYPE=application/pdf;ENCODING=BASE64;VALUE=BINARY"
CALENDAR = f"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
BEGIN:VEVENT
UID:demo@example.org
DTSTAMP:20251119T080000Z
DTSTART:20251119T130000Z
DTEND:20251119T140000Z
SUMMARY:Bench demo
ATTENDEE;CN=Ada:mailto:ada@engines.example
URL:https://example.org/room
{ATTACH};FILENAME=../../agenda.pdf:{JPEG_TEXT}
{ATTACH};FILENAME="setup {chr(0x202E)}fdp.sh":{base64.b64encode(SCRIPT).decode()}
END:VEVENT
BEGIN:VTODO
UID:todo@example.org
DTSTAMP:20251119T080000Z
DUE;VALUE=DATE:20251119
SUMMARY:Read the offer
{ATTACH};FILENAME=offer.pdf:{JPEG_TEXT}
END:VTODO
END:VCALENDAR
"""
SIZE = f"{len(JPEG)} B"
PHOTO = f"photo · photo.jpg · image/jpeg · {SIZE}"
ASKED = {
    "en": ("Open setup fdp.sh?", "saved but not opened", "1 do not open it", "2 open it all the same"),
    "de": ("setup fdp.sh öffnen?", "nicht geöffnet", "1 nicht öffnen", "2 trotzdem öffnen"),
}
AGENDA = f"file · agenda.pdf · application/pdf · {SIZE}"


@pytest.fixture
def attached(shown, crm, tmp_path: Path):
    """A context whose store has people, an appointment and a follow-up with attachments; `seen` is what was opened."""
    for name, text in (("a.vcf", CARDS), ("a.ics", CALENDAR)):
        (tmp_path / name).write_text(text)
        assert crm("import", str(tmp_path / name)).code == 0
    i18n.use("en")
    program = tmp_path / "opener.sh"
    seen = tmp_path / "seen"
    program.write_text(f'#!/bin/sh\nprintf "%s|" "$#" "$@" > {seen}.part; mv {seen}.part {seen}\n')
    program.chmod(0o700)
    shown._config = shown.config.changed(opener=f"{program} -x")
    return shown


async def on(app: CrmApp, pilot, text: str) -> None:
    """Put the cursor of Today or Week on an appointment or follow-up."""
    page = app.page
    if page.place == "today":
        keys = list(page._items)
        page.records.cursor = next(place for place, key in enumerate(keys) if text in page._items[key].line.cells[1])
    else:
        page._choose(next(one.key for day in page._week.entries.values() for one in day if one.title == text))
    await calm(pilot)


async def opened(pilot, tmp_path: Path) -> list[str]:
    """Wait for the program and return its arguments."""
    await until(pilot, (tmp_path / "seen").exists)
    return (tmp_path / "seen").read_text().split("|")[:-1]


@pytest.mark.long
def test_every_screen_shows_what_is_attached(attached) -> None:
    app = CrmApp(attached)

    async def play() -> None:
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            await calm(pilot)
            await on(app, pilot, "Read the offer")
            assert "offer.pdf" in await pressed(pilot, "o")
            await pressed(pilot, "escape")
            await on(app, pilot, "Bench demo")
            assert AGENDA in await pressed(pilot, "o")
            await pressed(pilot, "escape", "2", "slash", '"ada', "enter")
            shown = await pressed(pilot, "o")
            for text in (
                "1 mailto:ada@engines.example",
                f"2 {PHOTO}",
                "key · key · damaged",
                "logo · file:///etc/passwd",
            ):
                assert text in shown
            await pressed(pilot, "escape", "enter")
            assert app.page.place == "account"
            assert PHOTO in await pressed(pilot, "o")
            shown = await pressed(pilot, "escape", "tab", "o")
            assert AGENDA in shown or PHOTO in shown
            await pressed(pilot, "escape", "escape", "3", "slash", '"engines', "enter")
            assert f"logo · logo.jpg · image/jpeg · {SIZE}" in await pressed(pilot, "o")
            await pressed(pilot, "escape", "5")
            await on(app, pilot, "Bench demo")
            shown = await pressed(pilot, "o")
            for text in ("1 https://example.org/room", f"2 {AGENDA}", "3 file · setup fdp.sh"):
                assert text in shown
            await pressed(pilot, "escape")
            await on(app, pilot, "Read the offer")
            assert "offer.pdf" in await pressed(pilot, "o")

    played(play)


@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_is_written_for_this_user_alone_and_handed_over_whole(attached, home, tmp_path, read_only) -> None:
    before = dump_of(attached.store.connection)
    app = CrmApp(attached, start="week", read_only=read_only)

    async def play() -> None:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await calm(pilot)
            await on(app, pilot, "Bench demo")
            await pressed(pilot, "o")
            assert not (home / "cache").exists()
            assert "Opened: agenda.pdf" in await pressed(pilot, "2")
            count, own, path = await opened(pilot, tmp_path)
            assert (count, own) == ("2", "-x")
            file = Path(path)
            assert (file.name, file.read_bytes()) == ("agenda.pdf", JPEG)
            assert file.parent.parent == home / "cache" / "opened"
            assert [stat.S_IMODE(one.stat().st_mode) for one in (file.parent, file)] == [0o700, 0o600]

    played(play)
    assert dump_of(attached.store.connection) == before


@pytest.mark.parametrize("language", ["en", "de"])
def test_what_a_desktop_may_run_is_asked_about(attached, home, tmp_path, language: str) -> None:
    i18n.use(language)
    app = CrmApp(attached, start="week")

    async def play() -> None:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await calm(pilot)
            await on(app, pilot, "Bench demo")
            asked = await pressed(pilot, "o", "3")
            assert isinstance(app.screen, Choice)
            assert all(text in asked for text in ASKED[language]), asked
            (file,) = (home / "cache" / "opened").rglob("*.sh")
            assert (file.name, file.read_bytes()) == ("setup fdp.sh", SCRIPT)
            await pressed(pilot, "enter")
            assert not isinstance(app.screen, Choice)
            assert not (tmp_path / "seen").exists()
            await pressed(pilot, "o", "3", "2")
            assert Path((await opened(pilot, tmp_path))[2]).name == "setup fdp.sh"

    played(play)


def test_what_is_damaged_or_of_another_scheme_is_refused_with_the_reason(attached, tmp_path) -> None:
    app = CrmApp(attached, start="contacts")

    async def play() -> None:
        async with app.run_test(size=(120, 30), notifications=True) as pilot:
            await calm(pilot)
            await pressed(pilot, "slash", '"ada', "enter")
            assert "is damaged" in await pressed(pilot, "o", "3")
            assert "“file” are not opened" in await pressed(pilot, "o", "4")
            assert not (tmp_path / "seen").exists()
            assert not list(Path(attached.db_path).parent.rglob("key*"))

    played(play)


def test_more_than_fit_are_scrolled_to(attached, crm, tmp_path) -> None:
    lines = "\n".join(
        f"PHOTO;ENCODING=b;X-FILENAME=p{number}.jpg:{JPEG_TEXT[: -number * 4]}" for number in range(1, 61)
    )
    (tmp_path / "many.vcf").write_text(f"BEGIN:VCARD\nVERSION:3.0\nFN:Zoe Many\n{lines}\nEND:VCARD\n")
    assert crm("import", str(tmp_path / "many.vcf")).code == 0
    i18n.use("en")
    app = CrmApp(attached, start="contacts")

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await calm(pilot)
            shown = await pressed(pilot, "slash", '"zoe', "enter", "o")
            assert "> 1 photo · p1.jpg" in shown
            assert "p50.jpg" not in shown
            shown = await pressed(pilot, "up")
            assert "> " in shown
            assert "p50.jpg" in shown
            await pressed(pilot, "enter")
            assert (await opened(pilot, tmp_path))[2].endswith("/p50.jpg")

    played(play)
