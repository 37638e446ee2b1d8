"""The address book's end of a sync: what is applied to a record is what it then holds."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_cli.domain.draft import ContactDraft
from crm_cli.domain.sync_card import drafted
from crm_cli.services.sync_contacts import ContactSide, reading_of
from crm_cli.store.store import Store

NOW = datetime(2025, 11, 19, 9, 0, tzinfo=UTC)
LABELS = st.sampled_from([None, "work", "home", "Büro"])
_CHECKS_OFF = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


def items(*values: str) -> st.SearchStrategy:
    one = st.builds(
        lambda value, label: {"value": value, **({"label": label} if label else {})}, st.sampled_from(values), LABELS
    )
    return st.lists(one, max_size=3, unique_by=lambda item: (item["value"], item.get("label")))


@st.composite
def facts(draw) -> dict:
    found = {
        "name": draw(st.sampled_from(["Ada", "Ada Lovelace", "Bob"])),
        "title": draw(st.sampled_from([None, "Boss", "Chefin"])),
        "company": draw(st.sampled_from([None, "Acme GmbH", "Ehrler AG"])),
        "birthday": draw(st.sampled_from([None, "1985-04-12", "--04-12"])),
        "notes": draw(st.sampled_from([None, "eins\nzwei; drei, vier\\n"])),
        "emails": draw(items("a@example.org", "b@example.org")),
        "phones": draw(items("0821 1", "+49 821 222333")),
        "tags": [{"value": tag} for tag in draw(st.sampled_from([(), ("vip",), ("vip", "Messe")]))],
        "custom.rang": draw(st.sampled_from([None, "3"])),
    }
    return {name: value for name, value in found.items() if value}


def plain(found: dict) -> dict:
    """Return facts without the order of lists and without preference, which the store settles itself."""
    bare = {}
    for name, value in found.items():
        if isinstance(value, list):
            value = sorted([{k: v for k, v in item.items() if k != "preferred"} for item in value], key=str)
        bare[name] = value
    return bare


@pytest.fixture
def side(tmp_path):
    with Store.open(str(tmp_path / "crm.db")) as store:
        yield ContactSide(store, region="DE", stages=(), now=NOW)


@settings(deadline=None, max_examples=60, suppress_health_check=_CHECKS_OFF)
@given(first=facts(), second=facts())
def test_what_is_applied_is_what_the_record_holds(side: ContactSide, first: dict, second: dict) -> None:
    with side.store.transaction(NOW):
        (uid,) = side.add_all([reading_of(drafted(ContactDraft(), {}, first, region="DE"))])
        before = side.facts([uid])[uid]
        assert plain(before) == plain(first)
        side.apply(uid, before, second, "")
        assert plain(side.facts([uid])[uid]) == plain(second)


@settings(deadline=None, max_examples=60, suppress_health_check=_CHECKS_OFF)
@given(first=facts(), second=facts())
def test_what_goes_over_the_wire_is_read_back_the_same(side: ContactSide, first: dict, second: dict) -> None:
    with side.store.transaction(NOW):
        (uid,) = side.add_all([reading_of(drafted(ContactDraft(), {}, first, region="DE"))])
    text, body = side.body(uid, None, first)
    assert plain(side.read(body.decode()).facts) == plain(first)
    _, changed = side.body(uid, text.replace("END:VCARD", "X-OWN:1\nEND:VCARD"), second)
    assert plain(side.read(changed.decode()).facts) == plain(second)
    assert b"X-OWN:1" in changed
