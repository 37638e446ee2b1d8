"""JSContact (RFC 9553) from vCard by the rules of RFC 9555.

What has no JSContact member goes to `vCardProps` as jCard, unknown parameters
to `vCardParams`, so that nothing is lost on the way.
"""

from __future__ import annotations

import re

from importers.jcard import jcard

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from crm_cli.domain.draft import ContactDraft

    Handler = Callable[[dict[str, Any], dict[str, Any], list[Any]], bool]

_NAME = ("surname", "given", "given2", "title", "credential", "surname2", "generation")
_ADDRESS = (
    "postOfficeBox apartment name locality region postcode country room apartment floor number name building block"
    " subdistrict district landmark direction"
).split()
_FEATURES = {
    "cell": "mobile",
    "fax": "fax",
    "pager": "pager",
    "video": "video",
    "voice": "voice",
    "text": "text",
    "textphone": "textphone",
    "main-number": "main-number",
}
_CONTEXTS = {"work": "work", "home": "private", "billing": "billing", "delivery": "delivery"}
_PARTIAL = re.compile(r"(?:(\d{4})|-)(?:-(\d\d))?(?:-(\d\d))?\Z")
_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")
_KNOWN = frozenset("type pref group prop-id mediatype service-type username label".split())


def jscontact(card: ContactDraft | str) -> dict[str, Any]:
    """Give a card as a JSContact Card object, version 1.0."""
    made: dict[str, Any] = {"@type": "Card", "version": "1.0"}
    rest = []
    for prop in jcard(card)[1]:
        name, params, _, *values = prop
        if name == "version":
            continue
        handler = _HANDLERS.get(name)
        if handler is None or not values or not handler(made, params, values):
            rest.append(prop)
    if rest:
        made["vCardProps"] = rest
    return made


def write(cards: Iterable[ContactDraft | str]) -> Iterator[bytes]:
    """Yield a JSON array of Card objects, one to a line."""
    import json

    start = "[\n"
    for card in cards:
        yield (start + json.dumps(jscontact(card), ensure_ascii=False)).encode("utf-8", "replace")
        start = ",\n"
    yield b"[]\n" if start == "[\n" else b"\n]\n"


def _put(made: dict[str, Any], member: str, params: dict[str, Any], entry: dict[str, Any]) -> bool:
    entries = made.setdefault(member, {})
    words = params.get("type", [])
    words = [word.lower() for word in (words if isinstance(words, list) else [words])]
    contexts = {_CONTEXTS[word]: True for word in words if word in _CONTEXTS}
    if contexts:
        entry["contexts"] = contexts
    if member == "phones" and (features := {_FEATURES[word]: True for word in words if word in _FEATURES}):
        entry["features"] = features
    if str(params.get("pref", "")).isdecimal():
        entry["pref"] = int(params["pref"])
    unknown = {key: value for key, value in params.items() if key not in _KNOWN}
    if "group" in params:
        unknown["group"] = params["group"]
    left = [word for word in words if word not in _CONTEXTS and not (member == "phones" and word in _FEATURES)]
    if left:
        unknown["type"] = left if len(left) > 1 else left[0]
    if unknown:
        entry["vCardParams"] = unknown
    prop_id = params.get("prop-id")
    key = prop_id if isinstance(prop_id, str) and prop_id and prop_id not in entries else f"k{len(entries) + 1}"
    while key in entries:
        key += "x"
    entries[key] = entry
    return True


def _full_name(made: dict[str, Any], params: dict[str, Any], values: list[Any]) -> bool:
    name = made.setdefault("name", {})
    if "full" in name or not values[0] or set(params) - {"derived"}:
        return False
    name["full"] = values[0]
    return True


def _name_parts(made: dict[str, Any], params: dict[str, Any], values: list[Any]) -> bool:
    name = made.setdefault("name", {})
    if "components" in name or params or len(values[0]) > len(_NAME):
        return False
    pieces = [part if isinstance(part, list) else [part] for part in values[0]]
    # Secondary surname and generation are repeated in surname and suffix for old readers (RFC 9554, 2.2).
    repeated = {0: set(pieces[5]) if len(pieces) > 5 else set(), 4: set(pieces[6]) if len(pieces) > 6 else set()}
    components = [
        {"kind": kind, "value": item}
        for index, (kind, items) in enumerate(zip(_NAME, pieces, strict=False))
        for item in items
        if item and item not in repeated.get(index, ())
    ]
    if components:
        name["components"] = components
    return True


