"""Any state to any state: imports in any order end as a fresh import of the last one would."""

from __future__ import annotations

import itertools
from collections import defaultdict
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.importer.run import Options, import_snapshot
from catalog.models import (
    Component,
    Edition,
    Publication,
    PublicationFamily,
    PublicationName,
    Sector,
)
from catalog.search import index
from catalog.terms import State
from catalog.writing.upkeep import refresh_standing
from tests.conftest import examples
from tests.content import Content, content, differences
from tests.former import answer_of
from tests.found import some
from tests.snapshots import identifier_of, radio, radio_link, standard, write_zip

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

OLD = {"status": "Withdrawal", "letter": "S"}
RECORDS = [
    # One text under three numbers, two of them curated beforehand as one work.
    standard("L.9010", edition="1", day="1988-11-25", family=("L.9100 (02/2020)",), **OLD),
    standard("L.9100/L.9010", edition="2", day="1996-10-12", family=("L.9010 (11/1988)",), **OLD),
    standard("L.9100", edition="3", day="2020-02-13", family=("L.9100/L.9010 (10/1996)",)),
    # The same without what ties them together: by number they are works of their own.
    standard("G.9050", edition="1", day="1984-10-19", **OLD),
    standard("G.9050", edition="1", day="2024-01-13"),
    standard("G.9050 (2024) Amd. 1", edition="1.1", day="2024-06-13", title=None,
             family=("G.9050 (01/2024)",)),
    standard("G.9050 (2024) Cor. 1", edition="1.2", day="2025-06-13", title=None,
             family=("G.9050 (01/2024)",)),
    # Two records of one text, under two numbers.
    standard("C.9002", day="1996-10-01", letter=None, family=("F.9019 (10/1996)",)),
    standard("F.9019", day="1996-10-01", family=("C.9002 (10/1996)",), iso="ISO/IEC 99001-1"),
    # A thin record, a supplement that goes with others, a series that is not known.
    standard("G.9060", edition=None, day="2001-03-01"),
    standard("G.9060", edition="2", day="2003-03-01", complements=("G Suppl. 99 (05/2010)",)),
    standard("G Suppl. 99", edition="1", day="2010-05-01"),
    # A curated landmark.
    standard("G.711", edition="5", day="1988-11-25", title="Title of the record",
             status="Withdrawal", letter="W"),
    standard("G.711 (1988) Amd. 1", edition="5.1", day="2009-08-06",
             family=("G.711 (11/1988)",)),
    radio("P.9835-1", link=radio_link("P.9835-1", "200905", "S")),
    radio("P.9835-2", month="2019-03", link=radio_link("P.9835-2", "201812", "I")),
    radio("M.9/BL/22", link=radio_link("P.9835-2", "201812", "P")),
    radio("203-7/3:", "question"),
    radio("BT.9020-0", "technical-report"),
]  # fmt: skip
# The same records as they were told before: sparse, under other titles, not tied together.
SPARSE = [
    standard("L.9010", edition=None, day="1988-11-25", title="An older title"),
    standard("L.9100/L.9010", edition=None, day="1996-10-12"),
    standard("L.9100", edition=None, day="2020-02-13"),
    standard("G.9050", edition=None, day="1984-10-19"),
    standard("G.9050", edition=None, day="2024-01-13"),
    standard("C.9002", edition=None, day="1996-10-01"),
    standard("F.9019", edition=None, day="1996-10-01"),
    standard("G.711", edition=None, day="1988-11-25"),
    radio("P.9835-2", month="2019-04", title="An older title of a radio text"),
]
# Each record of the data set as one of its versions, or not at all.
VERSIONS = [
    (None, record, *(row for row in SPARSE if identifier_of(row) == identifier_of(record)))
    for record in RECORDS
]


@pytest.fixture
def small():
    """A catalogue with two curated works and no other, so that many imports cost little."""
    make_small()


