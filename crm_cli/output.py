"""The printer: one value in the asked format. The only file that writes to stdout.

stdout is data and nothing else; what is to be said about it comes back as notes.
"""

from __future__ import annotations

import os
import sys

from crm_cli.errors import UsageError
from crm_cli.fields import Field, attribute_names, card_of, fields_of
from crm_cli.output_json import dumps, plain
from crm_cli.results import Note, Stream

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from datetime import date
    from typing import Any

    from crm_cli.context import AppContext

_DEFAULT_WIDTH = 80
_SCALARS = (str, int, float)
# A part of one of these reads as another.
_RIGHT = ("number", "money", "percent", "size")
_WHOLE = ("id", "when", "number", "money", "percent", "size")


class Page:
    """What the printer knows about this run; cards get it too."""

    def __init__(self, context: AppContext) -> None:
        options = context.options
        self.format = options.format
        # No columns, whatever would stand in them.
        self.lines: bool = context.wants_lines and options.format == "table"
        self.columns = [name.strip() for name in options.columns.split(",") if name.strip()] if options.columns else []
        self.sort = options.sort
        self.limit = options.limit
        self.excel = options.excel
        self.hidden_ids: Collection[str] = context.created_uids if options.dry_run else ()
        self.today: Callable[[], date] = context.today
        self._context = context

    @property
    def color(self) -> bool:
        """Whether to use colour: `--color`, else the configuration, else a terminal without NO_COLOR."""
        if self.lines:
            return False
        choice = self._context.options.color
        if choice == "auto":
            choice = self._context.config.color
        if choice != "auto":
            return choice == "always"
        environ = os.environ
        return is_terminal() and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"

    @property
    def width(self) -> int:
        """The width of the terminal, 80 where stdout is none."""
        if is_terminal():
            return os.get_terminal_size(sys.stdout.fileno()).columns or _DEFAULT_WIDTH
        return _DEFAULT_WIDTH

    @property
    def fold(self) -> int | None:
        """The width at which long texts of a page go on in the next line; None where they do not."""
        return self.width if is_terminal() and not self.lines else None

    def short_ids(self, ids: Sequence[str]) -> dict[str, str]:
        """Return id -> its shortest unique prefix of at least four characters."""
        store = self._context.opened_store
        if store is None:
            return {}
        from crm_cli.store.uids import shortened

        return shortened(store.connection, ids)

    def cell(self, value: object, kind: str = "text") -> str:
        """Return a value as people read it (not yet harmless: the printer sees to that)."""
        from crm_cli.output_cells import shown_cell

        return shown_cell(plain(value, self.hidden_ids), kind, self.today)


def is_terminal() -> bool:
    """Tell whether stdout is a terminal."""
    try:
        return sys.stdout.isatty()
    except (AttributeError, ValueError):
        return False


def write(value: object, context: AppContext) -> list[Note]:
    """Print a command's value and return what is to be noted about it."""
    page = Page(context)
    if isinstance(value, Stream):
        write_chunks(value.chunks)
        return []
    if isinstance(value, (list, tuple)):
        rows = _arranged(list(value), page)
        write_text(_rows_text(rows, page))
        return _notes(len(value), len(rows), page)
    if value is not None and hasattr(value, "__next__"):
        for item in value:  # type: ignore[attr-defined]
            write_text(_stream_text(item, page))
        return []
    write_text(_one_text(value, page))
    return []


def write_text(chunks: str | Iterable[str]) -> None:
    """Write text to stdout in UTF-8 and flush it. A lone surrogate is written as a question mark."""
    write_chunks((chunks,) if isinstance(chunks, str) else chunks)


def write_chunks(chunks: Iterable[str | bytes]) -> None:
    """Write text and bytes to stdout and flush it; a closed stdout takes nothing."""
    stdout = sys.stdout
    if stdout is None:
        return
    binary = getattr(stdout, "buffer", None)
    for chunk in chunks:
        if binary is None:
            stdout.write(chunk if isinstance(chunk, str) else chunk.decode("utf-8", "replace"))
        else:
            binary.write(chunk.encode("utf-8", "replace") if isinstance(chunk, str) else chunk)
    stdout.flush()


