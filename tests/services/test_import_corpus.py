"""Real address books through the store: in, searchable, out again."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bench.mutate import mutated
from tests.importers.corpus import FILES, FOLDER, measure, needs_corpus

pytestmark = needs_corpus

CSV = sorted((FOLDER / "csv").glob("*.csv"))


@pytest.mark.long
@pytest.mark.parametrize("version", ["3.0", "keep"])
def test_cards_come_out_as_they_went_in(crm, tmp_path: Path, monkeypatch, version: str) -> None:
    tool = measure()
    read = 0
    lossy = []
    for number, path in enumerate(FILES):
        monkeypatch.setenv("CRM_HOME", str(tmp_path / str(number)))
        report = crm("import", str(path), "--json")
        assert report.code == 0, path.name
        read += report.json["new"]
        out = tmp_path / "out.vcf"
        assert crm("export", "contact", "--vcard-version", version, "-o", str(out)).code == 0
        before, after = (tool.tolerant(tool.decode(file.read_bytes())) for file in (path, out))
        lossy += [path.name] if any(not key[0].endswith(("BEGIN", "END")) for key in before - after) else []
        again = crm("import", str(out), "--json").json
        # One note ends in blank lines, which a vCard 3.0 of it has not.
        changed = 1 if (path.name, version) == ("mangstadt.ez-vcard__outlook-2003.vcf", "3.0") else 0
        assert (again["new"], again["changed"], again["refused"]) == (0, changed, []), path.name
    assert read == 111
    # The measure decodes a file before it unfolds, and knows no CHARSET: these two are read wrongly by it.
    assert set(lossy) == {
        "derived__fold_splits_utf8.vcf",
        "LineageOS.android_frameworks_opt_vcard__v21_japanese_2.vcf",
    }


def test_a_second_import_of_everything_changes_nothing(crm) -> None:
    folder = str(FILES[0].parent)
    assert crm("import", folder, "--json").json["new"] == 111
    again = crm("import", folder, "--json").json
    assert (again["new"], again["changed"], again["same"], again["undo"]) == (0, 0, 111, None)
    assert crm("check").code == 0
    assert crm("undo").code == 0
    assert crm("contact", "list", "--json").json == crm("company", "list", "--json").json == []
    assert crm("check").code == 0
    assert crm("redo").code == 0
    assert crm("import", folder, "--json").json["same"] == 111


@pytest.mark.parametrize(
    "file",
    [
        pytest.param("UweGerdes.docker-vcards__testumlauts.vcf", id="umlaut"),
        pytest.param("roundcube.roundcubemail__johndoe.vcf", id="company"),
        pytest.param("mangstadt.ez-vcard__John_Doe_MS_OUTLOOK.vcf", id="vCard 2.1"),
    ],
)
def test_a_visit_is_logged_on_a_real_card(crm, file: str) -> None:
    assert crm("import", str(FILES[0].parent / file)).code == 0
    name = crm("contact", "list", "--json").json[0]["name"]
    entry = crm("log", f"visit @{name.replace(' ', '_')} yesterday 45m: saw the test bench fu:fri quote", "--json")
    assert entry.code == 0, entry
    assert entry.json["contacts"][0]["name"] == name
    assert crm("find", name, "--json").json[0]["name"] == name


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in CSV])
def test_a_real_table_goes_in_once(crm, path: Path) -> None:
    report = crm("import", str(path), "--json").json
    assert report["new"] > 0
    assert report["refused"] == []
    again = crm("import", str(path), "--json").json
    assert (again["new"], again["changed"], again["undo"]) == (0, 0, None)


@pytest.mark.parametrize("seed", range(4))
def test_damaged_files_end_in_a_report(crm, tmp_path: Path, seed: int) -> None:
    """Twenty files at a time; `python -m bench.mutate` does it 20,000 times."""
    folder = tmp_path / "damaged"
    folder.mkdir()
    chance = random.Random(seed)
    for number in range(20):
        (folder / f"{number}.vcf").write_bytes(mutated(chance, FILES))
    result = crm("import", str(folder), "--json", "--debug")
    assert result.code in (0, 6), result
    again = crm("import", str(folder), "--json").json
    assert (again["new"], again["changed"]) == (0, 0)
    assert crm("check").code == 0
    assert crm("export", "contact", "-o", str(tmp_path / "out.vcf")).code == 0
    if result.json["undo"]:
        assert crm("undo").code == 0
        assert crm("contact", "list", "--json").json == []
