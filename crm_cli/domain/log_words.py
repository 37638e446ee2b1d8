"""The words of the log line: kinds, directions and keys, German and English, as data.

Configuration may add words (`LogOptions`); a word means the same whatever the
language of the user interface.
"""

from __future__ import annotations

from crm_cli.domain.phrase import DateOptions
from crm_cli.domain.text import distance, edits_allowed, fold_weak

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

# Raised when the same line would give another record than before.
PARSER_VERSION = 1

NO_ANSWER = "no_answer"
_KINDS = {
    "call": "anruf tel telefonat telefoniert call called phone a c ne na",
    "visit": "besuch besucht vorort visit visited b v",
    "meeting": "termin treffen getroffen meeting met t",
    "mail": "mail emailed e",
    "note": "notiz note n",
    "demo": "demo",
    "fair": "messe fair",
    "letter": "brief letter",
    "chat": "chat",
    "complaint": "reklamation complaint",
}
KINDS = {word: kind for kind, words in _KINDS.items() for word in words.split()}
# Kinds that carry an outcome of their own.
OUTCOMES = {"ne": NO_ANSWER, "na": NO_ANSWER}

DIRECTIONS = {
    "von": "in", "from": "in", "an": "out", "bei": "out", "to": "out", "at": "out", "mit": None, "with": None,
}  # fmt: skip
SEPARATORS = frozenset((",", "und", "and", "mit", "with"))

# What a key means. `followup` needs a date, `task` may have one.
KEYS = {
    "wv": "followup", "fu": "followup", "next": "followup", "todo": "task", "deal": "deal", "phase": "stage",
    "stage": "stage", "wert": "value", "value": "value", "p": "probability", "bedarf": "need", "need": "need",
    "auftrag": "request", "req": "request", "ergebnis": "outcome", "out": "outcome", "ticket": "ticket",
    "k": "campaign", "camp": "campaign", "am": "at", "at": "at", "km": "distance",
}  # fmt: skip
FOLLOWUPS = frozenset(("followup", "task"))
# Behind `todo:` these are rather words than dates: `todo:so schnell wie möglich`.
UNSURE_DATES = frozenset(("so", "do", "me", "je", "fr."))

_NEAR_KEY_LENGTH = 4


class LogOptions:
    """What configuration adds to the log line.

    `kinds` maps further words to kinds (`wartung` -> `service`), `keys` further words to known keys
    (`frist` -> `wv`). `currency` is that of an amount without one.
    """

    __slots__ = ("currency", "dates", "keys", "kinds", "languages")

    def __init__(
        self,
        kinds: Mapping[str, str] | None = None,
        keys: Mapping[str, str] | None = None,
        dates: DateOptions | None = None,
        currency: str = "EUR",
    ) -> None:
        self.kinds = KINDS if not kinds else {**KINDS, **{fold_weak(word): kind for word, kind in kinds.items()}}
        self.keys = KEYS
        # `wert` reads German numbers; a word added for it does so too.
        self.languages = {"value": "."}
        for word, known in (keys or {}).items():
            folded, meant = fold_weak(word), fold_weak(known).rstrip(":")
            if meant in KEYS:
                self.keys = {**self.keys, folded: KEYS[meant]}
                self.languages[folded] = self.languages.get(meant, ",")
        self.dates = dates or DateOptions()
        self.currency = currency

    def kind_of(self, word: str) -> str | None:
        """Return the kind a folded word names, or None."""
        return self.kinds.get(word)

    def near_key(self, word: str) -> str | None:
        """Return the known key of four letters or more that is one typing error away from a folded word."""
        if len(word) < _NEAR_KEY_LENGTH - 1:
            return None
        for key in self.keys:
            if len(key) >= _NEAR_KEY_LENGTH and abs(len(key) - len(word)) <= 1 and distance(word, key, 1) == 1:
                return key
        return None

    def nearest_kind(self, word: str) -> str | None:
        """Return the kind word within the typing errors allowed for a folded word, or None."""
        allowed = edits_allowed(word)
        near = [(distance(word, known, allowed), known) for known in self.kinds] if allowed else []
        best = min(near, default=(allowed + 1, ""))
        return best[1] if best[0] <= allowed else None
