"""`/healthz`, `/readyz` and `/metrics`, answered before anything else looks at the request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

from catalog.operations import metrics_page
from catalog.operations.parts import PARTS
from catalog.operations.readiness import OK, Readiness

_readiness = Readiness(PARTS)


def healthz(_request: HttpRequest) -> HttpResponse:
    """Say that this process answers; nothing else is asked, so nothing else can make it fail."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


def readyz(_request: HttpRequest) -> HttpResponse:
    """Say whether requests may come, part by part: 200, or 503 if one of them fails."""
    answers = _readiness.answers()
    is_ready = set(answers.values()) == {OK}
    found = {"status": "ready" if is_ready else "not ready", "parts": answers}
    return JsonResponse(found, status=200 if is_ready else 503)


ADDRESSES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/healthz": healthz,
    "/readyz": readyz,
    "/metrics": metrics_page.metrics,
}


class ProbesMiddleware:
    """Answers the addresses of probes; must be the first.

    Load balancers and supervisors ask a process by its number and over plain http. So they are
    answered before the host is compared with ALLOWED_HOSTS, before the redirect to https, and
    before sessions and caches; no page is ever served from here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = ADDRESSES.get(request.path_info)
        if answer is metrics_page.metrics and not metrics_page.is_switched_on():
            answer = None
        if answer is None:
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            response = HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        else:
            response = answer(request)
        response.headers["Cache-Control"] = "no-store"
        return response
