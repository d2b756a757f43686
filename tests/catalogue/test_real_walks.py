"""Walks through random parts of the four states that the data set really had."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest
from django.db import transaction

from catalog.dataset.catalogue import Catalogue
from catalog.importer.run import Options, import_snapshot
from tests.catalogue.conftest import SAMPLE
from tests.content import Content, content, differences
from tests.database.test_import_walks import Walk
from tests.found import some

# What they share is made once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("records")]

STEPS = 8
FAMILIES = 60


class Archives:
    """Some files of the four states, by day and name, to make smaller states of."""

    def __init__(self, archives: dict[str, Path], names: set[str]):
        self.files: dict[str, dict[str, tuple[str, bytes]]] = {}
        for day, path in archives.items():
            with zipfile.ZipFile(path) as archive:
                self.files[day] = {
                    Path(place).name: (place, archive.read(place))
                    for place in archive.namelist()
                    if Path(place).name in names
                }

    def write(self, path: Path, day: str, names: list[str]) -> Path:
        """Write an archive with those of the files that a state has."""
        with zipfile.ZipFile(path, "w") as archive:
            for name in names:
                if name in self.files[day]:
                    archive.writestr(*self.files[day][name])
        return path


@pytest.fixture(scope="module")
def names(whole: Catalogue) -> list[str]:
    """The files of the awkward records, and of random works with all that belongs to them."""
    chance = random.Random(9)
    large = [work.records for work in whole.works if len(work.records) > 1]
    drawn = [record.file for family in chance.sample(large, FAMILIES) for record in family]
    return sorted({*drawn, *(path.name for path in SAMPLE.glob("*.yaml"))})


@pytest.fixture(scope="module")
def parts(archives, names) -> Archives:
    """Those files in each of the states."""
    return Archives(archives, set(names))


class RealWalk(Walk):
    """Imports archives one after the other."""

    def go(self, path: Path) -> None:
        """Import an archive, whatever there was before."""
        import_snapshot(path, Options(even_if_unchanged=True, allow_older=True))
        self.remember()


def fresh(path: Path) -> Content:
    """Return what a first import of an archive makes."""
    with transaction.atomic():
        import_snapshot(path)
        found = content()
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("seed", range(2))
def test_a_walk_through_parts_of_real_states_ends_as_a_first_import_of_the_last(
    parts, names, tmp_path, seed
):
    chance = random.Random(seed)
    states = []
    for step in range(STEPS):
        share = chance.choice([0.3, 0.6, 0.9, 1.0])
        kept = [name for name in names if chance.random() < share]
        day = chance.choice(list(parts.files))
        states.append(parts.write(tmp_path / f"{step}.zip", day, kept))
    looked_at = {step: fresh(states[step]) for step in (STEPS // 2, STEPS - 1)}
    walk = RealWalk(tmp_path)
    for step, path in enumerate(some(states)):
        walk.go(path)
        if step in looked_at:
            differing = differences(content(), looked_at.pop(step))
            assert not differing, "\n".join(differing[:20])
    assert looked_at == {}
    assert walk.ask(every=20) > 200
