"""What readers can narrow the list of changes by; the feed takes the same parameters."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from catalog.filters.facet_types import (
    MAX_QUERY,
    KeyFilter,
    ListFilter,
    OneOfFilter,
    Order,
    OrderFilter,
)
from catalog.models import Change, Series, StudyGroup
from catalog.models.fields import translated_choices
from catalog.terms import ChangeKind


class ChangeFilter(ListFilter):
    """What imports changed, by the kind of change and by whose text it is."""

    q = django_filters.CharFilter(label=_("Words"), method="with_words", max_length=MAX_QUERY)
    kind = OneOfFilter(label=_("Change"), choices=translated_choices(ChangeKind))
    group = KeyFilter(
        StudyGroup.objects.select_related("sector"),
        field_name="publication__study_group__key",
        label=_("Group"),
    )
    series = KeyFilter(
        Series.objects.select_related("sector"),
        field_name="publication__series__key",
        label=_("Series"),
    )

    facet_names = ("kind", "group", "series")
    sort = OrderFilter({"newest": Order(_("Newest import first"))})

    class Meta:
        model = Change
        fields: list[str] = []

    def label_of(self, row) -> str:
        short = row.code.upper() if isinstance(row, StudyGroup) else row.letters
        return f"{row.sector.short_name} {short}"

    def with_words(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        """Keep the changes whose identifier or title holds the words as they stand."""
        words = " ".join(value.split())
        return queryset.filter(Q(identifier__icontains=words) | Q(title__icontains=words))
