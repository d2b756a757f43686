"""What the pages of bodies show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from catalog.models import Body, StudyGroup, Topic
from catalog.pages.related import RelatedGroup, related_groups
from catalog.pages.sources import EntrySources, entry_sources
from catalog.terms import BodyKind


@dataclass(frozen=True)
class BodiesPage:
    """Bureaux, boards, councils, and the groups that advise them."""

    @cached_property
    def bodies(self) -> list[Body]:
        """All bodies."""
        return list(Body.objects.for_list())

    @cached_property
    def advisory(self) -> list[StudyGroup]:
        """The groups that advise them."""
        return list(StudyGroup.objects.advisory())


@dataclass(frozen=True)
class BodyPage:
    """A body: what it is for, and its members if these are groups."""

    body: Body

    @cached_property
    def topics(self) -> list[Topic]:
        """What it is concerned with."""
        return list(self.body.topics.all())

    @cached_property
    def members(self) -> list[StudyGroup]:
        """The study groups of which it consists; empty for a body of another kind."""
        if self.body.kind != BodyKind.GROUPS:
            return []
        return list(StudyGroup.objects.current_in(self.body.sector))

    @cached_property
    def sources(self) -> EntrySources:
        """The sources of what the page says."""
        return entry_sources(self.body)

    @cached_property
    def related(self) -> list[RelatedGroup]:
        """What is related to the body."""
        return related_groups(self.body)
