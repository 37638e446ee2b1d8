"""vdirsyncer between the program's folder and a real server: what either side did is on both in the end."""

from __future__ import annotations

import json
import re
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.remotes.clients import Clients, configurations
from tests.remotes.folders import FolderDevice
from tests.remotes.servers import USER, Device, card, event
from tests.remotes.test_clients import step
from tests.remotes.test_sync_servers import names, person

RADICALE = pytest.mark.parametrize("shared_server", ["radicale"], indirect=True)


def facts(text: str) -> dict[str, list[str]]:
    """Return an item as the lines of its components; what a server writes by itself and the order do not count."""
    own = ("PRODID", "REV", "DTSTAMP", "LAST-MODIFIED")
    lines = sorted(line for line in text.strip().split("\n") if line.partition(":")[0] not in own)
    (uid,) = {line for line in lines if line.startswith("UID:")}
    return {uid: lines}


def held(device: Device) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for text in device.cards().values():
        # The rules of the zones are written by each program in its own words.
        found |= facts(re.sub(r"(?s)BEGIN:VTIMEZONE.*?END:VTIMEZONE\n", "", text))
    return found


def connect(programs: Clients, pair: str, device: Device) -> None:
    """Let vdirsyncer keep a folder in step with a collection, configured as the documentation says."""
    places = {f"https://dav.example.org/ada/{pair}/": device.url + device.path, '"ada"': f'"{USER}"'}
    programs.configure("vdirsyncer/config", places)
    programs.vdirsyncer("discover", pair)


def round_trip(crm, programs: Clients, pair: str) -> None:
    """Let everything travel: to the folder, to the server and back, to the program."""
    step(crm)
    programs.vdirsyncer("sync", pair)
    step(crm)


@pytest.mark.long
@RADICALE
def test_people_travel_over_a_folder_to_a_server_and_back(crm, book, synced, programs: Clients) -> None:
    crm("contact", "add", "Ada Lovelace", "--email", "work=ada@example.org", "--tag", "vip", "--quiet")
    crm("contact", "add", "Jürgen Groß", "--phone", "cell=+49 171 5", "--quiet")
    for number, name in enumerate(("Rita Remote", "Bob Remote", "Cid Remote")):
        book.put(f"r{number}.vcf", card(f"r-{number}", name, "X-OWN:1"))
    synced(programs.people)
    connect(programs, "people", book)
    round_trip(crm, programs, "people")
    assert set(names(crm)) == {"Ada Lovelace", "Jürgen Groß", "Rita Remote", "Bob Remote", "Cid Remote"}
    assert held(programs.people) == held(book)

    crm("contact", "edit", "Rita Remote", "--title", "Buyer", "--quiet")
    crm("contact", "delete", "Jürgen Groß", "--yes", "--quiet")
    book.edit("r1.vcf", "FN:Bob Remote", "FN:Bob Remote\nNICKNAME:Bobby")
    book.delete("r2.vcf")
    (ada,) = (name for name, text in book.cards().items() if "Ada Lovelace" in text)
    book.edit(ada, "FN:Ada Lovelace", "FN:Ada Lovelace\nBDAY:18151210")
    crm("contact", "edit", "Ada Lovelace", "--title", "Countess", "--quiet")
    # vdirsyncer cannot merge: what the server has comes first, then the program has both.
    programs.vdirsyncer("sync", "people")
    round_trip(crm, programs, "people")
    assert set(names(crm)) == {"Ada Lovelace", "Rita Remote", "Bob Remote"}
    assert (person(crm, "Ada Lovelace")["birthday"], person(crm, "Ada Lovelace")["title"]) == ("1815-12-10", "Countess")
    assert person(crm, "Bob Remote")["nickname"] == "Bobby"
    assert held(programs.people) == held(book)
    texts = "\n".join(book.cards().values())
    for line in ("TITLE:Buyer", "TITLE:Countess", "NICKNAME:Bobby", "CATEGORIES:vip"):
        assert line in texts
    assert texts.count("X-OWN:1") == 2
    assert step(crm) == {"phone": {}}


