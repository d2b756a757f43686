"""The resolver over the curated content: answers, and an index that follows every edit."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Component, Edition, KnownIdentifier, Publication, PublicationName
from catalog.resolver import kind_of, known_identifiers, resolve, resolve_many
from catalog.search import index
from catalog.terms import Outcome
from tests.found import some

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "outcome", "identifier"),
    [
        ("g711", Outcome.WORK, "ITU-T G.711"),
        ("ITU-T Rec. G.711 (Nov. 1988)", Outcome.EDITION, "ITU-T G.711 (11/1988)"),
        ("G.711 Amd 1 (08/2009)", Outcome.COMPONENT, "ITU-T G.711 (1988) Amd. 1 (08/2009)"),
        ("H.264 V15", Outcome.EDITION, "ITU-T H.264 (V15) (08/2024)"),
        ("H.264 version 8", Outcome.EDITION, "ITU-T H.264 (04/2013)"),
        ("L.10", Outcome.WORK, "ITU-T L.100"),
        ("Y.1331", Outcome.WORK, "ITU-T G.709/Y.1331"),
        ("Y.1331/G.709", Outcome.WORK, "ITU-T G.709/Y.1331"),
        ("ISO/IEC 13818-1", Outcome.WORK, "ITU-T H.222.0"),
        ("report itu-r bt2020", Outcome.WORK, "Report ITU-R BT.2020"),
        ("G.641", Outcome.WORK, "ITU-T G.641"),
        ("Handbook ITU-R 43 (2013)", Outcome.EDITION, "Handbook ITU-R 43 (2013)"),
        ("ITU-D Rec. 19", Outcome.WORK, "ITU-D 19"),
        ("D-STG-SG01.05-2017", Outcome.WORK, "D-STG-SG01.05-2017"),
        ("RR", Outcome.WORK, "R-REG-RR"),
        ("Radio Regulations", Outcome.WORK, "R-REG-RR"),
        ("hstp mctb", Outcome.WORK, "HSTP-MCTB"),
        (
            "https://www.itu.int/rec/T-REC-G.711-198811-S/en",
            Outcome.EDITION,
            "ITU-T G.711 (11/1988)",
        ),
    ],
)
def test_one_text_is_found(text, outcome, identifier):
    answer = resolve(text)
    assert (answer.outcome, answer.found.identifier) == (outcome, identifier)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("BT.2020", ["ITU-R BT.2020", "Report ITU-R BT.2020"]),
        ("P.835", ["ITU-R P.835", "ITU-T P.835"]),
    ],
)
def test_a_number_of_several_texts_asks_which_one(text, labels):
    answer = resolve(text)
    assert answer.outcome is Outcome.CANDIDATES
    assert sorted(work.label for work in answer.others) == labels


def test_the_only_one_in_force_is_taken_with_a_word_and_the_other():
    other = Publication.objects.get(identifier="ITU-T L.100")
    PublicationName.objects.create(publication=other, name="G.711", slug="g.711")
    index.update([other])
    answer = resolve("G.711")
    assert answer.found.identifier == "ITU-T G.711"
    assert answer.others == (other,)
    assert "only this one is in force" in answer.note


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("L.10", "former number"),
        ("ISO/IEC 13818-1", "same text"),
        ("G.711 (12/1988)", "December 1988"),
        ("G.711 Amd. 7", "Amd. 7"),
        ("ITU-T BT.2020-2", "another Sector"),
    ],
)
def test_what_is_not_plainly_asked_for_is_said(text, word):
    answer = resolve(text)
    assert answer.found is not None
    assert word in answer.note


def test_an_edition_that_is_not_there_leads_to_the_work_and_near_editions():
    answer = resolve("G.711 (12/1988)")
    assert answer.outcome is Outcome.WORK
    assert answer.edition is None
    assert answer.others[0].identifier == "ITU-T G.711 (11/1988)"
    assert answer.understood == "ITU-T G.711 (12/1988)"


def test_an_answer_knows_work_edition_component_and_what_is_in_force():
    answer = resolve("G.711 Amd. 1")
    assert answer.work.identifier == "ITU-T G.711"
    assert answer.edition.identifier == answer.in_force.identifier == "ITU-T G.711 (11/1988)"
    assert (kind_of(answer.component), kind_of(answer.work)) == ("amendment", "recommendation")
    assert resolve("Report BT.2020").in_force is None


def test_what_is_not_held_has_a_kind_a_link_and_its_work():
    answer = resolve("RR No. 5.340")
    assert answer.outcome is Outcome.NOT_HELD
    assert [work.name for work in answer.near] == ["Radio Regulations"]
    assert answer.elsewhere.link == "https://www.itu.int/pub/R-REG-RR"


def test_an_unknown_number_comes_with_near_ones():
    answer = resolve("G.7111")
    assert (answer.outcome, answer.understood) == (Outcome.UNKNOWN, "G.7111")
    assert "ITU-T G.711" in [work.label for work in answer.near]
    assert len(answer.near) <= 5


@pytest.mark.parametrize("text", ["", " ", "nothing of the kind", "(", "%", "\x00", "x" * 5_000])
def test_other_texts_are_unknown(text):
    answer = resolve(text)
    assert (answer.outcome, answer.found, answer.near) == (Outcome.UNKNOWN, None, ())


def test_many_are_resolved_in_a_fixed_number_of_queries():
    texts = ["G.711", "BT.2020", "G.711 Amd. 1", "nothing", "L.10", "H.264 V15", "ITU-R 43"]
    with CaptureQueriesContext(
        connection,
    ) as few:
        answers = resolve_many(texts)
    with CaptureQueriesContext(connection) as many:
        assert resolve_many(texts * 20)[-7:] == answers
    assert len(few) == len(many) <= 5


def test_order_and_number_of_answers_are_those_of_the_questions():
    answers = resolve_many(["G.711", "", "G.711", "L.10"])
    assert [answer.query for answer in answers] == ["G.711", "", "G.711", "L.10"]
    assert resolve_many([]) == []


def rows() -> set[tuple]:
    """Return the whole index."""
    columns = [f.attname for f in KnownIdentifier._meta.concrete_fields if not f.primary_key]
    return set(some(KnownIdentifier.objects.values_list(*columns)))


@pytest.mark.slow
def test_the_index_is_what_the_works_say():
    before = rows()
    KnownIdentifier.objects.all().delete()
    index.rebuild()
    assert rows() == before
    assert KnownIdentifier.objects.count() == len(before)


@pytest.mark.slow
def test_every_identifier_of_the_content_leads_to_its_text():
    models = (Publication, Edition, Component)
    texts = [text for model in models for text in model.objects.exclude(identifier="")]
    answers = resolve_many([text.identifier for text in texts])
    astray = [
        (text.identifier, answer.found)
        for text, answer in zip(texts, answers, strict=True)
        if text not in (answer.found, *answer.others)
        # What has no date or version is called as its work is: ITU-R BR.602, RS.1745/SA.1745.
        and (answer.found != getattr(text, "publication", None) or "(" in text.identifier)
    ]
    assert len(texts) > 3_000
    assert astray == []


def test_a_new_name_a_new_number_and_a_deleted_part_are_known_at_once():
    work = Publication.objects.get(identifier="ITU-T G.711")
    assert resolve("Companding of old").found is None
    work.aliases = "Companding of old"
    work.save()
    index.update([work])
    assert resolve("companding of old").found == work
    PublicationName.objects.create(publication=work, name="G.9999", slug="g.9999")
    index.update([work])
    assert resolve("G.9999").found == work
    Component.objects.filter(publication=work, type="amendment").delete()
    index.update([work])
    assert resolve("G.711 Amd. 1").outcome is Outcome.WORK


def test_nothing_is_written_where_nothing_changed():
    works = Publication.objects.select_related("sector").prefetch_related(
        "names", "editions", "components"
    )[:20]
    with CaptureQueriesContext(connection) as queries:
        known_identifiers.write(works)
    assert not [q for q in some(queries) if q["sql"].startswith(("INSERT", "DELETE", "UPDATE"))]


def test_what_a_deleted_work_was_called_is_forgotten():
    work = Publication.objects.get(identifier="ITU-T G.711")
    work.current_edition = None
    work.save()
    index.remove(work)
    work.delete()
    assert resolve("G.711").found is None


@pytest.mark.slow
def test_an_index_that_a_migration_emptied_is_filled_by_setup():
    call_command("rebuild_index", "--if-stale", stdout=(said := StringIO()))
    assert said.getvalue() == ""
    KnownIdentifier.objects.all().delete()
    assert resolve("G.711").found is None
    call_command("rebuild_index", "--if-stale", stdout=(said := StringIO()))
    assert "entries in the index" in said.getvalue()
    assert resolve("G.711").found is not None
