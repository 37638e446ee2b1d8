"""`crm log`: a visit report in one line."""

from __future__ import annotations

from crm_cli.commands._spec import Command, Note, Outcome, Param
from crm_cli.errors import Ambiguous, BadInput, CrmError, NotFound, UsageError
from crm_cli.output import is_terminal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from crm_cli.context import AppContext
    from crm_cli.domain.who import Match
    from crm_cli.services.interactions import Logged


def log(ctx: AppContext, *, text: str | None, create: bool, last: bool, edit: bool, drafts: bool) -> object:
    if drafts:
        return _drafts(ctx, text, create=create)
    if edit:
        from crm_cli.commands import _log_edit

        return _log_edit.edit_day(ctx, text or "")
    if text == "-":
        return _batch(ctx)
    if text is None:
        return _prompt(ctx)
    if text.startswith("day") and _is_day(ctx, text):
        from crm_cli.commands import _log_day

        return _log_day.log_day(ctx, text[3:].strip())
    if last:
        from crm_cli import readings
        from crm_cli.services import amending

        def once(answers: dict[str, Match | str]) -> Logged:
            return amending.amend(ctx.store, text=text, reading=readings.reading(ctx), create=create, answers=answers)

        return _shown(ctx, _attempt(ctx, text, once))
    try:
        return _shown(ctx, log_line(ctx, text, create=create))
    except UsageError as error:
        if ctx.options.dry_run or not ctx.can_prompt or not is_terminal() or ctx.wants_lines:
            raise
        return _corrected(ctx, text, error)


def _is_day(ctx: AppContext, text: str) -> bool:
    """Tell `crm log day [DATE|-]` from a note that begins with the word."""
    word, *rest = text.split()
    if word != "day":
        return False
    if not rest or rest == ["-"]:
        return True
    from crm_cli.commands import _log_day

    try:
        return _log_day.read_past_day(ctx, " ".join(rest[:-1] if rest[-1] == "-" else rest)) is not None
    except UsageError:
        return False


def _corrected(ctx: AppContext, text: str, error: UsageError) -> object:
    """Say where the line can't be read and let the user mend it in the prompt; the draft goes when it is logged."""
    from crm_cli.failure import error_lines, write_lines

    write_lines(error_lines(error))
    return _prompted(ctx, text=text, draft=keep_draft(ctx, text, error))


def log_line(ctx: AppContext, text: str, *, create: bool = False) -> Logged:
    """Log one line, asking where somebody can be asked; what can't be logged is kept as a draft."""
    from crm_cli import readings
    from crm_cli.services import interactions

    def once(answers: dict[str, Match | str]) -> Logged:
        return interactions.log(ctx.store, text=text, reading=readings.reading(ctx), create=create, answers=answers)

    logged = _attempt(ctx, text, once)
    if not ctx.options.dry_run:
        from crm_cli.store import drafts

        drafts.forget(ctx.db_path, text)
    return logged


def _attempt(ctx: AppContext, text: str, once: Any) -> Logged:
    """Run `once(answers)` until it goes through or nobody can be asked; then the line becomes a draft."""
    answers: dict[str, Match | str] = {}
    while True:
        try:
            logged: Logged = once(answers)
            return logged
        except (Ambiguous, NotFound) as error:
            phrase = error.params.get("phrase")
            answer = _ask(ctx, error, str(phrase)) if phrase and ctx.can_prompt else None
            if answer is None:
                keep_draft(ctx, text, error)
                raise
            answers[str(phrase)] = answer
        except CrmError as error:
            keep_draft(ctx, text, error)
            raise


def _ask(ctx: AppContext, error: Ambiguous | NotFound, phrase: str) -> Match | str | None:
    """Let the user pick a record, or make a new one; None stops."""
    from crm_cli.services import resolve
    from crm_cli.services.interactions import CREATE

    candidates = error.candidates[:5]
    names = [" · ".join(filter(None, (item["name"], item.get("company")))) for item in candidates]
    picked = ctx.prompt.choose(
        "Who is “{phrase}”?", names, extra={"n": "new: add this name to the address book"}, phrase=phrase
    )
    if picked == "n":
        return CREATE
    return resolve.one(ctx.store, candidates[picked]["id"]) if isinstance(picked, int) else None


def keep_draft(ctx: AppContext, text: str, error: CrmError) -> int | None:
    """Keep a refused line as a draft, except in a dry run; return its number."""
    if ctx.options.dry_run or not text.strip():
        return None
    from crm_cli.failure import message_of
    from crm_cli.store import drafts
    from crm_cli.store.store import utc_text

    try:
        number = drafts.keep(ctx.db_path, text=text, reason=message_of(error), at=utc_text(ctx.now()))
        error.add_note("The line is kept: crm log --drafts")
        return number
    except OSError:
        # Nothing can be written here at all; the line goes back to the user with the error.
        error.hint = error.hint or "The line could not be kept as a draft either."
        return None


def _shown(ctx: AppContext, logged: Logged) -> Outcome:
    notes = [Note(notice.template, warning=True, **_spoken(ctx, notice.params)) for notice in logged.notices]
    warnings = tuple(ctx.t(note.template, **note.params) for note in notes)
    notes += [Note("New in the address book: {name}.", name=name) for name in logged.created]
    entry = logged.entry.changed(warnings=warnings) if warnings else logged.entry
    return Outcome(entry, notes=notes)


def _spoken(ctx: AppContext, params: dict[str, object]) -> dict[str, object]:
    """Return the parameters of a notice with days and times as people read them."""
    if not any(hasattr(value, "isoformat") for value in params.values()):
        return params
    from crm_cli import wording

    return wording.spoken(params, ctx.today())


