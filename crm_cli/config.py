"""The settings: one record with their defaults, and a table of what each is about.

Validation, `crm config show|get|set` and the documentation are read from the two. A setting the program does not
know is an error that names the nearest one, never a silent nothing.
"""

from __future__ import annotations

import os

from crm_cli.domain.record import Record, each
from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

HOLIDAY_STATES = ("BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH")

# ISO 3166 codes of the countries that have telephone numbers of their own. Here, because asking the library of numbers
# takes longer than most commands; a test holds the two together.
REGIONS = """
    AC AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA
    CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
    GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP
    KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR
    MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PR PS PT PW PY QA RE RO
    RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TA TC TD TG TH TJ TK TL TM TN TO TR TT
    TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
""".split()

# Name, probability in percent, and other words for the stage.
DEFAULT_STAGES: tuple[dict[str, Any], ...] = (
    {"name": "Kontakt", "probability": 10, "aliases": ("contact", "lead")},
    {"name": "Bedarf", "probability": 30, "aliases": ("need", "qualified")},
    {"name": "Angebot", "probability": 50, "aliases": ("quote", "offer", "proposal")},
    {"name": "Verhandlung", "probability": 75, "aliases": ("negotiation",)},
    {"name": "Auftrag", "probability": 90, "aliases": ("order",)},
)


class Config(Record):
    """All settings; what each is about stands in `_ABOUT`."""

    user_name: str = "me"
    region: str = "DE"
    state: str | None = None
    lang: str | None = None
    currency: str = "EUR"
    dates_next: str = "week"
    business_hours: str = "08:00-18:00"
    log_kinds: dict[str, str] = each(dict)
    log_keys: dict[str, str] = each(dict)
    deal_stages: tuple[dict[str, Any], ...] = DEFAULT_STAGES
    backup_keep: int = 10
    keys: dict[str, str] = each(dict)
    color: str = "auto"
    borders: str = "auto"
    opener: str | None = None


# The key in the file, the kind (`text`, `int`, `choice`, `hours`, `table` (text -> text), `keys` (the same, its names
# with dots), `stages`, `region`, …), what it is for, and the values of a choice.
_ABOUT: dict[str, tuple[str, ...]] = {
    "user_name": ("user.name", "text", "Your name: the owner of what you write."),
    "region": ("region", "region", "The country of numbers without a country code."),
    "state": (
        "state",
        "choice",
        "The Bundesland whose holidays count; without it the nationwide ones.",
        *HOLIDAY_STATES,
    ),
    "lang": ("lang", "choice", "The language of texts.", "de", "en"),
    "currency": ("currency", "currency", "The currency of an amount without one."),
    "dates_next": ("dates.next", "choice", "“next tuesday”: of the next ISO week, or the nearest.", "week", "nearest"),
    "business_hours": ("business_hours", "hours", "Working hours; “halb drei” is looked for in them."),
    "log_kinds": ("log.kinds", "table", "Your own words for kinds: word = kind."),
    "log_keys": ("log.keys", "table", "Your own words for keys: word = key."),
    "deal_stages": ("deal.stages", "stages", "The stages of a deal, in order, with their probability."),
    "backup_keep": ("backup.keep", "int", "How many backups to keep."),
    "keys": ("keys", "keys", "Keys of the terminal interface: preset (default, vim, ide), or an action's id = keys."),
    "borders": ("borders", "choice", "What the terminal interface draws with.", "auto", "lines", "ascii"),
    "opener": ("opener", "text", "The program that opens links, mail addresses and files; xdg-open unless set."),
    "color": ("color", "choice", "When to use colour.", "auto", "always", "never"),
}


class SettingValue(Record):
    """A setting as `crm config show` lists it; `help` is an English text."""

    key: str
    value: Any
    default: Any = None
    help: str | None = None


class Setting:
    """One field of `Config` as the commands see it."""

    __slots__ = ("attribute", "choices", "default", "doc", "key", "kind")

    def __init__(self, attribute: str, default: object, key: str, kind: str, doc: str, *choices: str) -> None:
        self.attribute = attribute
        self.default = default
        self.key = key
        self.kind = kind
        self.doc = doc
        self.choices = choices


