"""Which property fills which field of a draft.

Each function gets the reader (draft, version, groups), what the head means,
and the value: decoded from quoted-printable, not yet unescaped, never empty.
"""

from __future__ import annotations

from crm_cli.domain.contact import Email, Link, Phone
from importers import vcard_values as values
from importers.vcard_labels import ab_label

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from importers.vcard_labels import HeadMeaning
    from importers.vcard_read import CardReader

    Field = Callable[[CardReader, HeadMeaning, str], None]

_SALUTATIONS = {"FEMININE": "Frau", "MASCULINE": "Herr"}


def _name(reader: CardReader, _: HeadMeaning, value: str) -> None:
    if not reader.draft.name:
        reader.draft.name = values.text(value, reader.old)


def _name_parts(reader: CardReader, _: HeadMeaning, value: str) -> None:
    draft = reader.draft
    if draft.family or draft.given:
        return
    parts = values.parts(value, reader.old)
    parts += [""] * (5 - len(parts))
    draft.family, draft.given = parts[0] or None, parts[1] or None
    draft.additional, draft.prefix, draft.suffix = parts[2] or None, parts[3] or None, parts[4] or None


def _organisation(reader: CardReader, _: HeadMeaning, value: str) -> None:
    draft = reader.draft
    parts = values.parts(value, reader.old)
    if draft.company is None and draft.department is None:
        draft.company = parts[0] or None
        draft.department = ", ".join(part for part in parts[1:] if part) or None


def _single(field: str) -> Field:
    def fill(reader: CardReader, _: HeadMeaning, value: str) -> None:
        if getattr(reader.draft, field) is None:
            setattr(reader.draft, field, values.text(value, reader.old))

    return fill


def _verbatim(field: str) -> Field:
    def fill(reader: CardReader, _: HeadMeaning, value: str) -> None:
        if getattr(reader.draft, field) is None:
            setattr(reader.draft, field, value)

    return fill


def _date(field: str) -> Field:
    def fill(reader: CardReader, meaning: HeadMeaning, value: str) -> None:
        if getattr(reader.draft, field) is None:
            plain = values.text(value, reader.old)
            setattr(reader.draft, field, values.iso_date(plain, meaning.head.value("X-APPLE-OMIT-YEAR")))

    return fill


def _nickname(reader: CardReader, _: HeadMeaning, value: str) -> None:
    if reader.draft.nickname is None:
        reader.draft.nickname = ", ".join(values.text_list(value, reader.old)) or None


def _notes(reader: CardReader, _: HeadMeaning, value: str) -> None:
    reader.notes.append(values.text(value, reader.old))


def _email(reader: CardReader, meaning: HeadMeaning, value: str) -> None:
    text = values.text(value, reader.old)
    text = text[7:] if text[:7].lower() == "mailto:" else text
    emails = reader.draft.emails
    if meaning.head.group:
        reader.grouped.append((meaning.head.group.upper(), "emails", len(emails)))
    emails.append(Email(text, meaning.label, meaning.preferred))


def _phone(reader: CardReader, meaning: HeadMeaning, value: str) -> None:
    text = values.text(value, reader.old)
    phones = reader.draft.phones
    if meaning.head.group:
        reader.grouped.append((meaning.head.group.upper(), "phones", len(phones)))
    phones.append(Phone(values.phone_text(text), reader.e164(text), meaning.label, meaning.preferred))


def _address(reader: CardReader, meaning: HeadMeaning, value: str) -> None:
    address = values.address(value, reader.old, meaning.label, meaning.preferred)
    if address is None:
        return
    addresses = reader.draft.addresses
    if meaning.head.group:
        reader.grouped.append((meaning.head.group.upper(), "addresses", len(addresses)))
    addresses.append(address)


def _link(kind: str, service: str | None = None) -> Field:
    def fill(reader: CardReader, meaning: HeadMeaning, value: str) -> None:
        links = reader.draft.links
        if meaning.head.group and service is None:
            reader.grouped.append((meaning.head.group.upper(), "links", len(links)))
        # Only separators are escaped in a URI, by those who escape it at all.
        links.append(Link(values.text(value, True), kind, service or meaning.label))

    return fill


def _categories(reader: CardReader, _: HeadMeaning, value: str) -> None:
    reader.draft.tags += values.text_list(value, reader.old)


def _kind(reader: CardReader, _: HeadMeaning, value: str) -> None:
    reader.draft.kind = value.lower()


