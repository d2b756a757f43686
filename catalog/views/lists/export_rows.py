"""What the rows of each export say: columns, and how they come from the database.

The long lists are read as plain values: to make objects of ten thousand works takes longer than
all the rest of an export.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from catalog.addresses import absolute
from catalog.filters import (
    ChangeFilter,
    ClaimFilter,
    ConferenceFilter,
    InitiativeFilter,
    ListFilter,
    PartnerFilter,
    PublicationFilter,
    SearchFilter,
    TopicFilter,
)
from catalog.models import (
    Change,
    CommonName,
    Conference,
    Initiative,
    Partner,
    Publication,
    SearchEntry,
    SourceUse,
    Topic,
)
from catalog.models.fields import lines
from catalog.terms import CURRENT_STATES, DoubtedField, EntryKind, Verification
from catalog.wording.dates import date_machine, moment_machine
from catalog.wording.doubts import Stated, state_words
from catalog.wording.import_report import newest_run, short_credit
from catalog.wording.names_in_use import in_a_cell
from catalog.wording.source_list import sources_by_entry
from catalog.wording.successions import plain, sentences_of
from catalog.works.known_successions import known_successions

CHUNK = 1_000  # rows that are in memory at a time
PLAIN = frozenset({str, int, bool, type(None)})  # what CSV and JSON write as it is


class ExportWords:
    """What an export says of values that are kept as codes: looked up once for all its rows."""

    def __init__(self, model: type[Model], request: HttpRequest):
        """Know the words of the choices of a model, and where this site is."""
        self._labels = {
            field.name: {value: str(label) for value, label in field.flatchoices}
            for field in model._meta.fields
            if field.choices
        }
        self._sectors: dict[str, str] = {}
        self._states: dict[tuple[str, bool], str] = {}
        self._data_set = short_credit(newest_run())
        self._sources: dict[str, str] | None = None
        self._site = absolute("/").removesuffix("/")
        # Asked at once, so that it costs the same whatever the rows are.
        self._successions = known_successions()

    def succession(self, work: int, state: str) -> tuple[str, str]:
        """Return what stands in the place of a work: names, and the sentences that say so.

        Nothing for a work that is current, or without a known successor.
        """
        if not state or state in CURRENT_STATES:
            return "", ""
        chain = self._successions.chain(work)
        names = "; ".join(text.name for text in chain.ends)
        return names, plain(sentences_of(chain))

    @cached_property
    def _names(self) -> dict[int, list[tuple[str, str]]]:
        """What people call works, by primary key: pairs of relation and name."""
        return CommonName.objects.by_work()

    def names(self, work: int) -> str:
        """Return what people call the work with this primary key."""
        return in_a_cell(self._names.get(work, ()))

    def of(self, field: str, value: str) -> str:
        """Return the word for the value of a field."""
        return self._labels[field].get(value, value)

    def state(self, text: Stated) -> str:
        """Return the state in words, with the doubt where there is one."""
        state = (text.state, text.state_doubted)
        if state not in self._states:
            self._states[state] = state_words(text)
        return self._states[state]

    @property
    def data_set(self) -> str:
        """The data set with its day."""
        return self._data_set

    def sources(self, key: str, verification: str, *, is_imported: bool = False) -> str:
        """Return the sources of an entry; of an imported work without any, the data set."""
        if self._sources is None:
            self._sources = sources_by_entry(SourceUse.objects.with_sources())
        found = self._sources.get(key, "")
        is_imported = is_imported or verification == Verification.IMPORTED
        return found or (self._data_set if is_imported else "")

    def address(self, path: str) -> str:
        """Return the full address of a path; nothing of nothing."""
        return self._site + path if path else ""

    def work(self, sector: str, slug: str) -> str:
        """Return the full address of a work, as `Publication.get_absolute_url` has it."""
        if sector not in self._sectors:
            path = reverse("sector", kwargs={"sector": sector})
            self._sectors[sector] = self.address(path)
        return f"{self._sectors[sector]}{slug}/"


@dataclass(frozen=True)
class Export:
    """What is exported: a filter over rows, the names of the columns, and what stands in them.

    With `fields` the rows are plain values under these names, else objects of the model.
    """

    name: str
    filter_class: type[ListFilter]
    rows: Callable[[], QuerySet]
    columns: tuple[str, ...]
    cells: Callable[[ExportWords, Any], Sequence[Any]]
    fields: tuple[str, ...] = ()

    def chosen(self, request: HttpRequest) -> ListFilter:
        """Return the list, narrowed as the request says."""
        return self.filter_class(request.GET, queryset=self.rows())

    def read(self, chosen: ListFilter, request: HttpRequest) -> Iterator[Sequence[Any]]:
        """Yield the cells of every row of the filtered list, a chunk of rows in memory at a time.

        A cell is a text, a number or None.
        """
        rows = chosen.plain_rows(self.fields) if self.fields else chosen.qs
        words = ExportWords(rows.model, request)
        for row in rows.iterator(chunk_size=CHUNK):
            yield [cell if type(cell) in PLAIN else str(cell) for cell in self.cells(words, row)]


def _publication(words: ExportWords, work) -> Sequence[Any]:
    doubted = lines(work.current_edition__doubted_fields or "")
    title = [DoubtedField.TITLE.value] if work.undoubted_name else []
    return (
        work.identifier,
        work.undoubted_name or work.name,
        words.of("kind", work.kind),
        words.state(work),
        *words.succession(work.pk, work.state),
        work.current_edition__identifier or "",
        _date(work, doubted),
        work.sector__short_name,
        work.series__letters or "",
        words.of("verification", work.verification),
        ", ".join([*title, *(fact for fact in doubted if fact != DoubtedField.TITLE)]),
        words.sources(work.key, work.verification, is_imported=work.from_source),
        words.work(work.sector__code, work.slug),
        work.key,
        moment_machine(work.changed),
        words.names(work.pk),
    )


def _date(work, doubted: list[str]) -> str:
    """Return the date of the standing edition, as `DatedText.date` has it."""
    approved, posted = work.current_edition__approved, work.current_edition__posted
    if approved and DoubtedField.APPROVED not in doubted:
        return date_machine(approved, work.current_edition__approved_precision)
    posted = None if DoubtedField.POSTED in doubted else posted
    return date_machine(posted, work.current_edition__posted_precision)


PUBLICATIONS = Export(
    "publications",
    PublicationFilter,
    lambda: Publication.objects.for_list(),
    (
        *("identifier", "title", "kind", "state", "in its place", "succession", "edition"),
        *(
            "date",
            "sector",
            "series",
            "verification",
            "doubted",
            "source",
            "address",
            "key",
            "changed",
            "names",
        ),
    ),
    _publication,
    (
        "pk",
        *("identifier", "name", "kind", "state", "verification", "from_source"),
        *("slug", "key", "sector__code", "sector__short_name", "series__letters"),
        *("current_edition__identifier", "current_edition__approved"),
        *("current_edition__approved_precision", "current_edition__posted"),
        *("current_edition__posted_precision", "current_edition__doubted_fields"),
        *("undoubted_name", "state_doubted", "changed"),
    ),
)


def _change(words: ExportWords, change: Change) -> Sequence[Any]:
    return (
        change.run.finished.date(),
        change.run.snapshot_date,
        words.of("kind", change.kind),
        change.identifier,
        change.shown_title,
        change.shown_before,
        change.shown_after,
        words.data_set,
        words.address(change.address),
    )


CHANGES = Export(
    "changes",
    ChangeFilter,
    lambda: Change.objects.newest_first(),
    (
        *("imported", "snapshot", "change", "identifier", "title", "before", "after"),
        *("source", "address"),
    ),
    _change,
)


def _claim(words: ExportWords, row) -> Sequence[Any]:
    return (
        row.title,
        words.of("kind", row.kind),
        row.wordings.replace("\n", "; "),
        row.claim,
        words.of("verification", row.verification),
        row.correction,
        words.sources(row.key, row.verification),
        words.address(row.url),
        row.key,
    )


CLAIMS = Export(
    "claims",
    ClaimFilter,
    lambda: SearchEntry.objects.claims(),
    (
        *("entry", "kind", "wording", "claim", "verdict", "right fact", "sources", "address"),
        "key",
    ),
    _claim,
    (
        *("title", "kind", "wordings", "claim", "verification", "correction"),
        *("url", "key"),
    ),
)


def _entry(words: ExportWords, row) -> Sequence[Any]:
    is_work = row.kind == EntryKind.PUBLICATION
    return (
        row.identifier,
        row.title,
        words.of("kind", row.kind),
        words.state(row),
        *words.succession(row.object_id, row.state if is_work else ""),
        words.of("verification", row.verification),
        words.sources(row.key, row.verification),
        words.address(row.url),
        row.key,
    )


SEARCH = Export(
    "search",
    SearchFilter,
    lambda: SearchEntry.objects.all(),
    (
        *("identifier", "title", "kind", "state", "in its place", "succession", "verification"),
        *("source", "address", "key"),
    ),
    _entry,
    (
        *("identifier", "title", "kind", "state", "state_doubted", "verification"),
        *("url", "key", "object_id"),
    ),
)


def _initiative(words: ExportWords, initiative: Initiative) -> Sequence[Any]:
    return (
        initiative.name,
        words.of("kind", initiative.kind),
        words.of("verification", initiative.verification),
        initiative.correction,
        initiative.sector.short_name if initiative.sector else "",
        initiative.since,
        initiative.until,
        words.address(initiative.get_absolute_url()),
        initiative.key,
        moment_machine(initiative.changed),
    )


INITIATIVES = Export(
    "initiatives",
    InitiativeFilter,
    lambda: Initiative.objects.for_list(),
    (
        *("name", "kind", "verification", "correction", "lead", "since", "until", "address"),
        *("key", "changed"),
    ),
    _initiative,
)


def _partner(words: ExportWords, partner: Partner) -> Sequence[Any]:
    return (
        partner.name,
        words.of("kind", partner.kind),
        words.of("verification", partner.verification),
        partner.description,
        words.address(partner.get_absolute_url()),
        partner.key,
        moment_machine(partner.changed),
    )


PARTNERS = Export(
    "partners",
    PartnerFilter,
    lambda: Partner.objects.for_list(),
    ("name", "kind", "verification", "description", "address", "key", "changed"),
    _partner,
)


def _conference(words: ExportWords, conference: Conference) -> Sequence[Any]:
    return (
        conference.name,
        conference.abbreviation,
        words.of("kind", conference.kind),
        conference.sector.short_name if conference.sector else "",
        conference.meeting_count,
        conference.first_year,
        conference.last_year,
        words.of("verification", conference.verification),
        words.address(conference.get_absolute_url()),
        conference.key,
        moment_machine(conference.changed),
    )


CONFERENCES = Export(
    "conferences",
    ConferenceFilter,
    lambda: Conference.objects.for_list(),
    (
        *("name", "abbreviation", "kind", "sector", "meetings", "first", "last"),
        *("verification", "address", "key", "changed"),
    ),
    _conference,
)


def _topic(words: ExportWords, topic: Topic) -> Sequence[Any]:
    return (
        topic.name,
        words.of("kind", topic.kind),
        topic.description,
        words.of("verification", topic.verification),
        words.address(topic.get_absolute_url()),
        topic.key,
        moment_machine(topic.changed),
    )


TOPICS = Export(
    "topics",
    TopicFilter,
    lambda: Topic.objects.by_name(),
    ("name", "kind", "description", "verification", "address", "key", "changed"),
    _topic,
)