def _text(member: str, key: str, **fixed: str) -> Handler:
    def put(made: dict[str, Any], params: dict[str, Any], values: list[Any]) -> bool:
        return bool(values[0]) and _put(made, member, params, {key: values[0], **fixed})

    return put


def _nicknames(made: dict[str, Any], params: dict[str, Any], values: list[Any]) -> bool:
    for value in values:
        if value:
            _put(made, "nicknames", params, {"name": value})
    return any(values)


def _organisation(made: dict[str, Any], params: dict[str, Any], values: list[Any]) -> bool:
    parts = [part if isinstance(part, str) else ", ".join(part) for part in values[0]]
    entry: dict[str, Any] = {"name": parts[0]} if parts[0] else {}
    if any(parts[1:]):
        entry["units"] = [{"name": part} for part in parts[1:] if part]
    return _put(made, "organizations", params, entry)


def _address(made: dict[str, Any], params: dict[str, Any], values: list[Any]) -> bool:
    parts = [part if isinstance(part, str) else ", ".join(part) for part in values[0]]
    if len(parts) > len(_ADDRESS):
        return False
    components = [{"kind": kind, "value": part} for kind, part in zip(_ADDRESS, parts, strict=False) if part]
    entry: dict[str, Any] = {"components": components} if components else {}
    if "label" in params:
        entry["full"] = params["label"]
    return _put(made, "addresses", params, entry)


def _service(made: dict[str, Any], params: dict[str, Any], values: list[Any]) -> bool:
    entry = {"uri": values[0]} if ":" in values[0] else {"user": values[0]}
    for param, member in (("service-type", "service"), ("username", "user")):
        if param in params:
            entry[member] = params[param]
    return _put(made, "onlineServices", params, entry)


def _resource(member: str, **fixed: str) -> Handler:
    def put(made: dict[str, Any], params: dict[str, Any], values: list[Any]) -> bool:
        if ":" not in values[0]:
            return False
        entry = {"uri": values[0], **fixed}
        if "mediatype" in params:
            entry["mediaType"] = params["mediatype"]
        return _put(made, member, params, entry)

    return put


def _anniversary(kind: str) -> Handler:
    def put(made: dict[str, Any], params: dict[str, Any], values: list[Any]) -> bool:
        match = _PARTIAL.match(values[0])
        if match is None or not any(match.groups()):
            return False
        parts = zip(("year", "month", "day"), match.groups(), strict=True)
        date = {name: int(part) for name, part in parts if part}
        return _put(made, "anniversaries", params, {"kind": kind, "date": {"@type": "PartialDate", **date}})

    return put


def _set(member: str) -> Handler:
    def put(made: dict[str, Any], params: dict[str, Any], values: list[Any]) -> bool:
        if params:
            return False
        made.setdefault(member, {}).update({value: True for value in values if value})
        return True

    return put


def _plain(member: str, *, lower: bool = False) -> Handler:
    def put(made: dict[str, Any], params: dict[str, Any], values: list[Any]) -> bool:
        if member in made or params or not values[0]:
            return False
        made[member] = values[0].lower() if lower else values[0]
        return True

    return put


def _time(member: str) -> Handler:
    def put(made: dict[str, Any], params: dict[str, Any], values: list[Any]) -> bool:
        if member in made or params or not _TIMESTAMP.match(values[0]):
            return False
        made[member] = values[0]
        return True

    return put


_HANDLERS: dict[str, Handler] = {
    "fn": _full_name,
    "n": _name_parts,
    "nickname": _nicknames,
    "org": _organisation,
    "title": _text("titles", "name", kind="title"),
    "role": _text("titles", "name", kind="role"),
    "email": _text("emails", "address"),
    "tel": _text("phones", "number"),
    "note": _text("notes", "note"),
    "adr": _address,
    "url": _resource("links"),
    "contact-uri": _resource("links", kind="contact"),
    "photo": _resource("media", kind="photo"),
    "logo": _resource("media", kind="logo"),
    "sound": _resource("media", kind="sound"),
    "key": _resource("cryptoKeys"),
    "caluri": _resource("calendars", kind="calendar"),
    "fburl": _resource("calendars", kind="freeBusy"),
    "source": _resource("directories", kind="entry"),
    "impp": _service,
    "socialprofile": _service,
    "x-socialprofile": _service,
    "bday": _anniversary("birth"),
    "anniversary": _anniversary("wedding"),
    "deathdate": _anniversary("death"),
    "categories": _set("keywords"),
    "member": _set("members"),
    "kind": _plain("kind", lower=True),
    "uid": _plain("uid"),
    "prodid": _plain("prodId"),
    "language": _plain("language"),
    "rev": _time("updated"),
    "created": _time("created"),
}
