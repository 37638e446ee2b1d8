"""What an e-mail address or a number says about who it belongs to: one person, a household, an office."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crm_cli.domain.name_parts import Part

# Mailboxes of an office or a household, not of somebody.
_ROLES = frozenset(
    """abuse accounting admin anfrage anfragen assistenz bestellung bestellungen bewerbung billing buchhaltung buero
    business contact datenschutz disposition einkauf empfang export fam familie family finance hallo hello help
    helpdesk hr info infos it jobs kanzlei karriere kontakt kundenservice lager mail marketing newsletter noreply
    no-reply office orders personal post postmaster praxis presse produktion purchasing qs rechnung rechnungen
    reception sales sekretariat service shop support team technik verkauf versand vertrieb verwaltung webmaster
    welcome werkstatt zentrale""".split()
)
# Domains of mail for everybody: two people there have nothing in common.
_FREE = frozenset(
    """aol.com aol.de arcor.de bluewin.ch chello.at email.de fastmail.com freenet.de gmail.com gmx.at gmx.ch gmx.com
    gmx.de gmx.net googlemail.com hotmail.com hotmail.de icloud.com kabelmail.de live.com live.de mac.com mail.com
    mail.de mailbox.org me.com msn.com online.de outlook.com outlook.de posteo.de proton.me protonmail.com
    protonmail.ch sunrise.ch t-online.de unitybox.de vodafone.de web.de yahoo.com yahoo.de ymail.com""".split()
)
_MOBILE = (
    "+4915", "+4916", "+4917", "+4365", "+4366", "+4367", "+4368", "+4369", "+4174", "+4175", "+4176", "+4177",
    "+4178", "+4179", "+447", "+336", "+337", "+316", "+346", "+347", "+393", "+485", "+486", "+487", "+488", "+4207",
    "+4206", "+467", "+4790", "+4791", "+4792", "+4793", "+4794", "+4795", "+4797", "+4798", "+4799",
)  # fmt: skip
_DIGITS = "0123456789"


def is_mobile(e164: str) -> bool:
    """Tell whether a number in E.164 is a mobile one where that can be seen: in most of Europe."""
    return e164.startswith(_MOBILE)


def is_role(email: str) -> bool:
    """Tell whether a folded address is that of an office or a household (`info@`, `familie.may@`), not of a person."""
    local = email.partition("@")[0]
    return local in _ROLES or local.replace("-", ".").partition(".")[0].rstrip(_DIGITS) in _ROLES


def firm_domain(email: str) -> str | None:
    """Return the domain of a folded address where it belongs to a firm, None for one everybody can have."""
    domain = email.rpartition("@")[2]
    return None if not domain or domain in _FREE else domain


def nearly_same(first: str, second: str, distance: Callable[..., int]) -> bool:
    """Tell whether two folded addresses differ by one letter, not by a digit, which is how namesakes are told apart."""
    if min(len(first), len(second)) < 9 or distance(first, second, score_cutoff=1) != 1:
        return False
    return [sign for sign in first if sign in _DIGITS] == [sign for sign in second if sign in _DIGITS]


def are_of_two(first: str, second: str, names: Sequence[tuple[Part | None, Part | None]]) -> bool:
    """Tell whether two addresses of one domain are those of two people.

    That is so where they differ by a number (`mueller`, `mueller2`), or where each spells the given or the family name
    of its own record and not that of the other; `names` holds both pairs.
    """
    local, _, domain = first.partition("@")
    other, _, other_domain = second.partition("@")
    if domain != other_domain:
        return False
    if local.rstrip(_DIGITS) == other.rstrip(_DIGITS):
        return True
    words, other_words = (set(re.split(r"[._-]", text.rstrip(_DIGITS))) for text in (local, other))
    for mine, theirs in names:
        if mine is None or theirs is None or mine.joined == theirs.joined:
            continue
        own, foreign = {mine.joined, mine.weak}, {theirs.joined, theirs.weak}
        if own & words and foreign & other_words and not (own & other_words or foreign & words):
            return True
    return False


def names_one_of(email: str, families: Sequence[Part | None]) -> bool:
    """Tell whether an address is made of one of these family names, and so hardly an office's."""
    local = email.partition("@")[0]
    return any(family is not None and _spells(local, family) for family in families)


def _spells(local: str, family: Part) -> bool:
    letters = "".join(filter(str.isalnum, local))
    return family.joined in letters or family.weak in letters
