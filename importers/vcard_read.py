"""vCard 2.1, 3.0 and 4.0 into drafts; the card's own text goes along as `raw`.

What a head means is decided once (`TEL;TYPE=CELL`), not once per line: an
address book has a few hundred different heads. What a property means stands
in `vcard_fields`.
"""

from __future__ import annotations

from crm_cli.domain.draft import ContactDraft, Refusal
from crm_cli.domain.phone import phone_e164
from importers import vcard_values as values
from importers.contentlines import parse_head, split_line
from importers.quoted_printable import decode_quoted
from importers.vcard_body import card_version, own_lines
from importers.vcard_cards import Card, split_cards
from importers.vcard_fields import FIELDS
from importers.vcard_labels import HeadMeaning

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

VALUE_LIMIT = 1 << 20
"""Characters of a value that is put in a field; a longer one stays in the card's text only."""
CACHE_LIMIT, CACHED_LENGTH = 4096, 256

NO_NAME = "FN was missing; the name was taken from another property."
NOTHING = "(no name)"
VALUE_TOO_LONG = "A value longer than 1 MB was left in the card's text only."
UNREADABLE = "A line that is no vCard property was kept as it came."


def read(stream: BinaryIO, *, source: str, region: str | None = "DE") -> Iterator[ContactDraft | Refusal]:
    """Read a file of cards one by one; memory is bounded by the largest card.

    `region` (ISO 3166) is where phone numbers without a country code are
    dialled; None leaves them without an E.164 form.
    """
    reader = CardReader(region)
    for item in split_cards(stream, source):
        yield item if isinstance(item, Refusal) else reader.read(item, source)


def read_card(raw: str, *, region: str | None = "DE") -> ContactDraft:
    """Read the text a draft keeps as `raw` again."""
    return CardReader(region).read(Card(raw.split("\n"), 0, []), None)


class CardReader:
    """Reads cards one after the other, remembering heads and phone numbers between them."""

    def __init__(self, region: str | None) -> None:
        self.region = region
        self.meanings: dict[str, HeadMeaning] = {}
        self.numbers: dict[str, str | None] = {}
        self.begin(ContactDraft(), old=False)

    def begin(self, draft: ContactDraft, *, old: bool) -> None:
        """Start a card; `old` is vCard 2.1, where only separators are escaped."""
        self.draft = draft
        self.old = old
        self.grouped: list[tuple[str, str, int]] = []
        self.group_labels: dict[str, str] = {}
        self.group_dates: dict[str, str] = {}
        self.notes: list[str] = []
        self.alternatives: set[tuple[str, str]] = set()

    def read(self, card: Card, source: str | None) -> ContactDraft:
        """Make one draft of one card; it never fails, what is not understood stays in `raw`."""
        version = card_version(card.lines)
        draft = ContactDraft(source=source, line=card.line, repairs=card.repairs)
        self.begin(draft, old=version == "2.1")
        draft.raw = raw = "\n".join(card.lines)
        draft.raw_format = "vcard-" + version
        known = self.meanings.get
        for line in own_lines(card.lines, raw):
            head, _, value = line.partition(":")
            meaning = known(head)
            if meaning is None or not meaning.plain or len(value) > VALUE_LIMIT:
                self.take(line)
            elif meaning.field is not None and (value := value.strip()):
                meaning.field(self, meaning, value)
        self.finish()
        return draft

    def take(self, line: str) -> None:
        """Put one content line of the card into the draft."""
        head, colon, value = line.partition(":")
        meaning = self.meanings.get(head)
        if meaning is None:
            found = self._meaning(line) if colon else None
            if found is None:
                self.draft.repairs.append(UNREADABLE)
                return
            meaning, value = found
        name, field = meaning.name, meaning.field
        if field is None and not name.startswith("X-CRM-"):
            return
        if len(value) > VALUE_LIMIT:
            self.draft.repairs.append(VALUE_TOO_LONG)
            return
        if meaning.quoted:
            value = decode_quoted(value, meaning.charset)
        value = value.strip()
        if not value:
            return
        if field is None:
            self.draft.custom[name[6:].lower().replace("-", "_")] = values.text(value, self.old)
        elif meaning.alternative is None or self._is_first(name, meaning.alternative):
            field(self, meaning, value)

    def e164(self, value: str) -> str | None:
        """Give a number's E.164 form; an address book repeats its switchboards."""
        if value in self.numbers:
            return self.numbers[value]
        if len(self.numbers) > CACHE_LIMIT:
            self.numbers.clear()
        found = phone_e164(value, self.region)
        if len(value) < CACHED_LENGTH:
            self.numbers[value] = found
        return found

    def finish(self) -> None:
        """Apply what is known only at the end of a card: group labels, the name."""
        draft = self.draft
        if self.group_labels:
            for group, items, position in self.grouped:
                if label := self.group_labels.get(group):
                    getattr(draft, items)[position] = values.with_label(getattr(draft, items)[position], label)
            for group, date in self.group_dates.items():
                if self.group_labels.get(group) == "anniversary" and draft.anniversary is None:
                    draft.anniversary = date
        if self.notes:
            draft.notes = "\n\n".join(self.notes)
        if len(draft.tags) > 1:
            draft.tags = list(dict.fromkeys(draft.tags))
        if draft.members:
            draft.members = list(dict.fromkeys(draft.members))
        organisation = draft.company
        if draft.kind == "org":
            draft.company = None
        if not draft.name:
            draft.name = _name_from(draft, organisation)
            draft.repairs.append(NO_NAME)

    def _meaning(self, line: str) -> tuple[HeadMeaning, str] | None:
        split = split_line(line)
        assert split is not None
        text, value = split
        meaning = self.meanings.get(text)
        if meaning is None:
            head = parse_head(text)
            if head is None:
                return None
            meaning = HeadMeaning(head, FIELDS.get(head.name))
            if len(self.meanings) > CACHE_LIMIT:
                self.meanings.clear()
            if len(text) < CACHED_LENGTH:
                self.meanings[text] = meaning
        return meaning, value

    def _is_first(self, name: str, alternative: str) -> bool:
        """Of several forms of one property (ALTID, RFC 6350, 5.4) the first is the field's."""
        known = (name, alternative) in self.alternatives
        self.alternatives.add((name, alternative))
        return not known


def _name_from(draft: ContactDraft, organisation: str | None) -> str:
    person = (draft.prefix, draft.given, draft.additional, draft.family, draft.suffix)
    candidates = [" ".join(part for part in person if part), organisation, draft.nickname]
    candidates += [email.value for email in draft.emails] + [phone.value for phone in draft.phones]
    candidates += [link.value for link in draft.links]
    return next((text for text in candidates if text), NOTHING)
