"""What a use case hands to a front end beside plain records: notes, outcomes, and text that is already formatted."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


class Note:
    """One line of narration for stderr: an English template, its German text in the catalogue."""

    __slots__ = ("params", "template", "warning")

    def __init__(self, template: str, /, *, warning: bool = False, **params: object) -> None:
        self.template = template
        self.params = params
        self.warning = warning


class Outcome:
    """A value with what is to be said about it. `--quiet` drops notes that are not warnings."""

    __slots__ = ("exit_code", "notes", "value")

    def __init__(self, value: object = None, *, notes: Iterable[Note] = (), exit_code: int = 0) -> None:
        self.value = value
        self.notes = tuple(notes)
        self.exit_code = exit_code


class Stream:
    """Text or bytes for stdout exactly as they are: an export in a foreign format, a script, a source file."""

    __slots__ = ("chunks",)

    def __init__(self, chunks: Iterable[str | bytes]) -> None:
        self.chunks = chunks
