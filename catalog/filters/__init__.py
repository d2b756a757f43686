"""Lists that readers narrow: django-filter FilterSets with facets."""

from catalog.filters.changes import ChangeFilter
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
    "ChangeFilter",
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
