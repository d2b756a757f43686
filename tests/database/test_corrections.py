"""A correction changes a field that imports write, locks it, and can be taken back."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist, ValidationError

from catalog.models import (
    Component,
    Correction,
    Edition,
    Publication,
    Recommendation,
    SourceRecord,
    StudyGroup,
)
from catalog.rules.imported_fields import IMPORTED_FIELDS
from catalog.writing import corrections
from catalog.writing.edit import editing
from tests.found import some

pytestmark = pytest.mark.django_db

REASON = "The record has the title of a data file."
EVIDENCE = "ITU page of P.835-7, seen 24 November 2026"
RIGHT_TITLE = "Reference standard atmospheres"
WRONG_TITLE = "Part 01 - Month 01"


@pytest.fixture
def work():
    """A work that the source told of first."""
    like = Publication.objects.get(key="itu-r-bt.2020")
    made = Publication.objects.create(
        key="itu-r-p.90835",
        slug="p.90835",
        identifier="ITU-R P.90835",
        name=WRONG_TITLE,
        kind="recommendation",
        sector=like.sector,
        family=like.family,
        from_source=True,
    )
    add_record(made, identifier="ITU-R P.90835-7")
    return made


@pytest.fixture
def edition(work):
    made = Edition.objects.create(
        publication=work,
        identifier="ITU-R P.90835-7",
        slug="7",
        version=7,
        position=7,
        title=WRONG_TITLE,
        approved=datetime.date(2024, 8, 1),
        approved_precision="month",
        state="in-force",
        state_grounds="Letter I in the link",
        from_source=True,
    )
    work.source_records.update(edition=made)
    return made


@pytest.fixture
def component(work, edition):
    made = Component.objects.create(
        publication=work,
        edition=edition,
        type="amendment",
        identifier="ITU-R P.90835-7 Amd. 1",
        slug="2024-08/amd1",
    )
    add_record(work, identifier=made.identifier, role="component", component=made)
    return made


@pytest.fixture
def anna():
    return get_user_model().objects.create_user("anna")


def add_record(work, identifier, role="edition", **part):
    return SourceRecord.objects.create(
        identifier=identifier,
        search_form="".join(filter(str.isalnum, identifier.lower())),
        file="invented.yaml",
        checksum=1,
        role=role,
        publication=work,
        **part,
    )


def test_every_imported_field_is_a_field_of_its_model():
    for model in (Publication, Edition, Component):
        for name in some(IMPORTED_FIELDS[model.__name__]):
            try:
                field = model._meta.get_field(name)
            except FieldDoesNotExist:
                pytest.fail(f"{model.__name__} has no field {name}")
            assert field.concrete and field.editable


def test_a_corrected_title_is_stored_with_reason_source_and_person(edition, anna):
    made = corrections.correct(edition, "title", RIGHT_TITLE, REASON, EVIDENCE, anna)

    edition.refresh_from_db()
    assert edition.title == RIGHT_TITLE
    stored = Correction.objects.of(edition).get()
    assert stored == made
    assert (stored.value, stored.source_value) == (RIGHT_TITLE, WRONG_TITLE)
    assert (stored.reason, stored.evidence, stored.by) == (REASON, EVIDENCE, anna)


def test_correcting_again_keeps_what_the_source_said(edition, anna):
    corrections.correct(edition, "title", "Reference atmospheres", REASON, EVIDENCE, anna)
    corrections.correct(edition, "title", RIGHT_TITLE, "Still wrong.", EVIDENCE, anna)

    stored = Correction.objects.of(edition).get()
    assert (stored.value, stored.source_value) == (RIGHT_TITLE, WRONG_TITLE)
    assert stored.reason == "Still wrong."


def test_a_corrected_status_does_not_keep_the_basis_of_the_wrong_one(edition, anna):
    made = corrections.correct(edition, "state", "withdrawn", REASON, EVIDENCE, anna)

    edition.refresh_from_db()
    assert (edition.state, edition.state_grounds) == ("withdrawn", EVIDENCE)
    assert {one.field for one in Correction.objects.of(edition)} == {"state", "state_grounds"}

    corrections.revert(made)
    edition.refresh_from_db()
    assert (edition.state, edition.state_grounds) == ("in-force", "Letter I in the link")
    assert not Correction.objects.of(edition).exists()


def test_a_basis_that_was_given_with_the_status_stays_as_it_was_given(edition, anna):
    before = corrections.snapshot(edition)
    with editing(anna, reason=REASON, evidence=EVIDENCE) as edit:
        edit.watch(edition)
        edition.state, edition.state_grounds = "withdrawn", "Circular 300"
        edit.save(edition)
        after = corrections.snapshot(edition)
        corrections.record(edit, edition, before, after, REASON, EVIDENCE, anna)
    edition.refresh_from_db()
    assert edition.state_grounds == "Circular 300"


def test_a_correction_taken_back_leaves_the_value_of_the_source_and_no_lock(edition, anna):
    made = corrections.correct(edition, "title", RIGHT_TITLE, REASON, EVIDENCE, anna)

    corrections.revert(Correction.objects.get(pk=made.pk))

    edition.refresh_from_db()
    assert edition.title == WRONG_TITLE
    assert not Correction.objects.of(edition).exists()


VALUES = [
    ("edition", "approved", datetime.date(2024, 8, 15), "2024-08-15"),
    ("edition", "approved", None, None),
    ("edition", "version", 8, 8),
    ("edition", "state", "superseded", "superseded"),
    ("edition", "abstract", "Two\nlines", "Two\nlines"),
    ("component", "type", "corrigendum", "corrigendum"),
    ("work", "slug", "p.90836", "p.90836"),
    ("work", "name", RIGHT_TITLE, RIGHT_TITLE),
]


@pytest.mark.parametrize(("which", "field", "value", "kept"), VALUES)
def test_values_of_all_sorts_are_kept_as_json_and_come_back(request, which, field, value, kept):
    thing = request.getfixturevalue(which)
    before = getattr(thing, field)
    made = corrections.correct(thing, field, value, REASON, EVIDENCE)

    thing.refresh_from_db()
    made.refresh_from_db()
    assert getattr(thing, field) == value
    assert made.value == kept
    assert made.is_in_conflict
    # With a status its basis is corrected.
    fields = sorted([field, *filter(None, [corrections.COMPANION.get(field)])])
    assert sorted(one.field for one in Correction.objects.in_conflict()) == fields

    corrections.revert(made)
    thing.refresh_from_db()
    assert getattr(thing, field) == before
    assert not Correction.objects.exists()


def test_a_link_to_another_row_is_kept_by_its_key_and_comes_back(work):
    group = StudyGroup.objects.get(key="itu-t-sg15")
    made = corrections.correct(work, "study_group", group, REASON, EVIDENCE)
    assert made.value == group.pk

    corrections.revert(Correction.objects.get())

    work.refresh_from_db()
    assert work.study_group is None


def test_the_source_that_comes_to_agree_is_no_conflict(edition, work):
    for thing, field, value in ((edition, "title", RIGHT_TITLE), (edition, "posted", None)):
        made = corrections.correct(thing, field, value, REASON, EVIDENCE)
        made.source_value = made.value
        made.save()
    assert not Correction.objects.in_conflict().exists()


def test_a_row_that_no_source_told_of_has_no_imported_fields():
    edition = Edition.objects.filter(source_records=None).first()
    assert corrections.imported_fields(edition) == ()
    with pytest.raises(corrections.NotImported):
        corrections.correct(edition, "title", RIGHT_TITLE, REASON, EVIDENCE)


def test_a_work_that_was_here_before_the_source_keeps_its_name_to_itself(work):
    work.from_source = False
    work.save()
    assert "name" not in corrections.imported_fields(work)
    assert "slug" in corrections.imported_fields(work)
    with pytest.raises(corrections.NotImported):
        corrections.correct(work, "name", RIGHT_TITLE, REASON, EVIDENCE)


def test_a_work_seen_as_one_of_its_kind_is_the_same_work(work):
    proxy = Recommendation.objects.get(pk=work.pk)
    made = corrections.correct(proxy, "name", RIGHT_TITLE, REASON, EVIDENCE)
    assert made.publication_id == work.pk
    assert list(Correction.objects.of(work)) == list(Correction.objects.of(proxy)) == [made]


@pytest.mark.parametrize("field", ["purpose", "id", "publication", "nonsense", ""])
def test_a_field_that_no_import_writes_is_refused(edition, field):
    with pytest.raises(corrections.NotImported):
        corrections.correct(edition, field, "x", REASON, EVIDENCE)
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "reason", "evidence"),
    [
        ("title", RIGHT_TITLE, "", EVIDENCE),
        ("title", RIGHT_TITLE, "   ", EVIDENCE),
        ("title", RIGHT_TITLE, REASON, ""),
        ("title", RIGHT_TITLE, "x" * 251, EVIDENCE),
        ("title", "x" * 401, REASON, EVIDENCE),
        ("state", "valid", REASON, EVIDENCE),
        ("state_grounds", "", REASON, EVIDENCE),
        ("approved", "soon", REASON, EVIDENCE),
        ("approved", datetime.date(1830, 1, 1), REASON, EVIDENCE),
        ("link", "javascript:alert(1)", REASON, EVIDENCE),
    ],
)
def test_what_breaks_a_rule_is_refused_and_nothing_changes(edition, field, value, reason, evidence):
    before = corrections.snapshot(edition)
    with pytest.raises(ValidationError):
        corrections.correct(edition, field, value, reason, evidence)
    assert not Correction.objects.exists()
    assert corrections.snapshot(Edition.objects.get(pk=edition.pk)) == before


def test_a_value_of_the_source_that_fits_no_more_cannot_be_put_back(work):
    made = corrections.correct(work, "slug", "p.90836", REASON, EVIDENCE)
    Publication.objects.create(
        key="taker",
        slug=made.source_value,
        name="Taker",
        kind="other",
        sector=work.sector,
        family=work.family,
    )

    with pytest.raises(ValidationError, match="address"):
        corrections.revert(Correction.objects.get())

    work.refresh_from_db()
    assert work.slug == "p.90836"
    assert Correction.objects.filter(pk=made.pk).exists()


def test_what_a_form_changed_is_noted_field_by_field(edition, anna):
    before = corrections.snapshot(edition)
    edition.title, edition.approved = RIGHT_TITLE, datetime.date(2024, 8, 15)
    with editing(anna) as edit:
        edit.save(edition)
        after = corrections.snapshot(edition)
        made = corrections.record(edit, edition, before, after, REASON, EVIDENCE, anna)

    assert {(one.field, one.source_value, one.value) for one in made} == {
        ("title", WRONG_TITLE, RIGHT_TITLE),
        ("approved", "2024-08-01", "2024-08-15"),
    }


def test_a_form_that_changed_nothing_needs_no_reason(edition):
    same = corrections.snapshot(edition)
    with editing() as edit:
        assert corrections.record(edit, edition, same, same, "", "") == []
