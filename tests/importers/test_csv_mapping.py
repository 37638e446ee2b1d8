"""The column mapping as a value: written, read, corrected by the user, saved."""

from __future__ import annotations

import json

import pytest

from crm_cli.errors import UsageError
from importers.csv_plan import labels
from importers.csv_target import Mapping, Target, parse_target

FOUND = Mapping("", (("Name", "name"), ("E-Mail", "email"), ("E-Mail 2", "email"), ("Kd.-Nr.", "custom")))


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("family", Target("family")),
        ("phone:home mobile", Target("phone", label="home mobile")),
        ("street#2.3:work", Target("street", 2, "3", "work")),
        ("email#1.label", Target("email", 1, "label")),
        ("custom:Kd.-Nr. #2: old", Target("custom", label="Kd.-Nr. #2: old")),
        ("-", Target("skip")),
    ],
)
def test_a_target_is_read_and_written_alike(text: str, target: Target) -> None:
    assert parse_target(text) == target
    assert parse_target(str(target)) == target


@pytest.mark.parametrize("text", ["fmaily", "phone.year", "name#x", "Ünknown:a", "street.9"])
def test_an_unknown_target_is_a_usage_error(text: str) -> None:
    with pytest.raises(UsageError):
        parse_target(text)


def test_the_nearest_field_is_named_when_a_target_is_mistyped() -> None:
    with pytest.raises(UsageError) as caught:
        parse_target("fmaily")
    assert "family" in str(caught.value.params["fields"])


def test_a_column_is_named_with_any_spelling_when_it_is_corrected() -> None:
    corrected = FOUND.apply_overrides(["kd nr=custom:Customer", "e-mail 2=email:home", "Name=-"])
    assert [target for _, target in corrected.columns] == ["skip", "email", "email:home", "custom:Customer"]
    assert [header for header, _ in corrected.columns] == [header for header, _ in FOUND.columns]


def test_the_last_equals_sign_counts_when_a_header_holds_one() -> None:
    mapping = Mapping("", (("a=b", "custom"),)).apply_overrides(["a=b=notes"])
    assert mapping.columns == (("a=b", "notes"),)


@pytest.mark.parametrize("pair", ["Nmae=name", "Name", "Name=nothing"])
def test_a_correction_is_refused_when_column_or_field_is_unknown(pair: str) -> None:
    with pytest.raises(UsageError):
        FOUND.apply_overrides([pair])


def test_a_mapping_is_the_same_when_it_was_saved() -> None:
    assert Mapping.from_dict(json.loads(json.dumps(FOUND.to_dict()))) == FOUND
    positional = Mapping.by_position(["given", "-", "phone:work"], name="fair")
    assert Mapping.from_dict(json.loads(json.dumps(positional.to_dict()))) == positional


@pytest.mark.parametrize("data", [None, {}, {"columns": [["a"]]}, {"columns": [["a", "nothing"]]}, {"columns": 3}])
def test_a_damaged_mapping_is_a_usage_error(data: object) -> None:
    with pytest.raises(UsageError):
        Mapping.from_dict(data)


def test_columns_keep_their_found_target_when_a_saved_mapping_does_not_name_them() -> None:
    saved = Mapping("crm", (("KD NR", "custom:Customer"), ("Gone", "notes")))
    fitted = saved.fit(FOUND)
    assert fitted.columns == (*FOUND.columns[:3], ("Kd.-Nr.", "custom:Customer"))


def test_further_columns_become_custom_when_a_mapping_counts_only_some() -> None:
    fitted = Mapping.by_position(["family"]).fit(FOUND)
    assert [target for _, target in fitted.columns] == ["family", "custom", "custom", "custom"]


def test_columns_are_told_apart_when_headers_repeat_or_are_empty() -> None:
    assert labels(["Email", "Email", "Email 2", "", ""]) == ["Email", "Email 3", "Email 2", "Column 4", "Column 5"]
