"""How the Union is built: Sectors, series with number ranges, groups, bodies."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.models.entry import Entry, SectorEntryQuerySet, entry_constraints
from catalog.models.fields import (
    LARGEST_NUMBER,
    PlainTextField,
    position_field,
    translated_choices,
    validate_address_part,
    validate_plain_text,
    vocabulary_field,
    words_constraint,
    year_field,
)
from catalog.terms import IN_FORCE_STATES, BodyKind, EntryKind, GroupKind, SectorCode


class Sector(Entry):
    """One of the three Sectors, or the Union as a whole."""

    entry_kind = EntryKind.SECTOR

    code = models.CharField(
        _("code"), max_length=8, unique=True, choices=translated_choices(SectorCode)
    )
    short_name = models.CharField(_("short name"), max_length=40, validators=[validate_plain_text])
    position = position_field(_("position"))
    goals = models.ManyToManyField("catalog.Goal", verbose_name=_("SDGs"), blank=True)

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["position"]
        constraints = [
            *entry_constraints("sector"),
            words_constraint("sector", "code", SectorCode),
        ]

    def get_absolute_url(self) -> str:
        """Return the address: /itu-t/."""
        return reverse("sector", kwargs={"sector": self.code})


def publication_counts() -> dict[str, Count]:
    """Return the annotations for the number of works, and of works in force, of each row."""
    in_force = Q(publications__state__in=IN_FORCE_STATES)
    return {
        "works": Count("publications", distinct=True),
        "in_force": Count("publications", filter=in_force, distinct=True),
    }


class StudyGroupQuerySet(SectorEntryQuerySet):
    """Groups of a Sector, by address, by topic, and those that exist today."""

    def at(self, sector: str, code: str):
        """Keep the group at an address, by the codes of its Sector and its own.

        With the Sector and the series in its charge.
        """
        found = self.with_sector().filter(sector__code=sector, code=code)
        return found.prefetch_related("series")

    def with_counts(self):
        """Return groups with their number of works and of works in force, and their series."""
        return self.with_sector().annotate(**publication_counts()).prefetch_related("series")

    def with_keys(self, keys: Iterable[str]):
        """Return the groups with these keys, with the series in their charge."""
        return self.filter(key__in=list(keys)).prefetch_related("series")

    def of_series(self, series: int):
        """Keep the groups in charge of the series with this primary key."""
        return self.with_sector().filter(series=series)

    def by_works_in(self, series: Series):
        """Keep the groups that works of a series name; with their `works` in it, most first."""
        named = self.with_sector().filter(publications__series=series)
        return named.annotate(works=Count("publications")).order_by("-works", "position", "code")

    def advisory(self):
        """Keep the groups that are no study groups: they advise, coordinate or prepare."""
        return self.with_sector().exclude(kind=GroupKind.STUDY_GROUP)

    def of_topic(self, topic: Entry):
        """Keep the groups that deal with a topic."""
        return self.with_sector().filter(topics=topic)

    def by_pk(self, keys: Iterable[int]) -> dict[int, StudyGroup]:
        """Return the groups with these primary keys, by primary key, with their Sectors."""
        return self.with_sector().in_bulk(list(keys))

    def successions(self) -> list[tuple[int, int]]:
        """Return (primary key of a group, of a group that took over from it) for all."""
        pairs = self.model.successors.through.objects
        return list(pairs.order_by("pk").values_list("from_studygroup_id", "to_studygroup_id"))

    def current(self):
        """Return the study groups that exist today."""
        return self.with_sector().filter(ended__isnull=True, kind=GroupKind.STUDY_GROUP)

    def current_in(self, sector: Sector):
        """Return the study groups of a Sector that exist today."""
        return self.current().filter(sector=sector)


class StudyGroup(Entry):
    """A study group, advisory group or committee of a Sector."""

    entry_kind = EntryKind.STUDY_GROUP
    own_statements = ("succession",)
    own_facts = {"Years": ("started", "ended")}

    sector = models.ForeignKey(
        Sector, on_delete=models.PROTECT, related_name="groups", verbose_name=_("sector")
    )
    code = models.CharField(
        _("code"),
        max_length=8,
        validators=[validate_address_part],
        help_text=_("As in the address: sg15, tsag."),
    )
    kind = vocabulary_field(GroupKind, _("kind"), default=GroupKind.STUDY_GROUP)
    title = models.CharField(_("title"), max_length=250, validators=[validate_plain_text])
    started = year_field(_("first year"))
    ended = year_field(_("last year"))
    successors = models.ManyToManyField(
        "self", symmetrical=False, related_name="predecessors", blank=True
    )
    succession = models.CharField(
        _("succession in words"),
        max_length=200,
        blank=True,
        default="",
        validators=[validate_plain_text],
    )
    position = position_field(_("position"))
    topics = models.ManyToManyField(
        "catalog.Topic", related_name="groups", verbose_name=_("topics"), blank=True
    )

    objects = StudyGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("study group")
        verbose_name_plural = _("study groups and advisory groups")
        ordering = ["sector__position", "position", "code"]
        constraints = [
            *entry_constraints("studygroup"),
            words_constraint("studygroup", "kind", GroupKind),
            models.UniqueConstraint(fields=["sector", "code"], name="one_group_per_code"),
            models.CheckConstraint(
                condition=Q(ended__isnull=True)
                | Q(started__isnull=True)
                | Q(ended__gte=F("started")),
                name="studygroup_years_in_order",
                violation_error_message=_("The last year lies before the first year."),
            ),
        ]

    @property
    def works_by_series(self) -> bool:
        """Whether its works are those of its series.

        Of ITU-R only Questions name a group, in their number (rule 2.11).
        """
        return self.sector.code == SectorCode.ITU_R and bool(self.series.all())

    @property
    def series_keys(self) -> list[int]:
        """The primary keys of the series in its charge."""
        return [series.pk for series in self.series.all()]

    @property
    def full_name(self) -> str:
        """Name and title; the name alone where the title only repeats it."""
        return self.name if self.title in self.name else f"{self.name}: {self.title}"

    def get_absolute_url(self) -> str:
        """Return the address: /itu-t/sg15/."""
        return reverse("study-group", kwargs={"sector": self.sector.code, "group": self.code})


class SeriesQuerySet(SectorEntryQuerySet):
    """Series, by address or letters, with the number of their works."""

    def at(self, sector: str, letters: str):
        """Keep the series at an address, by the code of its Sector and its letters in any case."""
        return self.with_sector().filter(sector__code=sector, letters=letters.upper())

    def with_groups(self):
        """Return series with their Sector and the groups in charge, in two queries."""
        groups = models.Prefetch("study_groups", StudyGroup.objects.with_sector())
        return self.with_sector().prefetch_related(groups)

    def lettered(self, letters: str, sector: str = ""):
        """Keep the series with these capital letters, of one Sector if its code is given."""
        named = self.with_sector().filter(letters=letters)
        return named.filter(sector__code=sector) if sector else named

    def with_publications(self):
        """Keep the series that have works in this catalogue."""
        return self.filter(publications__isnull=False).distinct()

    def with_counts(self):
        """Return series with their number of works and of works in force."""
        return self.with_sector().annotate(**publication_counts())


class Series(Entry):
    """A lettered series of a Sector."""

    entry_kind = EntryKind.SERIES

    sector = models.ForeignKey(
        Sector, on_delete=models.PROTECT, related_name="series", verbose_name=_("sector")
    )
    letters = models.CharField(
        _("letters"),
        max_length=4,
        validators=[validate_plain_text],
        help_text=_("In capitals, as in identifiers: G, BT."),
    )
    title = models.CharField(
        _("subject"), max_length=250, blank=True, default="", validators=[validate_plain_text]
    )
    study_groups = models.ManyToManyField(
        StudyGroup, related_name="series", verbose_name=_("groups in charge"), blank=True
    )
    ranges_evidence = PlainTextField(_("evidence for the number ranges"))

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["sector__position", "letters"]
        constraints = [
            *entry_constraints("series"),
            models.UniqueConstraint(fields=["sector", "letters"], name="one_series_per_letters"),
        ]

    def get_absolute_url(self) -> str:
        """Return the address: /itu-t/g/."""
        return reverse(
            "series", kwargs={"sector": self.sector.code, "series": self.letters.lower()}
        )

    def ranges_with_counts(self) -> list[SeriesRange]:
        """Return the number ranges, each with `works` and `in_force`, in two queries.

        A series without known ranges is cut into those hundreds that hold works; such a
        range has no title.
        """
        rows = self.publications.exclude(number=None).order_by("number").values_list("number")
        in_force = Count("pk", filter=Q(state__in=IN_FORCE_STATES))
        numbers = list(rows.annotate(works=Count("pk"), in_force=in_force))
        ranges = list(self.ranges.order_by("first", "level")) or [
            SeriesRange(series=self, first=first or 1, last=first + 99)
            for first in sorted({number // 100 * 100 for number, _works, _in_force in numbers})
        ]
        for area in ranges:
            area.series = self
            inside = numbers[
                bisect_left(numbers, (area.first,)) : bisect_left(numbers, (area.last + 1,))
            ]
            area.works = sum(works for _number, works, _in_force in inside)
            area.in_force = sum(in_force for _number, _works, in_force in inside)
        return ranges


class SeriesRangeQuerySet(models.QuerySet):
    """Number ranges of a series, found by where they begin."""

    def get_by_natural_key(self, series_key: str, level: int, first: int):
        """Return the range of this series and level that begins with this number."""
        return self.get(series__key=series_key, level=level, first=first)


class SeriesRange(models.Model):
    """A range of numbers inside a series, with its subject; level 2 stands under level 1."""

    series = models.ForeignKey(
        Series, on_delete=models.CASCADE, related_name="ranges", verbose_name=_("series")
    )
    level = models.PositiveSmallIntegerField(
        _("level"), default=1, choices=[(1, _("heading")), (2, _("sub-heading"))]
    )
    first = models.PositiveIntegerField(
        _("first number"), validators=[MaxValueValidator(LARGEST_NUMBER)]
    )
    last = models.PositiveIntegerField(
        _("last number"), validators=[MaxValueValidator(LARGEST_NUMBER)]
    )
    title = models.CharField(_("subject"), max_length=250, validators=[validate_plain_text])

    objects = SeriesRangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("number range")
        verbose_name_plural = _("number ranges")
        ordering = ["series", "first", "level"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "level", "first"],
                name="one_range_per_first_number",
                violation_error_message=_("Another range of this level begins with this number."),
            ),
            models.CheckConstraint(
                condition=Q(last__gte=F("first")),
                name="range_in_order",
                violation_error_message=_("The last number lies before the first."),
            ),
            models.CheckConstraint(condition=Q(level__in=[1, 2]), name="range_level_known"),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.title}"

    def natural_key(self) -> tuple[str, int, int]:
        """Return what stands for the range in fixtures."""
        return (self.series.key, self.level, self.first)

    natural_key.dependencies = ["catalog.series"]

    @property
    def label(self) -> str:
        """The range as people write it: G.700–G.799."""
        letters = self.series.letters
        if self.first == self.last:
            return f"{letters}.{self.first}"
        return f"{letters}.{self.first}–{letters}.{self.last}"

    def clean(self) -> None:
        """Raise ValidationError if the range runs backwards."""
        if self.first is not None and self.last is not None and self.last < self.first:
            raise ValidationError({"last": _("The last number lies before the first.")})


class BodyQuerySet(SectorEntryQuerySet):
    """Bodies, with what their list shows."""

    def for_list(self):
        """Return bodies with what a list row shows, in one query."""
        return self.with_sector().order_by("sector__position", "kind", "name")


class Body(Entry):
    """A bureau, board, council or other standing body of the Union."""

    entry_kind = EntryKind.BODY
    own_statements = ("role", "frequency", "head_title")

    sector = models.ForeignKey(
        Sector, on_delete=models.PROTECT, related_name="bodies", verbose_name=_("sector")
    )
    kind = vocabulary_field(BodyKind, _("kind"))
    abbreviation = models.CharField(
        _("abbreviation"), max_length=20, blank=True, default="", validators=[validate_plain_text]
    )
    role = PlainTextField(_("role"))
    frequency = models.CharField(
        _("how often it meets"),
        max_length=200,
        blank=True,
        default="",
        validators=[validate_plain_text],
    )
    head_title = models.CharField(
        _("headed by (title)"),
        max_length=200,
        blank=True,
        default="",
        validators=[validate_plain_text],
    )
    topics = models.ManyToManyField("catalog.Topic", related_name="bodies", blank=True)

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["name"]
        constraints = [
            *entry_constraints("body"),
            words_constraint("body", "kind", BodyKind),
        ]

    def get_absolute_url(self) -> str:
        """Return the address: /bodies/itu-council/."""
        return reverse("body", kwargs={"slug": self.key})
