"""The review of an import: what differs is decided field by field, and a running import can be stopped."""

from __future__ import annotations

import asyncio
import threading

import pytest

from crm_cli.services import import_reading, transfer
from crm_cli.store.store import Store
from crm_cli.tui.app import CrmApp
from tests.dump import dump_of
from tests.services import book
from tests.tui.conftest import calm, played, screen_text
from tests.tui.importing import CARD, decided, hanna, opened


def cards(count: int) -> str:
    lines = "BEGIN:VCARD\nVERSION:3.0\nFN:Person {n:04}\nN:{n:04};Person;;;\nEMAIL:p{n}@example.org\nEND:VCARD\n"
    return "".join(lines.format(n=number) for number in range(count))


def test_each_field_is_taken_from_where_the_user_says(known) -> None:
    ctx, path = known
    before = dump_of(ctx.store.connection)
    app = CrmApp(ctx)

    async def play() -> None:
        async with app.run_test(size=(110, 36), notifications=True) as pilot:
            await calm(pilot)
            review = await opened(pilot, path)
            painted = screen_text(app)
            for text in ("Of 1 record the file says other things", "Einkauf", "Leiter Technik", "as here"):
                assert text in painted
            assert dump_of(ctx.store.connection) == before
            await decided(pilot, review, "Position", "right")
            await decided(pilot, review, "Phone", "left")
            await decided(pilot, review, "Notes", "b")
            await pilot.press("W")
            for _ in range(50):
                await calm(pilot)
                if app.screen is not review:
                    break
            assert hanna(ctx) == {
                "title": "Leiter Technik",
                "notes": "zahlt 30 Tage\nMesse 2026",
                "phones": ["+49 821 1234"],
            }
            await pilot.press("u")
            await calm(pilot)

    played(play)
    assert dump_of(ctx.store.connection) == before


@pytest.mark.parametrize(("key", "count", "title"), [("s", 1, "Einkauf"), ("n", 2, "Einkauf")])
def test_a_record_is_left_alone_or_added_again(known, key: str, count: int, title: str) -> None:
    ctx, path = known
    app = CrmApp(ctx)

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await calm(pilot)
            review = await opened(pilot, path)
            await decided(pilot, review, "Hanna Krolin", key)
            await pilot.press("W")
            for _ in range(50):
                await calm(pilot)
                if app.screen is not review:
                    break

    played(play)
    found = ctx.store.connection.execute("SELECT title FROM contact WHERE name = 'Hanna Krolin' ORDER BY id").fetchall()
    assert len(found) == count
    assert found[0] == (title,)


def test_without_a_decision_the_review_brings_what_the_command_brings(known, crm) -> None:
    ctx, path = known
    app = CrmApp(ctx)

    async def play() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await calm(pilot)
            review = await opened(pilot, path)
            await pilot.press("W")
            for _ in range(50):
                await calm(pilot)
                if app.screen is not review:
                    break

    played(play)
    by_review = hanna(ctx)
    assert crm("undo").code == 0
    assert crm("import", str(path)).code == 0
    assert hanna(ctx) == by_review


def test_hostile_values_of_a_file_are_shown_and_do_nothing(known) -> None:
    ctx, path = known
    hostile = "[@click=app.exit]x[/] \x1b]52;c;Y3VybA==\x1b\\ a\u202egpj"
    text = CARD.replace("Leiter Technik", hostile).replace("FN:Hanna", f"FN:Hanna {hostile}").replace("+49", hostile)
    path.write_bytes(text.replace("\n", "\r\n").encode())
    app = CrmApp(ctx)

    async def play() -> None:
        async with app.run_test(size=(110, 36), notifications=True) as pilot:
            await calm(pilot)
            review = await opened(pilot, path)
            assert "[@click=app.exit]" in screen_text(app)
            for key in ("down", "right", "down", "right", "down", "b", "n", "n", "home", "right"):
                await pilot.press(key)
                await pilot.pause()
                assert all(line.isprintable() for line in screen_text(app).split("\n"))
            await pilot.click("#cases", offset=(30, 2))
            assert app.screen is review
            assert app.is_running

    played(play)


def test_escape_stops_a_running_import_between_two_batches(context, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(transfer, "_BATCH", 20)
    path = tmp_path / "many.vcf"
    path.write_text(cards(200), encoding="utf-8")
    before = dump_of(context.store.connection)
    app = CrmApp(context)

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await calm(pilot)
            review = await opened(pilot, path)
            # Another writer holds the import up at its first batch; that one is finished, the next is not begun.
            with Store.open(context.db_path) as other, other.transaction(book.NOW):
                writing = threading.Event()
                begin = Store.transaction
                monkeypatch.setattr(Store, "transaction", lambda *a, **k: (writing.set(), begin(*a, **k))[1])
                await pilot.press("W")
                assert await asyncio.to_thread(writing.wait, 60)
                await pilot.press("escape")
                await pilot.pause()
                assert "Stopping …" in screen_text(app)
            for _ in range(50):
                await calm(pilot)
                if app.screen is not review:
                    break
            assert context.store.connection.execute("SELECT count(*) FROM contact").fetchone() == (28,)
            assert "Stopped: 20 new" in screen_text(app)
            await pilot.press("u")
            await calm(pilot)

    played(play)
    assert dump_of(context.store.connection) == before


def test_a_stopped_import_says_what_is_in_and_goes_on_the_next_time(context, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(transfer, "_BATCH", 10)
    path = tmp_path / "many.vcf"
    path.write_text(cards(60), encoding="utf-8")
    asked = iter([False] * 8 + [True])

    def run(**more) -> transfer.Imported:
        sources, options = import_reading.sources([str(path)]), import_reading.Options()
        return transfer.import_files(context.store, sources=sources, options=options, now=book.NOW, **more)

    # The book is read twice: six batches are looked at, then the third one to be written is not begun.
    stopped = run(stop=lambda: next(asked))
    assert (stopped.stopped, stopped.new) == (True, 20)
    rest = run()
    assert (rest.stopped, rest.new, rest.same) == (False, 40, 20)
