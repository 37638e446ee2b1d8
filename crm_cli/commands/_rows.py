"""Records as a file of rows: JSON, JSON Lines, CSV, TSV with the fields of their noun, in bounded memory."""

from __future__ import annotations

from itertools import chain

from crm_cli.fields import fields_of
from crm_cli.output_cells import data_cell
from crm_cli.output_csv import delimited
from crm_cli.output_json import dumps, plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from crm_cli.context import AppContext


def rows(
    ctx: AppContext, records: Iterator[Any], form: str, *, kind_of: Callable[[str], str | None] | None = None
) -> Iterator[bytes]:
    """Yield the file a piece at a time; `--columns` chooses, `--excel` guards.

    In JSON what `kind_of` has a word for, by id, says what it is: firms, groups, places.
    """
    chosen = [name.strip() for name in (ctx.options.columns or "").split(",") if name.strip()]
    if form in ("json", "jsonl"):
        lines = (dumps(_object(record, kind_of and kind_of(record.id), chosen)) for record in records)
        found = _array(lines) if form == "json" else (line + "\n" for line in lines)
    else:
        found = _table(records, chosen, delimiter="\t" if form == "tsv" else ",", excel=ctx.options.excel)
    return (text.encode("utf-8", "replace") for text in found)


def _object(record: Any, kind: str | None, chosen: list[str]) -> dict[str, Any]:
    found = plain(record)
    assert isinstance(found, dict)
    if kind is not None:
        # Without it a firm or a group would come back as a person.
        found = {"id": found.pop("id", None), "kind": kind, **found}
    return {name: found.get(name) for name in chosen} if chosen else found


def _array(lines: Iterator[str]) -> Iterator[str]:
    first = next(lines, None)
    if first is None:
        yield "[]\n"
        return
    yield "[\n" + first
    for line in lines:
        yield ",\n" + line
    yield "\n]\n"


def _table(records: Iterator[Any], chosen: list[str], *, delimiter: str, excel: bool) -> Iterator[str]:
    first = next(records, None)
    if first is None:
        return
    fields = [field for field in fields_of(first) if not chosen or field.name in chosen]
    if chosen:
        fields.sort(key=lambda field: chosen.index(field.name))

    def cells() -> Iterator[list[tuple[str, bool]]]:
        for record in chain((first,), records):
            values = plain({field.name: field.value(record) for field in fields})
            assert isinstance(values, dict)
            yield [(data_cell(value), isinstance(value, (int, float))) for value in values.values()]

    yield from delimited([field.name for field in fields], cells(), delimiter=delimiter, excel=excel)
