"""A small store with something on every screen: people, firms, entries, follow-ups, deals."""

from __future__ import annotations

from crm_cli.context import AppContext
from crm_cli.domain.money import Money
from crm_cli.readings import Readings
from crm_cli.services import deals, interactions, resolve
from tests.services import book

_LINES = (
    "besuch hans müller 3.11. 14:00 1h: Prüfstand gesehen, will Angebot wv:17.11.2025 Angebot nachfassen +messe",
    "tel an freitag gestern 9:15: Rückruf vereinbart wv:heute Vertrag senden",
    "mail an märz 12.11.: Preisliste 2026 geschickt wv:+2w Reaktion?",
)
_DEALS = (
    ("Prüfstand Getriebe", "hans müller", "Angebot", 4_800_000),
    ("Wartung Linie 2", "kettenbaum", "Verhandlung", 1_250_000),
    ("Messzelle Halle 4", "invitek", "Kontakt", 860_000),
)


def fill(ctx: AppContext) -> None:
    """Write the demonstration into the context's store."""
    store = ctx.store
    book.specified(store)
    readings = Readings(ctx)
    stages = ctx.config.deal_stages
    for title, who, stage, minor in _DEALS:
        match = resolve.one(store, who)
        deals.add(
            store,
            title=title,
            now=ctx.now(),
            stages=stages,
            stage=stage,
            value=Money(minor, "EUR"),
            contact_rows=[match.row] if match.kind == "contact" else (),
            company_row=match.row if match.kind == "company" else match.company_row,
        )
    for line in _LINES:
        interactions.log(store, text=line, reading=readings.now())
