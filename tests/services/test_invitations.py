"""Messages about appointments are acted on only when asked, and older ones never."""

from __future__ import annotations

import json
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from tests.importers.calendars import calendar, event, only

BASE = ("UID:u1", "DTSTAMP:20251101T080000Z", "SUMMARY:Demo", "ORGANIZER:mailto:boss@example.org")


def message(method: str, *lines: str, day: int = 20, sequence: int = 0) -> bytes:
    start = f"DTSTART;TZID=Europe/Berlin:202511{day}T090000"
    end = f"DTEND;TZID=Europe/Berlin:202511{day}T100000"
    guest = "ATTENDEE;X-FOO=1;PARTSTAT=NEEDS-ACTION:mailto:me@example.org"
    return calendar(event(*BASE, start, end, f"SEQUENCE:{sequence}", guest, *lines), method=method).encode()


def apply(crm, data: bytes) -> list[str]:
    result = crm("event", "apply", "-", "--json", stdin=data)
    assert result.code == 0, result
    return [one["action"] for one in result.json]


def test_a_request_is_added_moved_and_cancelled(crm) -> None:
    assert apply(crm, message("REQUEST")) == ["added"]
    assert apply(crm, message("REQUEST", day=21, sequence=1)) == ["updated"]
    assert apply(crm, message("REQUEST", day=22, sequence=0)) == ["older"]
    (one,) = crm("event", "list", "--json").json
    assert one["start"] == "2025-11-21T09:00:00+01:00"
    assert apply(crm, message("COUNTER", day=24, sequence=1)) == ["moved"]
    assert crm("agenda", "24.11.", "--json").json[0]["title"] == "Demo"
    assert apply(crm, message("CANCEL", sequence=2)) == ["cancelled"]
    assert crm("agenda", "24.11.", "--json").json == []


def test_a_message_about_an_unknown_event_changes_nothing(crm) -> None:
    for method in ("CANCEL", "REPLY", "COUNTER", "REFRESH"):
        assert apply(crm, message(method)) == ["unknown"]
    assert crm("event", "list", "--json").json == []


def test_one_of_a_series_is_cancelled_alone(crm) -> None:
    apply(crm, message("REQUEST", "RRULE:FREQ=DAILY;COUNT=3"))
    assert apply(crm, message("CANCEL", "RECURRENCE-ID:20251121T080000Z", day=21)) == ["cancelled"]
    days = [one["start"][:10] for one in crm("agenda", "10 days", "--json").json]
    assert days == ["2025-11-20", "2025-11-22"]


def test_an_answer_is_noted_in_its_line(crm) -> None:
    apply(crm, message("REQUEST"))
    reply = message("REPLY").replace(b"NEEDS-ACTION", b"ACCEPTED")
    assert apply(crm, reply) == ["answered"]
    text = crm("export", "calendar").out
    assert "ATTENDEE;X-FOO=1;PARTSTAT=ACCEPTED:mailto:me@example.org" in text


def test_a_reply_names_only_who_answers(crm) -> None:
    other = "ATTENDEE:mailto:other@example.org"
    result = crm(
        "event", "reply", "-", "--answer", "declined", "--as", "ME@example.org", stdin=message("REQUEST", other)
    )
    assert result.code == 0
    draft = only(result.raw)
    assert draft.method == "REPLY"
    (item,) = draft.items
    assert (item.uid, item.start) == ("u1", "2025-11-20T09:00:00+01:00")
    assert [(one.email, one.status) for one in item.attendees if not one.organizer] == [("me@example.org", "declined")]
    assert "other@example.org" not in result.out
    (one,) = crm("event", "list", "--json").json
    assert {guest["email"]: guest["status"] for guest in one["attendees"]}["me@example.org"] == "declined"


@pytest.mark.parametrize("data", [b"", b"hello", calendar().encode(), message("CANCEL")])
def test_what_is_no_invitation_is_not_answered(crm, data: bytes) -> None:
    result = crm("event", "reply", "-", "--json", stdin=data)
    assert result.code in (2, 6)
    assert json.loads(result.err)["error"]["message"]


def test_several_guests_need_a_name(crm) -> None:
    other = "ATTENDEE:mailto:other@example.org"
    assert crm("event", "reply", "-", "--json", stdin=message("REQUEST", other)).code == 2
    assert crm("event", "list", "--json").json == []


def mailed(charset: str = "utf-8") -> bytes:
    """Return a request as mail programs send it: as text in base64, and again as an attachment."""
    mail = EmailMessage()
    mail["Subject"] = "Demo"
    mail.set_content("You are invited.")
    text = message("REQUEST").decode().replace("SUMMARY:Demo", "SUMMARY:Vorführung")
    mail.add_alternative(text, subtype="calendar", cte="base64", charset=charset, params={"method": "REQUEST"})
    mail.add_attachment(text.encode(), maintype="application", subtype="ics", filename="invite.ics")
    return mail.as_bytes()


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_an_invitation_is_read_from_its_mail(crm, charset: str) -> None:
    assert apply(crm, mailed(charset=charset)) == ["added"]
    assert {one["title"] for one in crm("event", "list", "--json").json} == {"Vorführung"}


def test_an_answer_goes_as_a_mail_to_the_organiser(crm, tmp_path) -> None:
    path = tmp_path / "reply.eml"
    result = crm("event", "reply", "-", "--answer", "tentative", "-o", str(path), "--lang", "de", stdin=mailed())
    assert result.code == 0, result
    mail = message_from_bytes(path.read_bytes(), policy=default)
    assert (mail["From"], mail["To"], mail["Subject"]) == (
        "me@example.org", "boss@example.org", "vorläufig: Vorführung",
    )  # fmt: skip
    (part,) = (part for part in mail.walk() if part.get_content_type() == "text/calendar")
    assert part.get_param("method") == "REPLY"
    assert only(part.get_payload(decode=True)).items[0].attendees[-1].status == "tentative"
    assert apply(crm, path.read_bytes()) == ["answered"]
    to_stdout = crm("event", "reply", "-", "--mail", stdin=message("REQUEST"))
    assert b'method="REPLY"' in to_stdout.raw


def test_a_hostile_organiser_adds_no_header(crm) -> None:
    data = message("REQUEST").replace(b"mailto:boss@example.org", b"mailto:a@b.c\\nBcc: x@y.z")
    result = crm("event", "reply", "-", "--mail", stdin=data)
    assert result.code == 0, result
    mail = message_from_bytes(result.raw, policy=default)
    assert (mail["Bcc"], mail["To"]) == (None, None)
