"""A newcomer with an empty store gets to work by keys alone, with only what the screen says."""

from __future__ import annotations

from crm_cli.tui.app import CrmApp
from tests.tui.conftest import calm, keys_of, played, screen_text

CARDS = """BEGIN:VCARD
VERSION:3.0
UID:1
FN:Hans Müller
N:Müller;Hans;;;
ORG:Ehrler Prüftechnik GmbH
END:VCARD
BEGIN:VCARD
VERSION:3.0
UID:2
FN:Sabine Freitag
N:Freitag;Sabine;;;
END:VCARD
"""


def test_from_nothing_to_a_moved_deal_by_keys(context_of, tmp_path) -> None:
    book = tmp_path / "book.vcf"
    book.write_text(CARDS.replace("\n", "\r\n"), encoding="utf-8")
    with context_of() as ctx:
        app = CrmApp(ctx)

        def rows(sql: str) -> list:
            return ctx.store.connection.execute(sql).fetchall()

        async def until(pilot, text: str) -> None:
            for _ in range(50):
                await calm(pilot)
                if text in screen_text(app):
                    return
            raise AssertionError(f"{text!r} never came:\n{screen_text(app)}")

        async def play() -> None:
            async with app.run_test(size=(80, 24), notifications=True) as pilot:
                await until(pilot, "2 shows the people")
                await pilot.press("2")
                await until(pilot, ":import brings an address book")
                await pilot.press("colon", *keys_of("import"))
                await until(pilot, "Bring in an address")
                await pilot.press("enter")
                await until(pilot, "A file or a folder")
                await pilot.press(*keys_of(str(book)), "enter")
                await until(pilot, "2 new")
                assert rows("SELECT count(*) FROM contact") == [(0,)]
                await until(pilot, "W write")
                await pilot.press("W")
                await until(pilot, "Sabine Freitag")
                await pilot.press("i")
                await until(pilot, "@Hans_Müller")
                await pilot.press(*keys_of("Prüfstand gesehen wv:heute Angebot senden"), "enter")
                await until(pilot, "Logged")
                await pilot.press("1")
                await until(pilot, "Angebot senden")
                await pilot.press("e")
                await until(pilot, "Done  u takes")
                await pilot.press("4")
                await until(pilot, "n adds one")
                await pilot.press("n", *keys_of("Prüfstand"), "enter")
                await until(pilot, "Kontakt 1")
                await pilot.press("L")
                await until(pilot, "Bedarf 1")

        played(play)
        assert rows("SELECT count(*) FROM interaction") == [(1,)]
        assert rows("SELECT count(*) FROM task WHERE done_at IS NOT NULL") == [(1,)]
        assert rows("SELECT stage FROM deal") == [("Bedarf",)]
