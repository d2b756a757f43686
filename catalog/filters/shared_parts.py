"""What the filters of a list have in common for all readers is made once, not for every request.

django-filter copies each filter in depth and builds a form class for every list that is asked for,
and Django copies the fields of the form in depth: their choices, texts that wait for translation.
Cleaning a value leaves no trace in a field, so all readers can share it; a filter is told to which
list it belongs, so each list has its own.
"""

from __future__ import annotations

import copy
from typing import Any

import django_filters
from django import forms


class SharedFields(dict):
    """The fields of a form; a copy in depth has the same fields."""

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, forms.Field]:
        return dict(self)


class SharedFilters(dict):
    """The filters of a list; a copy in depth has filters of its own with the same parts."""

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, django_filters.Filter]:
        return {name: _twin(found) for name, found in self.items()}


def _twin(found: django_filters.Filter) -> django_filters.Filter:
    twin = copy.copy(found)
    if found.method is not None:
        # What calls the method knows its filter.
        twin.method = found.method
    return twin


class SharedParts(django_filters.FilterSet):
    """A list whose filters and form are made once."""

    _form_class: type[forms.Form] | None = None

    @classmethod
    def get_filters(cls) -> dict[str, django_filters.Filter]:
        """Return the filters by name."""
        return SharedFilters(super().get_filters())

    def get_form_class(self) -> type[forms.Form]:
        """Return the form that reads the parameters of the list."""
        kind = type(self)
        if "_form_class" not in vars(kind):
            made = super().get_form_class()
            made.base_fields = SharedFields(made.base_fields)
            kind._form_class = made
        return kind._form_class
