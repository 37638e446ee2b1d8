"""What can be repaired in single values, and how sure that is.

A repair is certain where the value can mean nothing else. Everything else is proposed and left to somebody who knows.
"""

from __future__ import annotations

import re

from crm_cli.domain.contact import Address
from crm_cli.domain.given_names import gender
from crm_cli.domain.phone import phone_e164
from crm_cli.domain.reach import is_email, read_address
from crm_cli.domain.text import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

# (value after, reason, certain)
Proposal = tuple[str, str, bool]

_GERMAN = frozenset(("DE", "AT", "CH", "LI", "LU"))
_MISTYPED_DOMAINS = {
    "gmial.com": "gmail.com", "gmai.com": "gmail.com", "gmail.de": "gmail.com", "gamil.com": "gmail.com",
    "gnail.com": "gmail.com", "gmail.con": "gmail.com", "hotmial.com": "hotmail.com", "hotmail.con": "hotmail.com",
    "yahooo.com": "yahoo.com", "outlok.com": "outlook.com", "outlook.con": "outlook.com", "gmx.ed": "gmx.de",
    "web.ed": "web.de", "wbe.de": "web.de", "t-onlin.de": "t-online.de", "tonline.de": "t-online.de",
    "t-online.d": "t-online.de", "googlmail.com": "googlemail.com", "freenet.d": "freenet.de",
}  # fmt: skip
_AT = re.compile(r"\s*(?:\(at\)|\[at\]|\{at\})\s*|\s+at\s+", re.IGNORECASE)
_DOT = re.compile(r"\s*(?:\(dot\)|\[dot\]|\(punkt\)|\[punkt\])\s*", re.IGNORECASE)
_ANGLED = re.compile(r"[^<>]*<([^<>\s]+)>\s*")
_NUMBER_LABEL = re.compile(
    r"^\s*(?:tel(?:efon|\.)?|fon|phone|mobil(?:e|funk)?|handy|fax|zentrale|t|m|f)\s*[.:]*\s*(?=[+0(])", re.IGNORECASE
)
_COUNTRIES = {"D": "Deutschland", "DE": "Deutschland", "A": "Österreich", "AT": "Österreich", "CH": "Schweiz"}
_GERMANY = frozenset(("deutschland", "germany", "de", "d", "deu", "brd"))
_PREFIXED = re.compile(r"(DE|D|AT|A|CH)\s*-\s*(\d{4,5})")
_TOGETHER = re.compile(r"(?:(DE|D|AT|A|CH)\s*-\s*)?(\d{4,5})\s+(\D{2,})")
_PARTICLES = frozenset("von vom van den der de del della di da dos du la le zu zum zur ten ter und y e af av".split())
_GENERATIONS = frozenset(("jun", "jr", "sen", "sr"))
_NOT_CASED = re.compile(r"\d|[()@/&]|^(?:MC|MAC)[A-Z]{3,}|^(?:II|III|IV)$")
_MOJIBAKE = re.compile("[ÃÂâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")


def email(value: str) -> Proposal | None:
    """Propose an address for one that has not the form of one, or whose domain is a well-known slip."""
    bare = value.strip().strip("\"'").strip()
    bare = re.sub(r"^mailto:", "", bare, flags=re.IGNORECASE)
    if bare[:1] == "<" and bare[-1:] == ">":
        bare = bare[1:-1]
    bare = re.sub(r"\s*@\s*", "@", bare.replace("＠", "@")).rstrip(".,;: ")
    if is_email(bare):
        if bare != value:
            return bare, "signs that belong to no address", True
        slip = _MISTYPED_DOMAINS.get(bare.rpartition("@")[2].lower())
        return (f"{bare.rpartition('@')[0]}@{slip}", "a domain that looks mistyped", False) if slip else None
    angled = _ANGLED.fullmatch(bare)
    if angled and is_email(angled[1]):
        return angled[1], "a name stands beside the address", False
    spoken = _DOT.sub(".", _AT.sub("@", bare)).replace(" ", "")
    if is_email(spoken):
        return spoken, "the address is written out", False
    dotted = bare.replace(",", ".")
    return (dotted, "a comma in place of a dot", False) if is_email(dotted) else None


def phone(value: str, region: str) -> Proposal | None:
    """Propose the E.164 form of a number that has none; certain where the numbering plan knows such a number."""
    bare = _NUMBER_LABEL.sub("", value)
    number = phone_e164(bare, region)
    if number is not None:
        known = _is_known(number)
        return number, "the international form" if known else "the numbering plan knows no such number", known
    digits = bare.replace("O", "0").replace("o", "0").replace("l", "1").replace("I", "1")
    number = phone_e164(digits, region) if digits != bare and sum(map(str.isdigit, bare)) > 4 else None
    return (number, "letters in place of digits", False) if number else None


