"""What can be opened of a record: links, mail addresses, numbers, and what came attached; it is shown before it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_cli import opener, places, wording
from crm_cli.errors import CrmError
from crm_cli.i18n import t
from crm_cli.opener import as_target
from crm_cli.services import attachment_files, attachments
from crm_cli.tui.dialogs.choice import Choice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from crm_cli.domain.attachment import Attachment
    from crm_cli.domain.who import Match
    from crm_cli.tui.screens.page import Page
    from crm_cli.tui.session import Session

_MOST = 9  # links of a record
_MOST_FILES = 50  # attachments in a dialog; `crm files` lists all


def targets(record: Any) -> list[str]:
    """Return the links of a record, each once: web pages first."""
    return list(dict.fromkeys(_all(record)))[:_MOST]


def _all(record: Any) -> Iterator[str]:
    for value in [getattr(record, "url", None) or "", *(link.value for link in getattr(record, "urls", ()))]:
        target = as_target(value)
        if target is not None:
            yield target
    for mail in getattr(record, "emails", ()):
        target = as_target(f"mailto:{mail.value}")
        if target is not None:
            yield target
    for phone in getattr(record, "phones", ()):
        digits = "".join(sign for sign in (phone.e164 or phone.value) if sign in "+0123456789")
        if digits.strip("+"):
            yield f"tel:{digits}"


def ask(page: Page, matches: Iterable[Match]) -> None:
    """Show what can be opened of the first record that has something, and open what is chosen."""
    name = ""
    for match in matches:
        name = match.name
        links = targets(_record(page.session, match))
        files = attachments.of_record(page.session.store, match)
        if links or files:
            _ask(page, links, files)
            return
    if name:
        page.crm.tell(t("{name} has no link, mail address, number or attachment.", name=name))


def ask_for(page: Page, matches: Iterable[Match], scheme: str, none: str) -> None:
    """Show the links of one scheme of the first record that has some, and open what is chosen; else tell `none`."""
    name = ""
    for match in matches:
        name = match.name
        links = [link for link in targets(_record(page.session, match)) if link.startswith(scheme)]
        if links:
            _ask(page, links, [])
            return
    if name:
        page.crm.tell(t(none, name=name))


def _record(session: Session, match: Match) -> Any:
    if match.kind in ("contact", "company"):
        return next((record for _, record in session.records(match.kind, [match.row])), None)
    return session.card(match) if match.kind == "event" else None


def _ask(page: Page, links: list[str], files: list[Attachment]) -> None:
    answers = [(link, link) for link in links] + [(str(one.number), label(one)) for one in files[:_MOST_FILES]]

    def put(answer: str | None) -> None:
        if answer is not None:
            chosen = files[int(answer) - 1] if answer.isdecimal() else None
            _told(page, lambda: _open(page, answer if chosen is None else chosen))

    page.app.push_screen(Choice(t("Open"), answers), put)


def label(one: Attachment) -> str:
    """Return an attachment as it is shown before it is opened: `bench.jpg · image/jpeg · 38 kB`."""
    size = "" if one.size is None else wording.size(one.size)
    state = t("damaged") if one.damaged else ""
    named = "" if one.link and one.link.rstrip().endswith(one.name) else one.name
    parts = (wording.word(one.kind), named, one.type or "", size, one.link or "", state)
    return " · ".join(part for part in parts if part)


def _told(page: Page, do: Callable[[], None]) -> None:
    """Do something with a file or program and tell what hindered it."""
    try:
        do()
    except CrmError as error:
        page.crm.tell_error(error)


def _open(page: Page, chosen: str | Attachment) -> None:
    ctx = page.session.ctx
    link = chosen if isinstance(chosen, str) else chosen.link
    if link is not None:
        opener.open_target(link, ctx.config.opener)
        page.crm.tell(t("Opened: {target}", target=link))
    elif not isinstance(chosen, str):
        written = attachment_files.lay_out(chosen, places.folder("cache"), ctx.now())
        if attachment_files.needs_question(written):
            _question(page, written)
        else:
            _open_file(page, written)


def _question(page: Page, written: Attachment) -> None:
    """Ask before a file is opened that a desktop may run as a program."""
    said = t("“{name}” was saved but not opened: a desktop may run it as a program. It is here: {path}",
             name=written.name, path=written.path)  # fmt: skip

    def put(answer: str | None) -> None:
        if answer == "open":
            _told(page, lambda: _open_file(page, written))
        else:
            page.crm.tell(said)

    answers = [("leave", t("do not open it")), ("open", t("open it all the same"))]
    page.app.push_screen(Choice(t("Open {name}?", name=written.name), answers, said), put)


def _open_file(page: Page, written: Attachment) -> None:
    assert written.path is not None
    opener.open_file(written.path, page.session.ctx.config.opener)
    page.crm.tell(t("Opened: {target}", target=written.name))
