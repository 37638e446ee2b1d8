"""What the writers of all CSV dialects say about a contact in the same way."""

from __future__ import annotations

from crm_cli.domain.person_name import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.domain.draft import ContactDraft

SINGLE = ("prefix", "given", "additional", "family", "suffix", "nickname", "company", "department", "title", "role")
ADDRESS_PARTS = ("extended", "po_box", "postcode", "city", "region", "country")


def named(draft: ContactDraft) -> dict[str, str]:
    """Give the single fields; a firm's name is its company, a bare name stands as the first name."""
    row = {field: text for field in SINGLE if (text := getattr(draft, field))}
    if is_plain_firm(draft):
        row["company"] = draft.name
    return row


def is_plain_firm(draft: ContactDraft) -> bool:
    """Say whether the reader would see a firm: a company's name and no person."""
    person = (draft.given, draft.family, draft.additional, draft.nickname, draft.prefix, draft.suffix, draft.company)
    return draft.kind == "org" and not any(person)


def spoken_name(draft: ContactDraft) -> str:
    """Give the name its parts make, empty without any."""
    return composed(draft.prefix, draft.given, draft.additional, draft.family, draft.suffix)


def customs(draft: ContactDraft) -> Iterator[tuple[str, str]]:
    """Yield the custom fields that hold something, as texts."""
    for key, value in draft.custom.items():
        if value is not None and value != "":
            yield key, value if isinstance(value, str) else str(value)
