"""What a who phrase (`müller ehrler`, `@ehrler/`, `0821 12345`) may mean.

The rules that rank matches are in `services/resolve.py` (which asks the index);
the log-line parser sees only this shape, so that it stays a pure function.
"""

from __future__ import annotations

from crm_cli.domain.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

# Best first; a phrase means the records of the lowest tier that has any.
TIER_ID = 0
TIER_MAIL = 1
TIER_NUMBER = 2
TIER_EXACT = 3
TIER_PREFIX = 4
TIER_FUZZY = 5


class Match(Record):
    """One record a phrase fits.

    `kind` is `contact` or `company`; `row` its integer key, `id` the public uid. `company` and
    `company_row` name a contact's current employer. `own` is false where only the employer's
    name matched. `tier` is one of the TIER constants; a `TIER_FUZZY` hit is logged with a warning.
    """

    kind: str
    row: int
    id: str
    name: str
    company: str | None = None
    company_row: int | None = None
    tier: int = TIER_EXACT
    own: bool = True


def firm_of(parties: Sequence[Match]) -> int | None:
    """Return the row of the firm several records stand for: the first one named, else the first person's employer."""
    named = next((match.row for match in parties if match.kind == "company"), None)
    if named is not None:
        return named
    return next((match.company_row for match in parties if match.kind == "contact"), None)
