"""What the pages of filtered lists show: one filter, one address, counts for every choice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.filters import ListFilter
from catalog.filters.facet_types import Chip, Facet
from catalog.pages.frame import Frame, Trail
from catalog.pages.numbered import NumberedPage
from catalog.terms import Verification

PAGE_SIZE = 50


@dataclass(frozen=True)
class MarkedSection:
    """A part of a list under a heading of its own, counted apart."""

    heading: str
    note: str
    count: int
    rows: list[Any]


# What readers may rely on comes first; what was looked for in vain comes last, and says so.
SECTIONS: tuple[tuple[Verification, str, str], ...] = (
    (
        Verification.CHECKED,
        gettext_lazy("Checked"),
        gettext_lazy("Each was compared with a source, which its page names."),
    ),
    (
        Verification.CORRECTED,
        gettext_lazy("Corrected: real, but misreported"),
        gettext_lazy("These exist, but a text misreported something about them."),
    ),
    (
        Verification.IMPORTED,
        gettext_lazy("Imported"),
        gettext_lazy("A record of the public data set says so."),
    ),
    (
        Verification.GROUPING,
        gettext_lazy("Made by this catalogue"),
        gettext_lazy("This catalogue put these together; ITU has no such group."),
    ),
    (
        Verification.MISATTRIBUTED,
        gettext_lazy("Misattributed: real, but not ITU’s"),
        gettext_lazy("These belong to others; each page says whose they are."),
    ),
    (
        Verification.UNCHECKED,
        gettext_lazy("Not yet checked"),
        gettext_lazy("Nobody has compared these with a source yet."),
    ),
    (
        Verification.NOT_FOUND,
        gettext_lazy("Looked for and not found"),
        gettext_lazy(
            "A text names these as ITU’s work. We looked for each title and found no trace of it; "
            "none is counted as an ITU initiative."
        ),
    ),
)


def alternatives(labels: list[str]) -> str:
    """Return what is chosen of one filter in words: “In force or pre-published”.

    What a label repeats of another one (“In force, pre-published”) is said once.
    """
    said = [label.partition(", ") for label in labels]
    return _(" or ").join(
        rest if rest and head in labels else head + comma + rest for head, comma, rest in said
    )


class WayOut(NamedTuple):
    """A filter of an empty list, with the query without it and what that would find."""

    label: str
    query: str
    found: int


@dataclass(frozen=True)
class ListKind:
    """What one list is: its filter over its rows, its words, its address and its template."""

    filter_class: type[ListFilter]
    rows: Callable[[], QuerySet]
    template: str
    route: str
    heading: str
    # A number of rows in words; it takes `n`, the number as it is shown.
    counted: Callable[[int], str]
    description: str
    page_size: int = PAGE_SIZE
    # The label and the route of the page above the list.
    above: tuple[str, str] | None = None

    def chosen(self, parameters: QueryDict) -> ListFilter:
        """Return the list, narrowed as the parameters say."""
        return self.filter_class(parameters, queryset=self.rows())

    @property
    def trail(self) -> Trail:
        """The way to the list."""
        return [(str(self.above[0]), reverse(self.above[1]))] if self.above else ()


@dataclass(frozen=True)
class ListPage(NumberedPage):
    """A page of a filtered list, with what can be chosen."""

    chosen: ListFilter
    kind: ListKind

    @property
    def frame(self) -> Frame:
        """The frame; lists under more than one filter are not for search engines."""
        return Frame(
            title=self.title,
            description=str(self.kind.description),
            trail=self.kind.trail,
            number=self.number,
            noindex=len(self.chips) > 1,
        )

    @property
    def title(self) -> str:
        """The heading, or what is chosen and how much that is; then the number of the page."""
        title = str(self.kind.heading)
        if self.chips:
            words = "; ".join(self._chosen_words())
            title = f"{self.counted} – {words}"
        return f"{title}{self.number}"

    @property
    def number(self) -> str:
        """The number of a page after the first, as a title ends."""
        number = self.numbered.number
        return _(", page %(page)s") % {"page": number} if number > 1 else ""

    def _chosen_words(self) -> Iterator[str]:
        for _group, chips in groupby(self.chips, key=attrgetter("group")):
            yield alternatives([chip.in_title for chip in chips])

    @property
    def counted(self) -> str:
        """How many rows the list has, in words: `1 topic`, `10,155 publications`."""
        number = self.numbered.paginator.count
        return self.kind.counted(number) % {"n": f"{number:,}"}

    @cached_property
    def rows(self) -> list[Any]:
        """The rows of the page."""
        return list(self.numbered.object_list)

    @cached_property
    def chips(self) -> list[Chip]:
        """The filters that are active."""
        return self.chosen.chips()

    @cached_property
    def facets(self) -> list[Facet]:
        """The filters with a count for every choice."""
        return self.chosen.facets()

    @cached_property
    def ways_out(self) -> list[WayOut]:
        """Of an empty list, each filter with what would be found without it."""
        if self.numbered.paginator.count:
            return []
        ways = [WayOut(chip.label, chip.without, self._count(chip)) for chip in self.chips]
        return [way for way in ways if way.found]

    @cached_property
    def each_alone(self) -> list[WayOut]:
        """Of an empty list that no single filter empties, what each of them finds alone."""
        if self.numbered.paginator.count or self.ways_out or len(self.chips) < 2:
            return []
        ways = []
        for name in self.chosen.filters:
            for value in filter(str.strip, self.chosen.chosen_values(name)):
                if name != "sort":
                    query = urlencode({name: value})
                    label = self.chosen.chip_label(name, value)
                    ways.append(WayOut(label, query, self._found(query)))
        return [way for way in ways if way.found]

    def _count(self, chip: Chip) -> int:
        return self._found(chip.without)

    def _found(self, query: str) -> int:
        return type(self.chosen)(QueryDict(query), queryset=self.chosen.queryset).count()

    @cached_property
    def sections(self) -> list[MarkedSection]:
        """The rows under the headings of their verification, each counted apart.

        Only lists in the order of verification have sections.
        """
        if self.chosen.order != "surest":
            return []
        counts = self.chosen.qs.count_by_verification()
        under = [
            (mark, heading, note, [row for row in self.rows if row.verification == mark])
            for mark, heading, note in SECTIONS
        ]
        return [
            MarkedSection(str(heading), str(note), counts.get(mark, 0), rows)
            for mark, heading, note, rows in under
            if rows
        ]

    @property
    def csv_url(self) -> str:
        """The whole list as a table."""
        return self._address(f"{self.kind.route}-csv")

    @property
    def json_url(self) -> str:
        """The whole list for programs."""
        return self._address(f"{self.kind.route}-json")

    def _address(self, route: str) -> str:
        return f"{reverse(route)}?{self.chosen.query(page=None)}".rstrip("?")
