"""Synchronising with real servers: create, change and delete from both sides, and what goes wrong on the way."""

from __future__ import annotations

import pytest

from tests.remotes.servers import card

# What does not depend on the server is tried with one.
ONE = pytest.mark.parametrize("shared_server", ["radicale"], indirect=True)


def sync(crm, *words: str):
    """Synchronise and return the numbers that are not 0."""
    result = crm("sync", *words, "--json")
    assert result.code == 0, result.out + result.err
    (report,) = result.json
    return {key: value for key, value in report.items() if value and key not in ("name", "same", "change_set")}


def names(crm) -> list[str]:
    return [contact["name"] for contact in crm("contact", "list", "--json").json]


def person(crm, name: str):
    (found,) = [contact for contact in crm("contact", "list", "--json").json if contact["name"] == name]
    return found


def in_step(crm) -> bool:
    return sync(crm) == {}


def test_people_go_there_and_cards_come_here(crm, book, synced) -> None:
    crm("contact", "add", "Ada Lovelace", "--email", "work=ada@example.org", "--company", "Acme GmbH", "--tag", "vip")
    book.put("rita.vcf", card("r-1", "Rita Remote", "ORG:Acme GmbH;Einkauf", "TEL;TYPE=CELL:0171 5", "X-SECRET:1"))
    synced(book)
    assert sync(crm) == {"pulled_new": 1, "pushed_new": 1}
    rita = person(crm, "Rita Remote")
    assert (rita["company"]["name"], rita["department"]) == ("Acme GmbH", "Einkauf")
    (name,) = [name for name in book.names() if name != "rita.vcf"]
    text = book.get(name)
    assert "FN:Ada Lovelace" in text
    assert "ORG:Acme GmbH" in text
    assert "CATEGORIES:vip" in text
    assert in_step(crm)


def test_changes_of_both_sides_meet_in_one_record(crm, book, synced) -> None:
    book.put("a.vcf", card("u-1", "Ada Lovelace", "TEL;TYPE=WORK:0821 1", "TITLE:Buyer", "X-FOO:bar"))
    synced(book)
    sync(crm)
    crm("contact", "edit", "Ada Lovelace", "--email", "ada@example.org")
    book.edit("a.vcf", "TITLE:Buyer", "TITLE:Head of buying\nX-NEW:1")
    assert sync(crm) == {"pulled_changed": 1, "pushed_changed": 1}
    ada = person(crm, "Ada Lovelace")
    assert (ada["title"], ada["emails"][0]["value"]) == ("Head of buying", "ada@example.org")
    text = book.get("a.vcf")
    for line in ("TITLE:Head of buying", "ada@example.org", "X-FOO:bar", "X-NEW:1", "0821 1"):
        assert line in text
    assert in_step(crm)


def test_deletions_travel_both_ways(crm, book, synced) -> None:
    for number in range(10):
        book.put(f"{number}.vcf", card(f"u-{number}", f"Person {number}"))
    synced(book)
    sync(crm)
    crm("contact", "delete", "Person 3", "--yes")
    book.delete("4.vcf")
    assert sync(crm) == {"pulled_deleted": 1, "pushed_deleted": 1}
    assert len(names(crm)) == len(book.names()) == 8
    assert in_step(crm)


def test_a_conflict_is_kept_until_it_is_answered(crm, book, synced) -> None:
    book.put("a.vcf", card("u-1", "Ada Lovelace", "TITLE:Buyer"))
    synced(book)
    sync(crm)
    crm("contact", "edit", "Ada Lovelace", "--title", "Mine", "--email", "ada@example.org")
    book.edit("a.vcf", "TITLE:Buyer", "TITLE:Theirs\nNICKNAME:Countess")
    assert sync(crm) == {"conflicts": 1}
    assert sync(crm) == {"conflicts": 1}
    assert person(crm, "Ada Lovelace")["title"] == "Mine"
    assert "TITLE:Theirs" in book.get("a.vcf")
    (conflict,) = crm("sync", "conflicts", "--json").json
    assert conflict["fields"] == [{"field": "title", "mine": "Mine", "theirs": "Theirs"}]
    assert crm("sync", "conflicts", str(conflict["id"]), "--keep", "mine").code == 0
    assert sync(crm) == {"pulled_changed": 1, "pushed_changed": 1}
    assert "TITLE:Mine" in book.get("a.vcf")
    assert "ada@example.org" in book.get("a.vcf")
    assert person(crm, "Ada Lovelace")["nickname"] == "Countess"
    assert in_step(crm)
    assert crm("sync", "conflicts", "--json").json == []


