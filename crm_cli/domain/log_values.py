"""Read the values of the log line's keys: amounts, percentages, kilometres."""

from __future__ import annotations

from crm_cli.domain.tokens import plain_number
from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.domain.log_words import LogOptions
    from crm_cli.domain.money import Money
    from crm_cli.domain.tokens import Word

    # Key, value, and their place in the line.
    Given = tuple[str, str, int, int]


def read_value(given: Given, options: LogOptions) -> Money:
    """Read an amount: `wert:` in German figures, `value:` in English ones; raises UsageError."""
    from crm_cli.domain.money import read_money

    key, text, start, end = given
    try:
        return read_money(text, decimal=options.languages.get(key, ","), currency=options.currency)
    except UsageError as error:
        error.params.update(start=start, end=end)
        raise


def refuse_loose_unit(given: Given, behind: Word, options: LogOptions) -> None:
    """Raise UsageError where the word behind an amount would make it another one: `value:12,500 USD`, `wert:12 k`.

    The default currency there changes nothing and stays text.
    """
    from crm_cli.domain.money import SIGNS, currency_of

    key, text, start, _ = given
    unit = behind.text.rstrip(".,;:!?")
    currency = SIGNS.get(unit) or currency_of(unit)
    if not text[-1:].isdigit() or (unit not in ("k", "K") and currency in (None, options.currency)):
        return
    raise UsageError(
        "“{unit}” belongs to the amount, but a blank parts them.", unit=unit, start=start, end=behind.start + len(unit),
        hint="Write them together: {together}", together=f"{key}:{text}{unit}",
    )  # fmt: skip


def read_percent(given: Given) -> int:
    """Read a whole percentage, `60` or `60%`; raises UsageError."""
    key, text, start, end = given
    number = plain_number(text.removesuffix("%"))
    if number is None or number > 100:
        raise UsageError("“{text}” is no percentage from 0 to 100.", text=f"{key}:{text}", start=start, end=end)
    return number


def read_kilometres(given: Given) -> float:
    """Read `42`, `42,5`, `42.5km`; three decimals would rather be thousands. Raises UsageError."""
    key, text, start, end = given
    figures = text.casefold().removesuffix("km").replace(",", ".")
    whole, point, decimals = figures.partition(".")
    number, part = plain_number(whole), plain_number(decimals) if point else 0
    if number is None or part is None or len(decimals) > 2:
        raise UsageError("“{text}” is no distance in kilometres.", text=f"{key}:{text}", start=start, end=end)
    return float(figures) if point else number
