"""Cards to import, and short ways to look at what came of them."""

from __future__ import annotations

CARD = """BEGIN:VCARD
VERSION:3.0
UID:{uid}
FN:{name}
N:{family};{given};;;
ORG:{org}
TITLE:{title}
EMAIL;TYPE=WORK:{email}
TEL;TYPE=CELL:{phone}
X-UNKNOWN;FOO=bar:stays
REV:20240101T000000Z
END:VCARD
"""


def card(name: str = "Hans Müller", **more: str) -> str:
    given, _, family = name.partition(" ")
    values = {
        "uid": f"uid-{name}",
        "org": "Ehrler GmbH",
        "title": "Einkauf",
        "email": f"{given.lower()}@example.org",
        "phone": "+49 171 1234567",
        **more,
    }
    return CARD.format(name=name, given=given, family=family, **values)


def counts(report: dict) -> tuple[int, int, int]:
    return report["new"], report["changed"], report["same"]


def contact(crm, name: str) -> dict:
    return crm("contact", "show", name, "--json").json


def export(crm, *words: str) -> str:
    result = crm("export", *words)
    assert result.code == 0, result
    return result.out.replace("\r\n", "\n")