def _prompt(ctx: AppContext) -> object:
    """Open the prompt with live chips; without a terminal say what the command wants."""
    if not ctx.can_prompt:
        raise UsageError(
            "There is nothing to log.", hint="crm log visit miller yesterday: wants a quote, or crm log - for a batch"
        )
    if ctx.wants_lines:
        text = ctx.prompt.line("What happened? (Enter alone stops):").strip()
        return _shown(ctx, log_line(ctx, text)) if text else None
    return _prompted(ctx)


def _prompted(ctx: AppContext, **given: object) -> object:
    """Return what was logged in the prompt, with what is to be said about it; None where it was kept as a draft."""
    logged: Any = ctx.open_face("quick_log", **given)
    return None if logged is None else _shown(ctx, logged)


def _batch(ctx: AppContext) -> object:
    """Log each line of stdin; good ones are in even where others are refused."""
    from crm_cli.services import interactions

    data = ctx.stdin_bytes()
    text = data.decode("utf-8-sig", "surrogateescape")
    lines = [line.rstrip("\r") for line in text.split("\n")]
    numbered = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    hashes = interactions.line_hashes(line for _, line in numbered)
    results: list[object] = []
    refused: list[tuple[int, CrmError]] = []
    new = same = 0
    for (number, line), line_hash in zip(numbered, hashes, strict=True):
        known = interactions.logged_before(ctx.store, line_hash)
        if known is not None:
            results.append(known)
            same += 1
            continue
        try:
            results.append(_batch_line(ctx, line, line_hash))
            new += 1
        except CrmError as error:
            if error.exit_code not in (2, 3, 4, 5):
                raise
            keep_draft(ctx, line, error)
            refused.append((number, error))
            results.append(refusal(number, line, error))
    return _batch_outcome(ctx, results, refused, new, same)


def _batch_line(ctx: AppContext, line: str, line_hash: str) -> object:
    from crm_cli import readings
    from crm_cli.services import interactions

    try:
        line.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UsageError("The line is not valid UTF-8.") from error
    logged = interactions.log(ctx.store, text=line, reading=readings.reading(ctx), line_hash=line_hash)
    return _shown(ctx, logged).value


def refusal(number: int, line: str, error: CrmError) -> dict[str, Any]:
    from crm_cli.failure import error_object

    return {"line": number, "raw": line, **error_object(error)}


def _batch_outcome(
    ctx: AppContext, results: list[object], refused: Sequence[tuple[int, CrmError]], new: int, same: int
) -> Outcome:
    if not refused:
        return Outcome(results, notes=[Note("{new} logged, {same} already there.", new=new, same=same)])
    from crm_cli.failure import message_of

    # Only JSON has a place for a refused line among the entries.
    as_json = ctx.options.format in ("json", "jsonl")
    raise BadInput(
        "{new} logged, {same} already there, {refused} refused and kept as drafts; first line {line}: {reason}",
        report=results if as_json else [entry for entry in results if not isinstance(entry, dict)],
        new=new,
        same=same,
        refused=len(refused),
        line=refused[0][0],
        reason=message_of(refused[0][1]),
        hint="crm log --drafts lists them.",
    )


def _drafts(ctx: AppContext, text: str | None, *, create: bool) -> object:
    """List the drafts; `log 3 [LINE]` logs one, as it is or in other words, `drop 3 4` forgets them."""
    from crm_cli.domain.kept_line import KeptLine
    from crm_cli.store import drafts

    kept = {
        int(line["id"]): KeptLine(int(line["id"]), line["text"], line.get("reason"), line.get("created_at"))
        for line in drafts.listed(ctx.db_path)
    }
    if text is None:
        return list(kept.values())
    verb, number, *words = [*text.split(maxsplit=2), "", ""][:3]
    if verb == "log" and number.isdecimal() and int(number) in kept:
        logged = log_line(ctx, words[0] or kept[int(number)].text, create=create)
        _drop_drafts(ctx, [int(number)])
        return _shown(ctx, logged)
    numbers = [int(word) for word in text.split()[1:] if word.isdecimal()]
    if verb != "drop" or not numbers or not kept.keys() >= set(numbers):
        raise UsageError(
            "“{text}” names no draft.", text=text, hint="crm log --drafts, crm log --drafts log 3, … drop 3"
        )
    _drop_drafts(ctx, numbers)
    return [kept[number] for number in numbers]


def _drop_drafts(ctx: AppContext, numbers: Sequence[int]) -> None:
    from crm_cli.store import drafts

    if not ctx.options.dry_run:
        drafts.drop(ctx.db_path, numbers)


COMMANDS = (
    Command(
        "log",
        log,
        [
            Param("text", metavar="LINE", complete="line", help="What happened; - reads one entry a line from stdin."),
            Param("create", "--create", type="flag", help="Add a name that nobody has to the address book."),
            Param("last", "--last", type="flag", help="Amend the newest entry."),
            Param("edit", "--edit", type="flag", help="Edit the entries of a day in your editor."),
            Param("drafts", "--drafts", type="flag", help="List the lines that could not be logged."),
        ],
        help="Log a call, visit or note in one line; without a line a prompt opens.",
        example=(
            "crm log visit miller acme yesterday 2:30pm 45m: wants quote fu:fri send quote",
            "crm log besuch müller ehrler gestern 14:30: will Angebot wv:fr Angebot senden",
        ),
        writes=True,
        hot=True,
        text=True,
    ),
)
