"""The fields that imports write are columns of the models, and none of ours is among them."""

from __future__ import annotations

import pytest
from django.apps import apps

from catalog.rules.imported_fields import IMPORTED_FIELDS, ONLY_OF_NEW_WORKS

OURS = {"id", "publication", "sector", "aliases", "doubted_fields", "added"}
NAMED = [(model, name) for model, names in IMPORTED_FIELDS.items() for name in names]


@pytest.mark.parametrize(("model", "name"), NAMED)
def test_each_is_a_column_that_is_not_derived(model, name):
    found = apps.get_model("catalog", model)
    column = found._meta.get_field(name)
    assert column.concrete and not column.many_to_many
    assert name not in {*getattr(found, "derived_fields", ()), *OURS}


def test_works_editions_and_components_are_imported():
    assert sorted(IMPORTED_FIELDS) == ["Component", "Edition", "Publication"]
    assert set(ONLY_OF_NEW_WORKS) < set(IMPORTED_FIELDS["Publication"])
    assert "identifier" not in ONLY_OF_NEW_WORKS
    both = set(IMPORTED_FIELDS["Edition"]) & set(IMPORTED_FIELDS["Component"])
    assert {"state", "state_grounds", "approved", "posted", "title", "link"} < both
    assert set(IMPORTED_FIELDS["Component"]) - both == {"type", "edition"}
    assert set(IMPORTED_FIELDS["Edition"]) - both == {
        *("version", "second_identifier", "second_number_slug")
    }
