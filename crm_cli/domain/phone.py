"""Telephone numbers: the E.164 form beside what was typed."""

from __future__ import annotations

import re

_SEPARATORS = re.compile(r"[\s().\-/\u00a0\u2010-\u2015·]+")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}\Z")
_EXTENSION = re.compile(r"(?:;ext=|;|,| *(?:ext|app|dw|durchwahl)[. :]*)[0-9]*.*\Z", re.IGNORECASE | re.DOTALL)
_LETTER = re.compile(r"[^\W\d_]")
# `+49 (0) 821` and `+49 0821` are the German ways to show the trunk zero; no number there begins with it.
_TRUNK_SHOWN = re.compile(r"(\+4[139])0")
# Regions where a national number is one zero and the number: parsing by table would give the same, slower.
_TRUNK_ZERO = {"DE": "+49", "AT": "+43", "CH": "+41"}
LENGTH_LIMIT = 64


def phone_e164(value: str, region: str | None = "DE") -> str | None:
    """Give a number as `+4982112345`, without its extension, or None where it is no dialable number.

    `region` (ISO 3166) reads numbers written without a country code; None
    accepts only numbers that carry one. Letters are refused rather than dialled.
    """
    text = value.strip()
    if len(text) > LENGTH_LIMIT:
        return None
    text = _EXTENSION.sub("", text[4:] if text[:4].lower() == "tel:" else text)
    if not text or _LETTER.search(text):
        return None
    digits = _SEPARATORS.sub("", text.replace("(0)", "") if text[0] == "+" else text)
    if digits[:1] == "+":
        digits = _TRUNK_SHOWN.sub(r"\1", digits, count=1)
        return digits if _E164.match(digits) else None
    if region is None:
        return None
    country = _TRUNK_ZERO.get(region)
    if country and digits.isascii() and digits.isdecimal() and digits[:2] != "00":
        number = country + digits[1:]
        # Without its zero it is a local number or an extension: the area code is not known.
        return number if digits[0] == "0" and 9 <= len(number) <= 16 else None
    return _parse(text, region)


def _parse(text: str, region: str) -> str | None:
    import phonenumbers

    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
