"""What is done with an appointment on any screen: show, change, move, delete, log. `page` is the screen that asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from crm_cli import wording
from crm_cli.domain.visit import OpenVisit, answer_line
from crm_cli.errors import CrmError
from crm_cli.i18n import t
from crm_cli.readings import zone_name
from crm_cli.services import event_series, interactions
from crm_cli.store import events
from crm_cli.tui import event_form
from crm_cli.tui.dialogs.choice import Choice
from crm_cli.tui.dialogs.entry_view import EntryView
from crm_cli.tui.editing import edited

if TYPE_CHECKING:
    from crm_cli.domain.agenda import Occurrence
    from crm_cli.domain.event import Event
    from crm_cli.tui.screens.page import Page
    from crm_cli.tui.session import Session


def found(session: Session, uid: str) -> Event:
    """Return an appointment; raises NotFound."""
    return events.get(session.store.connection, session.by_id(uid, "event").row)


def show(page: Page, uid: str) -> None:
    """Show the whole of an appointment."""
    event = found(page.session, uid)
    lines = "\n".join(page.session.lines(event)) or event.title
    page.app.push_screen(EntryView(t("event"), [("", lines)]))


def edit(page: Page, uid: str, at: str) -> None:
    """Change the fields of the time of an appointment that begins at `at`, of a series after asking which times."""
    event = found(page.session, uid)

    def go(scope: str) -> None:
        fields = event_form.fields(event, at)
        if event.recurrence and scope == event_series.ONE:
            fields = [field for field in fields if field.name != "repeat"]

        def save(changed: dict[str, str]) -> object:
            return _changed(page.session, event, at, scope, event_form.changes(page.session, event, changed))

        page.ask_form(event.title, fields, _command("edit", event, at, scope), save, "{name} changed")

    _ask_scope(page, event, go)


def edit_text(page: Page, uid: str, at: str) -> None:
    """Change what is written about an appointment in the user's editor."""
    event = found(page.session, uid)

    def go(scope: str) -> None:
        try:
            text = edited(page.app, event.description or "")
        except CrmError as error:
            page.crm.tell_error(error)
            return
        if text != (event.description or ""):
            values = {"description": text} if text.strip() else {"clear": ["description"]}
            page.change(
                f"{_command('edit', event, at, scope)} --description …",
                lambda: _changed(page.session, event, at, scope, values),
                "{name} changed",
                name=event.title,
            )

    _ask_scope(page, event, go)


def move(page: Page, uid: str, at: str, when: date | datetime, follow: Callable[[str], None]) -> None:
    """Put an appointment to another time, and go where it is then."""
    event = found(page.session, uid)

    def go(scope: str) -> None:
        text = f"{when:%Y-%m-%d %H:%M}" if isinstance(when, datetime) else when.isoformat()
        made = page.change(
            f'{_command("edit", event, at, scope)} --start "{text}"',
            lambda: _changed(page.session, event, at, scope, {"start": when}),
            "{title}: {when}",
            title=event.title,
            when=wording.when(text, page.session.ctx.today()),
        )
        if made is not None:
            follow(made.id)

    _ask_scope(page, event, go)


def delete(page: Page, uid: str, at: str) -> None:
    """Delete an appointment, of a series after asking which times."""
    session = page.session
    event = found(session, uid)

    def go(scope: str) -> None:
        page.change(
            _command("delete", event, at, scope),
            lambda: event_series.delete(
                session.store, row=session.by_id(uid, "event").row, at=at, scope=scope, now=session.ctx.now()
            ),
            "{name} deleted",
            name=event.title,
        )

    _ask_scope(page, event, go)


def _ask_scope(page: Page, event: Event, then: Callable[[str], None]) -> None:
    """Ask which times of a series are meant; of a single appointment it is this one."""
    if not event.recurrence and not event.this_and_future:
        then(event_series.ONE)
        return

    def put(scope: str | None) -> None:
        if scope is not None:
            then(scope)

    answers = [
        (event_series.ONE, t("this time only")),
        (event_series.FOLLOWING, t("this time and all later ones")),
        (event_series.ALL, t("the whole series")),
    ]
    page.app.push_screen(Choice(event.title, answers), put)


def _command(verb: str, event: Event, at: str, scope: str) -> str:
    """Return the form for the shell that does the same to a time of an appointment."""
    parts = [f"crm event {verb} {event.id}"]
    if event.recurrence and scope != event_series.ALL:
        parts.append(f"--on {at[:10]}")
    if event.recurrence and scope == event_series.FOLLOWING:
        parts.append("--following")
    return " ".join(parts)


def _changed(session: Session, event: Event, at: str, scope: str, values: dict[str, Any]) -> Event:
    return event_series.edit(
        session.store, row=session.by_id(event.id, "event").row, at=at, scope=scope, now=session.ctx.now(),
        zone=zone_name(session.ctx), **values,
    )  # fmt: skip


def log(page: Page, one: Occurrence | OpenVisit) -> None:
    """Open the quick-log bar with who, when and how long filled in."""
    visit = OpenVisit(one.id, one.title, one.start, one.duration_min, one.location, one.contacts, one.company)
    page.crm.open_log(_log_line(page.session, visit))


def _log_line(session: Session, visit: OpenVisit) -> str:
    """Return the beginning of a log line about a visit: with names where they mean these people, else ids."""
    by_id = answer_line(visit, "", session.readings.options)
    word = wording.word("visit").casefold()
    if by_id.startswith("visit ") and session.readings.options.kind_of(word):
        by_id = word + by_id.removeprefix("visit")
    named = by_id
    for person in visit.contacts:
        named = named.replace(person.id, person.name) if person.id else named
    firm = visit.company
    if firm is not None and firm.id:
        # It goes without saying where somebody of it is named.
        named = named.replace(f", {firm.id}", "") if visit.contacts else named.replace(firm.id, firm.name)
    return named if _means(session, named, by_id) else by_id


def _means(session: Session, line: str, other: str) -> bool:
    """Tell whether two beginnings of a line are read alike."""
    store, reading = session.store, session.readings.now()
    try:
        one, two = (interactions.read(store, f"{text}x", reading) for text in (line, other))
    except CrmError:
        return False
    known = [[who.match.id for who in read.whos if who.match and who.match.kind == "contact"] for read in (one, two)]
    facts = [(read.kind, read.at, read.duration_min, read.text) for read in (one, two)]
    return known[0] == known[1] and facts[0] == facts[1] and all(who.match for who in one.whos)
