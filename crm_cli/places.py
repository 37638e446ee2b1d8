"""Where the program keeps its files.

`CRM_HOME` puts everything under one folder; else the XDG folders of the system. On Linux they are computed here,
because platformdirs costs a tenth of a `crm log`; other systems ask platformdirs.
"""

from __future__ import annotations

import os
import sys

_XDG = {
    "config": ("XDG_CONFIG_HOME", (".config",)),
    "data": ("XDG_DATA_HOME", (".local", "share")),
    "state": ("XDG_STATE_HOME", (".local", "state")),
    "cache": ("XDG_CACHE_HOME", (".cache",)),
}


def folder(purpose: str) -> str:
    """Return the folder for `config`, `data`, `state` or `cache`; it may not exist yet."""
    home = os.environ.get("CRM_HOME")
    if home:
        below = purpose if purpose in ("state", "cache") else ""
        return os.path.join(os.path.abspath(os.path.expanduser(home)), below).rstrip(os.sep)
    if not sys.platform.startswith("linux"):
        import platformdirs

        return str(getattr(platformdirs, f"user_{purpose}_dir")("crm", appauthor=False))
    variable, default = _XDG[purpose]
    base = os.environ.get(variable, "")
    # The XDG specification: a relative path is invalid and to be ignored.
    if not os.path.isabs(base):
        base = os.path.join(os.path.expanduser("~"), *default)
    return os.path.join(base, "crm")


def config_file() -> str:
    """Return the path of `config.toml`."""
    return os.environ.get("CRM_CONFIG") or os.path.join(folder("config"), "config.toml")


def database_file(given: str | None) -> str:
    """Return the path of the store: `--db`, `CRM_DB` or the default place."""
    return given or os.environ.get("CRM_DB") or os.path.join(folder("data"), "crm.db")
