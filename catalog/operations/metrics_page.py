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
    scheme, _blank, sent = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    # In constant time: how long it takes must not tell how much of a guess is right.
    is_known = hmac.compare_digest(sent.strip().encode(), settings.METRICS_TOKEN.encode())
    if scheme.lower() != "bearer" or not is_known:
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    from catalog.operations.metrics import text

    return HttpResponse(text(), content_type=CONTENT_TYPE)
