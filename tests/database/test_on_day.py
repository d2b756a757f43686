"""What was in force on a day: the rule for one work, and the same rule in lists."""

from __future__ import annotations

import datetime

import pytest

from catalog.charts.edition_bars import edition_history
from catalog.models import Publication
from catalog.works.on_day import Basis, on_day
from tests.found import some
from tests.pages.works import add_component, add_edition, make_work, settle

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 24)


def then(work: Publication, day: str):
    """Return the work as it stood on a day."""
    return on_day(
        work, work.editions.all(), work.components.all(), datetime.date.fromisoformat(day)
    )


@pytest.fixture
def replaced():
    """Return a work with three editions, the newest in force."""
    work = make_work("ITU-T G.90001", "g.90001")
    old = add_edition(work, "1988-11-25", "superseded", version=1)
    middle = add_edition(work, "2004-05-07", "superseded", version=2)
    new = add_edition(work, "2015-03-29", "in-force", version=3)
    add_component(old, "amd1", "1990-01-05", "superseded")
    add_component(middle, "amd1", "2006-01-13", "superseded")
    add_component(new, "amd1", "2016-04-13", "superseded")
    add_component(new, "amd2", "2018-04-13", "in-force")
    settle(work)
    return work


@pytest.mark.parametrize(
    ("day", "edition", "parts", "unsure"),
    [
        ("1988-11-24", None, [], []),
        ("1988-11-25", "1988-11", [], []),
        ("1990-01-05", "1988-11", ["1990-01/amd1"], []),
        ("2004-05-06", "1988-11", ["1990-01/amd1"], []),
        ("2004-05-07", "2004-05", [], []),
        ("2015-03-28", "2004-05", ["2006-01/amd1"], []),
        ("2017-01-01", "2015-03", [], ["2016-04/amd1"]),
        ("2026-11-24", "2015-03", ["2018-04/amd2"], ["2016-04/amd1"]),
    ],
)
def test_the_newest_edition_approved_by_the_day_counts(replaced, day, edition, parts, unsure):
    found = then(replaced, day)
    assert (found.edition.slug if found.edition else None) == edition
    assert [part.slug for part in found.parts] == parts
    assert [part.slug for part in found.unsure] == unsure
    assert found.basis is (Basis.IN_FORCE if edition else Basis.NOT_YET)


def ended(state, **fields):
    """Add a work whose only edition is not in force today."""
    work = make_work("ITU-T G.90002", "g.90002")
    add_edition(work, "1996-10-18", state, **fields)
    return work


@pytest.mark.parametrize("state", ["withdrawn", "not-in-force", "superseded"])
def test_the_end_of_the_newest_edition_is_not_known(state):
    assert then(ended(state), "1996-10-18").basis is Basis.END_UNKNOWN
    assert then(ended_again(), "1996-10-17").basis is Basis.NOT_YET


def ended_again():
    """Return the work of the test, as the database has it."""
    return Publication.objects.get(slug="g.90002")


def test_an_edition_withdrawn_before_the_next_one_came_may_have_ended_earlier():
    work = ended("withdrawn")
    add_edition(work, "2004-05-07", "in-force")
    assert then(work, "2000-01-01").basis is Basis.END_UNKNOWN
    assert then(work, "2004-05-07").basis is Basis.IN_FORCE


def radio(kind="recommendation", slug="p.90003", **states):
    """Add a work of ITU-R with versions by approval month."""
    label = "Report ITU-R P.90003" if kind == "report" else "ITU-R P.90003"
    work = make_work(label, slug, sector="itu-r", kind=kind, series="itu-r-series-p")
    for version, (when, state) in states.items():
        number = int(version.removeprefix("v"))
        add_edition(
            work,
            when,
            state,
            slug=str(number),
            version=number,
            identifier=f"{label}-{number}",
        )
    return work


def test_a_month_counts_from_its_first_day_and_says_so():
    work = radio(v1=("2009-10", "superseded"), v2=("2017-12", "in-force"))
    assert then(work, "2017-11-30").edition.version == 1
    found = then(work, "2017-12-01")
    assert (found.edition.version, found.is_within_precision) == (2, True)
    assert not then(work, "2018-01-01").is_within_precision


