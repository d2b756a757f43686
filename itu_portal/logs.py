"""What the log says of requests that are refused."""

from __future__ import annotations

import logging


class RefusalInOneLine(logging.Filter):
    """Drops the traceback of a request that Django refuses, such as a form that is too long.

    Whoever sends such requests fills the log with one line each; a fault of ours keeps its
    traceback.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through."""
        if record.name.startswith("django.security"):
            record.exc_info = None
        return True
