"""One line typed after a visit, read into a record: the act the product exists for.

A pure function of the line, the clock, the holidays, the settings and a resolver.
The text is sacred: it is a slice of the line, from which only marks leave, and the
line itself is kept. The same line gives the same record in every language and place.
"""

from __future__ import annotations

from crm_cli.domain.dates import local_time
from crm_cli.domain.log_body import Body, Followup, followups, read_body
from crm_cli.domain.log_head import Head, kind_word, read_head
from crm_cli.domain.log_marks import escape_place, read_mark
from crm_cli.domain.log_values import read_kilometres, read_percent, read_value
from crm_cli.domain.log_who import Reader, Who
from crm_cli.domain.log_words import DIRECTIONS, PARSER_VERSION, LogOptions
from crm_cli.domain.tokens import Notice, Word, split_words
from crm_cli.domain.who import TIER_FUZZY
from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from crm_cli.domain.money import Money
    from crm_cli.domain.who import Match

__all__ = ["PARSER_VERSION", "Followup", "LogLine", "LogOptions", "Notice", "Who", "parse_log_line"]


class LogLine:
    """What a line says, before anything is looked up beyond its names.

    `at` is an aware time, or a date where `all_day`; `approximate` marks a part of the day. `whos` hold unknown
    and ambiguous names too: whoever calls decides what to do about them. `deal` to `probability` are the step of a
    deal: a reference, a stage word, an amount, percent. `requests` are `(kind, text)`. `warnings` are translated by
    the front ends; `str()` gives the English text. `spans` are `(name, start, end, meaning)` of `raw`, in order: every
    character that is no blank is in one of them.
    """

    __slots__ = (
        "all_day",
        "approximate",
        "at",
        "campaign",
        "deal",
        "details",
        "direction",
        "distance_km",
        "duration_min",
        "followups",
        "kind",
        "needs",
        "outcome",
        "probability",
        "raw",
        "requests",
        "spans",
        "stage",
        "tags",
        "text",
        "ticket",
        "value",
        "warnings",
        "whos",
    )

    kind: str
    direction: str | None
    outcome: str | None
    at: datetime | date
    all_day: bool
    approximate: bool
    duration_min: int | None
    text: str
    details: str | None
    distance_km: float | None
    tags: list[str]
    whos: list[Who]
    deal: str | None
    stage: str | None
    value: Money | None
    probability: int | None
    ticket: str | None
    campaign: str | None
    needs: list[str]
    requests: list[tuple[str, str]]
    followups: list[Followup]
    warnings: list[Notice]
    spans: list[tuple[str, int, int, str]]
    raw: str


def parse_log_line(
    text: str,
    *,
    now: datetime,
    who: Callable[[str], Sequence[Match]],
    localize: Callable[[datetime], datetime],
    is_holiday: Callable[[date], bool],
    options: LogOptions | None = None,
    amends: str | None = None,
) -> LogLine:
    """Read a line; raises UsageError (exit 2) with `start` and `end` of the place that can't be read.

    `amends` is the text of an entry this line adds to: then it may hold marks alone, and a follow-up without words
    takes that text.

    `now` is aware. `who` returns the records of the best tier for a phrase: one is clear, several are ambiguous,
    none is unknown. A phrase is as typed and may hold titles (`Frau`, `Fa.`, `Dr.`), dots and underscores for
    blanks, commas, a slash (`ehrler/müller`, `ehrler/`), a mail address, a number or an id. `localize` gives a
    naive local time its offset.
    """
    reader = Reader(
        text, now=now, who=who, localize=localize, is_holiday=is_holiday, options=options or LogOptions()
    )  # fmt: skip
    words = split_words(text)
    if not words:
        raise UsageError("There is nothing to log.", hint="For example: visit miller yesterday: wants a quote")
    head, body = _head_and_body(reader, words, text)
    if amends is None and not _says_something(head, body, text):
        raise UsageError(
            "The line says neither who nor what.",
            hint="For example: visit miller yesterday: wants a quote",
            start=0,
            end=len(text),
        )
    return _assemble(reader, head, body, amends or "")