@ONE
@pytest.mark.parametrize("keep", ["mine", "theirs"])
def test_an_edit_here_and_a_deletion_there_is_asked(crm, book, synced, keep: str) -> None:
    book.put("a.vcf", card("u-1", "Ada Lovelace"))
    book.put("b.vcf", card("u-2", "Bob"))
    synced(book)
    sync(crm)
    crm("contact", "edit", "Ada Lovelace", "--title", "Mine")
    book.delete("a.vcf")
    assert sync(crm) == {"conflicts": 1}
    (conflict,) = crm("sync", "conflicts", "--json").json
    assert conflict["kind"] == "gone_there"
    crm("sync", "conflicts", str(conflict["id"]), "--keep", keep)
    sync(crm)
    assert names(crm) == (["Ada Lovelace", "Bob"] if keep == "mine" else ["Bob"])
    assert len(book.names()) == len(names(crm))
    assert in_step(crm)


@ONE
@pytest.mark.parametrize("keep", ["mine", "theirs"])
def test_a_deletion_here_and_an_edit_there_is_asked(crm, book, synced, keep: str) -> None:
    book.put("a.vcf", card("u-1", "Ada Lovelace"))
    book.put("b.vcf", card("u-2", "Bob"))
    synced(book)
    sync(crm)
    crm("contact", "delete", "Ada Lovelace", "--yes")
    book.edit("a.vcf", "END:VCARD", "TITLE:Theirs\nEND:VCARD")
    assert sync(crm) == {"conflicts": 1}
    (conflict,) = crm("sync", "conflicts", "--json").json
    assert (conflict["kind"], conflict["name"]) == ("gone_here", "Ada Lovelace")
    crm("sync", "conflicts", str(conflict["id"]), "--keep", keep)
    sync(crm)
    assert names(crm) == (["Ada Lovelace", "Bob"] if keep == "theirs" else ["Bob"])
    assert len(book.names()) == len(names(crm))
    assert in_step(crm)


@ONE
def test_a_person_with_a_history_is_not_deleted_by_a_phone(crm, book, synced) -> None:
    book.put("a.vcf", card("u-1", "Ada Lovelace"))
    synced(book)
    sync(crm)
    assert crm("log", "call", "Ada Lovelace:", "wants an offer").code == 0
    book.delete("a.vcf")
    assert sync(crm) == {"conflicts": 1}
    assert names(crm) == ["Ada Lovelace"]


def test_the_same_person_on_both_sides_is_met_and_not_doubled(crm, book, synced) -> None:
    crm("contact", "add", "Ada Lovelace", "--email", "ada@example.org", "--title", "Buyer")
    crm("contact", "add", "Bob Miller", "--email", "bob@example.org")
    book.put("a.vcf", card("u-1", "Ada Lovelace", "EMAIL;TYPE=WORK:Ada@Example.org", "TEL:0821 99"))
    book.put("b.vcf", card("u-2", "Bob Miller", "EMAIL:other@example.org"))
    synced(book)
    sync(crm)
    assert names(crm) == ["Ada Lovelace", "Bob Miller", "Bob Miller"]
    ada = person(crm, "Ada Lovelace")
    assert len(ada["emails"]) == 1
    assert ada["phones"][0]["value"] == "0821 99"
    assert "TITLE:Buyer" in book.get("a.vcf")
    assert in_step(crm)


@ONE
def test_a_filter_decides_who_goes_to_the_phone(crm, book, synced) -> None:
    for name, tag in (("Ada", "vip"), ("Bob", "vip"), ("Cyd", "other")):
        crm("contact", "add", name, "--tag", tag)
    book.put("r.vcf", card("r-1", "Rita Remote"))
    synced(book, "--filter", "tag:vip")
    assert sync(crm) == {"pulled_new": 1, "pushed_new": 2}
    crm("tag", "remove", "Bob", "vip")
    assert sync(crm) == {"pushed_deleted": 1}
    assert sorted(names(crm)) == ["Ada", "Bob", "Cyd", "Rita Remote"]
    texts = "".join(book.cards().values())
    assert "FN:Ada" in texts
    assert "FN:Rita Remote" in texts
    assert "FN:Bob" not in texts
    assert in_step(crm)


