"""What texts and activities are about: topics and the Sustainable Development Goals."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.models.entry import (
    DOUBTFUL_MARKS,
    Entry,
    EntryQuerySet,
    SectorEntryQuerySet,
    entry_constraints,
)
from catalog.models.fields import PlainTextField, vocabulary_field, words_constraint
from catalog.terms import EntryKind, TopicKind


class GoalQuerySet(EntryQuerySet):
    def with_counts(self):
        """Return the goals with their number of initiatives that exist, and of topics."""
        doubtful = Q(initiatives__verification__in=DOUBTFUL_MARKS)
        return self.annotate(
            initiative_count=Count("initiatives", filter=~doubtful, distinct=True),
            topic_count=Count("topics", distinct=True),
        )


class Goal(Entry):
    """One of the seventeen Sustainable Development Goals of the United Nations."""

    entry_kind = EntryKind.GOAL

    number = models.PositiveSmallIntegerField(
        _("number"), unique=True, validators=[MinValueValidator(1), MaxValueValidator(17)]
    )

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("Sustainable Development Goal")
        verbose_name_plural = _("Sustainable Development Goals")
        ordering = ["number"]
        constraints = [
            *entry_constraints("goal"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=17), name="goal_number_1_to_17"
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the address: /sdgs/9/."""
        return reverse("goal", kwargs={"number": self.number})


class TopicQuerySet(SectorEntryQuerySet):
    """Topics, with the number of their works, and those that no group looks after."""

    def without_responsibilities(self):
        """Leave out the responsibilities of the Union."""
        return self.exclude(kind=TopicKind.RESPONSIBILITY)

    def largest_first(self):
        """Return topics with their number of works as `size`, those with most works first."""
        return self.annotate(size=Count("publications")).order_by("-size", "name")

    def with_counts(self):
        """Return topics with their number of works and of initiatives that name them."""
        return self.annotate(
            publication_count=Count("publications", distinct=True),
            initiative_count=Count("initiatives", distinct=True),
        )


class Topic(Entry):
    """A subject of publications and activities, or a responsibility of the Union."""

    entry_kind = EntryKind.TOPIC

    kind = vocabulary_field(TopicKind, _("kind"), default=TopicKind.SUBJECT)
    sector = models.ForeignKey(
        "catalog.Sector",
        on_delete=models.PROTECT,
        related_name="topics",
        verbose_name=_("leading sector"),
        null=True,
        blank=True,
    )
    goals = models.ManyToManyField(Goal, related_name="topics", verbose_name=_("SDGs"), blank=True)
    grounds = PlainTextField(
        _("why texts are listed"), help_text=_("One sentence: which texts stand under the topic.")
    )

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]
        constraints = [
            *entry_constraints("topic"),
            words_constraint("topic", "kind", TopicKind),
        ]

    def get_absolute_url(self) -> str:
        """Return the address: /topics/internet-of-things/."""
        return reverse("topic", kwargs={"slug": self.key})
