"""The sentence under every heading: is the text in force, and if not, what is.

Words and cases: page design, sections 3.4, 3.5 and 7. Every sentence is whole, so that it can
be translated, with at most one link in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.dates import date_words
from catalog.models import Component, Edition, Publication
from catalog.terms import IN_FORCE_STATES, ComponentType, Kind, State


@dataclass(frozen=True)
class StateLine:
    """One sentence: words, then at most one link, then more words."""

    state: str
    before: str
    link: str = ""
    link_label: str = ""
    after: str = ""

    @property
    def asks_to_act(self) -> bool:
        """Whether the reader should go elsewhere; such lines get the tinted ground."""
        return self.state != State.IN_FORCE


def line_of_work(work: Publication, components: Iterable[Component]) -> StateLine:
    """Return the state line of an undated page."""
    edition = work.current_edition
    if edition is None:
        return StateLine("", _("This catalogue knows the work but holds no edition of it."))
    when = date_words(edition.date, edition.precision)
    if edition.state == State.IN_FORCE:
        parts = [c for c in components if c.edition_id == edition.pk and c.is_in_force]
        return StateLine(edition.state, _in_force(edition, when, parts), after=_renumbered(work))
    if edition.state == State.PRE_PUBLISHED:
        text = _(
            "In force, pre-published: edition of %(when)s. Wording may still be edited by ITU."
        ) % {"when": when}
        return StateLine(edition.state, text, after=_renumbered(work))
    if edition.state == State.PRESUMED_CURRENT:
        return StateLine(edition.state, _presumed(work, edition, when))
    return StateLine(edition.state, *_not_in_force(work, edition, when))


def line_of_edition(edition: Edition, work: Publication) -> StateLine:
    """Return the state line of a dated page; it never hides what is in force instead."""
    current = work.current_edition
    is_current = current is not None and current.pk == edition.pk
    if edition.state == State.SUPERSEDED and current is not None and not is_current:
        return StateLine(
            edition.state, _("Superseded by"), current.get_absolute_url(), current.identifier, "."
        )
    if edition.state == State.SUPERSEDED:
        return StateLine(edition.state, _("Superseded; what replaced it is not held here."))
    if edition.state == State.WITHDRAWN:
        return StateLine(edition.state, _("Withdrawn (date not known)."))
    if edition.state == State.NOT_IN_FORCE:
        return StateLine(
            edition.state, _("Not in force; ITU gives no reason and no later edition is known.")
        )
    if edition.state == State.PRESUMED_CURRENT:
        return StateLine(
            edition.state,
            _("Latest version known. ITU publishes no state for it; we presume it is current."),
        )
    if edition.state == State.PRE_PUBLISHED:
        return StateLine(
            edition.state, _("In force, pre-published text; wording may still be edited by ITU.")
        )
    if edition.state == State.IN_FORCE and not is_current and current is not None:
        return StateLine(
            edition.state,
            _("In force beside"),
            current.get_absolute_url(),
            current.identifier,
            f": {edition.state_grounds}.",
        )
    if edition.state == State.IN_FORCE:
        return StateLine(edition.state, _("In force."))
    return StateLine(
        "", _("An issue of a serial; issues stand side by side and none replaces another.")
    )


def line_of_component(component: Component) -> StateLine:
    """Return the state line of an amendment, corrigendum, annex and the like."""
    edition = component.edition
    if component.is_in_force and edition is not None:
        return StateLine(
            component.state,
            _("In force, together with"),
            edition.get_absolute_url(),
            edition.identifier,
            ".",
        )
    current = component.publication.current_edition
    if component.state == State.SUPERSEDED and current is not None:
        return StateLine(
            component.state,
            _("Superseded; the work stands today as"),
            current.get_absolute_url(),
            current.identifier,
            ".",
        )
    return StateLine(component.state, f"{_(State(component.state).label)}.")


def _in_force(edition: Edition, when: str, parts: list[Component]) -> str:
    counted = count_in_words(parts)
    if counted:
        return _("In force: edition of %(when)s, with %(parts)s.") % {
            "when": when,
            "parts": counted,
        }
    if edition.version is not None and edition.publication.sector.code == "itu-r":
        return _("In force: version %(version)s, approved %(when)s.") % {
            "version": edition.version,
            "when": when,
        }
    return _("In force: edition of %(when)s.") % {"when": when}


def _presumed(work: Publication, edition: Edition, when: str) -> str:
    kinds = {
        Kind.REPORT: _("Reports"),
        Kind.HANDBOOK: _("Handbooks"),
        Kind.QUESTION: _("Questions"),
        Kind.RESOLUTION: _("Resolutions"),
    }
    if edition.version is not None and work.kind in kinds:
        return _(
            "Latest known version: %(version)s. ITU publishes no state for %(kind)s; "
            "we presume it is current."
        ) % {"version": edition.version, "kind": kinds[work.kind]}
    return _(
        "Latest known edition: %(when)s. ITU publishes no state for it; we presume it is current."
    ) % {"when": when}


def _not_in_force(work: Publication, edition: Edition, when: str) -> tuple[str, ...]:
    label = work.label
    if edition.state == State.WITHDRAWN:
        return (
            _(
                "Withdrawn (date not known). No text of %(label)s is in force; "
                "the newest edition is of %(when)s."
            )
            % {"label": label, "when": when},
        )
    if edition.state == State.SUPERSEDED:
        return (
            _(
                "Superseded. No edition of %(label)s is in force; the newest one, of %(when)s, "
                "was replaced by another text."
            )
            % {"label": label, "when": when},
        )
    if edition.state == State.NOT_IN_FORCE:
        return (
            _("Not in force. ITU gives no reason; the newest edition of %(label)s is of %(when)s.")
            % {"label": label, "when": when},
        )
    return (
        _("A serial: its issues stand side by side. The newest known is of %(when)s.")
        % {"when": when},
    )


def _renumbered(work: Publication) -> str:
    former = [name.name for name in work.names.all() if name.kind == "former"]
    if not former:
        return ""
    return " " + _("Earlier called %(names)s.") % {"names": ", ".join(former[:4])}


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


def in_force(parts: Iterable[Component]) -> list[Component]:
    """Return the components that are in force."""
    return [part for part in parts if part.state in IN_FORCE_STATES]
