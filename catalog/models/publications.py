"""Works, their editions and the components that change or complete an edition."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.models.dates import DatedText, dated_text_constraints
from catalog.models.entry import Entry, EntryQuerySet, entry_constraints
from catalog.models.families import PublicationFamily
from catalog.models.fields import (
    LinesField,
    lines,
    translated_choices,
    validate_address_part,
    validate_plain_text,
    vocabulary_field,
    words_constraint,
)
from catalog.models.structure import Sector, Series, StudyGroup
from catalog.models.subjects import Goal, Topic
from catalog.models.succession import BRIEF_OF_WORK, EditionQuerySet, PartQuerySet
from catalog.terms import (
    CURRENT_STATES,
    IN_FORCE_STATES,
    ComponentType,
    EntryKind,
    Kind,
    State,
)

STANDING_DATE = Coalesce("current_edition__approved", "current_edition__posted")


class PublicationQuerySet(EntryQuerySet):
    """Questions about works."""

    def for_list(self):
        """Return works with all that a list row shows, in a fixed number of queries."""
        return self.select_related("sector", "series", "current_edition", "family").order_by(
            "sort_key", "key"
        )

    def in_brief(self):
        """Return works with what names, dates and places them, in one query; the rest waits."""
        return self.select_related("sector", "current_edition").only(*BRIEF_OF_WORK)

    def for_page(self):
        """Return works with all that their own page shows, in a fixed number of queries."""
        return self.select_related(
            "sector", "series__sector", "family__sector", "study_group__sector", "current_edition"
        ).prefetch_related(
            "names",
            "topics",
            "goals",
            Prefetch("editions", Edition.objects.newest_first()),
            Prefetch("components", Component.objects.in_reading_order()),
        )

    def in_force(self):
        """Keep works with an edition that ITU lists as in force."""
        return self.filter(state__in=IN_FORCE_STATES)

    def current(self):
        """Keep works in force and those whose latest version is presumed current."""
        return self.filter(state__in=CURRENT_STATES)

    def supplementing(self, series: Series):
        """Keep the supplements that go with a whole series (data set notes, section 8)."""
        return self.filter(supplemented_series__series=series)

    def newest_first(self):
        """Order by the date of the standing edition, the newest first, undated works last."""
        return self.order_by(STANDING_DATE.desc(nulls_last=True), "sort_key")

    def oldest_first(self):
        """Order by the date of the standing edition, the oldest first, undated works last."""
        return self.order_by(STANDING_DATE.asc(nulls_last=True), "sort_key")

    def best_first(self):
        """Order current works before others, then by number."""
        return self.order_by(
            models.Case(
                models.When(state__in=IN_FORCE_STATES, then=0),
                models.When(state=State.PRESUMED_CURRENT, then=1),
                default=2,
                output_field=models.IntegerField(),
            ),
            "sort_key",
        )

    def with_edition_on(self, day: datetime.date):
        """Keep the works of which an edition was approved by a day, and say which was the newest.

        Annotates `edition_on_id`, `edition_on_identifier` and `edition_on_state_known`: whether
        that edition is known to have been in force on the day, as `catalog.on_day` says it for
        one work.
        """
        known = Edition.objects.filter(publication=OuterRef("pk")).known_on(day)
        return self.annotate(
            edition_on_id=Subquery(known.values("pk")[:1]),
            edition_on_identifier=Subquery(known.values("identifier")[:1]),
            edition_on_state_known=Subquery(
                known.with_state_known().values("state_known")[:1],
                output_field=models.BooleanField(),
            ),
        ).filter(edition_on_id__isnull=False)

    def count_by_sector(self) -> list[tuple[str, int, int]]:
        """Return (sector code, works, works in force) for each Sector that has works."""
        rows = (
            self.order_by()
            .values("sector__code")
            .annotate(works=Count("pk"), in_force=Count("pk", filter=Q(state__in=IN_FORCE_STATES)))
        )
        return list(rows.values_list("sector__code", "works", "in_force"))

    def count_by_state(self) -> dict[str, int]:
        """Return the number of works by state; the empty word stands for works without one."""
        return dict(self.order_by().values_list("state").annotate(Count("pk")))


class Publication(Entry):
    """A work: what keeps its identity while editions follow each other."""

    entry_kind = EntryKind.PUBLICATION

    sector = models.ForeignKey(
        Sector, on_delete=models.PROTECT, related_name="publications", verbose_name=_("sector")
    )
    family = models.ForeignKey(
        PublicationFamily,
        on_delete=models.PROTECT,
        related_name="publications",
        verbose_name=_("kind of publication"),
    )
    kind = vocabulary_field(Kind, _("kind"))
    identifier = models.CharField(
        _("identifier"),
        max_length=120,
        blank=True,
        default="",
        validators=[validate_plain_text],
        help_text=_("As ITU prints it, without a date: ITU-T G.711. Empty if it has none."),
    )
    slug = models.CharField(
        _("address part"),
        max_length=120,
        validators=[validate_address_part],
        help_text=_("What follows the sector in the address: g.711, report/bt.2020, pub/itrs."),
    )
    series = models.ForeignKey(
        Series,
        on_delete=models.PROTECT,
        related_name="publications",
        verbose_name=_("series"),
        null=True,
        blank=True,
    )
    study_group = models.ForeignKey(
        StudyGroup,
        on_delete=models.PROTECT,
        related_name="publications",
        verbose_name=_("group in charge"),
        null=True,
        blank=True,
        help_text=_("The group in charge; for ITU-T the one of today, also for old editions."),
    )
    purpose = models.CharField(
        _("what it is for"),
        max_length=400,
        blank=True,
        default="",
        validators=[validate_plain_text],
        help_text=_("One sentence: who takes it in hand, and to do what."),
    )
    used_in = LinesField(_("known from"), help_text=_("Where people meet it, one a line."))
    keywords = LinesField(_("keywords"), help_text=_("Further subjects, one a line."))
    topics = models.ManyToManyField(
        Topic, related_name="publications", verbose_name=_("topics"), blank=True
    )
    goals = models.ManyToManyField(
        Goal, related_name="publications", verbose_name=_("SDGs"), blank=True
    )

    from_source = models.BooleanField(default=False, editable=False)
    left_source = models.DateField(null=True, blank=True, editable=False)

    # Worked out from the editions by `catalog.standing`; lists and filters need them at hand.
    number = models.PositiveIntegerField(null=True, blank=True, editable=False)
    sort_key = models.CharField(max_length=160, blank=True, default="", editable=False)
    state = models.CharField(
        _("state"),
        max_length=24,
        blank=True,
        default="",
        editable=False,
        choices=translated_choices(State),
    )
    current_edition = models.ForeignKey(
        "catalog.Edition",
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, editable=False)
    derived_fields = ("number", "sort_key", "state", "current_edition", "year")

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications, all kinds")
        ordering = ["sort_key", "key"]
        constraints = [
            *entry_constraints("publication"),
            words_constraint("publication", "kind", Kind),
            words_constraint("publication", "state", State, blank=True),
            models.UniqueConstraint(
                fields=["sector", "slug"],
                name="one_publication_per_address",
                violation_error_message=_("Another publication of the sector has this address."),
            ),
            models.UniqueConstraint(
                fields=["identifier"],
                condition=~Q(identifier=""),
                name="one_publication_per_identifier",
                violation_error_message=_("Another publication has this identifier."),
            ),
        ]
        indexes = [
            models.Index(fields=["state"], name="publication_state"),
            models.Index(fields=["sort_key"], name="publication_sort_key"),
            models.Index(fields=["series", "number"], name="publication_series_number"),
        ]

    def __str__(self) -> str:
        return self.identifier or self.name

    def get_absolute_url(self) -> str:
        """Return the address: /itu-t/g.711/, /itu/pub/radio-regulations/."""
        return reverse("publication", kwargs={"sector": self.sector.code, "publication": self.slug})

    @property
    def label(self) -> str:
        """The identifier, or the title where there is none."""
        return self.identifier or self.name

    @property
    def keyword_list(self) -> list[str]:
        """Further subjects."""
        return lines(self.keywords)

    @property
    def used_in_list(self) -> list[str]:
        """Where people meet the text."""
        return lines(self.used_in)


class Edition(DatedText):
    """One issue of a work: a date of approval, or a version."""

    publication = models.ForeignKey(
        Publication,
        on_delete=models.CASCADE,
        related_name="editions",
        verbose_name=_("publication"),
    )
    version = models.PositiveSmallIntegerField(_("version"), null=True, blank=True)
    second_identifier = models.CharField(
        _("second identifier"),
        max_length=250,
        blank=True,
        default="",
        validators=[validate_plain_text],
        help_text=_("If the same text came out under a second number: ITU-T C.2 (10/1996)."),
    )
    second_number_slug = models.CharField(
        _("second number in the address"),
        max_length=120,
        blank=True,
        default="",
        validators=[validate_address_part],
        help_text=_("The number of the second identifier in an address: c.2."),
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["publication", "position", "pk"]
        constraints = [
            *dated_text_constraints("edition"),
            models.UniqueConstraint(
                fields=["publication", "number_slug", "slug"],
                name="one_edition_per_date_or_version",
                violation_error_message=_("The work has an edition of this date or version."),
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the address: /itu-t/g.711/1988-11/, /itu-r/p.835/6/."""
        return reverse(
            "edition",
            kwargs={
                "sector": self.publication.sector.code,
                "publication": self.address_number,
                "edition": self.slug,
            },
        )


