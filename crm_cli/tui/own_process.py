"""The program itself as another process: for work a key must be able to end, and for commands of the shell."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import crm_cli

_ROOT = os.path.dirname(os.path.dirname(os.path.abspath(crm_cli.__file__)))
# `-m` would look for the package in the current folder first.
_PROGRAM = "import sys; sys.path.insert(0, sys.argv.pop(1)); from crm_cli.app import main; raise SystemExit(main())"


def arguments(words: Sequence[str]) -> list[str]:
    """Return what starts `crm WORDS` with this interpreter, whatever the current folder holds."""
    return [sys.executable, "-P", "-c", _PROGRAM, _ROOT, *words]
