"""A collection elsewhere, whatever keeps it: what the engine of a sync asks of it, how one is found and opened.

The scheme of an address decides which module that is. Nothing above this one knows of servers or folders.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager
    from typing import Protocol

CONTACTS, EVENTS = "contact", "event"
KINDS = (CONTACTS, EVENTS)


class Changes:
    """What is new in a collection.

    `etags` holds resources by href: all of them where `whole`, else those changed since the state that was given;
    `gone` those deleted since. `state` is an opaque text to ask with the next time, None where there is none.
    """

    __slots__ = ("etags", "gone", "state", "whole")

    def __init__(self, etags: dict[str, str], gone: set[str], *, whole: bool, state: str | None) -> None:
        self.etags = etags
        self.gone = gone
        self.whole = whole
        self.state = state


class Found:
    """A collection: its address, what is in it (`contact` or `event`), what its owner calls it.

    `components` are those it takes (`VEVENT`, `VTODO`, `VJOURNAL`), None where it does not say.
    """

    __slots__ = ("components", "kind", "title", "url")

    def __init__(self, url: str, kind: str, title: str | None, components: frozenset[str] | None = None) -> None:
        self.url = url
        self.kind = kind
        self.title = title
        self.components = components


class Changed(Exception):
    """The resource is another by now: somebody wrote it, deleted it, or took its name."""


class Refused(Exception):
    """The other side does not take what was sent; `status` is its answer."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


if TYPE_CHECKING:

    class Remote(Protocol):
        """One collection. An href names a resource in it, an etag a state of that; both are opaque outside.

        `lanes` says how many `put` and `delete` may run at the same time, each in a thread of its own. `components`
        is as in `Found`, and known once `changes` has answered. Every method raises RemoteError where the other side
        fails as a whole.
        """

        lanes: int
        components: frozenset[str] | None

        def changes(self, state: str | None) -> Changes:
            """Return what changed since a state; without one, or where it is too old, all there is."""

        def tidy(self) -> None:
            """Take away what a sync of ours that was killed left behind there."""

        def fetch(self, hrefs: Iterable[str]) -> Iterator[tuple[str, str, str]]:
            """Yield (href, etag, body) of those that exist."""

        def put(self, href: str, body: bytes, *, etag: str | None) -> str | None:
            """Write a resource, a new one with `etag=None`; return its etag, None where the body may be another now.

            Raises Changed where it is not (or, being new, already is) what the etag says, Refused.
            """

        def delete(self, href: str, *, etag: str) -> None:
            """Delete a resource; one that is gone already is fine. Raises Changed, Refused."""

        def new_href(self, name: str) -> str:
            """Return the href of a new resource; the name is made safe for one."""


def checked_address(text: str) -> str:
    """Return the address of what a person typed; raises UsageError or RemoteError for one that can't be used."""
    from crm_cli.remotes import vdir

    if vdir.is_address(text):
        return vdir.checked_address(text)
    from crm_cli.remotes.dav_discovery import checked_url

    return checked_url(text)


def short_name(address: str) -> str:
    """Return what to call a collection whose owner gives it no name."""
    from crm_cli.remotes import vdir

    if vdir.is_address(address):
        return vdir.short_name(address)
    from crm_cli.remotes.dav_discovery import host_name

    return host_name(address)


def discover(address: str, kinds: tuple[str, ...], *, user: str | None, password: str | None) -> list[Found]:
    """Return the collections an address leads to, one at least; raises RemoteError."""
    from crm_cli.remotes import vdir

    if vdir.is_address(address):
        return vdir.discover(address, kinds)
    from crm_cli.remotes.dav_discovery import discover as discover_dav
    from crm_cli.remotes.http import Session

    with Session(address, user=user, password=password) as session:
        return discover_dav(session, address, kinds)


def opened(address: str, kind: str, *, user: str | None, password: str | None) -> AbstractContextManager[Remote]:
    """Open a collection; what it needs is let go at the end of the context."""
    from crm_cli.remotes import vdir

    if vdir.is_address(address):
        return vdir.Folder(address, kind)
    from crm_cli.remotes.dav import Collection
    from crm_cli.remotes.http import Session

    return Collection(Session(address, user=user, password=password), address, kind)
