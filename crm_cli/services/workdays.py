"""The public holidays of a place: Germany's from our own table, those of other countries from `holidays`."""

from __future__ import annotations

from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date


def is_holiday(state: str | None = None, country: str = "DE") -> Callable[[date], bool]:
    """Return a test for public holidays: of a Bundesland (`BY`), or without one those of the whole country.

    Each year is worked out once, when a day of it is first asked for. A country the package does not know has none.
    The test raises UsageError for a state that is none of the country's.
    """
    years: dict[int, frozenset[date]] = {}

    def test(day: date) -> bool:
        if day.year not in years:
            years[day.year] = _holidays_of(day.year, state, country)
        return day in years[day.year]

    return test


def _holidays_of(year: int, state: str | None, country: str) -> frozenset[date]:
    if country == "DE":
        from crm_cli.domain.holidays import german_holidays

        found = german_holidays(year, state)
        if found is not None:
            return found
    import holidays

    try:
        return frozenset(holidays.country_holidays(country, subdiv=state, years=year))
    except NotImplementedError as error:  # an unknown country, or an unknown state of a known one
        if state is None:
            return frozenset()
        raise UsageError("{country} has no state “{state}”.", country=country, state=state) from error
