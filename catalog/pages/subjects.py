"""What the pages of topics and of the Sustainable Development Goals show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.http import urlencode

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
from catalog.models.work_queries import PublicationQuerySet
from catalog.pages.related import RelatedGroup, related_groups
from catalog.pages.sources import EntrySources, entry_sources
from catalog.pages.works_by_status import WorksByStatus

WHOLE_LIST = 20
LANDMARKS = 10
NEWEST = 5


@dataclass(frozen=True)
class Share:
    """The works of a topic in one series or collection: how many, and the list of them."""

    label: str
    works: int
    url: str


@dataclass(frozen=True)
class TopicPage(WorksByStatus):
    """A topic with what matters of its publications, and everything near it.

    A short list stands there whole; a long one opens with landmarks and the newest.
    """

    topic: Topic

    @property
    def all_works(self) -> PublicationQuerySet:
        """All works on the topic."""
        return self.topic.publications.all()

    @property
    def is_long(self) -> bool:
        """Whether there are too many works to name all."""
        return self.total > WHOLE_LIST

    @cached_property
    def works(self) -> list[Publication]:
        """All works of a short list, current ones before others."""
        return [] if self.is_long else list(self.all_works.for_list().best_first())

    @cached_property
    def landmarks(self) -> list[Publication]:
        """Of its current works that this catalogue describes those with most names in use."""
        if not self.is_long:
            return []
        return list(self.all_works.current().for_list().landmarks()[:LANDMARKS])

    @cached_property
    def newest(self) -> list[Publication]:
        """The newest of its works that are current."""
        if not self.is_long:
            return []
        return list(self.all_works.current().dated().for_list().newest_first()[:NEWEST])

    @cached_property
    def series(self) -> list[Share]:
        """How many of its works are in each series, the largest first."""
        return [
            Share(f"{sector} {letters}", works, f"{self.list_url}&series={key}")
            for key, sector, letters, works in self.all_works.count_by_series()
        ]

    @cached_property
    def collections(self) -> list[Share]:
        """How many of its works without a series are in each collection."""
        return [
            Share(name, works, f"{self.list_url}&family={key}")
            for key, name, works in self.all_works.without_series().count_by_collection()
        ]

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
        """The groups that deal with it."""
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

    @cached_property
    def search_url(self) -> str:
        """The search for its name among publications, for a topic that no rule describes."""
        words = urlencode({"q": self.topic.name})
        return f"{reverse('publication-list')}?{words}"


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
