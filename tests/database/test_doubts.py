"""What stands in place of a doubted value, and when a doubt ends and comes back."""

from __future__ import annotations

import pytest
from django import forms
from django.core.exceptions import ValidationError

from catalog.models import Component, Edition, Publication, RowChange, SearchEntry
from catalog.models.fields import lines
from catalog.works.standing import name_in_place
from catalog.writing import corrections
from catalog.writing.aggregates import read_state
from catalog.writing.edit import editing
from catalog.writing.restore import restore, restore_value
from tests.pages.works import add_edition, add_record, make_work, settle

pytestmark = pytest.mark.django_db

GARBAGE = "Part 01 - Month 01"
FIRST, SECOND, LATER = "First title", "Second title", "Later title"


def edition(position: int, title: str, state: str = "superseded", doubted: str = "") -> Edition:
    return Edition(position=position, title=title, state=state, doubted_fields=doubted)


# Editions in their order, whether the name is marked; the name; what stands in its place.
IN_PLACE = [
    ([edition(1, FIRST), edition(2, SECOND, "in-force")], "", SECOND, ""),
    ([edition(1, FIRST), edition(2, GARBAGE, "in-force")], "", GARBAGE, FIRST),
    ([edition(1, FIRST), edition(2, SECOND, "in-force", "title")], "", SECOND, FIRST),
    (
        [edition(1, FIRST), edition(2, SECOND), edition(3, "Odd", "in-force", "title")],
        "",
        "Odd",
        SECOND,
    ),
    (
        [edition(1, FIRST), edition(2, SECOND, "superseded", "title"), edition(3, GARBAGE)],
        "",
        GARBAGE,
        FIRST,
    ),
    ([edition(1, GARBAGE, "in-force"), edition(2, LATER, "withdrawn")], "", GARBAGE, LATER),
    ([edition(1, GARBAGE), edition(2, "Void"), edition(3, "", "in-force")], "", "Void", "X.1"),
    ([], "", GARBAGE, "X.1"),
    ([], "name", "Some name", "X.1"),
    ([edition(1, FIRST)], "name", "Some name", FIRST),
    # The very wording that an editor doubts does not come back from an edition.
    ([edition(1, FIRST), edition(2, "Some name", "in-force")], "name", "Some name", FIRST),
    # One edition of several so called is doubted: the others bear the name out.
    ([edition(1, FIRST, "superseded", "title"), edition(2, FIRST, "in-force")], "", FIRST, ""),
    ([edition(1, FIRST, "in-force", "state\napproved")], "", FIRST, ""),
]


@pytest.mark.parametrize(("editions", "marked", "name", "expected"), IN_PLACE)
def test_a_doubted_name_gives_way_to_the_best_title_that_is_not(editions, marked, name, expected):
    work = Publication(name=name, identifier="X.1", doubted_fields=marked)
    assert name_in_place(work, editions, name_is_fixed=False) == expected


def test_a_name_that_an_editor_fixed_is_doubted_only_if_it_is_marked():
    work = Publication(name="Void", identifier="X.1")
    assert name_in_place(work, [edition(1, FIRST)], name_is_fixed=True) == ""
    work.doubted_fields = "name"
    assert name_in_place(work, [edition(1, FIRST)], name_is_fixed=True) == FIRST


@pytest.fixture
def p835() -> Publication:
    return Publication.objects.get(key="itu-r-p.835")


@pytest.fixture
def version_7(p835) -> Edition:
    """Return the newest edition of P.835 as an import knows it: with its record."""
    found = p835.editions.get(slug="7")
    add_record(found)
    return found


def test_the_curated_content_marks_what_it_doubts(p835, version_7):
    assert (p835.doubted_fields, version_7.doubted_fields) == ("name", "title")
    assert (p835.name, p835.shown_name) == (GARBAGE, "Reference standard atmospheres")
    assert (version_7.title, version_7.shown_title) == (GARBAGE, "")


def test_a_work_from_the_source_keeps_its_words_and_shows_the_best_title():
    work = make_work("ITU-T G.90835", "g.90835")
    add_edition(work, "2001-05", "superseded", title=FIRST)
    add_edition(work, "2010-05", "in-force", title=GARBAGE)
    settle(work)
    work.refresh_from_db()
    assert (work.name, work.undoubted_name, work.shown_name) == (GARBAGE, FIRST, FIRST)
    settle(work)
    work.refresh_from_db()
    assert (work.name, work.shown_name) == (GARBAGE, FIRST)


def test_a_corrected_title_is_doubted_no_longer_and_the_work_shows_it(p835, version_7, admin_user):
    corrections.correct(version_7, "title", LATER, "a reason", "a source", admin_user)
    version_7.refresh_from_db()
    p835.refresh_from_db()
    assert (version_7.title, version_7.doubted_fields) == (LATER, "")
    assert p835.shown_name == LATER
    assert SearchEntry.objects.get(key="itu-r-p.835").title == LATER
    change = RowChange.objects.of_row(version_7).first()
    assert change.values["doubted_fields"] == ["title", ""]


def test_a_correction_taken_back_brings_the_doubt_back(p835, version_7):
    made = corrections.correct(version_7, "title", LATER, "a reason", "a source")
    corrections.revert(made)
    version_7.refresh_from_db()
    p835.refresh_from_db()
    assert (version_7.title, version_7.doubted_fields) == (GARBAGE, "title")
    assert p835.shown_name == "Reference standard atmospheres"


