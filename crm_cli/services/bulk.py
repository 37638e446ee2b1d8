"""Do one thing to many records: the good ones are done, the refused ones are told."""

from __future__ import annotations

from crm_cli.errors import CrmError, StoreError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from typing import Any

    from crm_cli.store.store import Store


def each(
    store: Store, refs: Sequence[str], act: Callable[[str], Any], *, now: datetime
) -> tuple[list[Any], list[tuple[int, str, CrmError]]]:
    """Call `act` with every reference, in one change set; return (results, refused: place from 1, reference, why).

    What one item had begun is taken back when it is refused. A failure of the store itself ends everything.
    """
    done: list[Any] = []
    refused: list[tuple[int, str, CrmError]] = []
    with store.transaction(now):
        for place, ref in enumerate(refs, 1):
            try:
                with store.transaction(now):
                    done.append(act(ref))
            except StoreError:
                raise
            except CrmError as error:
                refused.append((place, ref, error))
    return done, refused
