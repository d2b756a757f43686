"""The lists that readers narrow: what stands in each, and its words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalog.filters import (
    ChangeFilter,
    ClaimFilter,
    ConferenceFilter,
    InitiativeFilter,
    PartnerFilter,
    PublicationFilter,
    SearchFilter,
    TopicFilter,
)
from catalog.models import (
    Change,
    Conference,
    ImportRun,
    Initiative,
    Partner,
    Publication,
    SearchEntry,
    SourceUse,
    StudyGroup,
    TextFamily,
    Topic,
)
from catalog.pages.claims import VerdictCount, verdict_counts
from catalog.pages.frame import FeedLink, Frame
from catalog.pages.lists import ListKind, ListPage
from catalog.pages.opened import NotHere
from catalog.pages.study_group import query_of_series
from catalog.search.hits import Hit, hits_of
from catalog.search.match import CALLED
from catalog.search.suggestions import corrected
from catalog.terms import NameRelation
from catalog.wording.names_in_use import said_once
from catalog.wording.source_list import sources_by_entry

RUNS_SHOWN = 50

PUBLICATIONS = ListKind(
    filter_class=PublicationFilter,
    rows=lambda: Publication.objects.for_list(),
    template="publication_list.html",
    route="publication-list",
    heading=gettext_lazy("Publications"),
    counted=lambda n: ngettext("%(n)s publication", "%(n)s publications", n),
    description=gettext_lazy(
        "Recommendations, Reports, Handbooks, regulations and other publications of ITU, "
        "with their status; filter by sector, series, group, topic and year."
    ),
)
INITIATIVES = ListKind(
    filter_class=InitiativeFilter,
    rows=lambda: Initiative.objects.for_list(),
    template="initiative_list.html",
    route="initiative-list",
    heading=gettext_lazy("Initiatives"),
    counted=lambda n: ngettext("%(n)s initiative", "%(n)s initiatives", n),
    description=gettext_lazy(
        "Programmes, summits, indices, funds and platforms said to be ITU’s: which are "
        "checked, which belong to others, and which could not be found."
    ),
)
PARTNERS = ListKind(
    filter_class=PartnerFilter,
    rows=lambda: Partner.objects.for_list(),
    template="partner_list.html",
    route="partner-list",
    heading=gettext_lazy("Partners"),
    counted=lambda n: ngettext("%(n)s partner", "%(n)s partners", n),
    description=gettext_lazy("Organizations and processes that ITU works with, and in what."),
    above=(gettext_lazy("Members and partners"), "membership"),
)
CONFERENCES = ListKind(
    filter_class=ConferenceFilter,
    rows=lambda: Conference.objects.for_list(),
    template="conference_list.html",
    route="conference-list",
    heading=gettext_lazy("Conferences"),
    counted=lambda n: ngettext("%(n)s conference", "%(n)s conferences", n),
    description=gettext_lazy(
        "Conferences, assemblies, forums and days of ITU, with their meetings."
    ),
)
TOPICS = ListKind(
    filter_class=TopicFilter,
    rows=lambda: Topic.objects.with_counts().by_name(),
    template="topic_list.html",
    route="topic-list",
    heading=gettext_lazy("Topics"),
    counted=lambda n: ngettext("%(n)s topic", "%(n)s topics", n),
    description=gettext_lazy(
        "Focus areas, responsibilities of the Union and subjects of publications."
    ),
    page_size=200,
)
CLAIMS = ListKind(
    filter_class=ClaimFilter,
    rows=lambda: SearchEntry.objects.claims(),
    template="claim_list.html",
    route="claim-list",
    heading=gettext_lazy("Claims checked"),
    counted=lambda n: ngettext("%(n)s claim", "%(n)s claims", n),
    description=gettext_lazy(
        "What a text says about ITU, claim by claim: the verdict, the right fact and the sources."
    ),
)
CHANGES = ListKind(
    filter_class=ChangeFilter,
    rows=lambda: Change.objects.newest_first(),
    template="changes.html",
    route="change-list",
    heading=gettext_lazy("Changes"),
    counted=lambda n: ngettext("%(n)s change", "%(n)s changes", n),
    description=gettext_lazy(
        "What each import of the public data set changed in this catalogue: new, superseded and "
        "withdrawn texts, changes of status, number and title."
    ),
)
SEARCH = ListKind(
    filter_class=SearchFilter,
    rows=lambda: SearchEntry.objects.all(),
    template="search.html",
    route="search",
    heading=gettext_lazy("Search"),
    counted=lambda n: ngettext("%(n)s result", "%(n)s results", n),
    description=gettext_lazy("Search ITU publications, programmes, bodies and topics."),
)


@dataclass(frozen=True)
class ByGroup:
    """A group by which a list is narrowed, and the works that belong to it only by their series."""

    group: StudyGroup
    only_by_series: int

    @property
    def series(self) -> str:
        """The series in its charge: `F, M, SF`."""
        return ", ".join(series.letters for series in self.group.series.all())

    @property
    def series_url(self) -> str:
        """The list of all works of these series."""
        return f"{reverse('publication-list')}?{query_of_series(self.group)}"


@dataclass(frozen=True)
class PublicationListPage(ListPage):
    """The list of publications; a list of a group says what it leaves out."""

    @cached_property
    def by_group(self) -> list[ByGroup]:
        """The chosen groups of which works belong to them only by their series."""
        keys = self.chosen.form.cleaned_data.get("group")
        groups = StudyGroup.objects.with_keys(keys) if keys else ()
        counts = [
            ByGroup(group, Publication.objects.only_by_series(group).count()) for group in groups
        ]
        return [row for row in counts if row.only_by_series]


@dataclass(frozen=True)
class ClaimsPage(ListPage):
    """The claims with their verdicts."""

    @cached_property
    def claims(self) -> list[tuple[SearchEntry, str]]:
        """The claims of the page, each with its sources in a line."""
        uses = SourceUse.objects.of_entries(row.key for row in self.rows)
        sources = sources_by_entry(uses)
        return [(row, sources.get(row.key, "")) for row in self.rows]

    @cached_property
    def verdicts(self) -> list[VerdictCount]:
        """How many claims were checked with which verdict, whatever is chosen."""
        return verdict_counts(SearchEntry.objects.claims().count_by_verification())


@dataclass(frozen=True)
class ChangesPage(ListPage):
    """The changes, those of the newest import first, and what each import did in all."""

    @property
    def frame(self) -> Frame:
        """The frame, with the feed of what is chosen."""
        address = f"{reverse('change-feed')}?{self.chosen.query(page=None, sort=None)}"
        return replace(super().frame, feed=FeedLink(_("Changes"), address.rstrip("?")))

    @cached_property
    def runs(self) -> list[ImportRun]:
        """The newest imports."""
        return list(ImportRun.objects.without_reports()[:RUNS_SHOWN])

    @cached_property
    def run_count(self) -> int:
        """How many imports there were."""
        return ImportRun.objects.count()


@dataclass(frozen=True)
class SearchPage(ListPage):
    """What matches a query; `not_here` explains an identifier without an entry."""

    query: str = ""
    not_here: NotHere | None = None

    @cached_property
    def hits(self) -> list[Hit]:
        """The rows with what is to be said of them."""
        families = self.not_here.families if self.not_here else ()
        return [_told_once(hit, self.query, families) for hit in hits_of(self.rows, self.query)]

    @property
    def notice(self) -> NotHere | None:
        """What is known of an identifier without an entry.

        Nothing if it is only a guess and the text is the name of an entry, or of a text in use.
        """
        is_named = any(hit.names or hit.row.rank < CALLED for hit in self.hits)
        if self.not_here and not self.not_here.names_something and is_named:
            return None
        return self.not_here

    @cached_property
    def meant(self) -> str:
        """Where nothing matches, a query that finds something; else empty."""
        return corrected(self.query) if self.query and not self.numbered.paginator.count else ""


def _told_once(hit: Hit, asked: str, families: tuple[TextFamily, ...]) -> Hit:
    """Return a hit with each thing said once: not what the notice says of its family already."""
    names = said_once(hit.names, asked)
    if any(family.has_member(hit.row.identifier) for family in families):
        names = tuple(n for n in names if n.relation != NameRelation.PART_OF_FAMILY)
    return replace(hit, names=names)
