"""Open what is to be imported: files, folders, standard input; each in the format it is in."""

from __future__ import annotations

import os

from crm_cli.domain.draft import ContactDraft, Refusal
from crm_cli.errors import NotFound, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import ModuleType
    from typing import Any, BinaryIO

    from importers.csv_file import Table
    from importers.csv_target import Mapping

STDIN = "-"
UNKNOWN = "What kind of file this is cannot be told; --from names it."
NOT_READABLE = "The file cannot be read."
NOT_A_FILE = "This is no ordinary file."
NOTHING = "The file holds nothing that can be read."
NEEDS_COLUMNS = "What its columns hold must be said first: import it alone."
# What a vdir keeps beside its cards (vdirsyncer's description of the format).
_BESIDE = frozenset(("color", "displayname", "description", "order"))
_TABLES = ("csv", "xlsx")
_CHUNK = 1 << 20


class Source:
    """One file: its name as it stands in reports, and how to open it, as often as it is needed."""

    __slots__ = ("_stream", "name")

    def __init__(self, name: str, stream: BinaryIO | None = None) -> None:
        self.name = name
        self._stream = stream

    def open(self) -> BinaryIO:
        """Return the bytes from their beginning; the caller closes them."""
        if self._stream is None:
            return open(self.name, "rb")
        # A copy of the descriptor: standard input was kept in a file of its own and is read twice.
        copy = os.fdopen(os.dup(self._stream.fileno()), "rb")
        copy.seek(0)
        return copy

    @property
    def label(self) -> str:
        """The name without its folders, by which a format may be told."""
        return os.path.basename(self.name)


class Options:
    """How to read: `kind` the format or None to find out, `pairs` `Header=field`, `columns` targets by position."""

    __slots__ = ("columns", "encoding", "kind", "mapping", "pairs", "region")

    def __init__(
        self,
        *,
        region: str = "DE",
        kind: str | None = None,
        encoding: str | None = None,
        mapping: Mapping | None = None,
        pairs: Sequence[str] = (),
        columns: Sequence[str] = (),
    ) -> None:
        from importers import READERS

        if kind is not None and kind not in READERS:
            import importers

            if importers.reader(kind) is None:
                raise UsageError(
                    "Nobody reads the format “{kind}”.", kind=kind, hint="There are: {known}.", known=", ".join(READERS)
                )
        self.region = region
        self.kind = kind
        self.encoding = encoding
        self.mapping = mapping
        self.pairs = pairs
        self.columns = columns


def sources(paths: Iterable[str], stdin: BinaryIO | None = None) -> list[Source]:
    """Return the files these paths mean: a folder stands for all in it, `-` for `stdin`; raises NotFound."""
    found: list[Source] = []
    for path in paths:
        if path == STDIN and stdin is not None:
            found.append(Source(STDIN, stdin))
        elif os.path.isdir(path):
            found += [Source(name) for name in _files_in(path)]
        elif os.path.exists(path):
            found.append(Source(path))
        else:
            raise NotFound("There is no file “{path}”.", path=path)
    return found


def _files_in(folder: str) -> Iterator[str]:
    """Yield the files of a folder and the folders in it by name, hidden ones left out."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and name not in _BESIDE and not name.endswith((".tmp", "~")):
                yield os.path.join(place, name)


def count_items(found: Iterable[Source]) -> int:
    """Return about how many items there are, for a progress bar: cards by their BEGIN, else lines."""
    total = 0
    for source in found:
        try:
            with source.open() as stream:
                while chunk := stream.read(_CHUNK):
                    total += chunk.count(b"BEGIN:VCARD") or chunk.count(b"\n")
        except OSError:
            continue
    return total


class Reading:
    """A file being read: `form` is the format of its items as it is kept with them (`vcard`, `json`, `csv-…`).

    A file `among_others` that has to be asked about is refused; alone it raises UsageError.
    """

    def __init__(self, source: Source, options: Options, *, among_others: bool = False) -> None:
        self.source = source
        self.options = options
        self.among_others = among_others
        self.form = ""
        self.table: Table | None = None

    def items(self) -> Iterator[ContactDraft | Refusal]:
        """Yield what the file holds; a file that can't be read, or holds nothing, is one refusal for line 0."""
        name = self.source.name
        if self.source.name != STDIN and not os.path.isfile(name):
            yield Refusal(name, 0, NOT_A_FILE)
            return
        try:
            stream = self.source.open()
        except OSError:
            yield Refusal(name, 0, NOT_READABLE)
            return
        with stream:
            empty = True
            try:
                for item in self._read(stream):
                    empty = False
                    yield item
            except OSError:
                yield Refusal(name, 0, NOT_READABLE)
                return
            except UsageError:
                if not self.among_others:
                    raise
                yield Refusal(name, 0, NEEDS_COLUMNS)
                return
            if empty:
                yield Refusal(name, 0, NOTHING)

    def _read(self, stream: BinaryIO) -> Iterator[ContactDraft | Refusal]:
        import importers

        name, options = self.source.name, self.options
        start = stream.read(importers.SNIFF_SIZE)
        stream.seek(0)
        kind = options.kind or importers.sniff(start, self.source.label)
        module = importers.reader(kind) if kind else None
        if module is None or kind is None:
            yield Refusal(name, 0, UNKNOWN if start.strip() else NOTHING)
            return
        if kind not in _TABLES:
            self.form = "json" if kind == "jsonl" else kind
            yield from module.read(stream, source=name, region=options.region)
            return
        yield from self._read_table(module, stream, kind)

    def _read_table(self, module: ModuleType, stream: BinaryIO, kind: str) -> Iterator[ContactDraft | Refusal]:
        from hashlib import sha256

        name, options = self.source.name, self.options
        encoded: dict[str, Any] = {"encoding": options.encoding} if kind == "csv" else {}
        mapping = mapping_of(options)
        try:
            self.table = module.inspect(stream, source=name, mapping=mapping, **encoded)
        except UsageError:
            stream.seek(0)  # the reader refuses a damaged workbook, and raises what the user has to put right
            yield from module.read(stream, source=name, region=options.region, mapping=mapping, **encoded)
            return
        assert self.table is not None
        if options.pairs:
            mapping = self.table.mapping.apply_overrides(options.pairs)
            stream.seek(0)
            self.table = module.inspect(stream, source=name, mapping=mapping, **encoded)
        stream.seek(0)
        columns = self.table.mapping.columns if self.table else ()
        # Rows of one shape are versions of each other; of another shape they say nothing about what is missing.
        self.form = "csv-" + sha256(repr(columns).encode("utf-8", "replace")).hexdigest()[:8]
        yield from module.read(stream, source=name, region=options.region, mapping=mapping, **encoded)


def mapping_of(options: Options) -> Mapping | None:
    """Return the mapping a user gave: by position, or a saved one."""
    if options.columns:
        from importers.csv_target import Mapping as Columns

        return Columns.by_position(options.columns)
    return options.mapping
