"""Read the text of a log line: marks leave it, follow-ups are cut off, every other character stays.

Nothing is rebuilt: the text, the details and the follow-ups are slices of the line,
so a character is either in one of them, in a mark, or in a separator.
"""

from __future__ import annotations

from crm_cli.domain.dates import local_time, unreadable_when
from crm_cli.domain.log_marks import escape_place, read_mark
from crm_cli.domain.log_values import refuse_loose_unit
from crm_cli.domain.log_who import Who, complete_name
from crm_cli.domain.log_words import DIRECTIONS, FOLLOWUPS, OUTCOMES, UNSURE_DATES
from crm_cli.domain.times import read_duration
from crm_cli.domain.tokens import Notice, Word
from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from crm_cli.domain.dates import WhenMatch
    from crm_cli.domain.log_marks import Mark
    from crm_cli.domain.log_who import Reader

# No date takes more words; a longer slice would make many follow-ups slow.
_WORDS_OF_DATE = 40


class Followup:
    """A task that the entry sets going: `due` is a day or an aware time, None where none was given.

    `start` to `end` is its place in the line, key and date included.
    """

    __slots__ = ("due", "end", "start", "text")

    def __init__(self, text: str, due: date | datetime | None, start: int, end: int) -> None:
        self.text = text
        self.due = due
        self.start = start
        self.end = end


class _Target:
    """One of the texts the words go to: the entry's text, its details, or a follow-up's task."""

    __slots__ = ("due", "end", "name", "pieces", "start", "trim")

    def __init__(self, name: str, trim: bool, start: int, due: date | datetime | None = None) -> None:
        self.name = name
        self.trim = trim
        self.start = start
        self.end = start
        self.due = due
        self.pieces: list[tuple[int, int]] = []

    def text(self, raw: str) -> str:
        return "".join(raw[start:end] for start, end in self.pieces)


class Body:
    """What the text and its marks say."""

    def __init__(self, reader: Reader, words: Sequence[Word], place: int) -> None:
        self.reader = reader
        self.raw = reader.raw
        self.words = words
        self.place = place
        self.kind: str | None = None
        self.outcome: str | None = None
        self.direction: str | None = None
        self.duration_min: int | None = None
        self.whos: list[Who] = []
        self.tags: list[str] = []
        self.needs: list[str] = []
        self.requests: list[str] = []
        self.single: dict[str, tuple[str, str, int, int]] = {}
        self.when: WhenMatch | None = None
        self.spans: list[tuple[str, int, int, str]] = []
        self.main = _Target("text", False, place)
        self.target = self.main
        self.details: _Target | None = None
        self.tasks: list[_Target] = []
        self.literal = ""

    def cut(self, start: int, end: int, *, blanks: bool = True) -> None:
        """Let the characters from `start` to `end` leave, with the blanks before them."""
        self._keep(start, blanks)
        self.target.end = start
        if not self.target.pieces:
            self.target.trim = self.target.trim or blanks
        self.place = end

    def span(self, name: str, start: int, end: int, meaning: str) -> None:
        """Note what a place of the line means, for chips and highlighting."""
        self.spans.append((name, start, end, meaning))

    def _keep(self, end: int, blanks: bool = False) -> None:
        start, raw = self.place, self.raw
        while blanks and end > start and raw[end - 1].isspace():
            end -= 1
        if self.target.trim and not self.target.pieces:
            while start < end and raw[start].isspace():
                start += 1
        if start < end:
            self.target.pieces.append((start, end))

    def turn(self, target: _Target) -> None:
        """Send what follows to another text."""
        self.target = target

    def finish(self, end: int) -> None:
        """Keep the rest of the line."""
        self._keep(end)
        self.target.end = self.place = end


