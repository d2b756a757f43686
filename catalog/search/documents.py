"""What is searched of each kind of entry: models to plain rows of the index."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from catalog.identifiers import compact, number_sort_key
from catalog.models import (
    Body,
    Component,
    Conference,
    Edition,
    Goal,
    Initiative,
    Meeting,
    MembershipType,
    Partner,
    Publication,
    PublicationFamily,
    SearchEntry,
    Sector,
    Series,
    StudyGroup,
    Topic,
)
from catalog.models.entry import Entry
from catalog.search.columns import TextColumns, text_columns
from catalog.terms import EntryKind, Kind

# `G.711` in `ITU-T G.711`, `BT.2020` in `Report ITU-R BT.2020`
NUMBER_AFTER_SECTOR = re.compile(r"\bITU-[TRD] (.*\d.*)")
# Whoever looks for the ITU Council types `council`.
NAME_AFTER_ITU = re.compile(r"^(?:the )?ITU(?:-[TRD])? (.+)", re.IGNORECASE)


@dataclass
class Words:
    """What one kind adds to the row that every entry gets."""

    identifier: str = ""
    sector: str = ""
    state: str = ""
    state_doubted: bool = False
    kind_label: str = ""
    names: list[str] = field(default_factory=list)
    # What people call it; whole names, but not its own.
    called: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    sort_key: str = ""
    day: datetime.date | None = None


@dataclass(frozen=True)
class Source:
    """Where entries of a kind come from and how their words are gathered."""

    queryset: Callable[[], QuerySet]
    words: Callable[[Entry], Words]


def document(entry: Entry, abstracts: Iterable[str] = ()) -> tuple[SearchEntry, TextColumns]:
    """Return the unsaved index row of an entry, and the words by which it is found.

    `abstracts` are those of its editions and components (`abstracts_of`).
    """
    words = SOURCES[type(entry)].words(entry)
    names = [*words.names, *own_names(entry)]
    exact = exact_names(
        [
            words.identifier,
            entry.shown_name,
            *NAME_AFTER_ITU.findall(entry.shown_name),
            *names,
        ]
    )
    columns = text_columns(
        [
            entry.shown_name,
            *NAME_AFTER_ITU.findall(entry.shown_name),
            words.identifier,
            *NUMBER_AFTER_SECTOR.findall(words.identifier),
        ],
        [*names, *words.called],
        [*own_texts(entry), *words.text, *abstracts],
        [*exact.split("|"), compact(entry.key), *map(compact, words.called)],
    )
    row = SearchEntry(
        key=entry.key,
        kind=entry.entry_kind,
        object_id=entry.pk,
        identifier=words.identifier,
        title=entry.shown_name,
        url=entry.get_absolute_url(),
        kind_label=words.kind_label or entry.entry_kind.label,
        sector=words.sector,
        verification=entry.verification,
        state=words.state,
        state_doubted=words.state_doubted,
        summary=entry.description,
        claim=entry.claim,
        wordings=entry.wordings,
        correction=entry.correction,
        position=list(EntryKind).index(entry.entry_kind),
        sort_key=words.sort_key or number_sort_key(entry.shown_name),
        day=words.day,
        exact_names=exact,
        digest=columns.digest,
    )
    return row, columns


def own_names(entry: Entry) -> list[str]:
    """Return the names that editors gave an entry beside its title."""
    return [*entry.alias_list, *entry.wording_list]


def own_texts(entry: Entry) -> list[str]:
    """Return the texts that entries of every kind have."""
    return [entry.description, *entry.fact_list, entry.claim, entry.correction]


def abstracts_of(entries: Iterable[Entry]) -> dict[int, list[str]]:
    """Return the abstracts of the editions and components of works, by the work's primary key.

    They are the longest texts by far: ask for some hundred works at a time.
    """
    works = [entry.pk for entry in entries if isinstance(entry, Publication)]
    found: dict[int, dict[str, None]] = {}
    for model in (Edition, Component) if works else ():
        rows = model.objects.filter(publication__in=works).exclude(abstract="")
        for work, abstract in rows.order_by("pk").values_list("publication_id", "abstract"):
            found.setdefault(work, {})[abstract] = None
    return {work: list(abstracts) for work, abstracts in found.items()}


def exact_names(names: Iterable[str]) -> str:
    """Return the compact forms of the names, each between bars: `|itutg711|g711|`."""
    forms = dict.fromkeys(
        compact(text) for name in names for text in (name, *NUMBER_AFTER_SECTOR.findall(name))
    )
    forms.pop("", None)
    return "|" + "".join(f"{form}|" for form in forms)


def _publication(work: Publication) -> Words:
    # In one order, whether the rows come from the database or from an import that holds them.
    parts = [
        part
        for rows in (work.editions.all(), work.components.all())
        for part in sorted(rows, key=lambda row: (row.position, row.pk))
    ]
    standing = (row for row in work.editions.all() if row.pk == work.current_edition_id)
    return Words(
        identifier=work.identifier,
        sector=work.sector.code,
        state=work.state,
        state_doubted=work.state_doubted,
        kind_label=_(Kind(work.kind).label),
        names=[
            *names_of_work(work),
            *(part.identifier for part in parts),
            *dict.fromkeys(part.shown_title for part in parts if part.shown_title),
        ],
        called=called_of_work(work),
        text=texts_of_work(work),
        sort_key=work.sort_key,
        day=next((row.date for row in standing), None),
    )


def names_of_work(work: Publication) -> list[str]:
    """Return the other numbers and names of a work, those of its parts left out."""
    numbers = work.identifier.split("/") if "/" in work.identifier else []
    names = sorted((name.kind, name.name) for name in work.names.all())
    return [*numbers, *(name for _kind, name in names)]


def called_of_work(work: Publication) -> list[str]:
    """Return what people call a work, whether the names are its own or only lead to it."""
    return sorted(name.name for name in work.common_names.all())


def texts_of_work(work: Publication) -> list[str]:
    """Return the texts that only works have, the abstracts left out."""
    return [work.purpose, *work.used_in_list, *work.keyword_list]


def _sector(sector: Sector) -> Words:
    return Words(identifier=sector.short_name, sector=sector.code, sort_key=f"{sector.position}")


def _family(family: PublicationFamily) -> Words:
    return Words(sector=family.sector.code)


def _series(series: Series) -> Words:
    label = f"{series.sector.short_name} {series.letters}"
    return Words(
        sector=series.sector.code,
        names=[f"{label} series", f"{series.letters} series", f"{label}-series", series.title],
        text=[area.title for area in series.ranges.all()],
        sort_key=f"{series.sector.position} {series.letters}",
    )


def _group(group: StudyGroup) -> Words:
    number = group.code.removeprefix("sg")
    names = [group.code.upper(), f"{group.sector.short_name} {group.code}", group.title]
    if group.code != number:
        names += [f"Study Group {number}", f"{group.sector.short_name} Study Group {number}"]
    return Words(
        sector=group.sector.code,
        kind_label=group.get_kind_display(),
        names=names,
        sort_key=f"{group.sector.position} {number_sort_key(group.code)}",
    )


def _body(body: Body) -> Words:
    return Words(
        sector=body.sector.code,
        kind_label=body.get_kind_display(),
        names=[body.abbreviation],
        text=[body.role],
    )


def _initiative(initiative: Initiative) -> Words:
    return Words(
        sector=initiative.sector.code if initiative.sector else "",
        kind_label=initiative.get_kind_display(),
    )


def _partner(partner: Partner) -> Words:
    return Words(kind_label=partner.get_kind_display())


def _conference(conference: Conference) -> Words:
    return Words(
        sector=conference.sector.code if conference.sector else "",
        names=[conference.abbreviation],
        text=[conference.role],
    )


def _meeting(meeting: Meeting) -> Words:
    return Words(
        names=[f"{meeting.parent.name} {meeting.year}", meeting.place],
        sort_key=f"{3000 - meeting.year}",
        day=meeting.starts,
    )


def _topic(topic: Topic) -> Words:
    return Words(sector=topic.sector.code if topic.sector else "")


def _goal(goal: Goal) -> Words:
    return Words(names=[f"SDG {goal.number}", f"Goal {goal.number}"], sort_key=f"{goal.number:02d}")


def _membership(kind: MembershipType) -> Words:
    return Words(
        text=[kind.who_may_join, kind.approved_by, kind.how_to_join, kind.fee],
        sort_key=f"{kind.position:02d}",
    )


SOURCES: dict[type[Entry], Source] = {
    Sector: Source(lambda: Sector.objects.all(), _sector),
    Goal: Source(lambda: Goal.objects.all(), _goal),
    Topic: Source(lambda: Topic.objects.select_related("sector"), _topic),
    StudyGroup: Source(lambda: StudyGroup.objects.select_related("sector"), _group),
    Series: Source(
        lambda: Series.objects.select_related("sector").prefetch_related("ranges"), _series
    ),
    Body: Source(lambda: Body.objects.select_related("sector"), _body),
    PublicationFamily: Source(lambda: PublicationFamily.objects.select_related("sector"), _family),
    Publication: Source(
        lambda: Publication.objects.select_related("sector").prefetch_related(
            "names",
            "common_names",
            Prefetch("editions", Edition.objects.defer("abstract")),
            Prefetch("components", Component.objects.defer("abstract")),
        ),
        _publication,
    ),
    Partner: Source(lambda: Partner.objects.all(), _partner),
    Initiative: Source(lambda: Initiative.objects.select_related("sector"), _initiative),
    Conference: Source(lambda: Conference.objects.select_related("sector"), _conference),
    Meeting: Source(lambda: Meeting.objects.select_related("conference", "initiative"), _meeting),
    MembershipType: Source(lambda: MembershipType.objects.all(), _membership),
}
ENTRY_MODELS = {model.entry_kind: model for model in SOURCES}
