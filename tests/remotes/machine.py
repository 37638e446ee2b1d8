"""Random operations on both ends of a sync, with failures in the middle, held against the model after each sync."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from tests.remotes.ends_base import Ends
from tests.remotes.model import Bond, Facts, Item, Outcome
from tests.remotes.proxy import Proxy

SIDES = st.sampled_from(["here", "there"])
PICK = st.integers(0, 11)
FAILURES = ("cut", "lose", "busy", "storm", "forget", "race")


class Machine(RuleBasedStateMachine):
    """`start` (set by whoever runs it) gives both ends, empty and in step, and the proxy or server that fails."""

    start: Callable[[], tuple[Ends, object]]
    operations = 0

    def __init__(self) -> None:
        super().__init__()
        self.ends, self.server = type(self).start()
        self.items: dict[str, Item] = {}
        self.number = 0
        self.crm = self.ends.crm

    def _pick(self, number: int, side: str | None = None) -> str | None:
        known = [key for key, item in self.items.items() if side is None or getattr(item, side) is not None]
        return known[number % len(known)] if known else None

    def _next(self) -> int:
        self.number += 1
        return self.number

    def _count(self) -> None:
        type(self).operations += 1

    @rule(side=SIDES)
    def create(self, side: str) -> None:
        """Make an item on one side."""
        if len(self.items) >= 12 and any(item.here or item.there for item in self.items.values()):
            for key in [key for key, item in self.items.items() if item == Item()]:
                del self.items[key]
        key = f"Item Number {self._next()}"
        self.items[key] = Item()
        self._create(key, side)

    def _create(self, key: str, side: str) -> None:
        self._count()
        make = self.ends.create_here if side == "here" else self.ends.create_there
        setattr(self.items[key], side, make(key))
        self.ends.read_here()

    @rule()
    def meet(self) -> None:
        """Make the same person on both sides."""
        if self.ends.noun == "contact":
            self.create("here")
            self._create(list(self.items)[-1], "there")

    @rule(side=SIDES, pick=PICK, name=PICK, clear=st.booleans())
    def change(self, side: str, pick: int, name: int, clear: bool) -> None:
        """Change a property of an item: another value, none, one more or one less."""
        key = self._pick(pick, side)
        if key is not None:
            self._change(key, side, self._property(key, side, name), clear, self._next())

    @rule(pick=PICK, name=PICK, same=st.booleans())
    def change_both(self, pick: int, name: int, same: bool) -> None:
        """Change the same property on both sides, in the same way or not."""
        both = [key for key, item in self.items.items() if item.here is not None and item.there is not None]
        if both:
            key, number = both[pick % len(both)], self._next()
            chosen = self._property(key, "here", name)
            self._change(key, "here", chosen, False, number)
            self._change(key, "there", chosen, False, number if same else self._next())

    def _property(self, key: str, side: str, number: int) -> str:
        facts = getattr(self.items[key], side)
        names = [*self.ends.singles, *self.ends.sets]
        names = [name for name in names if self.ends.may_change(key, name, side, facts.get(name))]
        return names[number % len(names)]

    def _change(self, key: str, side: str, name: str, clear: bool, number: int) -> None:
        facts: Facts = getattr(self.items[key], side)
        old = facts.get(name)
        new: object = None if clear and old and name != "start" else self.ends.value(name, number)
        if name in self.ends.sets:
            values = old or frozenset()
            least = sorted(values - {self.ends.shared(key)})[:1]
            new = values - set(least) if clear and least else values | {str(new)}
        if new == old:
            return
        self._count()
        act = self.ends.change_here if side == "here" else self.ends.change_there
        act(key, name, old, new)
        changed = {**facts, name: new or None}
        setattr(self.items[key], side, {name: value for name, value in changed.items() if value})

    @rule(side=SIDES, pick=PICK)
    def delete(self, side: str, pick: int) -> None:
        """Delete an item on one side."""
        key = self._pick(pick, side)
        if key is not None:
            self._count()
            (self.ends.delete_here if side == "here" else self.ends.delete_there)(key)
            setattr(self.items[key], side, None)
            if side == "here":
                self.items[key].used = False

    @rule(pick=PICK)
    def mention(self, pick: int) -> None:
        """Log something about a person: no device may delete it without a question now."""
        key = self._pick(pick, "here")
        if key is not None and self.ends.noun == "contact":
            self._count()
            self.crm("log", "call", f"{key}:", "wants an offer")
            self.items[key].used = True

    @rule(pick=PICK, keep=st.sampled_from(["mine", "theirs"]))
    @precondition(lambda self: any(bond.conflict for item in self.items.values() for bond in item.bonds))
    def answer(self, pick: int, keep: str) -> None:
        """Decide a conflict."""
        conflicts = self.crm("sync", "conflicts")
        if conflicts:
            chosen = conflicts[pick % len(conflicts)]
            self.crm("sync", "conflicts", str(chosen["id"]), "--keep", keep)
            item = self.items[chosen["name"]]
            item.bonds = [Bond(bond.base, bond.conflict, keep) for bond in item.bonds if bond.conflict]

    @rule()
    def sync(self) -> None:
        """Synchronise: each item must be what the model says."""
        result = self.ends.run("sync", "--yes", "--json")
        assert result.code == 0, result
        (report,) = result.json
        assert not report["postponed"], report
        self._compare(strict=True)
        waiting = self.crm("sync", "conflicts")
        assert report["conflicts"] == sum(self._waits(item) for item in self.items.values()), (waiting, self.items)

    @rule(failure=st.sampled_from(FAILURES), after=st.integers(0, 8))
    def failing_sync(self, failure: str, after: int) -> None:
        """Synchronise while something goes wrong: each item is as before or as the model says."""
        server = self.server
        if failure == "race" and not server.conditional:
            return
        if failure == "race":
            server.before_write = self._race
        elif failure == "forget":
            server.forget = True
        else:
            setattr(server, failure, after)
        result = self.ends.run("sync", "--yes", "--json")
        server.heal()
        assert result.code in (0, 8), result
        assert result.code == 0 or failure in ("cut", "busy"), result
        self._compare(strict=False)

    def _race(self, method: str, path: str) -> None:
        """Let the device be quicker with the resource that is about to be written."""
        name = path.rpartition("/")[2]
        key = next((key for key, resource in self.ends.resources.items() if resource == name), None)
        if key is None or method != "PUT" or self.items[key].there is None:
            return
        self.server.before_write = None
        self._change(key, "there", self._property(key, "there", -1), False, self._next())

    def _compare(self, *, strict: bool) -> None:
        here, there = self.ends.read_here(), self.ends.read_there()
        for key in {*here, *there} - set(self.items):
            raise AssertionError(f"{key} was deleted on both sides and is there again")
        for key, item in self.items.items():
            self._settle(key, item, here.get(key), there.get(key), strict=strict)

    def _settle(self, key: str, item: Item, here: Facts | None, there: Facts | None, *, strict: bool) -> None:
        outcomes = item.outcomes()
        before = [Outcome(item.here, item.there, bond) for bond in item.bonds]
        if strict:
            fitting = [one for one in outcomes if (one.here, one.there) == (here, there)]
        else:
            possible = [*outcomes, *before]
            assert here in [one.here for one in possible], (key, here, possible)
            assert there in [one.there for one in possible], (key, there, possible)
            fitting = possible
        assert fitting, (key, {"here": here, "there": there}, item, outcomes)
        item.here, item.there = here, there
        item.bonds = list(dict.fromkeys(one.bond for one in fitting))
        if there is None:
            self.ends.resources.pop(key, None)
        if any(bond.conflict for bond in item.bonds):
            self._look_at_conflict(key, item)

    def _look_at_conflict(self, key: str, item: Item) -> None:
        """Keep the bonds that fit what the program says of the item's conflict."""
        known = {one["name"]: one for one in self.crm("sync", "conflicts")}
        if key in known:
            item.bonds = [b for b in item.bonds if (b.conflict, b.answer) == (known[key]["kind"], known[key]["answer"])]
        else:
            item.bonds = [bond for bond in item.bonds if not bond.conflict]
        assert item.bonds, (key, known.get(key))

    def _waits(self, item: Item) -> bool:
        return any(bond.conflict and not bond.answer for bond in item.bonds)

    def teardown(self) -> None:
        """Answer everything: both ends must be equal, and nothing that was not deleted may be missing."""
        try:
            self._finish()
        finally:
            stop = getattr(self.server, "stop", None)
            if stop:
                stop()

    def _finish(self) -> None:
        self.sync()
        for conflict in self.crm("sync", "conflicts"):
            self.crm("sync", "conflicts", str(conflict["id"]), "--keep", "mine")
            item = self.items[conflict["name"]]
            item.bonds = [Bond(bond.base, bond.conflict, "mine") for bond in item.bonds]
        self.sync()
        here, there = self.ends.read_here(), self.ends.read_there()
        # What was done before it ever went there stays at home.
        assert {key: facts for key, facts in here.items() if key in there or not facts.get("done")} == there
        (report,) = self.crm("sync")
        assert not any(value for name, value in report.items() if name not in ("name", "same")), report
        for key in there:
            text = self.ends.device.get(self.ends.resources[key])
            assert "uid-" not in text.partition("UID:")[2][:4] or self.ends.own_line_kept(key), text


class FolderMachine(Machine):
    """Where resources are files other programs rename."""

    @rule(pick=PICK)
    def rename(self, pick: int) -> None:
        """Give a file another name: it is the same item."""
        key = self._pick(pick, "there")
        if key is not None:
            self._count()
            name = f"moved-{self._next()}{self.ends.suffix}"
            self.ends.device.rename(self.ends.resources[key], name)
            self.ends.resources[key] = name


def walk(
    start: Callable[[], tuple[Ends, object]],
    *,
    examples: int,
    steps: int,
    number: int,
    machine: type[Machine] = Machine,
) -> int:
    """Walk so many times up to so many steps, by the seed `number`; return how many were operations on an item."""
    made = type("Walk", (machine,), {"start": staticmethod(start), "operations": 0})
    run_state_machine_as_test(
        seed(number)(made),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
        ),
    )
    return made.operations


class Proxied:
    """A collection of a server as it is reached through a proxy of its own."""

    def __init__(self, device, *, conditional: bool = True) -> None:
        self.proxy = Proxy(device.url, conditional=conditional)
        self.url, self.user, self.path = self.proxy.url, device.user, device.path