def read_body(reader: Reader, words: Sequence[Word], index: int, place: int, *, leading: bool) -> Body:
    """Read the words from `index` on; `place` is where the text begins. `leading` allows kind and duration first.

    Raises UsageError with the place of a value that can't be read.
    """
    body = Body(reader, words, place)
    if leading:
        index = _read_leading(body, index)
    while index < len(words):
        word = words[index]
        if word.text == "--" and index + 1 < len(words):
            _read_literal(body, word)
            break
        escape = escape_place(word.text, reader.options)
        if escape is not None:
            body.cut(word.start + escape, word.start + escape + 1, blanks=False)
            body.span("escape", word.start + escape, word.start + escape + 1, "")
            index += 1
            continue
        if word.text == "::" and body.target is body.main and index + 1 < len(words):
            _read_details(body, word)
            index += 1
            continue
        mark = read_mark(word.text, reader.options)
        if mark is None:
            _warn_of_near_key(body, word)
            index += 1
        else:
            index = _read_mark(body, index, mark)
    body.finish(len(body.raw) if not body.literal else body.place)
    return body


def _read_leading(body: Body, index: int) -> int:
    """Read what may stand before the text of a line with `@who`: kind, direction, who and duration."""
    words, reader, first, after_who = body.words, body.reader, index, False
    while index < len(words):
        word = words[index]
        mark = read_mark(word.text, reader.options)
        if mark is not None and mark.role == "who":
            index = _read_who(body, index, mark)
            _cut_sign_behind(body)
            after_who = True
            continue
        kind = reader.options.kind_of(word.bare.rstrip(":")) if body.kind is None else None
        duration = read_duration(words, index, glued=True) if body.duration_min is None else None
        if kind is not None and (index == first or after_who) and not word.text.startswith("\\"):
            body.kind, body.outcome = kind, OUTCOMES.get(word.bare.rstrip(":"))
            body.span("kind", word.start, word.end, kind)
            after_who = False
        elif body.kind and index == first + 1 and _stands_before_who(body, index):
            body.direction = DIRECTIONS[word.bare]
            body.span("direction", word.start, word.end, body.direction or "none")
        elif duration is not None and index > first:
            body.duration_min = duration[1]
            after_who = False
            body.span("duration", word.start, word.end, f"{duration[1]} min")
        else:
            break
        body.cut(word.start, word.end)
        index += 1
    return index


def _stands_before_who(body: Body, index: int) -> bool:
    if body.words[index].bare not in DIRECTIONS or index + 1 >= len(body.words):
        return False
    mark = read_mark(body.words[index + 1].text, body.reader.options)
    return mark is not None and mark.role == "who"


def _cut_sign_behind(body: Body) -> None:
    """Take the comma, colon or full stop glued to a leading `@who` with it."""
    if body.raw[body.place : body.place + 1] in (",", ":", ".", ";"):
        body.span("separator", body.place, body.place + 1, "")
        body.cut(body.place, body.place + 1)


def _read_literal(body: Body, word: Word) -> None:
    """What follows ` -- ` belongs to the text as it is, whatever came before."""
    body.cut(word.start, word.end)
    body.span("separator", word.start, word.end, "")
    start = word.end
    if not body.main.pieces:
        start += 1
    body.turn(_Target("literal", False, start))
    body.literal = body.raw[start:]
    body.span("text", start, len(body.raw), "")
    body.place = len(body.raw)


def _read_details(body: Body, word: Word) -> None:
    body.cut(word.start, word.end)
    body.span("separator", word.start, word.end, "")
    body.details = _Target("details", True, word.end)
    body.turn(body.details)


def _warn_of_near_key(body: Body, word: Word) -> None:
    key, colon, value = word.text.partition(":")
    if colon and value and key.isalpha() and "//" not in value:
        near = body.reader.options.near_key(Word(key, 0).key)
        if near is not None:
            body.reader.notices.append(
                Notice("“{word}” stayed in the text; the key is “{near}:”.", word=word.text, near=near)
            )


