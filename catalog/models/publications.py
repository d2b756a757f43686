"""Works, which editions and components belong to."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.models.entry import Entry, entry_constraints
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
from catalog.models.work_queries import PublicationQuerySet
from catalog.terms import (
    DOUBTED_OF_WORKS,
    DoubtedField,
    EntryKind,
    Kind,
    State,
)


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
