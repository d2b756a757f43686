"""Sentences on other texts with the same number (rule 9.3)."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _

from catalog.models import Publication
from catalog.terms import Kind
from catalog.wording.state_lines.line import StateLine, linked
from catalog.wording.state_lines.works import Neighbours, number_label
from catalog.works.standing import number_in_address


def lines_of_number(work: Publication, neighbours: Neighbours, shown: StateLine) -> list[StateLine]:
    """Return a sentence for each other work that carries or carried the number of this one.

    What the state line shows already is left out.
    """
    editions = list(work.editions.all())
    own = min((edition.date for edition in editions if edition.date), default=None)
    number = number_in_address(work, editions)
    return [
        _line(work, other, number, own)
        for other in neighbours.holders
        if other.get_absolute_url() != shown.link
    ]


def _line(
    work: Publication, other: Publication, number: str, own: datetime.date | None
) -> StateLine:
    label = number_label(work)
    if Kind.REPORT in (work.kind, other.kind) and work.kind != other.kind:
        sentence = _("%(number)s is also the code of %(link)s.")
        name = other.label
        if other.kind != Kind.REPORT:
            name = f"{other.get_kind_display()} {name}"
        return linked("", sentence, other.get_absolute_url(), name, number=label)
    years = _years(other.held_from, other.held_until)
    if other.slug == number:
        sentence = _("%(number)s is the number of %(link)s today.")
        words = _("another text (since %(year)s)") % {"year": other.held_from.year} if years else ""
        return linked(
            "", sentence, other.get_absolute_url(), words or _("another text"), number=label
        )
    sentence = _("%(number)s was also the number of %(link)s.")
    if years and own and other.held_until < own:
        words = _("an older text (%(years)s)") % {"years": years}
    elif years:
        words = _("another text (%(years)s)") % {"years": years}
    else:
        words = _("another text, %(label)s") % {"label": other.label}
    return linked("", sentence, other.get_absolute_url(), words, number=label)


def _years(first: datetime.date | None, last: datetime.date | None) -> str:
    if first is None or last is None:
        return ""
    return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
