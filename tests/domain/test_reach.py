"""E-mails, addresses and links as typed."""

from __future__ import annotations

import pytest

from crm_cli.domain.contact import Address
from crm_cli.domain.reach import is_email, labelled, read_address, read_link
from crm_cli.errors import UsageError


@pytest.mark.parametrize(
    ("typed", "label", "value"),
    [
        ("ada@example.org", None, "ada@example.org"),
        ("work=ada@example.org", "work", "ada@example.org"),
        ("Arbeit = ada@example.org", "work", "ada@example.org"),
        ("Ferienhaus=0821 1", "Ferienhaus", "0821 1"),
        ("=bounce=x@example.org", None, "bounce=x@example.org"),
        ("bounce+a=b@example.org", None, "bounce+a=b@example.org"),
    ],
)
def test_label_stands_before_the_first_equals_sign(typed: str, label: str | None, value: str) -> None:
    assert labelled(typed, "--email") == (label, value)


@pytest.mark.parametrize("typed", ["", "  ", "work=", "="])
def test_empty_value_is_refused(typed: str) -> None:
    with pytest.raises(UsageError):
        labelled(typed, "--email")


def test_equals_sign_of_a_link_is_no_label() -> None:
    assert read_link("https://example.org/?a=b").value == "https://example.org/?a=b"


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        ("ada@example.org", True),
        ("müller@prüftechnik.de", True),
        ("ada@example", False),
        ("ada", False),
        ("Ada <ada@example.org>", False),
        ("a@b@example.org", False),
        ("ada@example.org, bob@example.org", False),
    ],
)
def test_form_of_an_email_is_told(value: str, fits: bool) -> None:
    assert is_email(value) is fits


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("Weg 1, 86150 Augsburg", Address("Weg 1", postcode="86150", city="Augsburg")),
        (
            "work=Weg 1, Hof 2, D-86150 Bad Tölz, Deutschland",
            Address("Weg 1, Hof 2", postcode="86150", city="Bad Tölz", country="Deutschland", label="work"),
        ),
        ("1010 Wien", Address(postcode="1010", city="Wien")),
        ("Weg 1, Augsburg", Address("Weg 1", city="Augsburg")),
        ("somewhere near Augsburg", Address("somewhere near Augsburg")),
        ("221B Baker Street, London, NW1 6XE", Address("221B Baker Street, London, NW1 6XE")),
    ],
)
def test_address_is_read_or_kept_whole(typed: str, address: Address) -> None:
    assert read_address(typed) == address
