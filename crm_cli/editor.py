"""The user's editor: `VISUAL`, then `EDITOR`, then `vi`; started by an argument list, never through a shell."""

from __future__ import annotations

import os

from crm_cli.errors import UsageError


def edit_file(path: str) -> None:
    """Open a file and wait until the editor ends; raises UsageError where it fails."""
    import shlex
    import subprocess

    editor = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    try:
        subprocess.run([*editor, path], check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise UsageError("The editor {editor} failed: {reason}", editor=editor[0], reason=str(error)) from error


def edit_text(text: str) -> str:
    """Return a text as the user left it in the editor; it is in a private file meanwhile."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="crm-") as folder:
        path = os.path.join(folder, "log.txt")
        with open(path, "w", encoding="utf-8", errors="surrogateescape", newline="") as file:
            file.write(text)
        edit_file(path)
        with open(path, encoding="utf-8", errors="surrogateescape", newline="") as file:
            return file.read()
