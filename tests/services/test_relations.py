"""Ties between people and firms."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crm_cli.domain.party_input import PartyInput
from crm_cli.domain.relation import read_kind
from crm_cli.errors import Conflict, NotFound, UsageError
from crm_cli.services import companies, contacts, relations, resolve
from crm_cli.store.store import Store

NOW = datetime(2025, 11, 19, 9, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path):
    with Store.open(str(tmp_path / "crm.db"), actor="kim", command="crm test") as opened:
        for name in ("Ada Lovelace", "Hans Müller", "Eva Weiß"):
            contacts.add(opened, typed=PartyInput(name=name), force=True, region="DE", now=NOW)
        for name in ("Alpha GmbH", "Beta GmbH"):
            companies.add(opened, typed=PartyInput(name=name), force=True, region="DE", now=NOW)
        yield opened


def relate(store: Store, source: str, kind: str, target: str, **period):
    ends = {"source": resolve.one(store, source), "target": resolve.one(store, target)}
    return relations.relate(store, kind=relations.kind_of(kind), now=NOW, **ends, **period)


def lines(store: Store, ref: str) -> list[tuple[str, str, str]]:
    match = resolve.one(store, ref)
    return [(tie.source.name, tie.kind, tie.target.name) for tie in relations.of(store, kind=match.kind, row=match.row)]


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("reports_to", "reports_to"),
        ("Reports-To", "reports_to"),
        ("berichtet an", "reports_to"),
        ("kennt", "knows"),
        ("empfohlen_von", "referred_by"),
        ("Mitarbeiterin von", "employee_of"),
        ("arbeitet für", "employee_of"),
        ("beschäftigt", "employs"),
        ("loves", None),
    ],
)
def test_kind_is_read_in_both_languages(typed: str, kind: str | None) -> None:
    assert read_kind(typed) == kind


def test_job_has_title_and_period(store: Store) -> None:
    tie = relate(store, "lovelace", "employee_of", "alpha", title="CTO", start_on="2020-05")
    assert (tie.title, tie.start_on, tie.end_on) == ("CTO", "2020-05", None)
    record = contacts.contacts.get(store.connection, 1)
    assert (record.company.name, record.title) == ("Alpha GmbH", "CTO")


def test_past_job_is_not_the_present_employer(store: Store) -> None:
    relate(store, "lovelace", "employee_of", "alpha", title="CTO")
    relate(store, "lovelace", "employee_of", "beta", title="Intern", start_on="2015", end_on="2016")
    record = contacts.contacts.get(store.connection, 1)
    assert (record.company.name, record.title) == ("Alpha GmbH", "CTO")
    assert lines(store, "lovelace")[1] == ("Ada Lovelace", "employee_of", "Beta GmbH")


def test_later_start_is_the_present_employer(store: Store) -> None:
    relate(store, "lovelace", "employee_of", "alpha", start_on="2020")
    relate(store, "lovelace", "employee_of", "beta", start_on="2018")
    assert contacts.contacts.get(store.connection, 1).company.name == "Alpha GmbH"


def test_relating_again_changes_the_job(store: Store) -> None:
    relate(store, "lovelace", "employee_of", "alpha")
    relate(store, "lovelace", "employee_of", "alpha", title="CEO")
    relate(store, "lovelace", "employee_of", "alpha", end_on="2025-01-31")
    assert store.connection.execute("SELECT title, end_on FROM employment").fetchall() == [("CEO", "2025-01-31")]


def test_firm_employs_a_person(store: Store) -> None:
    tie = relate(store, "alpha", "employs", "lovelace")
    assert (tie.kind, tie.source.name) == ("employee_of", "Ada Lovelace")


def test_knowing_has_no_direction_and_is_not_doubled(store: Store) -> None:
    relate(store, "lovelace", "knows", "müller")
    relate(store, "müller", "kennt", "lovelace")
    assert lines(store, "müller") == [("Ada Lovelace", "knows", "Hans Müller")]


def test_nobody_reports_to_themselves_by_any_chain(store: Store) -> None:
    relate(store, "lovelace", "reports_to", "müller")
    relate(store, "müller", "reports_to", "weiß")
    with pytest.raises(Conflict):
        relate(store, "weiß", "reports_to", "lovelace")
    with pytest.raises(UsageError):
        relate(store, "weiß", "knows", "weiß")


@pytest.mark.parametrize(
    ("source", "kind", "target"),
    [("lovelace", "employee_of", "müller"), ("alpha", "reports_to", "müller"), ("alpha", "employs", "beta")],
)
def test_ends_that_do_not_fit_are_refused(store: Store, source: str, kind: str, target: str) -> None:
    with pytest.raises(UsageError):
        relate(store, source, kind, target)


def test_period_belongs_to_a_job_and_runs_forward(store: Store) -> None:
    with pytest.raises(UsageError):
        relate(store, "lovelace", "knows", "müller", title="friend")
    with pytest.raises(UsageError):
        relate(store, "lovelace", "employee_of", "alpha", start_on="2020-05", end_on="2019")
    relate(store, "lovelace", "employee_of", "alpha", start_on="2020-05", end_on="2020")


def test_tie_is_taken_away_once(store: Store) -> None:
    relate(store, "alpha", "referred_by", "müller")
    ends = {"source": resolve.one(store, "alpha"), "target": resolve.one(store, "müller")}
    relations.unrelate(store, kind="referred_by", now=NOW, **ends)
    assert lines(store, "müller") == []
    with pytest.raises(NotFound):
        relations.unrelate(store, kind="referred_by", now=NOW, **ends)
