"""`crm email` for mutt and aerc, `crm mail add` for what they pipe in."""

from __future__ import annotations

import pytest

MESSAGE = b"""From: =?UTF-8?Q?M=C3=BCller=2C_Hans?= <hans@ehrler.example>
To: Me <me@example.org>, "Petra M\xc3\xa4rz" <petra@example.org>
Cc: bob@example.org
Subject: Hello

Body
"""


@pytest.fixture
def book(crm):
    crm("contact", "add", "Ada Lovelace", "--company", "Analytical Engines", "--email", "work=ada@example.org",
        "--email", "ada@home.example")  # fmt: skip
    crm("company", "add", "Ehrler GmbH", "--email", "info@ehrler.example")
    crm("contact", "add", "Without Address")
    return crm


def test_mutt_gets_a_message_line_and_then_addresses(book) -> None:
    result = book("email", "--mutt", "lovelace")
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines() == [
        "2 addresses",
        "ada@example.org\tAda Lovelace\tAnalytical Engines · work",
        "ada@home.example\tAda Lovelace\tAnalytical Engines",
    ]


def test_aerc_gets_lines_only(book) -> None:
    assert book("email", "--tsv", "ehrler").out == "info@ehrler.example\tEhrler GmbH\t\n"


def test_a_part_of_an_address_is_enough(book) -> None:
    assert [item["address"] for item in book("email", "ada@home", "--json").json] == ["ada@home.example"]
    assert book("email", "lovelase", "--json").json[0]["name"] == "Ada Lovelace"


@pytest.mark.parametrize("query", ["nobody-has-this", "without address"])
def test_nobody_is_one_line_and_exit_3(book, query: str) -> None:
    result = book("email", "--mutt", query)
    assert (result.code, result.out) == (3, "")
    assert len(result.err.splitlines()) == 1
    assert book("email", query, "--json").error["code"] == "not_found"


def test_a_line_stays_one_line(crm) -> None:
    crm("contact", "add", "Evil\tName", "--email", "evil@example.org", "--force")
    ((_, name, _),) = [line.split("\t") for line in crm("email", "--tsv", "evil").out.splitlines()]
    assert name.startswith("Evil")


def test_the_writer_of_a_message_is_added_once(book) -> None:
    (added,) = book("mail", "add", "--yes", "--json", stdin=MESSAGE).json
    assert (added["name"], added["given"], added["family"]) == ("Hans Müller", "Hans", "Müller")
    again = book("mail", "add", "--yes", "--json", stdin=MESSAGE)
    assert (again.code, again.json) == (0, [])
    assert "is known already" in book("mail", "add", "--yes", stdin=MESSAGE).err


def test_the_headers_say_who(book) -> None:
    added = book("mail", "add", "--headers", "from,To,cc", "--yes", "--json", stdin=b"From x Mon\n" + MESSAGE).json
    assert [item["name"] for item in added] == ["Hans Müller", "Me", "Petra März", "bob@example.org"]
    assert len(book("undo", "--json").json["undone"]) == 1
    assert len(book("contact", "list", "--json").json) == 2


def test_a_person_without_an_address_is_completed(book) -> None:
    message = b"From: Without Address <w@example.org>\n\n"
    (found,) = book("mail", "add", "--yes", "--json", stdin=message).json
    assert [email["value"] for email in found["emails"]] == ["w@example.org"]
    assert len(book("contact", "list", "--json").json) == 2


def test_a_namesake_with_another_address_is_somebody_else(book) -> None:
    book("mail", "add", "--yes", stdin=b"From: Ada Lovelace <other@example.org>\n\n")
    assert len(book("contact", "list", "--json").json) == 3


def test_nobody_is_added_unasked(book) -> None:
    result = book("mail", "add", "--json", stdin=MESSAGE)
    assert (result.code, result.error["code"]) == (2, "usage")
    assert len(book("contact", "list", "--json").json) == 2


@pytest.mark.parametrize("message", [b"", b"no header at all", b"From: undisclosed-recipients:;\n\n", b"\xff\xfe\n"])
def test_a_message_that_names_nobody_is_refused(crm, message: bytes) -> None:
    assert crm("mail", "add", "--yes", "--json", stdin=message).error["code"] == "usage"
    assert crm("mail", "add", "--headers", "subject", "--yes", stdin=MESSAGE).code == 2


def test_a_broken_header_breaks_nothing(crm) -> None:
    message = b'From: =?nonsense?Q?x=FF?= <a@example.org>\nTo: "\xff\xfe <b@example.org\nCc: <c@example.org>\n\n'
    added = crm("mail", "add", "--headers", "from,to,cc", "--yes", "--json", stdin=message)
    assert added.code == 0
    assert "a@example.org" in {item["emails"][0]["value"] for item in added.json}
