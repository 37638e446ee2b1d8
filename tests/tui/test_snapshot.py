"""Every screen in its colours is as the picture somebody looked at; the README's pictures are harmless files."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from crm_cli import i18n
from crm_cli.tui.app import CrmApp
from scripts import screenshots
from tests.tui import goldens, snapshots


@pytest.mark.long
def test_every_screen_is_as_its_picture(context_of, home: Path, monkeypatch, tmp_path: Path) -> None:
    for name, value in goldens.ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    goldens.fill()
    with context_of() as ctx:
        i18n.use("en")
        pictures = asyncio.run(snapshots.taken(CrmApp(ctx)))
    assert {snapshots.path_of(name) for name in pictures} == set(snapshots.FOLDER.glob("*.svg"))
    wrong = []
    for name, svg in pictures.items():
        if svg != snapshots.path_of(name).read_text(encoding="utf-8"):
            (tmp_path / f"{name}.svg").write_text(svg, encoding="utf-8")
            wrong.append(f"{name}: {tmp_path / name}.svg is not {snapshots.path_of(name)}")
    assert not wrong, "look at both; if it is meant: python -m tests.tui.snapshots\n" + "\n".join(wrong)


@pytest.mark.parametrize("name", ["today", "account", "pipeline"])
def test_a_picture_of_the_readme_fetches_nothing_and_names_no_place(name: str) -> None:
    svg = (screenshots.FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    assert svg.startswith("<svg ")
    assert re.findall(r"\w+://[^\s\"')]+", svg) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"<(?:script|image|foreignObject|use)|@import|@font-face|href|/home/|/tmp/|/root/", svg)
    assert "Prüfstand" in svg
