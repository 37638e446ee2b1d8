"""khal, khard and todoman as they are: they read what the program wrote, and what they write comes back."""

from __future__ import annotations

import pytest

from tests.remotes.clients import Clients
from tests.remotes.test_sync_servers import person, sync


def step(crm) -> dict[str, dict[str, int]]:
    """Synchronise all collections; return the numbers of each that are not 0."""
    result = crm("sync", "--json")
    assert result.code == 0, result
    ignored = ("name", "same", "change_set")
    return {
        report["name"]: {key: value for key, value in report.items() if value and key not in ignored}
        for report in result.json
    }


@pytest.mark.long
def test_khard_reads_what_is_written_and_what_it_writes_comes_back(crm, synced, programs: Clients) -> None:
    crm("contact", "add", "Ada Lovelace", "--email", "work=ada@example.org", "--phone", "+49 821 123", "--quiet")
    crm("contact", "add", "Jürgen Groß", "--company", "Müller & Söhne GmbH", "--quiet")
    synced(programs.people)
    assert sync(crm) == {"pushed_new": 2}
    shown = programs.khard("list")
    assert "Ada Lovelace" in shown
    assert "Jürgen Groß" in shown
    assert "Müller & Söhne GmbH" in programs.khard("show", "Jürgen")
    assert "ada@example.org\tAda Lovelace\tWORK" in programs.khard("email", "--parsable", "ada")

    new = "First name: Grace\nLast name: Hopper\nTitle: Admiral\nEmail:\n    work: grace@example.org\n"
    (programs.folder / "new.yaml").write_text(new)
    programs.khard("new", "-i", str(programs.folder / "new.yaml"))
    assert sync(crm) == {"pulled_new": 1}
    grace = person(crm, "Grace Hopper")
    assert (grace["title"], grace["emails"][0]["value"]) == ("Admiral", "grace@example.org")

    crm("contact", "edit", "Ada Lovelace", "--title", "Countess", "--quiet")
    known = person(crm, "Ada Lovelace")["id"]
    edited = "First name: Ada\nLast name: Lovelace\nNickname: Augusta\nPhone:\n    cell: '+49 171 5'\n"
    (programs.folder / "ada.yaml").write_text(edited)
    programs.khard("edit", "-i", str(programs.folder / "ada.yaml"), "Ada", stdin="yes\n")
    assert sync(crm) == {"pulled_changed": 1, "pushed_changed": 1}
    ada = person(crm, "Ada Lovelace")
    assert (ada["id"], ada["title"], ada["nickname"]) == (known, "Countess", "Augusta")
    assert [phone["value"] for phone in ada["phones"]] == ["+49 171 5"]
    assert ada["emails"] == []
    assert "Countess" in programs.khard("show", "Ada")

    programs.khard("remove", "--force", "Jürgen")
    assert sync(crm) == {"pulled_deleted": 1}
    crm("contact", "delete", "Grace Hopper", "--yes", "--quiet")
    assert sync(crm) == {"pushed_deleted": 1}
    assert programs.khard("list", "--parsable", "-F", "name").split("\n")[:-1] == ["Ada Lovelace"]
    assert sync(crm) == {}


def test_khal_reads_what_is_written_and_what_it_writes_comes_back(crm, synced, programs: Clients) -> None:
    for line in (
        "morgen 9 Uhr 1h: Vorführung ort:Augsburg erinnern:30m",
        "24.11. Messe",
        "heute 11:00 15m Täglich wdh:1d",
    ):
        assert crm("event", "add", line, "--quiet").code == 0
    synced(programs.work)
    assert sync(crm) == {"pushed_new": 3}
    form = ("--day-format", "", "--format", "{start} {title} {location}")
    day = programs.khal("list", *form, "20.11.2025", "1d").splitlines()
    assert day == ["20.11.2025 09:00 Vorführung Augsburg", "20.11.2025 11:00 Täglich "]
    assert "24.11.2025 Messe" in programs.khal("list", *form, "24.11.2025", "1d")

    programs.khal("new", "25.11.2025", "14:00", "15:30", "Zahnarzt", "::", "mit Röntgen", "-l", "Ulm")
    programs.khal("new", "-r", "weekly", "26.11.2025", "08:00", "08:30", "Jour fixe")
    assert sync(crm) == {"pulled_new": 2}
    events = {event["title"]: event for event in crm("event", "list", "--json").json}
    dentist = events["Zahnarzt"]
    assert (dentist["start"][:16], dentist["location"], dentist["description"]) == (
        "2025-11-25T14:00",
        "Ulm",
        "mit Röntgen",
    )
    agenda = crm("agenda", "10.12.2025", "--json").json
    assert "Jour fixe" in str(agenda)

    assert crm("event", "edit", dentist["id"], "--start", "25.11. 16 Uhr", "--quiet").code == 0
    assert sync(crm) == {"pushed_changed": 1}
    assert programs.khal("list", *form, "25.11.2025", "1d").splitlines() == [
        "25.11.2025 11:00 Täglich ",
        "25.11.2025 16:00 Zahnarzt Ulm",
    ]
    assert sync(crm) == {}