@ONE
def test_a_direction_keeps_one_side_untouched(crm, book, synced) -> None:
    crm("contact", "add", "Ada")
    book.put("r.vcf", card("r-1", "Rita Remote", "TITLE:One"))
    synced(book, "--direction", "pull")
    assert sync(crm) == {"pulled_new": 1}
    crm("contact", "edit", "Rita Remote", "--nickname", "Ri")
    book.edit("r.vcf", "TITLE:One", "TITLE:Two")
    assert sync(crm) == {"pulled_changed": 1}
    rita = person(crm, "Rita Remote")
    assert (rita["title"], rita["nickname"]) == ("Two", "Ri")
    assert book.names() == ["r.vcf"]
    assert "NICKNAME" not in book.get("r.vcf")
    book.edit("r.vcf", "TITLE:Two", "TITLE:Two\nNICKNAME:Rita")
    assert sync(crm) == {"conflicts": 1}


@ONE
def test_pushing_only_takes_nothing_from_the_server(crm, book, synced) -> None:
    crm("contact", "add", "Ada", "--title", "One")
    book.put("r.vcf", card("r-1", "Rita Remote"))
    synced(book, "--direction", "push")
    assert sync(crm) == {"pushed_new": 1}
    (name,) = [name for name in book.names() if name != "r.vcf"]
    book.edit(name, "TITLE:One", "TITLE:Theirs\nX-FOO:1")
    assert sync(crm) == {}
    crm("contact", "edit", "Ada", "--title", "Two")
    assert sync(crm) == {"pushed_changed": 1}
    assert "TITLE:Two" in book.get(name)
    assert "X-FOO:1" in book.get(name)
    assert names(crm) == ["Ada"]


@ONE
def test_a_dry_run_tells_and_touches_nothing(crm, book, synced) -> None:
    crm("contact", "add", "Ada")
    book.put("r.vcf", card("r-1", "Rita Remote"))
    synced(book)
    assert sync(crm, "--dry-run") == {"pulled_new": 1, "pushed_new": 1}
    assert names(crm) == ["Ada"]
    assert book.names() == ["r.vcf"]


@ONE
def test_undo_puts_our_side_back_and_the_next_sync_brings_it_again(crm, book, synced) -> None:
    book.put("a.vcf", card("u-1", "Ada Lovelace"))
    synced(book)
    crm("contact", "add", "Bob")
    before = names(crm)
    sync(crm)
    assert crm("undo").code == 0
    assert names(crm) == before
    assert len(book.names()) == 2
    assert sync(crm) == {"pulled_new": 1}
    assert names(crm) == ["Ada Lovelace", "Bob"]
    assert len(book.names()) == 2
    assert in_step(crm)


def test_many_deletions_stop_and_ask(crm, book, synced) -> None:
    for number in range(10):
        book.put(f"{number}.vcf", card(f"u-{number}", f"Person {number}"))
    synced(book)
    sync(crm)
    for number in range(3):
        book.delete(f"{number}.vcf")
    stopped = crm("sync", "--json")
    assert (stopped.code, stopped.error["code"]) == (5, "conflict")
    assert len(names(crm)) == 10
    assert sync(crm, "--yes") == {"pulled_deleted": 3}
    for number in range(3, 6):
        crm("contact", "delete", f"Person {number}", "--yes")
    assert crm("sync").code == 5
    assert len(book.names()) == 7
    assert sync(crm, "--yes") == {"pushed_deleted": 3}


