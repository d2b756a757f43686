"""Curated files and imports side by side: each keeps to its own fields."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from catalog.curation.export import export_fixtures
from catalog.curation.load import load_fixtures
from catalog.importer.run import import_snapshot
from catalog.models import Edition, Publication
from catalog.terms import State
from tests.conftest import FIXTURES
from tests.found import some
from tests.snapshots import standard, write_zip

pytestmark = pytest.mark.django_db

CURATED = standard("G.711", edition="5", day="1988-11-25", title="Title of the record",
                   status="Withdrawal", letter="W", abstract="Words of the record.")  # fmt: skip
NEW = standard("G.9001", title="Another record", abstract="Other words of the record.")


@pytest.fixture
def imported(tmp_path: Path) -> Path:
    """A directory to export to, after an import."""
    import_snapshot(write_zip(tmp_path / "a.zip", [CURATED, NEW]))
    return tmp_path / "exported"


@pytest.mark.slow
def test_an_export_holds_nothing_of_the_source(imported):
    export_fixtures(imported)
    for file in some(FIXTURES.glob("*.yaml")):
        assert (imported / file.name).read_text() == file.read_text(), file.name


@pytest.mark.slow
def test_loading_again_leaves_the_source_its_fields(imported):
    reports = load_fixtures(FIXTURES)
    assert not any(
        report.created or report.changed or report.kept for report in some(reports.values())
    )
    edition = Edition.objects.get(publication__key="itu-t-g.711", slug="1988-11")
    assert (edition.state, edition.title) == (State.WITHDRAWN, "Title of the record")


@pytest.mark.slow
def test_a_curated_row_takes_in_a_work_that_an_import_made(imported, tmp_path):
    row = {
        "key": "itu-t-g.9001",
        "name": "A curated name",
        "purpose": "Said by an editor.",
        "verification": "imported",
        "sector": ["itu-t"],
        "family": ["itu-t-recommendations"],
        "kind": "recommendation",
        "identifier": "ITU-T G.9001",
        "slug": "g.9001",
    }
    rows = [{"model": "catalog.publication", "fields": row}]
    (tmp_path / "publications-1.yaml").write_text("[]")
    (tmp_path / "publications-2.yaml").write_text(yaml.safe_dump(rows))
    load_fixtures(tmp_path, only=["publications.yaml"])
    work = Publication.objects.get(key="itu-t-g.9001")
    assert (work.name, work.purpose, work.from_source) == (
        "A curated name",
        "Said by an editor.",
        False,
    )
    assert work.editions.get().abstract == "Other words of the record."
    import_snapshot(write_zip(tmp_path / "b.zip", [CURATED, NEW | {"title": [{"content": "New"}]}]))
    work.refresh_from_db()
    assert work.name == "A curated name"
