"""Facts, constraints and questions about facts."""

from catalog.models.activities import Conference, Initiative, Meeting, Partner
from catalog.models.editing import LoadedRow, ProblemReport
from catalog.models.families import PublicationFamily
from catalog.models.membership import MembershipRight, MembershipType, Right
from catalog.models.proxies import (
    Handbook,
    Question,
    Recommendation,
    Regulation,
    Report,
    Resolution,
    Supplement,
)
from catalog.models.publications import Component, Edition, Publication, PublicationName
from catalog.models.search import EntryKey, SearchEntry
from catalog.models.structure import Body, Sector, Series, SeriesRange, StudyGroup
from catalog.models.subjects import Goal, Topic

__all__ = [
    "Body",
    "Component",
    "Conference",
    "Edition",
    "EntryKey",
    "Goal",
    "Handbook",
    "Initiative",
    "LoadedRow",
    "Meeting",
    "MembershipRight",
    "MembershipType",
    "Partner",
    "ProblemReport",
    "Publication",
    "PublicationFamily",
    "PublicationName",
    "Question",
    "Recommendation",
    "Regulation",
    "Report",
    "Resolution",
    "Right",
    "SearchEntry",
    "Sector",
    "Series",
    "SeriesRange",
    "StudyGroup",
    "Supplement",
    "Topic",
]
