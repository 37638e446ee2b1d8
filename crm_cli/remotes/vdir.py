"""A folder of one-item files, as khal, khard, todoman and vdirsyncer share it (the vdir storage format).

A file is written beside its place, forced to the disk and moved there: a reader never sees half of one, and what a sync
has noted as done is still there after a power failure. Otherwise its absence would be read as a deletion.
"""

from __future__ import annotations

import os
from urllib.parse import quote, unquote_to_bytes, urlsplit

from crm_cli.errors import NotFound, RemoteError, UsageError
from crm_cli.remotes.remote import CONTACTS, EVENTS, KINDS, Changed, Changes, Found

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SCHEME = "file"
_PREFIX = "vdir:"
_ENDINGS = {CONTACTS: ".vcf", EVENTS: ".ics"}
_NEW_MODE = 0o700
_LARGEST = 64 * 1024 * 1024
_NAME_LENGTH = 100
# What khal and phones paint a calendar in until its owner chooses; vdirsyncer carries it to the server.
_COLOR = "#2E7D32"
_LISTED = "listed"
# What a file is called while it is written, and how long after its last byte nobody writes it any more.
_BEGINS, _ENDS = ".crm-", ".tmp"
_LEFT_SECONDS = 3600


def is_address(text: str) -> bool:
    """Tell whether a person means a folder: `vdir:PATH`, `file:` address, a path that is there or can be made."""
    text = text.strip()
    if text.startswith((_PREFIX, f"{_SCHEME}:", "/", "./", "../", "~")) or text in (".", ".."):
        return True
    return "://" not in text and (os.path.isdir(text) or os.path.isdir(os.path.dirname(text)))


def checked_address(text: str) -> str:
    """Return the `file:` address of a folder, which need not be there yet; raises UsageError, NotFound."""
    text = text.strip()
    if text.startswith(f"{_SCHEME}:"):
        parts = urlsplit(text)
        if parts.netloc not in ("", "localhost"):
            raise UsageError("{url} is a folder on another computer.", url=text, hint="Give the path of a folder here.")
        path = os.fsdecode(unquote_to_bytes(parts.path))
    else:
        path = os.path.expanduser(text.removeprefix(_PREFIX))
    path = os.path.realpath(path)
    if os.path.exists(path) and not os.path.isdir(path):
        raise UsageError("{path} is a file.", path=path, hint="Name the folder it is in.")
    if not os.path.isdir(os.path.dirname(path)):
        raise NotFound("There is no folder “{path}”.", path=os.path.dirname(path))
    return f"{_SCHEME}://{quote(os.fsencode(path))}"


def path_of(address: str) -> str:
    """Return the path of a folder's address."""
    return os.fsdecode(unquote_to_bytes(urlsplit(address).path))


def short_name(address: str) -> str:
    """Return the name of a folder, to call it by."""
    return _printable(os.path.basename(path_of(address))) or "vdir"


def discover(address: str, kinds: tuple[str, ...]) -> list[Found]:
    """Return the folder of an address as a collection, or those in it; raises UsageError where its kind is unknown.

    An empty or missing folder is one of the only kind asked for.
    """
    path = path_of(address)
    own = [kind for kind in kinds if _holds(path, kind)]
    if not own and os.path.isdir(path):
        below = [entry.path for entry in os.scandir(path) if entry.is_dir() and not entry.name.startswith(".")]
        found = [_found(one, kind) for one in sorted(below) for kind in kinds if _holds(one, kind)]
        if found:
            return found
    own = own or list(kinds)
    if len(own) > 1:
        raise UsageError(
            "{path} may hold contacts or appointments.", path=path, hint="--kind contact or --kind event says which."
        )
    return [_found(path, own[0])]


def _holds(path: str, kind: str) -> bool:
    return any(True for _ in _items(path, kind))


def tidy(path: str) -> None:
    """Remove the half files of ours from a folder; one as young as this may be written at this moment."""
    import re
    import time

    ours = re.compile(rf"{re.escape(_BEGINS)}[a-z0-9_]+{re.escape(_ENDS)}")
    try:
        with os.scandir(path) as entries:
            left = [entry.path for entry in entries if ours.fullmatch(entry.name)]
    except OSError:
        return
    for file in left:
        try:
            if os.lstat(file).st_mtime < time.time() - _LEFT_SECONDS:
                os.unlink(file)
        except OSError:  # somebody was quicker, or it is not ours to remove
            pass


def _found(path: str, kind: str) -> Found:
    return Found(f"{_SCHEME}://{quote(os.fsencode(path))}", kind, _title(path))


def _title(path: str) -> str | None:
    """Return what the `displayname` file of a folder says."""
    try:
        with open(os.path.join(path, "displayname"), encoding="utf-8", errors="replace") as file:
            return _printable(file.read(200)) or None
    except OSError:
        return None


