"""The client against servers with bad manners: fall-backs, broken connections, lost races, other hosts, bad XML."""

from __future__ import annotations

import pytest

from crm_cli.errors import RemoteError
from tests.remotes.fake_server import BOOK, FakeServer
from tests.remotes.servers import card
from tests.remotes.test_sync_servers import in_step, names, person, sync

MANNERS = [
    {},
    {"sync": False},
    {"sync": False, "ctag": True},
    {"page": 2},
    {"put_etag": False},
    {"weak": True},
    {"etags": False, "sync": False},
]


def fill(fake: FakeServer, count: int = 5) -> None:
    for number in range(count):
        fake.put(f"{number}.vcf", card(f"u-{number}", f"Person {number}", "TITLE:One"))


@pytest.mark.parametrize("manners", [pytest.param(item, id=" ".join(item) or "good") for item in MANNERS])
def test_every_kind_of_server_comes_in_step(crm, fake, synced, manners) -> None:
    for name, value in manners.items():
        setattr(fake, name, value)
    fill(fake)
    crm("contact", "add", "Ada")
    synced(fake)
    assert sync(crm) == {"pulled_new": 5, "pushed_new": 1}
    assert in_step(crm)
    fake.edit("1.vcf", "TITLE:One", "TITLE:Two")
    fake.delete("2.vcf")
    fake.put("new.vcf", card("u-new", "Nora"))
    crm("contact", "edit", "Person 3", "--title", "Boss")
    crm("contact", "delete", "Person 4", "--yes")
    report = sync(crm)
    assert report == {
        "pulled_new": 1, "pulled_changed": 1, "pulled_deleted": 1, "pushed_changed": 1, "pushed_deleted": 1,
    }  # fmt: skip
    assert names(crm) == ["Ada", "Nora", "Person 0", "Person 1", "Person 3"]
    assert "TITLE:Boss" in fake.get("3.vcf")
    assert in_step(crm)


def test_an_empty_sync_asks_twice_and_fetches_nothing(crm, fake, synced) -> None:
    fill(fake)
    synced(fake)
    sync(crm)
    fake.requests.clear()
    assert in_step(crm)
    assert [method for method, _, _ in fake.requests] == ["PROPFIND", "REPORT"]


def test_an_expired_token_costs_a_listing(crm, fake, synced) -> None:
    fill(fake)
    synced(fake)
    sync(crm)
    fake.put("new.vcf", card("u-new", "Nora"))
    fake.oldest = fake.version + 1
    assert sync(crm) == {"pulled_new": 1}


def test_a_server_that_rewrites_bodies_is_written_once(crm, fake, synced) -> None:
    fake.put_etag = False
    fake.rewrite = lambda body: body.replace("TITLE:", "X-TITLE:").replace("NOTE:", "NOTE:rewritten ")
    crm("contact", "add", "Ada", "--title", "Boss", "--notes", "kept")
    synced(fake)
    assert sync(crm) == {"pushed_new": 1}
    assert in_step(crm)
    assert in_step(crm)
    assert (person(crm, "Ada")["title"], person(crm, "Ada")["notes"]) == ("Boss", "kept")
    (name,) = fake.names()
    fake.edit(name, "FN:Ada", "NICKNAME:A\nFN:Ada")
    assert sync(crm) == {"pulled_changed": 1}
    assert person(crm, "Ada")["title"] == "Boss"


def test_a_lost_race_is_merged_in_the_same_sync(crm, fake, synced) -> None:
    fill(fake, 1)
    synced(fake)
    sync(crm)
    crm("contact", "edit", "Person 0", "--nickname", "Zero")

    def quicker(server: FakeServer, href: str) -> None:
        server.before_put = None
        server.edit("0.vcf", "TITLE:One", "TITLE:Theirs")

    fake.before_put = quicker
    assert sync(crm) == {"pulled_changed": 1, "pushed_changed": 1}
    assert person(crm, "Person 0")["title"] == "Theirs"
    assert "NICKNAME:Zero" in fake.get("0.vcf")
    assert in_step(crm)


def test_a_storm_of_lost_races_is_left_for_the_next_sync(crm, fake, synced) -> None:
    fill(fake, 1)
    synced(fake)
    sync(crm)
    crm("contact", "edit", "Person 0", "--nickname", "Zero")
    counter = iter(range(100))

    def always_quicker(server: FakeServer, href: str) -> None:
        text = server.get("0.vcf")
        server.put("0.vcf", text.replace("END:VCARD", f"X-RACE:{next(counter)}\nEND:VCARD"))

    fake.before_put = always_quicker
    assert sync(crm) == {"postponed": 1}
    fake.before_put = None
    assert sync(crm) == {"pushed_changed": 1}
    assert "NICKNAME:Zero" in fake.get("0.vcf")
    assert "X-RACE:0" in fake.get("0.vcf")


def test_a_server_killed_in_the_middle_loses_and_doubles_nothing(crm, fake, synced) -> None:
    for number in range(6):
        crm("contact", "add", f"Ada Number{number}")
    synced(fake)
    fake.drop_after = 3
    assert crm("sync").code == 8
    assert len(fake.names()) == 3
    fake.drop_after = -1
    assert sync(crm) == {"pushed_new": 3}
    assert len(fake.names()) == len(names(crm)) == 6
    assert in_step(crm)


def test_an_answer_that_got_lost_doubles_nobody(crm, fake, synced) -> None:
    """The server took the card, the client never heard of it: the next sync finds its own card."""
    crm("contact", "add", "Ada", "--title", "Boss")
    synced(fake)
    assert crm("sync", "--json").code == 0
    assert crm("undo").code == 0
    assert sync(crm) == {}
    assert (len(fake.names()), names(crm)) == (1, ["Ada"])
    assert in_step(crm)


