"""Lists that readers narrow: django-filter FilterSets with facets."""

from catalog.filters.facets import Chip, Choice, Facet, ListFilter
from catalog.filters.lists import (
    ClaimFilter,
    ConferenceFilter,
    InitiativeFilter,
    PartnerFilter,
    PublicationFilter,
    SearchFilter,
    TopicFilter,
)

__all__ = [
    "Chip",
    "Choice",
    "ClaimFilter",
    "ConferenceFilter",
    "Facet",
    "InitiativeFilter",
    "ListFilter",
    "PartnerFilter",
    "PublicationFilter",
    "SearchFilter",
    "TopicFilter",
]
