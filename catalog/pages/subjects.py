"""What the pages of topics and of the Sustainable Development Goals show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from catalog.models import (
    Body,
    Conference,
    Goal,
    Initiative,
    Partner,
    Publication,
    Sector,
    StudyGroup,
    Topic,
)
from catalog.pages.related import RelatedGroup, related_groups
from catalog.pages.sources import EntrySources, entry_sources


@dataclass(frozen=True)
class TopicPage:
    """A topic with its publications, current ones first, and everything near it."""

    topic: Topic
    shown = 20

    @cached_property
    def works(self) -> list[Publication]:
        """The first works, current ones before others."""
        return list(self.topic.publications.for_list().best_first()[: self.shown])

    @cached_property
    def total(self) -> int:
        """How many works are on the topic."""
        return self.topic.publications.count()

    @cached_property
    def current(self) -> int:
        """How many of them are in force or presumed current."""
        return self.topic.publications.current().count()

    @cached_property
    def initiatives(self) -> list[Initiative]:
        """The initiatives on the topic."""
        return list(self.topic.initiatives.existing().for_list())

    @cached_property
    def doubtful(self) -> list[Initiative]:
        """The initiatives that were not found, or belong to others."""
        return list(self.topic.initiatives.doubtful().for_list())

    @cached_property
    def partners(self) -> list[Partner]:
        """The partners on the topic."""
        return list(self.topic.partners.for_list())

    @cached_property
    def conferences(self) -> list[Conference]:
        """The conferences on the topic."""
        return list(self.topic.conferences.with_sector().by_name())

    @cached_property
    def bodies(self) -> list[Body]:
        """The bodies that are concerned with it."""
        return list(self.topic.bodies.with_sector())

    @cached_property
    def goals(self) -> list[Goal]:
        """The goals that it serves."""
        return list(self.topic.goals.all())

    @cached_property
    def groups(self) -> list[StudyGroup]:
        """The groups in charge of its works."""
        return list(StudyGroup.objects.of_topic(self.topic))

    @cached_property
    def sources(self) -> EntrySources:
        """The sources of what the page says."""
        return entry_sources(self.topic)

    @cached_property
    def related(self) -> list[RelatedGroup]:
        """What is related and not shown above."""
        shown = [*self.initiatives, *self.doubtful, *self.partners, *self.conferences]
        return related_groups(self.topic, [*shown, *self.bodies, *self.goals, *self.groups])

    @cached_property
    def list_url(self) -> str:
        """The list of all its works."""
        return f"{reverse('publication-list')}?topic={self.topic.key}"


@dataclass(frozen=True)
class GoalsPage:
    """The seventeen goals."""

    @cached_property
    def goals(self) -> list[Goal]:
        """The goals, each with the numbers of its initiatives and topics."""
        return list(Goal.objects.with_counts())


@dataclass(frozen=True)
class GoalPage:
    """A goal with the initiatives, topics and conferences that serve it."""

    goal: Goal

    @cached_property
    def works(self) -> list[Publication]:
        """The works that serve the goal."""
        return list(self.goal.publications.for_list())

    @cached_property
    def initiatives(self) -> list[Initiative]:
        """The initiatives that serve it."""
        return list(self.goal.initiatives.existing().for_list())

    @cached_property
    def doubtful(self) -> list[Initiative]:
        """The initiatives that were not found, or belong to others."""
        return list(self.goal.initiatives.doubtful().for_list())

    @cached_property
    def topics(self) -> list[Topic]:
        """The topics that serve it."""
        return list(self.goal.topics.by_name())

    @cached_property
    def conferences(self) -> list[Conference]:
        """The conferences that serve it."""
        return list(self.goal.conferences.with_sector().by_name())

    @cached_property
    def partners(self) -> list[Partner]:
        """The partners that serve it."""
        return list(self.goal.partners.for_list())

    @cached_property
    def sectors(self) -> list[Sector]:
        """The Sectors that work for it."""
        return list(self.goal.sector_set.all())

    @cached_property
    def sources(self) -> EntrySources:
        """The sources of what the page says."""
        return entry_sources(self.goal)

    @cached_property
    def related(self) -> list[RelatedGroup]:
        """What is related and not shown above."""
        shown = [*self.initiatives, *self.doubtful, *self.topics, *self.conferences]
        return related_groups(self.goal, [*shown, *self.partners, *self.sectors])
