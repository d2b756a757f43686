"""The machinery of lists: facets with a count for every choice, chips, one shareable address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from catalog.models import SearchEntry
from catalog.search.match import find
from catalog.search.query import read
from catalog.terms import EntryKind

MAX_QUERY = 300


@dataclass(frozen=True)
class Choice:
    """One option of a facet as the page shows it."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Chip:
    """An active filter, with the parameters that remain without it."""

    group: str
    label: str
    without: str


@dataclass(frozen=True)
class Facet:
    """A group of options with their counts under the other filters."""

    name: str
    label: str
    choices: list[Choice]

    @property
    def first(self) -> list[Choice]:
        """The options that always show: chosen ones and the first eight."""
        return [choice for rank, choice in enumerate(self.choices) if rank < 8 or choice.chosen]

    @property
    def rest(self) -> list[Choice]:
        """The options that open on demand."""
        return [
            choice for rank, choice in enumerate(self.choices) if rank >= 8 and not choice.chosen
        ]


class OneOfFilter(django_filters.MultipleChoiceFilter):
    """Some words of a closed list; several chosen words widen the list."""

    def __init__(self, *args, **options):
        options.setdefault("widget", forms.CheckboxSelectMultiple)
        options.setdefault("distinct", False)
        super().__init__(*args, **options)


class KeyFilter(django_filters.ModelMultipleChoiceFilter):
    """Some entries, named in the address by a column of theirs.

    `field_name` names that column from the row that is filtered (`topics__key`).
    """

    def __init__(self, *args, **options):
        options.setdefault("widget", forms.CheckboxSelectMultiple)
        options.setdefault("to_field_name", "key")
        super().__init__(*args, **options)

    def filter(self, queryset: QuerySet, value) -> QuerySet:
        """Keep the rows tied to one of the chosen entries; all rows if none is chosen."""
        chosen = list(value or ())
        return super().filter(queryset, chosen) if chosen else queryset


class WordsFilter(django_filters.CharFilter):
    """Words, looked for by the search of the portal; `entry_kind` is the kind of the list."""

    def __init__(self, entry_kind: EntryKind, **options):
        self.entry_kind = entry_kind
        options.setdefault("max_length", MAX_QUERY)
        super().__init__(label=_("Words"), **options)

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        """Keep the entries that match."""
        if not value or read(value).is_empty:
            return queryset
        rows = find(value, SearchEntry.objects.filter(kind=self.entry_kind)).order_by()
        return queryset.filter(pk__in=rows.values("object_id"))


class LimitFilter(django_filters.NumberFilter):
    """The lower or upper end of a range of years or numbers."""

    def __init__(self, column: str, lookup: str, label, least: int, most: int):
        field = {"min_value": least, "max_value": most, "decimal_places": 0}
        super().__init__(field_name=column, lookup_expr=lookup, label=label, **field)