def settings() -> dict[str, Setting]:
    """Return every setting by its key (`user.name`)."""
    empty = Config()
    found = (Setting(name, getattr(empty, name), *_ABOUT[name]) for name in Config.__match_args__)
    return {setting.key: setting for setting in found}


def find_setting(key: str) -> tuple[Setting, str | None]:
    """Return a setting, or the table it stands in and its name there (`log.kinds.tel`); raises UsageError."""
    known = settings()
    if key in known:
        return known[key], None
    for setting in known.values():
        if setting.kind in ("table", "keys") and key.startswith(setting.key + "."):
            return setting, key[len(setting.key) + 1 :]
    raise unknown_setting(key)


def load(path: str) -> Config:
    """Read the configuration; a missing file gives the defaults. Raises UsageError for anything it does not know."""
    if not os.path.exists(path):
        return Config()
    return parse(read_text(path), path)


def read_text(path: str) -> str:
    """Return the file's text; raises UsageError where it can't be read."""
    try:
        with open(path, encoding="utf-8-sig") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("{path} cannot be read: {reason}.", path=path, reason=_reason(error)) from error


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def parse(text: str, path: str) -> Config:
    """Build the configuration from TOML text; `path` is for messages."""
    document = simple_document(text)
    if document is None:
        import tomllib

        try:
            document = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise UsageError("{path} is not valid TOML: {reason}.", path=path, reason=str(error)) from error
    known = settings()
    values: dict[str, Any] = {}
    for key, value in _flattened(document, known, ""):
        setting = known.get(key)
        if setting is None:
            raise unknown_setting(key, path)
        values[setting.attribute] = check(setting, value)
    return Config(**values)


def simple_document(text: str) -> dict[str, Any] | None:
    """Read the plainest TOML (`[table]`, `key = "text"`, `key = 12`); None for all else, which tomllib reads.

    Importing tomllib costs a hot command most of its time, and nearly every configuration is as plain as this.
    """
    document: dict[str, Any] = {}
    table = document
    for line in text.split("\n"):
        line = line.strip(" \t")
        if not line or (line[0] == "#" and line.isprintable()):
            continue
        if line[0] == "[":
            name = line[1:-1]
            if line[-1] != "]" or not _is_bare(name) or name in document:
                return None
            table = document[name] = {}
            continue
        key, equals, value = line.partition("=")
        key, value = key.rstrip(" \t"), value.lstrip(" \t")
        plain = key
        if len(key) > 2 and key[0] == key[-1] == '"':  # an action's id, which has dots
            key = key[1:-1]
            plain = key.replace(".", "a")
        if not equals or not _is_bare(plain) or key in table:
            return None
        inner = value[1:-1]
        if len(value) > 1 and value[0] == value[-1] == '"' and '"' not in inner and "\\" not in inner:
            if not inner.isprintable():
                return None
            table[key] = inner
        elif value.isascii() and value.isdecimal() and (value[0] != "0" or value == "0"):
            table[key] = int(value)
        else:
            return None
    return document


def _is_bare(key: str) -> bool:
    return key.isascii() and key.replace("_", "a").replace("-", "a").isalnum()


def _flattened(table: dict[str, Any], known: dict[str, Setting], prefix: str) -> list[tuple[str, Any]]:
    """Return (dotted key, value) pairs; a table that is itself a setting stays whole."""
    pairs: list[tuple[str, Any]] = []
    for name, value in table.items():
        key = prefix + name
        if isinstance(value, dict) and key not in known:
            opens_nothing = not value and not any(other.startswith(key + ".") for other in known)
            pairs += [(key, value)] if opens_nothing else _flattened(value, known, key + ".")
        else:
            pairs.append((key, value))
    return pairs


def unknown_setting(key: str, path: str | None = None) -> UsageError:
    """Return the error for a setting that does not exist, naming the nearest one."""
    from difflib import get_close_matches

    near = get_close_matches(key, settings(), n=1, cutoff=0.4)
    message = "There is no setting “{key}”." if path is None else "There is no setting “{key}” ({path})."
    hint = "Did you mean “{near}”?" if near else "crm config show lists all settings."
    return UsageError(message, key=key, path=path, hint=hint, near=near[0] if near else "")


