"""German and English texts.

The English template is the key. German texts stand in `crm_cli/i18n_de/<area>.py` as `TEXTS`; an area is loaded only
when a text is looked for in German, the likely ones first, because a German `crm log` should not pay for the import's
messages. The process locale is never set.
"""

from __future__ import annotations

import os
import sys

from crm_cli.errors import fill

_language = "en"
_texts: dict[str, str] = {}
_loaded: set[str] = set()
_preferred: list[str] = ["front"]


def detect(given: str | None, configured: str | None) -> str:
    """Return `de` or `en`: `--lang`, `CRM_LANG`, the configuration, `LC_ALL`, `LC_MESSAGES`, `LANG`, in this order."""
    environ = os.environ.get
    for value in (given, environ("CRM_LANG"), configured, environ("LC_ALL"), environ("LC_MESSAGES"), environ("LANG")):
        if value:
            return "de" if value[:2].lower() == "de" else "en"
    return "en"


def use(language: str, *areas: str) -> None:
    """Set the language of this process; `areas` names the catalogues most likely needed."""
    global _language
    _language = language
    _preferred[:] = ["front", *areas]


def language() -> str:
    """Return the language in use."""
    return _language


def t(template: str, /, **params: object) -> str:
    """Return the text in the language in use, its `{places}` filled; an untranslated one stays English."""
    return fill(translated(template), params)


def translated(template: str) -> str:
    """Return the template in the language in use, unfilled."""
    return _german(template) if _language == "de" else template


def _german(template: str) -> str:
    text = _texts.get(template)
    if text is not None:
        return text
    for area in _areas():
        if area not in _loaded:
            _load(area)
            text = _texts.get(template)
            if text is not None:
                return text
    return template


def _areas() -> list[str]:
    """Return the names of all catalogues, the likely ones first."""
    folder = os.path.join(os.path.dirname(__file__), "i18n_de")
    found = sorted(name[:-3] for name in os.listdir(folder) if name.endswith(".py") and name != "__init__.py")
    return [area for area in _preferred if area in found] + [area for area in found if area not in _preferred]


def _load(area: str) -> None:
    name = f"crm_cli.i18n_de.{area}"
    __import__(name)
    _texts.update(sys.modules[name].TEXTS)
    _loaded.add(area)
