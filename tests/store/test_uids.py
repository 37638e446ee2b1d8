"""The shortest prefix of a public id that names one record."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_cli.store import uids
from crm_cli.store.store import Store

UIDS = [
    "a2aaaaaaaaaaaaaa",
    "a2aaaaaaaaaaaaab",
    "a2ab2222222222aa",
    "b3cdefghijklmnop",
    "b3cdxfghijklmnop",
    "z7zzzzzzzzzzzzzz",
]
SHORT = {
    "a2aaaaaaaaaaaaaa": 16,
    "a2aaaaaaaaaaaaab": 16,
    "a2ab2222222222aa": 4,
    "b3cdefghijklmnop": 5,
    "z7zzzzzzzzzzzzzz": 4,
}


@pytest.mark.parametrize("many", [1, 1000])
def test_ids_are_cut_to_what_names_one_record_in_any_table(many: int, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(uids, "_MANY", many)
    with Store.open(str(tmp_path / "crm.db")) as store:
        for index, uid in enumerate(UIDS):
            table = "contact" if index % 2 else "company"
            store.connection.execute(
                f"INSERT INTO {table} (uid, name, created_at, updated_at) VALUES (?, 'x', '', '')", (uid,)
            )
        found = uids.shortened(store.connection, list(SHORT))
    assert found == {uid: uid[:length] for uid, length in SHORT.items()}


def test_an_unknown_id_still_gets_a_prefix_of_its_own(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "crm.db")) as store:
        assert uids.shortened(store.connection, ["q2aaaaaaaaaaaaaa"]) == {"q2aaaaaaaaaaaaaa": "q2aa"}