def _is_known(number: str) -> bool:
    import phonenumbers

    try:
        return bool(phonenumbers.is_valid_number(phonenumbers.parse(number, None)))
    except phonenumbers.NumberParseException:
        return False


def address(value: Address, known_towns: Mapping[str, str]) -> tuple[Address, str, bool] | None:
    """Propose an address with postcode and town where they belong: (address, reason, certain).

    `known_towns` gives postcode -> town for those the source itself holds in full; it tells a lost leading zero.
    """
    parts = [value.street, value.extended, value.po_box, value.postcode, value.city, value.region, value.country]
    if value.street and not any(parts[1:6]):
        read = read_address("=" + value.street)
        if read.postcode and read.city and read.street and not (read.country and value.country):
            return value.changed(street=read.street, postcode=read.postcode, city=read.city,
                         country=read.country or value.country), "all in one line", True  # fmt: skip
    if value.city and not value.postcode and (found := _TOGETHER.fullmatch(value.city.strip())):
        country = value.country or _COUNTRIES.get(found[1] or "")
        return (
            value.changed(postcode=found[2], city=found[3].strip(), country=country),
            "postcode beside the town",
            True,
        )
    if value.postcode and not value.city and (found := _TOGETHER.fullmatch(value.postcode.strip())):
        country = value.country or _COUNTRIES.get(found[1] or "")
        return (
            value.changed(postcode=found[2], city=found[3].strip(), country=country),
            "town beside the postcode",
            True,
        )
    if value.postcode and (found := _PREFIXED.fullmatch(value.postcode.strip())):
        country = value.country or _COUNTRIES[found[1]]
        return value.changed(postcode=found[2], country=country), "the country before the postcode", True
    return _lost_zero(value, known_towns)


def _lost_zero(value: Address, known_towns: Mapping[str, str]) -> tuple[Address, str, bool] | None:
    postcode = (value.postcode or "").strip()
    if not re.fullmatch(r"[1-9]\d{3}", postcode) or (value.country or "").strip().lower() not in _GERMANY:
        return None
    whole = "0" + postcode
    certain = bool(value.city) and words(known_towns.get(whole, "")) == words(value.city or "")
    return value.changed(postcode=whole), "a leading zero was lost", certain


def name(value: str) -> Proposal | None:
    """Propose a name without doubled blanks, broken umlauts, ALL CAPITALS or all small letters."""
    whole = " ".join(value.replace("\u00a0", " ").split())
    mended = _mended(whole)
    if mended != whole:
        return mended, "letters read in the wrong encoding", True
    cased = _cased(whole)
    if cased is not None:
        return cased
    return (whole, "blanks too many", True) if whole != value else None


def name_part(value: str, whole: str) -> str:
    """Return a part of a name repaired as `name` repairs the whole of it."""
    mended = _mended(" ".join(value.replace("\u00a0", " ").split()))
    letters = [sign for sign in _mended(whole) if sign.isalpha()]
    if not (all(map(str.isupper, letters)) or all(map(str.islower, letters))):
        return mended
    return " ".join(_word(word, first=False) for word in mended.split())


def _mended(text: str) -> str:
    if not _MOJIBAKE.search(text):
        return text
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
    return text


def _cased(text: str) -> Proposal | None:
    letters = [sign for sign in text if sign.isalpha()]
    # One word may be an abbreviation, and initials are written in capitals.
    if len(letters) < 4 or len(text.split()) < 2:
        return None
    capitals, small = all(map(str.isupper, letters)), all(map(str.islower, letters))
    if not capitals and not small:
        return None
    parts = text.split()
    certain = not any(_NOT_CASED.search(part) for part in parts) and all(
        len(part.strip(".'-")) > 1 or part.endswith(".") for part in parts
    )
    cased = " ".join(_word(part, first=index == 0) for index, part in enumerate(parts))
    return (cased, "all capitals" if capitals else "all small letters", certain) if cased != text else None


def _word(word: str, *, first: bool) -> str:
    if (word.lower() in _PARTICLES and not first) or word.lower().rstrip(".") in _GENERATIONS:
        return word.lower()
    return re.sub(r"[^\W\d_]+", lambda found: found[0][0].upper() + found[0][1:].lower(), word)


def salutation(given: str | None, region: str) -> str | None:
    """Return the salutation of a given name only women, or only men, bear; None where that is not certain.

    `region` (ISO 3166) tells whether it is a German or an English one.
    """
    parts = words(given or "")
    # Further names decide nothing (Rainer Maria), but must not contradict either.
    found = {known for known in map(gender, parts) if known}
    if not parts or gender(parts[0]) is None or len(found) != 1:
        return None
    if region in _GERMAN:
        return "Frau" if found == {"f"} else "Herr"
    return "Ms" if found == {"f"} else "Mr"
