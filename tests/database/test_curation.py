"""Loading and exporting the curated content: repeatable, whole or not at all, editors first."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command
from django.core.management.base import CommandError

from catalog.curation.export import export_fixtures
from catalog.curation.files import FILES
from catalog.curation.load import FixtureError, load_fixtures
from catalog.models import (
    Component,
    Edition,
    Initiative,
    LoadedRow,
    Meeting,
    Publication,
    SearchEntry,
    Topic,
)
from tests.conftest import FIXTURES
from tests.former import answer_of
from tests.found import some

pytestmark = [pytest.mark.django_db, pytest.mark.many]

LONG_FILES = ("editions-1.yaml", "components-1.yaml")


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A copy of the fixtures that a test may spoil."""
    return Path(shutil.copytree(FIXTURES, tmp_path / "fixtures"))


def change(directory: Path, name: str, edit) -> None:
    """Apply a change to the rows of one file."""
    path = directory / name
    rows = yaml.load(path.read_text(), Loader=yaml.CSafeLoader)
    if name in LONG_FILES:
        del rows[40:]  # what a file leaves out is left alone, and a short file is read at once
    edit(rows)
    path.write_text(yaml.dump(rows, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True))


def row_with(rows: list, key: str) -> dict:
    """Return the fields of the row with this key."""
    return next(row["fields"] for row in rows if row["fields"].get("key") == key)


def totals(reports) -> tuple[int, int, int]:
    """Return (created, changed, kept) over all files."""
    return (
        sum(report.created for report in reports.values()),
        sum(report.changed for report in reports.values()),
        sum(len(report.kept) for report in reports.values()),
    )


@pytest.mark.slow
def test_loading_again_changes_nothing():
    reports = load_fixtures(FIXTURES)
    assert totals(reports) == (0, 0, 0)
    assert sum(report.unchanged for report in reports.values()) > 5000


@pytest.mark.slow
def test_export_gives_back_the_files_as_they_are(tmp_path):
    export_fixtures(tmp_path)
    names = sorted(path.name for path in FIXTURES.iterdir())
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    for name in some(names):
        assert (tmp_path / name).read_text() == (FIXTURES / name).read_text(), name


def test_no_file_is_too_long_to_be_opened():
    for path in some(FIXTURES.iterdir(), at_least=29):
        assert path.read_text().count("\n") < 10_000, path.name


@pytest.mark.slow
def test_a_change_in_a_file_reaches_the_database_and_the_index(directory):
    change(directory, "topics.yaml", lambda rows: row_with(rows, "5g").update(name="5G renamed"))
    assert totals(load_fixtures(directory, only=["topics.yaml"])) == (0, 1, 0)
    assert Topic.objects.get(key="5g").name == "5G renamed"
    assert SearchEntry.objects.get(key="5g").title == "5G renamed"


@pytest.mark.slow
def test_a_new_row_is_created_with_its_links(directory):
    row = {
        "model": "catalog.initiative",
        "fields": {"key": "new-thing", "name": "New thing", "kind": "fund", "topics": [["5g"]]},
    }
    change(directory, "initiatives.yaml", lambda rows: rows.append(row))
    assert totals(load_fixtures(directory, only=["initiatives.yaml"])) == (1, 0, 0)
    assert [topic.key for topic in Initiative.objects.get(key="new-thing").topics.all()] == ["5g"]


@pytest.mark.slow
def test_a_meeting_that_goes_to_another_conference_is_found_at_its_old_address(client, directory):
    def edit(rows):
        row_with(rows, "wsis-2003").update(conference=["wsis-forum"])

    old = Meeting.objects.get(key="wsis-2003").get_absolute_url()
    change(directory, "meetings.yaml", edit)
    load_fixtures(directory, only=["meetings.yaml"])
    new = Meeting.objects.get(key="wsis-2003").get_absolute_url()
    assert new != old
    assert answer_of(client, old) == (301, new)


@pytest.mark.slow
def test_a_field_that_an_editor_changed_is_never_overwritten(directory):
    Topic.objects.filter(key="5g").update(description="The editor’s words.")

    def edit(rows):
        row_with(rows, "5g").update(description="The file’s words.", evidence="The file’s source.")

    change(directory, "topics.yaml", edit)
    reports = load_fixtures(directory, only=["topics.yaml"])
    topic = Topic.objects.get(key="5g")
    assert topic.description == "The editor’s words."
    assert topic.evidence == "The file’s source."
    assert reports["topics.yaml"].kept == ["5g: description"]
    again = load_fixtures(directory, only=["topics.yaml"])
    assert Topic.objects.get(key="5g").description == "The editor’s words."
    assert again["topics.yaml"].kept == ["5g: description"]


