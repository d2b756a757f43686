"""Addresses of works, editions and components that are spelled otherwise, or miss by a little."""

from __future__ import annotations

import datetime

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.http import escape_leading_slashes
from django.utils.translation import gettext as _

from catalog.brief import Brief, brief_of
from catalog.dates import date_words
from catalog.identifiers.site_paths import AskedPath
from catalog.models import Publication
from catalog.resolver import Answer
from catalog.terms import Outcome, Precision

NEAR = 5
DAY = 86_400


def other_spelling(request: HttpRequest, asked: AskedPath, answer: Answer | None) -> str | None:
    """Return the address of the one text that a path spells otherwise; None in any doubt."""
    if request.method not in ("GET", "HEAD") or not asked.is_whole:
        return None
    if answer is None or answer.found is None or answer.note or answer.others:
        return None
    path = answer.found.get_absolute_url()
    is_of_sector = answer.work.sector.code == asked.sector
    return path if is_of_sector and path != request.path else None


def moved(request: HttpRequest, path: str) -> HttpResponse:
    """Lead to the address; for a day, since an undated one may mean another text some day."""
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(
        escape_leading_slashes(path) + (f"?{query}" if query else "")
    )
    response["Cache-Control"] = f"max-age={DAY}"
    return response


def what_was_asked(asked: AskedPath, answer: Answer | None) -> str:
    """Return what the address seems to ask for, and why there is no page for it; "" if unclear."""
    if answer is None or not answer.understood:
        return ""
    is_edition = asked.year and not asked.has_component
    if isinstance(answer.found, Publication) and is_edition:
        return _("You asked for %(work)s, %(date)s. No such edition.") % {
            "work": answer.found.label,
            "date": _date_words(asked),
        }
    words = _("You asked for %(asked)s.") % {"asked": answer.understood}
    nothing = _("We hold no such text.") if answer.outcome == Outcome.UNKNOWN else ""
    return " ".join(filter(None, [words, answer.note or nothing]))


def nearest(answer: Answer | None) -> list[Brief]:
    """Return at most five texts near what was asked: parts of the work, the work, near works."""
    if answer is None:
        return []
    texts = list(answer.others)
    if answer.found is not None:
        texts = [*texts[: NEAR - 1], answer.found]
    return [brief_of(text) for text in [*texts, *answer.near][:NEAR]]


def _date_words(asked: AskedPath) -> str:
    precision = Precision.MONTH if asked.month else Precision.YEAR
    return date_words(datetime.date(asked.year, asked.month or 1, 1), precision)
