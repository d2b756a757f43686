"""What stands around a work: supplements, the text it supplements, the same text elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.urls import reverse

from catalog.models import (
    Publication,
    PublicationRelation,
    Series,
    SeriesSupplement,
)
from catalog.models.page_queries import (
    holders_of,
    records_of_work,
    relations_that_lead_to,
    supplements_of_series,
)
from catalog.terms import IN_FORCE_STATES, Kind, RelationKind, SectorCode
from catalog.wording.state_lines import Neighbours
from catalog.works.standing import number_in_address
from catalog.works.successors import NO_CHAIN, Chain

SHOWN = 20


@dataclass(frozen=True)
class RelatedTexts:
    """The texts and series that a work is tied to."""

    supplements: list[Publication] = field(default_factory=list)
    supplement_to: list[Publication] = field(default_factory=list)
    more: int = 0
    more_url: str = ""
    same_texts: list[Publication] = field(default_factory=list)
    supplemented_series: list[Series] = field(default_factory=list)
    series_with_supplements: Series | None = None

    @property
    def any(self) -> bool:
        """Whether there is anything to show."""
        return bool(
            self.supplements
            or self.supplement_to
            or self.same_texts
            or self.supplemented_series
            or self.series_with_supplements
        )


def related_texts(work: Publication) -> RelatedTexts:
    """Return the related texts of a work, in a fixed number of queries.

    Supplements to a whole series are never listed on a Recommendation's page; it links to the
    list on the page of the series (rule 6.2).
    """
    relations = relations_that_lead_to(work.pk)
    same = [row.other_than(work) for row in relations if row.kind == RelationKind.ALSO_AS]
    supplements = [row.subject for row in relations if row.kind == RelationKind.SUPPLEMENTS]
    if work.kind != Kind.SUPPLEMENT:
        return RelatedTexts(
            supplements=supplements,
            same_texts=same,
            series_with_supplements=work.series if _has_supplements(work) else None,
        )
    ties = PublicationRelation.objects.supplemented_by(work)
    targets = [row.target for row in ties[:SHOWN]]
    more = ties.count() - SHOWN if len(targets) == SHOWN else 0
    links = SeriesSupplement.objects.of_supplement(work)
    return RelatedTexts(
        supplements=supplements,
        supplement_to=targets,
        more=more,
        more_url=f"{reverse('publication-list')}?supplement={work.key}",
        same_texts=same,
        supplemented_series=[link.series for link in links],
    )


def neighbours_of(
    work: Publication, same_texts: list[Publication], chain: Chain = NO_CHAIN
) -> Neighbours:
    """Return what the state line needs: holders of the number and records, one query each."""
    return Neighbours(
        holders=_holders(work),
        same_texts=same_texts,
        records=records_of_work(work.pk),
        chain=chain,
    )


def same_text_as(work: Publication) -> Publication | None:
    """Return the text under another letter as which a work is also published, if any."""
    if work.sector.code != SectorCode.ITU_R:
        return None
    row = PublicationRelation.objects.of_same_text(work).first()
    return row.other_than(work) if row else None


def _has_supplements(work: Publication) -> bool:
    """Whether supplements go with the series of a work; the source ties none to a text ended."""
    if work.series is None or work.state not in IN_FORCE_STATES:
        return False
    return bool(supplements_of_series(work.series_id))


def _holders(work: Publication) -> list[Publication]:
    """Return the other works of the Sector that carry or carried the number of this one.

    A Report and a Recommendation of ITU-R may share a code; other addresses are no numbers.
    """
    number = number_in_address(work, work.editions.all())
    code = number.removeprefix("report/")
    if "/" in code:
        return []
    numbers = {number, code, f"report/{code}"} if work.sector.code == SectorCode.ITU_R else {number}
    found = holders_of(work.sector.code, tuple(sorted(numbers)))
    return [other for other in found if other.pk != work.pk]
