"""The fields a query may name, for each kind of record: what they are and where they stand in the tables.

A new noun adds one table of fields here; the grammar and the compiler stay as they are.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

# Kinds of fields; query_sql.py has one reading for each.
TEXT, CODE, WORD, CHOICE, NUMBER, MONEY = "text", "code", "word", "choice", "number", "money"
DAY, FUTURE_DAY, MOMENT, BIRTHDAY, SPAN = "day", "future day", "moment", "birthday", "span"
EMAIL, PHONE, REFERENCE, STAGE, BOOL, EXISTENCE, ID = "email", "phone", "reference", "stage", "bool", "existence", "id"

# The columns of the search index that hold a record's own name.
_OWN = ("name", "name_weak")


class Indexed:
    """Where the search index holds a field: in these columns of the documents of a kind, whose row id is `key`."""

    __slots__ = ("columns", "key", "kind")

    def __init__(self, key: str, kind: str, *columns: str) -> None:
        self.key = key
        self.kind = kind
        self.columns = columns


class Field:
    """One field of a kind of record.

    `expression` is SQL over the record's table, or over the rows of `within`: a condition on the record with a `{}` for
    the condition on those rows. `uid` names the linked record's public id (REFERENCE), `words` what may be typed for
    a stored value (CHOICE). `indexed` says where the search index holds the words of the field.
    """

    __slots__ = ("expression", "indexed", "kind", "name", "uid", "within", "words")

    def __init__(
        self,
        name: str,
        kind: str,
        expression: str,
        *,
        within: str | None = None,
        uid: str = "",
        words: dict[str, str] | None = None,
        indexed: Indexed | None = None,
    ) -> None:
        self.name = name
        self.kind = kind
        self.indexed = indexed
        self.expression = expression
        self.within = within
        self.uid = uid
        self.words = words or {}


# Other words for a field, German and English; a custom field of that name goes first.
ALIASES = {
    "vorname": "given",
    "nachname": "family",
    "mail": "email",
    "telefon": "phone",
    "tel": "phone",
    "ort": "city",
    "stadt": "city",
    "plz": "postcode",
    "zip": "postcode",
    "strasse": "street",
    "land": "country",
    "firma": "company",
    "kontakt": "contact",
    "person": "contact",
    "position": "title",
    "abteilung": "department",
    "anrede": "salutation",
    "geburtstag": "birthday",
    "notizen": "notes",
    "notiz": "notes",
    "tags": "tag",
    "besitzer": "owner",
    "angelegt": "created",
    "created_at": "created",
    "geaendert": "updated",
    "updated_at": "updated",
    "last_contact_at": "last_contact",
    "letzter_kontakt": "last_contact",
    "umsatz": "revenue",
    "einwilligung": "consent",
    "art": "kind",
    "datum": "at",
    "date": "at",
    "am": "at",
    "richtung": "direction",
    "dauer": "duration",
    "duration_min": "duration",
    "distance_km": "km",
    "ergebnis": "outcome",
    "kampagne": "campaign",
    "faellig": "due",
    "erledigt": "done",
    "done_at": "done",
    "prioritaet": "priority",
    "phase": "stage",
    "wert": "value",
    "p": "probability",
    "erwartet": "expected",
    "expected_on": "expected",
    "closed_at": "closed",
    "titel": "title",
    "grund": "reason",
    "lost_reason": "reason",
    "aufgabe": "task",
    "bedarf": "need",
    "auftrag": "request",
}
# Words that mean something for one kind of record only, or something else there.
_ALIASES_OF = {
    "event": {
        "ort": "location", "place": "location", "wann": "when", "beginn": "start", "am": "start", "at": "start",
        "date": "start", "datum": "start", "ende": "end", "text": "title", "beschreibung": "description",
        "kalender": "calendar", "teilnehmer": "attendee", "erinnern": "alarm", "remind": "alarm", "wdh": "repeat",
        "frei": "free", "ganztags": "all_day",
    },
}  # fmt: skip


def _column(entity: str, name: str, kind: str, column: str | None = None, **words: dict[str, str]) -> Field:
    return Field(name, kind, f"{entity}.{column or name}", **words)  # type: ignore[arg-type]


def _columns(entity: str, kind: str, names: Iterable[str]) -> list[Field]:
    return [_column(entity, name, kind) for name in names]


def _in_index(entity: str, names: Iterable[str], *columns: str) -> list[Field]:
    """Texts of people or firms that the search index holds."""
    return [Field(name, TEXT, f"{entity}.{name}", indexed=Indexed(f"{entity}.id", entity, *columns)) for name in names]


def _stamps(entity: str) -> list[Field]:
    return [
        _column(entity, "id", ID, "uid"),
        _column(entity, "owner", WORD),
        _column(entity, "created", MOMENT, "created_at"),
        _column(entity, "updated", MOMENT, "updated_at"),
        _rows(entity, "tag", WORD, "tag", "name"),
    ]


def _rows(
    entity: str, name: str, kind: str, table: str, column: str, *, uid: str = "", only: str = "", facts: bool = False
) -> Field:
    """A field in rows of `table` that carry the record's key; `facts` where the search index holds them as such."""
    key = f"{table}.{entity}_id"
    also = f"{only} AND " if only else ""
    within = f"{entity}.id IN (SELECT {key} FROM {table} WHERE {key} IS NOT NULL AND {also}({{}}))"
    indexed = Indexed(key, entity, "facts") if facts else None
    return Field(name, kind, f"{table}.{column}", within=within, uid=uid, indexed=indexed)


