"""“Checked” is said only of what rests on a source that others can look up."""

from __future__ import annotations

import re
import shutil
from itertools import chain
from pathlib import Path

import pytest
import yaml
from django.core.exceptions import ValidationError

from catalog.curation.files import FILES
from catalog.curation.load import FixtureError, load_fixtures
from catalog.models import Publication, RowChange, Source, SourceUse, Topic
from catalog.rules.checked import can_be_looked_up
from catalog.search.documents import SOURCES
from catalog.timeline import timeline_of
from catalog.wording.notes import place_of
from catalog.writing import restore, sourcing
from catalog.writing.edit import editing
from tests.conftest import FIXTURES
from tests.found import some

pytestmark = pytest.mark.django_db


def rows_of(name: str) -> list[dict]:
    """Return the fields of the rows of a file, of all its parts."""
    parts = next(file.parts for file in FILES if name in (file.name, *file.parts))
    texts = [(FIXTURES / part).read_text() for part in parts]
    rows = chain.from_iterable(yaml.load(text, Loader=yaml.CSafeLoader) or [] for text in texts)
    return [row["fields"] for row in rows]


def test_nothing_in_the_fixtures_is_checked_without_an_address_or_a_printed_text():
    sources = {row["key"]: row for row in rows_of("sources.yaml")}
    supported = {
        use["entry_key"]
        for use in some(rows_of("source_uses.yaml"))
        for source in [sources[use["source"][0]]]
        if can_be_looked_up(
            source.get("url", ""), source.get("how", "page"), str(source.get("dated", ""))
        )
    }
    checked = [
        row["key"]
        for path in some(sorted(FIXTURES.glob("*.yaml")))
        for row in (rows_of(path.name) if "verification: checked" in path.read_text() else [])
        if row.get("verification") == "checked"
    ]
    assert len(checked) > 200
    assert set(checked) <= supported


def test_no_source_is_called_a_publication_without_saying_which():
    for row in some(rows_of("sources.yaml")):
        assert "itself" not in row["title"].lower(), row["key"]


def test_no_evidence_is_left_in_the_fixtures():
    for path in some(sorted(FIXTURES.glob("*.yaml"))):
        text = path.read_text()
        assert "    evidence: " not in text, path.name
        assert "ranges_evidence: " not in text, path.name
        assert "verification: confirmed" not in text, path.name


def test_nothing_in_the_catalogue_is_checked_without_a_source():
    checked = sum(model.objects.filter(verification="checked").count() for model in SOURCES)
    assert checked > 200
    assert sourcing.all_unsupported() == []


@pytest.mark.parametrize("key", ["audio", "cloud", "amateur-radio"])
def test_groupings_of_this_catalogue_are_called_so(key):
    assert Topic.objects.get(key=key).verification == "grouping"


def test_the_door_refuses_to_call_an_entry_checked_that_has_no_source():
    topic = Topic.objects.get(key="cloud")
    with pytest.raises(ValidationError, match="needs a source"), editing() as edit:
        edit.watch(topic)
        topic.verification = "checked"
        edit.save(topic)
    assert Topic.objects.get(key="cloud").verification == "grouping"


def test_the_door_refuses_to_take_the_last_source_of_a_checked_entry():
    SourceUse.objects.filter(entry_key="5g").exclude(
        pk=SourceUse.objects.filter(entry_key="5g").that_can_be_looked_up()[0].pk
    ).delete()
    use = SourceUse.objects.get(entry_key="5g")
    with pytest.raises(ValidationError, match="needs a source"), editing() as edit:
        edit.delete(use)
    source = Source.objects.get(pk=use.source_id)
    source.url, source.how = "", "page"
    with pytest.raises(ValidationError, match="needs a source"), editing() as edit:
        edit.watch(source)
        edit.save(source)
    assert SourceUse.objects.filter(entry_key="5g").that_can_be_looked_up().count() == 1


