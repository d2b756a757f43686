"""The state line of an edition, and the history of its status (rule 9.4)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from catalog.models import Edition, Publication
from catalog.terms import CURRENT_STATES, State
from catalog.wording.state_lines.line import StateLine, followed_by, gone, linked, with_doubt
from catalog.wording.state_lines.phrases import dates_in_words
from catalog.works.successors import NO_CHAIN, Chain


def line_of_edition(
    edition: Edition,
    work: Publication,
    same_text: Publication | None = None,
    chain: Chain = NO_CHAIN,
) -> StateLine:
    """Return the state line of a dated page; it never hides what is in force instead.

    `same_text` is the work as which the text is also published, if it is, `chain` what took the
    place of the work.
    """
    line = with_doubt(_line_of_edition(edition, work, same_text, chain), edition)
    line.notes.extend(gone(edition, work))
    return line if edition.state in CURRENT_STATES else followed_by(line, chain)


def _line_of_edition(
    edition: Edition, work: Publication, same_text: Publication | None, chain: Chain
) -> StateLine:
    if edition.state == State.SUPERSEDED:
        return _superseded(edition, work, same_text, chain)
    if edition.state == State.PRESUMED_CURRENT and work.family.states_published:
        text = _(
            "Latest version known. Our source gives no status for it; we presume it is current."
        )
        return StateLine(edition.state, text)
    if edition.state == State.IN_FORCE:
        return _in_force(edition, work.current_edition)
    words = {
        State.WITHDRAWN: _("Withdrawn (date not known)."),
        State.NOT_IN_FORCE: _("Not in force; ITU gives no reason and no later edition is known."),
        State.PRESUMED_CURRENT: _(
            "Latest version known. ITU publishes no status for it; we presume it is current."
        ),
        State.PRE_PUBLISHED: _("In force, pre-published text; ITU may still edit the wording."),
        "": _("An issue of a serial; issues stand side by side and none replaces another."),
    }
    return StateLine(edition.state, words[edition.state])


def _in_force(edition: Edition, current: Edition | None) -> StateLine:
    if current is None or current.pk == edition.pk:
        return StateLine(edition.state, _("In force."))
    return linked(
        edition.state,
        _("In force beside %(link)s: %(grounds)s."),
        current.get_absolute_url(),
        current.identifier,
        grounds=edition.state_grounds,
    )


def _superseded(
    edition: Edition, work: Publication, same_text: Publication | None, chain: Chain
) -> StateLine:
    current = work.current_edition
    if current is not None and current.pk != edition.pk:
        sentence = _("Superseded. The edition in force is %(link)s.")
        if current.state == State.PRESUMED_CURRENT:
            sentence = _("Superseded. The latest edition is %(link)s.")
        elif current.state not in CURRENT_STATES:
            sentence = _("Superseded; the newest edition, %(link)s, is not in force either.")
        return linked(edition.state, sentence, current.get_absolute_url(), current.identifier)
    if chain:
        return StateLine(edition.state, _("Superseded."))
    if same_text is not None:
        return linked(
            edition.state,
            _("Superseded; the text is also published as %(link)s."),
            same_text.get_absolute_url(),
            same_text.label,
        )
    return StateLine(edition.state, _("Superseded; what replaced it is not in this catalogue."))


def what_changed_when(edition: Edition, following: Edition | None) -> list[str]:
    """Return the history of an edition's state as far as the dates show it, a sentence each."""
    sentences = [_("%(edition)s: %(dates)s.") % _named(edition)]
    if following is not None:
        sentences.append(_("Followed by %(edition)s: %(dates)s.") % _named(following))
    sentences.append(_("The day on which ITU changed the status is not known."))
    return sentences


def _named(edition: Edition) -> dict[str, str]:
    return {"edition": edition.identifier, "dates": dates_in_words(edition)}
