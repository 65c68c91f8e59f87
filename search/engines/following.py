"""The background thread in which a server looks for new generations; the same for every engine."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from search.errors import FindingAidError

_log = logging.getLogger(__name__)


class Follower:
    """Calls `look` at once, and then every `seconds` in a thread until it is stopped.

    `failure` is what `look` raised last, None when it succeeded. A failure is logged once, not once a look.
    """

    def __init__(self, look: Callable[[], object], seconds: float) -> None:
        self.failure: FindingAidError | None = None
        self._look = look
        self._seconds = seconds
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="follow-generations", daemon=True)

    def start(self) -> None:
        """Look once in the calling thread, then start the background thread."""
        self._look_once()
        self._thread.start()

    def stop(self) -> None:
        """End the thread. When this returns, `look` is not running and will not be called again."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopped.wait(self._seconds):
            self._look_once()

    def _look_once(self) -> None:
        try:
            self._look()
        except FindingAidError as error:
            if str(error) != str(self.failure):
                _log.error("cannot open the current generation: %s", error)
            self.failure = error
        else:
            self.failure = None
