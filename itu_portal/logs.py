"""How lines of the log look, and what they say of requests; gunicorn uses it without Django."""

from __future__ import annotations

import logging
from contextvars import ContextVar
from typing import Any

from pythonjsonlogger.json import JsonFormatter

# Of the request that this thread answers; "" between requests.
request_id: ContextVar[str] = ContextVar("request_id", default="")

ACCESS = "itu_portal.access"
# What a line may have besides time, level, logger, message, request_id and traceback. Others put
# whole requests beside their messages, with addresses of clients and what they asked for.
OF_ACCESS = ("method", "route", "status", "duration_ms")
ALWAYS = ("timestamp", "level", "logger", "message", "request_id", "exc_info", "stack_info")


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


class PlainLines(logging.Formatter):
    """Lines for people: the message, and the request to which it belongs."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        """Return the message with the id of the request, if there is one."""
        number = request_id.get()
        message = super().formatMessage(record)
        return f"{message} [{number}]" if number else message


class JsonLines(JsonFormatter):
    """Lines for programs: one JSON object each, with no other keys than those named above."""

    def __init__(self):
        super().__init__(
            "{levelname}{name}{message}",
            style="{",
            timestamp=True,
            rename_fields={"levelname": "level", "name": "logger"},
        )

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        """Keep what a line may say, and add the request to which it belongs."""
        kept = {key: log_data[key] for key in (*ALWAYS, *OF_ACCESS) if key in log_data}
        if number := request_id.get():
            kept["request_id"] = number
        return kept


def config(form: str) -> dict[str, Any]:
    """Return what `logging.config.dictConfig` takes; `form` is plain or json."""
    lines = {"json": JsonLines, "plain": PlainLines}[form]
    handler = {
        "class": "logging.StreamHandler",
        "filters": ["one_line"],
        "formatter": "lines",
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"one_line": {"()": RefusalInOneLine}},
        "formatters": {"lines": {"()": lines}},
        "handlers": {"console": handler},
        "loggers": {ACCESS: {"level": "INFO" if form == "json" else "WARNING"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
    }
