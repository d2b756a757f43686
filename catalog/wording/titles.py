"""Titles for display: made where the source has none, replaced where it is doubted.

Rules 5.1 to 5.3 (docs/rules.md). `standing.name_in_place` does it for works. An edition without a
title of its own, or with a doubted one, has that of its work; that of a component is made of type,
number and base.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from catalog.identifiers import ComponentToken, IdentifierError, parse_itu_t
from catalog.models import Component, Edition, Publication, Text
from catalog.terms import ComponentType


def title_of(text: Text, work: Publication) -> str:
    """Return the title under which a text is shown and cited; `work` is the text or its work.

    Where a work has none, or only a doubted one, it is the identifier.
    """
    if isinstance(text, Component):
        return component_title(text, work)
    if isinstance(text, Edition):
        return text.shown_title or work.shown_name
    return work.shown_name


def component_title(part: Component, work: Publication) -> str:
    """Return the component's own title, else one made of its type, its number and its base.

    `Corrigendum 1 to ITU-T E.115 (2006)`; where the identifier does not say so, of its type and
    the work: `Corrigendum to ITU-T E.115`. The edition of `part` must be at hand.
    """
    if part.shown_title:
        return part.shown_title
    return _made_of_identifier(part) or _("%(type)s to %(work)s") % {
        "type": part.get_type_display(),
        "work": work.label,
    }


def _made_of_identifier(part: Component) -> str:
    try:
        parsed = parse_itu_t(part.identifier)
    except IdentifierError:
        return ""
    if not parsed.components:
        return ""
    *chain, last = parsed.components
    base = f"ITU-T {parsed.number}"
    if parsed.supplement:
        base = f"{base} Suppl. {parsed.supplement}"
    year = next((token.base_year for token in parsed.components if token.base_year), None)
    if year is None and part.edition is not None and part.edition.date:
        year = part.edition.date.year
    if year:
        base = f"{base} ({year})"
    sentence = _("%(part)s to %(base)s")
    if chain:
        return sentence % {
            "part": _token(last),
            "base": _("%(part)s of %(base)s")
            % {"part": ", ".join(map(_token, reversed(chain))), "base": base},
        }
    return sentence % {"part": _token(last), "base": base}


def _token(token: ComponentToken) -> str:
    return f"{_(ComponentType(token.type).label)} {token.number}".strip()
