"""The review of an import as the tests go through it: a card, the way to the dialog, and what became of it."""

from __future__ import annotations

from typing import Any

from crm_cli.tui.dialogs.import_review import ImportReview
from crm_cli.tui.widgets.line_input import LineInput
from crm_cli.tui.widgets.record_list import RecordList
from tests.tui.conftest import calm, until

CARD = """BEGIN:VCARD
VERSION:3.0
FN:Hanna Krolin
N:Krolin;Hanna;;;
TITLE:Leiter Technik
EMAIL:hanna@ehrler.example
TEL:+49 821 7777
NOTE:Messe 2026
END:VCARD
"""


async def opened(pilot, path) -> ImportReview:
    """Open the review of a file and wait for its trial."""
    app = pilot.app
    app.act("file.import")
    await calm(pilot)
    app.screen.query_one(LineInput).put(str(path))
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, ImportReview) and app.screen._tried is not None)
    await calm(pilot)
    return app.screen


async def decided(pilot, review: ImportReview, label: str, key: str) -> None:
    """Go to the line of a field, or of a record by its name, and press a key."""
    records = review.query_one("#cases", RecordList)
    lines = dict(records.load(records.keys))
    records.cursor = next(
        at for at, line in enumerate(records.keys) if label in (lines[line].cells[0].strip(), *lines[line].cells[1:2])
    )
    await pilot.press(key)
    await calm(pilot)


async def left(pilot, review: ImportReview, key: str) -> None:
    """Press the key that ends the review, and wait until it is over."""
    await pilot.press(key)
    await until(pilot, lambda: pilot.app.screen is not review)
    await calm(pilot)


def hanna(ctx) -> dict[str, Any]:
    """Return what became of her."""
    run = ctx.store.connection.execute
    row, title, notes = run("SELECT id, title, notes FROM contact WHERE name = 'Hanna Krolin'").fetchone()
    phones = [value for (value,) in run("SELECT value FROM phone WHERE contact_id = ? ORDER BY id", (row,))]
    return {"title": title, "notes": notes, "phones": phones}
