"""The grammar of ITU identifiers: text to parts, parts to text and address.

Plain Python. Rules 1.1 to 1.8 on identifiers, 8.1 to 8.5 on addresses (docs/rules.md).
"""

from catalog.identifiers.folding import compact, number_sort_key
from catalog.identifiers.itu_r import RadioIdentifier, RadioPaper, parse_itu_r
from catalog.identifiers.itu_t import (
    ComponentToken,
    IdentifierError,
    StandardIdentifier,
    parse_itu_t,
)
from catalog.identifiers.links import RecommendationLink, read_link
from catalog.identifiers.others import PublicationCode, parse_other
from catalog.identifiers.reading import Identifier, parse_identifier

__all__ = [
    "ComponentToken",
    "Identifier",
    "IdentifierError",
    "PublicationCode",
    "RadioIdentifier",
    "RadioPaper",
    "RecommendationLink",
    "StandardIdentifier",
    "compact",
    "number_sort_key",
    "parse_identifier",
    "parse_itu_r",
    "parse_itu_t",
    "parse_other",
    "read_link",
]
