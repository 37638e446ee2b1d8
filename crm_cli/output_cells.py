"""One value as the text of one cell, for people (table, Markdown) or for programs (CSV, TSV)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import Any

_ADDRESS_KEYS = {"street", "postcode", "city"}


def data_cell(value: Any) -> str:
    """Return plain data as a program reads it: ISO dates, `true`, several values joined by `; `."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return _compact(value, data_cell)
    if isinstance(value, list):
        return "; ".join(data_cell(item) for item in value)
    return str(value)


def shown_cell(value: Any, kind: str, today: Callable[[], date]) -> str:
    """Return plain data as people read it in the language in use; not yet harmless, possibly of several lines.

    `kind` is that of `crm_cli.fields.Field`.
    """
    from crm_cli import wording
    from crm_cli.i18n import t

    if value is None:
        return ""
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    if isinstance(value, list):
        return ", ".join(shown_cell(item, kind, today) for item in value)
    if isinstance(value, dict):
        if set(value) == {"amount", "currency"}:
            return wording.money(str(value["amount"]), str(value["currency"]))
        return _compact(value, lambda item: shown_cell(item, kind, today))
    if kind == "word" and isinstance(value, str):
        return wording.word(value)
    if kind == "when" and isinstance(value, str):
        return wording.when(value, today())
    if kind == "month" and isinstance(value, str):
        return wording.month(value)
    if kind == "percent" and isinstance(value, (int, float)):
        return f"{wording.number(value)} %"
    if kind == "size" and isinstance(value, int):
        return wording.size(value)
    if isinstance(value, (int, float)) and kind in ("number", "money"):
        return wording.number(value)
    return str(value)


def _compact(value: dict[str, Any], show: Callable[[Any], str]) -> str:
    """Return the one thing a reader wants of an object: its value, its name, its text, its address."""
    if set(value) == {"amount", "currency"}:
        return f"{value['amount']} {value['currency']}"
    for key in ("value", "name", "title", "text"):
        if key in value:
            return show(value[key])
    if set(value) >= _ADDRESS_KEYS:
        town = " ".join(show(value[key]) for key in ("postcode", "city") if value[key])
        return ", ".join(part for part in (show(value["street"]), town, show(value.get("country"))) if part)
    return ", ".join(f"{key}={show(item)}" for key, item in value.items() if item is not None)
