"""One line of the log for each request, and its counts; neither says who asked, or for what."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.core.signals import request_finished
from django.http import HttpRequest, HttpResponse

from catalog.operations.routes import method_of, route_of
from itu_portal.logs import ACCESS, request_id

logger = logging.getLogger(ACCESS)
# What a proxy may give; anything else could forge a line of the log, or fill it.
GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")


def _end(**_signal) -> None:
    request_id.set("")


# Django logs an answer of 400 and more after the last middleware, and what is sent in parts is made
# later still.
request_finished.connect(_end)


class ObservingMiddleware:
    """Observes every request but the probes; stands before caches, so that their answers count.

    The id of a request goes into the log alone. As a header it would be kept in shared caches
    and be shown to others.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response
        self.counts = None
        if settings.METRICS_TOKEN:
            # Only then: what is imported here opens files that all processes share.
            from catalog.operations import metrics

            self.counts = metrics

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        request_id.set(given if GIVEN.fullmatch(given) else uuid.uuid4().hex)
        begin = time.perf_counter()
        if self.counts:
            self.counts.begin()
        try:
            response = self.get_response(request)
            self.observe(request, response, time.perf_counter() - begin)
            return response
        finally:
            if self.counts:
                self.counts.end()

    def observe(self, request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        """Count and log an answer; `seconds` is the time until it begins."""
        method, route, status = (
            method_of(request),
            route_of(request, response),
            response.status_code,
        )
        if self.counts:
            self.counts.count(method, route, status, seconds)
        if logger.isEnabledFor(logging.INFO):
            took = round(seconds * 1_000, 1)
            of_access = {"method": method, "route": route, "status": status, "duration_ms": took}
            logger.info("%s %s %d %s ms", method, route, status, took, extra=of_access)
