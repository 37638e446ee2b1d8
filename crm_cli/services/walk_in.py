"""Make a record for somebody met for the first time, known only by what was typed as a who."""

from __future__ import annotations

from crm_cli.domain.names import FIRM_WORDS, is_legal_form
from crm_cli.domain.party_input import PartyInput
from crm_cli.domain.reference import is_number
from crm_cli.domain.text import words_weak
from crm_cli.domain.who import Match
from crm_cli.services import companies, contacts, resolve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

    from crm_cli.store.store import Store


def add(store: Store, *, phrase: str, region: str, now: datetime) -> Match:
    """Add the person or firm a phrase names and return it; raises Conflict for a duplicate.

    A firm is what says so: `Firma Huber`, a legal form at the end, `huber/`. `huber/josef` is a person of that firm,
    an address or number becomes one of a person's ways to be reached. All else is a person.
    """
    firm, slash, name = (part.strip() for part in phrase.partition("/"))
    if slash and name:
        return _person(store, PartyInput(name=name, company=firm), region, now)
    if slash or _is_firm(firm):
        words = firm.split()
        if words and words_weak(words[0])[:1] and words_weak(words[0])[0] in FIRM_WORDS:
            words = words[1:]
        typed = PartyInput(name=" ".join(words) or firm)
        saved = companies.add(store, typed=typed, force=False, region=region, now=now)
        return resolve.one(store, saved.record.id, kinds=("company",), region=region)
    if "@" in phrase and " " not in phrase:
        local = phrase.partition("@")[0].replace(".", " ").replace("_", " ").strip()
        return _person(store, PartyInput(name=local.title() or phrase, email=(phrase,)), region, now)
    if is_number(phrase):
        return _person(store, PartyInput(name=phrase, phone=(phrase,)), region, now)
    return _person(store, PartyInput(name=phrase), region, now)


def _is_firm(text: str) -> bool:
    words = words_weak(text)
    return bool(words) and (words[0] in FIRM_WORDS or (len(words) > 1 and is_legal_form(words[-1])))


def _person(store: Store, typed: PartyInput, region: str, now: datetime) -> Match:
    saved = contacts.add(store, typed=typed, force=False, region=region, now=now)
    return resolve.one(store, saved.record.id, kinds=("contact",), region=region)
