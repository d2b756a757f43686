"""Pages of topics and of the Sustainable Development Goals."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.models import Goal, SearchEntry, Topic
from catalog.pages.frame import Frame
from catalog.pages.subjects import GoalPage, GoalsPage, TopicPage
from catalog.stored_pages.parameters import takes
from catalog.views.page import keeps_out_of_indexes, show


@takes()
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a topic with its publications, current ones first, and everything near it."""
    found = Topic.objects.with_sector().with_key(slug).first()
    if found is None:
        # A topic that another one has taken in stands there under one of its other keys.
        row = get_object_or_404(SearchEntry.objects.topics().with_key(slug))
        return HttpResponsePermanentRedirect(row.url)
    frame = Frame(
        title=_("Topic: %(name)s") % {"name": found.name},
        description=found.description,
        trail=[(_("Topics"), reverse("topic-list"))],
        noindex=keeps_out_of_indexes(found),
        entry=found,
    )
    return show(request, "topic.html", frame, TopicPage(found))


@takes()
def goals(request: HttpRequest) -> HttpResponse:
    """Show the seventeen goals with what ITU has to do with each."""
    frame = Frame(
        title=_("Sustainable Development Goals"),
        description=_("The seventeen goals of the United Nations and what ITU does for each."),
        trail=[(_("Topics"), reverse("topic-list"))],
    )
    return show(request, "goal_list.html", frame, GoalsPage())


@takes()
def goal(request: HttpRequest, number: int) -> HttpResponse:
    """Show one goal with the initiatives, topics and conferences that serve it."""
    found = get_object_or_404(Goal, number=number)
    frame = Frame(
        title=found.name,
        description=found.description,
        trail=[
            (_("Topics"), reverse("topic-list")),
            (_("Sustainable Development Goals"), reverse("goal-list")),
        ],
        entry=found,
    )
    return show(request, "goal.html", frame, GoalPage(found))