@ONE
def test_several_collections_have_their_own_people(crm, shared_server, synced) -> None:
    private, team = shared_server.book("private1"), shared_server.book("team1")
    private.put("a.vcf", card("u-1", "Ada Private"))
    team.put("b.vcf", card("u-2", "Bob Team"))
    synced(private, "--filter", "tag:private", name="private")
    synced(team, "--filter", "tag:team", name="team")
    result = crm("sync", "--json")
    assert [report["pulled_new"] for report in result.json] == [1, 1]
    assert names(crm) == ["Ada Private", "Bob Team"]
    assert (private.names(), team.names()) == (["a.vcf"], ["b.vcf"])
    crm("tag", "add", "Ada Private", "team")
    crm("sync")
    assert len(team.names()) == 2
    assert crm("undo", "2").code == 0


def test_a_lost_storage_is_a_storm_and_not_a_sync(crm, own_server, synced) -> None:
    book = own_server.book("people")
    for number in range(5):
        book.put(f"{number}.vcf", card(f"u-{number}", f"Person {number}"))
    synced(book)
    sync(crm)
    own_server.stop()
    for stored in own_server.folder.rglob("*.vcf"):
        stored.unlink()
    own_server.start()
    assert crm("sync").code == 5
    assert len(names(crm)) == 5


def test_an_expired_token_costs_a_listing_and_nothing_else(crm, own_server, synced) -> None:
    book = own_server.book("people")
    for number in range(5):
        book.put(f"{number}.vcf", card(f"u-{number}", f"Person {number}"))
    synced(book)
    sync(crm)
    own_server.stop()
    import shutil

    for cache in own_server.folder.rglob(".Radicale.cache"):
        shutil.rmtree(cache)
    own_server.start()
    book.put("new.vcf", card("u-new", "Nora New"))
    crm("contact", "edit", "Person 1", "--title", "Boss")
    assert sync(crm) == {"pulled_new": 1, "pushed_changed": 1}
    assert in_step(crm)


def test_a_server_that_is_down_is_exit_8_and_changes_nothing(crm, own_server, synced) -> None:
    book = own_server.book("people")
    book.put("a.vcf", card("u-1", "Ada"))
    synced(book)
    sync(crm)
    own_server.stop()
    result = crm("sync", "--json")
    assert (result.code, result.error["code"]) == (8, "remote")
    (status,) = crm("sync", "status", "--json").json
    assert status["error"]
    assert names(crm) == ["Ada"]
    own_server.start()
    assert in_step(crm)
    (status,) = crm("sync", "status", "--json").json
    assert status["error"] is None


def test_a_wrong_password_is_exit_8(crm, own_server, synced, monkeypatch) -> None:
    synced(own_server.book("people"))
    monkeypatch.setenv("CRM_PHONE_PASSWORD", "wrong")
    result = crm("sync", "--json")
    assert (result.code, result.error["code"]) == (8, "remote")
    assert "wrong" not in result.err


def test_the_password_may_come_from_a_command(crm, home, own_server) -> None:
    book = own_server.book("people")
    book.put("a.vcf", card("u-1", "Ada"))
    secret = own_server.folder / "secret"
    secret.write_text("secret\nurl: x\n")
    words = ("--name", "phone", "--user", "alice", "--password-command", f"head -n 1 {secret}")
    assert crm("sync", "add", own_server.url, *words).code == 0
    assert sync(crm) == {"pulled_new": 1}
    files = [path for path in home.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if b"secret\n" in path.read_bytes()]


@ONE
def test_a_clock_that_is_a_day_off_changes_nothing(crm, book, synced, monkeypatch) -> None:
    book.put("a.vcf", card("u-1", "Ada Lovelace", "TITLE:One"))
    synced(book)
    sync(crm)
    monkeypatch.setenv("CRM_NOW", "2025-11-18T10:00:00+01:00")
    crm("contact", "edit", "Ada Lovelace", "--nickname", "Countess")
    book.edit("a.vcf", "TITLE:One", "TITLE:Two\nREV:20301231T000000Z")
    assert sync(crm) == {"pulled_changed": 1, "pushed_changed": 1}
    assert person(crm, "Ada Lovelace")["title"] == "Two"
    assert "NICKNAME:Countess" in book.get("a.vcf")
    assert in_step(crm)


def test_only_one_sync_runs_at_a_time(crm, home, fake, synced) -> None:
    from crm_cli.store.sync import alone

    synced(fake)
    (store,) = home.rglob("crm.db")
    with alone(str(store)):
        assert crm("sync").code == 5
    assert crm("sync").code == 0
