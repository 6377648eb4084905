"""Tells when a file was deleted that this process holds open for the rules of its nodes.

Until it is let go of, here and in the process that waits for a call, it takes up its room on disk.
"""

import selectors
import time

from .confine.confinement import Confinement

# Who deletes one file mostly deletes others, and a build makes and deletes thousands.
_QUIET_SECONDS = 1.0
_WITHOUT_NOTICE_SECONDS = 30.0


class Deletions:
    """Looks after the files that are held, some time after the kernel has told of a change."""

    def __init__(self, confinement: Confinement, selector: selectors.BaseSelector) -> None:
        """Begin; who asks `selector` for events calls what they hold, and then `have_been`."""
        self._confinement = confinement
        self._selector = selector
        self._listened_to: int | None = None
        self._due: float | None = None
        self._listen()

    def patience(self) -> float | None:
        """Seconds until `have_been` should be asked, if nothing happens; None if it need not be."""
        if self._listened_to not in {None, self._confinement.changes}:
            self._stop_listening()  # There were more changes than the kernel can tell of.
            self._listen()
        return None if self._due is None else max(self._due - time.monotonic(), 0.0)

    def have_been(self) -> bool:
        """Whether something that is held was deleted, and it is time to let go of it."""
        if self._due is None or time.monotonic() < self._due:
            return False
        found = self._confinement.holds_deleted()
        self._listen()
        return found

    def _listen(self) -> None:
        self._due, self._listened_to = None, self._confinement.changes
        if self._listened_to is not None:
            self._selector.register(self._listened_to, selectors.EVENT_READ, self._heard)
        elif self._confinement.looks:
            self._due = time.monotonic() + _WITHOUT_NOTICE_SECONDS

    def _heard(self) -> None:
        self._stop_listening()
        self._due = time.monotonic() + _QUIET_SECONDS

    def _stop_listening(self) -> None:
        if self._listened_to is not None:
            self._selector.unregister(self._listened_to)
            self._listened_to = None
