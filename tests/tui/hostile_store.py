"""A store in which every text is hostile: names, titles, notes, tags, entries, follow-ups, deals, appointments."""

from __future__ import annotations

from pathlib import Path

from crm_cli.context import AppContext
from crm_cli.store import cards
from crm_cli.store.store import Store, new_uid
from tests.contracts.hostile import HOSTILE
from tests.services import book

# Everything at once: what is looked for are sequences, so one text stands for all.
ALL = "".join(text for text in HOSTILE if len(text) < 1000)
HUB = "Aaron Hub"
_NOTE_CHARACTERS = 9_000_000
_DAYS = range(16, 21)  # of November 2026, the week the clock stands in
_NAME = 60  # characters of a file name; each may take four bytes of the 255
_LINK, _LINKS = 380, 24  # characters of a link, and how many: a dialog shows 50 attachments
_FILES = 50  # as many refused ones are listed


def fill(ctx: AppContext) -> None:
    """Write the texts into every kind of record, and all of them about one person."""
    store = ctx.store
    stages = [stage["name"] for stage in ctx.config.deal_stages]
    with store.transaction(ctx.now()):
        firm = book.insert(store, "company", name=f"Hub {ALL}", notes=ALL)
        hub = book.insert(
            store, "contact", name=HUB, title=ALL, department=ALL, notes="x\x1b[31m" * (_NOTE_CHARACTERS // 6)
        )
        book.insert(store, "employment", contact_id=hub, company_id=firm, title=ALL)
        _attach(store, hub)
        everything = book.insert(
            store, "contact", name=f"Müller {ALL}", nickname=ALL, title=ALL, notes=ALL, birthday="1980-11-19"
        )
        book.insert(store, "employment", contact_id=everything, company_id=firm, title=ALL)
        for number, hostile in enumerate(HOSTILE):
            text = f"{number:03} {hostile}"  # so that all are seen to be there
            person = _party(store, text, hub)
            _work(store, text, people=(hub, person), firm=firm, stage=stages[number % len(stages)], number=number)
        long = book.insert(
            store, "interaction", kind="note", at="2026-11-19", all_day=1, text="lang\x9b31m " * (_NOTE_CHARACTERS // 9)
        )
        book.insert(store, "interaction_contact", interaction_id=long, contact_id=hub)


def _attach(store: Store, hub: int) -> None:
    """Give the person a card whose attachments are called by the texts, and have them as links."""
    text = ALL.replace("\n", " ").replace('"', "'")
    pieces = [text[start : start + _LINK] for start in range(0, len(text), _LINK)][:_LINKS]
    names = [f'PHOTO;ENCODING=b;TYPE=JPEG;X-FILENAME="{piece}":/9j/4AAQ' for piece in pieces]
    links = [f"LOGO:https://x.example/{piece}" for piece in pieces]
    body = "\n".join(["BEGIN:VCARD", "VERSION:3.0", f"FN:{HUB}", *names, *links, "END:VCARD"])
    cards.add_many(store.connection, "contact", [hub], [cards.NewCard(None, "vcard-3.0", body, "hub", "hub")])


def _party(store: Store, text: str, hub: int) -> int:
    """Add a person and a firm of this name, and the text as a tag and an address of theirs; return the person."""
    firm = book.insert(store, "company", name=text)
    person = book.insert(store, "contact", name=text, title=text, notes=text, owner=text[:200])
    book.insert(store, "employment", contact_id=person, company_id=firm, title=text)
    book.insert(store, "email", contact_id=person, value=f"{text[:100]}@x.example", folded=text[:100])
    book.insert(store, "tag", name=text, contact_id=person)
    store.connection.execute("INSERT OR IGNORE INTO tag (name, contact_id) VALUES (?, ?)", (text, hub))
    return person


def _work(store: Store, text: str, *, people: tuple[int, int], firm: int, stage: str, number: int) -> None:
    """Add an entry, a follow-up, a deal and an appointment of this text."""
    entry = book.insert(
        store,
        "interaction",
        kind="note",
        at=f"2026-11-18T{number % 10 + 9:02}:00:00+01:00",
        text=text,
        details=text,
        raw=text,
    )
    for person in people:
        book.insert(store, "interaction_contact", interaction_id=entry, contact_id=person)
    hub = people[0]
    task = book.insert(store, "task", text=text, due="2026-11-17", company_id=firm)
    book.insert(store, "task_contact", task_id=task, contact_id=hub)
    deal = book.insert(store, "deal", title=text, stage=stage, company_id=firm, value_minor=100, currency="EUR")
    book.insert(store, "deal_contact", deal_id=deal, contact_id=hub)
    day = f"2026-11-{_DAYS[number % len(_DAYS)]:02}"
    event = book.insert(
        store,
        "event",
        uid=new_uid(),
        created_at=book.STAMP,
        updated_at=book.STAMP,
        title=text,
        location=text,
        description=text,
        start_at=f"{day}T{number % 20:02}:00:00+01:00",
        end_at=f"{day}T{number % 20:02}:30:00+01:00",
        first_day=day,
        last_day=day,
    )
    book.insert(store, "event_contact", event_id=event, contact_id=hub)


def files(folder: Path) -> list[Path]:
    """Make folders of unreadable address books whose names hold the texts, so many in each as are listed."""
    text = "".join(HOSTILE).replace("/", "")
    names = [text[start : start + _NAME] for start in range(0, len(ALL), _NAME)]
    made = []
    for start in range(0, len(names), _FILES):
        made.append(folder / f"files{start}")
        made[-1].mkdir()
        for number, name in enumerate(names[start : start + _FILES]):
            (made[-1] / f"{number}{name}.vcf").write_text("BEGIN:VCARD\nx\n")
    return made
