"""Imports, editors and readers at once, each on a connection of its own."""

from __future__ import annotations

import itertools
import re
import threading
from collections.abc import Callable
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from catalog.importer import run as importer
from catalog.importer.run import import_snapshot
from catalog.importer.save import Saver
from catalog.models import Correction, Edition, ImportRun, Publication, Revision
from catalog.terms import Actor
from catalog.writing import corrections
from catalog.writing.edit import editing
from catalog.writing.locks import CatalogueBusy
from catalog.writing.record import catalogue_version
from tests.snapshots import standard, write_zip
from tests.world import PATIENCE, copied

# The mark makes pytest make the database; the fixture below leaves out the transaction around
# each test, for other threads would not see what it writes.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NUMBERS = itertools.count(9_001)
RIGHT = "The right title"


@pytest.fixture
def _django_db_helper():
    """Open no transaction."""


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """A copy of the content for this module."""
    folder = tmp_path_factory.mktemp("world")
    with django_db_blocker.unblock(), copied(folder) as made, made.connected():
        yield made


class Text:
    """A work with two editions that is imported, and snapshots with other titles of it."""

    def __init__(self, folder) -> None:
        self.folder = folder
        self.number = f"G.{next(NUMBERS)}"
        import_snapshot(self.snapshot("First"))

    def snapshot(self, title: str):
        """Write a snapshot in which the first edition has this title."""
        first, second = f"{self.number} (05/2015)", f"{self.number} (03/2020)"
        return write_zip(
            self.folder / f"{title}.zip",
            [
                standard(self.number, edition="1", day="2015-05-07", title=title, family=(second,)),
                standard(self.number, edition="2", day="2020-03-15", family=(first,)),
            ],
        )

    @property
    def edition(self) -> Edition:
        """The edition that editors and imports both write."""
        return Edition.objects.get(identifier=f"ITU-T {self.number} (05/2015)")

    @property
    def work(self) -> Publication:
        """The work."""
        return Publication.objects.get(identifier=f"ITU-T {self.number}")

    def correct(self) -> None:
        """Correct the title of the edition as an editor does."""
        corrections.correct(self.edition, "title", RIGHT, "A test", "The text itself")


@pytest.fixture
def text(world, tmp_path) -> Text:
    return Text(tmp_path)


class Pause:
    """Lets one thread wait at a place until another has done something."""

    def __init__(self) -> None:
        self.reached, self.over = threading.Event(), threading.Event()
        self.times = 0

    def here(self) -> None:
        """Wait, the first time."""
        self.times += 1
        if self.times == 1:
            self.reached.set()
            assert self.over.wait(PATIENCE)

    @contextmanager
    def meanwhile(self):
        """Do something while the other thread waits."""
        assert self.reached.wait(PATIENCE)
        try:
            yield
        finally:
            self.over.set()


@pytest.fixture
def planned(monkeypatch) -> Pause:
    """A pause between the plan of an import and the writing."""
    pause, make_plan = Pause(), importer.make_plan

    def waiting(*args):
        plan = make_plan(*args)
        pause.here()
        return plan

    monkeypatch.setattr(importer, "make_plan", waiting)
    return pause


@pytest.fixture
def written(monkeypatch) -> Pause:
    """A pause after an import has written, before it commits."""
    pause, run = Pause(), Saver.run

    def waiting(self) -> None:
        run(self)
        pause.here()

    monkeypatch.setattr(Saver, "run", waiting)
    return pause


def during(pause: Pause, act: Callable) -> Callable:
    """Return a job that acts while another thread waits."""

    def job():
        with pause.meanwhile():
            return act()

    return job


def test_a_correction_made_between_plan_and_save_stays(world, text, planned):
    path = text.snapshot("Second")
    result, _made = world.together(lambda: import_snapshot(path), during(planned, text.correct))
    assert planned.times == 2
    assert text.edition.title == RIGHT
    assert Correction.objects.get(edition=text.edition).source_value == "Second"
    assert [row["source_value"] for row in result.report["conflicts"]].count("Second") == 1


def test_what_an_editor_deletes_between_plan_and_save_stays_deleted(world, text, planned):
    path = text.snapshot("Second")

    def delete() -> None:
        with editing(reason="a test") as edit:
            edit.delete(text.edition)

    result, _made = world.together(lambda: import_snapshot(path), during(planned, delete))
    assert [edition.slug for edition in text.work.editions.all()] == ["2020-03"]
    told = [row["records"] for row in result.report["kept_out"]]
    assert [f"ITU-T {text.number} (05/2015)"] in told


def test_a_second_import_is_told_who_is_at_work_and_since_when(world, text, planned):
    one, other = text.snapshot("Second"), text.snapshot("Third")

    def second() -> tuple[str, bool]:
        before = catalogue_version(), ImportRun.objects.count()
        with pytest.raises(CommandError) as refused:
            call_command("import_catalogue", other, verbosity=0)
        return str(refused.value), before == (catalogue_version(), ImportRun.objects.count())

    _result, (words, unchanged) = world.together(
        lambda: import_snapshot(one), during(planned, second)
    )
    assert re.search(
        r"Import of Second\.zip has been running since \d+ \w+ \d{4}, \d\d:\d\d UTC", words
    )
    assert unchanged
    assert text.edition.title == "Second"


def test_readers_see_what_was_and_editors_are_told_while_an_import_writes(world, text, written):
    path = text.snapshot("Second")

    def look_and_edit() -> tuple[str, int, str]:
        title, page = text.edition.title, Client().get(text.work.get_absolute_url())
        with pytest.raises(CatalogueBusy) as busy, editing(wait=0.5) as edit:
            edit.watch(text.edition)
        return title, page.status_code, str(busy.value)

    _result, (title, status, words) = world.together(
        lambda: import_snapshot(path), during(written, look_and_edit)
    )
    assert (title, status) == ("First", 200)
    assert "Import of Second.zip has been running" in words
    text.correct()
    assert text.edition.title == RIGHT


def test_an_import_waits_for_an_editor_and_keeps_what_was_edited(world, text, planned):
    path = text.snapshot("Second")

    def edit_slowly() -> None:
        assert planned.reached.wait(PATIENCE)
        with editing(reason="a test") as edit:
            work = text.work
            edit.watch(work)
            planned.over.set()
            threading.Event().wait(0.5)
            work.purpose = "Said by an editor."
            edit.save(work)

    world.together(lambda: import_snapshot(path), edit_slowly)
    assert (text.edition.title, text.work.purpose) == ("Second", "Said by an editor.")
    last = Revision.objects.order_by("-number").values_list("actor", flat=True)[:2]
    assert list(last) == [Actor.IMPORT, Actor.EDITOR]
    assert planned.times == 2


def test_an_import_that_is_overtaken_again_and_again_plans_where_nobody_writes(
    world, text, monkeypatch
):
    path = text.snapshot("Second")
    make_plan, times = importer.make_plan, []

    def overtaken(*args):
        plan = make_plan(*args)
        times.append(1)
        if len(times) < importer.PLANS + 1:
            with editing(reason="a test") as edit:
                work = text.work
                edit.watch(work)
                work.purpose = f"Said {len(times)} times."
                edit.save(work)
        return plan

    monkeypatch.setattr(importer, "make_plan", overtaken)
    import_snapshot(path)
    assert len(times) == importer.PLANS + 1
    assert (text.edition.title, text.work.purpose) == ("Second", "Said 3 times.")
