"""How an error looks: one line of fact, one of help, or with `--json` exactly one object, on stderr."""

from __future__ import annotations

import sys

from crm_cli.errors import BadInput, CrmError, StoreError, fill
from crm_cli.i18n import t, translated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from crm_cli.context import AppContext

_STOPPED = 130


def report(error: BaseException, context: AppContext | None) -> int:
    """Tell the user about `error` and return the exit code."""
    as_json = context is not None and context.options.format in ("json", "jsonl")
    if isinstance(error, KeyboardInterrupt):
        if not as_json:
            write_lines([""])
        return _STOPPED
    known = as_crm_error(error, context)
    if known is None:
        return _report_bug(error, debug=context is not None and context.options.debug, as_json=as_json)
    if isinstance(known, BadInput) and known.report is not None and context is not None:
        _write_report(known, context)
    if as_json:
        write_object(error_object(known))
    else:
        write_lines(error_lines(known))
        if context is not None and context.options.debug:
            write_lines(_traceback(error))
    return known.exit_code


def _write_report(error: BadInput, context: AppContext) -> None:
    """Print what a batch came to; where the asked columns or format do not fit it, the error says so."""
    from crm_cli.output import write

    try:
        write(error.report, context)
    except CrmError as unfit:
        error.hint, error.params = unfit.template, {**unfit.params, **error.params}


def as_crm_error(error: BaseException, context: AppContext | None) -> CrmError | None:
    """Return the expected failure an exception stands for: ours, the database's, a full disk; None for a bug."""
    if isinstance(error, CrmError):
        return error
    sqlite3 = sys.modules.get("sqlite3")
    if sqlite3 is not None and isinstance(error, sqlite3.Error):
        from crm_cli.store.store import store_error

        found = store_error(error, context.db_path if context else None)
        return found if isinstance(found, CrmError) else None
    if isinstance(error, OSError):
        import errno

        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS):
            return StoreError("Nothing more can be written: {reason}.", reason=error.strerror)
    return None


def message_of(error: CrmError) -> str:
    """Return the message in the language in use."""
    return fill(translated(error.template), error.params)


def hint_of(error: CrmError) -> str | None:
    """Return the line of help in the language in use."""
    return fill(translated(error.hint), error.params) if error.hint else None


def error_object(error: CrmError) -> dict[str, Any]:
    """Return the error object that scripts read."""
    content = {
        "code": error.code,
        "message": message_of(error),
        "hint": hint_of(error),
        "candidates": error.candidates,
    }
    return {"error": content}


def error_lines(error: CrmError) -> list[str]:
    """Return the lines for people: the fact, the candidates, the help."""
    lines = [f"crm: {message_of(error)}"]
    for candidate in error.candidates:
        words = [candidate.get("id"), t(str(candidate.get("kind") or "")), candidate.get("name")]
        line = "  " + "  ".join(str(word) for word in words if word)
        company = candidate.get("company")
        if isinstance(company, dict):
            company = company.get("name")
        lines.append(f"{line}, {company}" if company else line)
    hint = hint_of(error)
    if hint:
        lines.append(hint)
    return lines + [t(note) for note in getattr(error, "__notes__", ())]


def _report_bug(error: BaseException, *, debug: bool, as_json: bool) -> int:
    message = t("Internal error: {kind}: {text}", kind=type(error).__name__, text=str(error))
    hint = t("Run it again with --debug and report what it prints.")
    if as_json:
        content: dict[str, Any] = {"code": CrmError.code, "message": message, "hint": hint, "candidates": []}
        if debug:
            content["traceback"] = "\n".join(_traceback(error))
        write_object({"error": content})
    else:
        write_lines([*(_traceback(error) if debug else []), f"crm: {message}", hint])
    return CrmError.exit_code


def _traceback(error: BaseException) -> list[str]:
    import traceback

    return "".join(traceback.format_exception(error)).rstrip().split("\n")


def write_object(content: dict[str, Any]) -> None:
    """Write one JSON object to stderr."""
    from crm_cli.output_json import dumps
    from crm_cli.terminal import write_raw

    write_raw(dumps(content) + "\n")


def write_lines(lines: list[str]) -> None:
    """Write harmless lines to stderr."""
    from crm_cli.terminal import write_line

    for line in lines:
        write_line(line)
