"""After any number of operations on both sides both ends are equal and nothing was lost."""

from __future__ import annotations

import pytest

from tests.remotes.walk import Walk


@pytest.mark.parametrize("seed", range(2))
def test_a_random_walk_ends_equal_on_a_server_with_bad_manners(crm, fake, synced, seed: int) -> None:
    fake.page, fake.put_etag, fake.weak = 3, seed % 2 == 0, seed % 2 == 1
    synced(fake)
    walk = Walk(crm, fake, seed)
    for _ in range(2):
        walk.run(30)
        fake.oldest = fake.version  # the token expires
        fake.failures = [503]
    walk.check()


def test_a_random_walk_ends_equal_on_a_real_server(crm, book, synced) -> None:
    synced(book)
    walk = Walk(crm, book, 7)
    walk.run(60)
    walk.check()
