"""Pages about the catalogue itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.addresses import absolute
from catalog.pages.about import AboutPage, StatesPage, VerificationPage
from catalog.pages.frame import Frame
from catalog.stored_pages.parameters import takes
from catalog.views.page import show


@takes()
def about(request: HttpRequest) -> HttpResponse:
    """Say what the catalogue is, where its facts come from and how to use it."""
    frame = Frame(
        title=_("About this catalogue"),
        description=_(
            "What this independent catalogue of ITU holds and where its facts come from."
        ),
    )
    return show(request, "about.html", frame, AboutPage())


@takes()
def states(request: HttpRequest) -> HttpResponse:
    """Explain the words for states."""
    frame = Frame(
        title=_("What each status means"),
        description=_(
            "What in force, superseded, withdrawn and presumed current mean in this catalogue."
        ),
        trail=[(_("About"), reverse("about"))],
    )
    return show(request, "states.html", frame, StatesPage())


@takes()
def verification(request: HttpRequest) -> HttpResponse:
    """Explain the marks of verification."""
    frame = Frame(
        title=_("What each verification status means"),
        description=_(
            "What checked, corrected, imported and the other words mean in this catalogue."
        ),
        trail=[(_("About"), reverse("about"))],
    )
    return show(request, "verification.html", frame, VerificationPage())


@takes()
def accessibility(request: HttpRequest) -> HttpResponse:
    """State how accessible the site is and how to report barriers."""
    frame = Frame(
        title=_("Accessibility statement"),
        description=_(
            "How this site meets WCAG 2.2, what was tested, and how to report a barrier."
        ),
        trail=[(_("About"), reverse("about"))],
    )
    return show(request, "accessibility.html", frame)


@takes()
def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers what to leave alone."""
    lines = ["User-agent: *"]
    lines += [f"Disallow: /{place}/" for place in ("admin", "go", "report", "search")]
    lines.append("")
    lines.append(f"# {absolute('/')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
