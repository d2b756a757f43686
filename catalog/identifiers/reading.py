"""One door to the grammar: any printed identifier to its parts."""

from __future__ import annotations

from catalog.identifiers.itu_r import RadioIdentifier, RadioPaper, parse_itu_r
from catalog.identifiers.itu_t import StandardIdentifier, parse_itu_t
from catalog.identifiers.others import PublicationCode, parse_other
from catalog.terms import Kind

Identifier = StandardIdentifier | RadioIdentifier | RadioPaper | PublicationCode


def parse_identifier(text: str, kind: Kind | None = None) -> Identifier:
    """Read an identifier of any Sector; its `text` gives it back.

    `kind` distinguishes ITU-R texts that share a code. Raises IdentifierError for a text of no
    known form.
    """
    if text.startswith("ITU-T "):
        return parse_itu_t(text)
    if "ITU-R " in text:
        return parse_itu_r(text, kind)
    return parse_other(text)