def _head_and_body(reader: Reader, words: Sequence[Word], text: str) -> tuple[Head, Body]:
    """Read a line in the form it has: a head before a colon, sigils, a head alone, or plain text."""
    colon = colon_of_head(words, reader.options)
    if colon is not None:
        head = read_head(reader, words_of_head(words, colon))
        place = words[colon].end + (text[words[colon].end : words[colon].end + 1].isspace())
        body = read_body(reader, words, colon + 1, place, leading=False)
        body.span("colon", words[colon].end - 1, words[colon].end, "")
        return head, body
    sigils = _is_sigils(words, reader)
    if not sigils and _needs_head(words, reader):
        return _head_without_colon(reader, words)
    return Head(), read_body(reader, words, 0, 0, leading=sigils)


def colon_of_head(words: Sequence[Word], options: LogOptions) -> int | None:
    """Return the word whose colon ends the head: the first colon before a blank, if no mark precedes it."""
    for index, word in enumerate(words):
        if escape_place(word.text, options) is not None:
            continue
        if read_mark(word.text, options) is not None or word.text in ("--", "::"):
            return None
        if word.text.endswith(":"):
            return index
    return None


def words_of_head(words: Sequence[Word], colon: int) -> list[Word]:
    """Return the words up to the one that ends in the colon, which is left out."""
    last = words[colon]
    head = list(words[:colon])
    if len(last.text) > 1:
        head.append(Word(last.text[:-1], last.start))
    return [part for word in head for part in _at_commas(word)]


def _at_commas(word: Word) -> list[Word]:
    """Split `müller,schmidt` behind its comma; a number (`1,5h`) stays whole."""
    parts, start = [], 0
    for place, letter in enumerate(word.text[:-1]):
        if letter == "," and not (word.text[place + 1].isdecimal() and word.text[:place][-1:].isdecimal()):
            parts.append(Word(word.text[start : place + 1], word.start + start))
            start = place + 1
    parts.append(Word(word.text[start:], word.start + start))
    return parts


def _is_sigils(words: Sequence[Word], reader: Reader) -> bool:
    """Tell whether the first word, or the first after the kind, is `@who`, `+tag` or a known key."""
    if read_mark(words[0].text, reader.options) is not None:
        return True
    if kind_word(reader, words[0]) is None or len(words) < 2:
        return False
    mark = read_mark(words[1].text, reader.options)
    if mark is None and len(words) > 2 and words[1].bare in DIRECTIONS:
        mark = read_mark(words[2].text, reader.options)
        return mark is not None and mark.role == "who"
    return mark is not None and (mark.role == "who" or len(words[0].bare) > 1)


def _needs_head(words: Sequence[Word], reader: Reader) -> bool:
    kind = kind_word(reader, words[0])
    return kind is not None and kind != "note" and len(words[0].bare) > 1


def _head_without_colon(reader: Reader, words: Sequence[Word]) -> tuple[Head, Body]:
    """Read a line that begins with a kind up to its first mark; it must be a whole head, with no text behind it."""
    end = next(
        (at for at, word in enumerate(words) if word.text == "--" or read_mark(word.text, reader.options)), len(words)
    )
    place = words[end - 1].end
    try:
        head = read_head(reader, words[:end])
    except UsageError as error:
        raise _colon_missing(words, error.params.get("start", words[0].start), place) from error
    unsure = [who for who in head.whos if not who.matches or who.matches[0].tier >= TIER_FUZZY]
    body = read_body(reader, words, end, place, leading=False)
    if unsure:
        raise _colon_missing(words, unsure[0].start, unsure[0].end)
    if body.main.text(reader.raw).strip() or body.literal:
        raise _colon_missing(words, place, len(reader.raw))
    return head, body


def _colon_missing(words: Sequence[Word], start: object, end: int) -> UsageError:
    return UsageError(
        "The colon after the name is missing.",
        hint="{kind} <who> [when] [duration]: <text>",
        kind=words[0].text,
        start=start,
        end=end,
    )


def _says_something(head: Head, body: Body, raw: str) -> bool:
    texts = [body.main, *body.tasks] + ([body.details] if body.details is not None else [])
    said = body.literal or any(target.text(raw).strip() for target in texts)
    return bool(head.whos or body.whos or said or body.needs or body.requests)


