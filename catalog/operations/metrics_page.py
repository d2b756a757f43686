"""`/metrics`: the counts, for whoever knows the token."""

from __future__ import annotations

import hmac

from django.conf import settings
from django.http import HttpRequest, HttpResponse

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def is_switched_on() -> bool:
    """Whether there is a token; without one there is no such address."""
    return bool(settings.METRICS_TOKEN)


def metrics(request: HttpRequest) -> HttpResponse:
    """Answer the counts, or 401 to whoever does not send `Authorization: Bearer TOKEN`."""
    sent = request.META.get("HTTP_AUTHORIZATION", "").encode()
    # In constant time: how long it takes must not tell how much of a guess is right.
    if not hmac.compare_digest(sent, f"Bearer {settings.METRICS_TOKEN}".encode()):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    from catalog.operations.metrics import text

    return HttpResponse(text(), content_type=CONTENT_TYPE)
