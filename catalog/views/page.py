"""Every page: its template inside the common frame."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from catalog.addresses import absolute
from catalog.models.entry import Entry
from catalog.pages.frame import Frame
from catalog.pages.numbered import NumberedPage
from catalog.terms import Verification


def show(
    request: HttpRequest, template: str, frame: Frame, page: object = None, *, status: int = 200
) -> HttpResponse:
    """Render a page inside the common frame; its template knows what it shows as `page`."""
    # Whoever brings no session is nobody; to look for one would make the page one of a session.
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    may_edit = frame.entry is not None and has_session and request.user.is_staff
    context = {
        "frame": frame,
        "page": page,
        "canonical": absolute(request.path) + own_query(page),
        "edit_url": admin_url(frame.entry) if may_edit else "",
    }
    response = render(request, f"catalog/{template}", context, status=status)
    if frame.entry is not None:
        # What a content delivery network is told to forget when the entry changes.
        response["Surrogate-Key"] = f"entry-{frame.entry.key}"
    return response


def own_query(page: object) -> str:
    """Return what tells a page of a list from the first one, with its question mark."""
    query = page.own_query if isinstance(page, NumberedPage) else ""
    return f"?{query}" if query else ""


def admin_url(entry: Entry) -> str:
    """Return the address of the entry's form in the admin."""
    meta = entry._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[entry.pk])


def keeps_out_of_indexes(entry: Entry) -> bool:
    """Whether search engines should not list the page: it belongs to others."""
    return entry.verification == Verification.MISATTRIBUTED
