"""Meetings and spans of years in the tense that fits today; nothing of it is stored.

The status of a meeting says what the source knew when it was read: a meeting that was planned then
may be over by now, and nobody has told this catalogue what came of it.
"""

from __future__ import annotations

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from catalog.models import Meeting
from catalog.rules.course_of_time import Course, course_of
from catalog.terms import MeetingStatus


def course_in_words(meeting: Meeting, today: datetime.date, *, has_outcome: bool) -> str:
    """Return whether a meeting lies ahead, is under way or was held, in a sentence."""
    course = course_of(meeting.starts, meeting.ends, meeting.year, today)
    words = {"days": days_in_words(meeting)}
    if meeting.was_not_held:
        return _("Did not take place.")
    if course is Course.AHEAD:
        return _("Planned for %(days)s.") % words
    if meeting.status == MeetingStatus.HELD or has_outcome:
        return _("Under way.") if course is Course.UNDER_WAY else _("Held.")
    if course is Course.UNDER_WAY:
        return _("Planned for %(days)s, so it should be under way.") % words
    if course is Course.SOME_TIME_THIS_YEAR:
        return _("Planned for %(days)s; the days are not known.") % words
    return _("Was planned for %(days)s; no result in this catalogue yet.") % words


def course_in_short(meeting: Meeting, today: datetime.date, *, has_outcome: bool) -> str:
    """Return the same in a word or two for tables; nothing of a meeting that was held."""
    course = course_of(meeting.starts, meeting.ends, meeting.year, today)
    if meeting.was_not_held:
        return _("did not take place")
    if course is Course.AHEAD:
        return _("planned")
    if course is Course.UNDER_WAY:
        return _("under way")
    if meeting.status == MeetingStatus.HELD or has_outcome:
        return ""
    if course is Course.SOME_TIME_THIS_YEAR:
        return _("planned")
    return _("was planned; no result in this catalogue yet")


def days_in_words(meeting: Meeting) -> str:
    """Return the days of a meeting as exactly as they are known: 9–27 November 2026, 2026."""
    first, last = meeting.starts or meeting.ends, meeting.ends or meeting.starts
    if first is None or last is None:
        return meeting.dates_text or str(meeting.year)
    until = date_format(last, "j F Y")
    if first == last:
        return until
    if first.year != last.year:
        return f"{date_format(first, 'j F Y')} – {until}"
    if first.month != last.month:
        return f"{date_format(first, 'j F')} – {until}"
    return f"{first.day}–{until}"


def years_in_words(since: int | None, until: int | None, today: datetime.date) -> str:
    """Return a span of years: 1993–2007, since 1993, from 2028, until 2007; nothing of none."""
    if since and until:
        return f"{since}–{until}"
    if since:
        words = _("since %(year)s") if since <= today.year else _("from %(year)s")
        return words % {"year": since}
    return _("until %(year)s") % {"year": until} if until else ""
