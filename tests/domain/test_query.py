"""The grammar of queries and the reading of their values."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.domain import query_values
from crm_cli.domain.query import MAX_DEPTH, MAX_LENGTH, MAX_TERMS, parse, quoted
from crm_cli.domain.when import read_day
from crm_cli.errors import UsageError

TREES = [
    ("", "All()"),
    ("   ", "All()"),
    ("müller augsburg", "All(Words('müller'), Words('augsburg'))"),
    ('"hans müller"', "Words('hans müller', quoted)"),
    ("a OR b c", "Any(Words('a'), All(Words('b'), Words('c')))"),
    ("a ODER b", "Any(Words('a'), Words('b'))"),
    ("a AND b UND c", "All(Words('a'), Words('b'), Words('c'))"),
    ("or and oder not-a", "All(Words('or'), Words('and'), Words('oder'), Words('not-a'))"),
    ("(a OR b) c", "All(Any(Words('a'), Words('b')), Words('c'))"),
    ("()", "All()"),
    ("not a b", "All(Not(Words('a')), Words('b'))"),
    ("not not a", "Words('a')"),
    ("NICHT (a b)", "Not(All(Words('a'), Words('b')))"),
    ("-tag:vip", "Not(tag:'vip')"),
    ('-"a b" -(c)', "All(Not(Words('a b', quoted)), Not(Words('c')))"),
    ("-5 -- 3-4 a-b", "All(Words('-5'), Words('--'), Words('3-4'), Words('a-b'))"),
    ("tag:messe", "tag:'messe'"),
    ("Fällig:heute", "faellig:'heute'"),
    ("last-contact>90d", "last_contact>'90d'"),
    ("revenue>=10000 p<=50 a<1 b=2", "All(revenue>='10000', p<='50', a<'1', b='2')"),
    ('city:"Bad Tölz" x', "All(city:'Bad Tölz', Words('x'))"),
    (r'x:"a \"b\" \\ c"', "x:'a \"b\" \\\\ c'"),
    ("due:a..b due:a.. due:..b", "All(due:'a'..'b', due:'a'.., due:..'b')"),
    ('due:"1 december".."3 december"', "due:'1 december'..'3 december'"),
    ("value>1..2", "value>'1..2'"),
    ("company:Foo(Bar) x", "All(company:'Foo(Bar)', Words('x'))"),
    ("(company:Foo)", "company:'Foo'"),
    ("has:email no:consent hat:tag ohne:phone", "All(has:email, no:consent, has:tag, no:phone)"),
    ("city:none city:keine", "All(no:city, no:city)"),
    ('city:"none"', "city:'none'"),
    ("14:30", "Words('14:30')"),
    ("due:2025-11-20T09:00", "due:'2025-11-20T09:00'"),
]


@pytest.mark.parametrize(("text", "tree"), TREES)
def test_query_gives_its_tree(text: str, tree: str) -> None:
    assert repr(parse(text)) == tree


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("a (b", 2),
        ("a) b", 1),
        ('a "b', 2),
        ("OR a", 0),
        ("a OR", 2),
        ("a OR OR b", 5),
        ("(a OR )", 3),
        ("a not", 2),
        ("a city:", 2),
        ("due:..", 0),
        ("tag:(a OR b)", 4),
        ("has>3", 0),
    ],
)
def test_error_says_where_when_a_query_is_no_query(text: str, start: int) -> None:
    with pytest.raises(UsageError) as caught:
        parse(text)
    assert caught.value.params["start"] == start
    assert start <= int(caught.value.params["end"]) <= len(text)  # type: ignore[call-overload]


@pytest.mark.parametrize(
    "text",
    [
        "a " * (MAX_TERMS + 1),
        "(" * (MAX_DEPTH + 2) + "a" + ")" * (MAX_DEPTH + 2),
        "x" * (MAX_LENGTH + 1),
        "city:\udcff",
    ],
)
def test_query_is_refused_when_it_is_too_long_or_no_text(text: str) -> None:
    with pytest.raises(UsageError):
        parse(text)


@given(st.text(alphabet=st.sampled_from('ab:"()<>=.- \\ORnot0') | st.characters(), max_size=60))
@settings(deadline=None, max_examples=300)
def test_any_text_is_a_tree_or_a_usage_error(text: str) -> None:
    try:
        parse(text)
    except UsageError as error:
        start, end = error.params["start"], error.params["end"]
        if not 0 <= int(str(start)) <= int(str(end)) <= len(text):
            pytest.fail(f"{start} to {end} is no place in it")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30))
def test_quoted_text_is_taken_literally(text: str) -> None:
    assert repr(parse("name:" + quoted(text))) == f"name:{text!r}"


TODAY = date(2025, 11, 19)  # a Wednesday


def span(text: str) -> tuple[str, str] | None:
    now = datetime(2025, 11, 19, 10, tzinfo=UTC)
    found = query_values.days(text, TODAY, lambda word: read_day(word, now=now, prefer="past"))
    return None if found is None else (found[0].isoformat(), found[1].isoformat())


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-11", "2025-11-01", "2025-11-30"),
        ("2028-02", "2028-02-01", "2028-02-29"),
        ("2025-Q4", "2025-10-01", "2025-12-31"),
        ("2025-11-19", "2025-11-19", "2025-11-19"),
        ("heute", "2025-11-19", "2025-11-19"),
        ("Übermorgen", "2025-11-21", "2025-11-21"),
        ("yesterday", "2025-11-18", "2025-11-18"),
        ("+3d", "2025-11-22", "2025-11-22"),
        ("-2w", "2025-11-05", "2025-11-05"),
        ("this week", "2025-11-17", "2025-11-23"),
        ("diese-woche", "2025-11-17", "2025-11-23"),
        ("nächste_Woche", "2025-11-24", "2025-11-30"),
        ("last month", "2025-10-01", "2025-10-31"),
        ("monat", "2025-11-01", "2025-11-30"),
        ("next quarter", "2026-01-01", "2026-03-31"),
        ("letztes Jahr", "2024-01-01", "2024-12-31"),
        ("kw49", "2024-12-02", "2024-12-08"),
        ("3.11.", "2025-11-03", "2025-11-03"),
        ("fr", "2025-11-14", "2025-11-14"),
    ],
)
def test_days_are_read(text: str, first: str, last: str) -> None:
    assert span(text) == (first, last)


@pytest.mark.parametrize("text", ["2025-13", "0000", "2025-02-30", "soon", "", "99999", "next fortnight"])
def test_days_are_refused_when_there_are_none(text: str) -> None:
    try:
        assert span(text) is None
    except UsageError:
        pass


@pytest.mark.parametrize(
    ("text", "ahead", "day"),
    [
        ("90d", False, "2025-08-21"),
        ("90d", True, "2026-02-17"),
        ("14 Tage", False, "2025-11-05"),
        ("2w", False, "2025-11-05"),
        ("9m", False, "2025-02-19"),
        ("1j", True, "2026-11-19"),
        ("9999y", False, None),
        ("+3d", False, None),
        ("d", False, None),
    ],
)
def test_ages_are_read(text: str, ahead: bool, day: str | None) -> None:
    found = query_values.age(text, TODAY, ahead=ahead)
    assert (found and found.isoformat()) == day


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [("2025-01-31", 1, "2025-02-28"), ("2028-03-31", -1, "2028-02-29"), ("2025-12-15", 1, "2026-01-15")],
)
def test_months_are_added(day: str, count: int, expected: str) -> None:
    assert query_values.plus_months(date.fromisoformat(day), count).isoformat() == expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("10000", "10000"),
        ("10k", "10000"),
        ("1,5k", "1500"),
        ("12.5", "12.5"),
        ("12,50", "12.50"),
        ("12.500,00", "12500"),
        ("12,500.5", "12500.5"),
        ("1.234.567", "1234567"),
        ("0.500", "0.5"),
        ("-3", "-3"),
        ("12.500", None),
        ("12,500", None),
        ("1.5.5", None),
        ("1e9", None),
        ("zehn", None),
        ("", None),
    ],
)
def test_numbers_are_read_or_refused(text: str, number: str | None) -> None:
    found = query_values.number(text)
    assert found == (None if number is None else Decimal(number))
