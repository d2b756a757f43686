"""By which rules works stand under a topic, and what editors decided about single works."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.families import PublicationFamily
from catalog.models.fields import (
    LinesField,
    keys_field,
    lines,
    position_field,
    validate_plain_text,
    vocabulary_field,
    words_constraint,
)
from catalog.models.references import ReferringQuerySet, reference_field, work_field
from catalog.models.structure import StudyGroup
from catalog.models.subjects import Topic
from catalog.terms import TopicBasis, TopicChoiceKind
from catalog.topics_by_rule.checking import check_rule
from catalog.topics_by_rule.rulebook import Rule, read_rule

# What a rule may ask for, as `read_rule` calls it.
CONDITIONS = (
    "series",
    "numbers",
    "any_of",
    "all_of",
    "none_of",
    "groups",
    "kinds",
    "families",
)


def rule_of(*conditions: str) -> Rule:
    """Return a rule from its columns, in the order of CONDITIONS.

    Raises ValueError if it does not hold what the forms and the loader ask of rules.
    """
    return read_rule(
        **{name: lines(text) for name, text in zip(CONDITIONS, conditions, strict=True)}
    )


class TopicRuleQuerySet(models.QuerySet):
    """Rules, by topic and position."""

    def conditions(self):
        """Return the topic and the conditions of each rule, in the order of topics and rules."""
        return self.order_by("topic", "position").values_list("topic", *CONDITIONS)

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

    def clean(self) -> None:
        """Raise ValidationError, at the field, for what no rule can hold."""
        super().clean()
        given = {name: lines(getattr(self, name)) for name in CONDITIONS}
        faults = check_rule(given)
        known = {
            "groups": StudyGroup.objects.filter(key__in=given["groups"]),
            "families": PublicationFamily.objects.filter(key__in=given["families"]),
        }
        for name, rows in known.items():
            missing = set(given[name]) - set(rows.values_list("key", flat=True))
            if given[name] and missing:
                faults.setdefault(name, f"“{min(missing)}” is not a key in this catalogue.")
        if faults:
            raise ValidationError(faults)

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


class TopicOfWorkQuerySet(models.QuerySet):
    """Works with their topics."""

    def of_work(self, work: int):
        """Return the topics of a work, by name, each with its grounds."""
        return self.filter(publication=work).select_related("topic").order_by("topic__name")


class TopicOfWork(models.Model):
    """A work stands under a topic, and why; written by `catalog.writing.topics` alone."""

    publication = models.ForeignKey(
        "catalog.Publication", on_delete=models.CASCADE, related_name="topic_links"
    )
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="work_links")
    basis = vocabulary_field(TopicBasis, _("by what"), blank=True, default="", editable=False)
    # What of the title, number or series it is.
    words = models.CharField(max_length=400, blank=True, default="", editable=False)

    objects = TopicOfWorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic of a work")
        verbose_name_plural = _("topics of works")
        # The table of a plain many-to-many column, and two columns more.
        db_table = "catalog_publication_topics"
        unique_together = [("publication", "topic")]
        constraints = [words_constraint("topicofwork", "basis", TopicBasis, blank=True)]

    def __str__(self) -> str:
        return f"{self.publication}: {self.topic}"