def test_links_that_an_editor_changed_are_kept_too():
    initiative = Initiative.objects.get(key="giga")
    initiative.topics.clear()
    reports = load_fixtures(FIXTURES, only=["initiatives.yaml"])
    assert not initiative.topics.exists()
    assert reports["initiatives.yaml"].kept == ["giga: topics"]


def test_a_column_that_is_newer_than_the_last_loading_takes_the_files_value():
    remembered = LoadedRow.objects.get(model="catalog.topic", natural_key="5g")
    del remembered.values["grounds"]
    remembered.save()
    grounds = Topic.objects.get(key="5g").grounds
    assert grounds
    Topic.objects.filter(key="5g").update(grounds="")
    reports = load_fixtures(FIXTURES, only=["topics.yaml"])
    assert Topic.objects.get(key="5g").grounds == grounds
    assert reports["topics.yaml"].kept == []


def test_what_an_editor_deleted_stays_deleted():
    Initiative.objects.get(key="giga").delete()
    reports = load_fixtures(FIXTURES, only=["initiatives.yaml"])
    assert not Initiative.objects.filter(key="giga").exists()
    assert any("giga" in line for line in reports["initiatives.yaml"].kept)


@pytest.mark.slow
def test_rows_that_refer_to_what_an_editor_deleted_do_not_stop_the_loading():
    Topic.objects.get(key="5g").delete()
    Publication.objects.get(key="itu-t-f.790").delete()
    reports = load_fixtures(FIXTURES)
    assert not Topic.objects.filter(key="5g").exists()
    assert not Edition.objects.filter(publication__key="itu-t-f.790").exists()
    assert any("itu-t-f.790 was deleted" in line for line in reports["editions.yaml"].kept)
    assert totals(reports)[:2] == (0, 0)


@pytest.mark.slow
def test_export_then_load_takes_the_editors_change_over(tmp_path):
    Topic.objects.filter(key="5g").update(description="The editor’s words.")
    export_fixtures(tmp_path)
    assert "The editor’s words." in (tmp_path / "topics.yaml").read_text()
    assert totals(load_fixtures(tmp_path, only=["topics.yaml"])) == (0, 0, 0)


FAULTS = [
    ("topics.yaml", lambda rows: rows[0]["fields"].update(verification="perhaps"), "verification"),
    ("topics.yaml", lambda rows: rows[0]["fields"].update(colour="red"), "unknown field ‘colour’"),
    (
        "topics.yaml",
        lambda rows: rows[0]["fields"].update(sector=["nowhere"]),
        "there is no sector",
    ),
    ("topics.yaml", lambda rows: rows.append(rows[0]), "row 1 too"),
    ("topics.yaml", lambda rows: rows[0].update(model="catalog.goal"), "must be catalog.topic"),
    ("topics.yaml", lambda rows: rows[0]["fields"].update(name=None), "name: must not be empty"),
    ("topics.yaml", lambda rows: rows[0]["fields"].update(official_url="ftp://x.org/"), "http"),
    ("topics.yaml", lambda rows: rows[0]["fields"].update(description="a\x07b"), "control"),
    (
        "entry_relations.yaml",
        lambda rows: rows[0]["fields"].update(target_key="no-such"),
        "target_key: no entry has the key ‘no-such’",
    ),
    (
        "entry_relations.yaml",
        lambda rows: rows[0]["fields"].update(target_key="imsi-e212"),
        "‘imsi-e212’ is another key of ‘itu-t-e.212’; write ‘itu-t-e.212’",
    ),
    (
        "entry_relations.yaml",
        lambda rows: rows[0]["fields"].update(verb="likes"),
        "verb",
    ),
    (
        "entry_relations.yaml",
        lambda rows: rows[0]["fields"].update(target_key=rows[0]["fields"]["subject_key"]),
        "An entry cannot be related to itself.",
    ),
    ("topics.yaml", lambda rows: rows[0]["fields"].update(other_keys="giga"), "‘giga’"),
    ("topics.yaml", lambda rows: rows.insert(0, "text"), "a row needs"),
    ("editions-1.yaml", lambda rows: rows[0]["fields"].update(approved="1830-01-01"), "1865"),
    ("editions-1.yaml", lambda rows: rows[0]["fields"].update(approved="soon"), "approved"),
    (
        "components-1.yaml",
        lambda rows: rows[0]["fields"].pop("edition"),
        "which edition the component changes",
    ),
    (
        "publications-2.yaml",
        lambda rows: rows[0]["fields"].update(slug=rows[1]["fields"]["slug"]),
        "has this address",
    ),
]


