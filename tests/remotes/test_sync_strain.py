"""Synchronising under strain: thousands of cards, server or program killed in the middle, storms, lost answers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from tests.remotes.proxy import Proxy
from tests.remotes.servers import card
from tests.remotes.test_sync_servers import ONE, in_step, names, sync

MANY = 2000


@pytest.fixture
def proxied(shared_server, book, synced):
    """A real server behind a gateway that fails on demand: the gateway, and the device that looks past it."""
    proxy = Proxy(shared_server.url)

    class Through:
        url, user, path = proxy.url, book.user, book.path

    synced(Through)
    yield proxy, book
    proxy.stop()


@pytest.mark.long
def test_two_thousand_contacts_are_in_step(crm, own_server, synced) -> None:
    book = own_server.book("many")
    stored = own_server.folder / "collections" / "collection-root" / book.path.strip("/")
    for number in range(MANY):
        text = card(f"u-{number}", f"Person {number}", f"EMAIL:p{number}@example.org", "ORG:Acme GmbH")
        (stored / f"{number}.vcf").write_text(text.replace("\n", "\r\n") + "\r\n", newline="")
    synced(book)
    assert sync(crm) == {"pulled_new": MANY}
    assert in_step(crm)
    for number in range(8):
        book.edit(f"{number}.vcf", "END:VCARD", "TITLE:Theirs\nEND:VCARD")
        crm("contact", "edit", f"Person {number + 8}", "--title", "Mine")
        crm("contact", "add", f"Nora {number}")
    assert sync(crm) == {"pulled_changed": 8, "pushed_changed": 8, "pushed_new": 8}
    assert len(names(crm)) == len(book.names()) == MANY + 8
    assert in_step(crm)


@ONE
@pytest.mark.parametrize("after", [3, 6, 9])
def test_a_connection_cut_in_the_middle_loses_and_doubles_nothing(crm, proxied, after: int) -> None:
    proxy, book = proxied
    for number in range(6):
        crm("contact", "add", f"Here Number{number}")
        book.put(f"{number}.vcf", card(f"u-{number}", f"There Number{number}"))
    proxy.cut = after
    assert crm("sync").code == 8
    proxy.heal()
    sync(crm)
    assert len(names(crm)) == len(book.names()) == 12
    assert in_step(crm)


@ONE
def test_an_answer_that_gets_lost_is_not_done_twice(crm, proxied) -> None:
    proxy, book = proxied
    for number in range(4):
        crm("contact", "add", f"Here Number{number}")
    proxy.lose = 3
    sync(crm)
    assert len(names(crm)) == len(book.names()) == 4
    assert in_step(crm)


@ONE
def test_a_storm_of_lost_races_is_told_and_over_with_the_next_sync(crm, proxied) -> None:
    proxy, book = proxied
    for number in range(4):
        book.put(f"{number}.vcf", card(f"u-{number}", f"Person {number}"))
    sync(crm)
    for number in range(4):
        crm("contact", "edit", f"Person {number}", "--title", "Boss")
    proxy.storm = 100
    assert sync(crm) == {"postponed": 4}
    proxy.heal()
    assert sync(crm) == {"pushed_changed": 4}
    assert all("TITLE:Boss" in text for text in book.cards().values())
    assert in_step(crm)


@ONE
def test_what_is_new_there_and_met_in_a_storm_is_met_again(crm, proxied) -> None:
    proxy, book = proxied
    crm("contact", "add", "Ada Lovelace", "--email", "ada@example.org", "--title", "Boss")
    book.put("a.vcf", card("u-1", "Ada Lovelace", "EMAIL:ada@example.org"))
    proxy.storm = 100
    assert sync(crm) == {"postponed": 1}
    proxy.heal()
    sync(crm)
    assert (names(crm), book.names()) == (["Ada Lovelace"], ["a.vcf"])
    assert "TITLE:Boss" in book.get("a.vcf")


@ONE
def test_an_expired_token_is_no_loss(crm, proxied) -> None:
    proxy, book = proxied
    for number in range(5):
        book.put(f"{number}.vcf", card(f"u-{number}", f"Person {number}"))
    sync(crm)
    book.delete("1.vcf")
    book.put("new.vcf", card("u-new", "Nora New"))
    proxy.forget = True
    assert sync(crm) == {"pulled_new": 1, "pulled_deleted": 1}
    proxy.heal()
    assert in_step(crm)


@ONE
@pytest.mark.parametrize("write", [1, 3])
def test_the_program_killed_in_the_middle_loses_and_doubles_nothing(crm, proxied, write: int) -> None:
    proxy, book = proxied
    for number in range(4):
        crm("contact", "add", f"Here Number{number}", "--email", f"h{number}@example.org")
        book.put(f"{number}.vcf", card(f"u-{number}", f"There Number{number}"))
    left = [write]
    started: list[subprocess.Popen[bytes]] = []

    def kill(*_: str) -> None:
        left[0] -= 1
        if left[0] == 0:
            started[0].send_signal(signal.SIGKILL)

    proxy.before_write = kill
    words = [sys.executable, "-c", "import sys; from crm_cli.app import main; sys.exit(main())", "sync"]
    with proxy.lock:  # no request is answered before the process is known
        started.append(subprocess.Popen(words, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
    assert started[0].wait(60) == -signal.SIGKILL
    proxy.heal()
    sync(crm)
    assert len(names(crm)) == len(book.names()) == 8
    assert in_step(crm)


@ONE
def test_firms_go_as_cards_where_wanted(crm, book, synced) -> None:
    crm("company", "add", "Acme GmbH", "--phone", "0821 1", "--tag", "vip")
    crm("company", "add", "Other AG")
    crm("contact", "add", "Ada Lovelace", "--tag", "vip")
    book.put("e.vcf", card("e-1", "Ehrler AG", "ORG:Ehrler AG", "X-ABSHOWAS:COMPANY"))
    synced(book, "--companies", "--filter", "tag:vip")
    assert sync(crm) == {"pulled_new": 1, "pushed_new": 2}
    firms = {firm["name"]: firm for firm in crm("company", "list", "--json").json}
    assert set(firms) == {"Acme GmbH", "Other AG", "Ehrler AG"}
    (acme,) = [name for name, text in book.cards().items() if "FN:Acme GmbH" in text]
    book.edit(acme, "END:VCARD", "EMAIL:info@acme.example\nEND:VCARD")
    assert sync(crm) == {"pulled_changed": 1}
    (firm,) = [firm for firm in crm("company", "list", "--json").json if firm["name"] == "Acme GmbH"]
    assert [mail["value"] for mail in firm["emails"]] == ["info@acme.example"]
    crm("tag", "remove", "Acme GmbH", "vip")
    assert sync(crm) == {"pushed_deleted": 1}
    assert in_step(crm)


def test_a_server_killed_in_the_middle_loses_and_doubles_nothing(crm, own_server, synced) -> None:
    book = own_server.book("people")
    proxy = Proxy(own_server.url)
    for number in range(8):
        crm("contact", "add", f"Here Number{number}")
        book.put(f"{number}.vcf", card(f"u-{number}", f"There Number{number}"))

    class Through:
        url, user, path = proxy.url, book.user, book.path

    synced(Through)
    left = [3]

    def kill(*_: str) -> None:
        left[0] -= 1
        if left[0] == 0:
            own_server.stop()

    proxy.before_write = kill
    result = crm("sync", "--json")
    assert (result.code, result.error["code"]) == (8, "remote")
    own_server.start()
    proxy.heal()
    sync(crm)
    assert len(names(crm)) == len(book.names()) == 16
    assert in_step(crm)
    proxy.stop()