def check(setting: Setting, value: Any) -> Any:
    """Return the value in the form `Config` holds; raises UsageError for one of the wrong kind."""
    accepted = _CHECKS[setting.kind](setting, value)
    if accepted is None:
        raise UsageError(
            "The setting {key} cannot be {value!r}.", key=setting.key, value=value, hint=_EXPECTED[setting.kind],
            choices=", ".join(setting.choices),
        )  # fmt: skip
    return accepted


def expected(setting: Setting) -> str:
    """Return the template of what the setting may be."""
    return _EXPECTED[setting.kind]


def _text(_: Setting, value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _choice(setting: Setting, value: Any) -> str | None:
    return value if isinstance(value, str) and value in setting.choices else None


def _count(_: Setting, value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def _region(_: Setting, value: Any) -> str | None:
    return value.upper() if isinstance(value, str) and value.upper() in REGIONS else None


def _currency(_: Setting, value: Any) -> str | None:
    fits = isinstance(value, str) and len(value) == 3 and value.isascii() and value.isalpha()
    return value.upper() if fits else None


def _hours(_: Setting, value: Any) -> str | None:
    begin, dash, end = value.partition("-") if isinstance(value, str) else ("", "", "")
    fits = dash and _is_time(begin) and _is_time(end) and begin < end
    return value if fits else None


def _is_time(text: str) -> bool:
    hour, colon, minute = text.partition(":")
    digits = hour.isdecimal() and minute.isdecimal() and len(hour) == 2 and len(minute) == 2
    return bool(colon and digits and int(hour) < 24 and int(minute) < 60)


def _table(_: Setting, value: Any) -> dict[str, str] | None:
    fits = isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
    return dict(value) if fits else None


def _keys(_: Setting, value: Any) -> dict[str, str] | None:
    """Accept texts by name; `go.today` may be written as a table in a table, which TOML makes of a dotted key."""
    found: dict[str, str] = {}
    for name, item in value.items() if isinstance(value, dict) else [("", None)]:
        if isinstance(item, dict):
            inner = _keys(_, item)
            if inner is None:
                return None
            found.update({f"{name}.{rest}": text for rest, text in inner.items()})
        elif isinstance(item, str):
            found[name] = item
        else:
            return None
    return found


def _stages(_: Setting, value: Any) -> tuple[dict[str, Any], ...] | None:
    """Accept names, or tables of name, probability (0 to 100) and aliases."""
    if not isinstance(value, list) or not value:
        return None
    stages, names = [], []
    for item in value:
        table = {"name": item} if isinstance(item, str) else item
        if not isinstance(table, dict) or set(table) - {"name", "probability", "aliases"}:
            return None
        name, probability, aliases = table.get("name"), table.get("probability"), table.get("aliases", [])
        if not isinstance(name, str) or not name.strip() or not isinstance(aliases, list):
            return None
        if probability is not None and (type(probability) is not int or not 0 <= probability <= 100):
            return None
        if not all(isinstance(alias, str) for alias in aliases):
            return None
        names.append(name.casefold())
        stages.append({"name": name, "probability": probability, "aliases": tuple(aliases)})
    return tuple(stages) if len(set(names)) == len(names) else None


_CHECKS = {
    "text": _text,
    "choice": _choice,
    "int": _count,
    "region": _region,
    "currency": _currency,
    "hours": _hours,
    "table": _table,
    "keys": _keys,
    "stages": _stages,
}
_EXPECTED = {
    "text": "It is a text that is not empty.",
    "choice": "It is one of: {choices}.",
    "int": "It is a whole number above 0.",
    "region": "It is a country code of two letters, such as DE.",
    "currency": "It is a currency code of three letters, such as EUR.",
    "hours": "It is a range such as 08:00-18:00.",
    "table": 'It is a table of texts: {{ word = "meaning" }}.',
    "keys": 'It is a table of texts: {{ preset = "vim", "go.today" = "F2" }}.',
    "stages": "It is a list of names, or of tables with name, probability (0 to 100) and aliases.",
}