def _arranged(rows: list[Any], page: Page) -> list[Any]:
    """Sort and cut a list as the options say. A record without the field goes last, in both directions."""
    if page.sort and rows:
        name = page.sort.removeprefix("-")
        field = _field(_fields(rows), name)
        keyed = [(_sort_key(plain(field.value(row))), row) for row in rows]
        present = [pair for pair in keyed if pair[0] is not None]
        present.sort(key=lambda pair: pair[0], reverse=page.sort.startswith("-"))
        rows = [row for _, row in present] + [row for key, row in keyed if key is None]
    return rows if page.limit is None else rows[: page.limit]


def _sort_key(value: Any) -> Any:
    """Return a key that orders mixed values: numbers, then text without regard to case and accents."""
    if isinstance(value, dict):
        if set(value) == {"amount", "currency"}:
            value = float(value["amount"])
        else:
            value = next(iter(value.get(key) for key in ("value", "name", "text", "id") if value.get(key)), None)
    if isinstance(value, list):
        value = _sort_key(value[0]) if value else None
        return value
    if value is None or value == "":
        return None
    if isinstance(value, (int, float)):
        return (0, value, "")
    import unicodedata

    text = str(value).casefold()
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return (1, bare, text)


def _notes(total: int, shown: int, page: Page) -> list[Note]:
    if page.format not in ("table", "md"):
        return []
    if not total:
        return [Note("Nothing found.")]
    if shown < total:
        return [Note("{shown} of {total} shown; --limit {total} shows all.", shown=shown, total=total)]
    return []


def _fields(rows: Sequence[Any]) -> tuple[Field, ...]:
    """Return the fields of a list: those of its first record, or the keys of all its dicts."""
    if rows and isinstance(rows[0], _SCALARS):
        return (Field("value", "Value", get=lambda item: item),)
    if rows and isinstance(rows[0], dict):
        keys: dict[str, None] = {}
        for row in rows:
            keys.update(dict.fromkeys(row))
        return fields_of(keys)
    return fields_of(rows[0]) if rows else ()


def _field(fields: Sequence[Field], name: str) -> Field:
    """Return the field of that name; `company.name` and `custom.x` look into a value."""
    for field in fields:
        if field.name == name:
            return field
    first, dot, rest = name.partition(".")
    if dot:
        outer = _field(fields, first)
        return Field(name, name, get=lambda record: _inside(plain(outer.value(record)), rest))
    from difflib import get_close_matches

    near = get_close_matches(name, [field.name for field in fields], n=1)
    known = ", ".join(field.name for field in fields)
    hint = "Did you mean “{near}”?" if near else "There are: {known}."
    raise UsageError("There is no field “{name}”.", name=name, hint=hint, near=near[0] if near else "", known=known)


def _inside(value: Any, path: str) -> object:
    if isinstance(value, list):
        return [_inside(item, path) for item in value]
    for step in path.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    found: object = value
    return found


def _chosen(fields: Sequence[Field], page: Page, *, all_of_them: bool) -> list[Field]:
    if page.columns:
        return [_field(fields, name) for name in page.columns]
    return [field for field in fields if field.listed or all_of_them]


def _rows_text(rows: list[Any], page: Page) -> Iterator[str]:
    """Yield the text of a list."""
    if page.format == "json":
        lines = [_json_line(row, page) for row in rows]
        yield "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"
    elif page.format == "jsonl":
        yield from (_json_line(row, page) + "\n" for row in rows)
    elif page.format == "ids":
        yield from (line + "\n" for line in map(_id_of, rows) if line not in page.hidden_ids)
    elif page.format in ("csv", "tsv"):
        yield from _delimited(rows, page)
    elif rows:
        yield from (line + "\n" for line in _table_lines(rows, page))


def _json_line(record: Any, page: Page) -> str:
    if not page.columns or isinstance(record, _SCALARS):
        return dumps(plain(record, page.hidden_ids))
    fields = fields_of(record)
    chosen = {field.name: field.value(record) for field in (_known(fields, record, name) for name in page.columns)}
    return dumps(plain(chosen, page.hidden_ids))


def _known(fields: Sequence[Field], record: Any, name: str) -> Field:
    """Return a declared field, or an attribute of the record that has no column."""
    if not isinstance(record, dict) and name in attribute_names(type(record)):
        return Field(name, name)
    return _field(fields, name)


def _id_of(record: Any) -> str:
    value = record.get("id") if isinstance(record, dict) else getattr(record, "id", None)
    if not isinstance(value, str):
        raise UsageError("This result has no ids.", hint="Choose another --format.")
    return value