def _linked(entity: str, name: str, link: str, *, only: str = "1") -> Field:
    """A field that names records of the table `name` through the rows of a linking table."""
    within = (
        f"{entity}.id IN (SELECT link.{entity}_id FROM {link} AS link "
        f"JOIN {name} AS other ON other.id = link.{name}_id WHERE {only} AND ({{}}))"
    )
    return Field(name, REFERENCE, "other.name", within=within, uid="other.uid", indexed=_other(name))


def _other(name: str) -> Indexed | None:
    return Indexed("other.id", name, *_OWN) if name in ("contact", "company") else None


def _pointed(entity: str, name: str, label: str = "name") -> Field:
    """A field that names the one record a column of the record points to."""
    within = f"{entity}.{name}_id IN (SELECT other.id FROM {name} AS other WHERE {{}})"
    # A condition is two-valued: a missing key is no match, not an unknown one.
    within = f"({entity}.{name}_id IS NOT NULL AND {within})"
    return Field(name, REFERENCE, f"other.{label}", within=within, uid="other.uid", indexed=_other(name))


def _party(entity: str) -> list[Field]:
    """What people and firms have alike."""
    address = [
        _rows(entity, name, kind, "address", name, facts=True)
        for name, kind in (
            ("city", TEXT),
            ("street", TEXT),
            ("region", TEXT),
            ("country", TEXT),
            ("postcode", CODE),
        )
    ]
    return [
        *_stamps(entity),
        *_in_index(entity, ("name",), *_OWN),
        _column(entity, "notes", TEXT),
        *address,
        _rows(entity, "email", EMAIL, "email", "folded"),
        _rows(entity, "phone", PHONE, "phone", "value"),
        _rows(entity, "link", TEXT, "link", "value", facts=True),
        _rows(entity, "cadence", EXISTENCE, "cadence", "id"),
        Field("consent", BOOL, f"json_extract({entity}.custom, '$.consent')"),
    ]


def _contact() -> list[Field]:
    last = (
        "contact.id IN (SELECT link.contact_id FROM interaction_contact AS link "
        "JOIN interaction AS entry ON entry.id = link.interaction_id GROUP BY link.contact_id HAVING {})"
    )
    task = (
        "contact.id IN (SELECT link.contact_id FROM task_contact AS link "
        "JOIN task ON task.id = link.task_id WHERE task.done_at IS NULL AND ({}))"
    )
    deal = (
        "contact.id IN (SELECT link.contact_id FROM deal_contact AS link "
        "JOIN deal ON deal.id = link.deal_id WHERE deal.status = 'open' AND ({}))"
    )
    won = (
        "(SELECT sum(won.value_minor) FROM deal_contact AS link JOIN deal AS won ON won.id = link.deal_id "
        "WHERE link.contact_id = contact.id AND won.status = 'won')"
    )
    return [
        *_party("contact"),
        *_columns("contact", TEXT, ("given", "family", "nickname", "salutation")),
        *_in_index("contact", ("title", "department"), "facts"),
        _column("contact", "birthday", BIRTHDAY),
        _linked("contact", "company", "employment", only="link.end_on IS NULL"),
        Field("last_contact", DAY, "max(entry.at)", within=last),
        Field("task", TEXT, "task.text", within=task),
        Field("deal", REFERENCE, "deal.title", within=deal, uid="deal.uid"),
        Field("revenue", MONEY, won),
    ]


