"""The public data set, read once for all tests that need the whole of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog.dataset.archive import open_snapshot
from catalog.dataset.catalogue import Catalogue, build
from catalog.dataset.collect import Collection, collect
from tests.conftest import CATALOGUE

NOTES = CATALOGUE.parent / "DATASET.md"
SAMPLE = CATALOGUE.parent / "sample"


@pytest.fixture(scope="session")
def collection() -> Collection:
    """Every record of the data set."""
    return collect(open_snapshot(CATALOGUE))


@pytest.fixture(scope="session")
def whole(collection: Collection) -> Catalogue:
    """Every work of the data set."""
    return build(collection.records)


@pytest.fixture(scope="session")
def sample_folder() -> Path:
    """The folder of awkward records."""
    return SAMPLE