def test_a_curated_value_that_an_editor_writes_anew_is_doubted_no_longer(p835):
    with editing() as edit:
        edit.watch(p835)
        p835.name = "Atmospheres"
        edit.save(p835)
    p835.refresh_from_db()
    assert (p835.doubted_fields, p835.shown_name) == ("", "Atmospheres")


def test_who_marks_and_writes_at_once_has_the_last_word(p835):
    part = p835.editions.get(slug="6")
    with editing() as edit:
        edit.watch(part)
        part.title, part.doubted_fields = "Doubtful from the start", "title\nstate"
        edit.save(part)
    part.refresh_from_db()
    assert lines(part.doubted_fields) == ["title", "state"]
    with editing() as edit:
        edit.watch(part)
        part.title = "Another"
        edit.save(part)
    part.refresh_from_db()
    assert part.doubted_fields == "state"


def test_an_import_that_brings_another_value_ends_no_doubt(p835):
    from catalog.terms import Actor

    part = p835.editions.get(slug="7")
    with editing(actor=Actor.IMPORT) as edit:
        edit.watch(part)
        part.title = "Something else"
        edit.save(part)
    part.refresh_from_db()
    assert part.doubted_fields == "title"


def test_an_earlier_state_comes_back_with_its_doubts(p835, version_7):
    before = read_state(p835)
    with editing() as edit:
        edit.watch(version_7)
        version_7.title = LATER
        edit.save(version_7)
    assert read_state(p835) != before
    restore(p835, edit.revision.number - 1, None, "Back")
    after = read_state(p835)
    # A restoration locks what it changed in fields of the source; all else is as it was.
    assert {key: row for key, row in after.items() if key[0] != "correction"} == before


def test_one_earlier_value_comes_back_with_its_doubt(version_7):
    with editing() as edit:
        edit.watch(version_7)
        version_7.title = LATER
        edit.save(version_7)
    change = RowChange.objects.get(revision=edit.revision, model="edition")
    restore_value(version_7, "title", change, None, "Back", "a source")
    version_7.refresh_from_db()
    assert (version_7.title, version_7.doubted_fields) == (GARBAGE, "title")


MARKS = [
    (Publication, "name", "name"),
    (Publication, "title", None),
    (Edition, "state\ntitle\ntitle", "title\nstate"),
    (Edition, "name", None),
    (Component, "approved\nposted", "approved\nposted"),
    (Component, "abstract", None),
]


@pytest.mark.parametrize(("model", "marks", "kept"), MARKS)
def test_only_fields_of_the_list_can_be_marked(model, marks, kept):
    row, field = model(identifier="X.1"), model._meta.get_field("doubted_fields")
    if kept is None:
        with pytest.raises(ValidationError):
            field.clean(marks, row)
    else:
        assert field.clean(marks, row) == kept


def test_a_title_without_which_a_work_has_no_name_is_not_doubted_but_corrected():
    work = Publication(name="A handbook", doubted_fields="name")
    with pytest.raises(ValidationError) as refused:
        work.clean()
    assert list(refused.value.message_dict) == ["doubted_fields"]


def test_a_form_shows_a_box_for_each_field_that_can_be_doubted(version_7):
    form_of = forms.modelform_factory(Edition, fields=["doubted_fields"])
    form = form_of(instance=version_7)
    boxes = form["doubted_fields"].subwidgets
    assert [box.data["value"] for box in boxes] == ["title", "approved", "posted", "state"]
    assert [box.data["selected"] for box in boxes] == [True, False, False, False]
    form = form_of({"doubted_fields": ["state", "title"]}, instance=version_7)
    assert form.is_valid() and form.has_changed()
    assert form.save(commit=False).doubted_fields == "title\nstate"
    assert form_of({}, instance=version_7).has_changed()
    assert not form_of({"doubted_fields": ["title", "state"]}, instance=version_7).has_changed()
    assert not form_of({"doubted_fields": ["abstract"]}, instance=version_7).is_valid()


def test_a_doubted_date_is_none_and_the_other_one_stands_for_it():
    part = Edition(
        approved="2001-05-01", approved_precision="day", posted="2002-06-01", doubted_fields=""
    )
    assert (part.date, part.precision) == ("2001-05-01", "day")
    part.doubted_fields = "approved"
    assert (part.date, part.precision) == ("2002-06-01", "month")
    part.doubted_fields = "approved\nposted"
    assert part.date is None


def test_the_database_knows_the_same_dates_as_the_rows():
    work = make_work("ITU-T G.90836", "g.90836")
    first = add_edition(work, "2001-05-01", "superseded", doubted_fields="approved")
    add_edition(work, "2010-05-01", "in-force", title="Second")
    settle(work)
    assert Edition.objects.years_of([work.pk]) == {work.pk: (2010, 2010)}
    day = first.approved
    assert not Edition.objects.filter(publication=work).known_on(day).exists()
    Edition.objects.filter(publication=work).update(doubted_fields="approved")
    work = Publication.objects.get(pk=work.pk)
    settle(work)
    work.refresh_from_db()
    assert work.year is None
    assert SearchEntry.objects.get(key=work.key).day is None
    newest_first = Publication.objects.filter(sector=work.sector).newest_first()
    assert work in list(newest_first)[-newest_first.filter(year=None).count() :]
