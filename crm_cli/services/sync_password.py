"""Where the password of a collection comes from: environment, a command of the user's, the keyring; never from us."""

from __future__ import annotations

import os

from crm_cli.errors import RemoteError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.domain.sync import SyncCollection

COMMAND_SECONDS = 60
KEYRING_SERVICE = "crm"


def variable(name: str) -> str:
    """Return the environment variable of a collection: `CRM_TEAM_PHONE_PASSWORD` for `team-phone`."""
    return f"CRM_{''.join(sign if sign.isalnum() else '_' for sign in name.upper())}_PASSWORD"


def password(collection: SyncCollection) -> str | None:
    """Return the password, None for a collection without a user. Raises RemoteError where none is found.

    The command is run without a shell; the first line it prints is the password.
    """
    if collection.user is None:
        return None
    given = os.environ.get(variable(collection.name))
    if given:
        return given
    if collection.password_command:
        return _from_command(collection.password_command)
    stored = _from_keyring(collection.name, collection.user)
    if stored:
        return stored
    raise RemoteError(
        "There is no password for {name}.",
        name=collection.name,
        variable=variable(collection.name),
        hint="Set {variable}, or give --password-command, or put it into the keyring (service crm).",
    )


def _from_command(command: str) -> str:
    import shlex
    import subprocess

    try:
        words = shlex.split(command)
        done = subprocess.run(
            words, stdin=subprocess.DEVNULL, capture_output=True, timeout=COMMAND_SECONDS, check=False
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise RemoteError("The password command failed: {reason}.", reason=reason) from None
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    if done.returncode or not lines or not lines[0]:
        raise RemoteError("The password command failed: {reason}.", reason=f"exit {done.returncode}")
    return lines[0]


def _from_keyring(name: str, user: str) -> str | None:
    from importlib import import_module

    try:
        keyring = import_module("keyring")
    except ModuleNotFoundError:
        return None
    try:
        stored = keyring.get_password(KEYRING_SERVICE, f"{name}:{user}") or keyring.get_password(KEYRING_SERVICE, name)
    except Exception:  # a keyring without a secret service raises errors of its own kinds
        return None
    return None if stored is None else str(stored)
