"""References to works by identifier, which wait until an import or an editor brings the work."""

from __future__ import annotations

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from catalog.models.validators import validate_plain_text

# The column that leads to a work, by the one that names it.
WORK_COLUMNS = {"reference": "work", "successor_reference": "successor"}


def reference_field(label: str = "", **options) -> models.CharField:
    """Return a column that names a work by its identifier, or by its key if it has none."""
    options.setdefault(
        "help_text", _("As ITU prints it, without a date: ITU-T G.711. Its key if it has none.")
    )
    return models.CharField(
        label or _("identifier of the work"),
        max_length=120,
        validators=[validate_plain_text],
        **options,
    )


def work_field(related_name: str) -> models.ForeignKey:
    """Return the column that leads to the work that a reference names; empty while it waits."""
    return models.ForeignKey(
        "catalog.Publication",
        on_delete=models.SET_NULL,
        related_name=related_name,
        null=True,
        blank=True,
        editable=False,
    )


class ReferringQuerySet(models.QuerySet):
    """Rows that name works by identifier."""

    def waiting(self):
        """Keep the rows with a reference to a work that is not in this catalogue."""
        missing = Q()
        for reference, work in WORK_COLUMNS.items():
            if hasattr(self.model, reference):
                missing |= Q(**{work: None}) & ~Q(**{reference: ""})
        return self.filter(missing)

    def arrived(self, reference: str, work: str):
        """Keep the rows whose reference waits for a work that is here by now: `found`, its key.

        `reference` and `work` are the columns that name the work and lead to it.
        """
        works = self.model._meta.get_field(work).related_model.objects.order_by()
        named = works.filter(identifier=OuterRef(reference)).values("pk")[:1]
        keyed = works.filter(key=OuterRef(reference)).values("pk")[:1]
        waiting = self.filter(**{work: None}).exclude(**{reference: ""}).order_by()
        found = Coalesce(Subquery(named), Subquery(keyed))
        return waiting.annotate(found=found).filter(found__isnull=False)
