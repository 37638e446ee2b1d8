"""Fill a store with the demonstration data: everything goes through the services a rep's own commands use."""

from __future__ import annotations

from crm_cli.domain.money import Money
from crm_cli.domain.party_input import PartyInput
from crm_cli.domain.text import fold
from crm_cli.domain.workdays import add_working_days, is_working_day
from crm_cli.services import cadences, companies, contacts, deals, events, interactions, resolve, tasks
from crm_cli.services.demo_data import APPOINTMENTS, CADENCES, CLOSED, COMPANIES, DEALS, DIARY, PEOPLE, TASKS
from crm_cli.services.interactions import Reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from typing import Any

    from crm_cli.domain.who import Match
    from crm_cli.store.store import Store


def seed(store: Store, *, reading: Reading, zone: str | None = None) -> dict[str, int]:
    """Write the demonstration data as of `reading.now`; return how many records of each kind there are.

    `zone` is the IANA name of local time, None where it has none.
    """
    start = _earlier(reading, 90, "08:00")
    with store.transaction(start):
        people = _address_book(store, start, reading.region)
        _closed(store, people, reading)
        _pipeline(store, people, reading)
        _diary(store, reading)
        _follow_ups(store, people, reading)
        _appointments(store, reading, zone)
    return {
        "companies": len(COMPANIES),
        "contacts": len(PEOPLE),
        "deals": len(DEALS) + len(CLOSED),
        "entries": len(DIARY),
        "events": len(APPOINTMENTS),
    }


def _address_book(store: Store, now: datetime, region: str) -> list[Match]:
    for name, street, postcode, city, switchboard, domain, tags in COMPANIES:
        typed = PartyInput(
            name=name,
            phone=(switchboard,),
            email=(f"info@{domain}.example",),
            address=(f"{street}, {postcode} {city}",),
            tag=tags.split(),
        )
        companies.add(store, typed=typed, force=False, region=region, now=now)
    return [_person(store, row, now, region) for row in PEOPLE]


def _person(store: Store, row: Sequence[Any], now: datetime, region: str) -> Match:
    name, company, title, extension, mobile, birthday, tags = row
    firm, switchboard, domain = COMPANIES[company][0], COMPANIES[company][4], COMPANIES[company][5]
    mail = ".".join(fold(name).split()[-2:])
    typed = PartyInput(
        name=name,
        company=firm,
        title=title,
        phone=(f"{switchboard[:-2]}{extension}", *((f"cell={mobile}",) if mobile else ())),
        email=(f"{mail}@{domain}.example",),
        birthday=birthday,
        tag=tags.split(),
    )
    saved = contacts.add(store, typed=typed, force=False, region=region, now=now)
    return resolve.one(store, saved.record.id, kinds=("contact",), region=region)


def _pipeline(store: Store, people: Sequence[Match], reading: Reading) -> None:
    from datetime import timedelta

    opened = _earlier(reading, 60, "09:00")
    for title, _, person, stage, euros, percent, days in DEALS:
        deals.add(
            store,
            title=title,
            now=opened,
            stages=reading.stages,
            stage=reading.stages[min(stage, len(reading.stages) - 1)]["name"],
            value=Money(euros * 100, "EUR"),
            probability=percent,
            contact_rows=[people[person].row],
            company_row=people[person].company_row,
            expected_on=reading.now.date() + timedelta(days=days),
        )


def _closed(store: Store, people: Sequence[Match], reading: Reading) -> None:
    """Win and lose some deals, each on its day."""
    for title, person, euros, days, reason in CLOSED:
        opened, moment = _earlier(reading, days + 5, "09:00"), _earlier(reading, days, "15:30")
        deal = deals.add(
            store,
            title=title,
            now=opened,
            stages=reading.stages,
            value=Money(euros * 100, "EUR"),
            contact_rows=[people[person].row],
            company_row=people[person].company_row,
        )
        row = resolve.one(store, deal.id, kinds=("deal",)).row
        deals.close(store, row=row, now=moment, won=reason is None, reason=reason)


def _diary(store: Store, reading: Reading) -> None:
    """Log every line as of the moment it was typed, so that its dates fall as they did then."""
    for days, clock, line in DIARY:
        interactions.log(store, text=line, reading=_as_of(_earlier(reading, days, clock), reading))


def _appointments(store: Store, reading: Reading, zone: str | None) -> None:
    """Enter every appointment as it was made a fortnight ago."""
    made = _as_of(_earlier(reading, 14, "17:00"), reading)
    for days, line, repeat in APPOINTMENTS:
        day = _working_day(reading, days)
        events.add(store, text=f"{day.isoformat()} {line}", reading=made, zone=zone, repeat=repeat)


def _as_of(now: datetime, reading: Reading) -> Reading:
    """Return what a line is read with at another moment."""
    return Reading(
        now=now,
        localize=reading.localize,
        is_holiday=reading.is_holiday,
        options=reading.options,
        stages=reading.stages,
        region=reading.region,
    )


def _working_day(reading: Reading, steps: int) -> date:
    """Return the working day so many from today, or from the next one where today is none; -1 is the last before."""
    from datetime import timedelta

    day = reading.now.date()
    if steps >= 0:
        return add_working_days(add_working_days(day, 0, reading.is_holiday), steps, reading.is_holiday)
    day -= timedelta(days=1)
    while not is_working_day(day, reading.is_holiday):
        day -= timedelta(days=1)
    return day


def _follow_ups(store: Store, people: Sequence[Match], reading: Reading) -> None:
    from datetime import timedelta

    now = reading.now
    for days, text, person in TASKS:
        match = people[person]
        due = now.date() + timedelta(days=days)
        tasks.add(
            store, text=text, now=now, due=due, contact_rows=[match.row], company_row=match.company_row
        )  # fmt: skip
    _finish_old(store, now, reading)
    for person, days in CADENCES:
        cadences.set(store, match=people[person], every=f"{days}d", now=now)


def _finish_old(store: Store, now: datetime, reading: Reading) -> None:
    """Do what was due long ago on its day, some of it two days late: this rep keeps most promises."""
    from datetime import date, timedelta

    last = (now.date() - timedelta(days=12)).isoformat()
    old = [task for task in tasks.listed(store, query="", state="open", now=now) if task.due and task.due[:10] < last]
    for number, task in enumerate(old):
        match = resolve.one(store, task.id, kinds=("task",))
        days = (now.date() - date.fromisoformat((task.due or "")[:10])).days - (2 if number % 4 == 3 else 0)
        done = _earlier(reading, days, "16:00")
        tasks.done(store, row=match.row, now=done, localize=reading.localize)


def _earlier(reading: Reading, days: int, clock: str) -> datetime:
    """Return a moment of an earlier day in local time."""
    from datetime import datetime, time, timedelta

    day = reading.now.date() - timedelta(days=days)
    return reading.localize(datetime.combine(day, time.fromisoformat(clock)))
