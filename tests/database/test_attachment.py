"""References to works that are not there yet, and rows that belong to an entry by its key."""

from __future__ import annotations

import pytest

from catalog.models import (
    CommonName,
    EntryRelation,
    Publication,
    RowChange,
    Source,
    SourceUse,
    Successor,
)
from catalog.terms import RelationVerb, RowAction
from catalog.writing import attachment
from catalog.writing.attachment import waiting
from catalog.writing.edit import editing
from catalog.writing.restore import deleted_entry, restore

pytestmark = pytest.mark.django_db


def new_work(like: Publication, identifier: str) -> Publication:
    return Publication(
        key="itu-t-g.9990",
        name="A text that came later",
        identifier=identifier,
        slug="g.9990",
        kind=like.kind,
        sector=like.sector,
        family=like.family,
        series=like.series,
    )


@pytest.fixture
def work() -> Publication:
    return Publication.objects.get(key="itu-t-g.711")


def test_a_reference_waits_until_an_editor_brings_the_work(work):
    with editing() as edit:
        edit.save(CommonName(name="Latecomer", reference="ITU-T G.9990"))
        edit.save(
            Successor(
                reference="ITU-T G.711",
                successor_reference="ITU-T G.9990",
                verb="replaced-by",
                certainty="inferred",
            )
        )
    name, successor = CommonName.objects.get(name="Latecomer"), Successor.objects.latest("pk")
    assert name.work is None
    assert (successor.work, successor.successor) == (work, None)
    before = waiting()
    with editing() as edit:
        edit.save(new_work(work, "ITU-T G.9990"))
    name.refresh_from_db()
    successor.refresh_from_db()
    assert name.work.identifier == successor.successor.identifier == "ITU-T G.9990"
    gone = {key: count - waiting()[key] for key, count in before.items()}
    assert (gone["names in use"], gone["successors of texts"]) == (1, 1)


def test_a_reference_that_found_its_work_stays_with_it_when_it_is_renumbered(work):
    with editing() as edit:
        edit.save(CommonName(name="Our A-law", reference="ITU-T G.711"))
    with editing() as edit:
        edit.watch(work)
        work.identifier = "ITU-T G.9711"
        edit.save(work)
    assert CommonName.objects.get(name="Our A-law").work == work


def test_a_reference_goes_on_to_the_work_into_which_its_own_is_merged(work):
    heir = Publication.objects.get(identifier="ITU-T G.722")
    with editing() as edit:
        edit.save(CommonName(name="Our A-law", reference="ITU-T G.711"))
    attachment.hand_on(work, heir)
    assert CommonName.objects.get(name="Our A-law").work == heir
    assert not CommonName.objects.of_works([work.pk]).exists()


def test_a_work_without_identifier_is_named_by_its_key(work):
    work_without = Publication.objects.filter(identifier="").first()
    with editing() as edit:
        edit.save(CommonName(name="The rules", reference=work_without.key))
    assert CommonName.objects.get(name="The rules").work == work_without


def test_sources_and_relations_belong_to_the_history_of_their_entry(work):
    with editing() as edit:
        source = Source(key="a-page", title="A page", url="https://example.org/")
        edit.save(source)
        edit.save(SourceUse(entry_key=work.key, source=source, supports="the title"))
        edit.save(
            EntryRelation(subject_key=work.key, verb=RelationVerb.ABOUT, target_key="speech-coding")
        )
    changes = RowChange.objects.filter(revision=edit.revision)
    tied = {(c.model, c.entry_model, c.entry_id) for c in changes if c.model != "source"}
    assert tied == {
        ("sourceuse", "publication", work.pk),
        ("entryrelation", "publication", work.pk),
    }
    work.refresh_from_db()
    assert work.row_version == 2


def test_they_go_with_the_entry_and_come_back_with_it(work):
    with editing() as edit:
        edit.save(new_work(work, "ITU-T G.9990"))
    late = Publication.objects.get(key="itu-t-g.9990")
    with editing() as edit:
        source = Source(key="a-page", title="A page", url="https://example.org/")
        edit.save(source)
        edit.save(SourceUse(entry_key=late.key, source=source))
    with editing() as edit:
        edit.delete(late)
    assert not SourceUse.objects.filter(entry_key="itu-t-g.9990").exists()
    deletion = RowChange.objects.get(
        revision=edit.revision, model="publication", action=RowAction.DELETED
    )
    restore(deleted_entry(deletion), edit.revision.number - 1, None, "it was right")
    assert SourceUse.objects.get(entry_key="itu-t-g.9990").source.key == "a-page"