@pytest.mark.parametrize(("name", "edit", "reason"), FAULTS, ids=[reason for *_, reason in FAULTS])
def test_a_faulty_row_is_named_and_nothing_is_loaded(directory, name, edit, reason):
    change(directory, "sectors.yaml", lambda rows: rows[0]["fields"].update(name="Changed"))
    if name == "publications-2.yaml":
        edit_same_sector(directory)
    else:
        change(directory, name, edit)
    with pytest.raises(FixtureError) as caught:
        load_fixtures(directory, only=["sectors.yaml", name])
    assert reason in str(caught.value)
    assert any(
        problem.file == name or problem.file == "fixtures" for problem in caught.value.problems
    )
    assert not SearchEntry.objects.filter(title="Changed").exists()


def edit_same_sector(directory: Path) -> None:
    """Give two works of one Sector the same address."""

    def edit(rows):
        first, second = [
            row["fields"] for row in rows if row["fields"]["sector"] in ("itu-t", ["itu-t"])
        ][:2]
        second["slug"] = first["slug"]

    change(directory, "publications-2.yaml", edit)


def test_the_place_of_a_faulty_row_is_given_with_its_line(directory):
    change(directory, "goals.yaml", lambda rows: rows[2]["fields"].update(number=99))
    with pytest.raises(FixtureError, match=r"goals\.yaml, row 3 \(line \d+\), .*number"):
        load_fixtures(directory, only=["goals.yaml"])


@pytest.mark.parametrize(
    ("text", "reason"),
    [("a: [1", "is not YAML"), ("just text", "must be a list"), ("\udcff", "is not UTF-8")],
)
def test_a_damaged_file_is_named(directory, text, reason):
    (directory / "goals.yaml").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(FixtureError, match=rf"goals\.yaml.*{reason}"):
        load_fixtures(directory, only=["goals.yaml"])


def test_a_missing_file_is_named(directory):
    (directory / "rights.yaml").unlink()
    with pytest.raises(FixtureError, match=r"rights\.yaml.*missing"):
        load_fixtures(directory, only=["rights.yaml"])


def test_the_command_reports_counts_and_fails_with_the_reason(directory, capsys):
    call_command("load_fixtures", directory, "--only", "goals.yaml")
    assert "17 unchanged" in capsys.readouterr().out
    (directory / "goals.yaml").write_text("[")
    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("load_fixtures", directory, "--only", "goals.yaml")


def test_the_command_leaves_a_filled_database_alone_if_asked(directory, capsys):
    (directory / "goals.yaml").write_text("[")
    call_command("load_fixtures", directory, "--if-empty")
    assert "not loaded" in capsys.readouterr().out


@pytest.mark.slow
def test_plain_loaddata_in_the_documented_order_gives_the_same_content(tmp_path):
    counts = {file.label: file.model._default_manager.count() for file in FILES}
    before = set(SearchEntry.objects.values_list("key", "url", "state"))
    SearchEntry.objects.all().delete()
    for file in reversed(FILES):
        file.model._default_manager.all().delete()
    call_command("loaddata", *(name for file in FILES for name in file.parts), verbosity=0)
    call_command("rebuild_index", verbosity=0)
    assert {file.label: file.model._default_manager.count() for file in FILES} == counts
    assert set(SearchEntry.objects.values_list("key", "url", "state")) == before
    export_fixtures(tmp_path)
    for name in some(path.name for path in FIXTURES.iterdir()):
        assert (tmp_path / name).read_text() == (FIXTURES / name).read_text()


def test_what_is_derived_follows_the_editions():
    work = Publication.objects.get(key="itu-t-g.711")
    assert (work.state, work.year, work.number) == ("in-force", 1988, 711)
    assert work.current_edition.slug == "1988-11"
    assert Edition.objects.filter(publication=work).count() == 5
    assert Component.objects.filter(publication=work).count() == 4
