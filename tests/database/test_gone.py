"""Rows that the files no longer have go with them, unless an editor made or changed them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from catalog.curation.export import export_fixtures
from catalog.curation.files import FILES
from catalog.curation.gone import GOES
from catalog.curation.load import load_fixtures
from catalog.models import (
    CommonName,
    EntryRelation,
    LoadedRow,
    RowChange,
    Source,
    SourceUse,
    Successor,
    Topic,
    TopicRule,
)
from catalog.terms import RowAction
from catalog.writing.edit import editing
from tests.conftest import FIXTURES
from tests.found import some

pytestmark = pytest.mark.django_db

FEW = ["topic_rules.yaml", "successors.yaml", "entry_relations.yaml", "source_uses.yaml"]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A copy of the files that a test may spoil."""
    return Path(shutil.copytree(FIXTURES, tmp_path / "fixtures"))


def drop(directory: Path, name: str, is_dropped) -> list[dict]:
    """Take rows out of a file; return the fields of what is left out."""
    path = directory / name
    rows = yaml.load(path.read_text(), Loader=yaml.CSafeLoader)
    left_out = [row["fields"] for row in rows if is_dropped(row["fields"])]
    assert left_out, name
    rows = [row for row in rows if not is_dropped(row["fields"])]
    path.write_text(yaml.dump(rows, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True))
    return left_out


def counts() -> dict[str, int]:
    """Return how many rows of each model there are."""
    return {file.label: file.model._default_manager.count() for file in FILES}


def relations_of(key: str):
    """Return a condition on relations: they are those of an entry."""
    return lambda fields: fields["subject_key"] == key


def test_what_an_earlier_file_brought_goes_with_its_row(directory):
    dropped = drop(directory, "entry_relations.yaml", relations_of("abu"))
    before = counts()
    row = EntryRelation.objects.get(subject_key="abu", target_key=dropped[0]["target_key"])
    reports = load_fixtures(directory, only=["entry_relations.yaml"])
    report = reports["entry_relations.yaml"]
    assert (report.gone, report.created, report.changed) == (len(dropped), 0, 0)
    assert report.kept == []
    assert not EntryRelation.objects.filter(pk=row.pk).exists()
    after = counts()
    assert before["catalog.entryrelation"] - after.pop("catalog.entryrelation") == len(dropped)
    assert after == {name: number for name, number in before.items() if name in after}
    change = RowChange.objects.get(model="entryrelation", row_id=row.pk)
    assert change.action == RowAction.DELETED
    again = load_fixtures(directory, only=["entry_relations.yaml"])["entry_relations.yaml"]
    assert (again.gone, again.kept) == (0, [])


def test_a_row_that_comes_back_into_the_files_comes_back(directory):
    drop(directory, "entry_relations.yaml", relations_of("abu"))
    load_fixtures(directory, only=["entry_relations.yaml"])
    reports = load_fixtures(FIXTURES, only=["entry_relations.yaml"])
    assert reports["entry_relations.yaml"].created == 1
    assert EntryRelation.objects.filter(subject_key="abu").exists()


def test_what_an_editor_changed_or_made_stays(directory):
    (row,) = EntryRelation.objects.filter(subject_key="abu")
    mine = EntryRelation(subject_key="abu", verb="uses", target_key="itu-council")
    with editing() as edit:
        edit.watch(Topic.objects.get(key="5g"))
        row.note = "An editor’s words"
        edit.save(row)
        edit.save(mine)
    drop(directory, "entry_relations.yaml", relations_of("abu"))
    report = load_fixtures(directory, only=["entry_relations.yaml"])["entry_relations.yaml"]
    assert report.gone == 0
    assert report.kept == [f"abu / related / {row.target_key}: no longer in the files"]
    assert set(EntryRelation.objects.filter(subject_key="abu")) == {row, mine}


def test_a_source_goes_when_nothing_names_it_any_more(directory):
    key = next(
        source.key
        for source in Source.objects.order_by("key")
        if source.uses.count() == 1
        and not any(
            model.objects.filter(source=source).exists()
            for model in (CommonName, Successor, EntryRelation)
        )
        and SourceUse.objects.filter(entry_key=source.uses.get().entry_key)
        .exclude(source=source)
        .that_can_be_looked_up()
        .exists()
    )
    for part in some(file for file in FILES if file.model is Source):
        for name in part.parts:
            if f"    key: {key}\n" in (directory / name).read_text():
                drop(directory, name, lambda fields: fields["key"] == key)
    kept = load_fixtures(directory, only=["sources.yaml"])["sources.yaml"]
    assert (kept.gone, kept.kept) == (0, [f"{key}: still named by others"])
    for name in ("source_uses-1.yaml", "source_uses-2.yaml"):
        if f"[{key}]" in (directory / name).read_text():
            drop(directory, name, lambda fields: fields["source"] == [key])
    reports = load_fixtures(directory, only=["sources.yaml", "source_uses.yaml"])
    assert (reports["sources.yaml"].gone, reports["source_uses.yaml"].gone) == (1, 1)
    assert not Source.objects.filter(key=key).exists()
    assert not LoadedRow.objects.filter(model="catalog.source", natural_key=key).exists()


def test_a_source_without_which_nothing_is_checked_stays(directory):
    uses = SourceUse.objects.filter(entry_key="5g")
    assert Topic.objects.get(key="5g").verification == "checked"
    for name in ("source_uses-1.yaml", "source_uses-2.yaml"):
        if "entry_key: 5g\n" in (directory / name).read_text():
            drop(directory, name, lambda fields: fields["entry_key"] == "5g")
    report = load_fixtures(directory, only=["source_uses.yaml"])["source_uses.yaml"]
    assert report.kept
    assert uses.that_can_be_looked_up().exists()


def test_entries_and_their_editions_stay(directory):
    drop(directory, "initiatives.yaml", lambda fields: fields["key"] == "giga")
    drop(directory, "editions-2.yaml", lambda fields: "P.2345" in fields["identifier"])
    before = counts()
    reports = load_fixtures(directory, only=["initiatives.yaml", "editions.yaml"])
    assert {report.gone for report in reports.values()} == {0}
    assert counts() == before


@pytest.mark.slow
def test_an_upgraded_database_has_what_a_new_one_has(directory, tmp_path):
    for name in FEW:
        name = name if (directory / name).is_file() else name.replace(".yaml", "-1.yaml")
        rows = yaml.load((directory / name).read_text(), Loader=yaml.CSafeLoader)
        last = rows[-1]["fields"]
        drop(directory, name, lambda fields, last=last: fields == last)
    rules, successors = TopicRule.objects.count(), Successor.objects.count()
    reports = load_fixtures(directory)
    assert sum(report.gone for report in reports.values()) == len(FEW)
    assert sum(report.created + report.changed for report in reports.values()) == 0
    assert (TopicRule.objects.count(), Successor.objects.count()) == (rules - 1, successors - 1)
    exported = tmp_path / "exported"
    export_fixtures(exported)
    reports = load_fixtures(exported)
    assert {(r.created, r.changed, r.gone, len(r.kept)) for r in reports.values()} == {(0, 0, 0, 0)}
    rows = {
        name: yaml.load((folder / name).read_text(), Loader=yaml.CSafeLoader)
        for folder in (exported, directory)
        for name in (path.name for path in FIXTURES.iterdir())
    }
    for name in some(rows):
        mine = yaml.load((exported / name).read_text(), Loader=yaml.CSafeLoader)
        assert mine == rows[name], name


def test_every_model_that_goes_is_in_a_file():
    assert set(some(GOES)) <= {file.model for file in FILES}
