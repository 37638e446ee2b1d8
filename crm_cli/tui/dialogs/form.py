"""Some fields of a record, one line each. Leaving keeps what was typed: there is nothing to forget to save."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from crm_cli.i18n import t
from crm_cli.tui.text_guard import content
from crm_cli.tui.widgets.line_input import LineInput


class FormField:
    """A field: its name for the caller, its English label, what it holds, and what was typed before a refusal."""

    __slots__ = ("label", "name", "typed", "value")

    def __init__(self, name: str, label: str, value: str = "", *, typed: str | None = None) -> None:
        self.name = name
        self.label = label
        self.value = value
        self.typed = value if typed is None else typed


class Form(ModalScreen[dict[str, str]]):
    """Fields one below the other; its value holds those that were changed. Esc and Enter both keep.

    After a refusal (`complaint`) Enter tries again and Esc drops what was typed.
    """

    BINDINGS = [  # noqa: RUF012 - Textual's form
        Binding("escape,ctrl+c", "leave", show=False),
        Binding("down", "step(1)", show=False, priority=True),
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("tab", "step(1)", show=False, priority=True),
        Binding("shift+tab", "step(-1)", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    Form { align: center middle; background: $background 60%;
      #box { width: 90%; max-width: 76; height: auto; border: solid $primary; padding: 0 1; background: $surface;
        Horizontal { height: 1; }
        .label { width: 16; color: $text-muted; }
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
        with Vertical(id="box") as box:
            box.border_title = content(self._title)
            for field in self._fields:
                with Horizontal():
                    yield Static(content(t(field.label)), classes="label", markup=False)
                    yield LineInput(field.typed, id=f"field-{field.name}")
            keys = t("↑ ↓ field  Enter or Esc keep  u takes it back later")
            if self._complaint:
                yield Static(content(self._complaint, "bold $error"), markup=False)
                keys = t("↑ ↓ field  Enter try again  Esc drop what was typed")
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

    def action_keep(self) -> None:
        typed = {field.name: self.query_one(f"#field-{field.name}", LineInput).value.strip() for field in self._fields}
        self.dismiss({field.name: typed[field.name] for field in self._fields if typed[field.name] != field.value})
