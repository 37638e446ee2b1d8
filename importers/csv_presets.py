"""What single programs mean by a header that means something else elsewhere.

A preset is found by a few headers that only its program writes, whatever
their order, and changes a few targets; everything else is left to the words
of the headers. Keys are headers without blanks and signs, folded.
"""

from __future__ import annotations

from importers.csv_headers import compact, tokens
from importers.csv_words import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_OUTLOOK = """
title salutation
anrede salutation
emailaddress email.preferred
emailadresse email.preferred
emailtype custom
email2type custom
email3type custom
emailtyp custom
email2typ custom
email3typ custom
emaildisplayname email.display
email2displayname email.display
email3displayname email.display
emailangezeigtername email.display
email2angezeigtername email.display
email3angezeigtername email.display
location custom
ort custom
account custom
konto custom
profession custom
beruf custom
keywords custom
mobiltelefon2 phone:radio
telefonfirma phone:company main
homeaddress formatted:home
businessaddress formatted:work
otheraddress formatted:other
"""
_YAHOO = """
home phone:home
work phone:work
other phone:other
mobile phone:mobile
yahoophone phone:yahoo
primary custom
email email.preferred
workaddress street:work
homeaddress street:home
"""
_TABLES = {
    "google": "occupation custom\nlocation custom\nphoto skip\nlanguage custom",
    "outlook": _OUTLOOK,
    "linkedin": "url url:linkedin\nconnectedon custom:linkedin_connected_on\nverbundenam custom:linkedin_connected_on",
    "thunderbird": "primaryemail email.preferred",
    "hubspot": "recordid custom:hubspot_id\ncreatedate custom:hubspot_created\nphonenumber phone:work",
    "pipedrive": "personid custom:pipedrive_id",
    "salesforce": "id custom:salesforce_id\nownerid custom:salesforce_owner\nphone phone:work",
    "yahoo": _YAHOO,
    "tine20": "title prefix\nrole title\ntelcell phone:mobile\ntelcellprivate phone:home mobile",
}
# The shown name of a preset -> the table it uses.
_TABLE_OF = {"google-new": "google", "outlook-de": "outlook", "outlook.com": "outlook"}


def find_preset(headers: Sequence[str]) -> str | None:
    """Name the program that wrote a header row, or None."""
    keys = {compact(header) for header in headers}
    for name, signs in _SIGNS:
        if any(required <= keys for required in signs):
            return name
    numbered = {words[-1] for header in headers if len(words := tokens(header)) > 2 and words[1].isdigit()}
    if "givenname" in keys and numbered & {"type", "value"}:
        return "google"
    if "firstname" in keys and (numbered & {"label", "value"} or {"labels", "fileas"} <= keys):
        return "google-new"
    if any(header.startswith("Person - ") for header in headers):
        return "pipedrive"
    if keys & {"lastname"} and any(header in {"LastName", "LASTNAME"} for header in headers):
        return "salesforce" if keys & {"accountid", "ownerid", "mailingstreet", "salutation"} else None
    return None


def preset_targets(preset: str | None) -> dict[str, str]:
    """Give the targets a preset sets, by folded header."""
    return _OVERRIDES.get(_TABLE_OF.get(preset or "", preset or ""), {})


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(fold, words.split()))


# The first that fits wins; each alternative is a set of headers that must all be there.
_SIGNS: tuple[tuple[str, tuple[frozenset[str], ...]], ...] = tuple(
    (name, tuple(map(_folded, alternatives)))
    for name, *alternatives in (
        ("yahoo", "distributionlists yahoophone", "distributionlists messengerid"),
        ("outlook.com", "emailaddress businessstreet imaddress", "emailaddress businessstreet givenyomi"),
        ("outlook", "emailaddress businessstreet", "emailaddress businesspostalcode", "emailaddress businessphone"),
        ("outlook", "emailaddress homestreet"),
        ("outlook-de", "emailadresse nachname straßegeschäftlich", "emailadresse nachname telefongeschäftlich"),
        ("linkedin", "connectedon", "verbundenam"),
        ("thunderbird", "primaryemail displayname", "primäreemailadresse anzeigename"),
        ("hubspot", "recordid contactowner", "recordid lifecyclestage", "recordid associatedcompany"),
        ("hubspot", "recordid leadstatus", "recordid createdate"),
        ("salesforce", "accountname mailingcity", "accountname mailingstreet"),
        ("tine20", "ngiven nfamily", "nfamily orgname"),
    )
)
_OVERRIDES = {
    name: {fold(key): target for key, _, target in (line.partition(" ") for line in table.strip().splitlines())}
    for name, table in _TABLES.items()
}
