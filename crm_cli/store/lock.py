"""The lock file beside the store: one writer at a time, and checkpoints only by the one who has it."""

from __future__ import annotations

import os
import time

from crm_cli.errors import StoreError

BUSY_SECONDS = 60


def not_writable(path: str, error: OSError) -> StoreError:
    """Return the error for a file that the system does not let us write."""
    return StoreError("{path} cannot be opened or written: {reason}.", path=path, reason=error.strerror or str(error))


class WriterLock:
    """The lock of one open store; a store in memory (`path` is None) needs none. Use it as a context manager."""

    __slots__ = ("_descriptor", "_path")

    def __init__(self, path: str | None) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Take the lock unless it is held already, waiting up to BUSY_SECONDS; raises StoreError."""
        if self._path is None or self._descriptor is not None:
            return
        try:
            import fcntl
        except ImportError:  # not a POSIX system: BEGIN IMMEDIATE and the busy timeout alone
            return
        try:
            # Whoever opens the store by a link waits for the same file.
            path = os.path.realpath(self._path) + "-lock"
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise not_writable(self._path, error) from error
        deadline = time.monotonic() + BUSY_SECONDS
        pause = 0.001
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    os.close(descriptor)
                    raise StoreError(
                        "{path} is being written by another program for more than {seconds} s.",
                        path=self._path,
                        seconds=BUSY_SECONDS,
                        hint="Close the other program or try again.",
                    ) from None
                time.sleep(pause)
                pause = min(pause * 1.5, 0.02)
        self._descriptor = descriptor

    def release(self) -> None:
        """Give the lock back if it is held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> None:
        self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()
