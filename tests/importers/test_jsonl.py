"""Contacts as JSON: lines, arrays, pretty-printed objects, and what is refused."""

from __future__ import annotations

import io
import json

import pytest

from crm_cli.domain.contact import Address, Email, Link, Phone
from crm_cli.domain.draft import ContactDraft, Refusal
from importers.jsonl import read

ADA = {"name": "Ada", "email": "ada@example.org"}
BOB = {"name": 'Bob {"x"', "phones": [{"value": "0821 12345", "label": "work"}]}


def items(text: str | bytes) -> list[ContactDraft | Refusal]:
    return list(read(io.BytesIO(text.encode() if isinstance(text, str) else text), source="f"))


@pytest.mark.parametrize(
    "text",
    [
        f"{json.dumps(ADA)}\n{json.dumps(BOB)}\n",
        f"\ufeff{json.dumps(ADA)}\r\n\r\n{json.dumps(BOB)}",
        json.dumps([ADA, BOB]),
        json.dumps([ADA, BOB], indent=2),
        f"[{json.dumps(ADA)},\n{json.dumps(BOB)}]\n",
        f"[\n{json.dumps(ADA)}\n,{json.dumps(BOB)}\n]\n",
        json.dumps(ADA, indent=4) + "\n" + json.dumps(BOB, indent=1),
        json.dumps([ADA, BOB]).encode("utf-16").decode("utf-16"),
    ],
)
def test_objects_are_read_in_every_usual_layout(text: str) -> None:
    first, second = items(text)
    assert isinstance(first, ContactDraft)
    assert isinstance(second, ContactDraft)
    assert (first.name, first.emails) == ("Ada", [Email("ada@example.org")])
    assert (second.name, second.phones) == ('Bob {"x"', [Phone("0821 12345", "+4982112345", "work")])


def test_a_contact_object_of_our_own_comes_back() -> None:
    value = {
        "id": "a2bcdefghijklmno",
        "name": "Ada Lovelace",
        "given": "Ada",
        "emails": [{"value": "a@b.de", "label": "work", "preferred": True}],
        "addresses": [{"street": "Weg 1", "city": "Ulm"}],
        "links": [{"value": "https://a.de", "kind": "url"}],
        "company": {"id": "x", "name": "Firma"},
        "tags": ["vip"],
        "custom": {"rabatt": 5},
        "created_at": "2026-11-22T10:00:00+01:00",
        "last_contact_at": None,
    }
    (draft,) = items(json.dumps(value))
    assert isinstance(draft, ContactDraft)
    assert (draft.uid, draft.company, draft.tags, draft.custom) == ("a2bcdefghijklmno", "Firma", ["vip"], {"rabatt": 5})
    assert draft.emails == [Email("a@b.de", "work", True)]
    assert draft.addresses == [Address(street="Weg 1", city="Ulm")]
    assert draft.links == [Link("https://a.de")]
    assert draft.repairs == []
    assert json.loads(draft.raw or "") == value


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"name": "x"', "The line is no JSON object."),
        ("noise", "The line is no JSON object."),
        ("[1]", "The line is no JSON object."),
        ('{"notes": "x"}', "The object has no name, e-mail or phone."),
        ('{"name": ["x"]}', "A field holds a value of the wrong type."),
        ('{"name": "x", "emails": [{"value": {}}]}', "A field holds a value of the wrong type."),
        ('{"name": "x", "custom": 1}', "A field holds a value of the wrong type."),
        ("[" * 100_000, "The line is no JSON object."),
    ],
)
def test_a_broken_line_is_refused_by_number_and_the_next_one_read(line: str, reason: str) -> None:
    first, second, third = items(f"{json.dumps(ADA)}\n{line}\n{json.dumps(BOB)}\n")
    assert isinstance(first, ContactDraft)
    assert second == Refusal("f", 2, reason)
    assert isinstance(third, ContactDraft)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("company", "org"), ("Org", "org"), ("contact", "individual"), ("group", "group"), ("location", "location"),
        ("x-robot", "x-robot"), ("people#person", "individual"), ("", "individual"), (None, "individual"),
        (7, "individual"), ({}, "individual"),
    ],
)  # fmt: skip
def test_what_an_object_is_of_is_read_where_it_can_be(value: object, kind: str) -> None:
    (draft,) = items(json.dumps({"name": "x", "kind": value}))
    assert isinstance(draft, ContactDraft)
    assert draft.kind == kind


def test_unknown_fields_are_kept_and_named() -> None:
    (draft,) = items('{"name": "x", "shoe_size": 43}')
    assert isinstance(draft, ContactDraft)
    assert draft.repairs == ["Fields nobody here knows were kept in the object's text only."]
    assert "shoe_size" in (draft.raw or "")
