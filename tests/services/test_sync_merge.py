"""The decisions of a sync without any server: merging property by property, planning, storms of deletions."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.domain import sync
from crm_cli.domain.sync import Step, SyncItem
from crm_cli.domain.three_way import merge

TEXTS = st.sampled_from([None, "a", "b", "c"])
ITEMS = st.lists(
    st.builds(lambda value, label: {"value": value, "label": label}, st.sampled_from("uvwxyz"), st.sampled_from("hw")),
    max_size=4,
    unique_by=lambda item: item["value"],
)


def made(title: str | None, mails: list) -> dict:
    facts = {"title": title, "mails": mails}
    return {name: value for name, value in facts.items() if value}


FACTS = st.builds(made, TEXTS, ITEMS)


def join(base_mine, mine, base_theirs, theirs, prefer=None):
    def identity(_: str, item: dict) -> str:
        return item["value"]

    return merge(base_mine, mine, base_theirs, theirs, identity=identity, prefer=prefer)


def values(facts: dict) -> set[str]:
    return {item["value"] for item in facts.get("mails", ())}


def same(one: dict, other: dict) -> bool:
    def plain(facts: dict) -> tuple:
        return facts.get("title"), sorted((item["value"], item["label"]) for item in facts.get("mails", ()))

    return plain(one) == plain(other)


@settings(deadline=None)
@given(base=FACTS, other=FACTS)
def test_a_change_of_one_side_alone_goes_to_the_other(base, other) -> None:
    for merged in (join(base, other, base, base), join(base, base, base, other)):
        assert merged.conflicts == []
        assert same(merged.mine, other)
        assert same(merged.theirs, other)


@settings(deadline=None, max_examples=300)
@given(base=FACTS, mine=FACTS, theirs=FACTS, prefer=st.sampled_from(["mine", "theirs"]))
def test_nothing_is_lost_and_both_ends_are_equal(base, mine, theirs, prefer) -> None:
    merged = join(base, mine, base, theirs, prefer)
    assert merged.conflicts == []
    assert same(merged.mine, merged.theirs)
    for value in values(mine) | values(theirs):
        deleted_unchanged = value in values(base) and (value not in values(mine) or value not in values(theirs))
        assert value in values(merged.mine) or deleted_unchanged
    again = join(merged.mine, merged.mine, merged.theirs, merged.theirs)
    assert same(again.mine, merged.mine)


@settings(deadline=None, max_examples=200)
@given(base_mine=FACTS, base_theirs=FACTS, mine=FACTS, theirs=FACTS)
def test_a_conflict_leaves_the_property_as_it_is_on_each_side(base_mine, base_theirs, mine, theirs) -> None:
    merged = join(base_mine, mine, base_theirs, theirs)
    if "title" in merged.conflicts:
        assert (merged.mine.get("title"), merged.theirs.get("title")) == (mine.get("title"), theirs.get("title"))
    else:
        unseen = mine.get("title") == base_mine.get("title") and theirs.get("title") == base_theirs.get("title")
        assert unseen or merged.mine.get("title") == merged.theirs.get("title")


def test_what_a_side_cannot_hold_is_no_change() -> None:
    merged = join({"title": "a", "own": "1"}, {"title": "b", "own": "1"}, {"title": "a"}, {"title": "a", "note": "x"})
    assert merged.theirs == {"title": "b", "note": "x"}
    assert merged.mine == {"title": "b", "own": "1", "note": "x"}


@pytest.mark.parametrize(
    ("here", "there", "both", "pull", "push"),
    [
        ("same", "same", None, None, None),
        ("same", "changed", "merge", "merge", None),
        ("same", "gone", "delete_here", "delete_here", "recreate"),
        ("changed", "same", "push_change", None, "push_change"),
        ("changed", "changed", "merge", "merge", "push_change"),
        ("changed", "gone", "conflict", "delete_here", "recreate"),
        ("gone", "same", "delete_there", None, "delete_there"),
        ("gone", "changed", "conflict", None, "delete_there"),
        ("gone", "gone", "forget", None, "forget"),
        ("left", "same", "delete_there", None, "delete_there"),
        ("left", "changed", "merge", "merge", "delete_there"),
        ("left", "gone", "forget", "delete_here", "forget"),
    ],
)
def test_what_follows_from_two_states(here: str, there: str, both, pull, push) -> None:
    found = [sync.linked_action(here, there, direction) for direction in ("both", "pull", "push")]
    assert found == [both, pull, push]


def test_a_plan_leaves_alone_what_waits_for_an_answer() -> None:
    items = [SyncItem(n, f"/{n}", '"1"', f"u{n}", "there", "", "") for n in range(4)]
    steps = sync.plan(
        items,
        here={"u0": "same", "u1": "changed", "u2": "same", "u3": "same"},
        changed={"/0": '"2"', "/1": '"2"', "/9": '"1"'},
        gone={"/2", "/3"},
        waiting={"/1"},
        ours={"/3"},
        new_here=["u7"],
        direction="both",
    )
    assert [(step.action, step.href, step.record_uid) for step in steps] == [
        ("merge", "/0", "u0"),
        ("delete_here", "/2", "u2"),
        ("recreate", "/3", "u3"),
        ("pull_new", "/9", None),
        ("push_new", None, "u7"),
    ]


@pytest.mark.parametrize(
    ("known", "deleted", "storm"),
    [(1, 1, False), (2, 2, True), (3, 2, False), (10, 2, False), (10, 3, True), (1000, 24, False), (1000, 25, True)],
)
def test_when_deletions_are_a_storm(known: int, deleted: int, storm: bool) -> None:
    for action, side in (("delete_here", "here"), ("delete_there", "there")):
        steps = [Step(action, f"/{n}", f"u{n}") for n in range(deleted)]
        assert sync.storms(steps, known) == ({side: deleted} if storm else {})
