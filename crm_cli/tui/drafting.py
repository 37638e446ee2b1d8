"""A draft of the line being typed, on the disk with every key, without making a key wait for the disk."""

from __future__ import annotations

import threading

from crm_cli.store import drafts

REASON = "not finished"


class DraftKeeper:
    """Keeps the newest text of one line; a thread writes it, so that a key costs nothing and a crash next to nothing.

    A draft that was there before stays untouched, unless it is the one being finished (`resumed`).
    """

    def __init__(self, store_path: str, *, at: str, resumed: int | None = None) -> None:
        self._path = store_path
        self._at = at
        self._text = ""
        self._kept = ""
        self._number = resumed
        self._others = {int(draft["id"]) for draft in drafts.listed(store_path)} - {resumed}
        if resumed is not None:
            self._kept = next((d["text"] for d in drafts.listed(store_path) if int(d["id"]) == resumed), "")
            self._text = self._kept
        self._changed = threading.Condition()
        self._closed = False
        self._thread: threading.Thread | None = None

    @property
    def number(self) -> int | None:
        """The number of the draft, where there is one."""
        return self._number

    def typed(self, text: str) -> None:
        """Take the line as it is now; it is on the disk a moment later."""
        with self._changed:
            if text == self._text or self._closed:
                return
            self._text = text
            if self._thread is None:
                self._thread = threading.Thread(target=self._write_on, name="draft", daemon=True)
                self._thread.start()
            self._changed.notify()

    def close(self) -> None:
        """Write what is not written yet, and stop."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def forget(self) -> None:
        """The line is logged: drop its draft and stop."""
        with self._changed:
            self._text = ""
        self.close()
        self._write("")

    def _write_on(self) -> None:
        while True:
            with self._changed:
                while self._text == self._kept and not self._closed:
                    self._changed.wait()
                text = self._text
                if text == self._kept:
                    return
            self._write(text)

    def _write(self, text: str) -> None:
        """Keep the new text before the old one goes."""
        old = self._number
        try:
            new = drafts.keep(self._path, text=text, reason=REASON, at=self._at) if text.strip() else None
            if old is not None and old != new:
                drafts.drop(self._path, [old])
        except OSError:
            # A full disk or a folder that can't be written must not stop the typing; logging will say so.
            new = old
        self._number = new if new not in self._others else None
        self._kept = text
