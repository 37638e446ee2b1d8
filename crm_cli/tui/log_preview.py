"""What was understood of a log line, as chips; and how a chip becomes plain text again.

Pure functions of a line that was read: the prompt, the bar of the app and their tests share them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli import wording
from crm_cli.i18n import t

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from crm_cli.domain.deal import Deal
    from crm_cli.domain.log_line import LogLine, Who
    from crm_cli.domain.who import Match

# Marks shown with their key as a label; the label is an English text.
_LABELS = {
    "need": "Need",
    "request": "Request",
    "outcome": "Outcome",
    "ticket": "Ticket",
    "campaign": "Campaign",
    "deal": "Deal",
    "stage": "Stage",
    "value": "Value",
    "probability": "Probability",
}
_PARTS_OF_TASKS = ("followup", "task")


class Chip:
    """One thing understood: its text, its place in the line (None: it follows from another), and its state.

    `state` is `sure`, `ask` (several fit), `unknown` (nobody fits) or `implied`.
    """

    __slots__ = ("name", "span", "state", "text")

    def __init__(self, name: str, text: str, span: tuple[int, int] | None, state: str = "sure") -> None:
        self.name = name
        self.text = text
        self.span = span
        self.state = state


def chips(line: LogLine, *, today: date, answers: Mapping[str, Match | str], deals: Sequence[Deal] = ()) -> list[Chip]:
    """Return what a line says, in its own order; `deals` are the open ones of those it names."""
    found = []
    for who in line.whos:
        found.append(_who(who, answers))
    for followup in line.followups:
        due = wording.when(followup.due.isoformat(), today) if followup.due is not None else ""
        text = " ".join(part for part in (t("FU"), due, followup.text) if part)
        found.append(Chip("followup", text, (followup.start, followup.end)))
    for name, start, end, meaning in line.spans:
        chip = _mark(line, name, start, end, meaning, today)
        if chip is not None:
            found.append(chip)
    found.sort(key=lambda chip: chip.span or (0, 0))
    if not any(chip.name == "kind" for chip in found):
        found.insert(0, Chip("kind", t(line.kind), None, "implied"))
    if not any(chip.name == "when" for chip in found):
        found.append(Chip("when", wording.when(line.at.isoformat(), today), None, "implied"))
    if line.deal is None and len(deals) == 1:
        found.append(Chip("deal", f"{t('Deal')} {deals[0].title} · {deals[0].stage}", None, "implied"))
    return found


def _mark(line: LogLine, name: str, start: int, end: int, meaning: str, today: date) -> Chip | None:
    span = (start, end)
    if name == "kind":
        return Chip(name, t("no answer") if line.outcome == "no_answer" else t(meaning), span)
    if name == "when":
        return Chip(name, ("~" if line.approximate else "") + wording.when(meaning, today), span)
    if name == "duration":
        return Chip(name, meaning, span)
    if name == "tag":
        return Chip(name, f"+{meaning}", span)
    if name == "distance":
        return Chip(name, f"{wording.number(meaning)} km", span)
    if name == "direction":
        return Chip(name, {"in": "←", "out": "→"}[meaning], span) if meaning in ("in", "out") else None
    if name in _LABELS:
        return Chip(name, f"{t(_LABELS[name])} {meaning}", span)
    return None


def _who(who: Who, answers: Mapping[str, Match | str]) -> Chip:
    span = (who.start, who.end)
    answer = answers.get(who.phrase)
    if isinstance(answer, str):
        return Chip("who", t("new: {name}", name=who.phrase), span)
    match = answer or who.match
    if match is not None:
        return Chip("who", match_text(match), span)
    if who.matches:
        return Chip("who", t("{phrase}: {count} fit", phrase=who.phrase, count=len(who.matches)), span, "ask")
    return Chip("who", t("{phrase}: nobody", phrase=who.phrase), span, "unknown")


def match_text(match: Match) -> str:
    """Return a record as a choice names it: a person with the firm, a firm with the word for it."""
    if match.kind == "company":
        return f"{match.name} ({t('company')})"
    return f"{match.name} · {match.company}" if match.company else match.name


def unclear(line: LogLine, answers: Mapping[str, Match | str]) -> Who | None:
    """Return the first name that several records or none fit, and that is not answered yet."""
    return next((who for who in line.whos if who.match is None and who.phrase not in answers), None)


def as_text(line: LogLine, chip: Chip) -> str | None:
    r"""Return the line with one chip made plain text, or None where there is nothing to change.

    A mark gets a `\` before it. Words of the head go behind its colon, with the `und` beside them; a kind or a
    duration without a colon goes behind ` -- `.
    """
    if chip.span is None:
        return None
    raw = line.raw
    start, end = chip.span
    if raw[start] in "@+" or (":" in raw[start:end] and chip.name != "when") or chip.name in _PARTS_OF_TASKS:
        return f"{raw[:start]}\\{raw[start:]}"
    colon = next((place for name, place, _, _ in line.spans if name == "colon"), None)
    if colon is None:
        # Words of `at:` and `am:` are marks too.
        if chip.name == "when":
            return f"{raw[:start]}\\{raw[start:]}"
        words = raw[start:end]
        rest = _joined(raw[:start], raw[end:])
        return f"{rest} {words}" if " -- " in raw else f"{rest} -- {words}"
    if start > colon:
        return f"{raw[:start]}\\{raw[start:]}"
    start, end = _with_separator(line, start, end, colon)
    words = raw[start:end].strip(" ,")
    head = _joined(raw[:start], raw[end:colon])
    if not head:
        return f"{words} {raw[colon + 1 :].lstrip()}"
    return f"{head}: {words} {raw[colon + 1 :].lstrip()}"


def _with_separator(line: LogLine, start: int, end: int, colon: int) -> tuple[int, int]:
    """Take in the `und` or comma that joined the words to another name."""
    for name, first, last, _ in line.spans:
        if name == "separator" and last <= colon:
            if not line.raw[end:first].strip() and first >= end:
                return start, last
            if not line.raw[last:start].strip() and last <= start:
                return first, end
    return start, end


def _joined(before: str, after: str) -> str:
    return " ".join(part for part in (before.rstrip(), after.lstrip()) if part)
