"""Variables that every template can use."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from catalog.wording.import_report import data_line, newest_run


def portal(request: HttpRequest) -> dict[str, object]:
    """Return what the frame shows on every page; pages without the frame ask nothing for it."""
    return {
        "is_development": settings.DEBUG,
        "report_url": f"{reverse('report-problem')}?{urlencode({'page': request.path[:300]})}",
        "data_line": SimpleLazyObject(lambda: data_line(newest_run())),
    }
