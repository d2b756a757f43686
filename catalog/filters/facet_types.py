"""The machinery of lists: facets with a count for every choice, chips, one shareable address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_, or_
from typing import Any, NamedTuple

import django_filters
import django_filters.fields
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EMPTY_VALUES
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from catalog.filters.facet_index import FacetIndex, FoundRows, facet_index
from catalog.filters.former_words import in_todays_words
from catalog.filters.shared_parts import SharedParts
from catalog.models import SearchEntry
from catalog.search.match import find
from catalog.search.query import read
from catalog.terms import EntryKind

MAX_QUERY = 300
NO_CHOICE = {"invalid_choice": _("There is no choice “%(value)s”.")}


@dataclass(frozen=True)
class Option:
    """One option of a facet as the page shows it."""

    value: str
    label: str
    count: int
    chosen: bool

    @property
    def noun(self) -> str:
        """What is counted, for those who hear the number."""
        return ngettext("result", "results", self.count)


@dataclass(frozen=True)
class Chip:
    """An active filter, with the parameters that remain without it."""

    group: str
    label: str
    without: str
    in_title: str  # the label, with the name of its filter where it would say nothing alone


@dataclass(frozen=True)
class Facet:
    """A group of options with their counts under the other filters."""

    name: str
    label: str
    choices: list[Option]

    @property
    def first(self) -> list[Option]:
        """The options that always show: chosen ones and the first eight."""
        return [choice for rank, choice in enumerate(self.choices) if rank < 8 or choice.chosen]

    @property
    def rest(self) -> list[Option]:
        """The options that open on demand."""
        return [
            choice for rank, choice in enumerate(self.choices) if rank >= 8 and not choice.chosen
        ]


class OneOfFilter(django_filters.MultipleChoiceFilter):
    """Some words of a closed list; several chosen words widen the list.

    Rows with a word of `left_out` are in the list only if that word is chosen.
    """

    def __init__(self, *args, left_out: Sequence[str] = (), **options):
        self.left_out = tuple(left_out)
        options.setdefault("widget", forms.CheckboxSelectMultiple)
        options.setdefault("distinct", False)
        options.setdefault("error_messages", NO_CHOICE)
        super().__init__(*args, **options)

    def filter(self, queryset: QuerySet, value: list[str]) -> QuerySet:
        """Keep the rows with a chosen word; without a choice all but those left out."""
        if value or not self.left_out:
            return super().filter(queryset, value)
        return queryset.exclude(**{f"{self.field_name}__in": self.left_out})


class KeyField(forms.Field):
    """Some entries by their keys, as the address has them; `ListFilter` says which are none."""

    def __init__(self, *args, **options):
        # What django-filter says of fields with choices.
        options.pop("choices", None)
        super().__init__(*args, **options)

    def clean(self, value: list[str] | None) -> list[str]:
        """Return each key once, without blanks."""
        return [key for key in dict.fromkeys(value or ()) if key.strip()]


class KeyFilter(django_filters.Filter):
    """Some of `entries`, named in the address by a column of theirs.

    `field_name` names that column from the row that is filtered (`topics__key`).
    """

    field_class = KeyField

    def __init__(self, entries: QuerySet, *, to_field_name: str = "key", **options):
        self.entries, self.to_field_name = entries, to_field_name
        options.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(**options)

    def filter(self, queryset: QuerySet, value: list[str]) -> QuerySet:
        """Keep the rows tied to one of the chosen entries; all rows if none is chosen."""
        if not value:
            return queryset
        found = queryset.filter(**{f"{self.field_name}__in": value})
        return found.distinct() if self.distinct else found


class WordsFilter(django_filters.CharFilter):
    """Words, looked for by the search of the portal; `entry_kind` is the kind of the list."""

    def __init__(self, entry_kind: EntryKind, **options):
        self.entry_kind = entry_kind
        options.setdefault("max_length", MAX_QUERY)
        super().__init__(label=_("Words"), **options)

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
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

    default_error_messages = {
        "invalid": _("Error: enter the date as year-month-day, for example 2019-05-01.")
    }

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


class Order(NamedTuple):
    """An order in which a list can be read: its words, and columns; none keeps that of the rows."""

    label: str
    columns: tuple[Any, ...] = ()


class OneOrderField(django_filters.fields.BaseCSVField):
    """One name of an order; django-filter itself takes several, with commas between them."""

    def clean(self, value: list[str] | None) -> str:
        """Return the name, empty if none is given; raise ValidationError for any other text."""
        name = ",".join(value or ())
        if name and name not in dict(self.choices):
            params = {"value": name[:60]}
            raise ValidationError(self.error_messages["invalid_choice"], params=params)
        return name


class OrderFilter(django_filters.OrderingFilter):
    """The orders of a list under the names that its address has for them; the first is the rule."""

    base_field_class = OneOrderField

    def __init__(self, orders: dict[str, Order]):
        self.orders = orders
        super().__init__(
            label=_("Order"),
            choices=[(name, order.label) for name, order in orders.items()],
            error_messages={"invalid_choice": _("The list cannot be sorted by “%(value)s”.")},
        )

    @property
    def first(self) -> str:
        """The name of the order that no address need name."""
        return next(iter(self.orders))

    def filter(self, queryset: QuerySet, value: str | None) -> QuerySet:
        """Put the rows into the order asked for, else into the first."""
        columns = self.orders[value or self.first].columns
        return queryset.order_by(*columns) if columns else queryset


class ListFilter(SharedParts):
    """What all lists share: facets with counts, chips, sorting, one shareable address."""

    facet_names: tuple[str, ...] = ()
    single_values = frozenset(
        {"q", "sort", "page", "year_from", "year_to", "number_from", "number_to", "supplement"}
    )

    def __init__(self, data: QueryDict | None = None, *args, **options):
        super().__init__(in_todays_words(data), *args, **options)

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
        found += self._unknown_keys()
        data = self.data or {}
        known = {*self.filters, "page"}
        if isinstance(data, QueryDict):
            for name in data:
                if name not in known:
                    found.append(_("There is no filter called “%(name)s”.") % {"name": name[:60]})
                elif name in self.single_values and len(data.getlist(name)) > 1:
                    found.append(_("“%(name)s” is given more than once.") % {"name": name})
        return found

    def _unknown_keys(self) -> list[str]:
        """Return what is wrong with the keys of entries that the address names."""
        return [
            f"{self.filters[name].label}: {NO_CHOICE['invalid_choice'] % {'value': key[:60]}}"
            for name, found in self.filters.items()
            if isinstance(found, KeyFilter)
            for key in self.form.cleaned_data.get(name, ())
            if key not in self.labels(name)
        ]

    @property
    def orders(self) -> dict[str, Order]:
        """The orders in which the list can be read, by name."""
        return self.filters["sort"].orders

    @property
    def order(self) -> str:
        """The name of the chosen order."""
        chosen = (self.data or {}).get("sort")
        return chosen if chosen in self.orders else self.filters["sort"].first

    def plain_rows(self, columns: Sequence[str]) -> QuerySet:
        """Return the filtered rows in the chosen order as named tuples of these columns."""
        return self.qs.values_list(*columns, named=True)

    @cached_property
    def index(self) -> FacetIndex:
        """The rows of the whole list with their values, at the present version."""
        columns = {name: self.filters[name].field_name for name in self.facet_names}
        return facet_index(type(self).__name__, self.queryset, columns)

    @cached_property
    def _bits(self) -> dict[str, int]:
        """Which rows each filter that is in use leaves."""
        bits: dict[str, int] = {}
        chosen = self.form.cleaned_data if self.form.is_valid() else {}
        for name in self.filters:
            value = chosen.get(name)
            left_out = getattr(self.filters[name], "left_out", ())
            if left_out and value in EMPTY_VALUES:
                bits[name] = self.index.all & ~self._bits_of(name, left_out)
            if name == "sort" or value in EMPTY_VALUES:
                continue
            if name in self.facet_names:
                bits[name] = self._bits_of(name, value)
            else:
                bits[name] = self.index.bits(self._keys_under(name, value))
        return bits

    def _bits_of(self, name: str, values: Iterable[Any]) -> int:
        """Return the rows that have one of the values of a facet."""
        bits = self.index.values[name]
        return reduce(or_, (bits.get(str(one), 0) for one in values), 0)

    def _keys_under(self, name: str, value: Any) -> Iterable[int]:
        """Return the primary keys of the rows that a filter without counts leaves."""
        rows = self.filters[name].filter(self.queryset.order_by(), value)
        return rows.order_by().values_list("pk", flat=True)

    def _left_without(self, name: str = "") -> int:
        """Return the rows under every filter but one, as bits."""
        return reduce(
            and_, (bits for other, bits in self._bits.items() if other != name), self.index.all
        )

    def rows(self) -> Sequence[Any]:
        """Return the filtered rows in the chosen order; asked for by page."""
        columns = self.orders[self.order].columns
        return FoundRows(self.index, self.index.in_order(self._left_without(), columns))

    def count(self) -> int:
        """Return how many rows the filtered list has."""
        return self._left_without().bit_count()

    def facets(self) -> list[Facet]:
        """Return every facet with counts; options without rows are left out."""
        return [self.facet(name) for name in self.facet_names]

    def facet(self, name: str) -> Facet:
        """Count each choice of one filter, with all the other filters applied."""
        counts = self.counts(name)
        chosen = set(self.chosen_values(name))
        choices = [
            Option(str(value), str(label), counts.get(str(value), 0), str(value) in chosen)
            for value, label in self.labels(name).items()
            if counts.get(str(value)) or str(value) in chosen
        ]
        return Facet(name, str(self.filters[name].label), choices)

    def counts(self, name: str) -> dict[str, int]:
        """Return the number of rows for each value of a filter under the other filters."""
        left = self._left_without(name)
        values = self.index.values[name].items()
        counts = {value: (bits & left).bit_count() for value, bits in values}
        return {value: number for value, number in counts.items() if number}

    def labels(self, name: str) -> dict[str, str]:
        """Return the words for each value of a filter, in the order in which they are offered."""
        labels = self.index.labels
        if name not in labels:
            labels[name] = self._labels_of(self.filters[name])
        return labels[name]

    def _labels_of(self, found: django_filters.Filter) -> dict[str, str]:
        if isinstance(found, KeyFilter):
            return {
                str(getattr(row, found.to_field_name)): self.label_of(row)
                for row in found.entries.all()
            }
        return dict(found.extra["choices"])

    def label_of(self, row) -> str:
        """Return the words for an entry among the options."""
        return str(row)

    def chosen_values(self, name: str) -> list[str]:
        """Return the values chosen for a filter, as they stand in the address, each once."""
        if isinstance(self.data, QueryDict):
            return list(dict.fromkeys(self.data.getlist(name)))
        return [self.data[name]] if self.data.get(name) else []

    def chips(self) -> list[Chip]:
        """Return the active filters, each with the query that is left without it."""
        chips = []
        for name in self.filters:
            if name == "sort":
                continue
            group = str(self.filters[name].label)
            for value in filter(str.strip, self.chosen_values(name)):
                label = self.chip_label(name, value)
                is_bound = isinstance(self.filters[name], LimitFilter | DayFilter)
                in_title = f"{group.lower()} {label}" if is_bound else label
                chips.append(Chip(group, label, self.without(name, value), in_title))
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
