"""What the pages of works, editions and components ask the database, prepared."""

from __future__ import annotations

from catalog.models.activities import Initiative, Meeting
from catalog.models.common_names import CommonName, TextFamily
from catalog.models.editing import Correction
from catalog.models.entry_relations import EntryRelation
from catalog.models.imports import ImportRun, SourceRecord
from catalog.models.kept import Kept
from catalog.models.names import PublicationName
from catalog.models.prepared import Prepared
from catalog.models.publications import Publication
from catalog.models.relations import PublicationRelation, SeriesSupplement
from catalog.models.sources import SourceUse
from catalog.models.structure import Series, StudyGroup
from catalog.models.subjects import Goal
from catalog.models.texts import Component, Edition
from catalog.models.topic_rules import TopicOfWork

_work_at = Prepared(
    lambda sector, slug: Publication.objects.with_what_it_belongs_to().at(sector, slug)
)
_work = Prepared(lambda work: Publication.objects.with_what_it_belongs_to().filter(pk=work))
_PARTS = {
    "names": Prepared(lambda work: PublicationName.objects.filter(publication=work)),
    "topic_links": Prepared(TopicOfWork.objects.of_work),
    "goals": Prepared(lambda work: Goal.objects.filter(publications=work)),
    "editions": Prepared(lambda work: Edition.objects.filter(publication=work).newest_first()),
    "components": Prepared(
        lambda work: Component.objects.filter(publication=work).in_reading_order()
    ),
}

editions_at = Prepared(Edition.objects.at)
components_at = Prepared(Component.objects.at)

relations_that_lead_to = Prepared(
    lambda work: PublicationRelation.objects.that_lead_to(Publication(pk=work))
)
groups_of_series = Prepared(StudyGroup.objects.of_series)
supplements_of_series = Prepared(
    lambda series: SeriesSupplement.objects.of_series(Series(pk=series))[:1]
)
# Of a Sector and address parts: the works that carry or carried one of these numbers.
holders_of = Prepared(lambda sector, numbers: PublicationName.objects.holders_of(sector, *numbers))
records_of_work = Prepared(lambda work: SourceRecord.objects.of_texts().filter(publication=work))
records_of_edition = Prepared(
    lambda edition: SourceRecord.objects.of_texts().of_edition(Edition(pk=edition))
)
records_of_component = Prepared(
    lambda component: SourceRecord.objects.of_texts().of_component(Component(pk=component))
)
corrections_of_work = Prepared(
    lambda work, edition: Correction.objects.of_work(
        Publication(pk=work, current_edition=Edition(pk=edition))
    )
)
corrections_of_edition = Prepared(lambda edition: Correction.objects.of(Edition(pk=edition)))
corrections_of_component = Prepared(
    lambda component: Correction.objects.of(Component(pk=component))
)
_initiatives_of = Prepared(
    lambda work: Initiative.objects.filter(publications=work).existing().for_list()
)
_meetings_with_outcome = Prepared(
    lambda work: Meeting.objects.filter(outcomes=work).with_parents().newest_first()
)
# Of the key of an entry: the relations in which it takes part.
relations_of = Prepared(EntryRelation.objects.for_page)
sources_of_entry = Prepared(SourceUse.objects.of_entry)
_names_in_use_of = Prepared(lambda work: CommonName.objects.of_work(Publication(pk=work)))
_families: Kept[list[TextFamily]] = Kept()
newest_runs = Prepared(lambda: ImportRun.objects.without_reports().newest_first()[:1])


def work_at(sector: str, slug: str) -> Publication | None:
    """Return the work at an address with all that its own page shows; None if there is none."""
    return _with_parts(_work_at.first(sector, slug))


def work_for_page(key: int) -> Publication | None:
    """Return the work with this primary key with all that its own page shows."""
    return _with_parts(_work.first(key))


def _with_parts(work: Publication | None) -> Publication | None:
    if work is not None:
        # Where prefetching puts them, which could only compose its queries anew each time.
        work._prefetched_objects_cache = {
            name: _as_result(getattr(work, name).all(), rows(work.pk) if _has(work, name) else [])
            for name, rows in _PARTS.items()
        }
        for part in (*work.names.all(), *work.editions.all(), *work.components.all()):
            part.publication = work
    return work


def _has(work: Publication, name: str) -> bool:
    """Whether a work may have rows of this name; a work that was read otherwise may have any."""
    return getattr(work, f"has_{name}", True)


def text_families() -> list[TextFamily]:
    """Return all families of texts; every work is compared with each, so they are read once."""
    rows = TextFamily.objects.order_by("key")
    return _families.get("families", rows.db, lambda _before: list(rows))


def initiatives_of(work: Publication) -> list[Initiative]:
    """Return the initiatives that exist and of which a work came."""
    return _initiatives_of(work.pk) if _has(work, "initiatives") else []


def meetings_with_outcome(work: Publication) -> list[Meeting]:
    """Return the meetings of which a work is an outcome, the newest first."""
    return _meetings_with_outcome(work.pk) if _has(work, "meetings") else []


def names_in_use_of(work: Publication) -> list[CommonName]:
    """Return what people call a work, with the sources."""
    return _names_in_use_of(work.pk) if _has(work, "common_names") else []


def _as_result(rows, found: list):
    rows._result_cache, rows._prefetch_done = found, True
    return rows
