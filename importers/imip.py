"""Calendars in mails (iMIP, RFC 6047): invitations as they come, answers as they go."""

from __future__ import annotations

import io
import re

from importers import ical

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage
    from typing import BinaryIO

    from crm_cli.domain.draft import Refusal
    from crm_cli.domain.ical_item import CalendarDraft, CalendarText

_TYPES = ("text/calendar", "application/ics")
_HEADER = re.compile(rb"(?:From [^\n]*\n)?[!-9;-~]+:")
_START = 4096


def read(stream: BinaryIO, *, source: str) -> Iterator[CalendarDraft | Refusal]:
    """Read the calendars of a mail, or of a calendar file as it is; equal parts of a mail count once."""
    data = stream.read()
    parts = list({part.strip(): part for part in _calendars(data)}.values()) if _is_mail(data) else [data]
    yield from ical.read(io.BytesIO(b"\n".join(parts)), source=source)


def _is_mail(data: bytes) -> bool:
    start = data[:_START].lstrip()
    return _HEADER.match(start) is not None and start[:5].upper() != b"BEGIN" and b"content-type:" in data.lower()


def _calendars(data: bytes) -> Iterator[bytes]:
    """Yield the calendars of a mail in UTF-8; programs send them as text and again as an attachment."""
    from email import message_from_bytes
    from email.policy import default

    for part in message_from_bytes(data, policy=default).walk():
        if part.get_content_type() in _TYPES or (part.get_filename() or "").lower().endswith(".ics"):
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                yield _utf8(payload, part.get_content_charset() or "utf-8")


def _utf8(payload: bytes, charset: str) -> bytes:
    try:
        payload = payload.decode(charset).encode("utf-8")
    except (LookupError, UnicodeError):
        pass
    return payload.replace(b"\r\n", b"\n")


def write(
    calendar: CalendarText, *, method: str, sender: str, receiver: str | None, subject: str, text: str, date: str
) -> bytes:
    """Return a mail that holds a message about an appointment, and a text for programs that know nothing of those.

    `date` is that of the header (RFC 5322).
    """
    from email.message import EmailMessage
    from email.policy import SMTP

    message = EmailMessage(policy=SMTP)
    for name, value in (("From", sender), ("To", receiver), ("Subject", subject), ("Date", date)):
        if value:
            _head(message, name, " ".join(value.split()))
    message.set_content(text)
    message.add_alternative(b"".join(ical.write([calendar])).decode(), subtype="calendar", params={"method": method})
    return message.as_bytes()


def _head(message: EmailMessage, name: str, value: str) -> None:
    """Set a header; an address no mail program would take is left out."""
    if name in ("From", "To") and not re.fullmatch(r"[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+", value):
        return
    message[name] = value
