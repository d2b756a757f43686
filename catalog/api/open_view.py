"""How the API answers: JSON alone, open to every site, errors in one form."""

from __future__ import annotations

import json
import re
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView, exception_handler

from catalog.api.questions import MAX_TEXTS
from catalog.protection.limits import seconds_to_wait
from catalog.resolver import MAX_READ

# Every character may be written as \uXXXX, and quotes, commas and blanks stand between texts.
MOST_BYTES = MAX_TEXTS * (MAX_READ * 6 + 16)
# The body is one object with one list. Making a million lists only to refuse them takes seconds.
MOST_CONTAINERS = 1_000
STRINGS = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)


class JSONBody(BaseParser):
    """Reads JSON, which is UTF-8 (RFC 8259), whatever character set a request claims."""

    media_type = "application/json"

    def parse(self, stream: BinaryIO, media_type=None, parser_context=None) -> Any:
        """Return the value; raise ParseError for what is not valid JSON, too long or too deep."""
        body = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise ParseError(_("The body is too long."))
        if _containers(body) > MOST_CONTAINERS:
            raise ParseError(_("The body contains too many lists and objects."))
        try:
            return json.loads(body.decode(), parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise ParseError(_("The body is not valid JSON.")) from error


class TooManyHeavy(APIException):
    """Too many long requests are in progress already."""

    status_code = 503
    default_detail = gettext_lazy("Too many long requests are in progress; try again.")

    def __init__(self, wait: int):
        super().__init__()
        self.wait = wait


class Limit(BaseThrottle):
    """How often one client may ask; the view says by its `limit` what is counted."""

    def __init__(self):
        self._wait = 0

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Count the request; return whether it is one too many."""
        kind = view.limit(request)
        self._wait = seconds_to_wait(request, kind) if kind else 0
        return not self._wait

    def wait(self) -> int:
        """Return the seconds until the client may ask again."""
        return self._wait


class OpenView(APIView):
    """A view that pages of any site may ask: no cookie, no key, nothing to write."""

    parser_classes = [JSONBody]
    throttle_classes = [Limit]

    def limit(self, request: Request) -> str:
        """Return as what a request is counted (`catalog.protection.limits`); "" for not at all."""
        return ""

    def finalize_response(self, request: Request, response: Response, *args, **kwargs) -> Response:
        """Let pages of other sites read the answer (CORS)."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        if request.method == "OPTIONS":
            response["Access-Control-Allow-Methods"] = ", ".join(self.allowed_methods)
            response["Access-Control-Allow-Headers"] = "Content-Type"
            response["Access-Control-Max-Age"] = "86400"
        return response


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """Return any error of the framework as {"error": "…"}, with its status and headers."""
    response = exception_handler(error, context)
    if response is not None:
        response.data = {"error": _in_words(getattr(error, "detail", response.data))}
    return response


def _in_words(detail: Any) -> str:
    """Return the first message of a tree of messages, with the names that lead to it."""
    if isinstance(detail, dict):
        name, rest = next(iter(detail.items()))
        if name in ("detail", "non_field_errors"):
            return _in_words(rest)
        place = f"[{name}]" if isinstance(name, int) else str(name)
        words = _in_words(rest)
        return f"{place}{words}" if words.startswith("[") else f"{place}: {words}"
    if isinstance(detail, list):
        return _in_words(detail[0])
    return str(detail)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not valid JSON")


def _containers(body: bytes) -> int:
    """Return how many lists and objects JSON opens: up to the limit, perhaps more than there are.

    Brackets in texts count only where there are many of them, which is seldom.
    """
    opened = body.count(b"[") + body.count(b"{")
    if opened <= MOST_CONTAINERS:
        return opened
    bare = STRINGS.sub(b"", body)
    return bare.count(b"[") + bare.count(b"{")
