"""Outlook's row: ninety-two fixed columns, and the notes for what they can't hold."""

from __future__ import annotations

import re

from importers.csv_rows import OWN
from importers.csv_write_parts import ADDRESS_PARTS, customs, is_plain_firm, named, spoken_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from crm_cli.domain.contact import Address
    from crm_cli.domain.draft import ContactDraft

_ISO = re.compile(r"\d{4}-\d\d-\d\d")
# Where a phone or an address goes that has no column of its own, if one of these is free.
_NEAR_PHONE = {"": ("main", "other"), "fax": ("work fax",)}
_NEAR_ADDRESS = {"": ("work", "other")}


class _Row:
    """A row being filled: values by target, and what found no column."""

    def __init__(self, headers: Sequence[str], targets: Sequence[str]) -> None:
        self.free = set(targets)
        self.custom = {header for header, target in zip(headers, targets, strict=True) if target == "custom"}
        self.values: dict[str, str] = {}
        self.rest: list[tuple[str, str]] = []

    def put(self, text: str | None, *targets: str) -> bool:
        """Put a text into the first free of these columns; False if there is none."""
        for target in targets:
            for name in (target, f"{target}~2", f"{target}~3"):
                if name in self.free and text:
                    self.free.remove(name)
                    self.values[name] = text
                    return True
        return not text

    def put_or_keep(self, text: str | None, target: str) -> None:
        """Put a text into its column, or keep it under the target's name for the notes."""
        if not self.put(text, target):
            self.rest.append((target, text or ""))


def outlook_row(draft: ContactDraft, headers: Sequence[str], targets: Sequence[str]) -> dict[str, str]:
    """Give a contact's cells by target (by header for custom columns)."""
    row = _Row(headers, targets)
    single = named(draft)
    spoken = spoken_name(draft)
    if not spoken and not is_plain_firm(draft):
        single["given"] = draft.name
    elif spoken and spoken != draft.name:
        row.rest.append(("name", draft.name))
    row.put(" ".join(filter(None, (draft.salutation, single.pop("prefix", None)))), "salutation")
    for field, text in single.items():
        row.put_or_keep(text, field)
    for field in ("owner", "uid"):
        row.put_or_keep(getattr(draft, field), field)
    if draft.kind != "individual" and not is_plain_firm(draft):
        row.rest.append(("kind", draft.kind))
    for field in ("birthday", "anniversary"):
        date = getattr(draft, field) or ""
        if not (_ISO.fullmatch(date) and row.put(date, field)) and date:
            row.rest.append((field, date))
    row.put(";".join(draft.tags) + (";" if any("," in tag or "\n" in tag for tag in draft.tags) else ""), "tags")
    _reach(draft, row)
    for address in draft.addresses:
        _address(address, row)
    for key, text in customs(draft):
        if key in row.custom:
            row.values[key] = text
        else:
            row.rest.append((f"custom:{key}", text))
    row.values["notes"] = "\n".join(filter(None, (draft.notes, *(own_line(name, text) for name, text in row.rest))))
    return row.values


def own_line(target: str, text: str) -> str:
    """Write what has no column as a line of the notes, which our reader takes back."""
    name = target.replace("= ", "=").replace("\n", " ")
    escaped = text.replace("\\", "\\\\").replace("\n", "\\n")
    return f"{OWN}{name}= {escaped}"


def _reach(draft: ContactDraft, row: _Row) -> None:
    for email in sorted(draft.emails, key=lambda email: not email.preferred):
        if not row.put(email.value, "email.preferred", "email"):
            row.rest.append((f"email:{email.label}" if email.label else "email", email.value))
    for phone in draft.phones:
        label = phone.label or ""
        near = (f"phone:{other}" for other in _NEAR_PHONE.get(label, ()))
        if not row.put(phone.value, f"phone:{label}" if label else "phone", *near):
            row.rest.append((f"phone:{label}" if label else "phone", phone.value))
    for link in draft.links:
        target = f"{link.kind}:{link.label}" if link.label else link.kind
        row.put_or_keep(link.value, target)


def _address(address: Address, row: _Row) -> None:
    label = address.label or ""
    place = next(
        (name for name in (label, *_NEAR_ADDRESS.get(label, ())) if name and f"street:{name}" in row.free), None
    )
    lines = (address.street or "").split("\n", 2)
    texts = dict(zip(("street", "street.2", "street.3"), lines, strict=False))
    texts |= {part: getattr(address, part) or "" for part in ADDRESS_PARTS}
    if place is None:
        # A second address of its kind is told apart by a number in the notes.
        number = 2 + sum(name.startswith("street#") for name, _ in row.rest)
        row.rest.append((f"street#{number}:{label}" if label else f"street#{number}", address.street or ""))
        row.rest += [
            (f"{part}#{number}:{label}" if label else f"{part}#{number}", texts[part])
            for part in ADDRESS_PARTS
            if texts[part]
        ]
        return
    row.free.discard(f"street:{place}")
    for part, text in texts.items():
        if part == "street":
            row.values[f"street:{place}"] = text
        else:
            row.put_or_keep(text, f"{part}:{place}")
