"""What the pages of membership show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext as _

from catalog.models import MembershipRight, MembershipType, Right
from catalog.pages.related import RelatedGroup, related_groups
from catalog.pages.sources import EntrySources, entry_sources
from catalog.terms import RightGroup


class UnknownType(LookupError):
    """An address names a membership type that there is not; its argument is that name."""


class Cell(NamedTuple):
    """What a type may do; `found` is None where that is not known.

    `is_aside` if the type is left out where there is room for two.
    """

    kind: MembershipType
    found: MembershipRight | None
    is_aside: bool


class RightRow(NamedTuple):
    """A right with the answer of each type that is compared."""

    right: Right
    cells: list[Cell]


@dataclass(frozen=True)
class ComparisonPage:
    """Who may do what: all types that have rights of their own, or two of them.

    `types` are all of them, `columns` those that are compared.
    """

    types: list[MembershipType]
    columns: list[MembershipType]

    @classmethod
    def of(cls, asked: Sequence[str]) -> ComparisonPage:
        """Return the comparison of two different types, named by address part, or else of all.

        Raises UnknownType for another name; an empty one counts as none.
        """
        types = list(MembershipType.objects.for_comparison())
        by_slug = {kind.slug: kind for kind in types}
        if unknown := [slug for slug in asked if slug and slug not in by_slug]:
            raise UnknownType(unknown[0])
        chosen = [by_slug[slug] for slug in dict.fromkeys(asked) if slug]
        return cls(types, chosen if len(chosen) == 2 else types)

    @property
    def is_pair(self) -> bool:
        """Whether two types are compared."""
        return self.columns is not self.types

    @property
    def asked(self) -> list[str]:
        """The address parts of the two types that the form offers."""
        return [kind.slug for kind in self.pair]

    @property
    def pair(self) -> list[MembershipType]:
        """The two types that are shown where there is room for no more."""
        return self.columns if self.is_pair else self.types[2:4]

    @property
    def heads(self) -> list[Cell]:
        """The types above the columns."""
        return [Cell(kind, None, kind not in self.pair) for kind in self.columns]

    @cached_property
    def all_types(self) -> list[MembershipType]:
        """The types with those that have the rights of another one."""
        return list(MembershipType.objects.all())

    @cached_property
    def groups(self) -> list[tuple[str, list[RightRow]]]:
        """The rows of the table under their headings."""
        rows = [(right.group, self._row(right)) for right in Right.objects.all()]
        under = [
            (_(group.label), [row for name, row in rows if name == group]) for group in RightGroup
        ]
        return [(heading, found) for heading, found in under if found]

    @cached_property
    def _answers(self) -> dict[tuple[int, int], MembershipRight]:
        return {
            (cell.right_id, kind.pk): cell for kind in self.columns for cell in kind.rights.all()
        }

    def _row(self, right: Right) -> RightRow:
        cells = [
            Cell(head.kind, self._answers.get((right.pk, head.kind.pk)), head.is_aside)
            for head in self.heads
        ]
        return RightRow(right, cells)


@dataclass(frozen=True)
class MembershipPage:
    """A membership type: who, rights, fee, how to join."""

    kind: MembershipType

    @cached_property
    def rights(self) -> list[MembershipRight]:
        """What its holders may do; some types have the rights of another one."""
        return list((self.kind.same_rights_as or self.kind).rights.in_order())

    @cached_property
    def fee_classes(self) -> list[MembershipType]:
        """The types that have its rights for another fee."""
        return list(self.kind.fee_classes.all())

    @cached_property
    def sources(self) -> EntrySources:
        """The sources of what the page says."""
        return entry_sources(self.kind)

    @cached_property
    def related(self) -> list[RelatedGroup]:
        """What is related to the type."""
        return related_groups(self.kind)
