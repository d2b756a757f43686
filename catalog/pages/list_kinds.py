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
    NotFoundFilter,
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
from catalog.terms import Kind, NameRelation, Verification
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
        "Programmes, summits, indices, funds and platforms of ITU, each with what it is for and "
        "its years; what belongs to others says so."
    ),
)
NOT_FOUND = ListKind(
    filter_class=NotFoundFilter,
    rows=lambda: Initiative.objects.not_found().for_list(),
    template="not_found_list.html",
    route="not-found-list",
    heading=gettext_lazy("Looked for and not found"),
    counted=lambda n: ngettext("%(n)s title", "%(n)s titles", n),
    description=gettext_lazy(
        "Titles that a text names as work of ITU; each was looked for, and no trace of it found."
    ),
    above=(gettext_lazy("Initiatives"), "initiative-list"),
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
    heading=gettext_lazy("Fact check"),
    counted=lambda n: ngettext("%(n)s claim", "%(n)s claims", n),
    description=gettext_lazy(
        "What a widely copied overview says about ITU, claim by claim: the verdict, the right "
        "fact and the sources."
    ),
    page_size=25,
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
class PublicationsPage(ListPage):
    """The publications; what all of them share is said once, and what a group's list leaves out."""

    @cached_property
    def by_group(self) -> list[ByGroup]:
        """The chosen groups of which works belong to them only by their series."""
        keys = self.chosen.form.cleaned_data.get("group")
        groups = StudyGroup.objects.with_keys(keys) if keys else ()
        counts = [
            ByGroup(group, Publication.objects.only_by_series(group).count()) for group in groups
        ]
        return [row for row in counts if row.only_by_series]

    def _only(self, name: str) -> str:
        """Return the value that all rows have in a facet; empty if they differ."""
        values = list(filter(str.strip, self.chosen.chosen_values(name)))
        counts = self.chosen.counts(name)
        found = values or [key for key in counts if len(counts) == 1]
        count = self.numbered.paginator.count
        return found[0] if len(found) == 1 and counts.get(found[0]) == count else ""

    @cached_property
    def only_state(self) -> str:
        """The status that all have."""
        return self._only("state")

    @cached_property
    def only_kind(self) -> str:
        """The kind that all have, where rows would name it."""
        kind = self._only("kind")
        return "" if kind == Kind.RECOMMENDATION else kind

    @property
    def shared(self) -> str:
        """What all have in common, in a sentence or two."""
        said = []
        if self.only_state:
            label = self.chosen.labels("state")[self.only_state].lower()
            said.append(_("All are %(status)s.") % {"status": label})
        if self.only_kind:
            label = self.chosen.labels("kind")[self.only_kind]
            said.append(_("Kind of all: %(kind)s.") % {"kind": label})
        return " ".join(said)

    @cached_property
    def meant(self) -> str:
        """Where nothing matches the words alone, words that find something; else empty."""
        words = self.chosen.data.get("q", "")
        if not words or self.numbered.paginator.count:
            return ""
        return corrected(words)


@dataclass(frozen=True)
class InitiativesPage(ListPage):
    """The initiatives, and how many titles were looked for in vain."""

    @cached_property
    def not_found(self) -> int:
        """How many titles match the other filters and were not found; 0 where they are shown."""
        if any(self.chosen.chosen_values("verification")):
            return 0
        return self.chosen.counts("verification").get(Verification.NOT_FOUND.value, 0)

    @property
    def not_found_url(self) -> str:
        """The page of these titles; under filters the list of those that match."""
        if not self.chips:
            return reverse("not-found-list")
        query = self.chosen.query(page=None, verification=Verification.NOT_FOUND.value)
        return f"{reverse(self.kind.route)}?{query}"


@dataclass(frozen=True)
class NotFoundPage(ListPage):
    """The titles that were looked for in vain."""

    def _address(self, route: str) -> str:
        mark = Verification.NOT_FOUND.value
        exported = route.replace(self.kind.route, INITIATIVES.route)
        return f"{reverse(exported)}?{self.chosen.query(page=None, verification=mark)}"


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
