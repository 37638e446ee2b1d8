"""The visit report of a day, as Markdown, HTML or the draft of a mail.

The page prints well; a PDF is what a browser's printing makes of it, and no dependency.
"""

from __future__ import annotations

from datetime import date
from html import escape

from crm_cli import wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from crm_cli.domain.interaction import Interaction
    from crm_cli.domain.visit import DayReport

    Translate = Callable[..., str]

_MARKDOWN = "\\`*_{}[]<>#|"
_STYLE = (
    "body{font-family:sans-serif;max-width:45em;margin:2em auto}th{text-align:left;padding-right:1em}"
    "@media print{body{margin:0;max-width:none}h2{break-after:avoid}p,li{orphans:3;widows:3}}"
)


def title(report: DayReport, t: Translate) -> str:
    """Return what the report is called."""
    return t("Visit report {date}, {owner}", date=_day(report.date), owner=report.owner)


def facts(report: DayReport, t: Translate) -> list[tuple[str, str]]:
    """Return the figures of the day as pairs of label and value."""
    return [
        (t("Log entries"), ", ".join(f"{count} × {t(kind)}" for kind, count in report.kinds.items()) or "0"),
        (t("Hours"), _figure(report.hours)),
        (t("Kilometres"), _figure(report.distance_km)),
        (t("Follow-ups"), str(report.followups)),
    ]


def heading(entry: Interaction, t: Translate) -> str:
    """Return when, what and with whom an entry was."""
    clock = "" if entry.all_day else entry.at[11:16]
    names = [person.name for person in entry.contacts]
    firm = [entry.company.name] if entry.company else []
    parts = [clock, t(entry.kind), ", ".join([*names, *firm])]
    if entry.duration_min:
        parts.append(f"{entry.duration_min} min")
    if entry.distance_km:
        parts.append(f"{_figure(entry.distance_km)} km")
    return " · ".join(part for part in parts if part)


def markdown(report: DayReport, t: Translate) -> str:
    """Return the report as Markdown; what was typed is no markup in it."""
    lines = [f"# {_plain(title(report, t))}", ""]
    lines += [f"- **{label}**: {_plain(value)}" for label, value in facts(report, t)]
    for entry in report.entries:
        lines += ["", f"## {_plain(heading(entry, t))}"]
        for text in _texts(entry):
            lines += ["", *(_plain(line) for line in text.split("\n"))]
        if entry.followups:
            lines += ["", *(f"- [ ] {_plain(_followup(one))}" for one in entry.followups)]
    if report.open_visits:
        lines += ["", f"## {t('Not reported yet')}", ""]
        lines += [f"- {visit.start[11:16]} {_plain(visit.title)}" for visit in report.open_visits]
    return "\n".join(lines) + "\n"


def html(report: DayReport, t: Translate, *, lang: str) -> str:
    """Return the report as a page of its own: no script, nothing from elsewhere."""
    name = escape(title(report, t))
    body = [f"<h1>{name}</h1>", "<table>"]
    body += [f"<tr><th>{escape(label)}</th><td>{escape(value)}</td></tr>" for label, value in facts(report, t)]
    body.append("</table>")
    for entry in report.entries:
        body.append(f"<h2>{escape(heading(entry, t))}</h2>")
        body += [f"<p>{escape(text).replace(chr(10), '<br>')}</p>" for text in _texts(entry)]
        if entry.followups:
            body.append("<ul>")
            body += [f"<li>{escape(_followup(one))}</li>" for one in entry.followups]
            body.append("</ul>")
    if report.open_visits:
        body.append(f"<h2>{escape(t('Not reported yet'))}</h2><ul>")
        body += [f"<li>{escape(visit.start[11:16])} {escape(visit.title)}</li>" for visit in report.open_visits]
        body.append("</ul>")
    return (
        f'<!doctype html>\n<html lang="{escape(lang)}"><head><meta charset="utf-8"><title>{name}</title>'
        f"<style>{_STYLE}</style></head>\n<body>\n" + "\n".join(body) + "\n</body></html>\n"
    )


def mail(report: DayReport, t: Translate, *, lang: str) -> bytes:
    """Return the report as a mail that a mail program opens as a draft: text and HTML, without a receiver."""
    from email.message import EmailMessage
    from email.policy import SMTP

    message = EmailMessage(policy=SMTP)
    message["Subject"] = " ".join(title(report, t).split())
    message["X-Unsent"] = "1"
    message.set_content(markdown(report, t))
    message.add_alternative(html(report, t, lang=lang), subtype="html")
    return message.as_bytes()


def _day(text: str) -> str:
    """Return an ISO date as people write it, with the year: a report is read later."""
    return wording.day(date.fromisoformat(text[:10]), date.min)


def _figure(value: float) -> str:
    return wording.number(f"{value:.2f}".rstrip("0").rstrip("."))


def _followup(followup: Any) -> str:
    return f"{_day(followup['due'])} {followup['text']}" if followup["due"] else str(followup["text"])


def _texts(entry: Any) -> list[str]:
    return [text for text in (entry.text, entry.details) if text]


def _plain(text: str) -> str:
    return "".join("\\" + sign if sign in _MARKDOWN else sign for sign in text)
