"""How an import that was tried out is told: the counts, what is refused, and a line for each record and field."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from textual.content import Content

from crm_cli import wording
from crm_cli.domain.display import control_pictures, count_controls
from crm_cli.domain.transfer import ADD, SKIP, UPDATE
from crm_cli.i18n import t
from crm_cli.services import import_review
from crm_cli.tui import evidence_text
from crm_cli.tui.text_guard import LONGEST_LINE, content
from crm_cli.tui.widgets.record_list import Line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from crm_cli.services.import_evidence import Alike
    from crm_cli.services.import_review import Case, FieldCase
    from crm_cli.services.transfer import Imported

_REFUSED_SHOWN = 50
_ALIKE_SHOWN = 5
_LOOKED_THROUGH = 100_000  # characters; a note of megabytes must not hold a key up
_LABELS = {
    "name": "Name",
    "company": "Company",
    "title": "Position",
    "department": "Department",
    "nickname": "Nickname",
    "salutation": "Salutation",
    "emails": "E-mail",
    "phones": "Phone",
    "addresses": "Address",
    "links": "Web",
    "birthday": "Birthday",
    "tags": "Tags",
    "notes": "Notes",
}
_CHOICES = {import_review.OURS: "as here", import_review.THEIRS: "as in the file", import_review.BOTH: "both"}
_ANSWERS = {UPDATE: "changed", SKIP: "left alone", ADD: "another one"}


def report(result: Imported, review: import_review.Review, resumed: int) -> Content:
    """Return what the trial found; `resumed` counts the records decided in an earlier run."""
    counted = t(
        "{new} new · {changed} changed · {same} the same · {refused} refused",
        new=wording.number(result.new),
        changed=wording.number(result.changed),
        same=wording.number(result.same),
        refused=wording.number(len(result.refused)),
    )
    lines = [content(counted, "bold"), *_alike(len(result.pairs), review.alike), *_refused(result)]
    lines.append(content(t("Nothing is written yet. All of it is one change, which u takes back.")))
    if review.cases:
        count = wording.number(len(review.cases))
        lines.append(content(t("Of {count:record|records} the file says other things:", count=count)))
    if resumed:
        lines.append(content(t("What you decided for {count:record|records} is kept.", count=wording.number(resumed))))
    return Content("\n").join(lines)


def _alike(count: int, shown: list[Alike]) -> Iterator[Content]:
    """Yield what comes new and looks like a record that is here."""
    if count:
        yield content(t("{count:looks like a record that is|look like records that are} here.", count=count))
    for pair in shown[:_ALIKE_SHOWN]:
        names = pair.name if pair.name == pair.other_name else f"{pair.name} ~ {pair.other_name}"
        yield content(f"  {names}  {evidence_text.words(pair.evidence)}", "$text-muted")
    if count:
        yield content(t("After the import Duplicates in the palette compares them."), "$text-muted")


def _refused(result: Imported) -> Iterator[Content]:
    for item in result.refused[:_REFUSED_SHOWN]:
        yield content(f"! {os.path.basename(item.file)}:{item.line}  {t(item.reason)}", "$error")
    if len(result.refused) > _REFUSED_SHOWN:
        yield content(t("{count} more", count=wording.number(len(result.refused) - _REFUSED_SHOWN)), "$error")
    if result.refused:
        yield content(t("What is refused stays in the file; the rest comes in."))


def keys(decide: bool) -> str:
    """Return the line of keys; with cases to `decide` theirs too."""
    if not decide:
        return t("W write  Esc leave")
    return t(
        "← as here  → as in the file  b both  s leave alone  n add  A only what is sure  {keys}",
        keys=t("W write  Esc leave, decisions stay"),
    )


def line_of(case: Case) -> Line:
    """Return the line of a record: how sure it is, its name here and, where it is another, in the file."""
    other = case.other_name if case.other_name != case.name else ""
    return Line((percent(case), case.name, other, t(_ANSWERS[case.answer])))


def line_of_field(case: Case, field: FieldCase) -> Line:
    """Return the line of a field: both values, and what becomes of it."""
    label = t(_LABELS[field.name]) if field.name in _LABELS else field.name.rpartition(".")[2]
    if case.answer != UPDATE:
        becomes = ""
    else:
        becomes = t(_CHOICES[field.choice]) if field.choice else t("merged")
    values = (control_pictures(text(value)[: LONGEST_LINE + 1]) for value in (field.ours, field.theirs))
    return Line((f"  {label}", *values, becomes))


def percent(case: Case) -> str:
    """Return how sure it is that the item is this record."""
    return "" if case.score is None else evidence_text.percent(case.score, is_certain=case.score == 1)


def why(case: Case, field: FieldCase | None) -> str:
    """Return why an item is taken for this record, and what is odd about the text of a field."""
    said = "  ".join(part for part in (percent(case), evidence_text.words(case.evidence)) if part)
    values = () if field is None else (field.ours, field.theirs)
    hidden = sum(count_controls(text(value)[:_LOOKED_THROUGH]) for value in values)
    if hidden:
        odd = t("{count:control character is|control characters are} shown, not run.", count=wording.number(hidden))
        return f"{odd}  {said}"
    return said


def text(value: Any) -> str:
    """Return a fact as one text: items by their values, an address by its parts."""
    if isinstance(value, list):
        return ", ".join(map(text, value))
    if isinstance(value, dict):
        parts = (value[name] for name in ("value", "name", "street", "postcode", "city", "country") if name in value)
        return " ".join(map(str, parts))
    return str(value) if value not in (None, "") else "–"
