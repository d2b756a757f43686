"""Pages about the catalogue itself."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.addresses import absolute
from catalog.import_words import DATA_SET, DATA_SET_URL, newest_run, snapshot_date
from catalog.models import Component, Edition, Publication, SearchEntry, SourceRecord
from catalog.terms import STATE_MEANINGS, VERIFICATION_MEANINGS
from catalog.views.page import show


def about(request: HttpRequest) -> HttpResponse:
    """Say what the catalogue is, where its facts come from and how to use it."""
    run = newest_run()
    kinds = dict(SearchEntry.objects.order_by().values_list("kind").annotate(Count("pk")))
    return show(
        request,
        "about.html",
        title=_("About this catalogue"),
        description=_(
            "What this independent catalogue of ITU holds and where its facts come from."
        ),
        kinds=kinds,
        run=run,
        data_set=DATA_SET,
        data_set_url=DATA_SET_URL,
        snapshot=snapshot_date(run),
        works=Publication.objects.count(),
        editions=Edition.objects.count(),
        components=Component.objects.count(),
        left_out=SourceRecord.objects.left_out().count(),
        total=sum(kinds.values()),
    )


def states(request: HttpRequest) -> HttpResponse:
    """Explain the words for states."""
    counts = Publication.objects.count_by_state()
    return show(
        request,
        "states.html",
        title=_("How to read states"),
        description=_("What in force, superseded, withdrawn and presumed current mean here."),
        trail=[(_("About"), reverse("about"))],
        rows=[
            (state, _(text), counts.get(state.value, 0)) for state, text in STATE_MEANINGS.items()
        ],
    )


def verification(request: HttpRequest) -> HttpResponse:
    """Explain the marks of verification."""
    counts = dict(SearchEntry.objects.order_by().values_list("verification").annotate(Count("pk")))
    return show(
        request,
        "verification.html",
        title=_("How to read the marks of verification"),
        description=_("What confirmed, corrected, misattributed and not found mean here."),
        trail=[(_("About"), reverse("about"))],
        rows=[
            (mark, _(text), counts.get(mark.value, 0))
            for mark, text in VERIFICATION_MEANINGS.items()
        ],
    )


def accessibility(request: HttpRequest) -> HttpResponse:
    """State how accessible the site is and how to report barriers."""
    return show(
        request,
        "accessibility.html",
        title=_("Accessibility statement"),
        description=_(
            "How this site meets WCAG 2.2, what was tested, and how to report a barrier."
        ),
        trail=[(_("About"), reverse("about"))],
    )


def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers what to leave alone."""
    lines = ["User-agent: *"]
    lines += [f"Disallow: /{place}/" for place in ("admin", "go", "report", "search")]
    lines.append("")
    lines.append(f"# {absolute(request, '/')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
