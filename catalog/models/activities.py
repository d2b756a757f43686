"""What the Union and its partners do: initiatives, partners, conferences with their meetings."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.models.entry import Entry, EntryQuerySet, SectorEntryQuerySet, entry_constraints
from catalog.models.fields import (
    YEARS,
    PlainTextField,
    validate_day,
    validate_plain_text,
    vocabulary_field,
    words_constraint,
    year_field,
)
from catalog.models.publications import Publication
from catalog.models.structure import Sector, StudyGroup
from catalog.models.subjects import Goal, Topic
from catalog.terms import (
    ConferenceKind,
    EntryKind,
    InitiativeKind,
    MeetingStatus,
    PartnerKind,
    Verification,
)


def years_in_order(table: str) -> models.CheckConstraint:
    """Return the constraint that the last year does not lie before the first."""
    return models.CheckConstraint(
        condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
        name=f"{table}_years_in_order",
        violation_error_message=_("The last year lies before the first year."),
    )


class PartnerQuerySet(EntryQuerySet):
    """Partners, with what their list and pages show."""

    def for_list(self):
        """Return partners in the order of the list."""
        return self.surest_first()


class Partner(Entry):
    """An organization or process that ITU works with."""

    entry_kind = EntryKind.PARTNER
    own_facts = {"Years": ("since", "until")}

    kind = vocabulary_field(PartnerKind, _("kind"), default=PartnerKind.ORGANIZATION)
    since = year_field(_("since"))
    until = year_field(_("until"))
    topics = models.ManyToManyField(Topic, related_name="partners", blank=True)
    goals = models.ManyToManyField(Goal, related_name="partners", blank=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["name"]
        constraints = [
            *entry_constraints("partner"),
            words_constraint("partner", "kind", PartnerKind),
            years_in_order("partner"),
        ]

    def get_absolute_url(self) -> str:
        """Return the address: /partners/unesco/."""
        return reverse("partner", kwargs={"slug": self.key})


class InitiativeQuerySet(SectorEntryQuerySet):
    """Initiatives, with what their list shows, and the newest that are checked."""

    def for_list(self):
        """Return initiatives with what a list row shows, the surest first."""
        return self.with_sector().surest_first()

    def newest_checked(self):
        """Return the checked initiatives of which the first year is known, the newest first."""
        checked = self.filter(verification=Verification.CHECKED, since__isnull=False)
        return checked.order_by("-since", "name")


class Initiative(Entry):
    """A programme, summit, index, platform, fund or other undertaking."""

    entry_kind = EntryKind.INITIATIVE
    own_facts = {"Years": ("since", "until")}

    kind = vocabulary_field(InitiativeKind, _("kind"))
    sector = models.ForeignKey(
        Sector,
        on_delete=models.PROTECT,
        related_name="initiatives",
        verbose_name=_("lead at ITU"),
        null=True,
        blank=True,
    )
    since = year_field(_("since"))
    until = year_field(_("until"))
    topics = models.ManyToManyField(Topic, related_name="initiatives", blank=True)
    goals = models.ManyToManyField(Goal, related_name="initiatives", blank=True)
    partners = models.ManyToManyField(Partner, related_name="initiatives", blank=True)
    publications = models.ManyToManyField(Publication, related_name="initiatives", blank=True)
    study_groups = models.ManyToManyField(StudyGroup, related_name="initiatives", blank=True)

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering = ["name"]
        constraints = [
            *entry_constraints("initiative"),
            words_constraint("initiative", "kind", InitiativeKind),
            years_in_order("initiative"),
        ]

    def get_absolute_url(self) -> str:
        """Return the address: /initiatives/ai-for-good/."""
        return reverse("initiative", kwargs={"slug": self.key})


class ConferenceQuerySet(SectorEntryQuerySet):
    """Conferences, with what their list shows."""

    def for_list(self):
        """Return conferences with what a list row shows, in two queries.

        Meetings that did not take place are not counted.
        """
        statuses = [status for status in MeetingStatus if status != MeetingStatus.NOT_HELD]
        counted = models.Q(meetings__status__in=statuses)
        return (
            self.with_sector()
            .annotate(
                meeting_count=models.Count("meetings", distinct=True, filter=counted),
                first_year=models.Min("meetings__year", filter=counted),
                last_year=models.Max("meetings__year", filter=counted),
            )
            .order_by("sector__position", "name")
        )


class Conference(Entry):
    """A recurring conference, assembly, forum or day."""

    entry_kind = EntryKind.CONFERENCE
    own_statements = ("role", "frequency", "head_title")
    own_facts = {"Years": ("since", "until")}

    kind = vocabulary_field(ConferenceKind, _("kind"), default=ConferenceKind.FORUM)
    abbreviation = models.CharField(
        _("abbreviation"), max_length=20, blank=True, default="", validators=[validate_plain_text]
    )
    sector = models.ForeignKey(
        Sector,
        on_delete=models.PROTECT,
        related_name="conferences",
        verbose_name=_("sector"),
        null=True,
        blank=True,
    )
    role = PlainTextField(_("role"), help_text=_("What it decides or does."))
    frequency = models.CharField(
        _("how often"), max_length=200, blank=True, default="", validators=[validate_plain_text]
    )
    head_title = models.CharField(
        _("headed by (title)"),
        max_length=200,
        blank=True,
        default="",
        validators=[validate_plain_text],
    )
    since = year_field(_("since"))
    until = year_field(_("until"))
    topics = models.ManyToManyField(Topic, related_name="conferences", blank=True)
    goals = models.ManyToManyField(Goal, related_name="conferences", blank=True)

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("conference")
        verbose_name_plural = _("conferences")
        ordering = ["name"]
        constraints = [
            *entry_constraints("conference"),
            words_constraint("conference", "kind", ConferenceKind),
            years_in_order("conference"),
        ]

    def get_absolute_url(self) -> str:
        """Return the address: /conferences/wrc/."""
        return reverse("conference", kwargs={"slug": self.key})


class MeetingQuerySet(EntryQuerySet):
    """Meetings of conferences and summits, by what they belong to and by date."""

    def of_conference(self, key: str, year: int):
        """Keep the meeting of a conference in a year, with the conference and its Sector."""
        return self.select_related("conference__sector").filter(conference__key=key, year=year)

    def of_summit(self, key: str, year: int):
        """Keep the meeting of a summit in a year, with the summit and its Sector."""
        return self.select_related("initiative__sector").filter(initiative__key=key, year=year)

    def with_parents(self):
        """Return meetings with the conference or summit to which they belong, in one query."""
        return self.select_related("conference", "initiative")

    def newest_first(self):
        """Order by year, the newest first."""
        return self.order_by("-year", "-starts")

    def for_table(self):
        """Return meetings with what a row of the table shows, in two queries, newest first."""
        return self.with_parents().prefetch_related("outcomes__sector").newest_first()


class Meeting(Entry):
    """One holding of a conference, or of a summit that is kept as an initiative."""

    entry_kind = EntryKind.MEETING
    own_statements = ("place", "dates_text")
    own_facts = {"Dates": ("starts",)}

    conference = models.ForeignKey(
        Conference,
        on_delete=models.CASCADE,
        related_name="meetings",
        verbose_name=_("conference"),
        null=True,
        blank=True,
    )
    initiative = models.ForeignKey(
        Initiative,
        on_delete=models.CASCADE,
        related_name="meetings",
        verbose_name=_("summit among the initiatives"),
        null=True,
        blank=True,
    )
    year = models.PositiveSmallIntegerField(_("year"), validators=YEARS)
    city = models.CharField(
        _("city"), max_length=100, blank=True, default="", validators=[validate_plain_text]
    )
    country = models.CharField(
        _("country"), max_length=100, blank=True, default="", validators=[validate_plain_text]
    )
    starts = models.DateField(_("first day"), null=True, blank=True, validators=[validate_day])
    ends = models.DateField(_("last day"), null=True, blank=True, validators=[validate_day])
    dates_text = models.CharField(
        _("dates in words"),
        max_length=120,
        blank=True,
        default="",
        validators=[validate_plain_text],
        help_text=_("Only if the first and last days are not known."),
    )
    status = vocabulary_field(MeetingStatus, _("status"), default=MeetingStatus.HELD)
    outcomes = models.ManyToManyField(
        Publication, related_name="meetings", verbose_name=_("outcome documents"), blank=True
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-year", "key"]
        constraints = [
            *entry_constraints("meeting"),
            words_constraint("meeting", "status", MeetingStatus),
            models.CheckConstraint(
                condition=Q(conference__isnull=False, initiative__isnull=True)
                | Q(conference__isnull=True, initiative__isnull=False),
                name="meeting_of_one_conference_or_summit",
                violation_error_message=_("Name either the conference or the summit."),
            ),
            models.UniqueConstraint(
                fields=["conference", "year"],
                name="one_meeting_of_a_conference_per_year",
                violation_error_message=_("The conference has a meeting in this year."),
            ),
            models.UniqueConstraint(
                fields=["initiative", "year"],
                name="one_meeting_of_a_summit_per_year",
                violation_error_message=_("The summit has a meeting in this year."),
            ),
            models.CheckConstraint(
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="meeting_days_in_order",
                violation_error_message=_("The last day lies before the first day."),
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the address: /conferences/wrc/2023/."""
        if self.conference_id:
            return reverse("meeting", kwargs={"slug": self.conference.key, "year": self.year})
        return reverse(
            "initiative-meeting", kwargs={"slug": self.initiative.key, "year": self.year}
        )

    @property
    def parent(self) -> Conference | Initiative:
        """The conference or summit to which the meeting belongs."""
        return self.conference or self.initiative

    @property
    def was_not_held(self) -> bool:
        """Whether it is known that the meeting did not take place."""
        return self.status == MeetingStatus.NOT_HELD

    @property
    def place(self) -> str:
        """City and country, as far as known."""
        return ", ".join(filter(None, [self.city, self.country]))

    def clean(self) -> None:
        """Raise ValidationError at the field whose value does not fit the others."""
        super().clean()
        for field in ("starts", "ends"):
            day: datetime.date | None = getattr(self, field)
            if day and self.year and abs(day.year - self.year) > 1:
                raise ValidationError(
                    {field: _("The day does not lie in the year of the meeting.")}
                )
