"""The grammar of ITU identifiers: text to parts, parts to text and address.

Plain Python; knows the data set notes (sections 4 to 6) and the address rules of the portal.
"""

from catalog.identifiers.itu_r import RadioIdentifier, parse_itu_r
from catalog.identifiers.itu_t import (
    ComponentToken,
    IdentifierError,
    StandardIdentifier,
    parse_itu_t,
)
from catalog.identifiers.spelling import compact, number_sort_key

__all__ = [
    "ComponentToken",
    "IdentifierError",
    "RadioIdentifier",
    "StandardIdentifier",
    "compact",
    "number_sort_key",
    "parse_itu_r",
    "parse_itu_t",
]
