"""The writing requests of a sync: several at a time where the other side takes them, each with an answer of its own."""

from __future__ import annotations

from functools import partial

from crm_cli.domain import sync
from crm_cli.errors import RemoteError
from crm_cli.remotes.remote import Changed, Refused
from crm_cli.services.sync_side import Unsendable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future

    from crm_cli.remotes.remote import Remote
    from crm_cli.services.sync_side import Side
    from crm_cli.services.sync_work import Work

    Request = Callable[[], str | None]

ANSWERS = (Changed, Refused)


class Sender:
    """Sends items to one collection. Only requests run in other threads; the store is asked in this one."""

    def __init__(self, remote: Remote, side: Side) -> None:
        self.remote = remote
        self.side = side

    def send(self, works: Sequence[Work]) -> Iterator[tuple[Work, Exception | None]]:
        """Do what items ask of the other side; yield each with None, Changed, Refused or Unsendable.

        Raises RemoteError, after all items that were answered until then.
        """
        asked: list[tuple[Work, Request]] = []
        for work in works:
            try:
                request = self._request(work)
            except Unsendable as error:
                yield work, error
                continue
            if request is None:
                yield work, None
            else:
                asked.append((work, request))
        if self.remote.lanes > 1 and len(asked) > 1:
            yield from self._side_by_side(asked)
        else:
            for work, request in asked:
                yield work, _answered(work, request)

    def _side_by_side(self, asked: Sequence[tuple[Work, Request]]) -> Iterator[tuple[Work, Exception | None]]:
        from concurrent.futures import ThreadPoolExecutor

        failure: RemoteError | None = None
        with ThreadPoolExecutor(self.remote.lanes) as pool:
            try:
                sent = [(work, pool.submit(request)) for work, request in asked]
                for work, answer in sent:
                    if answer.cancelled():
                        continue
                    try:
                        yield work, _answered(work, answer.result)
                    except RemoteError as error:
                        failure = failure or error
                        _drop(sent)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        if failure is not None:
            raise failure

    def _request(self, work: Work) -> Request | None:
        """Return what is to be asked for an item, None where it concerns the store alone. Raises Unsendable."""
        remote, etag = self.remote, work.etag
        if work.drop:
            assert work.item is not None
            return partial(remote.delete, work.item.href, etag=etag)
        if work.put is None:
            return None
        assert work.uid is not None
        work.sent_text, body = self.side.body(work.uid, work.put_text, work.put)
        if work.is_new:
            name = self.side.resource_name(work.uid)
            href = remote.new_href(f"{name}-{work.uid}" if work.name_taken else name)
            work.step = sync.Step(work.step.action, href, work.uid)
        return partial(remote.put, work.href, body, etag=None if work.is_new else etag)


def _answered(work: Work, request: Request) -> Exception | None:
    try:
        etag = request()
    except ANSWERS as error:
        return error
    if work.put is not None:
        work.put_text, work.etag = work.sent_text, etag or ""
    return None


def _drop(sent: Sequence[tuple[Work, Future[str | None]]]) -> None:
    """Take back the requests that have not been begun."""
    for _, answer in sent:
        answer.cancel()
