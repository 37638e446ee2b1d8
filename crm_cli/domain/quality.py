"""What is wrong with one person's entry: which fields are missing, malformed, doubtful or stale."""

from __future__ import annotations

from crm_cli.domain.cleansing import DOUBTFUL, MALFORMED, MISSING, STALE, VERDICTS
from crm_cli.domain.contact_points import is_role
from crm_cli.domain.reach import is_email

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from crm_cli.domain.contact import Address, Contact, Phone
    from crm_cli.domain.draft import ContactDraft

STALE_DAYS = 730
_NOTHING = frozenset(
    """- -- . ? n/a na none null nil unbekannt unknown keine kein k.a. k.a ohne test tba tbd xxx xx asdf leer no-name
    noname dummy""".split()
)
_NOBODY = ("noreply@", "no-reply@", "donotreply@", "test@", "nobody@", "none@", "keine@")
_NO_DOMAINS = ("@example.com", "@test.de", "@test.com", "@mail.invalid")
# What perishes: jobs and the ways to reach somebody there.
_PERISHABLE = ("email", "phone", "company", "address")
_OLDEST = 110


def verdicts(record: Contact | ContactDraft, *, today: date, touched: str | None) -> dict[str, str]:
    """Return field -> verdict for every field that is not as it should be, the worst of each.

    `touched` is the ISO day of the last change or contact, None where nobody knows.
    """
    found = {
        "name": _name(record),
        "email": _worst(_email(email.value) for email in record.emails) if record.emails else MISSING,
        "phone": _worst(map(_phone, record.phones)) if record.phones else MISSING,
        "company": _company(record),
        "address": _worst(map(_address, record.addresses)) if record.addresses else MISSING,
        "salutation": None if record.salutation else MISSING,
        "birthday": _birthday(record.birthday, today),
    }
    if touched is not None and _age(touched, today) > STALE_DAYS:
        for field in _PERISHABLE:
            found[field] = found[field] or STALE
    return {field: verdict for field, verdict in found.items() if verdict}


def _worst(verdicts: Iterable[str | None]) -> str | None:
    found = {verdict for verdict in verdicts if verdict}
    return next((verdict for verdict in VERDICTS if verdict in found), None)


def is_placeholder(text: str) -> bool:
    """Tell whether a text only fills a field nobody knew the value of."""
    return text.strip().lower() in _NOTHING


def _name(record: Contact | ContactDraft) -> str | None:
    name = record.name.strip()
    if is_placeholder(name):
        return MISSING
    if "@" in name or "\ufffd" in name or not any(map(str.isalpha, name)):
        return MALFORMED
    if any(map(str.isdigit, name)) or not (record.given and record.family):
        return DOUBTFUL
    letters = [sign for sign in name if sign.isalpha()]
    return DOUBTFUL if len(letters) > 3 and len({sign.isupper() for sign in letters}) == 1 else None


def _email(value: str) -> str | None:
    if not is_email(value):
        return MALFORMED
    folded = value.lower()
    return DOUBTFUL if folded.startswith(_NOBODY) or folded.endswith(_NO_DOMAINS) or is_role(folded) else None


def _phone(phone: Phone) -> str | None:
    if phone.e164 is None:
        return MALFORMED
    tail = phone.e164[4:]
    return DOUBTFUL if len(set(tail)) < 3 or "123456" in tail else None


def _company(record: Contact | ContactDraft) -> str | None:
    name = record.company if record.company is None or isinstance(record.company, str) else record.company.name
    return MISSING if name is None or is_placeholder(name) else None


def _address(value: Address) -> str | None:
    if not (value.postcode and value.city):
        return DOUBTFUL if value.city or value.street or value.po_box else MALFORMED
    bare = value.postcode.strip()
    if not any(map(str.isdigit, bare)):
        return MALFORMED
    return DOUBTFUL if any(map(str.isdigit, value.city)) or not (value.street or value.po_box) else None


def _birthday(text: str | None, today: date) -> str | None:
    if not text:
        return MISSING
    from datetime import date

    if text.startswith("--") and len(text) == len("--04-12"):
        text = "2000" + text[1:]
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None if len(text) == len("1980") and text.isdigit() else MALFORMED
    if text in ("1900-01-01", "1901-01-01", "1970-01-01") or day > today or today.year - day.year > _OLDEST:
        return DOUBTFUL
    return None


def _age(touched: str, today: date) -> int:
    from datetime import date

    try:
        return (today - date.fromisoformat(touched[:10])).days
    except ValueError:
        return 0
