"""The page of a list whose number the address names."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from catalog.pages.lists import PAGE_SIZE
from catalog.pages.numbered import ListQuery

LONGEST_NUMBER = 9  # digits of the number of a page


def numbered_page(
    request: HttpRequest, rows: QuerySet | Sequence, chosen: ListQuery, size: int = PAGE_SIZE
) -> Page:
    """Return the page of `?page=`, else the first; raise Http404, with a link to the last one."""
    paginator = Paginator(rows, size)
    number = request.GET.get("page", "1")
    is_number = number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER
    try:
        return paginator.page(int(number) if is_number else None)
    except (EmptyPage, PageNotAnInteger) as error:
        last = f"{request.path}?{chosen.query(page=paginator.num_pages)}"
        message = _("The list has %(pages)s pages; there is no page “%(page)s”.") % {
            "pages": paginator.num_pages,
            "page": number[:20],
        }
        raise Http404({"message": message, "link": last, "label": _("Last page")}) from error
