"""The family of a study group: what it came from, and in what its work goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog.models import StudyGroup

Kin = Mapping[int, Sequence[int]]  # primary key of a group: those on the other side


@dataclass(frozen=True)
class Branch:
    """A group with the groups beyond it, on the same side."""

    group: StudyGroup
    beyond: list[Branch]


@dataclass(frozen=True)
class GroupFamily:
    """The predecessors and the successors of a group, each with their own."""

    before: list[Branch]
    after: list[Branch]

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.before or self.after)


def family_of(group: StudyGroup) -> GroupFamily:
    """Return the family of a group, in two queries."""
    after: dict[int, list[int]] = {}
    before: dict[int, list[int]] = {}
    for earlier, later in StudyGroup.objects.successions():
        after.setdefault(earlier, []).append(later)
        before.setdefault(later, []).append(earlier)
    groups = StudyGroup.objects.by_pk([*after, *before])
    return GroupFamily(
        branches(group.pk, before, groups),
        branches(group.pk, after, groups),
    )


def branches(
    start: int, kin: Kin, groups: Mapping[int, StudyGroup], passed: frozenset[int] = frozenset()
) -> list[Branch]:
    """Return the groups next to one, each with those beyond it; no group twice on one way."""
    passed |= {start}
    beyond = [groups[key] for key in kin.get(start, ()) if key not in passed]
    beyond.sort(key=lambda group: (group.started or 0, group.position, group.code))
    return [Branch(group, branches(group.pk, kin, groups, passed)) for group in beyond]
