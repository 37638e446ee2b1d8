"""The lines of the log-line contract, run through the real program on its address book and clock."""

from __future__ import annotations

from typing import Any

import pytest

BOOK = (
    ("Hans Müller", "Ehrler Prüftechnik GmbH"),
    ("Sabine Freitag", "Kettenbaum AG"),
    ("Petra März", "Invitek GmbH"),
    ("Jürgen Muller", "Frenkel KG"),
    ("Jana Schmidt", "Rathgeber SE"),
    ("Anna Schmidt", "Ehrler Prüftechnik GmbH"),
    ("Tom Sommer", "Sommer GmbH"),
    ("Bob Miller", "Acme Inc."),
)
NOW = "2025-11-19T10:00:00+01:00"


@pytest.fixture
def book(crm: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The address book of the contract, Wednesday 2025-11-19 10:00 in Berlin."""
    monkeypatch.setenv("CRM_NOW", NOW)
    for name, company in BOOK:
        assert crm("contact", "add", name, "--company", company).code == 0
    return crm


def names(entry: dict[str, Any]) -> list[str]:
    return [contact["name"] for contact in entry["contacts"]]


LINES: dict[str, dict[str, Any]] = {
    "Anruf von Frau Freitag: will Angebot, Rabatt 5%": {
        "kind": "call", "direction": "in", "who": ["Sabine Freitag"], "company": "Kettenbaum AG",
        "at": "2025-11-19T10:00:00+01:00", "text": "will Angebot, Rabatt 5%",
    },
    "tel bei Fr. März am Freitag: nicht da": {
        "kind": "call", "direction": "out", "who": ["Petra März"], "at": "2025-11-14", "all_day": True,
        "text": "nicht da",
    },
    "ne mueller.hans: Mailbox wv:+1at erneut": {
        "kind": "call", "outcome": "no_answer", "who": ["Hans Müller"], "text": "Mailbox",
        "followups": [("erneut", "2025-11-20")],
    },
    "termin mit Hans Müller und Anna Schmidt 1h30: Lastenheft +messe": {
        "kind": "meeting", "direction": None, "who": ["Hans Müller", "Anna Schmidt"], "duration_min": 90,
        "text": "Lastenheft", "tags": ["messe"],
    },
    "@ehrler/müller besuch 3.12. lief gut": {
        "kind": "visit", "who": ["Hans Müller"], "text": "3.12. lief gut", "at": "2025-11-19T10:00:00+01:00",
    },
    "besuch @ehrler/müller @anna.schmidt 90min Wartung bedarf:wartung wv:+3at Vertrag wv:kw49 nachfassen": {
        "kind": "visit", "who": ["Hans Müller", "Anna Schmidt"], "duration_min": 90, "text": "Wartung",
        "needs": ["wartung"], "followups": [("Vertrag", "2025-11-24"), ("nachfassen", "2025-12-01")],
    },
    "reklamation kettenbaum: Lieferung 24/7 beschädigt, Ref: http://x.de/a:b ticket:4711": {
        "kind": "complaint", "who": [], "company": "Kettenbaum AG", "ticket": "4711",
        "text": "Lieferung 24/7 beschädigt, Ref: http://x.de/a:b",
    },
    "Muller: so besprochen mit Team -- wv:fr bleibt Text": {
        "kind": "note", "who": ["Jürgen Muller"], "text": "so besprochen mit Team wv:fr bleibt Text", "followups": [],
    },
    "call from miller yesterday 9:15: wants quote fu:fri send it": {
        "kind": "call", "direction": "in", "who": ["Bob Miller"], "at": "2025-11-18T09:15:00+01:00",
        "text": "wants quote", "followups": [("send it", "2025-11-21")],
    },
    "visit acme last friday 2h: demo ok fu:+2w call back": {
        "kind": "visit", "who": [], "company": "Acme Inc.", "at": "2025-11-14", "all_day": True,
        "duration_min": 120, "text": "demo ok", "followups": [("call back", "2025-12-03")],
    },
    "mail an märz: Angebot raus am:17.11. wv:übermorgen 9 Uhr nachhaken": {
        "kind": "mail", "direction": "out", "who": ["Petra März"], "at": "2025-11-17", "all_day": True,
        "text": "Angebot raus", "followups": [("nachhaken", "2025-11-21T09:00:00+01:00")],
    },
    "besuch anna schmidt vorgestern 9-10 Uhr: Abnahme wv: fr. Protokoll km:31": {
        "kind": "visit", "who": ["Anna Schmidt"], "at": "2025-11-17T09:00:00+01:00", "duration_min": 60,
        "distance_km": 31, "text": "Abnahme", "followups": [("Protokoll", "2025-11-21")],
    },
    "tel mit ehrler prüftechnik: Rückruf": {
        "kind": "call", "direction": None, "who": [], "company": "Ehrler Prüftechnik GmbH", "text": "Rückruf",
    },
    "auftrag:angebot @müller.hans bitte Angebot Prüfstand 2 Stk.": {
        "kind": "note", "who": ["Hans Müller"], "text": "bitte Angebot Prüfstand 2 Stk.",
        "requests": [("angebot", "bitte Angebot Prüfstand 2 Stk.")],
    },
    "note: 90-thousand boxes at http://example.com (cde)": {
        "kind": "note", "who": [], "company": None, "text": "90-thousand boxes at http://example.com (cde)",
    },
    "besuch müller ehrler gestern 14:30 45m: Prüfstand gesehen, will Angebot wv:fr Angebot senden": {
        "kind": "visit", "direction": None, "at": "2025-11-18T14:30:00+01:00", "all_day": False, "duration_min": 45,
        "text": "Prüfstand gesehen, will Angebot", "details": None, "who": ["Hans Müller"],
        "company": "Ehrler Prüftechnik GmbH", "followups": [("Angebot senden", "2025-11-21")],
    },
    "visit miller acme yesterday 2:30pm 45m: saw test bench, wants quote fu:fri send quote": {
        "kind": "visit", "at": "2025-11-18T14:30:00+01:00", "duration_min": 45, "who": ["Bob Miller"],
        "text": "saw test bench, wants quote", "followups": [("send quote", "2025-11-21")],
    },
}  # fmt: skip

REFUSED = {
    "besuch hans müller gestern Prüfstand gezeigt": (2, "usage", "colon"),
    "besuch unbekannt gmbh: Erstkontakt": (3, "not_found", "unbekannt gmbh"),
    "@sommer so besprochen": (4, "ambiguous", "sommer"),
}


def shape(entry: dict[str, Any]) -> dict[str, Any]:
    """Return an entry with what differs from run to run (ids) taken out."""
    return {
        **entry,
        "who": names(entry),
        "company": entry["company"] and entry["company"]["name"],
        "needs": [need["text"] for need in entry["needs"]],
        "requests": [(request["kind"], request["text"]) for request in entry["requests"]],
        "followups": [(task["text"], task["due"]) for task in entry["followups"]],
    }


@pytest.mark.parametrize("line", LINES)
def test_a_line_gives_what_the_contract_says(book: Any, line: str) -> None:
    result = book("log", "--json", *line.split(" "))
    assert result.code == 0, result.err
    entry = shape(result.json)
    assert {key: entry[key] for key in LINES[line]} == LINES[line]
    assert entry["raw"] == line
    assert len(entry["id"]) == 16


@pytest.mark.parametrize("line", LINES)
def test_a_dry_run_gives_the_same_record_without_ids_and_writes_nothing(book: Any, line: str) -> None:
    before = book("sql", "SELECT count(*) AS n FROM change", "--json").json
    result = book("log", "--dry-run", "--json", *line.split(" "))
    assert result.code == 0, result.err
    entry = shape(result.json)
    assert {key: entry[key] for key in LINES[line]} == LINES[line]
    assert entry["id"] is None
    assert all(task["id"] is None for task in result.json["followups"])
    assert book("sql", "SELECT count(*) AS n FROM change", "--json").json == before


@pytest.mark.parametrize("line", REFUSED)
def test_a_line_that_is_unclear_is_refused_kept_and_writes_nothing(book: Any, line: str) -> None:
    code, word, said = REFUSED[line]
    before = book("sql", "SELECT count(*) AS n FROM change", "--json").json
    result = book("log", *line.split(" "), "--json")
    assert result.code == code
    assert result.out == ""
    assert result.error["code"] == word
    assert said in result.error["message"].lower()
    assert book("sql", "SELECT count(*) AS n FROM change", "--json").json == before
    assert [draft["text"] for draft in book("log", "--drafts", "--json").json] == [line]


def test_an_ambiguous_name_gives_both_candidates(book: Any) -> None:
    result = book("log", "@sommer", "so", "besprochen", "--json")
    assert {candidate["name"] for candidate in result.error["candidates"]} == {"Tom Sommer", "Sommer GmbH"}


def test_a_dry_run_keeps_no_draft(book: Any) -> None:
    assert book("log", "--dry-run", "besuch", "hans", "müller", "gestern", "Prüfstand", "gezeigt").code == 2
    assert book("log", "--drafts", "--json").json == []


def test_a_batch_gives_the_same_records_and_a_second_run_adds_nothing(book: Any) -> None:
    stdin = "\n".join(LINES).encode()
    result = book("log", "-", "--json", stdin=stdin)
    assert result.code == 0, result.err
    for line, entry in zip(LINES, result.json, strict=True):
        assert {key: shape(entry)[key] for key in LINES[line]} == LINES[line]
    again = book("log", "-", "--json", stdin=stdin)
    assert again.code == 0
    assert [entry["id"] for entry in again.json] == [entry["id"] for entry in result.json]
    count = book("sql", "SELECT count(*) AS n FROM interaction", "--json").json
    assert count == [{"n": len(LINES)}]


def test_a_batch_with_bad_lines_logs_the_good_ones(book: Any) -> None:
    lines = ["Anruf von Frau Freitag: gut", *REFUSED, "", "mail an märz: auch gut"]
    result = book("log", "-", "--json", stdin="\n".join(lines).encode())
    assert result.code == 6
    assert [item.get("line") for item in result.json] == [None, 2, 3, 4, None]
    assert result.error["code"] == "bad_input"
    assert sorted(draft["text"] for draft in book("log", "--drafts", "--json").json) == sorted(REFUSED)
    count = book("sql", "SELECT count(*) AS n FROM interaction", "--json").json
    assert count == [{"n": 2}]


def test_an_unknown_name_is_made_when_asked_for(book: Any) -> None:
    result = book("log", "--create", "besuch", "unbekannt", "gmbh:", "Erstkontakt", "--json")
    assert result.code == 0, result.err
    assert result.json["company"]["name"] == "unbekannt gmbh"
    assert book("undo").code == 0
    assert book("find", "unbekannt", "--json").json == []


def test_the_echo_says_what_was_understood(book: Any) -> None:
    line = "besuch müller ehrler gestern 14:30 45m: Prüfstand gesehen, will Angebot wv:fr Angebot senden"
    result = book("log", *line.split(" "), "--lang", "de")
    assert result.out.startswith(
        "✔ Besuch · Hans Müller, Ehrler Prüftechnik GmbH · Di 18.11. 14:30 · 45 min   WV Fr 21.11. Angebot senden   "
    )
    assert result.out.rstrip().endswith("· crm undo")


def test_a_draft_is_logged_in_other_words_and_leaves_the_list(book: Any) -> None:
    assert book("log", "besuch", "hans", "müller", "gestern", "Prüfstand", "gezeigt").code == 2
    (draft,) = book("log", "--drafts", "--json").json
    line = "besuch hans müller gestern: Prüfstand gezeigt"
    result = book("log", "--drafts", "--json", "log", str(draft["id"]), *line.split(" "))
    assert result.code == 0, result.err
    assert (result.json["text"], result.json["at"]) == ("Prüfstand gezeigt", "2025-11-18")
    assert book("log", "--drafts", "--json").json == []


def test_names_are_parted_by_a_comma_without_a_blank(book: Any) -> None:
    result = book("log", "--json", "besuch", "hans.müller,anna.schmidt", "1,5h:", "Lastenheft")
    assert result.code == 0, result.err
    assert (names(result.json), result.json["duration_min"]) == (["Hans Müller", "Anna Schmidt"], 90)


def test_a_draft_goes_when_its_line_is_logged_after_all(book: Any) -> None:
    words = ("besuch", "neumann:", "Erstkontakt")
    assert book("log", *words).code == 3
    assert book("contact", "add", "Eva Neumann").code == 0
    assert book("log", *words).code == 0
    assert book("log", "--drafts", "--json").json == []
