"""Works, which editions and components belong to."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.models.dates import known_date
from catalog.models.entry import Entry, SectorEntryQuerySet, entry_constraints
from catalog.models.families import PublicationFamily
from catalog.models.fields import (
    LinesField,
    doubts_field,
    lines,
    translated_choices,
    validate_address_part,
    validate_plain_text,
    vocabulary_field,
    words_constraint,
)
from catalog.models.structure import Sector, Series, StudyGroup
from catalog.models.subjects import Goal, Topic
from catalog.models.succession import BRIEF_OF_WORK
from catalog.models.successors import Successor
from catalog.models.texts import Edition
from catalog.rules.family_patterns import beginning, fits
from catalog.terms import (
    CURRENT_STATES,
    DOUBTED_OF_WORKS,
    IN_FORCE_STATES,
    DoubtedField,
    EntryKind,
    Kind,
    State,
)

STANDING_DATE = known_date("current_edition__")


class PublicationQuerySet(SectorEntryQuerySet):
    """Works, by address and by what is in force, with what a row, a page or a link shows."""

    def at(self, sector: str, slug: str):
        """Keep the work at an address, by the code of its Sector and its address part."""
        return self.filter(sector__code=sector, slug=slug)

    def for_list(self):
        """Return works with all that a list row shows, in a fixed number of queries."""
        return self.select_related("sector", "series", "current_edition", "family").order_by(
            "sort_key", "key"
        )

    def with_edition(self):
        """Return works with their Sector and the edition that stands for each, in one query."""
        return self.select_related("sector", "current_edition")

    def in_brief(self):
        """Return works with what names, dates and places them, in one query; the rest waits."""
        return self.with_edition().only(*BRIEF_OF_WORK)

    def named(self, references: Iterable[str]):
        """Keep the works with these identifiers, or keys where they have none."""
        return self.filter(models.Q(identifier__in=references) | models.Q(key__in=references))

    def with_identifiers_like(self, pattern: str):
        """Keep the works whose identifiers fit the pattern of a family of texts."""
        begun = self.order_by().filter(identifier__startswith=beginning(pattern))
        rows = begun.values_list("pk", "identifier")
        return self.filter(pk__in=[pk for pk, identifier in rows if fits(pattern, identifier)])

    def with_what_it_belongs_to(self):
        """Return works with Sector, series, collection, group and standing edition.

        Annotates `is_in_succession`: whether the work took the place of a text, or a text its
        place; and whether it `has_goals`, `has_initiatives`, `has_meetings` (of which it is an
        outcome), `has_common_names`. Most works have none of them, and need not be asked again.
        """
        either_end = Q(work=OuterRef("pk")) | Q(successor=OuterRef("pk"))
        links = {
            f"has_{name}": Exists(
                getattr(Publication, name)
                .through.objects.order_by()
                .filter(publication=OuterRef("pk"))
            )
            for name in ("goals", "initiatives", "meetings")
        }
        called = Publication.common_names.rel.related_model.objects.order_by()
        return self.select_related(
            "sector", "series__sector", "family__sector", "study_group__sector", "current_edition"
        ).annotate(
            is_in_succession=Exists(Successor.objects.order_by().filter(either_end)),
            has_common_names=Exists(called.filter(work=OuterRef("pk"))),
            **links,
        )

    def in_force(self):
        """Keep works with an edition that ITU lists as in force."""
        return self.filter(state__in=IN_FORCE_STATES)

    def current(self):
        """Keep works in force and those whose latest version is presumed current."""
        return self.filter(state__in=CURRENT_STATES)

    def of_entry(self, entry: Series | StudyGroup):
        """Keep the works of a series or a group; of some groups those of its series."""
        if isinstance(entry, Series):
            return self.filter(series=entry)
        if entry.works_by_series:
            return self.filter(series__in=entry.series_keys)
        return self.filter(study_group=entry)

    def naming_group(self, group: StudyGroup):
        """Keep the works that name a group and lie in none of its series."""
        return self.filter(study_group=group).exclude(series__in=group.series_keys)

    def supplementing(self, series: Series):
        """Keep the supplements that go with a whole series (rule 6.1)."""
        return self.filter(supplemented_series__series=series)

    def without_series(self):
        """Keep the works that are in no series."""
        return self.filter(series=None)

    def without_supplements(self):
        """Leave out supplements."""
        return self.exclude(kind=Kind.SUPPLEMENT)

    def facts_for_topics(self):
        """Return of each work its key and what rules of topics ask for, as `Facts` has it.

        The title is that of the standing edition, or what stands in the place of a doubted one.
        """
        columns = ("study_group__key", "series__letters", "undoubted_name")
        group, letters, undoubted = (Coalesce(column, Value("")) for column in columns)
        title = Case(
            When(~Q(undoubted_name=""), then=undoubted),
            When(current_edition__title__gt="", then="current_edition__title"),
            default="name",
            output_field=models.TextField(),
        )
        return self.order_by().values_list(
            "pk", "identifier", title, "sector__code", letters, "kind", group, "family__key"
        )

    def landmarks(self):
        """Keep the works that editors describe: in force first, then those with most names."""
        named = (
            self.filter(from_source=False)
            .exclude(purpose="")
            .annotate(names_in_use=Count("common_names", distinct=True))
        )
        is_in_force = Case(When(state__in=IN_FORCE_STATES, then=0), default=1)
        return named.order_by(is_in_force, "-names_in_use", "sort_key")

    def dated(self):
        """Keep the works of which the year of the standing edition is known."""
        return self.exclude(year=None)

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
        """Keep the works with an edition approved by a day, and say which was the newest.

        Annotates `edition_on_id`, `edition_on_identifier` and `edition_on_state_known`: whether
        that edition is known to have been in force on the day, as `catalog.works.on_day` says it
        for one work.
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

    def count_by_state_known(self) -> dict[bool, int]:
        """Return the number of `with_edition_on` works by whether the state of then is known."""
        rows = self.order_by().values_list("edition_on_state_known")
        return dict(rows.annotate(works=Count("pk")))

    def count_by_sector(self) -> list[tuple[str, int, int]]:
        """Return (sector code, works, works in force) for each Sector that has works."""
        rows = (
            self.order_by()
            .values("sector__code")
            .annotate(works=Count("pk"), in_force=Count("pk", filter=Q(state__in=IN_FORCE_STATES)))
        )
        return list(rows.values_list("sector__code", "works", "in_force"))

    def count_by_series(self) -> list[tuple[str, str, str, int]]:
        """Return (key, Sector, letters, works) of each series that has works, the largest first."""
        columns = ("series__key", "series__sector__short_name", "series__letters")
        rows = self.order_by().exclude(series=None).values_list(*columns)
        return list(rows.annotate(works=Count("pk")).order_by("-works", *columns))

    def count_by_collection(self) -> list[tuple[str, str, int]]:
        """Return (key, name, works) of each collection that has works, the largest first."""
        columns = ("family__key", "family__name")
        rows = self.order_by().values_list(*columns)
        return list(rows.annotate(works=Count("pk")).order_by("-works", *columns))

    def count_by_year_and_state(self) -> list[tuple[int | None, str, int]]:
        """Return (year of the standing edition, state, works) for each pair that occurs.

        The year is None where no date is known; the state is empty for works without one.
        """
        rows = self.order_by().values_list("year", "state")
        return list(rows.annotate(Count("pk")))

    def count_by_state(self) -> dict[str, int]:
        """Return the number of works by state; the empty word stands for works without one."""
        return dict(self.order_by().values_list("state").annotate(Count("pk")))


