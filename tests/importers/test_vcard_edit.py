"""Edits of a kept card: the property and REV, nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from crm_cli.domain.contact import Address, Email, Link, Phone
from crm_cli.domain.draft import ContactDraft
from importers.vcard import patch, read_card
from tests.importers.corpus import card, only

RAW = card(
    "PRODID:-//Apple//EN",
    "N:Groß;Jörg;;;;extra;Jr.",
    "FN:Jörg Groß",
    "ORG:Firma;Einkauf;Süd",
    "item1.EMAIL;type=INTERNET;X-P=1:a@b.de",
    "item1.X-ABLabel:Büro",
    "EMAIL;TYPE=home:c@d.de",
    "TEL;TYPE=WORK,VOICE,PREF;X-SLOT=2:+49 821 1",
    'ADR;TYPE=WORK;LABEL="Weg 1\\nUlm":;;Weg 1;Ulm;;89073;DE;r;a;f;1;Weg;;;;;;',
    "NOTE:eins",
    "NOTE:zwei",
    "CATEGORIES:vip,messe",
    "CATEGORIES:alt",
    "BDAY;VALUE=text:circa 1980",
    "X-ODD;P=q:v\\,w",
    "noise",
    "REV:20200101T000000Z",
)
REV = "20261122T101500Z"


def edited(raw: str, **changes: Any) -> tuple[list[str], list[str]]:
    """Edit a card; give the lines that went and those that came, REV left out."""
    draft = only(raw)
    assert draft.raw is not None
    before = draft.raw.split("\n")
    after = patch(draft.raw, draft, replace(draft, **changes), rev=REV).split("\n")
    assert f"REV:{REV}" in after
    gone = [line for line in before if line not in after and not line.startswith("REV:")]
    come = [line for line in after if line not in before and not line.startswith("REV:")]
    assert [line for line in after if line in before] == [line for line in before if line in after]
    return gone, come


@pytest.mark.parametrize(
    ("changes", "gone", "come"),
    [
        ({"name": "Neu; Name"}, ["FN:Jörg Groß"], ["FN:Neu\\; Name"]),
        ({"given": "Jo"}, ["N:Groß;Jörg;;;;extra;Jr."], ["N:Groß;Jo;;;;extra;Jr."]),
        ({"company": "Neu, AG"}, ["ORG:Firma;Einkauf;Süd"], ["ORG:Neu\\, AG;Einkauf;Süd"]),
        ({"department": "Vertrieb"}, ["ORG:Firma;Einkauf;Süd"], ["ORG:Firma;Vertrieb"]),
        ({"title": "Chef"}, [], ["TITLE:Chef"]),
        ({"notes": "neu\nx"}, ["NOTE:eins", "NOTE:zwei"], ["NOTE:neu\\nx"]),
        ({"notes": None}, ["NOTE:eins", "NOTE:zwei"], []),
        ({"birthday": "--04-12"}, ["BDAY;VALUE=text:circa 1980"], ["BDAY:--04-12"]),
        ({"tags": ["vip", "alt", "neu"]}, ["CATEGORIES:vip,messe"], ["CATEGORIES:vip,neu"]),
        ({"tags": ["vip", "messe"]}, ["CATEGORIES:alt"], []),
        ({"custom": {"rabatt": "5"}}, [], ["X-CRM-RABATT:5"]),
        ({"kind": "org"}, [], ["X-ABShowAs:COMPANY"]),
        ({"phones": []}, ["TEL;TYPE=WORK,VOICE,PREF;X-SLOT=2:+49 821 1"], []),
        (
            {"phones": [Phone("+49 821 2", None, "work", True)]},
            ["TEL;TYPE=WORK,VOICE,PREF;X-SLOT=2:+49 821 1"],
            ["TEL;TYPE=WORK,VOICE,PREF;X-SLOT=2:+49 821 2"],
        ),
        (
            {"phones": [Phone("+49 821 1", None, "mobile")]},
            ["TEL;TYPE=WORK,VOICE,PREF;X-SLOT=2:+49 821 1"],
            ["TEL;TYPE=VOICE,CELL;X-SLOT=2:+49 821 1"],
        ),
        (
            {"addresses": [Address("Weg 2", "r, a, f", None, "89073", "Ulm", None, "DE", "work")]},
            ['ADR;TYPE=WORK;LABEL="Weg 1\\nUlm":;;Weg 1;Ulm;;89073;DE;r;a;f;1;Weg;;;;;;'],
            ["ADR;TYPE=WORK:;r\\, a\\, f;Weg 2;Ulm;;89073;DE"],
        ),
        ({"links": [Link("https://a.de/?a,b;c")]}, [], ["URL:https://a.de/?a,b;c"]),
    ],
)
def test_an_edit_changes_its_property_only(changes: dict[str, Any], gone: list[str], come: list[str]) -> None:
    assert edited(RAW, **changes) == (gone, come)


def test_a_removed_email_takes_its_group_label_along() -> None:
    gone, come = edited(RAW, emails=[Email("c@d.de", "home")])
    assert gone == ["item1.EMAIL;type=INTERNET;X-P=1:a@b.de", "item1.X-ABLabel:Büro"]
    assert come == []


def test_a_label_of_ones_own_becomes_a_group() -> None:
    gone, come = edited(RAW, emails=[Email("a@b.de", "work"), Email("c@d.de", "Zu Hause")])
    assert gone == ["item1.EMAIL;type=INTERNET;X-P=1:a@b.de", "item1.X-ABLabel:Büro", "EMAIL;TYPE=home:c@d.de"]
    assert come == ["item1.EMAIL;TYPE=INTERNET,WORK;X-P=1:a@b.de", "item2.EMAIL:c@d.de", "item2.X-ABLabel:Zu Hause"]


def test_a_new_email_stands_behind_the_others() -> None:
    draft = only(RAW)
    assert draft.raw is not None
    lines = patch(draft.raw, draft, replace(draft, emails=[*draft.emails, Email("e@f.de")])).split("\n")
    assert lines[lines.index("EMAIL;TYPE=home:c@d.de") + 1] == "EMAIL:e@f.de"


def test_nothing_changes_when_nothing_was_edited() -> None:
    draft = only(RAW)
    assert draft.raw is not None
    assert patch(draft.raw, None, read_card(draft.raw), rev=REV) == draft.raw


@pytest.mark.parametrize(
    ("version", "changes", "come"),
    [
        ("4.0", {"emails": [Email("a@b.de", "work", True)]}, ["EMAIL;TYPE=WORK;PREF=1:a@b.de"]),
        ("4.0", {"birthday": "1985-04-12"}, ["BDAY:19850412"]),
        ("4.0", {"kind": "org"}, ["KIND:org"]),
        ("2.1", {"notes": "ü"}, ["NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=BC"]),
        ("2.1", {"phones": [Phone("1", None, "work fax")]}, ["TEL;WORK;FAX:1"]),
        ("2.1", {"name": "Müller"}, ["FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller"]),
    ],
)
def test_an_edit_is_written_in_the_version_of_the_card(version: str, changes: dict[str, Any], come: list[str]) -> None:
    assert edited(card("FN:x", "N:x", version=version), **changes)[1] == come


def test_the_cards_nested_in_it_are_not_edited() -> None:
    raw = card("AGENT:", "BEGIN:VCARD", "FN:agent", "TITLE:a", "END:VCARD", "FN:x", "TITLE:b", version="2.1")
    assert edited(raw, title="c", name="y") == (["FN:x", "TITLE:b"], ["FN:y", "TITLE:c"])


def test_an_edited_value_never_becomes_a_property() -> None:
    draft = only(RAW)
    evil = "x\r\nEMAIL:evil@example.org\nEND:VCARD\rTITLE:y"
    after = replace(
        draft,
        name=evil,
        title=evil,
        uid=evil,
        birthday=evil,
        tags=[evil],
        emails=[Email(evil, evil)],
        links=[Link(evil, "im", evil)],
        custom={evil: evil},
        members=[evil],
    )
    assert draft.raw is not None
    back = only(patch(draft.raw, draft, after, rev=REV))
    assert isinstance(back, ContactDraft)
    assert len(back.emails) == 1
    assert back.title == evil.replace("\r\n", "\n").replace("\r", "\n")