def _company() -> list[Field]:
    last = (
        "company.id IN (SELECT entry.company_id FROM interaction AS entry WHERE entry.company_id IS NOT NULL "
        "GROUP BY entry.company_id HAVING {})"
    )
    won = "(SELECT sum(won.value_minor) FROM deal AS won WHERE won.company_id = company.id AND won.status = 'won')"
    return [
        *_party("company"),
        _linked("company", "contact", "employment", only="link.end_on IS NULL"),
        Field("last_contact", DAY, "max(entry.at)", within=last),
        _rows("company", "task", TEXT, "task", "text", only="task.done_at IS NULL"),
        _rows("company", "deal", REFERENCE, "deal", "title", uid="deal.uid", only="deal.status = 'open'"),
        Field("revenue", MONEY, won),
    ]


_DIRECTIONS = {"in": "in", "von": "in", "from": "in", "out": "out", "an": "out", "bei": "out", "to": "out", "at": "out"}
_PRIORITIES = {"high": "high", "hoch": "high", "normal": "normal", "low": "low", "niedrig": "low"}
_DEAL_STATES = {"open": "open", "offen": "open", "won": "won", "gewonnen": "won", "lost": "lost", "verloren": "lost"}
_TASK_STATES = {"open": "open", "offen": "open", "done": "done", "erledigt": "done"}


def _interaction() -> list[Field]:
    from crm_cli.domain.log_words import KINDS

    return [
        *_stamps("interaction"),
        _column("interaction", "kind", WORD, words=KINDS),
        _column("interaction", "direction", CHOICE, words=_DIRECTIONS),
        _column("interaction", "at", DAY),
        _column("interaction", "duration", NUMBER, "duration_min"),
        _column("interaction", "km", NUMBER, "distance_km"),
        _column("interaction", "outcome", WORD),
        *_columns("interaction", TEXT, ("text", "details", "ticket", "campaign")),
        _linked("interaction", "contact", "interaction_contact"),
        _pointed("interaction", "company"),
        _pointed("interaction", "deal", "title"),
        _rows("interaction", "task", TEXT, "task", "text", only="task.done_at IS NULL"),
        _rows("interaction", "need", TEXT, "need", "text"),
        _rows("interaction", "request", TEXT, "request", "text"),
    ]


def _task() -> list[Field]:
    state = "CASE WHEN task.done_at IS NULL THEN 'open' ELSE 'done' END"
    return [
        *_stamps("task"),
        _column("task", "text", TEXT),
        _column("task", "due", FUTURE_DAY),
        _column("task", "done", MOMENT, "done_at"),
        Field("status", CHOICE, state, words=_TASK_STATES),
        _column("task", "repeat", WORD),
        _column("task", "priority", CHOICE, words=_PRIORITIES),
        _linked("task", "contact", "task_contact"),
        _pointed("task", "company"),
        _pointed("task", "deal", "title"),
    ]


def _deal() -> list[Field]:
    return [
        *_stamps("deal"),
        *_columns("deal", TEXT, ("title", "notes")),
        _column("deal", "stage", STAGE),
        _column("deal", "status", CHOICE, words=_DEAL_STATES),
        _column("deal", "value", MONEY, "value_minor"),
        _column("deal", "currency", WORD),
        _column("deal", "probability", NUMBER),
        _column("deal", "expected", FUTURE_DAY, "expected_on"),
        _column("deal", "closed", MOMENT, "closed_at"),
        _column("deal", "reason", TEXT, "lost_reason"),
        _linked("deal", "contact", "deal_contact"),
        _pointed("deal", "company"),
        _rows("deal", "task", TEXT, "task", "text", only="task.done_at IS NULL"),
    ]