def _delimited(rows: list[Any], page: Page) -> Iterator[str]:
    from crm_cli.output_cells import data_cell
    from crm_cli.output_csv import delimited

    chosen = _chosen(_fields(rows), page, all_of_them=True)
    header = [field.name for field in chosen] or page.columns

    def cells() -> Iterator[list[tuple[str, bool]]]:
        for row in rows:
            record = {field.name: field.value(row) for field in chosen}
            values = plain(record, page.hidden_ids)
            assert isinstance(values, dict)
            yield [(data_cell(value), isinstance(value, (int, float))) for value in values.values()]

    if header:
        yield from delimited(header, cells(), delimiter="\t" if page.format == "tsv" else ",", excel=page.excel)


def _table_lines(rows: list[Any], page: Page) -> Iterator[str]:
    from crm_cli.i18n import t

    if isinstance(rows[0], _SCALARS):
        from crm_cli.domain.display import clean_line

        yield from (clean_line(page.cell(row)) for row in rows)
        return
    chosen = _chosen(_fields(rows), page, all_of_them=False)
    if not page.columns:
        # A column without a single value only takes room from the others.
        chosen = [field for field in chosen if any(_is_filled(field.value(row)) for row in rows)]
    cells = [[page.cell(field.value(row), field.kind) for field in chosen] for row in rows]
    _shorten_ids(chosen, cells, page)
    if page.lines:
        from crm_cli import output_lines

        own_id = next((index for index, field in enumerate(chosen) if field.name == "id"), None)
        yield from output_lines.rows([t(field.heading) for field in chosen], cells, ref=own_id)
        return
    from crm_cli.output_table import Column, markdown, table

    columns = [Column(t(field.heading), fixed=field.kind in _WHOLE, right=field.kind in _RIGHT) for field in chosen]
    if page.format == "md":
        yield from markdown(columns, cells)
    else:
        yield from table(columns, cells, page.width, color=page.color)


def _is_filled(value: object) -> bool:
    return value is not None and value != "" and value != () and value != [] and value != {}


def _shorten_ids(fields: Sequence[Field], cells: list[list[str]], page: Page) -> None:
    for index, field in enumerate(fields):
        if field.kind == "id":
            short = page.short_ids([row[index] for row in cells])
            for row in cells:
                row[index] = "" if row[index] in page.hidden_ids else short.get(row[index], row[index])


def _one_text(value: Any, page: Page) -> Iterator[str]:
    """Yield the text of a value that is no list."""
    if page.format in ("json", "jsonl"):
        yield _json_line(value, page) + "\n" if value is not None else "null\n"
    elif value is None:
        return
    elif isinstance(value, _SCALARS):
        from crm_cli.domain.display import clean_lines

        yield from (line + "\n" for line in clean_lines(page.cell(value)))
    elif page.format in ("csv", "tsv", "ids"):
        yield from _rows_text([value], page)
    else:
        yield from (line + "\n" for line in _card_lines(value, page))


def _card_lines(value: Any, page: Page) -> Iterator[str]:
    from crm_cli.domain.display import clean_line
    from crm_cli.i18n import t

    own = card_of(value)
    if own is not None and not page.columns:
        lines: Iterator[str] = (clean_line(line) for line in own(value, page))
        if page.lines:
            from crm_cli import output_lines

            lines = output_lines.page(lines)
        yield from lines
        return
    chosen = _chosen(fields_of(value), page, all_of_them=True)
    cells = [[page.cell(field.value(value), field.kind) for field in chosen]]
    _shorten_ids(chosen, cells, page)
    pairs = [(t(field.heading), cell) for field, cell in zip(chosen, cells[0], strict=True)]
    if page.lines:
        from crm_cli import output_lines

        yield from output_lines.card(pairs)
        return
    from crm_cli.output_table import card, markdown_text

    if page.format == "md":
        yield from (f"- **{markdown_text(heading)}**: {markdown_text(cell)}" for heading, cell in pairs if cell)
    else:
        yield from card(pairs, color=page.color)


def _stream_text(item: Any, page: Page) -> Iterator[str]:
    """Yield one item of an endless list as it comes: one JSON object or one line."""
    if page.format in ("json", "jsonl"):
        yield _json_line(item, page) + "\n"
    elif page.format in ("table", "md"):
        from crm_cli.domain.display import clean_line

        chosen = _chosen(fields_of(item), page, all_of_them=False)
        cells = (page.cell(field.value(item), field.kind) for field in chosen)
        yield ("; " if page.lines else "  ").join(clean_line(cell) for cell in cells if cell) + "\n"
    else:
        yield from _rows_text([item], page)