@pytest.mark.slow
def test_the_loader_refuses_it_and_names_the_row(tmp_path: Path):
    directory = Path(shutil.copytree(FIXTURES, tmp_path / "fixtures"))
    path = directory / "topics.yaml"
    rows = yaml.load(path.read_text(), Loader=yaml.CSafeLoader)
    row = next(row["fields"] for row in rows if row["fields"]["key"] == "cloud")
    row["verification"] = "checked"
    path.write_text(yaml.dump(rows, Dumper=yaml.CSafeDumper, allow_unicode=True))
    with pytest.raises(FixtureError) as refused:
        load_fixtures(directory, only=["topics.yaml"])
    (problem,) = refused.value.problems
    assert "topics.yaml" in str(problem)
    assert "needs a source that others can look up" in str(problem)


def test_a_word_of_the_past_is_read_and_restored_as_what_it_meant():
    topic = Topic.objects.get(key="5g")
    with editing() as edit:
        edit.watch(topic)
        topic.verification = "not-yet-checked"
        edit.save(topic)
    change = RowChange.objects.get(revision=edit.revision, model="topic")
    change.values["verification"][0] = "confirmed"
    change.save()
    row = timeline_of(topic, with_people=False, limit=1)[0]
    shown = {str(f.label): str(f.before) for thing in row.things for f in thing.fields}
    assert shown["Verification"] == "Confirmed"
    restore.restore_value(topic, "verification", change, None, "It was right", "The report")
    assert Topic.objects.get(key="5g").verification == "checked"


def test_readers_of_the_history_see_no_notes_of_editors():
    topic = Topic.objects.get(key="5g")
    with editing() as edit:
        edit.watch(topic)
        topic.evidence, topic.doubt = "seen on some page", "Is it so?"
        edit.save(topic)
    columns = {
        people: [
            field.column
            for thing in timeline_of(topic, with_people=people, limit=1)[0].things
            for field in thing.fields
        ]
        for people in (True, False)
    }
    assert columns == {True: ["evidence", "doubt"], False: ["doubt"]} or columns == {
        True: ["doubt", "evidence"],
        False: ["doubt"],
    }


def test_curated_works_of_the_data_set_are_imported():
    work = Publication.objects.get(key="itu-t-g.711")
    assert work.verification == "imported"


@pytest.mark.slow
def test_the_loader_refuses_sources_of_entries_that_are_not_there(tmp_path: Path):
    directory = Path(shutil.copytree(FIXTURES, tmp_path / "fixtures"))
    path = directory / "source_uses-2.yaml"
    rows = yaml.load(path.read_text(), Loader=yaml.CSafeLoader)
    source = rows[0]["fields"]["source"]
    fields = {"entry_key": "no-such-entry", "source": source}
    rows.append({"model": "catalog.sourceuse", "fields": fields})
    path.write_text(yaml.dump(rows, Dumper=yaml.CSafeDumper, allow_unicode=True))
    with pytest.raises(FixtureError) as refused:
        load_fixtures(directory, only=["source_uses-2.yaml"])
    (problem,) = refused.value.problems
    assert "no entry has the key ‘no-such-entry’" in str(problem)


def test_no_note_of_the_fixtures_is_loose_and_most_uses_name_their_statement():
    entries = {
        entry.key: entry
        for model in some(SOURCES)
        for entry in model.objects.filter(
            key__in=SourceUse.objects.exclude(statement="").entry_keys()
        )
    }
    uses = SourceUse.objects.exclude(statement="")
    loose = [
        (use.entry_key, use.statement)
        for use in some(uses)
        if place_of(use.statement, entries[use.entry_key].statements) is None
    ]
    assert loose == []
    assert len(uses) >= 300


def test_the_purpose_of_a_text_that_nobody_saw_says_so():
    unseen = re.compile(
        r"(text|report|paper|copy|handbook)\b[^.;]{0,40}\b(was|were|been|being) (not|un)\s?seen"
        r"|has not been seen|the report (has|was) not\b|No copy was seen"
    )
    works = Publication.objects.exclude(purpose="").exclude(
        verification__in=["checked", "corrected", "imported"]
    )
    found = [work for work in some(works) if unseen.search(work.description)]
    for work in some(found, at_least=10):
        assert work.purpose.startswith("Expected use, as the text was not seen: "), work.key
