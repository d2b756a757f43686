"""The state line of a work as it stood on a day (rules 10.2 and 10.3)."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from catalog.models import Publication
from catalog.terms import Precision, State
from catalog.wording.state_lines.line import StateLine, followed_by, linked, with_doubt
from catalog.wording.state_lines.phrases import count_in_words, dates_in_words
from catalog.works.on_day import Basis, OnDay
from catalog.works.successors import NO_CHAIN, Chain


def line_of_day(work: Publication, then: OnDay, chain: Chain = NO_CHAIN) -> StateLine:
    """Return what is known of a work on a day, with a link to the edition of that day.

    `chain` is what is known to have taken its place by then.
    """
    if then.edition is None:
        return _without_edition(work, then)
    edition = then.edition
    if then.basis is Basis.IN_FORCE and then.parts:
        sentence = _("In force on %(day)s: %(link)s, %(dates)s, with %(parts)s.")
    else:
        sentence = _(SENTENCES[then.basis])
    line = linked(
        then.state,
        sentence,
        edition.get_absolute_url(),
        edition.identifier,
        day=date_format(then.day, "j F Y"),
        dates=dates_in_words(edition),
        parts=count_in_words(then.parts),
        today=_(State(edition.state).label) if edition.state else "",
        since=date_format(then.known_from, "j F Y"),
    )
    line.notes.extend(_notes(then))
    line = with_doubt(line, edition)
    return line if then.basis is Basis.IN_FORCE else followed_by(line, chain)


SENTENCES = {
    Basis.IN_FORCE: gettext_noop("In force on %(day)s: %(link)s, %(dates)s."),
    Basis.ENDED: gettext_noop(
        "Not in force on %(day)s (%(today)s): the newest edition is %(link)s, %(dates)s. That is "
        "known from %(since)s on; when it ceased to be in force is not known."
    ),
    Basis.END_UNKNOWN: gettext_noop(
        "Newest edition on %(day)s: %(link)s, %(dates)s. It is not in force today "
        "(%(today)s); when it ceased to be is not known, so its status on that day is not "
        "known either."
    ),
    Basis.GAP: gettext_noop(
        "Newest edition in this catalogue for %(day)s: %(link)s, %(dates)s. The one that followed "
        "it, or the day of its approval, is not known, so its status on that day is not known "
        "either."
    ),
    Basis.LATEST_KNOWN: gettext_noop(
        "Latest version known on %(day)s: %(link)s, %(dates)s. No status is published for it."
    ),
    Basis.ISSUE: gettext_noop("Newest issue known on %(day)s: %(link)s, %(dates)s."),
}


def _without_edition(work: Publication, then: OnDay) -> StateLine:
    words = {"day": date_format(then.day, "j F Y"), "label": work.label}
    if then.basis is Basis.NO_EDITION:
        text = _(
            "No dated edition of %(label)s is in this catalogue, so nothing is known for %(day)s."
        )
        return StateLine("", text % words)
    first = then.following
    sentence = _(
        "Nothing of %(label)s was in force on %(day)s, as far as is known: "
        "the first edition is %(link)s, %(dates)s."
    )
    if then.basis is Basis.BEFORE_FIRST_HELD:
        sentence = _(
            "No edition of %(label)s in this catalogue is as old as %(day)s, so nothing is known "
            "for that day; the first one is %(link)s, %(dates)s."
        )
    dates = dates_in_words(first)
    return linked("", sentence, first.get_absolute_url(), first.identifier, dates=dates, **words)


def _notes(then: OnDay) -> list[str]:
    if not then.is_within_precision:
        return []
    if then.edition.precision == Precision.YEAR:
        return [
            _("Only the year of its date is known; it may have been published later in that year.")
        ]
    return [
        _("Only the month of its date is known; it may have been published later in that month.")
    ]
