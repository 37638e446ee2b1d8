"""One row of a table becomes one draft, column by column.

Nothing the row holds is lost: what has no field, or does not fit it, is kept
under its header among the custom fields.
"""

from __future__ import annotations

import re
from functools import partial

from crm_cli.domain.contact import Address, Email, Link, Phone
from crm_cli.domain.draft import ContactDraft
from crm_cli.domain.names import name_words, without_legal_form
from crm_cli.domain.person_name import composed, split_name
from crm_cli.domain.phone import phone_e164
from crm_cli.domain.reach import read_address
from crm_cli.errors import UsageError
from importers.csv_headers import compact
from importers.csv_target import POSTAL, REACH, Mapping, Target, parse_target
from importers.csv_values import date_of, is_nothing, read_date, split_mails, split_phones, split_tags
from importers.csv_words import COUNTRIES, FILLERS, SALUTATIONS, fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from collections.abc import Mapping as Table

    Put = Callable[["_Row", str], None]

NOBODY = "The row names nobody: no name, company, e-mail address, phone number or link."
OWN = "[crm] "
"""Before what another program's columns can't hold: `[crm] phone:car: 0171 …`, as a line of the notes or a label."""

_ESCAPED = re.compile(r"\\(.)")
_PLACE = re.compile(r"((?:[A-Z]{1,3}-)?\d{4,5})\s+(\S.*)", re.DOTALL)
_SPOKEN = re.compile(r"[^\W\d_][\w.'’\-]*(?:[ ,]+[^\W\d_][\w.'’\-]*){0,5}")
_BRACKETED = re.compile(r"\(([^()\s]+@[^()\s]+)\)")
_GUARDED = re.compile(r"'+[=+\-@\t\r＝＋－＠]")
_USUAL_LABELS = frozenset(
    ("home", "work", "other", "main", "mobile", "pager", "fax", "home fax", "work fax", "other fax", "car", "assistant")
)
_PHONES_CACHED = 20_000


class RowReader:
    """Turns the cells of a row into a draft, by a mapping; `orders` says which date columns put the day first."""

    def __init__(
        self,
        mapping: Mapping,
        *,
        source: str,
        region: str,
        orders: Table[int, bool | None],
        guarded: bool = False,
    ) -> None:
        self.source = source
        self.region = region
        self.guarded = guarded
        self.targets = [parse_target(target) for _, target in mapping.columns]
        self.label_of = {
            (target.field, target.group, target.aspect): place
            for place, target in enumerate(self.targets)
            if target.aspect in {"label", "service"}
        }
        self.whole_street = not any(target.field in {"city", "postcode", "place"} for target in self.targets)
        self._numbers: dict[tuple[str, str | None], str | None] = {}
        self._columns = [
            (place, self.put(target, header, orders.get(place)), FILLERS.get(compact(header)))
            for place, ((header, _), target) in enumerate(zip(mapping.columns, self.targets, strict=True))
            if target.field != "skip" and target.aspect not in {"label", "service"}
        ]

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.targets)

    def read(self, cells: Sequence[str], line: int) -> ContactDraft | None:
        """Read one row; None if it names nobody."""
        row = _Row(self, cells, ContactDraft(source=self.source, line=line))
        for place, put, fillers in self._columns:
            if place >= len(cells):
                break
            text = self.clean(cells[place])
            if text and not (fillers and text.lower() in fillers):
                put(row, text)
        row.finish()
        return row.draft if row.draft.name else None

    def clean(self, cell: str) -> str:
        """Take off outer blanks, carriage returns, and the guard of our own `--excel` export."""
        text = cell.strip()
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if "\0" in text:
            text = text.replace("\0", "")
        return text[1:] if self.guarded and _GUARDED.match(text) else text

    def e164(self, value: str, region: str | None) -> str | None:
        """Give a number's E.164 form; a list repeats its switchboards."""
        key = (value, region)
        if key not in self._numbers:
            if len(self._numbers) > _PHONES_CACHED:
                self._numbers.clear()
            self._numbers[key] = phone_e164(value, region)
        return self._numbers[key]

    def put(self, target: Target, header: str, order: bool | None) -> Put:
        """Give the function that puts a cell of this target into a row."""
        field = target.field
        if field == "custom" and not target.group:
            return partial(_custom, target.label or header)
        if field in {"birthday", "anniversary"} and not target.aspect:
            return partial(_date, field, order)
        if target.aspect == "display":
            return partial(_display, header)
        if field in REACH:
            return partial(_PUT_REACH.get(field, _link), target, header)
        if field in {"relation", "event", "custom"}:
            return partial(_labelled, target, header, order)
        if field in POSTAL or field == "birthday":
            return partial(_part, target)
        return partial(_PUT.get(field, _single), field, header)


