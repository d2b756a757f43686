"""Facts, constraints and questions about facts."""

from catalog.models.activities import Conference, Initiative, Meeting, Partner
from catalog.models.editing import Correction, LoadedRow, ProblemReport
from catalog.models.families import PublicationFamily
from catalog.models.identifiers import KnownIdentifier
from catalog.models.imports import Change, ImportRun, SourceRecord
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
from catalog.models.publications import Component, Edition, Publication
from catalog.models.relations import PublicationRelation, SeriesSupplement
from catalog.models.search import EntryKey, SearchEntry, SearchText, SearchWord
from catalog.models.structure import Body, Sector, Series, SeriesRange, StudyGroup
from catalog.models.subjects import Goal, Topic

__all__ = [
    "Body",
    "Change",
    "Component",
    "Conference",
    "Correction",
    "Edition",
    "EntryKey",
    "Goal",
    "Handbook",
    "ImportRun",
    "Initiative",
    "KnownIdentifier",
    "LoadedRow",
    "Meeting",
    "MembershipRight",
    "MembershipType",
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
    "Right",
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
    "Topic",
]
