"""Random queries over random people: the store finds what plain Python finds."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.domain.text import words, words_weak
from crm_cli.store import query_sql
from crm_cli.store.store import Store
from tests.services.book import insert

NOW = datetime(2025, 11, 19, 10, tzinfo=timezone(timedelta(hours=1)))


class Person:
    """A person of the oracle: the same facts as in the store, as plain values."""

    def __init__(self, number: int, chance: random.Random) -> None:
        self.name = f"P{number} {chance.choice(['Müller', 'Muller', 'Schmidt', 'Groß'])}"
        self.city = chance.choice([None, "München", "Augsburg", "Bad Tölz", "MUENCHEN"])
        self.tags = set(chance.sample(["messe", "vip", "Größe"], chance.randrange(3)))
        self.owner = chance.choice([None, "me", "tim"])
        self.size = chance.choice([None, 1, 2.5, 40])
        self.last = chance.choice([None, *(date(2025, 11, 19) - timedelta(days=n) for n in (0, 30, 90, 200))])


def holds(stored: str | None, typed: str) -> bool:
    """Tell whether a text has the words, the last one as a beginning, in either folding."""
    return stored is not None and any(
        f" {' '.join(split(typed))}" in f" {' '.join(split(stored))}" for split in (words, words_weak)
    )


def _age(operator: str, days: int) -> tuple[str, Callable[[Person], bool]]:
    then = date(2025, 11, 19) - timedelta(days=days)
    tests: dict[str, Callable[[date], bool]] = {
        ">": lambda day: day < then,
        ">=": lambda day: day <= then,
        "<": lambda day: day > then,
        "<=": lambda day: day >= then,
    }
    return f"last_contact{operator}{days}d", lambda person: person.last is not None and tests[operator](person.last)


def _size(operator: str, value: float) -> tuple[str, Callable[[Person], bool]]:
    tests: dict[str, Callable[[float], bool]] = {
        ":": lambda size: size == value,
        ">": lambda size: size > value,
        "<=": lambda size: size <= value,
    }
    return f"size{operator}{value}", lambda person: person.size is not None and tests[operator](person.size)


LEAVES: st.SearchStrategy[tuple[str, Callable[[Person], bool]]] = st.one_of(
    st.sampled_from(["münchen", "muenchen", "munchen", "augs", "tölz", "burg"]).map(
        lambda typed: (f"city:{typed}", lambda person: holds(person.city, typed))
    ),
    st.sampled_from(["müller", "mueller", "muller", "gross", "schm"]).map(
        lambda typed: (f"name:{typed}", lambda person: holds(person.name, typed))
    ),
    st.sampled_from(["messe", "vip", "Größe"]).map(lambda tag: (f"tag:{tag}", lambda person: tag in person.tags)),
    st.sampled_from(["me", "tim"]).map(lambda owner: (f"owner:{owner}", lambda person: person.owner == owner)),
    st.sampled_from(["city", "owner", "size", "last"]).map(
        lambda name: (
            f"has:{'last_contact' if name == 'last' else name}",
            lambda person: getattr(person, name) is not None,
        )
    ),
    st.builds(_age, st.sampled_from([">", ">=", "<", "<="]), st.sampled_from([0, 30, 89, 90, 91])),
    st.builds(_size, st.sampled_from([":", ">", "<="]), st.sampled_from([1, 2.5, 39])),
)
ASKED = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(
            lambda both: (f"{both[0][0]} ({both[1][0]})", lambda p: both[0][1](p) and both[1][1](p))
        ),
        st.tuples(inner, inner).map(
            lambda both: (f"(({both[0][0]}) OR {both[1][0]})", lambda p: both[0][1](p) or both[1][1](p))
        ),
        inner.map(lambda one: (f"not ({one[0]})", lambda p: not one[1](p))),
    ),
    max_leaves=4,
)


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory):
    """Forty random people in a store, and the same as plain values."""
    chance = random.Random(7)
    people = [Person(number, chance) for number in range(40)]
    path: Path = tmp_path_factory.mktemp("crowd") / "crm.db"
    with Store.open(str(path)) as store:
        insert(store, "field", entity="contact", name="size", type="number")
        for person in people:
            custom = None if person.size is None else f'{{"size": {person.size}}}'
            row = insert(store, "contact", name=person.name, owner=person.owner, custom=custom)
            if person.city:
                insert(store, "address", contact_id=row, city=person.city)
            for tag in person.tags:
                insert(store, "tag", contact_id=row, name=tag)
            if person.last:
                entry = insert(store, "interaction", kind="call", at=person.last.isoformat(), text="x")
                insert(store, "interaction_contact", interaction_id=entry, contact_id=row)
        yield store, people


@given(asked=ASKED)
@settings(deadline=None, max_examples=150)
def test_results_are_those_of_the_oracle(
    crowd: tuple[Store, list[Person]], asked: tuple[str, Callable[[Person], bool]]
) -> None:
    store, people = crowd
    text, holds_for = asked
    compiled = query_sql.compile(store.connection, text, "contact", now=NOW, actor="me")
    rows = store.connection.execute(f"SELECT name FROM contact WHERE {compiled.where} ORDER BY id", compiled.params)
    assert [name for (name,) in rows] == [person.name for person in people if holds_for(person)]
