"""The whole data set in the database: figures, repeats, changes, damage, and a kill half-way."""

from __future__ import annotations

import re
import time
import zipfile
from collections import Counter
from pathlib import Path

import pytest
import yaml
from django.db import transaction
from django.db.models import Count, Q

from catalog.curation.export import export_fixtures
from catalog.importer.run import Options, Result, import_snapshot
from catalog.models import (
    Change,
    Component,
    Edition,
    ImportRun,
    Publication,
    PublicationRelation,
    SearchEntry,
    SeriesSupplement,
    SourceRecord,
    Topic,
    TopicOfWork,
)
from catalog.terms import ChangeKind, Kind, RecordRole, RelationKind, State, Verification
from catalog.topics_by_rule.expressions import read_expression
from catalog.writing import sourcing, topics
from catalog.writing.corrections import correct
from tests.catalogue.test_figures import expected_figures
from tests.conftest import CATALOGUE, FIXTURES, KNOWLEDGE
from tests.found import some
from tests.snapshots import bytes_of, standard

# Each test returns to a place inside the transaction of `first`.
# What they share is made once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("full_import")]

MODELS = (Publication, Edition, Component, SourceRecord, SearchEntry)


@pytest.fixture(scope="module")
def first(django_db_setup, django_db_blocker):
    """The result of importing the whole data set; taken back after the tests of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        before = set(Publication.objects.values_list("pk", flat=True))
        result = import_snapshot(CATALOGUE)
        result.curated_before = before
        yield result
        transaction.set_rollback(True)


def of_source(queryset):
    """Keep the rows of which the data set tells."""
    return queryset.filter(source_records__role__in=["edition", "component"]).distinct()


def test_works_of_imports_alone_are_imported_and_nothing_is_checked_without_a_source(first):
    came = Publication.objects.exclude(pk__in=first.curated_before)
    marks = Counter(came.values_list("verification", flat=True))
    assert set(marks) == {Verification.IMPORTED}
    assert marks[Verification.IMPORTED] > 9_000
    assert sourcing.all_unsupported() == []


def test_the_database_has_the_figures_of_the_notes(first):
    figures = expected_figures()
    works = of_source(Publication.objects.all())
    by_sector: dict[str, Counter] = {"itu-t": Counter(), "itu-r": Counter()}
    for sector, kind in works.values_list("sector__code", "kind"):
        by_sector[sector][kind] += 1
    # A handbook whose text is not in the data set is curated as what it is.
    by_sector["itu-t"]["other"] += by_sector["itu-t"].pop("handbook", 0)
    assert by_sector["itu-t"] == figures["works"]["itu_t"]
    assert by_sector["itu-r"] == figures["works"]["itu_r"]
    editions = of_source(Edition.objects.all())
    assert editions.count() == figures["editions"]["all"]
    assert of_source(Component.objects.all()).count() == figures["components"]["all"]
    states = Counter(
        editions.filter(publication__sector__code="itu-t").values_list("state", flat=True)
    )
    assert states == figures["states_itu_t_editions"]
    for kind, expected in some(figures["states_itu_r_editions"].items()):
        of_kind = editions.filter(publication__sector__code="itu-r", publication__kind=kind)
        assert Counter(of_kind.values_list("state", flat=True)) == expected
    in_force = works.in_force()
    assert in_force.filter(sector__code="itu-t").count() == 6468
    assert in_force.filter(sector__code="itu-r").count() == 1080
    roles = Counter(SourceRecord.objects.left_out().values_list("role", flat=True))
    assert roles == figures["left_out_itu_r"]
    assert SeriesSupplement.objects.count() == figures["relations"]["supplement_to_series"]
    supplements = PublicationRelation.objects.filter(kind=RelationKind.SUPPLEMENTS)
    assert supplements.count() == figures["relations"]["supplement_to_work"]
    assert first.report["figures"] == figures


def test_landmarks_are_not_doubled_and_keep_what_was_curated(first):
    landmark = Publication.objects.get(identifier="ITU-T G.711")
    assert landmark.pk in first.curated_before
    assert landmark.purpose
    assert landmark.topics.exists()
    assert landmark.editions.count() == 5
    identifiers = Publication.objects.exclude(identifier="").values("sector", "name", "identifier")
    assert not identifiers.annotate(number=Count("pk")).filter(number__gt=1).exists()
    curated = of_source(Publication.objects.filter(from_source=False))
    unmatched = Edition.objects.filter(publication__in=curated, source_records=None)
    # Handbooks of ITU-T are known beyond the data set, which has only their amendments.
    assert set(unmatched.values_list("publication__kind", flat=True)) <= {Kind.HANDBOOK}


# Topics that the portal has merged, each with the one that took it in and what that gained.
MERGED = {
    "standards": ("standardization", 0),
    "public-services": ("digital-government", 1),
    "urban-regional-development": ("smart-sustainable-cities", 0),
    "machine-to-machine": ("internet-of-things", 0),
    "smart-ports": ("logistics", 1),
    "older-persons": ("accessibility", 0),
}
# Topics that the file proposes without rules.
ADDED = {"telematics", "analogue-transmission"}


def test_every_topic_has_the_works_of_the_file(first):
    document = yaml.load((KNOWLEDGE / "topics.yaml").read_text(), yaml.CSafeLoader)
    rows = [*document["topics"], *document["new_topics"]]
    expected = {row["key"]: row["works"] for row in some(rows) if row["key"] not in MERGED}
    for heir, gained in some(MERGED.values()):
        expected[heir] += gained
    of_file = Topic.objects.exclude(key__in=ADDED)
    found = dict(of_file.annotate(n=Count("publications")).values_list("key", "n"))
    assert found == expected
    works = Publication.objects.filter(topics__in=of_file).distinct()
    assert works.count() == document["summary"]["works_with_a_topic"] == 9_826
    merged = sum(row["works"] for row in rows if row["key"] in MERGED)
    gained = sum(number for _heir, number in MERGED.values())
    links = TopicOfWork.objects.filter(topic__in=of_file).count()
    assert links == document["summary"]["links"] - merged + gained == 18_776


def test_no_hand_made_link_that_is_wrong_is_left(first):
    document = yaml.load((KNOWLEDGE / "topics.yaml").read_text(), yaml.CSafeLoader)
    wrong = [row for row in document["wrong_now"] if row["degree"] == "wrong"]
    assert len(wrong) == 79
    for row in some(wrong):
        linked = Publication.objects.filter(topics__key=row["topic"])
        named = Q(identifier=row["identifier"]) | Q(key=row["identifier"])
        assert not linked.filter(named).exists(), row


def test_topics_are_worked_out_in_two_seconds(first):
    topics._book.cache_clear()
    read_expression.cache_clear()
    started = time.process_time()
    assert topics.assign() == 0
    assert time.process_time() - started < 2


def test_a_second_import_changes_nothing(first):
    before = [list(model.objects.order_by("pk").values_list("pk")) for model in MODELS]
    quick = import_snapshot(CATALOGUE)
    assert not quick.changed
    assert quick.report["figures"] == expected_figures()
    assert [list(model.objects.order_by("pk").values_list("pk")) for model in MODELS] == before
    assert ImportRun.objects.count() == 2


def rewritten(tmp_path: Path, *, drop=(), replace=None, add=(), backwards=False) -> Path:
    """Write the data set again with some files dropped, replaced and added."""
    path = tmp_path / "other.zip"
    replace = replace or {}
    with zipfile.ZipFile(CATALOGUE) as old, zipfile.ZipFile(path, "w") as new:
        entries = [entry for entry in old.infolist() if not entry.is_dir()]
        for entry in reversed(entries) if backwards else entries:
            name = Path(entry.filename).name
            if name in drop:
                continue
            data = old.read(entry)
            new.writestr(entry, replace[name](data) if name in replace else data)
        for name, data in add:
            new.writestr(f"relaton-data-itu-main/data/{name}", data)
    return path


def test_the_files_in_another_order_change_nothing_however_thorough(first, tmp_path):
    path = rewritten(tmp_path, backwards=True)
    assert not import_snapshot(path, Options(even_if_unchanged=True)).changed


def as_withdrawn(data: bytes) -> bytes:
    return data.replace(b"content: Published", b"content: Withdrawal")


def test_a_changed_snapshot_brings_exactly_its_changes(first, tmp_path):
    gone = ["itu-r-p-835-4.yaml", "itu-r-f-758-5.yaml"]
    title = b"Pulse code modulation (PCM) of voice frequencies"
    newest = standard("H.264 (V17)", edition="17", day="2026-08-20", title="Video coding, renewed",
                      family=("H.264 (V16) (06/2026)",), group="ITU-T Study Group 21")  # fmt: skip
    path = rewritten(
        tmp_path,
        drop=gone,
        replace={
            "itu-t-h-264-v16-06-2026.yaml": as_withdrawn,
            "itu-t-g-711-11-1988.yaml": lambda data: data.replace(title, b"Another title", 1),
        },
        add=[("itu-t-h-264-v17-08-2026.yaml", bytes_of(newest))],
    )
    result = import_snapshot(path)
    told = {(change.kind, change.identifier) for change in result.run.changes.all()}
    work = Publication.objects.get(identifier="ITU-T H.264")
    assert work.current_edition.identifier == "ITU-T H.264 (V17) (08/2026)"
    assert told == {
        (ChangeKind.NEW_EDITION, "ITU-T H.264 (V17) (08/2026)"),
        (ChangeKind.SUPERSEDED, "ITU-T H.264 (V16) (06/2026)"),
        (ChangeKind.RETITLED, "ITU-T G.711 (11/1988)"),
        (ChangeKind.GONE, "ITU-R P.835-4"),
        (ChangeKind.GONE, "ITU-R F.758-5"),
    }
    day = result.run.snapshot_date
    assert Edition.objects.get(identifier="ITU-R F.758-5").left_source == day
    # A curated edition stands on its own; its page says which record of it is gone.
    curated = Edition.objects.get(identifier="ITU-R P.835-4")
    assert curated.left_source is None
    assert [record.left_source for record in curated.source_records.all()] == [day]
    counts = result.run.counts
    assert (counts["editions"]["created"], counts["editions"]["gone"]) == (1, 2)
    assert counts["components"]["changed"] == 0


def test_the_wrong_title_of_p_835_7_stays_corrected(first):
    edition = Edition.objects.get(identifier="ITU-R P.835-7")
    assert edition.title == "Part 01 - Month 01"
    correct(edition, "title", "Reference standard atmospheres", "A file name.", "The text", None)
    result = import_snapshot(CATALOGUE, Options(even_if_unchanged=True))
    edition.refresh_from_db()
    assert edition.title == "Reference standard atmospheres"
    assert [row["source_value"] for row in result.report["conflicts"]] == ["Part 01 - Month 01"]


def test_damage_in_the_data_set_costs_the_damaged_files(first, tmp_path):
    path = rewritten(
        tmp_path,
        replace={
            "itu-t-g-711-11-1988.yaml": lambda data: b"\xff" + data,
            "itu-t-g-722-09-2012.yaml": lambda data: data + b"a\0b",
        },
        add=[("../out.yaml", b"a: b"), ("list.yaml", b"- a")],
    )
    result = import_snapshot(path)
    assert len(result.rejected) == 4
    assert Publication.objects.get(identifier="ITU-T G.711").state == State.IN_FORCE
    assert not Change.objects.filter(kind=ChangeKind.GONE).exists()


def test_editors_find_every_record_that_is_left_out_thin_or_conflicting(first):
    assert SourceRecord.objects.count() == 21_506
    assert SourceRecord.objects.filter(notes__contains="thin").count() == 231
    conflict = SourceRecord.objects.filter(notes__contains="two-in-force")
    assert set(conflict.values_list("publication__identifier", flat=True)) == {"ITU-T X.1280"}
    drafts = SourceRecord.objects.filter(role=RecordRole.DRAFT).exclude(edition=None)
    # 52 links name a text; Recommendation SM.2028-0 is not there, only a Report of that code.
    assert drafts.count() == 51
    unknown = SourceRecord.objects.filter(reason__contains="not in the data set")
    assert [row.identifier for row in unknown] == ["ITU-R SM.1/30"]


PAGES = [
    # address, words on it
    ("/itu-t/g.711/", "November 1988"),
    ("/itu-t/h.222.0/", "H.222.0"),
    ("/itu-t/l.100/", "called L.10"),
    ("/itu-t/x.1280/", "Two editions"),
    ("/itu-r/bt.2020/", "Report ITU-R BT.2020"),
    ("/itu-r/report/bt.2020/", "Presumed current"),
    ("/itu-t/g.641-1988/", "the number has belonged to"),
    ("/itu-t/g.641/", "In force"),
    ("/itu-t/g/", "Supplements"),
    ("/itu-t/q/", "1,0"),
    ("/itu-t/sg15/", "748"),
    ("/itu-r/", "1,080"),
    ("/itu-t/", "5,975"),
    ("/publications/?group=itu-t-sg15&state=in-force&state=pre-published", "748"),
    ("/publications/?series=itu-t-series-q&kind=recommendation", "1,045"),
    ("/search/?q=optical+transport", "optical"),
    ("/changes/", "22 August 2026"),
    ("/about/", "relaton-data-itu"),
]


@pytest.mark.parametrize(("address", "words"), PAGES)
def test_pages_stand_at_full_size(first, client, address, words):
    answer = client.get(address)
    assert answer.status_code == 200
    assert words in answer.content.decode()


MOVED = [
    ("/itu-t/l.10/", "/itu-t/l.100/"),
    ("/itu-t/y.1331/", "/itu-t/g.709/"),
    ("/itu-t/c.2/", "/itu-t/f.19/"),
    ("/itu-t/c.2/1996-10/", "/itu-t/f.19/1996-10/"),
    ("/itu-r/sa.1745/", "/itu-r/rs.1745/"),
]


@pytest.mark.parametrize(("old", "new"), MOVED)
def test_other_numbers_lead_to_the_text_in_one_step(first, client, old, new):
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (301, new)
    assert client.get(new).status_code == 200


def test_three_pairs_of_corrigenda_ask_which_one(first, client):
    for number, month in (("x.519", "2008-05"), ("x.521", "2012-04"), ("x.525", "2011-02")):
        answer = client.get(f"/itu-t/{number}/{month}/cor1/")
        if answer.status_code == 404:  # the pair has another ordinal
            slugs = Component.objects.filter(
                publication__slug=number, slug__startswith=f"{month}/cor"
            ).values_list("slug", flat=True)
            part = re.sub(r"-\d{4}$", "", slugs[0].partition("/")[2])
            answer = client.get(f"/itu-t/{number}/{month}/{part}/")
        assert answer.status_code == 200
        assert "noindex" in answer.content.decode()


def test_the_page_of_the_largest_work_is_light(first, client):
    assert len(client.get("/itu-t/h.222.0/").content) < 60_000


def test_every_address_of_a_sample_of_all_texts_answers(first, client):
    for model in (Publication, Edition, Component):
        rows = of_source(model.objects.select_related(*(["sector"] if model is Publication else
                                                       ["publication__sector"])))  # fmt: skip
        for row in some(rows.order_by("pk")[::211]):
            assert client.get(row.get_absolute_url()).status_code == 200, row


def test_the_result_says_what_was_done(first: Result):
    counts = first.report["counts"]
    assert counts["files_read"] == counts["records_accepted"] == 21_506
    assert counts["records_left_out"] == 122
    assert first.warnings == 0


def test_an_export_after_the_import_is_the_curated_content_and_nothing_more(first, tmp_path):
    export_fixtures(tmp_path)
    for file in some(FIXTURES.glob("*.yaml")):
        assert (tmp_path / file.name).read_text("utf-8") == file.read_text("utf-8"), file.name