def _show_as(reader: CardReader, _: HeadMeaning, value: str) -> None:
    if value.upper() == "COMPANY":
        reader.draft.kind = "org"


def _member(reader: CardReader, _: HeadMeaning, value: str) -> None:
    reader.draft.members.append(value)


def _group_label(reader: CardReader, meaning: HeadMeaning, value: str) -> None:
    label = ab_label(values.text(value, reader.old))
    if label and meaning.head.group:
        reader.group_labels.setdefault(meaning.head.group.upper(), label)


def _group_date(reader: CardReader, meaning: HeadMeaning, value: str) -> None:
    reader.group_dates.setdefault(meaning.head.group.upper(), values.iso_date(value))


def _grammatical_gender(reader: CardReader, _: HeadMeaning, value: str) -> None:
    if reader.draft.salutation is None:
        reader.draft.salutation = _SALUTATIONS.get(value.upper())


FIELDS: dict[str, Field] = {
    "FN": _name,
    "N": _name_parts,
    "ORG": _organisation,
    "NICKNAME": _nickname,
    "X-NICKNAME": _nickname,
    "TITLE": _single("title"),
    "ROLE": _single("role"),
    "NOTE": _notes,
    "UID": _verbatim("uid"),
    "REV": _verbatim("rev"),
    "EMAIL": _email,
    "TEL": _phone,
    "ADR": _address,
    "CATEGORIES": _categories,
    "KIND": _kind,
    "X-ADDRESSBOOKSERVER-KIND": _kind,
    "X-ABSHOWAS": _show_as,
    "MEMBER": _member,
    "X-ADDRESSBOOKSERVER-MEMBER": _member,
    "X-ABLABEL": _group_label,
    "X-ABDATE": _group_date,
    "X-SALUTATION": _single("salutation"),
    "GRAMGENDER": _grammatical_gender,
    "BDAY": _date("birthday"),
    **dict.fromkeys(
        (
            "ANNIVERSARY",
            "X-ANNIVERSARY",
            "X-MS-ANNIVERSARY",
            "X-EVOLUTION-ANNIVERSARY",
            "X-KADDRESSBOOK-X-ANNIVERSARY",
            "X-OUTLOOK-WEDDING-ANNIVERSARY",
        ),
        _date("anniversary"),
    ),
    "URL": _link("url"),
    "IMPP": _link("im"),
    "X-AIM": _link("im", "aim"),
    "X-GADUGADU": _link("im", "gadugadu"),
    "X-GOOGLE-TALK": _link("im", "google talk"),
    "X-GROUPWISE": _link("im", "groupwise"),
    "X-ICQ": _link("im", "icq"),
    "X-JABBER": _link("im", "jabber"),
    "X-MATRIX": _link("im", "matrix"),
    "X-MS-IMADDRESS": _link("im"),
    "X-MSN": _link("im", "msn"),
    "X-QQ": _link("im", "qq"),
    "X-SIP": _link("im", "sip"),
    "X-SKYPE": _link("im", "skype"),
    "X-SKYPE-USERNAME": _link("im", "skype"),
    "X-YAHOO": _link("im", "yahoo"),
    "SOCIALPROFILE": _link("social"),
    "X-SOCIALPROFILE": _link("social"),
    "X-TWITTER": _link("social", "twitter"),
}
"""Property name in capitals to the function that fills the field."""

SOURCES: dict[str, tuple[str, ...]] = {
    "name": ("FN",),
    "nickname": ("NICKNAME", "X-NICKNAME"),
    "title": ("TITLE",),
    "role": ("ROLE",),
    "notes": ("NOTE",),
    "uid": ("UID",),
    "salutation": ("X-SALUTATION", "GRAMGENDER"),
    "birthday": ("BDAY",),
    "anniversary": tuple(name for name in FIELDS if name.endswith("ANNIVERSARY")),
    "kind": ("KIND", "X-ADDRESSBOOKSERVER-KIND", "X-ABSHOWAS"),
    "emails": ("EMAIL",),
    "phones": ("TEL",),
    "addresses": ("ADR",),
    "links": tuple(name for name, field in FIELDS.items() if field.__qualname__.startswith("_link")),
    "members": ("MEMBER", "X-ADDRESSBOOKSERVER-MEMBER"),
}
"""Field to the properties it is read from: what an edit of the field has to touch."""
