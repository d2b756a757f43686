"""Importing small invented snapshots: what is created, changed, kept, and what damage costs."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command

from catalog.importer import run as importer
from catalog.importer.run import Options, import_snapshot
from catalog.models import (
    Change,
    Component,
    Correction,
    Edition,
    ImportRun,
    Publication,
    PublicationName,
    SearchEntry,
    SourceRecord,
)
from catalog.terms import ChangeKind, RecordRole, State, Verification
from tests.former import answer_of
from tests.found import some
from tests.snapshots import radio, radio_link, standard, write_zip

pytestmark = pytest.mark.django_db

FIRST = standard("G.9001", edition="1", day="2015-05-07", status="Withdrawal", letter="S",
                 family=("G.9001 (03/2020)",))  # fmt: skip
SECOND = standard("G.9001", edition="2", day="2020-03-15", family=("G.9001 (05/2015)",),
                  iso="ISO/IEC 99001-1", abstract="Words of the record.")  # fmt: skip
AMENDMENT = standard("G.9001 (2020) Amd. 1", edition="2.1", day="2021-06-06", title=None,
                     family=("G.9001 (03/2020)", "G.9001 (05/2015)"))  # fmt: skip
RADIO = radio("P.9001-1", month="2021-03", link=radio_link("P.9001-1", "201712", "I"))
DRAFT = radio("M.5/BL/99")
RECORDS = [FIRST, SECOND, AMENDMENT, RADIO, DRAFT]


@pytest.fixture
def load(tmp_path):
    """Return a function that imports records and returns the run."""
    counter = iter(range(1, 100))

    def imported(records=RECORDS, options=None, **how):
        path = write_zip(tmp_path / f"{next(counter)}.zip", records, **how)
        return import_snapshot(path, options)

    return imported


def changed(record: dict, **parts) -> dict:
    """Return a record with some of its parts replaced."""
    return json.loads(json.dumps(record)) | parts


def rows_of_everything() -> list:
    """Return every row that imports write, to compare before and after."""
    models = (Publication, Edition, Component, PublicationName, SourceRecord, SearchEntry, Change)
    return [list(model.objects.order_by("pk").values()) for model in models]


def told() -> list[tuple[str, str]]:
    """Return what the newest import told."""
    run = ImportRun.objects.latest_data()
    return [(change.kind, change.identifier) for change in run.changes.all()]


def test_an_import_creates_works_as_imported_and_changes_no_word_of_a_person(load):
    load()
    works = Publication.objects.filter(from_source=True)
    assert {work.verification for work in some(works)} == {Verification.IMPORTED}
    assert not works.exclude(evidence="").exists()
    for word in (Verification.CHECKED, Verification.CORRECTED, Verification.UNCHECKED):
        works.update(verification=word)
        load([*RECORDS[1:], changed(FIRST, title=[{"content": f"Other words: {word}"}])])
        assert {work.verification for work in some(works.all())} == {word}


def test_records_become_works_with_states_names_and_an_index_row(load):
    result = load()
    work = Publication.objects.get(identifier="ITU-T G.9001")
    assert (work.slug, work.state, work.from_source) == ("g.9001", State.IN_FORCE, True)
    assert work.current_edition.identifier == "ITU-T G.9001 (03/2020)"
    assert work.current_edition.abstract == "Words of the record."
    assert work.study_group.code == "sg15"
    assert [name.name for name in work.names.filter(kind="iso")] == ["ISO/IEC 99001-1"]
    part = Component.objects.get(publication=work)
    assert (part.slug, part.edition) == ("2021-06/amd1", work.current_edition)
    radio_work = Publication.objects.get(identifier="ITU-R P.9001")
    edition = radio_work.editions.get()
    assert (edition.approved.isoformat(), edition.posted.isoformat()) == (
        "2017-12-01",
        "2021-03-01",
    )
    assert SearchEntry.objects.get(key=work.key).exact_names.count("|g9001|") == 1
    assert SourceRecord.objects.get(identifier="ITU-R M.5/BL/99").role == RecordRole.DRAFT
    assert result.run.counts["works"]["created"] == 2
    assert result.warnings == 0


@pytest.mark.slow
def test_a_second_import_changes_nothing_and_says_so(load):
    load()
    before = rows_of_everything()
    again = load(shuffle=3)
    assert not again.changed
    assert again.run.counts["works"] == {"created": 0, "changed": 0, "unchanged": 2, "gone": 0}
    thorough = load(options=Options(even_if_unchanged=True), shuffle=4)
    assert not thorough.changed
    assert thorough.report["counts"] == again.report["counts"]
    assert rows_of_everything() == before
    assert ImportRun.objects.count() == 3


def test_a_new_edition_supersedes_the_old_one(load):
    load()
    replaced = changed(SECOND, status={"stage": {"content": "Withdrawal"}})
    third = standard("G.9001", edition="3", day="2026-01-20", title="New title",
                     family=("G.9001 (03/2020)",))  # fmt: skip
    load([FIRST, replaced, third, AMENDMENT, RADIO, DRAFT])
    work = Publication.objects.get(identifier="ITU-T G.9001")
    assert work.current_edition.slug == "2026-01"
    assert work.editions.get(slug="2020-03").state == State.SUPERSEDED
    assert work.name == "New title"
    assert told() == [
        (ChangeKind.NEW_EDITION, "ITU-T G.9001 (01/2026)"),
        (ChangeKind.SUPERSEDED, "ITU-T G.9001 (03/2020)"),
        (ChangeKind.RETITLED, "ITU-T G.9001"),
    ]


@pytest.mark.slow
def test_a_renumbering_moves_the_label_and_keeps_the_old_address(load, client):
    load()
    old = Publication.objects.get(identifier="ITU-T G.9001")
    third = standard("Y.9900", edition="3", day="2026-01-20",
                     family=("G.9001 (03/2020)", "G.9001 (05/2015)"))  # fmt: skip
    replaced = changed(SECOND, status={"stage": {"content": "Withdrawal"}})
    load([FIRST, replaced, third, AMENDMENT, RADIO, DRAFT])
    work = Publication.objects.get(pk=old.pk)
    assert (work.identifier, work.slug, work.series.letters) == ("ITU-T Y.9900", "y.9900", "Y")
    assert (ChangeKind.RENUMBERED, "ITU-T Y.9900") in told()
    answer = client.get("/itu-t/g.9001/")
    assert (answer.status_code, answer["Location"]) == (301, "/itu-t/y.9900/")
    assert client.get("/itu-t/g.9001/2020-03/").status_code == 200
    assert client.get(f"/id/{old.key}/").status_code in (301, 302)


@pytest.mark.slow
def test_what_left_the_source_keeps_its_page_and_may_come_back(load, client):
    load()
    load([FIRST, SECOND, DRAFT])
    assert set(told()) == {
        (ChangeKind.GONE, "ITU-T G.9001 (2020) Amd. 1 (06/2021)"),
        (ChangeKind.GONE, "ITU-R P.9001"),
        (ChangeKind.GONE, "ITU-R P.9001-1"),
    }
    gone = Publication.objects.get(identifier="ITU-R P.9001")
    assert gone.left_source.isoformat() == "2026-08-22"
    assert client.get("/itu-r/p.9001/").status_code == 200
    assert client.get("/itu-r/p.9001/1/").status_code == 200
    assert SourceRecord.objects.get(identifier="ITU-R P.9001-1").left_source
    load()
    gone.refresh_from_db()
    assert gone.left_source is None
    assert (ChangeKind.BACK, "ITU-R P.9001") in told()


def test_a_number_may_pass_to_a_new_text(load):
    withdrawn = changed(SECOND, status={"stage": {"content": "Withdrawal"}})
    withdrawn["source"][0]["content"] = withdrawn["source"][0]["content"][:-1] + "W"
    load([FIRST, withdrawn])
    old = Publication.objects.get(identifier="ITU-T G.9001")
    load([FIRST, withdrawn, standard("G.9001", edition="1", day="2026-02-02")])
    old.refresh_from_db()
    assert (old.slug, old.identifier) == ("g.9001-2020", "ITU-T G.9001 (2020)")
    new = Publication.objects.get(slug="g.9001")
    assert new.pk != old.pk
    assert new.editions.get().slug == "2026-02"


def test_an_address_that_a_work_leaves_leads_to_it(load, client):
    withdrawn = changed(SECOND, status={"stage": {"content": "Withdrawal"}})
    older = standard("G.9001", edition="1", day="1990-02-02", status="Withdrawal", letter="W")
    load([FIRST, SECOND, older])
    assert Publication.objects.get(slug="g.9001-1990").identifier == "ITU-T G.9001 (1990)"
    later = standard("Y.9900", edition="2", day="1995-02-02", status="Withdrawal", letter="W",
                     family=("G.9001 (02/1990)",))  # fmt: skip
    load([FIRST, withdrawn, older, later])
    assert answer_of(client, "/itu-t/g.9001-1990/") == (301, "/itu-t/y.9900/")
    assert answer_of(client, "/itu-t/g.9001/1990-02/")[0] == 200


@pytest.mark.slow
def test_a_name_that_an_editor_changed_stays(load):
    load()
    name = PublicationName.objects.get(name="ISO/IEC 99001-1")
    name.kind, name.from_source = "other", False
    name.save()
    load(options=Options(even_if_unchanged=True))
    name.refresh_from_db()
    assert name.kind == "other"


def test_a_curated_work_becomes_the_imported_one(load):
    curated = Publication.objects.get(key="itu-t-g.711")
    purpose, topics = curated.purpose, set(curated.topics.values_list("key", flat=True))
    count = Publication.objects.count()
    edition = curated.editions.get(slug="1988-11")
    load([standard("G.711", edition="5", day="1988-11-25", title="Title of the record",
                   status="Withdrawal", letter="W")])  # fmt: skip
    curated.refresh_from_db()
    edition.refresh_from_db()
    assert Publication.objects.count() == count
    assert (curated.purpose, set(curated.topics.values_list("key", flat=True))) == (purpose, topics)
    assert curated.name != "Title of the record"
    assert (edition.state, edition.title) == (State.WITHDRAWN, "Title of the record")
    assert curated.state == State.WITHDRAWN
    assert not curated.from_source


def test_a_component_hangs_on_the_curated_edition_that_the_source_lacks(load):
    components = Component.objects.count()
    load([standard("MES-2 (1992) Amd. 1", edition="1.1", day="1999-01-01", title="Additions")])
    part = Component.objects.get(identifier="ITU-T MES-2 (1992) Amd. 1 (01/1999)")
    assert (part.edition.slug, part.state, part.title) == ("1992", State.IN_FORCE, "Additions")
    assert Component.objects.count() == components


def test_a_corrigendum_of_itu_r_without_its_edition_is_kept(load):
    load([radio("SM.1448", title="Corrigendum")])
    assert Component.objects.get(title="Corrigendum").publication.identifier == "ITU-R SM.1448"


def correct(edition: Edition, title: str) -> Correction:
    """Correct the title of an edition as an editor does."""
    from catalog.writing.corrections import correct

    return correct(edition, "title", title, "The record has a file name.", "The text itself", None)


@pytest.mark.slow
def test_a_correction_outlives_every_import(load):
    wrong = radio("P.9835-7", title="Part 01 - Month 01")
    load([wrong])
    edition = Edition.objects.get(identifier="ITU-R P.9835-7")
    correct(edition, "Reference standard atmospheres")
    again = load([wrong])
    edition.refresh_from_db()
    assert edition.title == "Reference standard atmospheres"
    assert [(row["field"], row["source_value"]) for row in again.report["conflicts"]] == [
        ("title", "Part 01 - Month 01")
    ]
    assert again.warnings == 1
    other = load([changed(wrong, title=[{"content": "Part 02"}])])
    edition.refresh_from_db()
    assert edition.title == "Reference standard atmospheres"
    assert other.report["conflicts"][0]["source_value"] == "Part 02"


@pytest.mark.slow
def test_taking_a_correction_back_brings_the_newest_value_of_the_source(load):
    from catalog.writing.corrections import revert

    wrong = radio("P.9835-7", title="Part 01 - Month 01")
    load([wrong])
    edition = Edition.objects.get(identifier="ITU-R P.9835-7")
    correction = correct(edition, "Reference standard atmospheres")
    load([changed(wrong, title=[{"content": "Part 02"}])])
    correction.refresh_from_db()
    revert(correction)
    edition.refresh_from_db()
    assert edition.title == "Part 02"
    assert not load([changed(wrong, title=[{"content": "Part 02"}])]).report["conflicts"]


def test_a_corrected_title_stands_for_the_work_too(load):
    wrong = radio("P.9835-7", title="Part 01 - Month 01")
    load([wrong])
    correct(Edition.objects.get(identifier="ITU-R P.9835-7"), "Reference standard atmospheres")
    load([wrong], Options(even_if_unchanged=True))
    work = Publication.objects.get(identifier="ITU-R P.9835")
    assert work.name == "Reference standard atmospheres"


def test_damage_costs_one_file_and_is_named(load, tmp_path):
    top = "relaton-data-itu-main/data"
    others = {f"{top}/broken.yaml": b"title: [open", f"{top}/../../out.yaml": b"a: b"}
    path = write_zip(tmp_path / "damaged.zip", RECORDS, others=others)
    report = tmp_path / "report.json"
    call_command("import_catalogue", path, report=report, verbosity=0)
    told_of = json.loads(report.read_text("utf-8"))
    assert {row["file"].rpartition("/")[2] for row in told_of["rejected"]} == {
        "broken.yaml",
        "out.yaml",
    }
    assert all(row["reason"] for row in some(told_of["rejected"]))
    run = ImportRun.objects.latest_data()
    assert (run.warnings, run.counts["records_accepted"]) == (2, len(RECORDS))


def test_a_file_that_cannot_be_read_this_time_is_not_gone(load):
    load()
    file = SourceRecord.objects.get(identifier="ITU-R P.9001-1").file
    others = {f"relaton-data-itu-main/data/{file}": b"title: [open"}
    load([FIRST, SECOND, AMENDMENT, DRAFT], others=others)
    assert Publication.objects.get(identifier="ITU-R P.9001").left_source is None
    assert told() == []


NOTHING = [
    lambda path: path.write_bytes(b"no zip"),
    lambda path: write_zip(path, []),
    lambda path: write_zip(path, [], others={"data/a.yaml": b"- list", "data/b.yaml": b"\xff"}),
    lambda path: None,
]


@pytest.mark.parametrize("make", NOTHING)
@pytest.mark.slow
def test_where_nothing_can_be_imported_nothing_changes(load, tmp_path, make):
    load()
    before = rows_of_everything()
    path = tmp_path / "useless.zip"
    make(path)
    with pytest.raises(CommandError, match="Nothing was imported") as refused:
        call_command("import_catalogue", path, verbosity=0)
    assert refused.value.returncode == 1
    assert rows_of_everything() == before
    assert ImportRun.objects.count() == 1


@pytest.mark.slow
def test_an_import_that_fails_half_way_leaves_everything_as_it_was(load, monkeypatch):
    load()
    before = rows_of_everything()

    def fail(*_args, **_options):
        raise RuntimeError("the power is gone")

    monkeypatch.setattr(importer, "save_changes", fail)
    with pytest.raises(RuntimeError):
        load([standard("G.9002"), SECOND])
    assert rows_of_everything() == before


def test_a_dry_run_says_what_would_change_and_changes_nothing(load):
    before = rows_of_everything()
    result = load(options=Options(dry_run=True))
    assert result.changed
    assert result.report["counts"]["works"]["created"] == 2
    assert rows_of_everything() == before
    assert not ImportRun.objects.exists()


@pytest.mark.slow
def test_a_part_of_a_snapshot_is_refused_unless_meant(load, monkeypatch):
    monkeypatch.setattr(importer, "MANY_MISSING", 2)
    load()
    with pytest.raises(importer.SnapshotIncomplete, match="4 of 5"):
        load([RADIO])
    load([RADIO], Options(allow_removals=True))
    assert Publication.objects.get(identifier="ITU-T G.9001").left_source


def test_an_unknown_group_is_reported_and_costs_nothing(load):
    result = load([standard("G.9001", group="ITU-T Study Group 99")])
    assert result.report["unknown_words"] == {"ITU-T Study Group 99": 1}
    assert Publication.objects.get(identifier="ITU-T G.9001").study_group is None


def test_a_text_that_leaves_its_twin_becomes_an_edition_of_its_own(load):
    twin = standard("C.9002", day="1996-10-01", letter=None, family=("F.9019 (10/1996)",))
    other = standard("F.9019", day="1996-10-01", family=("C.9002 (10/1996)",))
    load([twin, other])
    assert Edition.objects.get(identifier__contains="9019").second_number_slug == "c.9002"
    load([changed(twin, relation=[]), changed(other, relation=[])])
    assert Publication.objects.filter(slug__in=["c.9002", "f.9019"]).count() == 2
    assert Edition.objects.get(identifier__contains="9019").second_number_slug == ""


def test_an_import_is_signed(load, django_user_model, tmp_path):
    django_user_model.objects.create_user("editor")
    path = write_zip(tmp_path / "a.zip", RECORDS)
    call_command("import_catalogue", path, by="editor", verbosity=0)
    assert ImportRun.objects.latest_data().by.username == "editor"
    with pytest.raises(CommandError, match="nobody"):
        call_command("import_catalogue", path, by="nobody", verbosity=0)
