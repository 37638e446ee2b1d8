"""`crm config`: show and change the settings."""

from __future__ import annotations

import os

from crm_cli import config, places
from crm_cli.commands._spec import Command, Note, Outcome, Param
from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.context import AppContext


def show(ctx: AppContext) -> object:
    """List every setting with its value."""
    values = ctx.config
    return [
        config.SettingValue(setting.key, getattr(values, setting.attribute), setting.default, ctx.t(setting.doc))
        for setting in config.settings().values()
    ]


def get(ctx: AppContext, *, key: str) -> object:
    """Return one setting."""
    setting, entry = config.find_setting(key)
    value = getattr(ctx.config, setting.attribute)
    return value if entry is None else value.get(entry)


def set_value(ctx: AppContext, *, key: str, value: str) -> object:
    """Write one setting into the file and keep the rest of it as it is."""
    from crm_cli.config_file import changed, changed_entry, write

    setting, entry = config.find_setting(key)
    path = places.config_file()
    text = config.read_text(path) if os.path.exists(path) else ""
    if entry is None:
        accepted, new_text = changed(text, setting, value, path)
    else:
        accepted, new_text = changed_entry(text, setting, entry, value, path)
    if setting.kind == "keys":
        ctx.open_face("key_table", given=config.parse(new_text, path).keys)
    if not ctx.options.dry_run:
        write(path, new_text)
    return {"key": key, "value": accepted}


def keys(ctx: AppContext) -> object:
    """List what every key of the terminal interface does, with the command that does the same."""
    return ctx.open_face("key_table")


def path(_: AppContext) -> object:
    """Return where the configuration file is."""
    return places.config_file()


def edit(ctx: AppContext) -> object:
    """Open the file in the editor and check it afterwards."""
    from crm_cli.config_file import write
    from crm_cli.editor import edit_file

    if not ctx.can_prompt:
        raise UsageError("An editor needs a terminal.", hint="Use crm config set KEY VALUE.")
    file = places.config_file()
    if not os.path.exists(file):
        write(file, "")
    edit_file(file)
    config.load(file)
    return Outcome(notes=[Note("{path} is in order.", path=file)])


_KEY = Param("key", required=True, help="The setting, such as user.name.", complete="setting")

COMMANDS = (
    Command("config show", show, help="List all settings.", example="crm config show --json"),
    Command("config get", get, [_KEY], help="Print one setting.", example="crm config get user.name"),
    Command(
        "config set",
        set_value,
        [_KEY, Param("value", required=True, help="The value; lists and tables as in TOML.")],
        help="Change one setting.",
        example=[
            'crm config set user.name "Petra Maier"',
            "crm config set state BY",
            "crm config set keys.go.today F2",
        ],
    ),
    Command(
        "config keys",
        keys,
        help="List the keys of the terminal interface, yours too; check them.",
        example="crm config keys",
    ),
    Command("config path", path, help="Print where the file is.", example="crm config path"),
    Command("config edit", edit, help="Open the file in the editor.", example="crm config edit"),
)
