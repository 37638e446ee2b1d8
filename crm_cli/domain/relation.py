"""How people and firms hang together: who works where, who reports to, knows or was referred by whom."""

from __future__ import annotations

from crm_cli.domain.company import Company
from crm_cli.domain.contact import Contact
from crm_cli.domain.record import Record
from crm_cli.domain.record_ref import RecordRef
from crm_cli.domain.text import words

EMPLOYEE_OF = "employee_of"
EMPLOYS = "employs"  # employee_of, said from the firm's side
REPORTS_TO = "reports_to"
KNOWS = "knows"
REFERRED_BY = "referred_by"

_WORDS = {
    EMPLOYEE_OF: (
        "employee of|employed by|works at|works for|arbeitet bei|arbeitet für|mitarbeiter von|mitarbeiterin von|"
        "mitarbeiter bei|mitarbeiterin bei|angestellt bei"
    ),
    EMPLOYS: "employs|beschäftigt",
    REPORTS_TO: "reports to|berichtet an|untersteht",
    KNOWS: "knows|kennt",
    REFERRED_BY: "referred by|empfohlen von|empfohlen durch|vermittelt von|vermittelt durch",
}
_KINDS = {" ".join(words(phrase)): kind for kind, phrases in _WORDS.items() for phrase in phrases.split("|")}
KINDS = tuple(_WORDS)


def read_kind(text: str) -> str | None:
    """Return the kind a person means by `reports_to`, `reports to` or `berichtet-an`; None for another word."""
    return _KINDS.get(" ".join(words(text)))


class Relation(Record):
    """One tie, read `source` KIND `target`. `title`, `start_on` and `end_on` belong to `employee_of`.

    The days are ISO dates, or a month or a year where no more is known.
    """

    kind: str
    source: RecordRef
    target: RecordRef
    title: str | None = None
    start_on: str | None = None
    end_on: str | None = None
    note: str | None = None


class ContactDetails(Contact):
    """A person with their ties, jobs first; a list shows `Contact`."""

    relations: tuple[Relation, ...] = ()


class CompanyDetails(Company):
    """A firm with its people and ties; a list shows `Company`."""

    relations: tuple[Relation, ...] = ()
