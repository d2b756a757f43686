"""The history of an entry in words: one row for each write, with names of people if asked for."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.models import (
    Edition,
    Goal,
    ImportRun,
    Initiative,
    Publication,
    Recommendation,
    SourceRecord,
    Topic,
)
from catalog.terms import Actor
from catalog.timeline import length_of, timeline_of
from catalog.writing import corrections
from catalog.writing.edit import editing
from catalog.writing.job import whole_catalogue
from catalog.writing.record import Author

pytestmark = pytest.mark.django_db


@pytest.fixture
def work() -> Publication:
    return Publication.objects.get(key="itu-t-g.711")


@pytest.fixture
def anna():
    return get_user_model().objects.create_user("anna")


def told(entry, *, with_people=False, limit=50, offset=0):
    return timeline_of(entry, with_people=with_people, limit=limit, offset=offset)


def change(entry, by=None, reason="", evidence="", **values):
    with editing(by, reason=reason, evidence=evidence) as edit:
        edit.watch(entry)
        for name, value in values.items():
            setattr(entry, name, value)
        edit.save(entry)
    return edit.revision


def fields_of(row):
    return {
        field.label: (str(field.before), str(field.after))
        for thing in row.things
        for field in thing.fields
    }


def test_a_write_is_told_with_actor_reason_and_source_and_both_values(work, anna):
    old = work.purpose
    revision = change(work, anna, "It was vague", "ITU page, seen today", purpose="To code speech")
    row = told(work, with_people=True)[0]
    assert (row.number, row.when, row.actor) == (revision.number, revision.made, "anna")
    assert (row.reason, row.evidence) == ("It was vague", "ITU page, seen today")
    assert fields_of(row) == {"What it is for": (old, "To code speech")}


def test_names_of_people_are_told_only_to_who_asks(work, anna):
    change(work, anna, purpose="To code speech")
    assert told(work)[0].actor == "An editor"
    assert "anna" not in str(told(work))


def test_values_are_told_in_words(work):
    goals = list(Goal.objects.order_by("pk")[:2])
    with editing() as edit:
        edit.watch(work)
        work.verification = "not-found"
        work.checked_on = datetime.date(2026, 11, 24)
        work.study_group = None
        group = str(Publication.objects.get(pk=work.pk).study_group)
        edit.save(work)
        edit.link(work, "goals", goals)
    fields = fields_of(told(work)[0])
    assert fields["Verification"][1] == "Not found"
    assert fields["Checked on"][1] == "24 November 2026"
    assert fields["Group in charge"] == (group, "")
    assert fields["SDGs"][1] == ", ".join(sorted(map(str, goals), key=fields["SDGs"][1].find))


def test_a_date_is_told_no_more_exactly_than_it_is_known(work):
    edition = work.editions.first()
    with editing() as edit:
        edit.watch(edition)
        edition.approved, edition.approved_precision = datetime.date(1990, 5, 1), "month"
        edition.posted, edition.posted_precision = datetime.date(1991, 1, 1), "year"
        edit.save(edition)
    change(edition, approved=datetime.date(1990, 6, 1))
    assert fields_of(told(work)[0])["Approved"] == ("May 1990", "June 1990")
    fields = fields_of(told(work)[1])
    assert (fields["Approved"][1], fields["Posted"][1]) == ("May 1990", "1991")


def test_a_linked_row_that_is_gone_is_told_as_gone(work):
    goal = Goal.objects.get(number=14)
    with editing() as edit:
        edit.link(work, "goals", [goal])
    with editing() as edit:
        edit.delete(goal)
    assert "no longer there" in str(told(work))


def test_rows_of_the_entry_say_what_they_are_and_what_became_of_them(work):
    edition = work.editions.first()
    label = str(edition)
    with editing() as edit:
        edit.delete(edition)
        new = Edition(publication=work, identifier="ITU-T G.711 (01/2001)", slug="2001-01")
        edit.save(new)
    things = {(t.kind, t.label, t.action): t for t in told(work)[0].things}
    assert ("edition", label, "deleted") in things
    added = things["edition", "ITU-T G.711 (01/2001)", "added"]
    assert {field.label for field in added.fields} >= {"Identifier", "Address part"}
    assert not {field.label for field in added.fields} & {"Publication", "From source", "Abstract"}


def test_a_correction_says_that_the_field_is_locked_and_when_the_lock_is_lifted(work, anna):
    edition = work.editions.first()
    SourceRecord.objects.create(
        identifier="x", search_form="x", file="x", checksum=1, role="edition", edition=edition
    )
    old = edition.title
    made = corrections.correct(edition, "title", "Right", "It is wrong", "Seen", anna)
    with whole_catalogue(Author(Actor.IMPORT)) as job:
        job.note_change(made, {"source_value": ("Wrong", "Wronger")})
        made.source_value = "Wronger"
        job.update([made], ["source_value"])
    corrections.revert(made, anna)
    for thing in (work, edition):
        back, source, correct = told(thing)[:3]
        assert any("Locked" in t.note for t in correct.things)
        assert (correct.reason, correct.evidence) == ("It is wrong", "Seen")
        assert fields_of(correct)["Title"] == (old, "Right")
        assert any("lifted" in t.note for t in back.things)
        assert "Wronger" in str(source)
        assert "anna" not in str([back, source, correct])


def test_imports_are_among_the_actors_with_their_snapshot(work):
    now = timezone.now()
    run = ImportRun.objects.create(
        started=now, finished=now, snapshot_date=datetime.date(2026, 8, 22), changed=True
    )
    edition = work.editions.first()
    with whole_catalogue(Author(Actor.IMPORT)) as job:
        job.note_change(edition, {"title": ("Old", "New")})
        job.finish(run)
    assert told(work)[0].actor == "Import of the data set, snapshot of 22 August 2026"
    assert told(edition)[0].number == job.revision.number


def test_the_last_row_says_since_when_the_entry_is_here(work):
    change(work, purpose="To code speech")
    beginning = told(work)[-1]
    assert (beginning.number, beginning.when) == (0, work.added)
    assert [thing.action for thing in beginning.things] == ["added"]
    assert length_of(work) == len(told(work)) == 2


def test_the_history_of_a_new_entry_begins_with_its_addition(anna):
    with editing(anna) as edit:
        topic = Topic(key="a-new-topic", name="A new topic")
        edit.save(topic)
    (row,) = told(topic)
    assert row.number == edit.revision.number
    assert length_of(topic) == 1


def test_what_came_by_a_job_names_the_job():
    with whole_catalogue(Author(Actor.LOAD)) as job:
        topic = Topic(key="a-new-topic", name="A new topic")
        job.insert([topic])
        job.touch(topic)
    (row,) = told(Topic.objects.get(key="a-new-topic"))
    assert row.actor == "Curated content loaded"


def test_a_list_of_one_kind_tells_the_same_as_the_list_of_all(work):
    change(work, purpose="To code speech")
    assert told(Recommendation.objects.get(pk=work.pk)) == told(work)


@pytest.mark.slow
def test_a_long_history_is_read_in_pages_with_a_fixed_number_of_queries(work, anna):
    initiative = Initiative.objects.get(key="ai-for-good")
    counts = []
    for length in (1, 30):
        while length_of(initiative) <= length:
            change(initiative, anna, name=f"Name {length_of(initiative)}")
        with CaptureQueriesContext(connection) as queries:
            rows = told(initiative, with_people=True, limit=100)
        counts.append(len(queries))
        assert len(rows) == length + 1
    assert counts[0] == counts[1] <= 5
    pages = [told(initiative, limit=7, offset=start) for start in range(0, 35, 7)]
    assert [row.number for page in pages for row in page] == [
        row.number for row in told(initiative)
    ]


def test_the_part_of_a_long_text_that_differs_is_shown(work):
    lead, tail = "word " * 300, " word" * 300
    change(work, description=f"{lead}seventeen{tail}")
    change(work, description=f"{lead}eighteen{tail}")
    (thing,) = told(work)[0].things
    (field,) = thing.fields
    assert (field.before.differing, field.after.differing) == ("seventeen", "eighteen")
    assert len(str(field.before)) < 200
