"""How a log entry looks: one echo line, or a row in a list."""

from __future__ import annotations

from crm_cli.fields import Field
from crm_cli.i18n import t

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.domain.interaction import Interaction
    from crm_cli.output import Page


def _kind(entry: Interaction) -> str:
    if entry.outcome == "no_answer":
        return t("no answer")
    arrow = {"in": " ←", "out": " →"}.get(entry.direction or "", "")
    return t(entry.kind) + arrow


def _echo(entry: Interaction, page: Page) -> Iterator[str]:
    """Yield what was understood: kind, people and firm, when, how long; follow-ups; the id and the way back."""
    when = ("~" if entry.approximate else "") + page.cell(entry.at, "when")
    parties = [contact.name for contact in entry.contacts] + ([entry.company.name] if entry.company else [])
    parts = [_first_upper(_kind(entry)), ", ".join(parties), when]
    if entry.duration_min:
        parts.append(f"{entry.duration_min} min")
    if entry.distance_km is not None:
        parts.append(f"{entry.distance_km:g} km")
    parts += [f"+{tag}" for tag in entry.tags]
    if entry.outcome and entry.outcome != "no_answer":
        parts.append(entry.outcome)
    if entry.ticket:
        parts.append(f"{t('Ticket')} {entry.ticket}")
    if entry.campaign:
        parts.append(f"{t('Campaign')} {entry.campaign}")
    line = "✔ " + " · ".join(part for part in parts if part)
    for followup in entry.followups:
        due = page.cell(followup["due"], "when") if followup["due"] else None
        line += "   " + " ".join(part for part in (t("FU"), due, followup["text"]) if part)
    for need in entry.needs:
        line += f"   {t('Need')} {need['text']}"
    for request in entry.requests:
        line += f"   {t('Request')} {request['kind']}"
    if entry.deal is not None:
        line += f"   {t('Deal')} {_deal(entry.deal, page)}"
    short = (
        "" if entry.id is None or entry.id in page.hidden_ids else page.short_ids([entry.id]).get(entry.id, entry.id)
    )
    yield f"{line}   {short} · crm undo" if short else line


def _deal(deal: dict[str, object], page: Page) -> str:
    parts = [str(deal["title"]), page.cell(deal["stage"])]
    if deal["value"] is not None:
        parts.append(page.cell(deal["value"], "money"))
    if deal["probability"] is not None:
        parts.append(page.cell(deal["probability"], "percent"))
    return " · ".join(parts)


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


FIELDS = {
    "Interaction": (
        Field("id", "Id", kind="id"),
        Field("kind", "Kind", kind="word"),
        Field("direction", "Direction", listed=False),
        Field("at", "When", kind="when"),
        Field("all_day", "All day", listed=False),
        Field("duration_min", "Minutes", kind="number", listed=False),
        Field("text", "Text"),
        Field("details", "Details", listed=False),
        Field("distance_km", "Kilometres", kind="number", listed=False),
        Field("outcome", "Outcome", kind="word", listed=False),
        Field("tags", "Tags", listed=False),
        Field("contacts", "Contacts"),
        Field("company", "Company"),
        Field("deal", "Deal", listed=False),
        Field("ticket", "Ticket", listed=False),
        Field("campaign", "Campaign", listed=False),
        Field("needs", "Needs", listed=False),
        Field("requests", "Requests", listed=False),
        Field("followups", "Follow-ups", listed=False),
        Field("raw", "Line", listed=False),
        Field("warnings", "Warnings", listed=False),
        Field("owner", "Owner", listed=False),
        Field("created_at", "Created", kind="when", listed=False),
        Field("updated_at", "Updated", kind="when", listed=False),
    ),
}
CARDS = {"Interaction": _echo}
