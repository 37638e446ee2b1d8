"""What people read is in their language, whole where a part would mislead, and no wider than their terminal."""

from __future__ import annotations

import pytest

from crm_cli.domain.display import cell_width, folded
from crm_cli.fields import _page
from crm_cli.output_table import Column, table


@pytest.fixture
def book(crm):
    """A person at a firm, a deal, a task, a visit."""
    assert crm("contact", "add", "Hans Müller", "--company", "Ehrler Prüftechnik GmbH").code == 0
    assert crm("deal", "add", "Prüfstand", "--contact", "hans", "--value", "12500").code == 0
    assert crm("task", "add", "Anrufen", "--contact", "hans", "--due", "fri", "--priority", "high").code == 0
    assert crm("log", "visit hans: saw it").code == 0
    return crm


@pytest.mark.parametrize(
    ("words", "german", "english"),
    [
        (("deal", "show", "prüfstand"), "Status              offen", "Status       open"),
        (("task", "edit", "anrufen", "--due", "mon"), "Priorität  hoch", "Priority  high"),
        (("find", "hans"), "Kontakt", "contact"),
        (("contact", "show", "hans"), "arbeitet bei Ehrler", "works at Ehrler"),
        (("contact", "relate", "hans", "employee_of", "ehrler", "--title", "CTO"), "arbeitet bei", "works at"),
        (("show", "hans"), "angelegt", "added"),
        (("tag", "add", "hans", "vip"), "Art   Kontakt", "Kind  contact"),
    ],
    ids=lambda words: " ".join(words[:2]) if isinstance(words, tuple) else None,
)
def test_codes_are_told_as_words_of_the_language(book, words: tuple[str, ...], german: str, english: str) -> None:
    assert german in book("--lang", "de", *words).out
    assert english in book(*words).out


def test_codes_stay_codes_in_what_scripts_read(book) -> None:
    assert book("deal", "show", "prüfstand", "--json", "--lang", "de").json["status"] == "open"
    assert "contact" in book("find", "hans", "--format", "csv", "--lang", "de").out
    assert book("contact", "show", "hans", "--json", "--lang", "de").json["relations"][0]["kind"] == "employee_of"


def test_days_amounts_and_ids_are_never_cut() -> None:
    columns = [Column("Id", fixed=True), *[Column("A long heading")] * 4, Column("Last contact", fixed=True)]
    lines = list(table(columns, [["a7f3", *["some words of text"] * 4, "Tue 18 Nov 14:30"]], 60, color=False))
    assert max(map(cell_width, lines)) <= 60
    assert "Tue 18 Nov 14:30" in lines[1]
    assert lines[1].startswith("a7f3  ")
    narrow = list(
        table([Column("Probability", fixed=True, right=True), Column("Deal")], [["5 %", "x" * 90]], 20, color=False)
    )
    assert max(map(cell_width, narrow)) <= 20
    assert narrow[1].startswith("  ")


def test_a_name_is_shortened_after_everything_else() -> None:
    columns = [Column("Id", fixed=True), *[Column(heading) for heading in ("Name", "Company", "E-mail", "Phone")]]
    row = ["a7f3", "Jörg Weiß-Großmann", *["Ehrler Prüftechnik GmbH"] * 3]
    lines = list(table(columns, [row], 60, color=False))
    assert lines[1].startswith("a7f3  Jörg Weiß-Großmann  Ehrler")
    assert cell_width(lines[1]) <= 60


@pytest.mark.parametrize("width", [1, 5, 20, 80])
@pytest.mark.parametrize(
    "text", ["", "a", "one two three", "x" * 50, "字" * 30, "two  blanks", "ends with blank ", "é" * 40]
)
def test_folding_keeps_every_character_within_the_width(text: str, width: int) -> None:
    lines = folded(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_width(line) <= max(width, 2) for line in lines)


class _Terminal:
    format = "table"
    fold: int | None = 40


def test_the_last_column_of_a_page_goes_on_below_on_a_terminal() -> None:
    rows = [("Mon", "visit", "saw the bench and wants an offer by the end of the week"), ("Tue", "call", "short")]
    lines = list(_page.section(_Terminal(), "Timeline", rows))  # type: ignore[arg-type]
    assert lines[2:] == [
        "  Mon  visit  saw the bench and wants an",
        "              offer by the end of the",
        "              week",
        "  Tue  call   short",
    ]
    piped = _Terminal()
    piped.fold = None
    assert list(_page.section(piped, "Timeline", rows))[2] == "  Mon  visit  " + rows[0][2]  # type: ignore[arg-type]


def test_an_unreadable_line_is_said_to_be_kept(book) -> None:
    assert book("log", "visit hans yesterday no colon").err.splitlines()[-1] == "The line is kept: crm log --drafts"
    german = book("log", "--lang", "de", "besuch niemand sonst: x")
    assert german.err.splitlines()[-1] == "Die Zeile ist aufgehoben: crm log --drafts"
    assert [draft["reason"] for draft in book("log", "--drafts", "--json").json][-1].startswith("Nichts passt")
    assert "kept" not in book("--dry-run", "log", "visit hans yesterday no colon again").err


def test_an_empty_name_is_not_told_of_clear(crm) -> None:
    result = crm("contact", "add", " ")
    assert (result.code, result.err) == (2, "crm: name is empty.\n")


def test_a_page_stays_within_the_terminal_when_names_are_long() -> None:
    rows = [
        ("a7f3", "Thu 12 Nov", "Lena Hollerbach, Hollerbach Fördertechnik GmbH", "price of variant B by the end of it"),
        ("b2k9", "Fri 13 Nov", "Bob", "call"),
    ]
    lines = list(_page.section(_Terminal(), "Overdue", rows))[2:]  # type: ignore[arg-type]
    assert lines[0].startswith("  a7f3  Thu 12 Nov  Lena")
    assert any("variant B" in line for line in lines)

    terminal = _Terminal()
    terminal.fold = 80
    lines = list(_page.section(terminal, "Overdue", rows))[2:]  # type: ignore[arg-type]
    assert all(cell_width(line) <= 80 for line in lines)
    assert "Lena Hollerbach, Hollerbach" in lines[0]
