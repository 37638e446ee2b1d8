"""Values of declared fields."""

from __future__ import annotations

import pytest

from crm_cli.domain.field import CustomField, declared, read_value, undeclared
from crm_cli.errors import UsageError


def of(type: str) -> CustomField:
    return CustomField("contact", "x", type, ("Gold", "Größe M") if type == "choice" else ())


@pytest.mark.parametrize(
    ("type", "typed", "value"),
    [
        ("text", "  as it is", "  as it is"),
        ("number", "4711", 4711),
        ("number", "-3,5", -3.5),
        ("number", "3.5", 3.5),
        ("number", "12.500,75", 12500.75),
        ("number", "12,500.75", 12500.75),
        ("number", "1.234.567", 1234567),
        ("number", "0.125", 0.125),
        ("number", "1 234 567", 1234567),
        ("date", "12.4.1980", "1980-04-12"),
        ("bool", "Ja", True),
        ("bool", "no", False),
        ("choice", "gold", "Gold"),
        ("choice", "groesse m", "Größe M"),
    ],
)
def test_value_is_read(type: str, typed: str, value: object) -> None:
    found = read_value(of(type), typed)
    assert found == value
    assert isinstance(found, bool) == isinstance(value, bool)


@pytest.mark.parametrize(
    ("type", "typed"),
    [
        ("number", "12.500"),
        ("number", "12,500"),
        ("number", "1.2.3"),
        ("number", "1e5"),
        ("number", "nan"),
        ("date", "12.4."),
        ("date", "soon"),
        ("bool", "maybe"),
        ("choice", "Silver"),
    ],
)
def test_value_that_does_not_fit_is_refused(type: str, typed: str) -> None:
    with pytest.raises(UsageError):
        read_value(of(type), typed)


@pytest.mark.parametrize("name", ["", "1a", "email", "E-Mail s", "Tag", "last-contact", "a'b"])
def test_name_that_cannot_be_asked_for_is_refused(name: str) -> None:
    with pytest.raises(UsageError):
        declared("contact", name, "text")


def test_choice_needs_values_and_others_have_none() -> None:
    with pytest.raises(UsageError):
        declared("contact", "level", "choice")
    with pytest.raises(UsageError):
        declared("contact", "level", "text", ["a"])
    assert declared("contact", "level", "choice", ["a", " a ", "b"]).choices == ("a", "b")


def test_undeclared_field_names_the_nearest() -> None:
    error = undeclared([CustomField("contact", "Branche", "text")], "contact", "brance")
    assert error.params["nearest"] == "Branche"
    assert "nearest" not in undeclared([CustomField("contact", "Branche", "text")], "contact", "size").params
