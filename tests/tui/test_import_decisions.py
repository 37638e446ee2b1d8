"""What is decided in the review of an import: kept until it is written, with the reasons beside each case."""

from __future__ import annotations

import pytest
from textual.widgets import Static

from crm_cli.services import import_reading
from crm_cli.services.import_review import Review
from crm_cli.tui.app import CrmApp
from crm_cli.tui.import_decisions import ImportDecisions
from crm_cli.tui.widgets.record_list import RecordList
from tests.dump import dump_of
from tests.services import book
from tests.tui.conftest import calm, played, pressed, screen_text
from tests.tui.importing import CARD, decided, hanna, left, opened

ANOTHER = """BEGIN:VCARD
VERSION:3.0
FN:Karla Zwingel
N:Zwingel;Karla;;;
EMAIL:hanna@ehrler.example
TITLE:Vertrieb
END:VCARD
"""


def test_what_was_decided_is_there_again_when_the_same_contents_are_opened(known, tmp_path, home) -> None:
    ctx, path = known
    before = dump_of(ctx.store.connection)
    copy = tmp_path / "elsewhere.vcf"
    copy.write_bytes(path.read_bytes())
    app = CrmApp(ctx)

    async def play() -> None:
        async with app.run_test(size=(110, 36), notifications=True) as pilot:
            await calm(pilot)
            review = await opened(pilot, path)
            assert "is kept" not in screen_text(app)
            await decided(pilot, review, "Position", "right")
            await decided(pilot, review, "Notes", "left")
            await left(pilot, review, "escape")
            assert dump_of(ctx.store.connection) == before
            # The digests of the file know nothing of its name, and nothing of what is in it.
            kept = list((home / "state" / "imports").iterdir())
            assert [oct(file.stat().st_mode & 0o777) for file in kept] == ["0o600"]
            assert not any(word in kept[0].read_text() for word in ("Hanna", "Leiter", "ehrler"))
            review = await opened(pilot, copy)
            assert "What you decided for 1 record is kept." in screen_text(app)
            await left(pilot, review, "W")
            assert hanna(ctx) == {
                "title": "Leiter Technik",
                "notes": "zahlt 30 Tage",
                "phones": ["+49 821 1234", "+49 821 7777"],
            }
            assert not list((home / "state" / "imports").iterdir())

    played(play)


def test_a_decision_about_other_values_is_none(known) -> None:
    ctx, path = known
    app = CrmApp(ctx)

    async def play() -> None:
        async with app.run_test(size=(110, 36), notifications=True) as pilot:
            await calm(pilot)
            review = await opened(pilot, path)
            await decided(pilot, review, "Position", "right")
            await left(pilot, review, "escape")
            with ctx.store.transaction(book.NOW):
                ctx.store.connection.execute("UPDATE contact SET title = 'Werkleitung' WHERE name = 'Hanna Krolin'")
            review = await opened(pilot, path)
            assert "is kept" not in screen_text(app)
            await left(pilot, review, "W")

    played(play)
    assert hanna(ctx)["title"] == "Werkleitung"


@pytest.mark.parametrize("text", ["", "[]", "{", '{"cases": 5}', '{"cases": {"x": {"answer": "delete", "fields": 3}}}'])
def test_a_file_of_decisions_that_says_nothing_usable_changes_nothing(known, home, text: str) -> None:
    ctx, path = known
    decisions = ImportDecisions(ctx.db_path, import_reading.sources([str(path)]))
    decisions.keep({"cases": {"x": {}}})
    (kept,) = (home / "state" / "imports").iterdir()
    kept.write_text(text)
    review = Review()
    assert review.follow(decisions.read()) == 0


def test_only_the_newest_decisions_are_kept(tmp_path, home) -> None:
    for number in range(25):
        (tmp_path / "one.vcf").write_text(str(number))
        decisions = ImportDecisions("x.db", import_reading.sources([str(tmp_path / "one.vcf")]))
        decisions.keep({"only_certain": True})
        assert decisions.read() == {"only_certain": True}
    assert len(list((home / "state" / "imports").iterdir())) == 20


