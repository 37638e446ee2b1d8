"""A week with appointments, for the tests of its screen."""

from __future__ import annotations

from datetime import date

from crm_cli.readings import Readings, zone_name
from crm_cli.services import events, tasks

# Wednesday 19 November 2025, 10:00 is the test's now.
LINES = (
    "17.11.2025 9:30 1h hans müller: Jour fixe loc:Köln remind:30m",
    "19.11. 14:00 1h hans müller: Demo loc:Bonn",
    "19.11. 14:30 1h: Dentist",
    "19.11. 15:40 30m anna schmidt: Contract loc:Ulm",
    "20.11. Fair",
)


def add(ctx, line: str, **more) -> str:
    reading = Readings(ctx).now()
    return events.add(ctx.store, text=line, reading=reading, zone=zone_name(ctx), **more).event.id


def fill(ctx) -> None:
    """Write appointments and a follow-up into the week."""
    for line in LINES:
        add(ctx, line)
    tasks.add(ctx.store, text="Send the quote", now=ctx.now(), due=date(2025, 11, 20))


def starts(ctx) -> list[tuple[str, str]]:
    return ctx.store.connection.execute("SELECT start_at, title FROM event ORDER BY id").fetchall()


def chosen(app) -> str:
    """Return the title of what is chosen."""
    entry = app.page.entry()
    return "" if entry is None else entry.title
