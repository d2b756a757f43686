"""Tables, their constraints, and the queries that ask for facts (QuerySets)."""

from catalog.models.activities import Conference, Initiative, Meeting, Partner
from catalog.models.any_text import Part, Text
from catalog.models.common_names import CommonName, OthersName, TextFamily
from catalog.models.editing import Correction, LoadedRow, ProblemReport
from catalog.models.entry_relations import EntryRelation
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
from catalog.models.sources import Source, SourceUse
from catalog.models.structure import Body, Sector, Series, SeriesRange, StudyGroup
from catalog.models.subjects import Goal, Topic
from catalog.models.successors import Successor
from catalog.models.texts import Component, Edition
from catalog.models.topic_rules import TopicChoice, TopicOfWork, TopicRule

__all__ = [
    "Body",
    "CatalogueState",
    "Change",
    "CommonName",
    "Component",
    "Conference",
    "Correction",
    "CuratedValues",
    "DeletedEntry",
    "Edition",
    "EntryKey",
    "EntryRelation",
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
    "OthersName",
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
    "Source",
    "SourceRecord",
    "SourceUse",
    "StudyGroup",
    "Successor",
    "Supplement",
    "Text",
    "TextFamily",
    "Topic",
    "TopicChoice",
    "TopicOfWork",
    "TopicRule",
]
