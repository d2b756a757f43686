"""Meetings and years in the tense of the day on which they are read."""

from __future__ import annotations

import datetime

import pytest

from catalog.models import Conference, Edition, Meeting, Publication
from catalog.wording.meetings import (
    course_in_short,
    course_in_words,
    days_in_words,
    years_in_words,
)
from tests.found import some
from tests.pages.reading import main_text, page
from tests.pages.works import move_version

pytestmark = pytest.mark.django_db

BEFORE, DURING, AFTER = (datetime.date(2026, 11, day) for day in (8, 20, 28))


def meeting(**fields) -> Meeting:
    """Return a meeting of November 2026 that is not stored."""
    days = {"starts": datetime.date(2026, 11, 9), "ends": datetime.date(2026, 11, 27)}
    return Meeting(**{"year": 2026, "status": "planned", **days, **fields})


SENTENCES = [
    (BEFORE, "planned", False, "Planned for 9–27 November 2026."),
    (BEFORE, "held", False, "Planned for 9–27 November 2026."),
    (DURING, "planned", False, "Planned for 9–27 November 2026, so it should be under way."),
    (DURING, "held", False, "Under way."),
    (
        AFTER,
        "planned",
        False,
        "Was planned for 9–27 November 2026; no result in this catalogue yet.",
    ),
    (AFTER, "planned", True, "Held."),
    (AFTER, "held", False, "Held."),
]


@pytest.mark.parametrize(("today", "status", "has_outcome", "words"), SENTENCES)
def test_a_meeting_is_told_in_the_tense_of_today(today, status, has_outcome, words):
    found = meeting(status=status)
    assert course_in_words(found, today, has_outcome=has_outcome) == words
    short = course_in_short(found, today, has_outcome=has_outcome)
    assert bool(short) == (words != "Held.")


def test_a_meeting_whose_days_are_not_known_is_told_by_its_year():
    found = meeting(starts=None, ends=None)
    for year, words in (
        (2025, "Planned for 2026."),
        (2026, "Planned for 2026; the days are not known."),
        (2027, "Was planned for 2026; no result in this catalogue yet."),
    ):
        today = datetime.date(year, 6, 1)
        assert course_in_words(found, today, has_outcome=False) == words


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        ("2026-11-09", "2026-11-09", "9 November 2026"),
        ("2027-10-18", "2027-11-12", "18 October – 12 November 2027"),
        ("2026-12-28", "2027-01-05", "28 December 2026 – 5 January 2027"),
        ("2026-11-09", None, "9 November 2026"),
    ],
)
def test_days_in_words(starts, ends, words):
    days = [datetime.date.fromisoformat(day) if day else None for day in (starts, ends)]
    assert days_in_words(meeting(starts=days[0], ends=days[1])) == words


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        (1993, 2007, "1993–2007"),
        (1993, None, "since 1993"),
        (2026, None, "since 2026"),
        (2028, None, "from 2028"),
        (None, 2007, "until 2007"),
        (None, None, ""),
    ],
)
def test_years_in_words(since, until, words):
    assert years_in_words(since, until, DURING) == words


def test_pages_say_what_was_planned_and_what_came_of_it(client):
    conference = Conference.objects.create(key="tide-talks", name="Tide talks", kind="forum")
    year = datetime.date.today().year
    past, ahead = (
        Meeting.objects.create(
            key=f"tide-talks-{number}",
            name=f"Tide talks {number}",
            year=number,
            conference=conference,
            starts=datetime.date(number, 5, 1),
            ends=datetime.date(number, 5, 2),
            status="planned",
        )
        for number in (year - 1, year + 1)
    )
    move_version()
    table = main_text(client.get("/conferences/tide-talks/"))
    assert f"Tide talks {year + 1} (planned)" in table
    assert "(was planned; no result in this catalogue yet)" in table
    words = main_text(client.get(past.get_absolute_url()))
    assert f"Was planned for 1–2 May {year - 1}; no result in this catalogue yet." in words
    assert f"Planned for 1–2 May {year + 1}." in main_text(client.get(ahead.get_absolute_url()))
    past.outcomes.add(Publication.objects.first())
    move_version()
    assert "Status Held." in main_text(client.get(past.get_absolute_url()))
    assert "no result" not in main_text(client.get("/conferences/tide-talks/"))


def test_a_meeting_that_did_not_take_place_is_told_in_one_way_and_not_counted(client):
    rows = Meeting.objects.filter(status="not-held", conference__isnull=False)
    for row in some(rows):
        text = main_text(client.get(row.get_absolute_url()))
        assert "Did not take place." in text
        assert "may still exist" not in text
        assert "not known" not in text
        parent = page(client.get(row.conference.get_absolute_url()))
        held = row.conference.meetings.exclude(status="not-held")
        shown = parent.select_one("#meetings .count").get_text()
        assert int(shown) == held.count()
        listed = Conference.objects.for_list().get(pk=row.conference_id)
        assert listed.meeting_count == held.count()


def test_no_edition_lies_ahead():
    """What is only planned is no edition, and nobody can cite it."""
    assert not Edition.objects.filter(approved__gt=datetime.date.today()).exists()
    assert not Edition.objects.filter(identifier__endswith="(planned))").exists()
