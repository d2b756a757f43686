"""How entries of any kind stand to each other."""

from __future__ import annotations

from collections.abc import Collection

from django.db import models
from django.db.models import F, Q
from django.db.models.fields.related import ForeignObjectRel
from django.utils.translation import gettext_lazy as _

from catalog.models.fields import (
    position_field,
    validate_key,
    validate_plain_text,
    vocabulary_field,
    words_constraint,
)
from catalog.models.search import SearchEntry
from catalog.models.sources import source_field
from catalog.terms import REVERSE_VERBS, RelationVerb

# What a page shows of the entry at the other end.
SHOWN = (
    "key",
    "kind",
    "object_id",
    "identifier",
    "title",
    "url",
    "kind_label",
    "verification",
    "state",
    "state_doubted",
    "position",
    "sort_key",
)
BOTH_ENDS = [f"{end}__{name}" for end in ("subject", "target") for name in SHOWN]


class KeyedRel(ForeignObjectRel):
    """Says that an end is found by the key of an entry, as the desk needs to know."""

    def set_field_name(self) -> None:
        """Name the column at the other end; Django leaves it open."""
        self.field_name = "key"


class EndField(models.ForeignObject):
    """What leads by a key to the row of an entry; it has no column of its own."""

    rel_class = KeyedRel

    def deconstruct(self):
        """Return to migrations what Django knows by itself."""
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.ForeignObject", args, options


def end_field(column: str) -> EndField:
    """Return an end of a relation, of which a column holds the key."""
    return EndField(
        SearchEntry,
        on_delete=models.DO_NOTHING,
        from_fields=[column],
        to_fields=["key"],
        related_name="+",
        editable=False,
    )


class EntryRelationQuerySet(models.QuerySet):
    """Relations, read from either side."""

    def get_by_natural_key(self, subject_key: str, verb: str, target_key: str):
        """Return this relation."""
        return self.get(subject_key=subject_key, verb=verb, target_key=target_key)

    def touching(self, key: str):
        """Keep the relations in which the entry with this key takes part."""
        return self.filter(Q(subject_key=key) | Q(target_key=key))

    def for_page(self, key: str):
        """Return the relations of an entry with what a page shows of both ends, in one query."""
        rows = self.touching(key).select_related("subject", "target")
        own = ("subject_key", "verb", "target_key", "note", "position")
        return rows.only(*own, *BOTH_ENDS).order_by("position", "pk")

    def of_any(self, keys: Collection[str]):
        """Return the relations in which one of these entries takes part, with both ends."""
        rows = self.filter(Q(subject_key__in=keys) | Q(target_key__in=keys))
        return rows.select_related("subject", "target").order_by("subject_key", "position", "pk")

    def keys(self) -> set[str]:
        """Return the keys of all entries that take part in a relation."""
        pairs = self.order_by().values_list("subject_key", "target_key")
        return {key for pair in pairs for key in pair}


class EntryRelation(models.Model):
    """One entry stands in a relation to another: read subject, verb, target."""

    subject_key = models.CharField(
        _("key of the entry"), max_length=100, db_index=True, validators=[validate_key]
    )
    verb = vocabulary_field(RelationVerb, _("relation"), default=RelationVerb.RELATED)
    target_key = models.CharField(
        _("other entry"), max_length=100, db_index=True, validators=[validate_key]
    )
    note = models.CharField(
        _("note"), max_length=250, blank=True, default="", validators=[validate_plain_text]
    )
    source = source_field()
    position = position_field(_("position"))
    subject = end_field("subject_key")
    target = end_field("target_key")

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

    def clean_fields(self, exclude=None) -> None:
        """Check the columns; what they lead to is no business of a row by itself."""
        super().clean_fields({*(exclude or ()), "subject", "target"})

    @property
    def reverse_label(self) -> str:
        """The verb as the page of the target has it: Organizes."""
        return REVERSE_VERBS[RelationVerb(self.verb)]