class Component(DatedText):
    """An amendment, corrigendum, erratum, annex, appendix, supplement or addendum."""

    publication = models.ForeignKey(
        Publication,
        on_delete=models.CASCADE,
        related_name="components",
        verbose_name=_("publication"),
    )
    edition = models.ForeignKey(
        Edition,
        on_delete=models.CASCADE,
        related_name="components",
        verbose_name=_("edition it changes"),
        null=True,
        blank=True,
        help_text=_("Leave it empty only where the catalogue holds no edition of the work."),
    )
    type = vocabulary_field(ComponentType, _("type"))

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("component")
        verbose_name_plural = _("components")
        ordering = ["publication", "position", "pk"]
        constraints = [
            *dated_text_constraints("component"),
            words_constraint("component", "type", ComponentType),
            models.UniqueConstraint(
                fields=["publication", "number_slug", "slug"],
                name="one_component_per_date_and_part",
                violation_error_message=_("The work has this component already."),
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the address: /itu-t/g.711/2009-08/amd1/."""
        month, _slash, part = self.slug.partition("/")
        return reverse(
            "component",
            kwargs={
                "sector": self.publication.sector.code,
                "publication": self.address_number,
                "edition": month,
                "part": part,
            },
        )

    def clean(self) -> None:
        """Raise ValidationError if the component hangs on nothing, or on another work's edition."""
        super().clean()
        if self.edition_id and self.edition.publication_id != self.publication_id:
            raise ValidationError({"edition": _("This edition belongs to another work.")})
        if "/" not in self.slug:
            raise ValidationError({"slug": _("Write month and part, for example 2009-08/amd1.")})
        if not self.edition_id and self.publication_id and self.publication.editions.exists():
            raise ValidationError({"edition": _("Say which edition the component changes.")})
