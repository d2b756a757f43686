"""The public addresses of pages."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest


def absolute(request: HttpRequest, path: str) -> str:
    """Return the public address of a path on this site."""
    if settings.BASE_URL:
        return settings.BASE_URL + path
    try:
        return request.build_absolute_uri(path)
    except DisallowedHost:
        return path
