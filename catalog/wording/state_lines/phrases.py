"""Phrases that state lines share: what goes with an edition, and its dates, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.models import Component, Edition
from catalog.terms import ComponentType, DoubtedField, Precision
from catalog.wording.dates import date_words


def when(part: Edition | Component) -> str:
    """Return the date that distinguishes a text, in words; of one of posting it says so."""
    words = date_words(part.date, part.precision) or _("unknown date")
    return _("%(date)s (posted)") % {"date": words} if part.is_dated_by_posting else words


def dates_in_words(part: Edition | Component) -> str:
    """Return `approved December 2017, posted March 2021`: each date with what it is."""
    approved = _date(part, DoubtedField.APPROVED)
    posted = _date(part, DoubtedField.POSTED)
    words = {"approved": approved, "posted": posted}
    if approved and part.approved_precision == Precision.YEAR:
        # Of publication or adoption; nobody says that it is that of approval.
        if posted and part.approved != part.posted:
            return _("dated %(approved)s, posted %(posted)s") % words
        return _("dated %(approved)s") % words
    if approved and posted and part.approved != part.posted:
        return _("approved %(approved)s, posted %(posted)s") % words
    if approved:
        return _("approved %(approved)s") % words
    if posted:
        return _("posted %(posted)s, date of approval not known") % words
    return _("date not known")


def _date(part: Edition | Component, name: DoubtedField) -> str:
    words = date_words(getattr(part, name), getattr(part, f"{name}_precision"))
    is_doubted = words and name in part.doubted_fields
    return _("%(date)s (doubted)") % {"date": words} if is_doubted else words


def count_in_words(parts: Iterable[Component]) -> str:
    """Return what goes with an edition in words: `2 amendments and 2 appendices`."""
    counts = Counter(part.type for part in parts)
    words = [_count(kind, counts[kind]) for kind in ComponentType if counts[kind]]
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def _count(kind: ComponentType, number: int) -> str:
    phrases = {
        ComponentType.AMENDMENT: ngettext("%d amendment", "%d amendments", number),
        ComponentType.CORRIGENDUM: ngettext("%d corrigendum", "%d corrigenda", number),
        ComponentType.ERRATUM: ngettext("%d erratum", "%d errata", number),
        ComponentType.ANNEX: ngettext("%d annex", "%d annexes", number),
        ComponentType.APPENDIX: ngettext("%d appendix", "%d appendices", number),
        ComponentType.SUPPLEMENT: ngettext("%d supplement", "%d supplements", number),
        ComponentType.ADDENDUM: ngettext("%d addendum", "%d addenda", number),
        ComponentType.ATTACHMENT: ngettext("%d attachment", "%d attachments", number),
    }
    return phrases[kind] % number
