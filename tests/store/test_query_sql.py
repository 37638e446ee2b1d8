"""Queries against a real store: what they find, what they refuse, which index they use."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_cli.errors import UsageError
from crm_cli.store import name_order, parties, query_fields, query_sql, search
from crm_cli.store.store import Store
from tests.services.book import insert

BERLIN = timezone(timedelta(hours=1))
NOW = datetime(2025, 11, 19, 10, tzinfo=BERLIN)
STAGES = ({"name": "Angebot", "probability": 50, "aliases": ("quote", "offer")}, {"name": "Bedarf", "aliases": ()})
_CHECKS_OFF = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


def found(store: Store, text: str, entity: str = "contact") -> list[str]:
    """Return the names of what a query finds, in the order they were written."""
    compiled = query_sql.compile(store.connection, text, entity, now=NOW, actor="me", stages=STAGES)
    name = {"contact": "name", "company": "name", "deal": "title", "event": "title"}.get(entity, "text")
    sql = f"SELECT {name} FROM {entity} WHERE {compiled.where} ORDER BY id"
    names = [row[0] for row in store.connection.execute(sql, compiled.params)]
    if entity in name_order.KINDS:
        same_as_listed(store, compiled, entity)
    return names


def same_as_listed(store: Store, compiled: query_sql.Compiled, entity: str) -> None:
    """Check that the ways round the records, by the index and by ids alone, find what the condition finds."""
    sql = f"SELECT id FROM {entity} WHERE {compiled.where}"
    rows = {row for (row,) in store.connection.execute(sql, compiled.params)}
    search.ready(store.connection)
    where, values = compiled.where, compiled.params
    assert set(parties.unordered(store.connection, entity, where, values, only_ids=compiled.only_ids)) == rows
    if compiled.ids is not None:
        assert parties.indexed(store.connection, compiled.ids, values) == rows


@pytest.fixture
def book(store: Store) -> Store:
    """A few people, firms, entries, tasks and deals that differ in everything a query may ask."""
    ehrler = insert(store, "company", name="Ehrler Prüftechnik GmbH", custom='{"revenue": 20000}')
    acme = insert(store, "company", name="Acme Inc.", owner="tim")
    hans = insert(
        store,
        "contact",
        name="Hans Müller",
        given="Hans",
        owner="me",
        birthday="1980-11-19",
        notes="mag Segeln",
        custom='{"vip": true, "size": 12.5, "level": "Größe A", "since": "2020-05-01", "consent": true}',
    )
    anna = insert(store, "contact", name="Anna Schmidt", owner="tim", birthday="--11-25", title="Leiterin Einkauf")
    bob = insert(store, "contact", name="Bob Miller", custom='{"vip": false, "size": 3}', birthday="1990-02-28")
    insert(store, "employment", contact_id=hans, company_id=ehrler)
    insert(store, "employment", contact_id=anna, company_id=ehrler, end_on="2024-01-01")
    insert(store, "employment", contact_id=bob, company_id=acme)
    insert(store, "email", contact_id=hans, value="Hans@Ehrler.de", folded="hans@ehrler.de")
    insert(store, "email", company_id=acme, value="info@acme.com", folded="info@acme.com")
    insert(store, "phone", contact_id=hans, value="0821 / 12345-11", e164="+498211234511")
    insert(store, "phone", contact_id=bob, value="Mobil 0171-55", e164=None)
    insert(store, "address", contact_id=hans, city="München", postcode="80331", country="DE")
    insert(store, "address", contact_id=anna, city="Bad Tölz", postcode="83646")
    insert(store, "address", contact_id=bob, city="Augsburg", postcode="86150")
    for row, tag in ((hans, "Messe"), (hans, "vip"), (anna, "messe"), (bob, "Größe")):
        insert(store, "tag", contact_id=row, name=tag)
    deal = insert(
        store, "deal", title="Prüfstand", company_id=ehrler, stage="Angebot", value_minor=1250000, currency="EUR",
        probability=50, expected_on="2025-12-01",
    )  # fmt: skip
    won = insert(
        store, "deal", title="Altgerät", company_id=ehrler, stage="Bedarf", value_minor=500000, currency="USD",
        status="won", closed_at="2025-06-30T22:30:00Z",
    )  # fmt: skip
    insert(store, "deal_contact", deal_id=won, contact_id=hans)
    for at, kind, text, people, firm in (
        ("2025-11-18T14:30:00+01:00", "visit", "Prüfstand gesehen", (hans,), ehrler),
        ("2025-06-01", "call", "nicht da", (hans, anna), ehrler),
    ):
        entry = insert(
            store, "interaction", kind=kind, at=at, all_day=int(len(at) == 10), text=text, company_id=firm,
            deal_id=deal if kind == "visit" else None, direction="out" if kind == "call" else None,
        )  # fmt: skip
        for person in people:
            insert(store, "interaction_contact", interaction_id=entry, contact_id=person)
    for text, due, done, person in (
        ("Angebot senden", "2025-11-19", None, hans),
        ("nachfassen", "2025-11-19T09:00:00+01:00", None, anna),
        ("Vertrag", "2025-12-24", None, None),
        ("erledigt", "2025-11-01", "2025-11-02T08:00:00Z", hans),
        ("irgendwann", None, None, None),
    ):
        task = insert(store, "task", text=text, due=due, done_at=done, deal_id=deal if text == "Vertrag" else None)
        if person:
            insert(store, "task_contact", task_id=task, contact_id=person)
    insert(store, "cadence", contact_id=anna, days=30, started_on="2025-11-01")
    for name, type in (("vip", "bool"), ("size", "number"), ("level", "text"), ("since", "date"), ("Chef von", "ref")):
        insert(store, "field", entity="contact", name=name, type=type)
    insert(store, "field", entity="company", name="revenue", type="number")
    return store


HANS, ANNA, BOB = "Hans Müller", "Anna Schmidt", "Bob Miller"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [HANS, ANNA, BOB]),
        ("müller", [HANS]),
        ("mueller", [HANS]),
        ("muller", [HANS]),
        ("mül segel", [HANS]),
        ('"mül"', []),
        ('"müller hans"', [HANS]),
        ("ehrler", [HANS]),
        ("not müller", [ANNA, BOB]),
        ("müller OR miller", [HANS, BOB]),
        ("(müller OR miller) -tag:vip", [BOB]),
        ("city:München", [HANS]),
        ("city:Muenchen", [HANS]),
        ("ort:munchen", [HANS]),
        ("city:tölz", [ANNA]),
        ("city:toelz", [ANNA]),
        ('city:"bad tolz"', [ANNA]),
        ('city:"bad"', [ANNA]),
        ('city:"ba"', []),
        ("city:ba", [ANNA]),
        ("city=bad", []),
        ('city="BAD TÖLZ"', [ANNA]),
        ("-city:Augsburg", [HANS, ANNA]),
        ("country:none", [ANNA, BOB]),
        ("plz:8", [HANS, ANNA, BOB]),
        ("plz:86", [BOB]),
        ("postcode:80000..83999", [HANS, ANNA]),
        ("postcode:83..86", [ANNA, BOB]),
        ("postcode>84000", [BOB]),
        ("tag:messe", [HANS, ANNA]),
        ("tag:MESSE tag:vip", [HANS]),
        ("tag:groesse", [BOB]),
        ("tag:mess", []),
        ("no:tag", []),
        ("has:email", [HANS]),
        ("no:email", [ANNA, BOB]),
        ("email:hans@ehrler.de", [HANS]),
        ("email:HANS@ehr", [HANS]),
        ("email:ehrler", [HANS]),
        ("email=ehrler", []),
        ("phone:0821", [HANS]),
        ("phone:+49821", [HANS]),
        ("tel:0171", [BOB]),
        ("owner:me", [HANS]),
        ('owner:"me"', [HANS]),
        ("owner:Tim", [ANNA]),
        ("owner:none", [BOB]),
        ("title:einkauf", [ANNA]),
        ("company:ehrler", [HANS]),
        ("no:company", [ANNA]),
        ("notes:segeln", [HANS]),
        ("birthday:today", [HANS]),
        ("birthday<7d", [HANS, ANNA]),
        ("birthday<=6d", [HANS, ANNA]),
        ("birthday<6d", [HANS]),
        ("birthday:2025-11-25..2025-11-25", []),
        ("birthday:11/25", "usage"),
        ("birthday<1985", [HANS]),
        ("birthday:1990", [BOB]),
        ("birthday:february", "usage"),
        ("last_contact<90d", [HANS]),
        ("last_contact>90d", [ANNA]),
        ("letzter_kontakt:2025-06", [ANNA]),
        ("last_contact:1d..400d", [HANS, ANNA]),
        ("last_contact:200d..", []),
        ("last_contact:171d..", [ANNA]),
        ("last_contact:..170d", [HANS]),
        ("no:last_contact", [BOB]),
        ("created:today", [HANS, ANNA, BOB]),
        ("created<1d", [HANS, ANNA, BOB]),
        ("updated>1d", []),
        ("has:task", [HANS, ANNA]),
        ("task:angebot", [HANS]),
        ("has:cadence", [ANNA]),
        ("revenue>=5000", [HANS]),
        ("revenue>5k", []),
        ("no:revenue", [ANNA, BOB]),
        ("no:consent", [ANNA, BOB]),
        ("has:consent", [HANS]),
        ("vip:yes", [HANS]),
        ("vip:nein", [BOB]),
        ("has:vip", [HANS]),
        ("no:vip", [ANNA, BOB]),
        ("size>3", [HANS]),
        ("size:12,5", [HANS]),
        ("size:1..12", [BOB]),
        ("level:groesse", [HANS]),
        ("since<2021", [HANS]),
        ("since:-2500d..today", [HANS]),
        ("no:chef_von", [HANS, ANNA, BOB]),
        ("chef:x", "usage"),
    ],
)
def test_contacts_are_found(book: Store, text: str, expected: list[str] | str) -> None:
    if expected == "usage":
        with pytest.raises(UsageError) as caught:
            found(book, text)
        assert "start" in caught.value.params
    else:
        assert found(book, text) == expected


@pytest.mark.parametrize(
    ("entity", "text", "expected"),
    [
        ("company", "revenue>=10000", ["Ehrler Prüftechnik GmbH"]),
        ("company", "deal:prüf", ["Ehrler Prüftechnik GmbH"]),
        ("company", "contact:miller", ["Acme Inc."]),
        ("company", "email:@acme", ["Acme Inc."]),
        ("company", "last_contact:gestern", ["Ehrler Prüftechnik GmbH"]),
        ("task", "due:today", ["Angebot senden", "nachfassen"]),
        ("task", "due:heute contact:schmidt", ["nachfassen"]),
        ("task", "due<today", ["erledigt"]),
        ("task", "due<=today status:open", ["Angebot senden", "nachfassen"]),
        ("task", "due>7d", ["Vertrag"]),
        ("task", "due:diese-woche", ["Angebot senden", "nachfassen"]),
        ("task", "due:24.12.", ["Vertrag"]),
        ("task", "due:..2025-11-10", ["erledigt"]),
        ("task", "no:due", ["irgendwann"]),
        ("task", "has:done", ["erledigt"]),
        ("task", "done:2025-11-02", ["erledigt"]),
        ("task", "deal:prüfstand", ["Vertrag"]),
        ("task", "angebot OR vertrag", ["Angebot senden", "Vertrag"]),
        ("deal", "stage:angebot", ["Prüfstand"]),
        ("deal", "phase:OFFER", ["Prüfstand"]),
        ("deal", "stage:ang", ["Prüfstand"]),
        ("deal", "value>=12500", ["Prüfstand"]),
        ("deal", "wert:5k..12.500", ["Prüfstand", "Altgerät"]),
        ("deal", "value:5kUSD", ["Altgerät"]),
        ("deal", "value:5kEUR", []),
        ("deal", "status:offen", ["Prüfstand"]),
        ("deal", "p>=50", ["Prüfstand"]),
        ("deal", "no:task", ["Altgerät"]),
        ("deal", "closed:2025-07-01", []),
        ("deal", "closed:2025-06-30", ["Altgerät"]),
        ("deal", "expected<30d", ["Prüfstand"]),
        ("interaction", "kind:visit", ["Prüfstand gesehen"]),
        ("interaction", "art:besuch", ["Prüfstand gesehen"]),
        ("interaction", "at:yesterday", ["Prüfstand gesehen"]),
        ("interaction", "datum:2025 contact:anna", ["nicht da"]),
        ("interaction", "richtung:an", ["nicht da"]),
        ("interaction", "has:deal company:ehrler", ["Prüfstand gesehen"]),
    ],
)
def test_other_records_are_found(book: Store, entity: str, text: str, expected: list[str]) -> None:
    assert found(book, text, entity) == expected


@pytest.mark.parametrize(
    ("entity", "text", "start", "hint"),
    [
        ("contact", "a citi:x", 2, "city"),
        ("contact", "has:emial", 0, "email"),
        ("contact", "http://example.org", 0, None),
        ("contact", "name>m", 0, None),
        ("contact", "city:a..b", 0, None),
        ("contact", "last_contact:90d", 13, None),
        ("contact", "last_contact:90d..2025", 13, None),
        ("contact", "created:2025..2024", 8, None),
        ("contact", "cadence:30", 0, None),
        ("contact", "x stage:angebot", 2, None),
        ("deal", "value:viel", 6, None),
        ("deal", "stage:kaffee", 6, None),
        ("deal", "status:weg", 7, None),
        ("deal", "p:12.500", 2, None),
        ("task", "due:31.2.", 4, None),
        ("task", "due:soon", 4, None),
    ],
)
def test_error_says_where_when_a_term_does_not_fit(
    book: Store, entity: str, text: str, start: int, hint: str | None
) -> None:
    with pytest.raises(UsageError) as caught:
        found(book, text, entity)
    assert caught.value.params["start"] == start
    if hint:
        assert caught.value.params["near"] == hint


def test_linked_record_is_found_by_its_id(book: Store) -> None:
    uid = book.connection.execute("SELECT uid FROM contact WHERE name = ?", (ANNA,)).fetchone()[0]
    assert found(book, f"contact:{uid}", "task") == ["nachfassen"]
    assert found(book, f"id:{uid[:6]}") == [ANNA]


def test_reference_field_is_found_by_name(book: Store) -> None:
    uid = book.connection.execute("SELECT uid FROM contact WHERE name = ?", (HANS,)).fetchone()[0]
    book.connection.execute("UPDATE contact SET custom = json_object('boss', ?) WHERE name = ?", (uid, ANNA))
    insert(book, "field", entity="contact", name="boss", type="ref")
    assert found(book, "boss:mueller") == [ANNA]
    assert found(book, "no:boss") == [HANS, BOB]


class TestSegments:
    def test_segment_stands_for_its_query(self, book: Store) -> None:
        insert(book, "segment", uid="a2aaaaaaaaaaaaaa", created_at="", updated_at="", name="Die Messe",
               entity="contact", query="tag:messe OR city:augsburg")  # fmt: skip
        assert found(book, 'segment:"die messe" -owner:tim') == [HANS, BOB]
        assert found(book, 'not segment:"Die Messe"') == []

    def test_segment_is_refused_when_it_holds_others_or_itself(self, book: Store) -> None:
        for number, (name, entity, query) in enumerate(
            (("firms", "company", "acme"), ("a", "contact", "segment:b"), ("b", "contact", "segment:a"))
        ):
            insert(book, "segment", uid=f"a2aaaaaaaaaaaaa{number}", created_at="", updated_at="", name=name,
                   entity=entity, query=query)  # fmt: skip
        for name in ("firms", "a", "nothing"):
            with pytest.raises(UsageError) as caught:
                found(book, f"x segment:{name}")
            assert caught.value.params["start"] == 10


PLANS = [
    ("contact", "tag:messe", "tag_name"),
    ("contact", "email:hans@ehrler.de", "email_folded"),
    ("contact", "müller", "VIRTUAL TABLE"),
    ("task", "due:today", None),
    ("task", "due<=today status:open", None),
    ("interaction", "at:today", "interaction_at"),
    ("contact", "id:a2bc", "sqlite_autoindex_contact"),
]


@pytest.mark.parametrize(("entity", "text", "index"), PLANS)
def test_common_queries_use_an_index(book: Store, entity: str, text: str, index: str | None) -> None:
    compiled = query_sql.compile(book.connection, text, entity, now=NOW, actor="me")
    where = f"{entity}.done_at IS NULL AND {compiled.where}" if entity == "task" else compiled.where
    rows = book.connection.execute(f"EXPLAIN QUERY PLAN SELECT id FROM {entity} WHERE {where}", compiled.params)
    plan = " / ".join(row[3] for row in rows)
    assert (index or "task_open") in plan
    assert f"SCAN {entity}" not in plan


WORDS = st.sampled_from(
    ["müller", "mueller", "a", "GmbH", "2025", "90d", "today", "12.500", "10k", "none", "me", "x y", "ß"]
)
KNOWN = {name for entity in query_fields.ENTITIES for name in query_fields.fields_of(entity)}
FIELDS = st.sampled_from(sorted({*KNOWN, *query_fields.ALIASES, "vip", "size", "since", "segment", "nothing", "has"}))
OPERATORS = st.sampled_from([":", "=", ">", ">=", "<", "<="])
BOUNDS = st.sampled_from(["", "2024", "3", "30d", "today", "2026", "1d"])
TERMS = st.one_of(
    st.builds("{}{}{}".format, FIELDS, OPERATORS, WORDS.map(lambda word: f'"{word}"' if " " in word else word)),
    st.builds("{}:{}..{}".format, FIELDS, BOUNDS, BOUNDS),
    st.builds("{}:{}".format, st.sampled_from(["has", "no"]), FIELDS),
    WORDS,
    st.text(max_size=12),
)
QUERIES = st.recursive(
    TERMS,
    lambda inner: st.one_of(
        st.builds("{} {}".format, inner, inner),
        st.builds("{} OR {}".format, inner, inner),
        st.builds("not ({})".format, inner),
        st.builds("({})".format, inner),
    ),
    max_leaves=8,
)


@given(text=QUERIES, entity=st.sampled_from(query_fields.ENTITIES))
@settings(deadline=None, max_examples=400, suppress_health_check=_CHECKS_OFF)
def test_any_text_runs_or_is_a_usage_error(book: Store, text: str, entity: str) -> None:
    try:
        everything = found(book, "", entity)
        chosen = found(book, text, entity)
        rest = found(book, f"not ({text})", entity)
    except UsageError:
        return
    assert sorted(chosen + rest) == sorted(everything)


@pytest.mark.parametrize("part", ["not (a OR b ", "(a (b OR ", "-(company:x ", "(boss:x OR task:y "])
def test_deep_nesting_runs_or_is_a_usage_error(book: Store, part: str) -> None:
    insert(book, "field", entity="contact", name="boss", type="ref")
    refused = 0
    for depth in range(1, 14):
        try:
            found(book, part * depth + "city:x" + ")" * (part.count("(") * depth))
        except UsageError:
            refused += 1
    assert 0 < refused < 9