def test_overload_is_waited_out(crm, fake, synced) -> None:
    fill(fake, 1)
    synced(fake)
    fake.failures = [503, 429, 502]
    assert sync(crm) == {"pulled_new": 1}


def test_an_item_the_server_refuses_is_told_and_keeps_nobody_waiting(crm, fake, synced) -> None:
    fake.refuse = "FN:Bad"
    for name in ("Ada", "Bad", "Cyd"):
        crm("contact", "add", name)
    synced(fake)
    result = crm("sync", "--json")
    assert result.code == 6
    assert [item["item"] for item in result.json[0]["refused"]] == ["Bad"]
    assert len(fake.names()) == 2


def test_a_resource_that_is_no_card_is_told_and_left_alone(crm, fake, synced) -> None:
    fill(fake, 2)
    fake.put("odd.vcf", "no card at all")
    fake.put("two.vcf", card("a", "A") + "\n" + card("b", "B"))
    synced(fake)
    result = crm("sync", "--json")
    assert result.code == 6
    assert [item["item"] for item in result.json[0]["refused"]] == [BOOK + "odd.vcf", BOOK + "two.vcf"]
    assert names(crm) == ["Person 0", "Person 1"]
    assert in_step(crm)
    assert len(fake.names()) == 4


def test_a_name_that_is_taken_on_the_server_gets_another_one(crm, fake, synced) -> None:
    ada = crm("contact", "add", "Ada", "--json").json["id"]
    fake.put(f"{ada}.vcf", card("somebody-else", "Eve"))
    synced(fake, "--direction", "push")
    assert sync(crm) == {"pushed_new": 1}
    assert len(fake.names()) == 2
    assert "FN:Eve" in fake.get(f"{ada}.vcf")


def test_nothing_goes_to_another_host(crm, fake, synced, monkeypatch) -> None:
    other = FakeServer()
    try:
        synced(fake)
        fake.redirect = other.url
        result = crm("sync", "--json")
        assert (result.code, result.error["code"]) == (8, "remote")
        fake.redirect = ""
        elsewhere = f"<d:multistatus xmlns:d='DAV:'><d:response><d:href>{other.url}{BOOK}x.vcf</d:href></d:response>"
        fake.answer = elsewhere.encode() + b"</d:multistatus>"
        assert crm("sync").code == 8
        monkeypatch.setenv("CRM_TWO_PASSWORD", "secret")
        fake.answer, fake.redirect = b"", other.url
        assert crm("sync", "add", fake.url, "--name", "two", "--user", "alice").code == 8
        assert other.requests == []
    finally:
        other.stop()


def test_a_redirect_within_the_server_keeps_method_and_body(crm, fake, synced, monkeypatch) -> None:
    from crm_cli.remotes.http import Session

    fake.put("a.vcf", card("u", "Ada"))
    with Session(fake.url, user="alice", password="secret") as session:
        fake.redirect = fake.url + "/moved"
        with pytest.raises(RemoteError):
            session.request("PUT", fake.url + BOOK + "a.vcf", body=b"x")
    assert {method for method, _, _ in fake.requests} == {"PUT"}
    assert all(headers["content-length"] == "1" for _, _, headers in fake.requests)
    assert len(fake.requests) == 4


@pytest.mark.parametrize(
    "answer",
    [
        b'<!DOCTYPE a [<!ENTITY x "y">]><d:multistatus xmlns:d="DAV:">&x;</d:multistatus>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a []><a/>'.encode("utf-16"),
        b"<a>" * 1000,
        b"not xml",
        b"<d:other xmlns:d='DAV:'/>",
        b"<d:multistatus xmlns:d='DAV:'><d:response><d:href>/u/book/</d:href>",
    ],
)
def test_xml_that_is_not_to_be_trusted_is_refused(crm, fake, synced, answer: bytes) -> None:
    synced(fake)
    fake.answer = answer
    result = crm("sync", "--json")
    assert (result.code, result.error["code"]) == (8, "remote")


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://dav.example.org/", 8),
        ("https://ada:secret@dav.example.org/", 2),
        ("ftp://dav.example.org/", 8),
        ("https://", 8),
    ],
)
def test_an_address_that_would_leak_or_is_none_is_refused(crm, monkeypatch, url: str, code: int) -> None:
    pytest.importorskip("httpx")
    monkeypatch.setenv("CRM_X_PASSWORD", "secret")
    assert crm("sync", "add", url, "--name", "x", "--user", "ada").code == code


def test_people_merged_here_are_one_person_there(crm, fake, synced) -> None:
    fill(fake, 6)
    synced(fake)
    sync(crm)
    assert crm("contact", "merge", "Person 1", "Person 2", "--yes").code == 0
    assert sync(crm)["pushed_deleted"] == 1
    assert len(fake.names()) == len(names(crm)) == 5
    assert in_step(crm)


def test_a_deletion_taken_back_comes_back_on_the_server(crm, fake, synced) -> None:
    fill(fake, 6)
    synced(fake)
    sync(crm)
    deleted = crm("contact", "delete", "Person 1", "--yes")
    assert deleted.code == 0
    sync(crm)
    assert len(fake.names()) == 5
    assert crm("undo", "2").code == 0
    assert sync(crm) == {"pushed_changed": 1}
    assert len(fake.names()) == len(names(crm)) == 6
    assert in_step(crm)


def test_an_answer_that_is_too_large_is_asked_for_in_parts(crm, fake, synced, monkeypatch) -> None:
    fill(fake, 9)
    synced(fake)
    monkeypatch.setattr("crm_cli.remotes.http.BODY_LIMIT", 2000)
    assert sync(crm) == {"pulled_new": 9}
    assert in_step(crm)