class DayField(forms.DateField):
    """A day, in the one spelling 2019-05-01."""

    default_error_messages = {"invalid": _("Error: enter the date as 2019-05-01.")}

    def to_python(self, value):
        """Return the day; raise ValidationError for every other spelling."""
        if value in self.empty_values:
            return None
        if isinstance(value, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class DayFilter(django_filters.Filter):
    """The first or last day of a span."""

    field_class = DayField

    def __init__(self, column: str, lookup: str, label):
        formats = ["%Y-%m-%d"]
        super().__init__(column, lookup_expr=lookup, label=label, input_formats=formats)


class ListFilter(django_filters.FilterSet):
    """What all lists share: facets with counts, chips, sorting, one shareable address."""

    facet_names: tuple[str, ...] = ()
    sorts: dict[str, tuple[str, tuple[Any, ...]]] = {}
    single_values = frozenset(
        {"q", "sort", "page", "year_from", "year_to", "number_from", "number_to", "supplement"}
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self._labels: dict[str, dict[str, str]] = {}

    def is_valid(self) -> bool:
        """Whether every parameter is understood; `problems` says which is not."""
        return super().is_valid() and not self.problems

    @property
    def problems(self) -> list[str]:
        """What is wrong with the address, in words."""
        found = [
            f"{self.filters[name].label if name in self.filters else name}: {message}"
            for name, messages in self.form.errors.items()
            for message in messages
        ]
        data = self.data or {}
        known = {*self.filters, "sort", "page"}
        if isinstance(data, QueryDict):
            for name in data:
                if name not in known:
                    found.append(_("There is no filter called “%(name)s”.") % {"name": name[:60]})
                elif name in self.single_values and len(data.getlist(name)) > 1:
                    found.append(_("“%(name)s” is given more than once.") % {"name": name})
        if (sort := data.get("sort")) and sort not in self.sorts:
            found.append(_("The list cannot be sorted by “%(sort)s”.") % {"sort": sort[:60]})
        return found

    @property
    def sort(self) -> str:
        """The chosen order; the first one is the default."""
        chosen = (self.data or {}).get("sort")
        return chosen if chosen in self.sorts else next(iter(self.sorts), "")

    def rows(self) -> QuerySet:
        """Return the filtered rows in the chosen order."""
        if not self.sorts or (self.sort == next(iter(self.sorts)) and not self.sorts[self.sort][1]):
            return self.qs
        return self.qs.order_by(*self.sorts[self.sort][1])

    def facets(self) -> list[Facet]:
        """Return every facet with counts, one query each; options without rows are left out."""
        return [self.facet(name) for name in self.facet_names]

    def facet(self, name: str) -> Facet:
        """Count each choice of one filter, with all the other filters applied."""
        counts = self.counts(name)
        chosen = set(self.chosen_values(name))
        choices = [
            Choice(str(value), str(label), counts.get(str(value), 0), str(value) in chosen)
            for value, label in self.labels(name).items()
            if counts.get(str(value)) or str(value) in chosen
        ]
        return Facet(name, str(self.filters[name].label), choices)

    def counts(self, name: str) -> dict[str, int]:
        """Return the number of rows for each value of a filter under the other filters."""
        column = self.filters[name].field_name
        rows = (
            self.filtered_without(name)
            .order_by()
            .values_list(column)
            .annotate(number=Count("pk", distinct=True))
        )
        return {str(value): number for value, number in rows if value is not None}

    def filtered_without(self, name: str) -> QuerySet:
        """Return the rows under every filter but one; asks nothing of the database itself."""
        rows = self.queryset
        for other, found in self.filters.items():
            if other != name:
                rows = found.filter(rows, self.form.cleaned_data.get(other))
        return rows

    def labels(self, name: str) -> dict[str, str]:
        """Return the words for each value of a filter, in the order in which they are offered."""
        if name not in self._labels:
            self._labels[name] = self._labels_of(self.filters[name])
        return self._labels[name]

    def _labels_of(self, found: django_filters.Filter) -> dict[str, str]:
        if isinstance(found, KeyFilter):
            column = found.extra["to_field_name"]
            return {getattr(row, column): self.label_of(row) for row in found.get_queryset(None)}
        return dict(found.extra["choices"])

    def label_of(self, row) -> str:
        """Return the words for an entry among the options."""
        return str(row)

    def chosen_values(self, name: str) -> list[str]:
        """Return the values chosen for a filter, as they stand in the address."""
        if isinstance(self.data, QueryDict):
            return self.data.getlist(name)
        return [self.data[name]] if self.data.get(name) else []

    def chips(self) -> list[Chip]:
        """Return the active filters, each with the query that is left without it."""
        chips = []
        for name in self.filters:
            for value in filter(None, self.chosen_values(name)):
                label = self.chip_label(name, value)
                chips.append(Chip(str(self.filters[name].label), label, self.without(name, value)))
        return chips

    def chip_label(self, name: str, value: str) -> str:
        """Return the words for a chosen value."""
        return str(self.labels(name).get(value, value)) if name in self.facet_names else value

    def without(self, name: str, value: str) -> str:
        """Return the query string without one chosen value, back on the first page."""
        params = self.data.copy()
        params.setlist(name, [other for other in params.getlist(name) if other != value])
        params.pop("page", None)
        return params.urlencode()

    def query(self, **changes: object) -> str:
        """Return the query string with some parameters changed (None drops one)."""
        params = self.data.copy() if self.data else QueryDict(mutable=True)
        for name, value in changes.items():
            params.pop(name, None)
            if value is not None:
                params[name] = str(value)
        return params.urlencode()
