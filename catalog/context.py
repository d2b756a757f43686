"""What every template may use."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

SNAPSHOT = "22 August 2026"


def portal(request: HttpRequest) -> dict[str, object]:
    """Return what the frame shows on every page."""
    return {
        "is_development": settings.DEBUG,
        "report_url": f"{reverse('report-problem')}?{urlencode({'page': request.path[:300]})}",
        "catalogue_date": SNAPSHOT,
    }
