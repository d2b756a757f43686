"""The one door: each write is recorded, derived, indexed and counted; anything can be put back."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from catalog.models import (
    CatalogueState,
    Component,
    Conference,
    Correction,
    Edition,
    EntryRelation,
    FormerAddress,
    Goal,
    Initiative,
    Publication,
    PublicationRelation,
    Revision,
    RowChange,
    SearchEntry,
    SourceRecord,
    Topic,
)
from catalog.terms import Actor, RelationKind, RowAction
from catalog.writing import addresses
from catalog.writing.aggregates import read_state
from catalog.writing.edit import editing
from catalog.writing.going import records_by_row
from catalog.writing.job import whole_catalogue
from catalog.writing.record import Author, catalogue_version
from catalog.writing.restore import deleted_entry, restore, restore_value, state_after

pytestmark = pytest.mark.django_db


@pytest.fixture
def work() -> Publication:
    return Publication.objects.get(key="itu-t-g.711")


def rename(entry, name: str, by=None) -> Revision | None:
    with editing(by, reason="a test") as edit:
        edit.watch(entry)
        entry.name = name
        edit.save(entry)
    return edit.revision


def test_a_write_is_recorded_with_old_and_new_value(admin_user):
    initiative = Initiative.objects.get(key="ai-for-good")
    before = initiative.name
    version = catalogue_version()
    revision = rename(initiative, "AI for Better", admin_user)
    change = RowChange.objects.get(revision=revision)
    assert (change.model, change.row_id, change.action) == ("initiative", initiative.pk, "changed")
    assert change.values == {"name": [before, "AI for Better"]}
    assert (revision.by, revision.reason, revision.actor) == (admin_user, "a test", Actor.EDITOR)
    assert revision.number == version + 1 == catalogue_version()
    assert change.entry_version == 2


@pytest.mark.parametrize("kind", ["editions", "components"])
def test_a_write_moves_the_date_of_the_part_that_changed_and_of_no_other(work, kind):
    part, other = getattr(work, kind).all()[:2]
    with editing(reason="a test") as edit:
        edit.watch(part)
        part.title = "Another title"
        edit.save(part, update_fields=["title"])
    before = other.changed
    part.refresh_from_db()
    other.refresh_from_db()
    assert (part.changed, other.changed) == (edit.revision.made, before)


def test_a_write_moves_version_and_date_of_the_entry_and_its_search_row():
    initiative = Initiative.objects.get(key="ai-for-good")
    revision = rename(initiative, "AI for Better")
    stored = Initiative.objects.get(pk=initiative.pk)
    assert stored.row_version == 2
    assert stored.changed == revision.made == CatalogueState.objects.get().changed
    assert SearchEntry.objects.get(key="ai-for-good").title == "AI for Better"


def test_what_changes_nothing_leaves_no_trace(work):
    version, dates = catalogue_version(), (work.row_version, work.changed)
    with editing() as edit:
        edit.save(work)
    work.refresh_from_db()
    assert edit.revision is None
    assert (catalogue_version(), (work.row_version, work.changed)) == (version, dates)
    assert not RowChange.objects.exists()


def test_a_changed_edition_moves_its_own_date_and_that_of_its_work(work):
    edition, other = work.editions.order_by("pk")[:2]
    with editing() as edit:
        edit.watch(edition)
        edition.title = "Another title"
        edit.save(edition)
    work.refresh_from_db()
    moved = set(work.editions.filter(changed=edit.revision.made))
    assert moved == {edition}
    assert work.changed == edit.revision.made
    assert other.changed < edit.revision.made
    change = RowChange.objects.of_entry(work).get()
    assert (change.entry_model, change.entry_id) == ("publication", work.pk)


def test_links_to_other_rows_are_part_of_the_history(work):
    goals = list(Goal.objects.order_by("pk")[:2])
    before = sorted(work.goals.values_list("pk", flat=True))
    with editing() as edit:
        edit.link(work, "goals", goals)
    change = RowChange.objects.get(revision=edit.revision)
    assert change.values == {"goals": [before, sorted(goal.pk for goal in goals)]}


def test_a_new_entry_is_recorded_and_found():
    with editing() as edit:
        topic = Topic(key="a-new-topic", name="A new topic")
        edit.save(topic)
    change = RowChange.objects.get(revision=edit.revision)
    assert change.action == RowAction.ADDED
    assert change.values["name"] == [None, "A new topic"]
    assert SearchEntry.objects.filter(key="a-new-topic").exists()


def test_an_address_that_is_left_leads_to_the_row(work):
    paths = [edition.get_absolute_url() for edition in work.editions.all()]
    old = work.get_absolute_url()
    with editing() as edit:
        edit.watch(work)
        work.slug = "g.7111"
        edit.save(work)
    assert len(paths) > 1
    for path in (old, *paths):
        former = FormerAddress.objects.last_holder(path)
        assert not former.is_gone
        assert addresses.present_address(former) == path.replace("/g.711/", "/g.7111/")
    assert FormerAddress.objects.last_holder("/id/itu-t-g.711/") is None


def test_a_deleted_work_leaves_a_stone_at_each_of_its_addresses(work):
    label, title = str(work), work.name
    paths = [edition.get_absolute_url() for edition in work.editions.all()]
    with editing(reason="double of another entry") as edit:
        edit.delete(work)
    assert len(paths) > 1
    for path in ("/itu-t/g.711/", "/id/itu-t-g.711/", *paths):
        former = FormerAddress.objects.last_holder(path)
        assert former.is_gone
        assert former.revision.reason == "double of another entry"
    assert (former := FormerAddress.objects.last_holder("/itu-t/g.711/")).label == label
    assert former.title == title
    assert not SearchEntry.objects.filter(key="itu-t-g.711").exists()


def test_a_deleted_work_comes_back_exactly(work):
    before = read_state(work)
    pk, url = work.pk, work.get_absolute_url()
    with editing() as edit:
        edit.delete(work)
    change = RowChange.objects.get(revision=edit.revision, model="publication", row_id=pk)
    restore(deleted_entry(change), edit.revision.number - 1, None, "It was right")
    again = Publication.objects.get(key="itu-t-g.711")
    assert read_state(again) == before
    assert (again.pk, again.get_absolute_url()) == (pk, url)
    assert again.current_edition is not None
    assert not FormerAddress.objects.tombstones().filter(model="publication", row_id=pk).exists()
    assert SearchEntry.objects.filter(key="itu-t-g.711").exists()


@pytest.mark.slow
def test_any_state_of_the_past_comes_back_exactly(work):
    states = {catalogue_version(): read_state(work)}
    goals = list(Goal.objects.order_by("pk")[:3])
    edition = work.editions.first()
    for step in range(4):
        with editing() as edit:
            edit.watch(work)
            work.name = f"Name {step}"
            edit.save(work)
            edit.link(work, "goals", goals[:step])
            if step == 1:
                edit.delete(edition)
            if step == 2:
                edit.save(
                    Edition(publication=work, identifier="ITU-T G.711 (01/2001)", slug="2001-01")
                )
        states[edit.revision.number] = read_state(work)
    assert len(states) == 5
    for number, state in reversed(states.items()):
        assert state_after(work, number) == state
        restore(work, number, None, "Back")
        assert read_state(work) == state


def test_one_value_of_the_past_comes_back(work):
    before = work.purpose
    with editing() as edit:
        edit.watch(work)
        work.purpose, work.keywords = "Another purpose", "word"
        edit.save(work)
    change = RowChange.objects.get(revision=edit.revision)
    restore_value(work, "purpose", change, None, "The old one is right")
    work.refresh_from_db()
    assert (work.purpose, work.keywords) == (before, "word")


def test_a_state_that_breaks_a_rule_today_is_refused_and_changes_nothing(work):
    other = Publication.objects.exclude(pk=work.pk).filter(sector=work.sector).first()
    with editing() as edit:
        edit.watch(work)
        work.slug = "g.7111"
        edit.save(work)
    with editing(), editing() as second:
        second.watch(other)
        other.slug = "g.711"
        second.save(other)
    with pytest.raises(ValidationError):
        restore(work, edit.revision.number - 1, None, "Back")
    work.refresh_from_db()
    assert work.slug == "g.7111"


def test_meetings_move_their_conference():
    conference = Conference.objects.filter(meetings__isnull=False).first()
    meeting = conference.meetings.first()
    with editing() as edit:
        edit.watch(meeting)
        meeting.city = "Elsewhere"
        edit.save(meeting)
    conference.refresh_from_db()
    meeting.refresh_from_db()
    assert conference.row_version == 2
    assert conference.changed == meeting.changed == edit.revision.made
    assert RowChange.objects.of_entry(meeting).count() == 1


def test_deleting_takes_the_relations_of_others_with_it_and_records_it():
    initiative = Initiative.objects.get(key="ai-for-good")
    other = Initiative.objects.exclude(pk=initiative.pk).first()
    with editing() as edit:
        edit.save(EntryRelation(subject_key=other.key, target_key="ai-for-good"))
    with editing() as edit:
        edit.delete(initiative)
    assert not EntryRelation.objects.touching("ai-for-good").exists()
    assert RowChange.objects.filter(revision=edit.revision, entry_id=other.pk).exists()


def test_a_job_records_what_its_caller_notes(work):
    edition = work.editions.first()
    with whole_catalogue(Author(Actor.LOAD, reason="a test")) as job:
        old, edition.title = edition.title, "From a file"
        job.update([edition], ["title"])
        job.note_change(edition, {"title": (old, "From a file")})
    work.refresh_from_db()
    edition.refresh_from_db()
    change = RowChange.objects.get(revision=job.revision)
    assert change.values == {"title": [old, "From a file"]}
    assert (change.entry_id, change.entry_version) == (work.pk, work.row_version) == (work.pk, 2)
    assert work.changed == edition.changed == job.moment == job.revision.made


def test_a_job_that_notes_nothing_leaves_no_trace():
    version = catalogue_version()
    with whole_catalogue(Author(Actor.IMPORT)) as job:
        pass
    assert job.revision is None
    assert catalogue_version() == version


@pytest.mark.slow
def test_a_deleted_work_comes_back_with_its_records_and_the_links_of_others(work):
    other = Publication.objects.exclude(pk=work.pk).filter(sector=work.sector).first()
    initiative = Initiative.objects.first()
    edition = work.editions.first()
    record = SourceRecord.objects.create(
        identifier="ITU-T Z.9999 (11/1988)", search_form="z9999", file="z.yaml", role="edition",
        checksum="0", publication=work, edition=edition,
    )  # fmt: skip
    with editing() as edit:
        edit.save(PublicationRelation(subject=other, target=work, kind=RelationKind.SUPPLEMENTS))
        edit.link(initiative, "publications", [work])
        edit.save(EntryRelation(subject_key=other.key, verb="about", target_key=work.key))
        edit.save(EntryRelation(subject_key=work.key, target_key=initiative.key))
    before = [read_state(row) for row in (work, other, initiative)]
    with editing() as edit:
        edit.delete(Publication.objects.get(pk=work.pk))
    lost = RowChange.objects.filter(revision=edit.revision)
    assert lost.filter(entry_model="publication", entry_id=other.pk).count() >= 2
    assert lost.filter(model="initiative", row_id=initiative.pk).exists()
    record.refresh_from_db()
    assert (record.publication, record.edition, record.kept_out_by) == (None, None, edit.revision)
    change = lost.get(model="publication", row_id=work.pk)
    restore(deleted_entry(change), edit.revision.number - 1, None, "It was right")
    rows = (Publication.objects.get(pk=work.pk), other, initiative)
    assert [read_state(row) for row in rows] == before
    record.refresh_from_db()
    assert (record.publication, record.edition, record.kept_out_by) == (work, edition, None)


def record_of(name: str, **columns) -> SourceRecord:
    return SourceRecord.objects.create(
        identifier=name, search_form=name.lower(), file="z.yaml", checksum=0, **columns
    )


def test_a_field_of_imports_that_comes_back_is_locked(work):
    edition = work.editions.first()
    record_of("ITU-T Z.9998 (11/1988)", role="edition", publication=work, edition=edition)
    before = edition.title
    with editing() as edit:
        edit.watch(edition)
        edition.title = "What an import wrote"
        edit.save(edition, update_fields=["title"])
    restore(work, edit.revision.number - 1, None, "It was right", "The cover")
    lock = Correction.objects.get(edition=edition)
    assert (lock.field, lock.value, lock.source_value) == ("title", before, "What an import wrote")
    assert (lock.reason, lock.evidence) == ("It was right", "The cover")


def test_a_component_and_a_work_of_the_same_number_do_not_share_records():
    component = Component.objects.filter(pk__in=Publication.objects.filter(editions__gt=0)).first()
    namesake = Publication.objects.get(pk=component.pk)
    columns = {"publication": namesake, "edition": namesake.editions.first()}
    record_of("ITU-T Z.9996 (11/1988)", role="edition", **columns)
    own = record_of(
        "ITU-T Z.9997 Cor. 9",
        role="component",
        publication=component.publication,
        component=component,
    )
    assert records_by_row(component)["component", component.pk] == [own.pk]
    assert ("edition", namesake.editions.first().pk) not in records_by_row(component)