def _printable(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _items(path: str, kind: str) -> Iterator[os.DirEntry[str]]:
    """Yield the files of a folder that are items: not hidden, not those a client is just writing."""
    try:
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.name.casefold().endswith(_ENDINGS[kind]) and not entry.name.startswith("."):
                    yield entry
    except (FileNotFoundError, NotADirectoryError):
        return


class Folder:
    """A vdir at an address; `kind` is `contact` or `event`.

    An href is a file's name, percent-encoded; an etag its time, size and inode, which another file cannot share.
    """

    # Files are forced to the disk side by side, which costs little more than one.
    lanes = 8
    components: frozenset[str] | None = None

    def __init__(self, address: str, kind: str) -> None:
        if kind not in KINDS:
            raise ValueError(kind)
        self.path = path_of(address)
        self.kind = kind

    def __enter__(self) -> Folder:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is held open."""

    def changes(self, state: str | None) -> Changes:
        """Return the etags of all files; a folder that was there once and is not now is an error, not empty."""
        is_there = os.path.isdir(self.path)
        if not is_there and state is not None:
            raise RemoteError(
                "There is no folder “{path}” any more.", path=self.path, hint="Is its disk there? Else crm sync remove."
            )
        etags = {}
        try:
            for entry in _items(self.path, self.kind):
                etag = self._etag(entry.path)
                if etag is not None:
                    etags[_href(entry.name)] = etag
        except OSError as error:
            raise self._failed(error) from None
        return Changes(etags, set(), whole=True, state=_LISTED if is_there else None)

    def fetch(self, hrefs: Iterable[str]) -> Iterator[tuple[str, str, str]]:
        """Yield (href, etag, body) of the files that exist; one that is larger than 64 MB counts as empty."""
        for href in hrefs:
            try:
                with open(self._file(href), "rb") as file:
                    before = _state(os.fstat(file.fileno()))
                    body = file.read(_LARGEST + 1)
                    after = _state(os.fstat(file.fileno()))
            except FileNotFoundError:
                continue
            except OSError as error:
                raise self._failed(error) from None
            if before == after:  # else somebody writes into it at this moment
                yield href, after, "" if len(body) > _LARGEST else _text(body)

    def put(self, href: str, body: bytes, *, etag: str | None) -> str:
        """Write a file, a new one with `etag=None`; return its etag. Raises Changed."""
        try:
            return self._put(href, body, etag)
        except OSError as error:
            raise self._failed(error) from None

    def _put(self, href: str, body: bytes, etag: str | None) -> str:
        import tempfile

        self._make_folder()
        path = os.path.realpath(self._file(href))
        folder = os.path.dirname(path)
        handle, made = tempfile.mkstemp(prefix=_BEGINS, suffix=_ENDS, dir=folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(body)
                file.flush()
                if etag is not None:
                    os.fchmod(file.fileno(), _mode(path))
                os.fsync(file.fileno())
                now = _state(os.fstat(file.fileno()))
            if etag is None:
                _place_new(made, path)
            elif self._etag(path) != etag:
                raise Changed
            else:
                os.replace(made, path)
        finally:
            if os.path.lexists(made):
                os.unlink(made)
        _force(folder)
        return now

    def _make_folder(self) -> None:
        """Make the folder with its `displayname` and, for appointments, `color` when the first file comes."""
        if os.path.isdir(self.path):
            return
        try:
            os.mkdir(self.path, _NEW_MODE)
        except FileExistsError:
            return
        facts = {"displayname": os.path.basename(self.path)} | ({"color": _COLOR} if self.kind == EVENTS else {})
        for name, value in facts.items():
            with open(os.path.join(self.path, name), "x", encoding="utf-8", errors="replace") as file:
                file.write(value)
        _force(os.path.dirname(self.path))

    def delete(self, href: str, *, etag: str) -> None:
        """Delete a file; one that is gone already is fine. Raises Changed."""
        path = self._file(href)
        found = self._etag(path)
        if found is None:
            return
        if found != etag:
            raise Changed
        try:
            os.unlink(path)
            _force(self.path)
        except FileNotFoundError:
            return
        except OSError as error:
            raise self._failed(error) from None

    def tidy(self) -> None:
        """Remove what a sync that was killed was writing."""
        tidy(self.path)

    def new_href(self, name: str) -> str:
        """Return the href of a new file, called by its UID as the other programs do."""
        safe = "".join(sign if (sign.isalnum() and sign.isascii()) or sign in "-_.@+" else "-" for sign in name)
        return (safe[:_NAME_LENGTH].strip("-.") or "item") + _ENDINGS[self.kind]

    def _file(self, href: str) -> str:
        """Return the path of an href; raises RemoteError for one that is no name of a file in this folder."""
        name = os.fsdecode(unquote_to_bytes(href))
        if os.path.basename(name) != name or name in ("", ".", ".."):
            raise RemoteError("“{href}” is no file of {path}.", href=href, path=self.path)
        return os.path.join(self.path, name)

    def _etag(self, path: str) -> str | None:
        """Return the etag of a file, None where there is none."""
        import stat

        try:
            found = os.stat(path)
        except (FileNotFoundError, NotADirectoryError):
            return None
        return _state(found) if stat.S_ISREG(found.st_mode) else None

    def _failed(self, error: OSError) -> RemoteError:
        path = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else self.path
        return RemoteError("{path} cannot be used: {reason}.", path=path, reason=error.strerror or str(error))


def _href(name: str) -> str:
    return quote(os.fsencode(name))


def _state(found: os.stat_result) -> str:
    return f"{found.st_mtime_ns}-{found.st_size}-{found.st_ino}"


def _mode(path: str) -> int:
    """Return the permissions a file has, for the one that takes its place; raises Changed where it is gone."""
    try:
        return os.stat(path).st_mode & 0o777
    except FileNotFoundError:
        raise Changed from None


def _place_new(made: str, path: str) -> None:
    """Move a file to a name nobody has; raises Changed where somebody has it."""
    try:
        os.link(made, path)
    except FileExistsError:
        raise Changed from None
    except OSError:  # a file system without links
        if os.path.lexists(path):
            raise Changed from None
        os.rename(made, path)


def _force(folder: str) -> None:
    """Force the names of a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _text(body: bytes) -> str:
    """Return the text of a file: UTF-8, or what Windows wrote."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")