def test_a_version_that_is_missing_leaves_a_gap():
    work = radio(v1=("2009-10", "superseded"), v3=("2017-12", "in-force"))
    assert then(work, "2012-01-01").basis is Basis.GAP


def test_the_posting_of_the_next_version_does_not_date_the_end_of_this_one():
    work = radio(v1=("2009-10", "superseded"), v2=("2017-12", "in-force"))
    newest = work.editions.get(version=2)
    newest.approved, newest.posted = None, datetime.date(2021, 3, 1)
    newest.save()
    assert then(work, "2019-01-01").basis is Basis.GAP
    assert then(work, "2021-03-01").basis is Basis.IN_FORCE


def test_where_itu_publishes_no_states_the_latest_version_known_is_named():
    work = radio(
        "report",
        "report/p.90003",
        v0=("2009-10", "superseded"),
        v1=("2017-12", "presumed-current"),
    )
    assert then(work, "2012-01-01").basis is Basis.LATEST_KNOWN
    assert then(work, "2019-01-01").basis is Basis.LATEST_KNOWN


def test_before_the_first_version_held_there_may_have_been_others():
    work = radio(v0=("2009-10", "superseded"), v1=("2017-12", "in-force"))
    assert then(work, "2009-09-30").basis is Basis.NOT_YET
    work.editions.filter(version=0).delete()
    assert then(work, "2009-09-30").basis is Basis.BEFORE_FIRST_HELD
    report = radio("report", "report/p.90003", v0=("2009-10", "presumed-current"))
    assert then(report, "2009-09-30").basis is Basis.BEFORE_FIRST_HELD


def test_before_a_posting_without_an_approval_nothing_is_known():
    work = radio(v0=("2024-10", "withdrawn"))
    work.editions.update(approved=None, posted=datetime.date(2024, 10, 1))
    assert then(work, "2000-01-01").basis is Basis.BEFORE_FIRST_HELD


def test_a_work_without_dated_editions_says_nothing():
    assert then(make_work("ITU-T G.90004", "g.90004"), "2019-01-01").basis is Basis.NO_EDITION


@pytest.mark.slow
def test_lists_follow_the_same_rule_as_pages(replaced):
    radio(v1=("2009-10", "superseded"), v3=("2017-12", "in-force"))
    ended("withdrawn")
    add_edition(ended_again(), "2004-05-07", "in-force")
    doubtful = make_work("ITU-T G.90007", "g.90007")
    add_edition(doubtful, "1988-11-25", "superseded")
    add_edition(doubtful, "2010-05-07", "in-force", doubted_fields="approved")
    works = Publication.objects.select_related("family", "sector").prefetch_related(
        "editions", "components"
    )
    for day in ("1900-01-01", "1990-01-05", "2004-05-06", "2012-06-30", "2019-05-01"):
        date = datetime.date.fromisoformat(day)
        listed = {
            work.pk: (work.edition_on_id, work.edition_on_identifier, work.edition_on_state_known)
            for work in Publication.objects.with_edition_on(date)
        }
        expected = {}
        for work in works:
            found = on_day(work, work.editions.all(), work.components.all(), date)
            if found.edition:
                known = found.basis is Basis.IN_FORCE
                expected[work.pk] = (found.edition.pk, found.edition.identifier, known)
        assert listed == expected, day
        assert day == "1900-01-01" or {known for *_rest, known in expected.values()} == {
            True,
            False,
        }


def test_the_history_figure_tells_the_same(replaced):
    editions = list(replaced.editions.all())
    figure = edition_history(editions, [], TODAY)
    start = min(edition.date for edition in editions)
    days = (TODAY - start).days
    assert figure.bars.keys() == {edition.pk for edition in editions}
    for edition in some(editions):
        bar = figure.bars[edition.pk]
        middle = start + datetime.timedelta(days=int(days * (bar.left + bar.width / 2) / 100))
        assert then(replaced, middle.isoformat()).edition == edition