class _Row:
    """A row on its way: the draft and what can be put together only when all cells are seen."""

    __slots__ = ("cells", "displays", "draft", "parts", "reader")

    def __init__(self, reader: RowReader, cells: Sequence[str], draft: ContactDraft) -> None:
        self.reader = reader
        self.cells = cells
        self.draft = draft
        self.parts: dict[tuple[str, int], dict[str, str]] = {}
        self.displays: list[tuple[str, str]] = []

    def label(self, target: Target, aspect: str = "label") -> tuple[str | None, bool]:
        """Give the label beside a value and whether it is marked as preferred (Google's `* Work`)."""
        place = self.reader.label_of.get((target.field, target.group, aspect)) if target.group else None
        text = self.reader.clean(self.cells[place]) if place is not None and place < len(self.cells) else ""
        preferred = text.startswith("*")
        return usual_label(text.lstrip("* ") or target.label), preferred

    def keep(self, key: str, text: str) -> None:
        """Keep a text among the custom fields; a key that is taken is numbered."""
        custom, free, number = self.draft.custom, key, 2
        while free in custom and custom[free] != text:
            free = f"{key} {number}"
            number += 1
        custom[free] = text

    def finish(self) -> None:
        """Put together addresses, birthday, phones and name when all cells are in."""
        draft = self.draft
        if draft.notes and OWN in draft.notes:
            self._own_lines()
        for (kind, group), parts in self.parts.items():
            if kind == "birthday":
                self._birthday(parts)
            else:
                draft.addresses.append(self._address(kind, group, parts))
        if draft.phones:
            self._numbers()
        for header, text in self.displays:
            self._display(header, text)
        self._name()

    def _address(self, label: str, group: int, parts: dict[str, str]) -> Address:
        beside, preferred = self.label(Target("address", group, "", label))
        whole = parts.pop("formatted", None)
        lines = [parts.pop(key, "") for key in ("street", "street.2", "street.3")]
        if number := parts.pop("street.number", ""):
            lines[0] = f"{lines[0]} {number}".strip()
        street = "\n".join(line for line in lines if line)
        if not parts and not street and whole:
            return _whole_address(whole, beside)
        if street and not parts and self.reader.whole_street:
            return _whole_address(street, beside)
        return Address(street=street or None, label=beside, preferred=preferred, **parts)

    def _numbers(self) -> None:
        """Read national numbers by the country of the row's own address, else by the region of the reader."""
        phones, reader = self.draft.phones, self.reader
        countries = {address.label: address.country for address in self.draft.addresses if address.country}
        for place, phone in enumerate(phones):
            named = countries.get((phone.label or "").split(" ")[0]) or next(iter(countries.values()), None)
            region = region_of(named) if named else reader.region
            phones[place] = Phone(phone.value, reader.e164(phone.value, region), phone.label, phone.preferred)

    def _birthday(self, parts: dict[str, str]) -> None:
        year, month, day = (parts.get(f"birthday.{part}", "") for part in ("year", "month", "day"))
        if date := date_of(year, month, day):
            self.draft.birthday = self.draft.birthday or date
        else:
            self.keep("Birthday", "-".join(part for part in (year, month, day) if part))

    def _own_lines(self) -> None:
        kept = []
        for line in (self.draft.notes or "").split("\n"):
            name, colon, value = line.removeprefix(OWN).partition("= ")
            if line.startswith(OWN) and colon and put_own(self, name, _ESCAPED.sub(_unescape, value)):
                continue
            kept.append(line)
        self.draft.notes = "\n".join(kept).strip() or None

    def _display(self, header: str, text: str) -> None:
        """Keep an address's shown name where it says more than name and address do."""
        match = _BRACKETED.search(text)
        if match and not self.draft.emails:
            self.draft.emails.append(Email(match[1]))
        bare = _BRACKETED.sub("", text).strip().lower()
        draft = self.draft
        person = composed(None, draft.given, None, draft.family, None)
        known = {"", draft.name.lower(), person.lower(), (draft.company or "").lower()}
        if bare not in known | {email.value.lower() for email in draft.emails}:
            self.keep(header, text)

    def _name(self) -> None:
        draft = self.draft
        if draft.name and not (draft.given or draft.family):
            _split(draft)
        if not draft.name:
            draft.name = composed(draft.prefix, draft.given, draft.additional, draft.family, draft.suffix)
            if not (draft.given or draft.family or draft.additional):
                draft.name = draft.nickname or ""
        if not draft.name and draft.company:
            draft.name, draft.kind, draft.company = draft.company, "org", None
        reached = [*(email.value for email in draft.emails), *(phone.value for phone in draft.phones)]
        reached += [link.value for link in draft.links]
        draft.name = draft.name or next(iter(reached), "")


def region_of(country: str) -> str | None:
    """Give the ISO code of a country as people write it, None for one not known here."""
    return COUNTRIES.get(fold(country.strip().rstrip(".")))


def put_own(row: _Row, name: str, text: str) -> bool:
    """Put a text where our own export says it belongs; False if it says nothing of the kind."""
    try:
        target = parse_target(name)
    except UsageError:
        return False
    row.reader.put(target, str(target), None)(row, text)
    return True


