"""How entries of any kind stand to each other."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.models.fields import (
    position_field,
    validate_key,
    validate_plain_text,
    vocabulary_field,
    words_constraint,
)
from catalog.models.sources import source_field
from catalog.terms import RelationVerb


class EntryRelationQuerySet(models.QuerySet):
    """Relations, read from either side."""

    def get_by_natural_key(self, subject_key: str, verb: str, target_key: str):
        """Return this relation."""
        return self.get(subject_key=subject_key, verb=verb, target_key=target_key)

    def touching(self, key: str):
        """Keep the relations in which the entry with this key takes part."""
        return self.filter(Q(subject_key=key) | Q(target_key=key))


class EntryRelation(models.Model):
    """One entry stands in a relation to another: read subject, verb, target."""

    subject_key = models.CharField(
        _("key of the entry"), max_length=100, db_index=True, validators=[validate_key]
    )
    verb = vocabulary_field(RelationVerb, _("relation"), default=RelationVerb.RELATED)
    target_key = models.CharField(
        _("key of the other entry"), max_length=100, db_index=True, validators=[validate_key]
    )
    note = models.CharField(
        _("note"), max_length=250, blank=True, default="", validators=[validate_plain_text]
    )
    source = source_field()
    position = position_field(_("position"))

    objects = EntryRelationQuerySet.as_manager()

    class Meta:
        verbose_name = _("relation to another entry")
        verbose_name_plural = _("relations to other entries")
        ordering = ["subject_key", "position", "pk"]
        constraints = [
            words_constraint("entryrelation", "verb", RelationVerb),
            models.UniqueConstraint(
                fields=["subject_key", "verb", "target_key"],
                name="one_relation_between_entries",
                violation_error_message=_("This relation is there already."),
            ),
            models.CheckConstraint(
                condition=~Q(subject_key=F("target_key")),
                name="entryrelation_of_two",
                violation_error_message=_("An entry cannot be related to itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_key}: {self.get_verb_display()} {self.target_key}"

    def natural_key(self) -> tuple[str, str, str]:
        """Return what stands for the relation in fixtures."""
        return (self.subject_key, self.verb, self.target_key)

    natural_key.dependencies = ["catalog.source"]
