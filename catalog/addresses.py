"""Public addresses: absolute ones, canonical paths, and which paths are ours."""

from __future__ import annotations

import re

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.http import escape_leading_slashes, url_has_allowed_host_and_scheme


def absolute(path: str) -> str:
    """Return the public address of a path on this site; the path itself if `BASE_URL` is not set.

    The host that a request names is ignored: a client can name any host, and a cache or a
    feed reader would pass it on.
    """
    return settings.BASE_URL + escape_leading_slashes(iri_to_uri(path))


def is_own_page(page: str) -> bool:
    """Return whether a text is a path on this site that every browser takes for one.

    Browsers leave out tabs and line ends and take backslashes for slashes, so that
    `/<tab>//evil.example` leads to another host; Django's check sees all but the former.
    """
    is_path = page.startswith("/") and page.isprintable() and "\\" not in page
    return is_path and url_has_allowed_host_and_scheme(page, allowed_hosts=None)


def canonical_path(path: str) -> str:
    """Return the path in lower case, with single slashes, without blanks, with a final slash."""
    path = re.sub(r"/{2,}", "/", re.sub(r"\s+", "", path.lower()))
    last = path.rsplit("/", 1)[-1]
    is_file = last.endswith((".csv", ".json", ".txt", ".atom"))
    return path if path.endswith("/") or is_file else f"{path}/"
