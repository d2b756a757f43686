"""The words for looking up and for editing: identifiers, outcomes, actors, entries."""

from __future__ import annotations

from catalog.terms.vocabulary import Vocabulary, _


class IdentifierRole(Vocabulary):
    """How a key of the resolver belongs to its text."""

    PRESENT = "present", _("Number it has")
    HALF = "half", _("Part of the dual number it has")
    FORMER = "former", _("Number it had")
    ISO = "iso", _("ISO/IEC twin")
    DRAFT = "draft", _("Draft code")
    NAME = "name", _("Name")
    COMMON = "common", _("Name in use")
    LINK = "link", _("Link")


class Outcome(Vocabulary):
    """How the resolver answers a text that somebody typed or pasted."""

    WORK = "work", _("Work")
    EDITION = "edition", _("Edition")
    COMPONENT = "component", _("Component")
    CANDIDATES = "candidates", _("Several candidates")
    NOT_HELD = "not-held", _("Known, but not in this catalogue")
    UNKNOWN = "unknown", _("Not known")


class Actor(Vocabulary):
    """Who or what changes content."""

    EDITOR = "editor", _("Editor")
    IMPORT = "import", _("Import of the data set")
    LOAD = "load", _("Curated content loaded")
    UPKEEP = "upkeep", _("Maintenance")


class RowAction(Vocabulary):
    """What happened to a row."""

    ADDED = "added", _("Added")
    CHANGED = "changed", _("Changed")
    DELETED = "deleted", _("Deleted")


class EntryKind(Vocabulary):
    """The kinds of things that have a page of their own; the order is that of search results."""

    SECTOR = "sector", _("Sector")
    PUBLICATION = "publication", _("Publication")
    INITIATIVE = "initiative", _("Initiative")
    TOPIC = "topic", _("Topic")
    STUDY_GROUP = "study-group", _("Group")
    BODY = "body", _("Body")
    SERIES = "series", _("Series")
    FAMILY = "family", _("Collection")
    CONFERENCE = "conference", _("Conference")
    MEETING = "meeting", _("Meeting")
    PARTNER = "partner", _("Partner")
    MEMBERSHIP = "membership", _("Membership type")
    GOAL = "goal", _("Sustainable Development Goal")
    EDITION = "edition", _("Edition")
    COMPONENT = "component", _("Component")
