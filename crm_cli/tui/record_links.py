"""What can be opened of a record: web pages, mail addresses, numbers. The real target is shown before it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_cli.errors import CrmError
from crm_cli.i18n import t
from crm_cli.opener import as_target, open_target
from crm_cli.tui.dialogs.choice import Choice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.tui.screens.page import Page

_MOST = 9  # answers that have a digit


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


def ask(page: Page, record: Any, name: str) -> None:
    """Show what can be opened of a record and open what is chosen."""
    found = targets(record)
    if not found:
        page.crm.tell(t("{name} has no link, mail address or number.", name=name))
        return

    def put(target: str | None) -> None:
        if target is None:
            return
        try:
            open_target(target, page.session.ctx.config.opener)
        except CrmError as error:
            page.crm.tell_error(error)
        else:
            page.crm.tell(t("Opened: {target}", target=target))

    page.app.push_screen(Choice(t("Open"), [(target, target) for target in found]), put)
