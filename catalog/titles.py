"""Titles for display, made where the source has none (data set notes, section 9)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from catalog.identifiers import ComponentToken, IdentifierError, parse_itu_t
from catalog.models import Component, Publication
from catalog.terms import ComponentType


def component_title(part: Component, work: Publication) -> str:
    """Return the component's own title, or one made of its type, its number and its base.

    `Corrigendum 1 to ITU-T E.115 (2006)`; where the identifier does not tell, of its type and
    the work: `Corrigendum to ITU-T E.115`. The edition of `part` must be at hand.
    """
    if part.title:
        return part.title
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
