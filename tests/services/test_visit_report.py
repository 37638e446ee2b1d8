"""The visit report as it is handed on: figures and dates as its readers write them, in three forms."""

from __future__ import annotations

from email import message_from_string
from email.policy import default

import pytest


@pytest.fixture
def day(crm) -> None:
    crm("contact", "add", "Anna Adler", "--company", "Werk 1 GmbH", "--quiet")
    crm("contact", "add", "Bernd Bauer", "--company", "Werk 2 GmbH", "--quiet")
    for line in (
        "besuch adler gestern 9:00 1h15: Erste Zeile\nzweite *Zeile* km:1234,5 wv:21.11. Angebot <schicken>",
        "tel adler gestern 11:00 20m: Rückfrage",
        "besuch bauer gestern 13:00 1h: war gut km:80",
    ):
        assert crm("log", line, "--quiet").code == 0
    crm("event", "add", "gestern 16:00 1h bauer: Nachbesprechung", "--quiet")


def test_figures_and_dates_are_written_as_german_readers_do(crm, day) -> None:
    text = crm("report", "day", "gestern", "--lang", "de").out
    assert text.startswith("# Besuchsbericht Di 18.11.2025, me\n")
    for line in (
        "- **Einträge**: 2 × Besuch, 1 × Anruf",
        "- **Stunden**: 2,58",
        "- **Kilometer**: 1.314,5",
        "- **Wiedervorlagen**: 1",
        "## 09:00 · Besuch · Anna Adler, Werk 1 GmbH · 75 min · 1.234,5 km",
        "- [ ] Fr 21.11.2025 Angebot \\<schicken\\>",
        "## Noch ohne Bericht",
    ):
        assert line in text.splitlines()
    assert "- 16:00 Nachbesprechung" not in text.split("## Noch ohne Bericht")[0]


def test_figures_are_written_as_english_readers_do(crm, day) -> None:
    lines = crm("report", "day", "gestern").out.splitlines()
    assert lines[0] == "# Visit report Tue 18 Nov 2025, me"
    assert "- **Kilometres**: 1,314.5" in lines
    assert "- **Hours**: 2.58" in lines
    assert "- [ ] Fri 21 Nov 2025 Angebot \\<schicken\\>" in lines


def test_the_page_is_one_file_without_anything_from_elsewhere(crm, day, tmp_path) -> None:
    path = tmp_path / "report.html"
    assert crm("report", "day", "gestern", "--html", "-o", str(path)).code == 0
    page = path.read_text()
    assert "<script" not in page
    assert "http" not in page
    assert "Angebot &lt;schicken&gt;" in page
    assert "zweite *Zeile*" in page
    assert "@media print" in page


def test_the_mail_is_a_draft_with_text_and_page(crm, day) -> None:
    mail = message_from_string(crm("report", "day", "gestern", "--mail").out, policy=default)
    assert mail["X-Unsent"] == "1"
    assert mail["To"] is None
    assert mail.get_body(("plain",)).get_content().startswith("# Visit report Tue 18 Nov 2025, me")
    assert "Angebot &lt;schicken&gt;" in mail.get_body(("html",)).get_content()


def test_a_day_without_entries_is_a_report_all_the_same(crm) -> None:
    text = crm("report", "day", "gestern").out
    assert "- **Log entries**: 0" in text
    assert "- **Hours**: 0" in text
