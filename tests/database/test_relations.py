"""Relations between entries: written, deleted with their entries, restored, loaded."""

from __future__ import annotations

import importlib

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from catalog.admin.restoring import differences_to
from catalog.curation.load import load_fixtures
from catalog.importer.run import import_snapshot
from catalog.models import (
    Body,
    Conference,
    EntryRelation,
    Initiative,
    LoadedRow,
    Publication,
    Revision,
    RowChange,
    Topic,
)
from catalog.timeline import in_words
from catalog.writing.edit import editing
from catalog.writing.restore import deleted_entry, restore, state_after
from tests.conftest import FIXTURES
from tests.snapshots import standard, write_zip

pytestmark = pytest.mark.django_db


def relate(subject: str, verb: str, target: str) -> Revision:
    """Write a relation through the door."""
    with editing(reason="Seen at ITU") as edit:
        edit.save(EntryRelation(subject_key=subject, verb=verb, target_key=target))
    return edit.revision


def delete(entry) -> Revision:
    """Delete an entry through the door."""
    with editing(reason="Recorded twice") as edit:
        edit.delete(type(entry).objects.get(pk=entry.pk))
    return edit.revision


def bring_back(entry, revision: Revision) -> None:
    """Restore an entry as it was before a deletion."""
    change = RowChange.objects.get(revision=revision, model=entry._meta.model_name, row_id=entry.pk)
    restore(deleted_entry(change), revision.number - 1, None, "It was right")


def triples(key: str) -> set[tuple[str, str, str]]:
    """Return the relations in which an entry takes part."""
    rows = EntryRelation.objects.touching(key)
    return set(rows.values_list("subject_key", "verb", "target_key"))


def test_a_relation_belongs_to_the_history_of_the_entry_that_names_the_other():
    revision = relate("giga", "organized-by", "itu-council")
    giga = Initiative.objects.get(key="giga")
    changes = RowChange.objects.of_entry(giga).filter(revision=revision)
    assert [(change.model, change.entry_id) for change in changes] == [("entryrelation", giga.pk)]
    (thing,) = in_words(list(changes))
    assert thing.label == "Organized by: ITU Council"
    told = {field.label: str(field.after) for field in thing.fields}
    assert (told["Relation"], told["Other entry"]) == ("Organized by", "ITU Council")
    assert "Key of the entry" not in told


def test_deleting_an_entry_takes_its_relations_and_those_to_it_and_restoring_brings_them_back():
    council = Body.objects.get(key="itu-council")
    relate("giga", "organized-by", "itu-council")
    relate("itu-council", "uses", "wrc")
    before = triples("itu-council")
    assert len(before) > 2
    revision = delete(council)
    assert triples("itu-council") == set()
    lost = RowChange.objects.filter(revision=revision, model="entryrelation")
    assert lost.filter(entry_model="initiative").exists()
    assert not lost.filter(entry_model="entryrelation").exists()

    bring_back(council, revision)

    assert triples("itu-council") == before
    made = RowChange.objects.filter(model="entryrelation", revision__number__gt=revision.number)
    assert not made.filter(entry_model="entryrelation").exists()


def test_a_relation_to_an_entry_that_is_gone_too_stays_away_when_the_other_comes_back():
    relate("giga", "organized-by", "itu-council")
    giga, council = Initiative.objects.get(key="giga"), Body.objects.get(key="itu-council")
    first = delete(council)
    second = delete(giga)
    restore_number = first.number - 1
    change = RowChange.objects.get(revision=second, model="initiative", row_id=giga.pk)

    restore(deleted_entry(change), restore_number, None, "It was right")

    assert not EntryRelation.objects.touching("itu-council").exists()
    assert Initiative.objects.filter(key="giga").exists()


def test_the_relations_of_meetings_go_with_their_conference():
    wrc = Conference.objects.get(key="wrc")
    relate("giga", "about", "wrc-2023")
    relate("wrc-2023", "uses", "giga")
    before = triples("wrc-2023")
    revision = delete(wrc)
    assert not EntryRelation.objects.touching("wrc-2023").exists()
    assert not EntryRelation.objects.touching("wrc").exists()
    bring_back(wrc, revision)
    assert triples("wrc-2023") == before


def test_a_new_entry_and_its_relation_are_written_together():
    with editing() as edit:
        edit.save(Topic(key="whistling", name="Whistling"))
        edit.save(EntryRelation(subject_key="whistling", verb="uses", target_key="giga"))
    topic = Topic.objects.get(key="whistling")
    changes = RowChange.objects.filter(revision=edit.revision)
    assert {(one.entry_model, one.entry_id) for one in changes} == {("topic", topic.pk)}


