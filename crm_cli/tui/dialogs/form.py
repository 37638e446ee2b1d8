"""Some fields of a record, one line each. Leaving keeps what was typed: there is nothing to forget to save."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Input, Static

from crm_cli.errors import CrmError
from crm_cli.i18n import t
from crm_cli.tui.dialogs.dialog import Dialog
from crm_cli.tui.editing import edited
from crm_cli.tui.text_guard import content
from crm_cli.tui.widgets.line_input import LineInput
from crm_cli.tui.widgets.long_input import LongInput
from crm_cli.tui.widgets.scroll_box import ScrollBox


class FormField:
    """A field: its name for the caller, its English label, what it holds, and what was typed before a refusal.

    A `long` one may have several lines; those are changed in the user's editor.
    """

    __slots__ = ("label", "long", "name", "typed", "value")

    def __init__(self, name: str, label: str, value: str = "", *, typed: str | None = None, long: bool = False) -> None:
        self.name = name
        self.label = label
        self.value = value
        self.typed = value if typed is None else typed
        self.long = long

    def again(self, changed: Mapping[str, str]) -> FormField:
        """Return the field as it comes back after a refusal, with what was typed."""
        return FormField(self.name, self.label, self.value, typed=changed.get(self.name), long=self.long)


class Form(Dialog[dict[str, str]]):
    """Fields one below the other; its value holds those that were changed. Esc and Enter both keep.

    After a refusal (`complaint`) Enter tries again and Esc drops what was typed.
    """

    BINDINGS = [  # noqa: RUF012 - Textual's form
        Binding("escape,ctrl+c", "leave", show=False),
        Binding("down", "step(1)", show=False, priority=True),
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("tab", "step(1)", show=False, priority=True),
        Binding("shift+tab", "step(-1)", show=False, priority=True),
        Binding("f4", "editor", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    Form { align: center middle; background: $background 60%;
      #box { width: 90%; max-width: 76; height: auto; max-height: 100%; border: solid $primary;
        padding: 0 1; background: $surface;
        Horizontal { height: 1; }
        .label { width: 20; color: $text-muted; }
        LineInput { width: 1fr; }
      }
    }
    """

    def __init__(self, title: str, fields: Sequence[FormField], *, complaint: str = "") -> None:
        super().__init__()
        self._title = title
        self._fields = fields
        self._complaint = complaint

    def compose(self) -> ComposeResult:
        with ScrollBox(id="box", can_focus=False) as box:
            box.border_title = content(self._title)
            for field in self._fields:
                with Horizontal():
                    yield Static(content(t(field.label)), classes="label", markup=False)
                    yield (LongInput if field.long else LineInput)(field.typed, id=f"field-{field.name}")
            keys = t("↑ ↓ field  Enter or Esc keep  u takes it back later")
            if self._complaint:
                yield Static(content(self._complaint, "bold $error"), markup=False)
                keys = t("↑ ↓ field  Enter try again  Esc drop what was typed")
            if any(field.long for field in self._fields):
                keys = t("F4 editor  {keys}", keys=keys)
            yield Static(content(keys), markup=False)

    def on_mount(self) -> None:
        self.query(LineInput).first().focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_keep()

    def action_step(self, by: int) -> None:
        if by > 0:
            self.focus_next(LineInput)
        else:
            self.focus_previous(LineInput)

    def action_leave(self) -> None:
        if self._complaint:
            self.dismiss({})
        else:
            self.action_keep()

    def action_editor(self) -> None:
        """Change the long field under the cursor, or the only one, in the user's editor."""
        found = list(self.query(LongInput))
        focused = [each for each in found if each.has_focus]
        for each in focused or found[:1]:
            try:
                each.take(edited(self.app, each.text))
            except CrmError as error:
                self.app.tell_error(error)  # type: ignore[attr-defined]

    def action_keep(self) -> None:
        typed = {field.name: self._typed(field) for field in self._fields}
        self.dismiss({field.name: typed[field.name] for field in self._fields if typed[field.name] != field.value})

    def _typed(self, field: FormField) -> str:
        found = self.query_one(f"#field-{field.name}", LineInput)
        return found.text if isinstance(found, LongInput) else found.value.strip()