class Publication(Entry):
    """A work: what keeps its identity while editions follow each other."""

    entry_kind = EntryKind.PUBLICATION
    own_statements = ("purpose",)

    sector = models.ForeignKey(
        Sector, on_delete=models.PROTECT, related_name="publications", verbose_name=_("sector")
    )
    family = models.ForeignKey(
        PublicationFamily,
        on_delete=models.PROTECT,
        related_name="publications",
        verbose_name=_("collection"),
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
        help_text=_("For ITU-T, give today’s group, even for old editions."),
    )
    purpose = models.CharField(
        _("what it is for"),
        max_length=400,
        blank=True,
        default="",
        validators=[validate_plain_text],
        help_text=_("One sentence: who uses it, and for what."),
    )
    used_in = LinesField(_("known from"), help_text=_("Where people come across it, one per line."))
    keywords = LinesField(_("keywords"), help_text=_("Additional subjects, one per line."))
    # Follows from the rules of the topics and from choices; written by `catalog.writing.topics`.
    topics = models.ManyToManyField(
        Topic,
        through="catalog.TopicOfWork",
        related_name="publications",
        verbose_name=_("topics"),
        blank=True,
    )
    goals = models.ManyToManyField(
        Goal, related_name="publications", verbose_name=_("SDGs"), blank=True
    )

    doubted_fields = doubts_field(DOUBTED_OF_WORKS)

    from_source = models.BooleanField(default=False, editable=False)
    left_source = models.DateField(null=True, blank=True, editable=False)

    # Worked out from the editions by `catalog.works.standing`; lists and filters need them at hand.
    number = models.PositiveIntegerField(null=True, blank=True, editable=False)
    sort_key = models.CharField(max_length=160, blank=True, default="", editable=False)
    state = models.CharField(
        _("status"),
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
    # What stands in place of a doubted name; empty where the name is not doubted.
    undoubted_name = models.CharField(max_length=400, blank=True, default="", editable=False)
    state_doubted = models.BooleanField(default=False, editable=False)
    derived_fields = (
        "number",
        "sort_key",
        "state",
        "current_edition",
        "year",
        "undoubted_name",
        "state_doubted",
    )
    derived_links = ("topics",)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications, all kinds")
        ordering = ["sort_key", "key"]
        # Of editions and components too.
        permissions = [
            ("delete_from_source", _("Can delete texts that come from the data set")),
        ]
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
        return self.identifier or self.shown_name

    def clean(self) -> None:
        """Raise ValidationError for a doubted title if nothing could be shown in its place."""
        super().clean()
        if DoubtedField.NAME in self.doubted_fields and not self.identifier:
            raise ValidationError(
                {
                    "doubted_fields": _(
                        "Correct the title instead: without a number, it is the only name of "
                        "the work."
                    )
                }
            )

    def get_absolute_url(self) -> str:
        """Return the address: /itu-t/g.711/, /itu/pub/radio-regulations/."""
        return reverse("publication", kwargs={"sector": self.sector.code, "publication": self.slug})

    @property
    def label(self) -> str:
        """The identifier, or the title where there is none."""
        return self.identifier or self.shown_name

    @property
    def shown_name(self) -> str:
        """The title as readers see it; of a doubted one the best that may stand in its place."""
        return self.undoubted_name or self.name

    @property
    def has_title(self) -> bool:
        """Whether a title is known beside the identifier."""
        return self.shown_name not in ("", self.identifier)

    @property
    def keyword_list(self) -> list[str]:
        return lines(self.keywords)

    @property
    def used_in_list(self) -> list[str]:
        """Where people meet the text."""
        return lines(self.used_in)
