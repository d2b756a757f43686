"""A file may merge two entries: one goes, the other has its key, and all that led to it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from catalog.curation.load import load_fixtures
from catalog.models import (
    EntryRelation,
    Initiative,
    RowChange,
    SearchEntry,
    Topic,
    TopicChoice,
)
from catalog.terms import RowAction
from catalog.writing.edit import editing
from tests.conftest import FIXTURES

pytestmark = pytest.mark.django_db


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """The files, with radar taken in by satellite navigation."""
    copy = Path(shutil.copytree(FIXTURES, tmp_path / "fixtures"))
    file = copy / "topics.yaml"
    rows = yaml.safe_load(file.read_text())
    rows = [row for row in rows if row["fields"]["key"] != "radar"]
    for row in rows:
        if row["fields"]["key"] == "satellite-navigation":
            row["fields"]["other_keys"] = "radar"
    file.write_text(yaml.safe_dump(rows, allow_unicode=True))
    return copy


def test_what_led_to_the_entry_leads_to_its_heir(directory, client):
    heir, gone = (Topic.objects.get(key=key) for key in ("satellite-navigation", "radar"))
    giga = Initiative.objects.get(key="giga")
    with editing() as edit:
        edit.link(giga, "topics", [gone])
        edit.save(TopicChoice(topic=gone, reference="ITU-T G.711"))
        edit.save(EntryRelation(subject_key="giga", target_key="radar"))
    load_fixtures(directory, only=["topics.yaml"])
    assert not Topic.objects.filter(key="radar").exists()
    assert SearchEntry.objects.with_key("radar").get().key == heir.key
    assert list(giga.topics.all()) == [heir]
    assert EntryRelation.objects.filter(subject_key="giga", target_key=heir.key).exists()
    assert not EntryRelation.objects.touching("radar").exists()
    # What an editor chose stays; what only the files said comes from the files.
    assert list(heir.choices.filter(reference="ITU-T G.711")) != []
    for path in ("/topics/radar/", "/id/radar/"):
        assert client.get(path, follow=True).redirect_chain[-1][0] == heir.get_absolute_url()
    change = RowChange.objects.get(model="topic", row_id=gone.pk, action=RowAction.DELETED)
    assert change.values["name"] == [gone.name, None]


def test_an_entry_that_an_editor_made_is_not_taken_in(directory):
    with editing() as edit:
        edit.save(Topic(key="mine", name="Mine"))
    file = directory / "topics.yaml"
    file.write_text(file.read_text().replace("other_keys: radar", "other_keys: mine"))
    with pytest.raises(Exception, match="mine"):
        load_fixtures(directory, only=["topics.yaml"])
    assert Topic.objects.filter(key="mine").exists()