@RADICALE
def test_events_and_follow_ups_travel_over_a_folder_to_a_server_and_back(crm, cal, synced, programs: Clients) -> None:
    crm("event", "add", "morgen 9 Uhr 1h: Vorführung ort:Augsburg erinnern:30m", "--quiet")
    crm("event", "add", "heute 11:00 15m Täglich wdh:1d", "--quiet")
    crm("task", "add", "Angebot schicken", "--due", "21.11.2025", "--quiet")
    cal.put("r.ics", event("r-1", "Remote", "X-OWN:1"))
    cal.put("o.ics", event("o-1", "Off"))
    cal.put("t.ics", event("t-1", "Anrufen", "DUE:20251204T090000Z").replace("VEVENT", "VTODO"))
    synced(programs.work, "--tasks")
    connect(programs, "work", cal)
    round_trip(crm, programs, "work")
    assert {one["title"] for one in crm("event", "list", "--json").json} == {"Vorführung", "Täglich", "Remote", "Off"}
    assert {one["text"] for one in crm("task", "list", "--json").json} == {"Angebot schicken", "Anrufen"}
    assert held(programs.work) == held(cal)

    events = {one["title"]: one["id"] for one in crm("event", "list", "--json").json}
    assert crm("event", "edit", events["Remote"], "--location", "Ulm", "--quiet").code == 0
    crm("event", "delete", events["Täglich"], "--yes", "--quiet")
    cal.delete("o.ics")
    (shown,) = (name for name, text in cal.cards().items() if "Vorführung" in text)
    cal.edit(shown, "LOCATION:Augsburg", "LOCATION:München")
    cal.edit("t.ics", "SUMMARY:Anrufen", "SUMMARY:Anrufen\nSTATUS:COMPLETED")
    round_trip(crm, programs, "work")
    assert {one["title"]: one["location"] for one in crm("event", "list", "--json").json} == {
        "Remote": "Ulm",
        "Vorführung": "München",
    }
    assert [one["text"] for one in crm("task", "list", "--json").json] == ["Angebot schicken"]
    assert held(programs.work) == held(cal)
    assert step(crm) == {"phone": {}}


@pytest.fixture
def web(tmp_path):
    """A web server with a folder; yields the folder and its address."""
    folder = tmp_path / "public"
    folder.mkdir()

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield folder, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_feed_is_subscribed_to_and_followed(crm, synced, programs: Clients, web, monkeypatch, tmp_path) -> None:
    folder, address = web
    feed = ("export", "event", "--share", "titles", "-o", str(folder / "holidays.ics"))
    crm("event", "add", "24.11. Messe", "--quiet")
    crm("event", "add", "heute 11:00 15m Täglich wdh:1d", "--quiet")
    assert crm(*feed).code == 0
    programs.configure("vdirsyncer/config", {"https://example.org": address})
    holidays = FolderDevice(programs.folder / ".calendars" / "holidays", "event")
    programs.vdirsyncer("discover")
    programs.vdirsyncer("sync")
    with monkeypatch.context() as other:
        other.setenv("CRM_HOME", str(tmp_path / "other"))
        synced(holidays, "--direction", "pull", name="holidays")
        assert step(crm) == {"holidays": {"pulled_new": 2}}
        assert {one["title"] for one in crm("event", "list", "--json").json} == {"Messe", "Täglich"}

    crm("event", "add", "25.11. Abbau", "--quiet")
    (fair,) = (one["id"] for one in crm("event", "list", "--json").json if one["title"] == "Messe")
    crm("event", "delete", fair, "--yes", "--quiet")
    assert crm(*feed).code == 0
    programs.vdirsyncer("sync")
    monkeypatch.setenv("CRM_HOME", str(tmp_path / "other"))
    assert step(crm) == {"holidays": {"pulled_new": 1, "pulled_deleted": 1}}
    assert {one["title"] for one in crm("event", "list", "--json").json} == {"Abbau", "Täglich"}


def test_vdirsyncer_understands_every_configuration_of_the_documentation(programs: Clients) -> None:
    found = [text for name, text in configurations() if name == "vdirsyncer/config"]
    assert len(found) == 3
    for text in found:
        (programs.folder / ".config" / "vdirsyncer").mkdir(exist_ok=True)
        (programs.folder / ".config" / "vdirsyncer" / "config").write_text(text)
        shown = json.loads(programs.vdirsyncer("showconfig"))
        assert len(shown["storages"]) == text.count("[storage ")