def _assemble(reader: Reader, head: Head, body: Body, subject: str) -> LogLine:
    line = LogLine()
    line.raw = reader.raw
    line.kind = head.kind or body.kind or "note"
    line.direction = head.direction or body.direction
    line.text = body.main.text(reader.raw) + body.literal
    line.details = body.details.text(reader.raw) if body.details is not None else None
    line.duration_min = head.duration_min if head.duration_min is not None else body.duration_min
    line.tags = list(dict.fromkeys(body.tags))
    line.whos = head.whos + body.whos
    line.needs = body.needs
    line.requests = [(kind, line.text) for kind in body.requests]
    _take_values(line, reader, body)
    line.outcome = line.outcome or head.outcome or body.outcome
    _take_when(line, reader, head, body)
    first = body.tasks[0].start if body.tasks else len(reader.raw)
    line.followups = followups(
        body, line.text.strip() or subject.strip() or reader.raw[:first].strip() or reader.raw.strip()
    )
    for who in line.whos:
        if who.match is not None and who.match.tier >= TIER_FUZZY:
            reader.notices.append(
                Notice("“{phrase}” was read as {name}.", phrase=who.phrase, name=who.match.name)
            )  # fmt: skip
    line.warnings = reader.notices
    line.spans = _spans(line, head, body)
    return line


def _take_values(line: LogLine, reader: Reader, body: Body) -> None:
    """Set what stands behind keys that may be given once."""
    given = body.single
    words = {role: value[1] for role, value in given.items()}
    line.deal, line.stage, line.outcome = words.get("deal"), words.get("stage"), words.get("outcome")
    line.ticket, line.campaign = words.get("ticket"), words.get("campaign")
    line.value = read_value(given["value"], reader.options) if "value" in given else None
    line.probability = read_percent(given["probability"]) if "probability" in given else None
    line.distance_km = read_kilometres(given["distance"]) if "distance" in given else None


def _take_when(line: LogLine, reader: Reader, head: Head, body: Body) -> None:
    """Set when it happened: now, a day, or a time; a day without a time is `all_day` unless it is today."""
    whens = head.when
    if body.when is not None:
        if whens:
            raise UsageError("The day is given in the head and once more behind a key.",
                             start=body.when.span[0], end=body.when.end)  # fmt: skip
        whens = [body.when]
    today = reader.now.date()
    day = next((when.day for when in whens if when.day is not None), today)
    timed = next((when for when in whens if when.minute is not None), None)
    for when in whens:
        reader.notices += when.notices
    line.approximate = timed is not None and timed.approximate
    line.all_day = timed is None and day != today
    if timed is not None and timed.minute is not None:
        line.at = local_time(day, timed.minute, reader.localize, reader.notices)
        if line.duration_min is None:
            line.duration_min = timed.duration_min
        future = line.at > reader.now
    else:
        line.at = day if line.all_day else reader.now
        future = day > today
    if future:
        reader.notices.append(Notice("The entry lies in the future ({at}).", at=line.at))


def _spans(line: LogLine, head: Head, body: Body) -> list[tuple[str, int, int, str]]:
    spans = head.spans + body.spans
    at = line.at.isoformat()
    spans += [("when", *when.span, at) for when in (body.when, *head.when) if when is not None]
    spans += [("who", who.start, who.end, who.phrase) for who in line.whos]
    for target in (body.main, body.details, *body.tasks):
        if target is not None:
            spans += [(target.name, start, end, "") for start, end in target.pieces]
    return sorted(_with_separators(line.raw, sorted(spans, key=_place)), key=_place)


def _place(span: tuple[str, int, int, str]) -> tuple[int, int]:
    return span[1], span[2]


def _with_separators(raw: str, spans: list[tuple[str, int, int, str]]) -> list[tuple[str, int, int, str]]:
    """Add what joins the parts of a head (`und`, `,`), so that no character is without a meaning."""
    gaps, place = [], 0
    for _, start, end, _ in [*spans, ("end", len(raw), len(raw), "")]:
        gaps += [("separator", word.start, word.end, "") for word in split_words(raw, place, start)]
        place = max(place, end)
    return spans + gaps
