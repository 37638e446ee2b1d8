"""A small book of records, and for each command one line that does something in it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

# Lines that fill an empty store; together they make one record of every kind.
FILLING = (
    ("field", "add", "contact", "number", "number"),
    ("company", "add", "Ehrler Prüftechnik GmbH", "--phone", "0821/1234-0", "--tag", "customer"),
    ("company", "add", "Acme Inc."),
    ("contact", "add", "Hans Müller", "--company", "Ehrler Prüftechnik", "--email", "hans@ehrler.example",
     "--phone", "0821 12345-67", "--address", "Hauptstr. 1, 86150 Augsburg", "--tag", "fair", "--set", "number=12"),
    ("contact", "add", "Petra März", "--company", "Acme Inc.", "--birthday", "1990-04-12", "--notes", "likes tea"),
    ("contact", "add", "Bob Miller", "--company", "Acme Inc."),
    ("task", "add", "Send the quote", "--due", "fri", "--contact", "bob"),
    ("task", "add", "Sign the contract", "--due", "today 9:00"),
    ("task", "add", "Weekly report", "--due", "mon", "--repeat", "weekly"),
    ("deal", "add", "Test bench", "--contact", "hans", "--value", "12500", "--stage", "quote"),
    ("deal", "add", "Service", "--contact", "petra", "--value", "900"),
    ("cadence", "set", "hans", "30d"),
    ("segment", "save", "fair", "tag:fair"),
    ("contact", "relate", "bob", "knows", "petra"),
    ("contact", "add", "Vera Zeman", "--email", "vera@acme.example", "--phone", "0171 9876543"),
    ("contact", "add", "Vera Zeman", "--email", "vera@acme.example", "--phone", "0171 9876543", "--force"),
    ("event", "add", "friday 14:00 1h bob: review"),
    ("log", "visit hans yesterday 14:30 45m: saw the bench need:service req:quote +fair fu:fri send it"),
    ("log", "call from petra: asks for a date"),
    ("log", "visit nobody of this name: is kept as a draft"),
    ("contact", "add", "Undone Person"),
    ("undo",),
)  # fmt: skip

# One line (or several) for each command that changes the store: (words, stdin). `{file}` is a file to write,
# `{cards}` one with a vCard in it, `{invitation}` one with an iCalendar request.
WRITING: dict[str, tuple[tuple[str, ...], ...]] = {
    "log": (
        ("visit bob: was there value:20k phase:quote deal:bench fu:+3d call",),
        ("--last", "more of it"),
        ("--create", "visit Somebody New GmbH: hello"),
        ("--drafts", "drop", "1"),
        ("visit nobody known: refused",),
    ),
    "undo": ((), ("3",)),
    "redo": ((),),
    "contact add": (("Ada Lovelace", "--company", "Analytical Engines", "--email", "ada@example.org"),),
    "contact edit": (("hans", "--phone", "0171 5555", "--clear", "title", "--remove", "tag=fair"),),
    "contact delete": (("bob", "--yes"),),
    "contact merge": (("hans", "bob"),),
    "contact relate": (("hans", "knows", "petra"), ("bob", "knows", "petra", "--remove")),
    "company add": (("Neue Firma GmbH",),),
    "company edit": (("acme", "--address", "Weg 1, 86156 Augsburg", "--name", "Acme Corp."),),
    "company delete": (("acme", "--yes"),),
    "company merge": (("ehrler", "acme"),),
    "company relate": (("acme", "knows", "hans"),),
    "tag add": (("hans", "vip"),),
    "tag remove": (("hans", "fair"),),
    "tag rename": (("fair", "trade-fair"),),
    "field add": (("company", "colour", "choice", "--choice", "red", "--choice", "blue"),),
    "field remove": (("contact", "number"),),
    "segment save": (("tea", "tea"),),
    "segment delete": (("fair",),),
    "task add": (("Call", "back", "--due", "tomorrow", "--contact", "hans"),),
    "task done": (("Send the quote", "--log", "mail: sent"), ("Weekly report",)),
    "task edit": (("Send the quote", "--due", "+3d", "--priority", "high"),),
    "task delete": (("Send the quote",),),
    "task snooze": (("Send the quote", "+3d"),),
    "cadence set": (("petra", "2w"),),
    "cadence clear": (("hans",),),
    "deal add": (("Another one", "--contact", "bob", "--value", "5k"),),
    "deal edit": (("bench", "--value", "15k", "--expected", "eom"),),
    "deal move": (("bench", "negotiation"),),
    "deal won": (("bench",),),
    "deal lost": (("bench", "--reason", "too dear"),),
    "deal delete": (("service", "--yes"),),
    "dupes merge": (("--yes",),),
    "dupes reject": (("hans", "bob"),),
    "event add": (("tomorrow 9:00 1h hans: demo",),),
    "event edit": (
        ("review", "--location", "Augsburg"),
        ("review", "--repeat", "weekly"),
        ("review", "--on", "21.11.2025", "--start", "21.11.2025 15:00"),
    ),
    "event delete": (("review", "--on", "fri"), ("review",)),
    "event apply": (("{invitation}",),),
    "event reply": (("{invitation}", "--answer", "accepted", "--as", "me@example.org", "--output", "{file}"),),
    "remind": ((),),
    "restore": (("--latest", "--yes"),),
    "import": (("{cards}",),),
    # These write something else than the records, or a store of their own.
    "backup": ((), ("--output", "{file}")),
    "check": (("--repair",),),
    "demo": ((), ("--fresh",)),
    "config set": (("user.name", "Ada"),),
    # These need a terminal or a server; their dry runs are tried with their own tests.
    "tui": (),
    "mail add": (),
    "sync": (),
    "sync add": (),
    "sync remove": (),
    "sync conflicts": (),
}
INVITATION = "\r\n".join(
    (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//example//EN",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        "UID:review-2@example.org",
        "DTSTAMP:20251119T080000Z",
        "DTSTART:20251124T090000Z",
        "DTEND:20251124T100000Z",
        "SUMMARY:Second review",
        "ORGANIZER:mailto:boss@example.org",
        "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:me@example.org",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
)
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Vera Card\r\nN:Card;Vera;;;\r\nEMAIL:vera@example.org\r\nEND:VCARD\r\n"


class Book:
    """Fills one store and hands out copies of it: filling takes a while, copying does not."""

    def __init__(self, folder: Path) -> None:
        self._kept = folder / "book"

    def lay_out(self, crm, home: Path) -> None:
        """Put a filled store into an empty home."""
        if not self._kept.exists():
            for words in FILLING:
                result = crm(*words)
                assert result.code == (3 if "nobody" in words[-1] else 0), (words, result)
            assert crm("backup").code == 0
            shutil.copytree(home, self._kept)
        else:
            shutil.copytree(self._kept, home, dirs_exist_ok=True)
            os.chmod(home, 0o700)
