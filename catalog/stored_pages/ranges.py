"""Parts of a file that are asked for by their bytes (RFC 9110, section 14)."""

from __future__ import annotations

import re

from django.http import HttpRequest

# One range; several are answered with the whole file, which a server may do.
ONE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")


class NoSuchPart(Exception):
    """The file has none of the bytes that are asked for."""


def part_asked_for(
    request: HttpRequest, size: int, mark: str, modified: str | None
) -> tuple[int, int] | None:
    """Return the first and the last byte that are asked for; None for the whole file.

    Raises NoSuchPart. `mark` and `modified` are those of the file: a part of another one than the
    client has must not be added to it.
    """
    asked = ONE.fullmatch(request.META.get("HTTP_RANGE", "").strip())
    if request.method != "GET" or asked is None or asked.groups() == ("", ""):
        return None
    if request.META.get("HTTP_IF_RANGE", mark) not in (mark, modified):
        return None
    first, last = asked.groups()
    if not first:
        if not int(last) or not size:
            raise NoSuchPart
        return max(size - int(last), 0), size - 1
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise NoSuchPart
    return int(first), min(int(last), size - 1) if last else size - 1
