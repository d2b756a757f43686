"""Signing in failed too often: when it may be tried again."""

from __future__ import annotations

import math

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.pages.frame import Frame
from catalog.pages.messages import LockedOutPage
from catalog.protection.guessing import locked_until
from catalog.views.page import show

MINUTE = 60  # seconds


def locked_out(
    request: HttpRequest, response: HttpResponse | None, credentials: dict | None
) -> HttpResponse:
    """Answer 429 in words, and for programs with Retry-After; asked for by django-axes."""
    until = locked_until(request, credentials) or timezone.now()
    seconds = max(math.ceil((until - timezone.now()).total_seconds()), 1)
    frame = Frame(
        title=_("Too many attempts"),
        description=_("Too many attempts to sign in have failed. Try again later."),
        noindex=True,
    )
    page = LockedOutPage(math.ceil(seconds / MINUTE), until)
    answer = show(request, "locked_out.html", frame, page, status=429)
    answer["Retry-After"] = str(seconds)
    return answer
