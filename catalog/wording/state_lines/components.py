"""The state line of a component: amendment, corrigendum, annex and the like (rule 9.4)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from catalog.models import Component
from catalog.terms import CURRENT_STATES, State
from catalog.wording.state_lines.line import StateLine, followed_by, gone, linked, with_doubt
from catalog.works.successors import NO_CHAIN, Chain


def line_of_component(component: Component, chain: Chain = NO_CHAIN) -> StateLine:
    """Return the state line of an amendment, corrigendum, annex and the like.

    Its edition and its work with the standing edition must be at hand. `chain` is what took the
    place of the work.
    """
    line = with_doubt(_line_of_component(component), component)
    line.notes.extend(gone(component, component.publication))
    return line if component.is_in_force else followed_by(line, chain)


def _line_of_component(component: Component) -> StateLine:
    edition, current = component.edition, component.publication.current_edition
    if component.is_in_force and edition is not None:
        sentence = _("In force, together with %(link)s.")
        if component.state == State.PRE_PUBLISHED:
            sentence = _("In force, pre-published, together with %(link)s.")
        return linked(component.state, sentence, edition.get_absolute_url(), edition.identifier)
    if component.is_in_force:
        text = _("In force; the text that it changes or completes is not in this catalogue.")
        return StateLine(component.state, text)
    if component.state == State.SUPERSEDED and current is not None:
        return linked(
            component.state,
            _("Superseded; the current edition is %(link)s.")
            if current.state in CURRENT_STATES
            else _("Superseded; the newest edition, %(link)s, is not in force either."),
            current.get_absolute_url(),
            current.identifier,
        )
    if component.state == State.WITHDRAWN:
        return StateLine(component.state, _("Withdrawn (date not known)."))
    label = _(State(component.state).label) if component.state else _("Status not known")
    return StateLine(component.state, f"{label}.")
