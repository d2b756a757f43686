"""Lists that readers narrow: django-filter FilterSets with facets."""

from catalog.filters.changes import ChangeFilter
from catalog.filters.facet_types import Chip, Facet, ListFilter, Option
from catalog.filters.list_facets import (
    ClaimFilter,
    ConferenceFilter,
    InitiativeFilter,
    NotFoundFilter,
    PartnerFilter,
    PublicationFilter,
    SearchFilter,
    TopicFilter,
)

__all__ = [
    "ChangeFilter",
    "Chip",
    "ClaimFilter",
    "ConferenceFilter",
    "Facet",
    "InitiativeFilter",
    "ListFilter",
    "NotFoundFilter",
    "Option",
    "PartnerFilter",
    "PublicationFilter",
    "SearchFilter",
    "TopicFilter",
]
