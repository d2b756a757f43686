"""Why a work stands under a topic, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from catalog.models import TopicOfWork
from catalog.terms import TopicBasis


def grounds_words(link: TopicOfWork) -> str:
    """Return why a work stands under a topic: “its title says ‘distributed ledger’”.

    Empty for a link that was not worked out yet.
    """
    basis, words = link.basis, link.words
    if basis == TopicBasis.TITLE:
        return _("its title says ‘%(words)s’") % {"words": words}
    if basis == TopicBasis.NUMBER:
        is_range = "–" in words
        sentence = _("its number lies in %(words)s") if is_range else _("its number is %(words)s")
        return sentence % {"words": words}
    return {
        TopicBasis.SERIES: _("in the %(words)s series"),
        TopicBasis.GROUP: _("by its group"),
        TopicBasis.KIND: _("by its kind"),
        TopicBasis.FAMILY: _("by its collection"),
        TopicBasis.EDITOR: _("chosen by an editor"),
    }.get(basis, "") % {"words": words}
