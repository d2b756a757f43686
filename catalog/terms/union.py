"""The words for the Union: groups, bodies, initiatives, partners, conferences, membership."""

from __future__ import annotations

from catalog.terms.vocabulary import Vocabulary, _


class GroupKind(Vocabulary):
    """The kinds of groups of a Sector that own or prepare texts."""

    STUDY_GROUP = "study-group", _("Study group")
    ADVISORY_GROUP = "advisory-group", _("Advisory group")
    COMMITTEE = "committee", _("Committee")
    PREPARATORY_MEETING = "preparatory-meeting", _("Preparatory meeting")


class BodyKind(Vocabulary):
    """The standing bodies of the Union that are not groups or conferences."""

    GOVERNING = "governing-body", _("Governing body")
    BUREAU = "bureau", _("Bureau or secretariat")
    BOARD = "board", _("Board")
    COMMITTEE = "committee", _("Committee")
    COORDINATION = "coordination-group", _("Coordination group")
    OFFICES = "offices", _("Offices")
    GROUPS = "groups", _("Study groups as a whole")


class InitiativeKind(Vocabulary):
    """What ITU or others set up beside publications and conferences."""

    PROGRAMME = "programme", _("Programme")
    SUMMIT = "summit", _("Summit")
    AGENDA = "agenda", _("Agenda or framework")
    INDEX = "index", _("Index")
    PLATFORM = "platform", _("Platform, data set or system")
    FUND = "fund", _("Fund")
    TOOLKIT = "toolkit", _("Toolkit or guidelines")
    COMMISSION = "commission", _("Commission or coalition")
    COMPETITION = "competition", _("Competition")
    FORUM = "forum", _("Collaboration between several bodies")


class PartnerKind(Vocabulary):
    """Who ITU works with."""

    UN_BODY = "un-body", _("UN body")
    STANDARDS_BODY = "standards-body", _("Standards body")
    REGIONAL = "regional-organization", _("Regional organization")
    ASSOCIATION = "association", _("Association")
    ORGANIZATION = "organization", _("Other organization")
    PROCESS = "process", _("External process or programme")


class ConferenceKind(Vocabulary):
    """The recurring meetings of the Union."""

    CONFERENCE = "conference", _("Treaty or governing conference")
    ASSEMBLY = "assembly", _("Assembly")
    FORUM = "forum", _("Forum, symposium or exhibition")
    DAY = "day", _("International day")
    SUMMIT = "summit", _("World summit")


class MeetingStatus(Vocabulary):
    """Whether a meeting took place, as far as the source knew when it was read."""

    HELD = "held", _("Held")
    PLANNED = "planned", _("Planned")
    NOT_HELD = "not-held", _("Did not take place")


class RightGroup(Vocabulary):
    """The groups of rows in the membership comparison."""

    TAKE_PART = "take-part", _("Take part")
    DECIDE = "decide", _("Decide")
    DOCUMENTS = "documents", _("Documents")
    FEE = "fee", _("Fee")


class Entitlement(Vocabulary):
    """What a membership type may do."""

    YES = "yes", _("Yes")
    LIMITED = "limited", _("In part")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not stated in our source")
