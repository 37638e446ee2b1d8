"""What an import decides, below the command line: who is asked, what counts as the same, what survives a stop."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.domain import sync_card
from crm_cli.domain.contact import Email, Phone
from crm_cli.domain.draft import ContactDraft
from crm_cli.domain.transfer import ADD, SKIP, UPDATE, aligned
from crm_cli.errors import Conflict
from crm_cli.services import journal, transfer
from crm_cli.services.import_content import content_of
from crm_cli.services.import_reading import Options, Reading, Source, sources
from crm_cli.store import contacts
from crm_cli.store.store import Store
from importers import abook

NOW = datetime(2025, 11, 19, 9, 0, tzinfo=UTC)
LATER = datetime(2025, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path):
    with Store.open(str(tmp_path / "crm.db"), command="crm import") as opened:
        yield opened


def card(name: str, **lines: str) -> str:
    body = "".join(f"{key}:{value}\n" for key, value in lines.items())
    return f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nN:{name};;;;\n{body}END:VCARD\n"


def load(store: Store, tmp_path: Path, text: str, **more) -> transfer.Imported:
    path = tmp_path / "a.vcf"
    path.write_text(text, encoding="utf-8")
    return transfer.import_files(store, sources=[Source(str(path))], options=Options(), now=LATER, **more)


def titles(store: Store) -> list[str | None]:
    return [contact.title for contact in contacts.list(store.connection)]


@pytest.mark.parametrize(
    ("answer", "counts", "found"),
    [(UPDATE, (0, 1, 1), ["new", None]), (SKIP, (0, 0, 2), ["old", None]), (ADD, (1, 0, 1), ["old", "new", None])],
)
def test_the_user_decides_for_each_difference(store, tmp_path, answer, counts, found) -> None:
    load(store, tmp_path, card("Ada", UID="1", TITLE="old") + card("Bob", UID="2"))
    asked = []

    def ask(draft: ContactDraft, name: str) -> str:
        asked.append((draft.title, name))
        return answer

    result = load(store, tmp_path, card("Ada", UID="1", TITLE="new") + card("Bob", UID="2"), ask=ask)
    assert (result.new, result.changed, result.same) == counts
    assert titles(store) == found
    assert asked == [("new", "Ada")]


def test_all_batches_are_one_change_set(store, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(transfer, "_BATCH", 3)
    cards = [card(f"Person {number}", UID=str(number), ORG=f"Firm {number % 3}") for number in range(10)]
    result = load(store, tmp_path, "".join(cards))
    assert result.new == 10
    ((number,),) = store.connection.execute("SELECT DISTINCT change_set_id FROM change")
    assert number == result.change_set
    changed = [text.replace("END:", "TITLE:x\nEND:") for text in cards]
    assert load(store, tmp_path, "".join(changed)).changed == 10
    journal.undo(store, now=LATER)
    journal.undo(store, now=LATER)
    assert titles(store) == []


def test_an_import_that_was_undone_while_it_ran_stops(store, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(transfer, "_BATCH", 2)
    cards = "".join(card(f"Person {number}") for number in range(6))

    def advance(_: int) -> None:
        if len(titles(store)) == 2:
            journal.undo(store, now=LATER)

    with pytest.raises(Conflict):
        load(store, tmp_path, cards, advance=advance)
    assert titles(store) == []
    assert load(store, tmp_path, cards).new == 6


def test_a_stopped_import_keeps_whole_batches_and_can_be_run_again(store, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(transfer, "_BATCH", 2)
    cards = "".join(card(f"Person {number}", UID=str(number)) for number in range(6))

    def advance(_: int) -> None:
        if len(titles(store)) == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(store, tmp_path, cards, advance=advance)
    assert len(titles(store)) == 4
    again = load(store, tmp_path, cards)
    assert (again.new, again.changed, again.same) == (2, 0, 4)


def test_the_surest_match_of_the_whole_file_wins(store, tmp_path) -> None:
    load(store, tmp_path, card("Ada", UID="1", EMAIL="ada@example.org"))
    # The first card shares the mailbox, the last one is the very record.
    result = load(store, tmp_path, card("Eve", EMAIL="ada@example.org") + card("Ada", UID="1", EMAIL="ada@example.org"))
    assert (result.new, result.changed, result.same) == (1, 0, 1)
    assert len(result.pairs) == 1


def test_a_pair_somebody_rejected_is_not_offered_again(store, tmp_path) -> None:
    text = card("Ada", UID="1", EMAIL="a@example.org") + card("Ada", UID="2", EMAIL="a@example.org")
    ((first, second),) = load(store, tmp_path, text).pairs
    with store.transaction(NOW):
        store.connection.execute(
            "INSERT INTO not_duplicate (first_uid, second_uid) VALUES (?, ?)", sorted((first, second))
        )
    result = load(store, tmp_path, text + card("Ada", UID="3", EMAIL="a@example.org"))
    assert [first in pair for pair in result.pairs] == [True]


def test_a_card_without_uid_keeps_the_one_it_was_given(store, tmp_path) -> None:
    load(store, tmp_path, card("Ada Lovelace", EMAIL="ada@example.org"))
    (before,) = store.connection.execute("SELECT uid FROM card").fetchone()
    load(store, tmp_path, card("Ada Lovelace", EMAIL="ada@example.org", TITLE="CTO"))
    assert store.connection.execute("SELECT uid, count(*) FROM card").fetchone() == (before, 1)


def test_two_origins_of_one_record_are_kept_apart(store, tmp_path) -> None:
    load(store, tmp_path, card("Ada Lovelace", UID="1", EMAIL="ada@example.org", TITLE="CTO", NOTE="kept"))
    path = tmp_path / "a.csv"
    path.write_text("Name,E-Mail,Mobile\nAda Lovelace,ada@example.org,+49 171 1\n", encoding="utf-8")
    for _ in range(2):  # what the table has no column for is not taken away, then or later
        transfer.import_files(store, sources=[Source(str(path))], options=Options(), now=LATER)
        (ada,) = contacts.list(store.connection)
        assert (ada.title, ada.notes, [phone.value for phone in ada.phones]) == ("CTO", "kept", ["+49 171 1"])
        path.write_text("Name,E-Mail\nAda Lovelace,ada@example.org\n", encoding="utf-8")


def test_files_of_a_folder_come_in_order_and_hidden_ones_do_not(tmp_path) -> None:
    for name in ("b.vcf", "a.vcf", ".hidden", "displayname", "c.vcf~"):
        (tmp_path / name).write_text("x")
    assert [source.label for source in sources([str(tmp_path)])] == ["a.vcf", "b.vcf"]


def test_a_file_that_is_no_ordinary_one_is_refused(tmp_path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe")
    (refused,) = Reading(Source(str(tmp_path / "pipe")), Options()).items()
    assert refused.line == 0


def test_the_same_content_has_the_same_hash_whatever_its_order_and_revision() -> None:
    def content(raw: str) -> str:
        return content_of(ContactDraft(name="A", raw=raw, raw_format="vcard-3.0"), "vcard").content_hash

    one = "BEGIN:VCARD\nVERSION:3.0\nFN:A\nTEL:1\nREV:1\nEND:VCARD"
    assert content(one) == content("BEGIN:VCARD\nVERSION:3.0\nPRODID:x\nTEL:1\nFN:A\nREV:2\nEND:VCARD")
    assert content(one) != content(one.replace("TEL:1", "TEL:2"))


# Words without surprises in them, so that two are the same only if they look so.
_WORDS = st.text("abcäöü ", min_size=1, max_size=6).map(lambda text: " ".join(text.split()) or "a")
_EMAILS = st.lists(st.builds(Email, value=_WORDS, label=st.sampled_from([None, "work"]), preferred=st.booleans()))


@given(emails=_EMAILS, tags=st.lists(_WORDS), order=st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=100)
def test_what_the_store_only_keeps_in_another_form_is_no_edit(emails, tags, order) -> None:
    card = sync_card.facts_of(ContactDraft(name="A", company="Bau GmbH & Co. KG", emails=emails, tags=tags), "contact")
    kept = list(emails)
    order.shuffle(kept)
    if kept and not any(email.preferred for email in emails):
        kept[kept.index(emails[0])] = emails[0].changed(preferred=True)
    spelled = list({tag.casefold(): tag.upper() for tag in tags}.values())
    record = sync_card.facts_of(
        ContactDraft(name="A", company="BAU GmbH und Co KG", emails=kept, tags=spelled), "contact"
    )
    assert aligned(card, record) == card


@given(
    name=_WORDS, emails=st.lists(_WORDS.map(lambda word: word.replace(" ", "") + "@x.de"), unique=True), notes=_WORDS
)
@settings(deadline=None, max_examples=50)
def test_abook_gives_back_what_it_can_hold(name, emails, notes) -> None:
    draft = ContactDraft(name=name, emails=[Email(email) for email in emails], notes=notes)
    draft.phones = [Phone("0821 1", None, "home"), Phone("0171 2", None, "mobile"), Phone("3", None, "work fax")]
    (read,) = abook.read(io.BytesIO(b"".join(abook.write([draft]))), source="a")
    assert (read.name, [email.value for email in read.emails], read.notes) == (name, emails, notes)
    assert [(phone.value, phone.label) for phone in read.phones] == [
        ("0821 1", "home"),
        ("0171 2", "mobile"),
        ("3", "fax"),
    ]


def test_abook_refuses_what_is_no_entry() -> None:
    data = b"[format]\nprogram=abook\n\n[0]\nname=Ada\nnonsense\n\n[1]\nphone=1\n\n[2]\nemail=b@x.de\n"
    assert abook.sniff(data, "")
    items = list(abook.read(io.BytesIO(data), source="a"))
    assert [getattr(item, "name", None) or item.line for item in items] == [6, "Ada", 8, "b@x.de"]
