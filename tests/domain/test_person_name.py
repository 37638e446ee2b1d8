"""Names as Germans and others write them."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crm_cli.domain.person_name import composed, split_name

# typed: (prefix, given, additional, family, suffix, salutation)
NAMES = {
    "Hans Müller": (None, "Hans", None, "Müller", None, None),
    "Hans Peter Müller": (None, "Hans", "Peter", "Müller", None, None),
    "Dr. Ada Lovelace": ("Dr.", "Ada", None, "Lovelace", None, None),
    "Prof. Dr.-Ing. Jürgen Groß": ("Prof. Dr.-Ing.", "Jürgen", None, "Groß", None, None),
    "Dipl.-Ing. Karl Huber": ("Dipl.-Ing.", "Karl", None, "Huber", None, None),
    "Dr. rer. nat. Eva Weiß": ("Dr. rer. nat.", "Eva", None, "Weiß", None, None),
    "Ludwig van Beethoven": (None, "Ludwig", None, "van Beethoven", None, None),
    "Ursula von der Leyen": (None, "Ursula", None, "von der Leyen", None, None),
    "Johann Wolfgang von Goethe": (None, "Johann", "Wolfgang", "von Goethe", None, None),
    "Karl-Theodor Freiherr von und zu Guttenberg": (
        None,
        "Karl-Theodor",
        None,
        "Freiherr von und zu Guttenberg",
        None,
        None,
    ),
    "Otto Graf Lambsdorff": (None, "Otto", None, "Graf Lambsdorff", None, None),
    "Steffi Graf": (None, "Steffi", None, "Graf", None, None),
    "Van Morrison": (None, "Van", None, "Morrison", None, None),
    "von Trapp": (None, None, None, "von Trapp", None, None),
    "Maria De Luca": (None, "Maria", None, "De Luca", None, None),
    "Müller, Hans": (None, "Hans", None, "Müller", None, None),
    "von der Heide, Dr. Anna Maria": ("Dr.", "Anna", "Maria", "von der Heide", None, None),
    "Goethe, Johann Wolfgang von": (None, "Johann", "Wolfgang", "von Goethe", None, None),
    "Martin Luther King Jr.": (None, "Martin", "Luther", "King", "Jr.", None),
    "Hans Müller, MBA": (None, "Hans", None, "Müller", "MBA", None),
    "Hans Müller jun.": (None, "Hans", None, "Müller", "jun.", None),
    "Eva Weiß, M.Sc.": (None, "Eva", None, "Weiß", "M.Sc.", None),
    "Yo-Yo Ma": (None, "Yo-Yo", None, "Ma", None, None),
    "Frau Schmidt": (None, None, None, "Schmidt", None, "Frau"),
    "Herr Dr. Hans Müller": ("Dr.", "Hans", None, "Müller", None, "Herr"),
    "Dr. Müller": ("Dr.", None, None, "Müller", None, None),
    "Madonna": (None, None, None, None, None, None),
    "Dr": (None, None, None, None, None, None),
    "Ing Wen": (None, "Ing", None, "Wen", None, None),
    "Anna Maria, Berta, Clara": (None, None, None, None, None, None),
}


@pytest.mark.parametrize("typed", NAMES)
def test_name_is_split(typed: str) -> None:
    found = split_name(typed)
    assert (
        found.prefix,
        found.given,
        found.additional,
        found.family,
        found.suffix,
        found.salutation,
    ) == NAMES[typed]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Müller, Hans", "Hans Müller"),
        ("Frau Schmidt", "Schmidt"),
        ("  Hans   Müller ", "Hans Müller"),
        ("Anna Maria, Berta, Clara", "Anna Maria, Berta, Clara"),
        ("Goethe, Johann von", "Johann von Goethe"),
    ],
)
def test_name_is_shown_as_it_is_spoken(typed: str, shown: str) -> None:
    assert split_name(typed).name == shown


def test_given_name_overrides_where_the_name_parts() -> None:
    found = split_name("Hans Peter Müller", given="Hans Peter")
    assert (found.given, found.additional, found.family) == ("Hans Peter", None, "Müller")


def test_family_name_overrides_where_the_name_parts() -> None:
    found = split_name("Maria García López", family="García López")
    assert (found.given, found.additional, found.family) == ("Maria", None, "García López")


def test_both_override_what_was_read() -> None:
    found = split_name("Nguyễn Văn An", given="An", family="Nguyễn")
    assert (found.given, found.family, found.name) == ("An", "Nguyễn", "Nguyễn Văn An")


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet="aBü .,-DrvonGraf'", min_size=1).filter(lambda text: text.strip(" ,")))
def test_no_letter_of_a_name_is_lost(typed: str) -> None:
    found = split_name(typed)
    assume(found.salutation is None)
    kept = found.name
    assert sorted(kept.replace(" ", "").replace(",", "")) == sorted(typed.replace(" ", "").replace(",", ""))
    parts = composed(found.prefix, found.given, found.additional, found.family, found.suffix)
    assert parts == found.name or (found.given is None and found.family is None)
