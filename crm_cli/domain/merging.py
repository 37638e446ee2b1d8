"""What becomes of the single values of two records that are the same person or firm."""

from __future__ import annotations

from crm_cli.domain.text import digits, fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from crm_cli.domain.company import Company
    from crm_cli.domain.contact import Address, Contact

_SINGLE = "prefix given additional family suffix nickname salutation title department birthday owner".split()
_NAME_PARTS = frozenset(("prefix", "given", "additional", "family", "suffix"))


def combined(
    keep: Contact | Company, lose: Contact | Company, *, further: tuple[str, ...] = ()
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return (columns to set, custom fields) for the record that is kept.

    The kept record's values win; its gaps are filled; what differs is written to the end of its notes under the
    other's name and id, so that nothing is lost. `further` are more lines for the notes.
    """
    columns: dict[str, Any] = {}
    lines = list(further)
    for name in _SINGLE:
        mine, theirs = getattr(keep, name, None), getattr(lose, name, None)
        if theirs is None or mine == theirs:
            continue
        # Parts belong to a name: those of another name would make a third one. The name itself is written down below.
        fits = name not in _NAME_PARTS or keep.name == lose.name
        if mine is None and fits:
            columns[name] = theirs
        elif fits or theirs not in lose.name:
            lines.append(f"{name}: {theirs}")
    custom = dict(keep.custom)
    for key, value in lose.custom.items():
        if custom.setdefault(key, value) != value:
            lines.append(f"{key}: {value}")
    if lose.notes and lose.notes not in (keep.notes or ""):
        lines.append(lose.notes)
    if lines or lose.name != keep.name:
        entry = "\n".join([f"= {lose.name} ({lose.id})", *lines])
        columns["notes"] = f"{keep.notes}\n\n{entry}" if keep.notes else entry
    return columns, custom


def address_key(address: Address) -> tuple[str, ...]:
    """Return the form two spellings of one postal address share."""
    parts = (getattr(address, name) for name in address.__match_args__ if name not in ("label", "preferred"))
    return tuple(" ".join(fold(part or "").split()) for part in parts)


def number_key(value: str, e164: str | None) -> str:
    """Return the form two spellings of one number share; an extension makes it another number."""
    typed = digits(value.replace("(0)", ""))
    if e164 and e164.endswith(typed.lstrip("0")):
        return e164
    return typed or value.strip()
