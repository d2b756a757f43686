"""Variables that every template can use."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from catalog.wording.import_report import data_line, newest_run

MENU = (
    ("publication-list", _("Publications")),
    ("sector-list", _("Sectors")),
    ("initiative-list", _("Initiatives")),
    ("topic-list", _("Topics")),
    ("conference-list", _("Conferences")),
    ("membership", _("Membership")),
)


def portal(request: HttpRequest) -> dict[str, object]:
    """Return what the frame shows on every page; pages without the frame ask nothing for it."""
    return {
        "menu": [(words, url, request.path.startswith(url)) for words, url in _menu()],
        "is_development": settings.DEBUG,
        "report_url": f"{reverse('report-problem')}?{urlencode({'page': request.path[:300]})}",
        "data_line": SimpleLazyObject(lambda: data_line(newest_run())),
    }


@cache
def _menu() -> list[tuple[str, str]]:
    return [(words, reverse(route)) for route, words in MENU]