def test_todoman_reads_what_is_written_and_what_it_writes_comes_back(crm, synced, programs: Clients) -> None:
    crm("task", "add", "Angebot schicken", "--due", "21.11.2025", "--quiet")
    crm("task", "add", "Muster bestellen", "--due", "24.11.2025 10:00", "--quiet")
    synced(programs.work, "--tasks")
    assert sync(crm) == {"pushed_new": 2}
    numbers = programs.tasks()
    assert set(numbers) == {"Angebot schicken", "Muster bestellen"}

    programs.todo("done", str(numbers["Angebot schicken"]))
    programs.todo("new", "--due", "2025-11-28", "--priority", "high", "Katalog drucken")
    assert sync(crm) == {"pulled_new": 1, "pulled_changed": 1}
    tasks = {task["text"]: task for task in crm("task", "list", "--json").json}
    assert set(tasks) == {"Muster bestellen", "Katalog drucken"}
    assert (tasks["Katalog drucken"]["due"], tasks["Katalog drucken"]["priority"]) == ("2025-11-28", "high")

    assert crm("task", "done", tasks["Katalog drucken"]["id"], "--quiet").code == 0
    assert sync(crm) == {"pushed_changed": 1}
    assert set(programs.tasks()) == {"Muster bestellen"}
    assert sync(crm) == {}


def test_a_repeated_follow_up_comes_back_whoever_finishes_it(crm, synced, programs: Clients) -> None:
    crm("task", "add", "Wochenbericht", "--due", "21.11.2025", "--repeat", "1w", "--quiet")
    synced(programs.work, "--tasks")
    sync(crm)
    for day in ("2025-11-28", "2025-12-05"):
        programs.todo("done", str(programs.tasks()["Wochenbericht"]))
        assert sync(crm) == {"pulled_new": 1, "pulled_changed": 1}
        (task,) = crm("task", "list", "--json").json
        assert (task["due"], task["repeat"]) == (day, "1w")
    assert crm("task", "done", task["id"], "--quiet").code == 0
    (task,) = crm("task", "list", "--json").json
    assert task["due"] > "2025-12-05"
    sync(crm)
    assert list(programs.tasks()) == ["Wochenbericht"]
    assert sync(crm) == {}


def test_all_three_work_on_what_the_demonstration_holds(crm, synced, programs: Clients, monkeypatch) -> None:
    monkeypatch.setenv("CRM_DB", crm("demo").out.strip())
    synced(programs.people, name="people")
    synced(programs.work, "--tasks", name="work")
    done = step(crm)
    people, events, tasks = (crm(kind, "list", "--json").json for kind in ("contact", "event", "task"))
    assert done["people"] == {"pushed_new": len(people)}
    assert done["work"]["pushed_new"] == len(events) + len(tasks)
    shown = programs.khard("list", "--parsable", "-F", "formatted_name").splitlines()
    assert sorted(shown) == sorted(person["name"] for person in people)
    assert set(programs.tasks()) == {task["text"] for task in tasks}
    agenda = programs.khal("list", "--day-format", "", "--format", "{title}", "01.10.2025", "120d")
    assert {event["title"] for event in events} <= set(agenda.splitlines())
    assert step(crm) == {"people": {}, "work": {}}


def test_khal_shows_the_feed(crm, programs: Clients) -> None:
    for line in ("morgen 9 Uhr 1h: Vorführung ort:Augsburg", "24.11. Messe", "heute 11:00 15m Täglich wdh:1d"):
        assert crm("event", "add", line, "--quiet").code == 0
    path = programs.folder / "feed.ics"
    for share, first in ((), "Vorführung"), (("--share", "busy"), "Busy"):
        assert crm("export", "event", "--format", "ical", "-o", str(path), *share).code == 0
        shown = programs.khal("printics", "--format", "{start} {title}", str(path))
        assert f"20.11.2025 09:00 {first}" in shown
        assert shown.count("2025") == 3