@pytest.mark.parametrize(
    "columns",
    [
        {"subject_key": "giga", "target_key": "giga"},
        {"subject_key": "giga", "target_key": "wrc", "verb": "likes"},
    ],
    ids=["itself", "unknown verb"],
)
def test_the_database_refuses_what_is_no_relation(columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        EntryRelation.objects.create(**columns)


def test_the_same_relation_stands_once():
    relate("giga", "uses", "wrc")
    with pytest.raises(ValidationError, match="This relation is there already"):
        EntryRelation(subject_key="giga", verb="uses", target_key="wrc").full_clean()


def test_an_earlier_version_that_speaks_of_keys_is_read_and_restored():
    topic = Topic.objects.get(key="5g")
    with editing() as edit:
        edit.watch(topic)
        topic.description = "Written by an editor."
        edit.save(topic, update_fields=["description"])
    change = RowChange.objects.get(revision=edit.revision)
    change.values["related_keys"] = ["giga\nno-such-key", "giga"]
    change.save()

    (thing,) = in_words([change])

    told = {field.label: (str(field.before), str(field.after)) for field in thing.fields}
    giga = Initiative.objects.get(key="giga").name
    assert told["Related entries"] == (f"{giga}, no-such-key", giga)
    number = edit.revision.number - 1
    assert "related_keys" not in set().union(*state_after(topic, number).values())
    assert [set(one.values) for one in differences_to(topic, number)] == [{"description"}]
    restore(topic, number, None, "It was right")
    topic.refresh_from_db()
    assert topic.description != "Written by an editor."


def test_a_row_of_a_file_that_names_a_deleted_entry_is_left_out():
    delete(Body.objects.get(key="br"))
    reports = load_fixtures(FIXTURES, only=["entry_relations.yaml"])
    assert any("br" in words for words in reports["entry_relations.yaml"].kept)
    assert not EntryRelation.objects.touching("br").exists()


def test_the_keys_of_earlier_releases_become_relations(monkeypatch):
    migration = importlib.import_module("catalog.migrations.0016_entry_relations")
    monkeypatch.setattr(migration, "KINDS", ("Topic", "Initiative", "Publication"))
    EntryRelation.objects.all().delete()
    named = {
        "topic": {"5g": "giga\nno-such-key\n5g", "accessibility": "5g-for-humanity\nimsi-e212"},
        "initiative": {"giga": "5g", "5g-for-humanity": "imt-2020"},
        "publication": {},
    }
    migration.keep_related_keys(_WithKeys(named), None)
    assert set(EntryRelation.objects.values_list("subject_key", "verb", "target_key")) == {
        ("5g", "related", "giga"),
        ("5g-for-humanity", "related", "accessibility"),
        ("accessibility", "related", "itu-t-e.212"),
        ("5g-for-humanity", "related", "imt-2020"),
    }


class _WithKeys:
    """The models of today as the migration knew them: with lines of keys."""

    def __init__(self, named: dict[str, dict[str, str]]):
        self.named = named

    def get_model(self, app: str, name: str):
        model = apps.get_model(app, name)
        return model if model is EntryRelation else _Kind(model, self.named[name.lower()])


class _Kind:
    def __init__(self, model, named: dict[str, str]):
        self.model, self.named, self.objects = model, named, self

    def order_by(self, *columns):
        return self

    def exclude(self, **condition):
        return self

    def filter(self, **condition):
        return self.model.objects.filter(**condition)

    def values_list(self, *columns):
        if "related_keys" in columns:
            return sorted(self.named.items())
        return self.model.objects.values_list(*columns)


def test_what_lines_of_keys_became_gives_way_to_the_verbs_of_files_and_editors_words_stay():
    relations = EntryRelation.objects
    # One row of the file is new here.
    relations.filter(subject_key="sdg-9", target_key="sdgs").delete()
    LoadedRow.objects.filter(natural_key="sdg-9 / part-of / sdgs").delete()
    # As an update leaves them: nobody wrote these rows.
    relations.create(subject_key="unesco", target_key="wsis-forum")
    relations.create(subject_key="br", target_key="bdt")
    relations.create(subject_key="5g", target_key="wsis")
    relate("wsis", "related", "wsis-forum")

    load_fixtures(FIXTURES, only=["entry_relations.yaml"])

    assert ("sdg-9", "part-of", "sdgs") in triples("sdg-9")
    assert ("unesco", "related", "wsis-forum") not in triples("unesco")
    assert ("wsis-forum", "organized-by", "unesco") in triples("unesco")
    assert ("br", "related", "bdt") not in triples("br")
    assert ("bdt", "related", "br") in triples("br")
    assert ("5g", "related", "wsis") in triples("5g")
    assert ("wsis", "related", "wsis-forum") in triples("wsis")


@pytest.mark.parametrize("is_related", [False, True])
def test_a_work_to_which_something_is_related_outlives_an_import_that_merges_it(
    tmp_path, is_related
):
    def load(name: str, *tie: str) -> None:
        old = standard("G.9001", edition="1", day="2015-05-07", letter="S")
        new = standard("G.9002", edition="2", day="2020-03-15", family=tie)
        import_snapshot(write_zip(tmp_path / name, [old, new]))

    load("apart.zip")
    works = Publication.objects.filter(slug__in=["g.9001", "g.9002"])
    before = sorted(works.values_list("key", flat=True))
    assert len(before) == 2
    if is_related:
        for key in before:
            relate("giga", "about", key)
    load("tied.zip", "G.9001 (05/2015)")
    left = set(Publication.objects.filter(key__in=before).values_list("key", flat=True))
    assert len(left) == (2 if is_related else 1)
    assert EntryRelation.objects.touching("giga").keys() >= (left if is_related else set())
