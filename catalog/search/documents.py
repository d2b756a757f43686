"""What is searched of each kind of entry: models to plain rows of the index."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from catalog.identifiers import compact, number_sort_key
from catalog.identifiers.spelling import fold
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
from catalog.terms import EntryKind, Kind

# `G.711` in `ITU-T G.711`, `BT.2020` in `Report ITU-R BT.2020`
NUMBER_AFTER_SECTOR = re.compile(r"\bITU-[TRD] (.*\d.*)")


@dataclass
class Words:
    """What one kind adds to the row that every entry gets."""

    identifier: str = ""
    sector: str = ""
    state: str = ""
    kind_label: str = ""
    names: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    sort_key: str = ""


@dataclass(frozen=True)
class Source:
    """Where entries of a kind come from and how their words are gathered."""

    queryset: Callable[[], QuerySet]
    words: Callable[[Entry], Words]


def document(entry: Entry) -> SearchEntry:
    """Return the unsaved index row of an entry."""
    words = SOURCES[type(entry)].words(entry)
    names = [*words.names, *entry.alias_list, *entry.wording_list]
    texts = [entry.description, *entry.fact_list, entry.claim, entry.correction, *words.text]
    return SearchEntry(
        key=entry.key,
        kind=entry.entry_kind,
        object_id=entry.pk,
        identifier=words.identifier,
        title=entry.name,
        url=entry.get_absolute_url(),
        kind_label=words.kind_label or entry.entry_kind.label,
        sector=words.sector,
        verification=entry.verification,
        state=words.state,
        summary=entry.description,
        claim=entry.claim,
        wordings=entry.wordings,
        correction=entry.correction,
        evidence=entry.evidence,
        position=list(EntryKind).index(entry.entry_kind),
        sort_key=words.sort_key or number_sort_key(entry.name),
        title_words=fold(f"{words.identifier} {entry.name}"),
        name_words=fold(" | ".join(names)),
        exact_names=exact_names([words.identifier, entry.name, *names]),
        text_words=fold(" ".join(texts)),
    )


def exact_names(names: Iterable[str]) -> str:
    """Return the compact forms of the names, each between bars: `|itutg711|g711|`."""
    forms = dict.fromkeys(
        compact(text) for name in names for text in (name, *NUMBER_AFTER_SECTOR.findall(name))
    )
    forms.pop("", None)
    return "|" + "".join(f"{form}|" for form in forms)


def _publication(work: Publication) -> Words:
    parts = [part.identifier for part in (*work.editions.all(), *work.components.all())]
    halves = work.identifier.split("/") if "/" in work.identifier else []
    title_changes = {edition.title for edition in work.editions.all() if edition.title}
    return Words(
        identifier=work.identifier,
        sector=work.sector.code,
        state=work.state,
        kind_label=_(Kind(work.kind).label),
        names=[*halves, *(name.name for name in work.names.all()), *parts, *title_changes],
        text=[work.purpose, *work.used_in_list, *work.keyword_list],
        sort_key=work.sort_key,
    )


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
