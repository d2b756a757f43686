"""Pages of topics and of the Sustainable Development Goals."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.models import Goal, StudyGroup, Topic
from catalog.views.page import keeps_out_of_indexes, related_groups, show

SHOWN = 20


def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a topic with its publications, current ones first, and everything near it."""
    found = get_object_or_404(Topic.objects.select_related("sector"), key=slug)
    works = found.publications
    initiatives = list(found.initiatives.existing().for_list())
    doubtful = list(found.initiatives.doubtful().for_list())
    partners = list(found.partners.for_list())
    conferences = list(found.conferences.select_related("sector").order_by("name"))
    bodies = list(found.bodies.select_related("sector"))
    goals = list(found.goals.all())
    groups = list(
        StudyGroup.objects.filter(publications__topics=found).distinct().select_related("sector")
    )
    shown = [*initiatives, *doubtful, *partners, *conferences, *bodies, *goals, *groups]
    return show(
        request,
        "topic.html",
        title=_("Topic: %(name)s") % {"name": found.name},
        description=found.description,
        trail=[(_("Topics"), reverse("topic-list"))],
        edits=found,
        noindex=keeps_out_of_indexes(found),
        topic=found,
        works=works.for_list().best_first()[:SHOWN],
        total=works.count(),
        current=works.current().count(),
        shown=SHOWN,
        list_url=f"{reverse('publication-list')}?topic={found.key}",
        initiatives=initiatives,
        doubtful=doubtful,
        partners=partners,
        conferences=conferences,
        bodies=bodies,
        goals=goals,
        groups=groups,
        related=related_groups(found, shown),
    )


def goals(request: HttpRequest) -> HttpResponse:
    """Show the seventeen goals with what ITU has to do with each."""
    return show(
        request,
        "goal_list.html",
        title=_("Sustainable Development Goals"),
        description=_("The seventeen goals of the United Nations and what ITU does for each."),
        trail=[(_("Topics"), reverse("topic-list"))],
        goals=Goal.objects.with_counts(),
    )


def goal(request: HttpRequest, number: int) -> HttpResponse:
    """Show one goal with the initiatives, topics and conferences that serve it."""
    found = get_object_or_404(Goal, number=number)
    initiatives = list(found.initiatives.existing().for_list())
    doubtful = list(found.initiatives.doubtful().for_list())
    topics = list(found.topics.order_by("name"))
    conferences = list(found.conferences.select_related("sector").order_by("name"))
    partners = list(found.partners.for_list())
    sectors = list(found.sector_set.all())
    shown = [*initiatives, *doubtful, *topics, *conferences, *partners, *sectors]
    return show(
        request,
        "goal.html",
        title=found.name,
        description=found.description,
        trail=[
            (_("Topics"), reverse("topic-list")),
            (_("Sustainable Development Goals"), reverse("goal-list")),
        ],
        edits=found,
        goal=found,
        works=found.publications.for_list(),
        initiatives=initiatives,
        doubtful=doubtful,
        topics=topics,
        conferences=conferences,
        partners=partners,
        sectors=sectors,
        related=related_groups(found, shown),
    )
