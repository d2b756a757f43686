"""Lists share their form and the parts of their filters, and nothing of what readers ask."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from catalog.filters import ListFilter
from catalog.pages import list_kinds
from catalog.pages.lists import ListKind
from tests.found import some

pytestmark = pytest.mark.django_db

KINDS = some(value for value in vars(list_kinds).values() if isinstance(value, ListKind))


def two_lists(kind: ListKind) -> list[ListFilter]:
    """Return a list as two readers narrow it."""
    return [kind.chosen(QueryDict(query)) for query in ("q=optical", "q=nothing+of+this&sort=x")]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.route)
def test_each_list_has_filters_and_values_of_its_own(kind):
    one, other = two_lists(kind)
    assert one.is_valid() and not other.is_valid()
    assert one.form.cleaned_data["q"] == "optical"
    assert other.form.cleaned_data["q"] == "nothing of this"
    assert type(one.form) is type(other.form)
    assert one.form.errors == {} and list(other.form.errors) == ["sort"]
    for name in some(one.filters):
        assert one.filters[name] is not other.filters[name]
        assert one.filters[name].parent is one and other.filters[name].parent is other


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.route)
def test_a_method_is_that_of_its_own_list(kind):
    one, other = two_lists(kind)
    for name in some(one.filters):
        if one.filters[name].method:
            assert one.filters[name].filter.method.__self__ is one
            assert other.filters[name].filter.method.__self__ is other


def test_two_kinds_of_lists_share_no_form():
    forms = {type(kind.chosen(QueryDict("")).form) for kind in KINDS}
    assert len(forms) == len({kind.filter_class for kind in KINDS}) > 1
