"""The corpus of real cards: it lies beside the checkout and is no part of the project."""

from __future__ import annotations

import importlib.util
import io
from pathlib import Path
from types import ModuleType

import pytest

from crm_cli.domain.draft import ContactDraft, Refusal
from importers.vcard import read

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
FILES = sorted((FOLDER / "vcard").glob("*.vcf")) if FOLDER.is_dir() else []
needs_corpus = pytest.mark.skipif(not FILES, reason="the corpus of real cards is not beside the checkout")


def measure() -> ModuleType:
    """Load the corpus's own measure of loss."""
    spec = importlib.util.spec_from_file_location("measure_corpus", FOLDER / "measure_corpus.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def items(data: bytes) -> list[ContactDraft | Refusal]:
    """Read a file given as bytes."""
    return list(read(io.BytesIO(data), source="test.vcf"))


def drafts(data: bytes) -> list[ContactDraft]:
    """Read the cards of a file given as bytes."""
    return [item for item in items(data) if isinstance(item, ContactDraft)]


def only(text: str | bytes) -> ContactDraft:
    """Read the one card of a file."""
    (found,) = items(text.encode() if isinstance(text, str) else text)
    assert isinstance(found, ContactDraft), found
    return found


def card(*lines: str, version: str = "3.0") -> str:
    """Write the text of a card."""
    return "\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])
