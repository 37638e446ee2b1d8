"""Duplicates found in a store, made one, rejected, and all of it taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.dupes import labelled, quality
from crm_cli.domain.dupes import MERGED_FROM, OFFERED_FROM
from crm_cli.errors import NotFound, UsageError
from crm_cli.services import dupes, journal
from crm_cli.store.store import Store
from tests.dump import dump_of
from tests.services.book import NOW, company, contact, insert


@pytest.fixture
def store(tmp_path: Path):
    with Store.open(str(tmp_path / "crm.db"), actor="kim", command="crm test") as opened:
        yield opened


def uid(store: Store, row: int, kind: str = "contact") -> str:
    return store.connection.execute(f"SELECT uid FROM {kind} WHERE id = ?", (row,)).fetchone()[0]


def pairs(store: Store, threshold: float = OFFERED_FROM, kind: str = "contact") -> set[frozenset[str]]:
    return {frozenset((pair.a.name, pair.b.name)) for pair in dupes.find(store, kind=kind, threshold=threshold)}


@pytest.fixture
def trio(store: Store) -> list[int]:
    """Three entries of one person; what ties the outer two is the one between them."""
    with store.transaction(NOW):
        first = contact(store, "Eva Krolin", "Ehrler GmbH", email="eva.krolin@ehrler.example", phone="0171 1234567")
        second = contact(store, "Eva Krollin", "Ehrler GmbH", email="eva.krolin@ehrler.example")
        third = contact(store, "Krolin, Eva", "Frenkel KG", phone="+49 171 1234567")
        contact(store, "Eva Krolin", "Rathgeber SE")
    return [first, second, third]


def test_found_pairs_have_evidence_and_come_best_first(store: Store, trio: list[int]) -> None:
    found = dupes.find(store, threshold=OFFERED_FROM)
    assert [pair.score for pair in found] == sorted((pair.score for pair in found), reverse=True)
    assert {"Rathgeber"} & {item.other for pair in found for item in pair.evidence} == set()
    best = found[0]
    assert best.a.id == uid(store, trio[0])
    assert {item.kind for pair in found for item in pair.evidence} >= {"email", "mobile"}


def test_labelled_book_keeps_the_promised_precision_and_recall() -> None:
    found, merged, true = labelled(4000, seed=11)
    precision, recall, _ = quality(found, true, OFFERED_FROM)
    assert (precision >= 0.95, recall >= 0.90) == (True, True), (precision, recall)
    assert quality(found, true, MERGED_FROM)[0] == 1.0
    assert len(merged) > 100
    assert merged <= true


def test_merge_is_one_change_set_and_is_undone(store: Store, trio: list[int]) -> None:
    before = dump_of(store.connection)
    groups = dupes.plan(store, threshold=OFFERED_FROM)
    done = dupes.merge(store, groups=groups, now=NOW)
    assert [(merged.kept.name, len(merged.merged)) for merged in done] == [("Eva Krolin", 2)]
    assert store.connection.execute("SELECT count(*) FROM contact").fetchone() == (2,)
    assert dupes.plan(store, threshold=OFFERED_FROM) == []
    journal.undo(store, now=NOW)
    assert dump_of(store.connection) == before


def test_chain_is_not_merged_where_its_ends_are_two_people(store: Store) -> None:
    with store.transaction(NOW):
        contact(store, "Eva Krolin", "Ehrler GmbH", email="eva@krolin.example", birthday="1980-04-12")
        contact(store, "Eva Krolin", "Ehrler GmbH", email="eva@krolin.example", phone="0171 1234567")
        contact(store, "Eva Krolin", "Ehrler GmbH", phone="0171 1234567", birthday="1999-01-30")
    assert len(dupes.find(store, threshold=OFFERED_FROM)) == 2
    assert [len(group.matches) for group in dupes.plan(store, threshold=OFFERED_FROM)] == [2]


def test_rejected_pair_is_never_offered_again_until_that_is_taken_back(store: Store, trio: list[int]) -> None:
    before = dupes.find(store, threshold=OFFERED_FROM)
    matches = dupes.matches_of(store, [uid(store, trio[0]), uid(store, trio[1])], region="DE")
    assert len(dupes.reject(store, lists=[matches], now=NOW)) == 1
    assert dupes.reject(store, lists=[matches], now=NOW) == []
    after = dupes.find(store, threshold=OFFERED_FROM)
    assert {(pair.a.id, pair.b.id) for pair in before} - {(pair.a.id, pair.b.id) for pair in after} == {
        (matches[0].id, matches[1].id)
    }
    assert all(len(group.matches) == 2 for group in dupes.plan(store, threshold=0.5))
    assert [pair.a.name for pair in dupes.rejected(store)] in (["Eva Krolin"], ["Eva Krollin"])
    dupes.reject(store, lists=[matches], undo=True, now=NOW)
    assert dupes.find(store, threshold=OFFERED_FROM) == before


def test_rejection_is_undone_and_in_the_history_of_both(store: Store, trio: list[int]) -> None:
    before = dump_of(store.connection)
    matches = dupes.matches_of(store, [uid(store, row) for row in trio], region="DE")
    assert len(dupes.reject(store, lists=[matches], now=NOW)) == 3
    journal.undo(store, now=NOW)
    assert dump_of(store.connection) == before


def test_merging_what_is_gone_merges_nothing(store: Store, trio: list[int]) -> None:
    groups = dupes.plan(store, threshold=OFFERED_FROM)
    dupes.merge(store, groups=groups, now=NOW)
    before = dump_of(store.connection)
    with pytest.raises(NotFound):
        dupes.merge(store, groups=groups, now=NOW)
    assert dump_of(store.connection) == before


def test_switchboard_of_a_firm_ties_nobody(store: Store) -> None:
    names = ("Petra März", "Jana Schmidt", "Tom Sommer", "Bob Miller", "Uta Lang", "Max Weber", "Ida Kern")
    with store.transaction(NOW):
        for name in names:
            contact(store, name, "Ehrler GmbH", email="info@ehrler.example", phone="0821 1230")
    assert dupes.find(store, threshold=0.2) == []


def test_firms_are_found_by_name_and_the_domain_of_their_people(store: Store) -> None:
    with store.transaction(NOW):
        contact(store, "Eva Krolin", "Ehrler Prüftechnik GmbH", email="eva@ehrler.example")
        contact(store, "Uwe Lang", "Ehrler GmbH & Co. KG", email="uwe@ehrler.example")
        contact(store, "Uta Lang", "EHRLER PRUEFTECHNIK", email="uta@gmx.de")
        company(store, "Frenkel KG", "0821 1230")
        company(store, "Frenkel KG Augsburg", "0821 1230")
    assert pairs(store, kind="company") == {
        frozenset(("Ehrler Prüftechnik GmbH", "EHRLER PRUEFTECHNIK")),
        frozenset(("Frenkel KG", "Frenkel KG Augsburg")),
    }


def test_same_foreign_id_is_one_person_whatever_the_name(store: Store) -> None:
    with store.transaction(NOW):
        for name in ("Eva Krolin", "E. Bauer"):
            insert(store, "card", contact_id=contact(store, name), uid="urn:1", format="vcard", hash="x")
    assert pairs(store, 0.3) == {frozenset(("Eva Krolin", "E. Bauer"))}


@pytest.mark.parametrize("threshold", [-0.1, 1.5, float("nan")])
def test_score_outside_of_0_to_1_is_refused(store: Store, threshold: float) -> None:
    with pytest.raises(UsageError):
        dupes.find(store, threshold=threshold)


def test_lists_with_a_record_in_common_come_together(store: Store, trio: list[int]) -> None:
    first, second, third = (dupes.matches_of(store, [uid(store, row), uid(store, trio[0]), uid(store, trio[2])],
                                             region="DE")[0] for row in trio)  # fmt: skip
    groups = dupes.groups_of([[first, second], [second, third]])
    assert [[match.row for match in group.matches] for group in groups] == [trio]
