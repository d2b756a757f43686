"""The four states that the data set really had, each imported over each other one.

Every ordered pair of them follows in one walk, so that most steps begin with what many imports
left. After each step the catalogue is compared row by row with a first import of that state, and
in the end every address that there ever was is asked. The long walk is through a part of each
state, with every work that ever had another number in it; a short one is through all of them.
"""

from __future__ import annotations

import os
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import transaction

from catalog.dataset.catalogue import Catalogue
from catalog.dataset.collect import collect
from catalog.importer import run
from catalog.importer.run import Options, import_snapshot
from catalog.models import Component, Edition, KnownIdentifier, SearchEntry
from catalog.search import index
from tests.catalogue.conftest import SAMPLE, STATES
from tests.conftest import ON_POSTGRESQL
from tests.content import Content, content, differences
from tests.database.test_import_walks import called, records_of, rows_by_address
from tests.found import some

# What they share is made once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("every_pair")]

ALL_PAIRS = (0, 1, 0, 2, 0, 3, 1, 2, 1, 3, 2, 3, 0)
SOME_PAIRS = (1, 3, 2, 0)
# What an import writes is planned before it is written, for both databases alike.
STEPS = {
    "part": SOME_PAIRS if ON_POSTGRESQL else ALL_PAIRS,
    # ITU_WHOLE_STATES=1 walks through every pair of whole states (docs/running.md).
    "whole": ALL_PAIRS if os.environ.get("ITU_WHOLE_STATES") == "1" else SOME_PAIRS[:3],
}
SIZES = ["part"] if ON_POSTGRESQL else ["part", "whole"]
EVERY_WORK = 6  # so many other works are left out for each one that is in a part
ASKED_OF_THOSE_THAT_STAND = 300
INDEX = {
    SearchEntry: ("title", "identifier", "url", "state", "state_doubted", "exact_names", "digest"),
    KnownIdentifier: ("key", "role", "publication", "edition", "component", "part", "state"),
}


@dataclass
class Walked:
    """What a walk found: what differed after each step, and which records told of an address."""

    size: str
    wrong: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    stood: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


@pytest.fixture(scope="module")
def parts(archives, whole: Catalogue, tmp_path_factory) -> dict[str, Path]:
    """An archive of a part of each state, by day."""
    awkward = {path.name for path in SAMPLE.glob("*.yaml")}
    names = set(awkward)
    for number, work in enumerate(whole.works):
        files = {record.file for record in work.records}
        if number % EVERY_WORK == 0 or work.names or files & awkward:
            names |= files
    folder = tmp_path_factory.mktemp("parts")
    for day, path in archives.items():
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(folder / f"{day}.zip", "w") as new:
            for entry in old.infolist():
                if Path(entry.filename).name in names:
                    new.writestr(entry, old.read(entry))
    return {day: folder / f"{day}.zip" for day in archives}


@pytest.fixture(scope="module")
def read_once() -> Iterator[None]:
    """Read each archive once: this is about what an import writes."""
    read = {}

    def remembering(snapshot, progress=None):
        if snapshot.path not in read:
            read[snapshot.path] = collect(snapshot, progress), snapshot.dating
        found, snapshot.dating = read[snapshot.path]
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "collect", remembering)
        yield


def first_imports(paths: dict[str, Path], days: set[str]) -> dict[str, Content]:
    """Return what a first import of each state makes."""
    found = {}
    for day in sorted(days):
        with transaction.atomic():
            import_snapshot(paths[day])
            found[day] = content()
            transaction.set_rollback(True)
    return found


@pytest.fixture(scope="module", params=SIZES)
def walked(
    request, django_db_setup, django_db_blocker, archives, parts, read_once
) -> Iterator[Walked]:
    """Import along a walk; the catalogue stays as it is in the end until the tests are over."""
    paths = {"part": parts, "whole": archives}[request.param]
    walk = [STATES[number] for number in STEPS[request.param]]
    found = Walked(request.param)
    seen = set()
    with django_db_blocker.unblock(), transaction.atomic():
        fresh = first_imports(paths, set(walk))
        for before, day in pairwise(["", *walk]):
            result = import_snapshot(paths[day], Options(allow_older=True))
            refused = [str(one) for one in (*result.rejected, *result.report["refused"])]
            found.wrong[before, day] = refused + differences(content(), fresh[day])
            if day in seen and day != walk[-1]:
                continue
            seen.add(day)
            for path, row in rows_by_address().items():
                found.stood[path] |= records_of(row)
        yield found
        transaction.set_rollback(True)


def test_the_long_walk_has_every_ordered_pair_once():
    assert len(set(pairwise(ALL_PAIRS))) == len(ALL_PAIRS) - 1 == 12


def test_every_state_over_every_other_ends_as_a_first_import_of_it(walked):
    assert len(walked.wrong) == len(STEPS[walked.size])
    for (before, day), differing in some(walked.wrong.items()):
        assert not differing, "\n".join([f"{day} over {before}:", *differing[:20]])


def test_every_address_that_there_ever_was_leads_to_its_text_or_says_it_is_gone(walked, client):
    rows = rows_by_address()
    left = sorted(walked.stood.keys() - rows.keys())
    standing = sorted(walked.stood.keys() & rows.keys())
    answers = defaultdict(int)
    step = len(standing) // ASKED_OF_THOSE_THAT_STAND
    for path in some([*left, *standing[::step]]):
        answer = client.get(path)
        answers[answer.status_code] += 1
        assert answer.status_code in (200, 301, 410), f"{path}: {answer.status_code}"
        if answer.status_code != 301:
            continue
        target = answer["Location"]
        assert client.get(target).status_code == 200, f"{path} leads to {target}"
        holder = rows.get(target)
        assert holder is not None, f"{path} leads to {target}"
        if isinstance(holder, Edition | Component) and walked.stood[path]:
            assert walked.stood[path] & called(holder), f"{path} leads to another text: {holder}"
    assert answers[200] > 200
    assert answers[301] > 50


def index_rows() -> list[set[tuple]]:
    """Return what the indexes of search and resolver hold."""
    return [set(model.objects.values_list(*columns)) for model, columns in INDEX.items()]


def test_what_is_found_after_all_that_is_what_a_new_index_would_find(walked):
    before = index_rows()
    index.rebuild()
    for old, new in zip(some(before), index_rows(), strict=True):
        assert len(old) > 2_000
        assert old == new, sorted(map(str, old ^ new))[:20]
