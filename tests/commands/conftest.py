"""What the tests of import and export share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def load(crm, tmp_path: Path):
    """Import text as a file and return the report: `load(card(), name="a.vcf")`."""

    def run(text: str, *words: str, name: str = "cards.vcf", code: int = 0) -> dict:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8", newline="")
        result = crm("import", str(path), *words, "--json")
        assert result.code == code, result
        return result.json

    return run
