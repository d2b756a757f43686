"""Ask all parts at once, and wait for none longer than a moment."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping

from django.db import connections

logger = logging.getLogger(__name__)

MOST_SECONDS = 2.0
OK, FAILED, LATE = "ok", "failed", "no answer in time"


class Question(threading.Thread):
    """One part being asked, in a thread of its own: what hangs in a driver cannot be stopped."""

    def __init__(self, name: str, ask: Callable[[], bool]):
        super().__init__(name=f"ready-{name}", daemon=True)
        self.part, self.ask, self.answer = name, ask, LATE

    def run(self) -> None:
        """Ask; an error is an answer, and its words stay in the log."""
        try:
            self.answer = OK if self.ask() else FAILED
        except Exception as error:
            self.answer = FAILED
            # Its message may name hosts and users, and a probe comes every few seconds.
            logger.warning("Not ready: %s (%s).", self.part, type(error).__name__)
        finally:
            connections.close_all()


class Readiness:
    """Asks the parts; one that still hangs from the last time is not asked a second time."""

    def __init__(self, parts: Mapping[str, Callable[[], bool]], most: float = MOST_SECONDS):
        self.parts, self.most = parts, most
        self._asked: dict[str, Question] = {}
        self._one_at_a_time = threading.Lock()

    def answers(self) -> dict[str, str]:
        """Return ok, failed or no answer in time for each part, after `most` seconds at the most.

        Whoever asks while another one is asking shares the threads, so that many probes of a
        dead database leave one thread behind for each part, not for each probe.
        """
        deadline = time.monotonic() + self.most
        with self._one_at_a_time:
            questions = [self._question(name) for name in self.parts]
        for question in questions:
            question.join(max(0.0, deadline - time.monotonic()))
        return {question.part: question.answer for question in questions}

    def _question(self, name: str) -> Question:
        asked = self._asked.get(name)
        if asked is None or not asked.is_alive():
            asked = self._asked[name] = Question(name, self.parts[name])
            asked.start()
        return asked