_EVENT_STATES = {
    **dict.fromkeys(("confirmed", "bestaetigt"), "confirmed"),
    **dict.fromkeys(("tentative", "vorlaeufig"), "tentative"),
    **dict.fromkeys(("cancelled", "abgesagt"), "cancelled"),
}
_RHYTHMS = {
    **dict.fromkeys(("daily", "taeglich"), "daily"),
    **dict.fromkeys(("weekly", "woechentlich"), "weekly"),
    **dict.fromkeys(("monthly", "monatlich"), "monthly"),
    **dict.fromkeys(("yearly", "jaehrlich"), "yearly"),
    **dict.fromkeys(("other", "andere"), "other"),
}


def _event() -> list[Field]:
    minutes = "round((julianday(event.end_at) - julianday(event.start_at)) * 1440)"
    rhythms = " ".join(
        f"WHEN event.recurrence LIKE '%FREQ={rhythm.upper()}%' THEN '{rhythm}'" for rhythm in set(_RHYTHMS.values())
    )
    calendar = (
        "(event.calendar_id IS NOT NULL AND event.calendar_id IN (SELECT other.id FROM calendar AS other WHERE {}))"
    )
    return [
        *_stamps("event"),
        *_columns("event", TEXT, ("title", "location", "description", "url")),
        # Times of any zone are compared by the day they fall on here.
        Field("start", FUTURE_DAY, "crm_local(event.start_at)"),
        Field("end", FUTURE_DAY, "crm_local(event.end_at)"),
        Field("when", SPAN, "event.first_day"),
        Field("duration", NUMBER, f"CASE WHEN length(event.start_at) > 10 THEN {minutes} END"),
        Field("all_day", BOOL, "length(event.start_at) = 10"),
        _column("event", "free", BOOL),
        Field("status", CHOICE, "event.status", words=_EVENT_STATES),
        Field("repeat", CHOICE, f"CASE {rhythms} WHEN event.recurrence <> '' THEN 'other' END", words=_RHYTHMS),
        _linked("event", "contact", "event_contact"),
        _pointed("event", "company"),
        Field("calendar", REFERENCE, "coalesce(other.name, other.source)", within=calendar, uid="other.uid"),
        Field(
            "attendee",
            TEXT,
            "coalesce(event_attendee.name, '') || ' ' || event_attendee.email",
            within=_rows("event", "", TEXT, "event_attendee", "").within,
        ),
        _rows("event", "alarm", NUMBER, "event_alarm", "minutes"),
    ]


_TABLES = {
    "contact": _contact,
    "company": _company,
    "interaction": _interaction,
    "task": _task,
    "deal": _deal,
    "event": _event,
}
ENTITIES = tuple(_TABLES)
# The kinds of records that have custom fields.
WITH_CUSTOM = ("contact", "company", "deal")


def fields_of(entity: str) -> dict[str, Field]:
    """Return the fields of a kind of record by name, without custom ones."""
    return {field.name: field for field in _TABLES[entity]()}


def alias_of(entity: str, word: str) -> str | None:
    """Return the field another word means for a kind of record, or None."""
    return _ALIASES_OF.get(entity, {}).get(word) or ALIASES.get(word)


_CUSTOM_KINDS = {"text": TEXT, "number": NUMBER, "date": DAY, "bool": BOOL, "choice": WORD, "ref": REFERENCE}


def custom(entity: str, name: str, type: str) -> Field:
    """Return the field of a declared custom field; a reference holds the public id of a person or firm."""
    path = name.replace("'", "''")
    expression = f"json_extract({entity}.custom, '$.\"{path}\"')"
    if type != "ref":
        return Field(name, _CUSTOM_KINDS[type], expression)
    parties = "SELECT uid, name FROM contact UNION ALL SELECT uid, name FROM company"
    within = f"({expression} IS NOT NULL AND {expression} IN (SELECT other.uid FROM ({parties}) AS other WHERE {{}}))"
    return Field(name, REFERENCE, "other.name", within=within, uid="other.uid", indexed=_other(name))