def _unescape(match: re.Match[str]) -> str:
    return "\n" if match[1] == "n" else match[1]


def usual_label(text: str) -> str | None:
    """Give a label in our spelling (`Work Fax` is `work fax`); a user's own stays as it is."""
    plain = text.strip()
    return plain.lower() if plain.lower() in _USUAL_LABELS else plain or None


def _single(field: str, header: str, row: _Row, text: str) -> None:
    if getattr(row.draft, field):
        row.keep(header, text)
    else:
        setattr(row.draft, field, text)


def _kind(_: str, __: str, row: _Row, text: str) -> None:
    row.draft.kind = text.lower()


def _prefix(field: str, header: str, row: _Row, text: str) -> None:
    """Part `Herr Dr.` into salutation and title, whichever of the two columns it stands in."""
    first, _, rest = text.partition(" ")
    if field == "salutation" and fold(first.rstrip(".")) in SALUTATIONS and not row.draft.salutation:
        row.draft.salutation, text = first, rest.strip()
    elif field == "salutation" and len(text) > 40:
        row.keep(header, text)
        return
    if text:
        _single("prefix", header, row, text)


def _tags(_: str, __: str, row: _Row, text: str) -> None:
    row.draft.tags += [tag for tag in split_tags(text) if tag not in row.draft.tags]


def _custom(key: str, row: _Row, text: str) -> None:
    row.keep(key, text)


def _display(header: str, row: _Row, text: str) -> None:
    row.displays.append((header, text))


def _date(field: str, order: bool | None, row: _Row, text: str) -> None:
    date = read_date(text, order=order)
    if date and not getattr(row.draft, field):
        setattr(row.draft, field, date)


def _part(target: Target, row: _Row, text: str) -> None:
    key = (target.label, target.group or 1) if target.field != "birthday" else ("birthday", 0)
    parts = row.parts.setdefault(key, {})
    field = f"{target.field}.{target.aspect}" if target.aspect else target.field
    if field == "place":
        match = _PLACE.fullmatch(text)
        parts.setdefault("city", match[2] if match else text)
        if match:
            parts.setdefault("postcode", match[1])
    else:
        parts.setdefault(field, text)


def _email(target: Target, header: str, row: _Row, text: str) -> None:
    if text[:3].lower() == "/o=":  # an Exchange path, not an address
        row.keep(header or "E-mail", text)
        return
    label, starred = row.label(target)
    preferred = starred or target.aspect == "preferred"
    for value in split_mails(text):
        if not is_nothing(value):
            row.draft.emails.append(Email(value.removeprefix("mailto:"), label, preferred))
            preferred = False
    if "<" in text and row.draft.emails and row.draft.emails[-1].value != text:
        row.displays.append((header or "E-mail", text.partition("<")[0].strip(' "')))


def _phone(target: Target, _: str, row: _Row, text: str) -> None:
    label, preferred = row.label(target)
    for value in split_phones(text):
        if not is_nothing(value):
            row.draft.phones.append(Phone(value, None, label, preferred))


def _link(target: Target, _: str, row: _Row, text: str) -> None:
    label = row.label(target)[0]
    if target.field == "im":
        label = row.label(target, "service")[0] or label
    for value in text.split(" ::: "):
        if not is_nothing(value):
            row.draft.links.append(Link(value.strip(), target.field, label))


def _labelled(target: Target, header: str, order: bool | None, row: _Row, text: str) -> None:
    """Put a value whose label says what it is: Google's events, relations and custom fields."""
    label = row.label(target)[0]
    if target.field == "event" and (label or "").lower() in {"anniversary", "jahrestag"}:
        _date("anniversary", order, row, text)
    elif not (label and label.startswith(OWN) and put_own(row, label.removeprefix(OWN), text)):
        row.keep(label or header, text)


def _whole_address(text: str, label: str | None) -> Address:
    """Part an address in one cell where postcode and town show it; else it is kept whole."""
    if "=" not in text:
        address = read_address(text)
        if address.postcode:
            return Address(address.street, None, None, address.postcode, address.city, None, address.country, label)
    return Address(text, label=label)


def _split(draft: ContactDraft) -> None:
    """Part a whole name into its words where it is one by its looks; it is shown as before."""
    if not _SPOKEN.fullmatch(draft.name) or len(draft.name) > 80 or draft.kind != "individual":
        return
    words = name_words(draft.name)
    if without_legal_form(words) != words:
        return
    split = split_name(draft.name)
    if split.family:
        draft.name, draft.given, draft.family = split.name, split.given, split.family
        for field in ("prefix", "additional", "suffix", "salutation"):
            setattr(draft, field, getattr(draft, field) or getattr(split, field))


_PUT: dict[str, Callable[[str, str, _Row, str], None]] = {
    "kind": _kind,
    "prefix": _prefix,
    "salutation": _prefix,
    "tags": _tags,
}
_PUT_REACH: dict[str, Callable[[Target, str, _Row, str], None]] = {"email": _email, "phone": _phone}
