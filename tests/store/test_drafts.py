"""Lines that could not be logged are kept beside the store, whatever happens to it."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ProcessPoolExecutor

from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.store import drafts


def _keep(arguments: tuple[str, int]) -> int:
    path, number = arguments
    return drafts.keep(path, text=f"line {number}", reason="", at="2025-11-19T09:00:00Z")


def test_a_line_comes_back_word_for_word_when_it_holds_anything(tmp_path) -> None:
    path = str(tmp_path / "crm.db")

    @settings(deadline=None, max_examples=60)
    @given(st.text(st.characters(exclude_categories=())))
    def check(text: str) -> None:
        number = drafts.keep(path, text=text, reason="because", at="2025-11-19T09:00:00Z")
        assert [draft["text"] for draft in drafts.listed(path) if draft["id"] == number] == [text]
        drafts.drop(path, [number])

    check()
    assert not os.path.exists(drafts.path_of(path))


def test_a_line_is_kept_once_when_it_is_refused_twice(tmp_path) -> None:
    path = str(tmp_path / "crm.db")
    first = drafts.keep(path, text="besuch hans", reason="colon", at="2025-11-19T09:00:00Z")
    assert drafts.keep(path, text="besuch hans", reason="colon", at="2025-11-19T10:00:00Z") == first
    assert len(drafts.listed(path)) == 1


def test_drafts_survive_when_a_crash_cut_the_last_one(tmp_path) -> None:
    path = str(tmp_path / "crm.db")
    drafts.keep(path, text="first", reason="", at="2025-11-19T09:00:00Z")
    with open(drafts.path_of(path), "ab") as file:
        file.write(b'{"id": 2, "text": "half')
    drafts.keep(path, text="third", reason="", at="2025-11-19T09:00:00Z")
    assert [draft["text"] for draft in drafts.listed(path)] == ["first", "third"]


def test_nothing_is_lost_when_two_processes_keep_drafts_at_once(tmp_path) -> None:
    path = str(tmp_path / "crm.db")
    with ProcessPoolExecutor(2) as pool:
        numbers = list(pool.map(_keep, [(path, number) for number in range(60)]))
    assert sorted(numbers) == list(range(1, 61))
    assert {draft["text"] for draft in drafts.listed(path)} == {f"line {number}" for number in range(60)}


def test_drafts_are_private(tmp_path) -> None:
    path = str(tmp_path / "new" / "crm.db")
    old = os.umask(0)
    try:
        drafts.keep(path, text="x", reason="", at="2025-11-19T09:00:00Z")
    finally:
        os.umask(old)
    assert stat.S_IMODE(os.stat(drafts.path_of(path)).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(tmp_path / "new").st_mode) == 0o700
