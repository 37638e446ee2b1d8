"""jCard and JSContact."""

from __future__ import annotations

import json
from typing import Any

from importers import jcard, jscontact
from tests.importers.corpus import card, only

CARD = card(
    "FN:Ada Lovelace, Countess",
    "N;LANGUAGE=en:Lovelace;Ada,Augusta;King;;",
    "ORG:Analytical\\, Engines;Research",
    "item1.EMAIL;TYPE=work;PREF=1;X-FOO=Bar:ada@example.org",
    "TEL;TYPE=cell,home:+44 20 1",
    "ADR;TYPE=home:;;St James's Square 12;London;;SW1;UK",
    "BDAY:18151210",
    "CATEGORIES:maths,poetry",
    "REV:20200102T030405Z",
    "X-FOO;X-BAR=Hello:World!",
    "noise",
    "UID:urn:uuid:1",
    version="4.0",
)


def entries(made: dict[str, Any], member: str) -> list[dict[str, Any]]:
    return list(made[member].values())


def test_a_jcard_has_name_parameters_type_and_values() -> None:
    kind, properties = jcard.jcard(only(CARD))
    assert kind == "vcard"
    for expected in (
        ["version", {}, "text", "4.0"],
        ["fn", {}, "text", "Ada Lovelace, Countess"],
        ["n", {"language": "en"}, "text", ["Lovelace", ["Ada", "Augusta"], "King", "", ""]],
        ["email", {"group": "item1", "type": "work", "pref": "1", "x-foo": "Bar"}, "text", "ada@example.org"],
        ["tel", {"type": ["cell", "home"]}, "text", "+44 20 1"],
        ["bday", {}, "date-and-or-time", "1815-12-10"],
        ["categories", {}, "text", "maths", "poetry"],
        ["rev", {}, "timestamp", "2020-01-02T03:04:05Z"],
        ["x-foo", {"x-bar": "Hello"}, "unknown", "World!"],
        ["x-unreadable-line", {}, "text", "noise"],
        ["uid", {}, "uri", "urn:uuid:1"],
    ):
        assert expected in properties


def test_jscontact_maps_what_it_knows_and_keeps_the_rest() -> None:
    made = jscontact.jscontact(only(CARD))
    assert (made["@type"], made["version"], made["uid"]) == ("Card", "1.0", "urn:uuid:1")
    assert made["name"] == {"full": "Ada Lovelace, Countess"}
    (email,) = entries(made, "emails")
    assert email["address"] == "ada@example.org"
    assert (email["contexts"], email["pref"]) == ({"work": True}, 1)
    assert email["vCardParams"] == {"x-foo": "Bar", "group": "item1"}
    (phone,) = entries(made, "phones")
    assert (phone["features"], phone["contexts"]) == ({"mobile": True}, {"private": True})
    assert entries(made, "organizations") == [{"name": "Analytical, Engines", "units": [{"name": "Research"}]}]
    (birth,) = entries(made, "anniversaries")
    assert birth == {"kind": "birth", "date": {"@type": "PartialDate", "year": 1815, "month": 12, "day": 10}}
    assert made["keywords"] == {"maths": True, "poetry": True}
    assert made["updated"] == "2020-01-02T03:04:05Z"
    assert {prop[0] for prop in made["vCardProps"]} == {"n", "x-foo", "x-unreadable-line"}


def test_secondary_surname_and_generation_are_named_once() -> None:
    line = "N:Gonzalez,Lopez;Rafael;;;Jr.,Dr.;Lopez;Jr."
    components = jscontact.jscontact(only(card("FN:x", line, version="4.0")))["name"]["components"]
    assert [(part["kind"], part["value"]) for part in components] == [
        ("surname", "Gonzalez"),
        ("given", "Rafael"),
        ("credential", "Dr."),
        ("surname2", "Lopez"),
        ("generation", "Jr."),
    ]


def test_the_writers_give_one_json_array() -> None:
    for codec in (jcard, jscontact):
        assert len(json.loads(b"".join(codec.write([only(CARD), only(card("FN:y"))])))) == 2
        assert json.loads(b"".join(codec.write([]))) == []
