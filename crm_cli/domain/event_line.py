"""An appointment in one line, in the words of the log line, looking ahead.

morgen 9 Uhr 1h Ehrler: Vorführung @müller ort:Augsburg erinnern:30m
3.12. Messe Augsburg                       (no colon: the day first, then what)
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from crm_cli.domain.dates import local_time, match_when
from crm_cli.domain.log_body import read_body
from crm_cli.domain.log_head import read_head
from crm_cli.domain.log_line import colon_of_head, words_of_head
from crm_cli.domain.log_marks import read_mark
from crm_cli.domain.log_who import Reader
from crm_cli.domain.log_words import LogOptions
from crm_cli.domain.times import read_duration
from crm_cli.domain.tokens import Notice, Word, split_words
from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crm_cli.domain.dates import WhenMatch
    from crm_cli.domain.log_body import Body
    from crm_cli.domain.log_head import Head
    from crm_cli.domain.log_who import Who
    from crm_cli.domain.who import Match

DEFAULT_MIN = 60
# The keys of an appointment; the log line's own say things an appointment does not have.
KEYS = {
    "ort": "location", "loc": "location", "place": "location", "erinnern": "alarm", "remind": "alarm",
    "wdh": "repeat", "repeat": "repeat", "url": "url", "am": "at", "at": "at",
}  # fmt: skip
_HINT = "For example: tomorrow 9:00 1h miller: demo loc:Augsburg remind:30m"


class EventLine:
    """What a line says. `start` and `end` are dates (the end exclusive) where `all_day`, else aware times."""

    __slots__ = (
        "alarms", "all_day", "end", "location", "notices", "raw", "repeat", "start", "tags", "title", "url", "whos",
    )  # fmt: skip

    start: date | datetime
    end: date | datetime
    all_day: bool
    title: str
    location: str | None
    url: str | None
    repeat: str | None
    alarms: list[int]
    tags: list[str]
    whos: list[Who]
    notices: list[Notice]
    raw: str


class _Ahead(Reader):
    """A reader for which a day without a year lies ahead, and a line begins with its day."""

    def when(
        self, words: Sequence[Word], start: int, *, prefer: str = "future", after_key: bool = False,
        day_parts: bool | None = None,
    ) -> WhenMatch | None:  # fmt: skip
        found = super().when(words, start, prefer=prefer, after_key=after_key, day_parts=day_parts)
        if found is not None and start == 0:
            # An appointment begins with its day: `Freitag 9 Uhr: Zahnarzt` is not about Sabine Freitag.
            found.name_like = False
        return found


def parse_event_line(
    text: str,
    *,
    now: datetime,
    who: Callable[[str], Sequence[Match]],
    localize: Callable[[datetime], datetime],
    is_holiday: Callable[[date], bool],
    options: LogOptions | None = None,
) -> EventLine:
    """Read a line; raises UsageError with `start` and `end` of the place that can't be read. See `parse_log_line`."""
    known = options or LogOptions()
    own = LogOptions(dates=known.dates)
    own.kinds, own.keys = known.kinds, KEYS
    reader = _Ahead(text, now=now, who=who, localize=localize, is_holiday=is_holiday, options=own)
    words = split_words(text)
    if not words:
        raise UsageError("An appointment needs a day.", hint=_HINT)
    colon = colon_of_head(words, own)
    if colon is not None:
        head = read_head(reader, words_of_head(words, colon))
        body = read_body(reader, words, colon + 1, words[colon].end, leading=False)
        return _assemble(reader, head.when, head.duration_min, [*head.whos, *body.whos], body, _kind(words, head))
    first = next((at for at, word in enumerate(words) if read_mark(word.text, own) is None), len(words))
    marks = read_body(reader, words[:first], 0, 0, leading=False)
    whens, minutes, after = _leading(reader, words, first)
    place = words[after].start if after < len(words) else len(text)
    body = read_body(reader, words, after, place, leading=False)
    body.tags, body.single = [*marks.tags, *body.tags], {**marks.single, **body.single}
    body.when = body.when or marks.when
    return _assemble(reader, whens, minutes, [*marks.whos, *body.whos], body, None)