def test_a_record_is_told_how_sure_it_is_and_only_what_is_sure_is_taken_by_a_key(known) -> None:
    ctx, path = known
    with ctx.store.transaction(book.NOW):
        book.contact(ctx.store, "Ludwig Abel", email="ludwig.abel@abel.example", title="Meister")
    sure = CARD.replace("Hanna", "Ludwig").replace("Krolin", "Abel").replace("hanna@ehrler", "ludwig.abel@abel")
    sure = sure.replace("NOTE:", "ORG:Abel KG\nNOTE:")
    path.write_bytes((ANOTHER + sure).replace("\n", "\r\n").encode())
    app = CrmApp(ctx)

    async def play() -> None:
        async with app.run_test(size=(110, 40), notifications=True) as pilot:
            await calm(pilot)
            review = await opened(pilot, path)
            doubtful, certain = review._cases
            assert (doubtful.name, doubtful.other_name) == ("Hanna Krolin", "Karla Zwingel")
            assert doubtful.score < 0.5
            assert certain.score >= 0.95
            assert "– different names" in screen_text(app)
            await decided(pilot, review, "Ludwig Abel", "up")
            review.query_one("#cases", RecordList).action_act("move.last")
            await calm(pilot)
            assert "+ the same e-mail (ludwig.abel@abel.example)" in screen_text(app)
            await pressed(pilot, "A")
            assert (doubtful.answer, certain.answer) == ("skip", "update")
            assert "1 changed, 1 left alone" in screen_text(app)
            await pressed(pilot, "A")
            assert doubtful.answer == "update"
            await pressed(pilot, "A")
            await left(pilot, review, "escape")
            review = await opened(pilot, path)
            assert [case.answer for case in review._cases] == ["skip", "update"]
            await left(pilot, review, "W")

    played(play)
    assert hanna(ctx) == {"title": "Einkauf", "notes": "zahlt 30 Tage", "phones": ["+49 821 1234"]}
    assert ctx.store.connection.execute("SELECT title, notes FROM contact WHERE name = 'Ludwig Abel'").fetchone() == (
        "Meister",  # what is here stays where nobody says otherwise
        "Messe 2026",
    )


def test_a_newer_card_of_a_record_is_sure_whatever_it_says(context, tmp_path, crm) -> None:
    path = tmp_path / "book.vcf"
    path.write_text(CARD.replace("FN:", "UID:one-and-the-same\nFN:"), encoding="utf-8")
    assert crm("import", str(path)).code == 0
    path.write_text(ANOTHER.replace("FN:", "UID:one-and-the-same\nFN:"), encoding="utf-8")
    app = CrmApp(context)

    async def play() -> None:
        async with app.run_test(size=(110, 40)) as pilot:
            await calm(pilot)
            review = await opened(pilot, path)
            assert [(case.score, case.evidence[0].kind) for case in review._cases] == [(1.0, "uid")]
            assert "100 %  + the same foreign id (one-and-the-same)" in screen_text(app)

    played(play)


def test_what_comes_new_and_looks_like_a_record_is_named_with_the_reason(known) -> None:
    ctx, path = known
    with ctx.store.transaction(book.NOW):
        book.contact(ctx.store, "Vera Busch", phone="+49 821 999888")
    path.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Vera Busch\nN:Busch;Vera;;;\nEND:VCARD\n", encoding="utf-8")
    app = CrmApp(ctx)

    async def play() -> None:
        async with app.run_test(size=(110, 40)) as pilot:
            await calm(pilot)
            review = await opened(pilot, path)
            painted = screen_text(app)
            assert "1 looks like a record that is here." in painted
            assert "Vera Busch  + the same name" in painted
            assert "From the shell: crm import" in painted
            assert f"crm import {path}" in str(review.query_one("#shell", Static).content)

    played(play)


def test_controls_in_a_field_are_shown_and_counted(known) -> None:
    ctx, path = known
    text = CARD.replace("Leiter Technik", "Leiter\x1b[31m Technik\x07")
    path.write_bytes(text.replace("\n", "\r\n").encode())
    app = CrmApp(ctx)

    async def play() -> None:
        async with app.run_test(size=(110, 40)) as pilot:
            await calm(pilot)
            review = await opened(pilot, path)
            await decided(pilot, review, "Position", "right")
            assert "Leiter␛[31m Technik␇" in screen_text(app)
            assert "2 control characters are shown, not run." in screen_text(app)

    played(play)
