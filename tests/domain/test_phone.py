"""E.164 beside what was typed."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.domain.phone import phone_e164


@pytest.mark.parametrize(
    ("value", "region", "e164"),
    [
        ("+4982112345", None, "+4982112345"),
        ("+49 (0) 821 / 123-45", "DE", "+4982112345"),
        ("+49 (0821) 12345", "DE", "+4982112345"),
        ("0821 / 123 45 - 0", "DE", "+49821123450"),
        ("0049 821 12345", "DE", "+4982112345"),
        ("tel:+1-418-656-9254;ext=102", "DE", "+14186569254"),
        ("0821 12345 Durchwahl 7", "DE", "+4982112345"),
        ("044 668 18 00", "CH", "+41446681800"),
        ("(201) 555-0123", "US", "+12015550123"),
        ("0821 12345", None, None),
        ("12345", "DE", None),
        ("112", "DE", None),
        ("+49 PRIVAT", "DE", None),
        ("1-800-MYFAX", "US", None),
        ("+", "DE", None),
        ("", "DE", None),
        ("0" * 1000, "DE", None),
        ("+49 821 1234567890123", "DE", None),
    ],
)
def test_a_number_has_an_e164_form_or_none(value: str, region: str | None, e164: str | None) -> None:
    assert phone_e164(value, region) == e164


@given(st.from_regex(r"0[1-9][0-9]{1,3}[ /-]?[0-9]{4,7}", fullmatch=True))
@settings(deadline=None, max_examples=100)
def test_german_numbers_are_read_as_the_library_reads_them(value: str) -> None:
    parsed = phonenumbers.parse(value, "DE")
    assert phone_e164(value, "DE") == phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
