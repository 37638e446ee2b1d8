"""Amounts as they are typed, in German and in English figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_cli.domain.money import Money, read_money
from crm_cli.errors import UsageError

READ = [
    ("12.500", ",", "12500.00"), ("12.500,50", ",", "12500.50"), ("12,5k", ",", "12500.00"), ("12k", ",", "12000.00"),
    ("€12k", ",", "12000.00"), ("12k€", ".", "12000.00"), ("12500EUR", ",", "12500.00"), ("eur 5", ",", "5.00"),
    ("12,500", ".", "12500.00"), ("12,500.5", ".", "12500.50"), ("12.5k", ".", "12500.00"), ("0,01", ",", "0.01"),
    ("1.234.567,89", ",", "1234567.89"), ("0", ",", "0.00"),
]  # fmt: skip
REFUSED = [
    ("", ","), ("k", ","), ("€", ","), ("1.2", ","), ("1,2", "."), ("12.5", ","), ("12.500", "."), ("12,500", ","),
    ("-5", ","), ("5-", ","), ("1.2345", ","), ("12.34.567", ","), ("1,2,3", ","), (",5", ","), ("5,", ","),
    ("²", ","), ("٣", ","), ("1e5", ","), ("zwölf", ","), ("9" * 30, ","), ("0,001", ","),
]  # fmt: skip


@pytest.mark.parametrize(("text", "decimal", "amount"), READ)
def test_an_amount_is_read(text: str, decimal: str, amount: str) -> None:
    assert read_money(text, decimal=decimal).amount == amount


@pytest.mark.parametrize(("text", "decimal"), REFUSED)
def test_an_amount_that_is_not_certain_is_refused(text: str, decimal: str) -> None:
    with pytest.raises(UsageError, match="is no amount"):
        read_money(text, decimal=decimal)


def test_a_written_currency_stands_over_the_given_one() -> None:
    assert read_money("5 CHF", currency="EUR") == Money(500, "CHF")
    assert read_money("$5", currency="EUR") == Money(500, "USD")
    assert read_money("5", currency="SEK") == Money(500, "SEK")


def test_a_currency_without_cents_has_none() -> None:
    assert read_money("1.500", currency="JPY") == Money(1500, "JPY")
    assert Money(1500, "JPY").amount == "1500"
    with pytest.raises(UsageError):
        read_money("1,5", currency="JPY")


def test_an_amount_below_one_keeps_its_nought() -> None:
    assert Money(5).amount == "0.05"
    assert Money(-1250).amount == "-12.50"


@given(st.integers(min_value=0, max_value=10**14))
def test_an_amount_reads_back_as_it_is_shown(minor: int) -> None:
    assert read_money(Money(minor).amount, decimal=".").minor == minor
