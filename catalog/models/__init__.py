"""Tables, their constraints, and the queries that ask for facts (QuerySets)."""

from catalog.models.activities import Conference, Initiative, Meeting, Partner
from catalog.models.any_text import Part, Text
from catalog.models.editing import Correction, LoadedRow, ProblemReport
from catalog.models.families import PublicationFamily
from catalog.models.history import (
    CatalogueState,
    DeletedEntry,
    FormerAddress,
    Revision,
    RowChange,
)
from catalog.models.identifiers import KnownIdentifier
from catalog.models.imports import Change, CuratedValues, ImportRun, SourceRecord
from catalog.models.membership import MembershipRight, MembershipType, Right
from catalog.models.names import PublicationName
from catalog.models.proxies import (
    Handbook,
    Question,
    Recommendation,
    Regulation,
    Report,
    Resolution,
    Supplement,
)
from catalog.models.publications import Publication
from catalog.models.relations import PublicationRelation, SeriesSupplement
from catalog.models.search import EntryKey, SearchEntry, SearchText, SearchWord
from catalog.models.structure import Body, Sector, Series, SeriesRange, StudyGroup
from catalog.models.subjects import Goal, Topic
from catalog.models.texts import Component, Edition

__all__ = [
    "Body",
    "CatalogueState",
    "Change",
    "Component",
    "Conference",
    "Correction",
    "CuratedValues",
    "DeletedEntry",
    "Edition",
    "EntryKey",
    "FormerAddress",
    "Goal",
    "Handbook",
    "ImportRun",
    "Initiative",
    "KnownIdentifier",
    "LoadedRow",
    "Meeting",
    "MembershipRight",
    "MembershipType",
    "Part",
    "Partner",
    "ProblemReport",
    "Publication",
    "PublicationFamily",
    "PublicationName",
    "PublicationRelation",
    "Question",
    "Recommendation",
    "Regulation",
    "Report",
    "Resolution",
    "Revision",
    "Right",
    "RowChange",
    "SearchEntry",
    "SearchText",
    "SearchWord",
    "Sector",
    "Series",
    "SeriesRange",
    "SeriesSupplement",
    "SourceRecord",
    "StudyGroup",
    "Supplement",
    "Text",
    "Topic",
]