def _read_mark(body: Body, index: int, mark: Mark) -> int:
    """Take a mark out of the text and note what it says; return the index behind it."""
    word = body.words[index]
    if mark.role == "who":
        return _read_who(body, index, mark)
    if mark.role in FOLLOWUPS:
        return _read_followup(body, index, mark)
    if mark.role == "at":
        return _read_at(body, index, mark)
    end = word.start + mark.length
    body.cut(word.start, end)
    if mark.role == "tag":
        body.tags.append(mark.value)
    elif mark.role == "need":
        body.needs.append(mark.value)
    elif mark.role == "request":
        body.requests.append(mark.value)
    else:
        before = body.single.get(mark.role)
        if before is not None and before[1] != mark.value:
            raise UsageError("“{key}:” is given twice.", key=mark.key, start=word.start, end=end)
        body.single[mark.role] = (mark.key, mark.value, word.start, end)
        if mark.role == "value" and index + 1 < len(body.words):
            refuse_loose_unit(body.single[mark.role], body.words[index + 1], body.reader.options)
    body.span(mark.role, word.start, end, mark.value)
    return index + 1


def _read_who(body: Body, index: int, mark: Mark) -> int:
    word = body.words[index]
    trimmed = word.start + mark.length < word.end
    after, phrase, matches, end = complete_name(body.reader, body.words, index + 1, mark.value, trimmed)
    end = end or word.start + mark.length
    who = Who(phrase, word.start, end, matches, sigil=True)
    body.whos.append(who)
    body.cut(word.start, end)
    return after


def _date_words(body: Body, index: int, mark: Mark) -> list[Word]:
    """Return the words at which the date of a key is expected: its value, or the next word."""
    word = body.words[index]
    following = list(body.words[index + 1 : index + _WORDS_OF_DATE])
    return [Word(mark.value, word.start + mark.value_at), *following] if mark.value else following


def _read_at(body: Body, index: int, mark: Mark) -> int:
    word, words = body.words[index], _date_words(body, index, mark)
    when = body.reader.when(words, 0, after_key=True, day_parts=True)
    if when is None:
        raise unreadable_when(words, 0)
    if body.when is not None:
        raise UsageError("“{key}:” is given twice.", key=mark.key, start=word.start, end=when.end)
    body.when = when
    body.cut(word.start, when.end)
    return index + when.next


def _read_followup(body: Body, index: int, mark: Mark) -> int:
    word, words = body.words[index], _date_words(body, index, mark)
    when = body.reader.when(words, 0, prefer="future", after_key=True) if words else None
    if when is None and mark.role == "followup":
        if not words:
            raise UsageError("“{key}:” needs a date.", key=mark.key, start=word.start, end=word.end,
                             hint="For example: wv:fr, fu:tomorrow, wv:+3d.")  # fmt: skip
        raise unreadable_when(words, 0)
    if when is not None and mark.role == "task" and _unsure(words, when):
        raise UsageError(
            "“{phrase}” is a date or a word of the task.", phrase=words[0].text, hint="Write the weekday in full.",
            start=words[0].start, end=words[0].end,
        )  # fmt: skip
    body.cut(word.start, word.start + mark.value_at)
    due = _due(body, when) if when is not None else None
    task = _Target("task", True, word.start, due)
    body.tasks.append(task)
    body.turn(task)
    if when is None:
        body.span("followup", word.start, word.start + mark.value_at, "")
        return index + 1
    body.place = when.end
    body.span("followup", word.start, when.end, due.isoformat() if due else "")
    return index + when.next + (0 if mark.value else 1)


def _unsure(words: Sequence[Word], when: WhenMatch) -> bool:
    first = words[0].text.casefold().rstrip(",;")
    return when.next == 1 < len(words) and (first in UNSURE_DATES or first.rstrip(".") in UNSURE_DATES)


def _due(body: Body, when: WhenMatch) -> date | datetime:
    reader = body.reader
    today = reader.now.date()
    day = when.day or today
    reader.notices += when.notices
    if when.minute is None:
        due: date | datetime = day
        past = day < today
    else:
        due = moment = local_time(day, when.minute, reader.localize, reader.notices)
        past = moment < reader.now
    if past:
        reader.notices.append(Notice("The follow-up lies in the past ({due}).", due=due))
    return due


def followups(body: Body, text: str) -> list[Followup]:
    """Return the follow-ups; one without words of its own takes `text`."""
    return [
        Followup(task.text(body.raw).strip() or text, task.due, task.start, len(body.raw[: task.end].rstrip()))
        for task in body.tasks
    ]
