"""By which rules works stand under a topic, and what editors decided about single works."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.fields import (
    LinesField,
    keys_field,
    position_field,
    validate_plain_text,
    vocabulary_field,
    words_constraint,
)
from catalog.models.references import ReferringQuerySet, reference_field, work_field
from catalog.models.subjects import Topic
from catalog.terms import TopicChoiceKind


class TopicRuleQuerySet(models.QuerySet):
    """Rules, by topic and position."""

    def get_by_natural_key(self, topic_key: str, position: int):
        """Return this rule of this topic."""
        return self.get(topic__key=topic_key, position=position)


class TopicRule(models.Model):
    """One rule of a topic. A work fits if all conditions hold that the rule gives.

    `series` and `numbers` are one condition: the work lies in one of them. Expressions are
    regular expressions, matched as whole words in the title, whatever the case.
    """

    topic = models.ForeignKey(
        Topic, on_delete=models.CASCADE, related_name="rules", verbose_name=_("topic")
    )
    position = position_field(_("position"))
    series = LinesField(_("series"), help_text=_("One per line: ITU-T G."))
    numbers = LinesField(
        _("numbers and ranges"), help_text=_("One per line: ITU-T G.650-659, ITU-T G.711.")
    )
    any_of = LinesField(_("title has one of"), help_text=_("Expressions, one per line."))
    all_of = LinesField(_("title has all of"), help_text=_("Expressions, one per line."))
    none_of = LinesField(_("title has none of"), help_text=_("Expressions, one per line."))
    groups = keys_field(_("groups"), help_text=_("Keys of groups in charge, one per line."))
    kinds = LinesField(_("kinds"), help_text=_("Kinds of publication, one per line."))
    families = keys_field(_("collections"), help_text=_("Keys of collections, one per line."))

    objects = TopicRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of the topic")
        verbose_name_plural = _("rules of the topic")
        ordering = ["topic", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "position"],
                name="one_rule_per_position",
                violation_error_message=_("Another rule of the topic has this position."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.topic}: {self.position}"

    def natural_key(self) -> tuple[str, int]:
        """Return what stands for the rule in fixtures."""
        return (self.topic.key, self.position)

    natural_key.dependencies = ["catalog.topic"]


class TopicChoiceQuerySet(ReferringQuerySet):
    """What was decided about single works, by topic."""

    def get_by_natural_key(self, topic_key: str, reference: str):
        """Return what was decided about this work and this topic."""
        return self.get(topic__key=topic_key, reference=reference)


class TopicChoice(models.Model):
    """A work that stands under a topic, or not, whatever its rules say. Outlives imports."""

    topic = models.ForeignKey(
        Topic, on_delete=models.CASCADE, related_name="choices", verbose_name=_("topic")
    )
    reference = reference_field()
    choice = vocabulary_field(TopicChoiceKind, _("choice"), default=TopicChoiceKind.LISTED)
    reason = models.CharField(
        _("reason"), max_length=250, blank=True, default="", validators=[validate_plain_text]
    )
    work = work_field("topic_choices")
    derived_fields = ("work",)

    objects = TopicChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("choice about a work")
        verbose_name_plural = _("choices about works")
        ordering = ["topic", "reference"]
        constraints = [
            words_constraint("topicchoice", "choice", TopicChoiceKind),
            models.UniqueConstraint(
                fields=["topic", "reference"],
                name="one_choice_per_topic_and_work",
                violation_error_message=_("The work stands in this table already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic}: {self.reference}"

    def natural_key(self) -> tuple[str, str]:
        """Return what stands for the choice in fixtures."""
        return (self.topic.key, self.reference)

    natural_key.dependencies = ["catalog.topic"]
