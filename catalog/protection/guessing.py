"""The guessing of passwords: how many failures are borne, and until when somebody has to wait.

Two limits, both over the last half hour (`AXES_COOLOFF_TIME`). Failures of one name from one
address, `AXES_FAILURE_LIMIT`: they stop that pair, so a stranger who guesses stops nobody else.
And failures of one name from everywhere, five times as many: they slow down who guesses from
many addresses. That limit would let strangers lock an editor out, so it does not hold for a
browser from which the owner of the name has signed in before (OWASP, “Slow down online guessing
attacks with device cookies”). Refused attempts count for nothing, so a wait never grows.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username, get_cool_off, get_failure_limit
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

PER_NAME = 50  # failures
KNOWN_BROWSER = "known_browser"
KNOWN_FOR = timedelta(days=180)


class GuessLimits(AxesDatabaseHandler):
    """What django-axes asks before a password is tried, and informs when it was wrong."""

    def get_failures(self, request: HttpRequest, credentials: dict | None = None) -> int:
        """Return a number that is at the limit if, and only if, the attempt is refused."""
        is_refused = locked_until(request, credentials) is not None
        return get_failure_limit(request, credentials) if is_refused else 0


def locked_until(request: HttpRequest, credentials: dict | None = None) -> datetime | None:
    """Return when the name of an attempt may be tried again from where it came; None if it may."""
    name = get_client_username(request, credentials)
    if not name:
        return None
    cool_off = get_cool_off(request)
    recent = AccessAttempt.objects.filter(
        username=name, attempt_time__gt=request.axes_attempt_time - cool_off
    )
    rows = list(
        recent.order_by("-attempt_time").values_list(
            "ip_address", "attempt_time", "failures_since_start"
        )
    )
    here = [
        (when, failures) for address, when, failures in rows if address == request.axes_ip_address
    ]
    last = [_last_to_expire(here, get_failure_limit(request, credentials))]
    if not is_known_browser(request, name):
        last.append(_last_to_expire(((when, failures) for _, when, failures in rows), PER_NAME))
    return max((when + cool_off for when in last if when), default=None)


def remember_browser(response: HttpResponse, user: AbstractBaseUser) -> None:
    """Let a browser in which somebody signed in prove it later."""
    response.set_cookie(
        KNOWN_BROWSER,
        signing.dumps(user.get_username(), salt=KNOWN_BROWSER),
        max_age=KNOWN_FOR,
        path=reverse("admin:login"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def is_known_browser(request: HttpRequest, name: str) -> bool:
    """Return whether somebody of this name has signed in from this browser before."""
    try:
        shown = signing.loads(
            request.COOKIES.get(KNOWN_BROWSER, ""), salt=KNOWN_BROWSER, max_age=KNOWN_FOR
        )
    except signing.BadSignature:
        return False
    return shown == name


def _last_to_expire(rows: Iterable[tuple[datetime, int]], limit: int) -> datetime | None:
    """Return the attempt that must grow old before fewer than `limit` remain; None if fewer are.

    `rows` holds times with numbers of failures, the newest first.
    """
    total = 0
    for when, failures in rows:
        total += failures
        if total >= limit:
            return when
    return None
