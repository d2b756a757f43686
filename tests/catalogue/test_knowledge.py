"""Every row of the sources of the facts is in the portal, under its key and by its words."""

from __future__ import annotations

import pytest
import yaml

from catalog.models import (
    Component,
    Edition,
    Publication,
    SearchEntry,
    Series,
    SeriesRange,
    StudyGroup,
)
from catalog.search.match import find
from tests.catalogue.test_full_import import MERGED
from tests.conftest import KNOWLEDGE
from tests.found import some

pytestmark = pytest.mark.django_db


def documents(name: str) -> list:
    """Return the YAML documents of a file of the knowledge."""
    return list(yaml.load_all((KNOWLEDGE / name).read_text(), yaml.CSafeLoader))


def entries() -> list[dict]:
    """Return the rows of both documents of entries.yaml."""
    first, second = documents("entries.yaml")
    return [*first, *second["additions"]]


def test_every_key_leads_to_its_page_and_each_wording_finds_it(client):
    rows = entries()
    assert len(rows) == 321
    for row in some(rows):
        entry = SearchEntry.objects.with_key(row["key"]).get()
        assert client.get(f"/id/{row['key']}/").headers["Location"] == entry.url
        for words in [row["name"], *row.get("named_in_text", [])]:
            assert find(words).filter(pk=entry.pk).exists(), (row["key"], words)


def test_no_mark_of_verification_was_made_surer_than_its_source():
    taken_in = set()
    (looked_up,) = documents("sources.yaml")
    borne_out = {
        row["key"]
        for row in looked_up
        if row["verdict_holds"] is True and any(source["url"] for source in row["sources"])
    }
    for row in some(entries()):
        entry = SearchEntry.objects.with_key(row["key"]).get()
        if row["key"] in MERGED:
            # Its statement stands with those of another topic, which has a row of its own.
            taken_in.add(row["key"])
            continue
        allowed = {row["verification"]}
        if row["verification"] == "confirmed":
            # What that word meant; where nothing can be looked up, it was too much.
            allowed = {"checked", "grouping", "imported", "not-yet-checked"}
        if row["key"] == "mining":
            allowed = {"not-found"}
        if row["evidence"].strip() == "general knowledge":
            allowed = {"not-yet-checked"}
            # Somebody looked later, and found pages that bear it out.
            if row["key"] in borne_out:
                allowed.add("checked")
        assert entry.verification in allowed, row["key"]
    assert taken_in == MERGED.keys()


def test_every_description_is_of_our_own_making():
    for row in some(entries()):
        entry = SearchEntry.objects.with_key(row["key"]).get()
        for sentence in [row.get("text_says", ""), *row["facts"]]:
            assert len(sentence) < 40 or sentence not in entry.summary, row["key"]


def test_every_series_range_group_and_meeting_is_held():
    (structure,) = documents("structure.yaml")
    assert Series.objects.count() == len(structure["series"])
    ranges = sum(len(row.get("ranges", [])) for row in structure["series"])
    assert SeriesRange.objects.count() == ranges
    assert StudyGroup.objects.count() == len(structure["study_groups"])
    for row in some(structure["meetings"]):
        assert SearchEntry.objects.filter(kind="meeting", title=row["name"]).exists(), row["name"]
    for row in some(structure["bodies"]):
        assert find(row["name"]).exists(), row["name"]


def test_every_landmark_is_held_with_its_editions_components_and_states():
    _topics, works = documents("landmarks.yaml")
    for row in some(works):
        work = Publication.objects.get(identifier=row["label"])
        states = [edition["state"] for edition in row["editions"]]
        held = work.editions.in_reading_order().values_list("state", flat=True)
        assert list(held) == states, row["label"]
        assert work.components.count() == len(row.get("components", [])), row["label"]


def test_every_publication_beyond_the_data_set_is_held():
    (rows,) = documents("publications-beyond-dataset.yaml")
    for row in some(rows):
        title = " ".join(row["title"].split())
        work = Publication.objects.filter(name=title).first()
        assert work is not None, title
        # What is only planned is no edition yet.
        editions = [
            edition
            for edition in row.get("editions") or [row]
            if "(planned)" not in edition.get("label", "")
        ]
        years = {edition["year"] for edition in editions}
        # What only amends or corrects a text is held as its component.
        held = {
            part.approved.year
            for model in (Edition, Component)
            for part in model.objects.filter(publication__name=title).exclude(approved=None)
        }
        assert years <= held
        if row["confidence"] == "likely":
            assert work.verification in ("not-yet-checked", "corrected", "checked", "imported")