def make_small() -> None:
    """Leave one landmark in the catalogue, and add a work that is known by its former number."""
    Publication.objects.exclude(key="itu-t-g.711").delete()
    work = Publication.objects.create(
        key="itu-t-l.9010",
        name="A curated name",
        identifier="ITU-T L.9010",
        slug="l.9010",
        kind="recommendation",
        sector=Sector.objects.get(code="itu-t"),
        family=PublicationFamily.objects.get(key="itu-t-recommendations"),
        purpose="Said by an editor.",
    )
    Edition.objects.create(
        publication=work,
        identifier="ITU-T L.9010 (11/1988)",
        slug="1988-11",
        title="A curated title",
        state=State.SUPERSEDED,
    )
    refresh_standing(Publication.objects.all())
    index.update(Publication.objects.all())


class Walk:
    """Imports states one after the other, and remembers every address that there ever was."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names = itertools.count()
        self.stood: dict[str, set[str]] = defaultdict(set)

    def go(self, state: tuple[int, ...]) -> None:
        """Import a state: for each record, which of its versions there is."""
        records = [row for n, rows in zip(state, VERSIONS, strict=True) if (row := rows[n])]
        path = write_zip(self.folder / f"{next(self.names)}.zip", records)
        import_snapshot(path, Options(even_if_unchanged=True))
        self.remember()

    def remember(self) -> None:
        """Note every address with the records that it tells of."""
        for path, row in rows_by_address().items():
            self.stood[path] |= records_of(row)

    def ask(self, every: int = 1) -> int:
        """Ask all addresses that were left, and of the others each so many; return how many."""
        client, rows = Client(), rows_by_address()
        standing = [path for path in self.stood if path in rows]
        asked = [*(path for path in self.stood if path not in rows), *standing[::every]]
        for path in some(asked):
            records = self.stood[path]
            status, target = answer_of(client, path)
            assert status in (200, 301, 410), f"{path}: {status}"
            if status == 301:
                assert client.get(target).status_code == 200, f"{path}: {target}"
            holder = rows.get(target or path)
            if isinstance(holder, Edition | Component) and records:
                assert records & called(holder), f"{path} leads to another text: {holder}"
        return len(asked)


def rows_by_address() -> dict[str, object]:
    """Return what stands at each address, further numbers included."""
    works = Publication.objects.select_related("sector").prefetch_related("source_records")
    by_pk = {work.pk: work for work in works}
    found = {}
    for name in PublicationName.objects.exclude(slug=""):
        work = by_pk[name.publication_id]
        found[f"/{work.sector.code}/{name.slug}/"] = work
    for work in by_pk.values():
        found[f"/id/{work.key}/"] = found[work.get_absolute_url()] = work
    for model in (Edition, Component):
        rows = model.objects.select_related("publication__sector")
        for row in rows.prefetch_related("source_records"):
            found[row.get_absolute_url()] = row
    return found


def records_of(row) -> set[str]:
    """Return the records that tell, or told, of a row."""
    return {record.identifier for record in row.source_records.all()}


def called(part: Edition | Component) -> set[str]:
    """Return what a part is called: a curated one may stand where its record is missing now."""
    return records_of(part) | {part.identifier}


def fresh(folder: Path, state: tuple[int, ...]) -> Content:
    """Return what a first import of a state makes."""
    with transaction.atomic():
        Walk(folder).go(state)
        found = content()
        transaction.set_rollback(True)
    return found


def check_walk(folder: Path, walk: list[tuple[int, ...]]) -> None:
    """Import states one after the other; raise AssertionError if the end is not as it should be."""
    expected = fresh(folder, walk[-1])
    with transaction.atomic():
        walker = Walk(folder)
        for state in walk:
            walker.go(state)
        differing = differences(content(), expected)
        assert not differing, "\n".join(differing[:20])
        assert walker.ask() > 5
        transaction.set_rollback(True)


states = st.tuples(*(st.sampled_from(range(len(rows))) for rows in VERSIONS)).filter(any)


@pytest.mark.usefixtures("small")
class TestWalks:
    """Walks through the states of a small data set."""

    @settings(
        max_examples=examples(25),
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(states, min_size=2, max_size=5))
    def test_a_walk_ends_as_a_fresh_import_would(self, tmp_path_factory, walk):
        check_walk(tmp_path_factory.mktemp("walk"), walk)
