"""The fields of an appointment as a form, and what was typed into it as the input of `edit`."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from crm_cli.domain.event import length_of, moment_of
from crm_cli.domain.event_line import read_alarm
from crm_cli.errors import UsageError
from crm_cli.i18n import language, t
from crm_cli.services import resolve
from crm_cli.store.links import LinkChange
from crm_cli.tui import work_form
from crm_cli.tui.dialogs.form import FormField

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from crm_cli.domain.event import Event
    from crm_cli.tui.session import Session

_TEXTS = ("title", "location", "url", "status", "description", "repeat")
_CLEARED = ("location", "url", "status", "description", "repeat", "company")
_YES = ("yes", "ja", "y", "j", "busy")
_NO = ("no", "nein", "n", "free", "frei")


def fields(event: Event, start: str | None) -> list[FormField]:
    """Return the fields of an appointment; `start` is that of the time shown, of a series one of many."""
    minutes = int(length_of(event.start, event.end).total_seconds() // 60)
    timed = start is not None and len(start) > 10
    last = None
    if start is not None and not timed:
        last = (moment_of(start) + length_of(event.start, event.end) - timedelta(days=1)).isoformat()
    return [
        FormField("title", "What", event.title),
        FormField("start", "Start", _shown(start)),
        *([FormField("duration", "Duration", length(minutes))] if timed else []),
        *([FormField("until", "Last day", _shown(last))] if last is not None else []),
        FormField("location", "Where", event.location or ""),
        FormField("contacts", "Contacts", "; ".join(one.name for one in event.contacts)),
        FormField("company", "Company", event.company.name if event.company is not None else ""),
        FormField("repeat", "Repeat", event.rule or ""),
        FormField("alarms", "Reminders", ", ".join(length(minutes) for minutes in event.alarms)),
        FormField("busy", "Takes time", t("no") if event.free else t("yes")),
        FormField("status", "Status", event.status or ""),
        FormField("tags", "Tags", ", ".join(event.tags)),
        FormField("url", "Link", event.url or ""),
        FormField("description", "Details", event.description or "", long=True),
    ]


def _shown(start: str | None) -> str:
    """Return a start as it can be typed again."""
    if start is None:
        return ""
    moment = moment_of(start)
    day = f"{moment.day}.{moment.month}.{moment.year}" if language() == "de" else start[:10]
    return f"{day} {moment:%H:%M}" if isinstance(moment, datetime) else day


def length(minutes: int) -> str:
    """Return minutes as they can be typed: `45m`, `1h30`, `2d`."""
    if minutes % 1440 == 0:
        return f"{minutes // 1440}d" if minutes else "0"
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}m"
    return f"{hours}h{rest:02}" if rest else f"{hours}h"


def changes(session: Session, event: Event, changed: Mapping[str, str]) -> dict[str, Any]:
    """Return what was typed as the keywords of `services.events.edit`; raises UsageError, NotFound or Ambiguous."""
    if "" in (changed.get("title"), changed.get("until")):
        raise UsageError("This field can't be empty.")
    values: dict[str, Any] = {name: changed[name] for name in _TEXTS if changed.get(name)}
    values["clear"] = [name for name in _CLEARED if changed.get(name) == ""]
    if changed.get("start"):
        values["start"] = work_form.when(session, changed["start"])
    if changed.get("duration"):
        values["duration_min"] = read_alarm(changed["duration"])
    if changed.get("until"):
        values["until"] = _day(work_form.when(session, changed["until"]))
    if changed.get("company"):
        values["company_row"] = resolve.one(session.store, changed["company"], kinds=("company",)).row
    if "busy" in changed:
        values["free"] = _is_free(changed["busy"])
    if "alarms" in changed:
        given = [read_alarm(word) for word in _parts(changed["alarms"])]
        values["alarms"] = [one for one in given if one not in event.alarms]
        values["remove_alarms"] = [one for one in event.alarms if one not in given]
    if "contacts" in changed or "tags" in changed:
        values["linked"] = _linked(session, event, changed)
    return values


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _is_free(text: str) -> bool:
    word = text.casefold()
    if word in _YES:
        return False
    if word in _NO:
        return True
    raise UsageError("“{text}” is neither yes nor no.", text=text)


def _linked(session: Session, event: Event, changed: Mapping[str, str]) -> LinkChange:
    """Return which people and tags are new and which are gone; a name that stayed is not looked up again."""
    people = _parts(changed["contacts"], ";") if "contacts" in changed else [one.name for one in event.contacts]
    tags = _parts(changed["tags"]) if "tags" in changed else list(event.tags)
    known = [one.name for one in event.contacts]
    return LinkChange(
        [resolve.one(session.store, name, kinds=("contact",)).row for name in people if name not in known],
        [tag for tag in tags if tag not in event.tags],
        [session.by_id(one.id, "contact").row for one in event.contacts if one.id and one.name not in people],
        [tag for tag in event.tags if tag not in tags],
    )


def _parts(text: str, sign: str = ",") -> Sequence[str]:
    # A name may hold a comma: `Müller, Hans`.
    return [part.strip() for part in text.split(sign) if part.strip()]
