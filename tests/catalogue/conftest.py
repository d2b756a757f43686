"""The public data set, read once for all tests that need the whole of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from catalog.dataset.archive import open_snapshot
from catalog.dataset.catalogue import Catalogue, build
from catalog.dataset.collect import Collection, collect
from tests.conftest import CATALOGUE

NOTES = CATALOGUE.parent / "DATASET.md"
SAMPLE = CATALOGUE.parent / "sample"
EARLIER = CATALOGUE.parent / "earlier"
# The days whose states of the data set are at hand.
STATES = ["2026-07-30", "2026-08-09", "2026-08-14", "2026-08-22"]


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


@pytest.fixture(scope="session")
def archives(tmp_path_factory) -> dict[str, Path]:
    """The archive of each state, by day."""
    built = tmp_path_factory.mktemp("states") / f"{STATES[2]}.zip"
    script = EARLIER / "build_2026_08_14.py"
    subprocess.run([sys.executable, str(script), str(built)], check=True)
    first, second = (EARLIER / f"{day}.zip" for day in STATES[:2])
    return dict(zip(STATES, (first, second, built, CATALOGUE), strict=True))