def _kind(words: Sequence[Word], head: Head) -> str | None:
    """Return the kind as it was typed: the name of an appointment that has no other."""
    span = next((span for span in head.spans if span[0] == "kind"), None)
    return None if span is None else next(word.text for word in words if word.start == span[1]).rstrip(":")


def _leading(reader: Reader, words: Sequence[Word], at: int) -> tuple[list[WhenMatch], int | None, int]:
    """Read the day, time and duration that begin at a word, in a line without a colon, and the word behind them."""
    whens: list[WhenMatch] = []
    minutes: int | None = None
    while at < len(words):
        when = match_when(
            words, at, now=reader.now, prefer="future", after_key=not whens, day_parts=True,
            options=reader.options.dates, is_holiday=reader.is_holiday,
        )  # fmt: skip
        duration = read_duration(words, at) if when is None and minutes is None else None
        if when is not None and len(whens) < 2:
            whens.append(when)
            at = when.next
        elif duration is not None:
            at, minutes = duration
        else:
            break
    return whens, minutes, at


def _assemble(
    reader: Reader,
    whens: Sequence[WhenMatch],
    minutes: int | None,
    whos: Sequence[Who],
    body: Body,
    kind: str | None,
) -> EventLine:
    line = EventLine()
    line.raw = reader.raw
    line.whos = list(whos)
    line.tags = list(dict.fromkeys(body.tags))
    words = {role: value[1] for role, value in body.single.items()}
    line.location = words["location"].replace("_", " ") if "location" in words else None
    line.url, line.repeat = words.get("url"), words.get("repeat")
    line.alarms = [read_alarm(words["alarm"])] if "alarm" in words else []
    details = body.details.text(reader.raw).strip() if body.details is not None else ""
    text = (body.main.text(reader.raw) + body.literal).strip()
    line.title = " · ".join(part for part in (text, details) if part)
    if not line.title:
        names = [person.match.name if person.match else person.phrase for person in line.whos]
        line.title = " ".join(part for part in (kind, ", ".join(names)) if part)
    if not line.title:
        raise UsageError("The line says neither who nor what.", hint=_HINT, start=0, end=len(reader.raw))
    if body.when is not None:
        whens = [*whens, body.when]
    _take_when(line, reader, whens, minutes if minutes is not None else body.duration_min)
    line.notices = reader.notices
    return line


def _take_when(line: EventLine, reader: Reader, whens: Sequence[WhenMatch], minutes: int | None) -> None:
    if not whens:
        raise UsageError("An appointment needs a day.", hint=_HINT, start=0, end=len(reader.raw))
    days = [when.day for when in whens if when.day is not None]
    timed = [when for when in whens if when.minute is not None]
    if len(days) > 1 or len(timed) > 1:
        raise UsageError("The line names two days or two times.", start=whens[1].span[0], end=whens[1].end)
    for when in whens:
        reader.notices += when.notices
    day = days[0] if days else reader.now.date()
    line.all_day = not timed
    if line.all_day:
        if minutes is not None:
            raise UsageError("A duration needs a time to begin at.", hint=_HINT)
        line.start, line.end = day, day + timedelta(days=1)
        past = day < reader.now.date()
    else:
        minute, length = timed[0].minute or 0, minutes or timed[0].duration_min or DEFAULT_MIN
        line.start = local_time(day, minute, reader.localize, reader.notices)
        line.end = reader.localize((line.start + timedelta(minutes=length)).replace(tzinfo=None))
        past = line.start < reader.now
    if past:
        reader.notices.append(Notice("The appointment lies in the past ({at}).", at=line.start))


def read_alarm(text: str) -> int:
    """Return the minutes of `30m`, `2h`, `1d` before the start, 0 for `0`; raises UsageError."""
    if text.strip() == "0":
        return 0
    number = text.strip().lower()
    if number[:-1].isascii() and number[:-1].isdigit() and number[-1] in "dt" and len(number) < 5:
        return int(number[:-1]) * 1440
    words = split_words(text)
    found = read_duration(words, 0) if words else None
    if found is None or found[0] != len(words):
        raise UsageError("“{text}” is no time before an appointment.", text=text, hint="Such as 30m, 2h, 1d.")
    return found[1]
