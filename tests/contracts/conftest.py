"""A filled store for every contract that needs one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts.samples import Book


@pytest.fixture(scope="session")
def kept_book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The one filled store of this run of the tests."""
    return Book(tmp_path_factory.mktemp("filled"))


@pytest.fixture
def book(crm, home: Path, kept_book: Book):
    """Run the program in this process, on a copy of the filled store."""
    kept_book.lay_out(crm, home)
    return crm
