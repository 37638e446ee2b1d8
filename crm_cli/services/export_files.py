"""Put exports into files: whole or not at all, private, and never through a symbolic link by chance."""

from __future__ import annotations

import os
import re

from crm_cli.errors import Conflict, NotFound, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from crm_cli.domain.draft import ContactDraft

_UNSAFE = re.compile(r"[^\w.@+-]+")
_NAME_LENGTH = 80


def write_file(path: str, chunks: Iterable[bytes], *, force: bool = False, keep_mode: bool = False) -> None:
    """Write a file beside its place and move it there; raises Conflict for a symbolic link unless `force`.

    With `force` the link stays and what it points to is replaced. The file is private, unless `keep_mode` lets it have
    the permissions of the one it replaces.
    """
    if os.path.islink(path):
        if not force:
            raise Conflict("{path} is a symbolic link.", path=path, hint="--force writes to where it points.")
        path = os.path.realpath(path)
    if os.path.isdir(path):
        raise UsageError("{path} is a folder.", path=path, hint="Name a file in it.")
    folder = os.path.dirname(path) or "."
    if not os.path.isdir(folder):
        raise NotFound("There is no folder “{path}”.", path=folder)
    import tempfile

    handle, made = tempfile.mkstemp(prefix=".crm-", suffix=".tmp", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            if keep_mode and os.path.exists(path):
                os.fchmod(file.fileno(), os.stat(path).st_mode & 0o777)
            os.fsync(file.fileno())
        os.replace(made, path)
    except BaseException:
        os.unlink(made)
        raise


def write_folder(
    folder: str, drafts: Iterable[ContactDraft], *, version: str, named: bool, force: bool = False
) -> tuple[int, int]:
    """Write each card to a file of its own; return how many there are, and how many were as they should be already.

    A card whose UID a file of the folder holds goes to that file. New ones are called by their UID, as vdirsyncer and
    khard do, or with `named` by the record's name. Files of other cards stay.
    """
    from crm_cli.remotes import vdir
    from importers.vcard_write import CardWriter, text_of

    os.makedirs(folder, mode=0o700, exist_ok=True)
    vdir.tidy(folder)
    known = _known_files(folder)
    taken = {name.casefold() for name in os.listdir(folder)}
    writer = CardWriter(version, strict=True)
    count = unchanged = 0
    for draft in drafts:
        count += 1
        body = writer.write(text_of(draft), uid=draft.uid)
        name = known.pop(draft.uid or "", None)
        if name is None:
            name = _free_name(draft.name if named else draft.uid or draft.name, taken)
        path = os.path.join(folder, name)
        if _holds(path, body):
            unchanged += 1
        else:
            write_file(path, [body], force=force)
    return count, unchanged


def _known_files(folder: str) -> dict[str, str]:
    """Return UID -> file of the cards in a folder."""
    from importers import vcard

    found: dict[str, str] = {}
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if name.startswith(".") or not name.lower().endswith(".vcf") or not os.path.isfile(path):
            continue
        with open(path, "rb") as file:
            for item in vcard.read(file, source=name):
                uid = getattr(item, "uid", None)
                if uid:
                    found.setdefault(uid, name)
    return found


def _free_name(text: str, taken: set[str]) -> str:
    stem = _UNSAFE.sub("-", text).strip("-.")[:_NAME_LENGTH] or "card"
    name, number = f"{stem}.vcf", 2
    while name.casefold() in taken:
        name = f"{stem}-{number}.vcf"
        number += 1
    taken.add(name.casefold())
    return name


def _holds(path: str, body: bytes) -> bool:
    try:
        with open(path, "rb") as file:
            return file.read() == body
    except FileNotFoundError:
        return False
