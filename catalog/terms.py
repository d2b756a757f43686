"""The closed vocabularies of the field, as enumerations with the words readers see.

Values are stored in the database, in fixtures and in addresses. The labels are the only
words that pages, exports and the admin use for them; they are English message identifiers,
which the doors translate with gettext. Nothing here knows Django.
"""

from __future__ import annotations

from enum import StrEnum


def _(message: str) -> str:
    """Mark a label for translation; the doors translate it when they show it."""
    return message


class Vocabulary(StrEnum):
    """A closed list of words: each member is its stored value and carries its label."""

    label: str

    def __new__(cls, value: str, label: str) -> Vocabulary:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Return (value, label) pairs in the order of definition."""
        return [(member.value, member.label) for member in cls]


class SectorCode(Vocabulary):
    """The three Sectors and the Union as a whole, as they stand in addresses."""

    ITU_T = "itu-t", "ITU-T"
    ITU_R = "itu-r", "ITU-R"
    ITU_D = "itu-d", "ITU-D"
    ITU = "itu", "ITU"


class State(Vocabulary):
    """The state of an edition, a component or a work (rule 3.1)."""

    IN_FORCE = "in-force", _("In force")
    PRE_PUBLISHED = "pre-published", _("In force, pre-published")
    SUPERSEDED = "superseded", _("Superseded")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    NOT_IN_FORCE = "not-in-force", _("Not in force (reason unknown)")
    PRESUMED_CURRENT = "presumed-current", _("Presumed current")

    @property
    def is_in_force(self) -> bool:
        """Whether ITU lists a text in this state as in force."""
        return self in IN_FORCE_STATES


IN_FORCE_STATES = (State.IN_FORCE, State.PRE_PUBLISHED)
CURRENT_STATES = (State.IN_FORCE, State.PRE_PUBLISHED, State.PRESUMED_CURRENT)

STATE_MEANINGS = {
    State.IN_FORCE: _("ITU lists the text as in force."),
    State.PRE_PUBLISHED: _(
        "Approved and in force; ITU has posted the text before final editing, "
        "so ITU may still edit the wording."
    ),
    State.SUPERSEDED: _("A later edition, or another text, has taken its place."),
    State.WITHDRAWN: _("ITU withdrew the text, as a rule without a successor."),
    State.NOT_IN_FORCE: _("ITU no longer lists the text as in force and gives no reason."),
    State.PRESUMED_CURRENT: _(
        "The latest version known to us. ITU publishes no status for texts of this kind; "
        "we presume that it is current."
    ),
}


class Verification(Vocabulary):
    """How sure we are that an entry is what it is said to be."""

    CHECKED = "checked", _("Checked")
    CORRECTED = "corrected", _("Corrected")
    IMPORTED = "imported", _("Imported")
    GROUPING = "grouping", _("Made by this catalogue")
    MISATTRIBUTED = "misattributed", _("Misattributed")
    NOT_FOUND = "not-found", _("Not found")
    UNCHECKED = "not-yet-checked", _("Not yet checked")

    @property
    def exists(self) -> bool:
        """Whether a real thing stands behind the entry, as far as anybody looked."""
        return self is not Verification.NOT_FOUND

    @property
    def is_remarkable(self) -> bool:
        """Whether lists must say so of an entry: all but what readers may take for granted."""
        return self not in (Verification.CHECKED, Verification.IMPORTED, Verification.GROUPING)

    @property
    def needs_source(self) -> bool:
        """Whether it may be said only where a source can be looked up."""
        return self is Verification.CHECKED


# A word of the past, which meant any of these. History and old addresses still use it.
CONFIRMED = "confirmed"
CONFIRMED_LABEL = _("Confirmed")
WHAT_CONFIRMED_MEANT = (Verification.CHECKED, Verification.GROUPING, Verification.IMPORTED)

VERIFICATION_MEANINGS = {
    Verification.CHECKED: _(
        "A person compared this with a source that anybody can look up; the page names it."
    ),
    Verification.CORRECTED: _(
        "The text that was checked said otherwise; we give the value that a source supports."
    ),
    Verification.IMPORTED: _(
        "A record of the public data set says so; no person has compared it with anything else."
    ),
    Verification.GROUPING: _(
        "This catalogue put these together, to help you find them; ITU has no such group."
    ),
    Verification.MISATTRIBUTED: _("Exists, but is not ITU’s; the page says whose it is."),
    Verification.NOT_FOUND: _("We looked and found nothing. It may still exist."),
    Verification.UNCHECKED: _("Nobody has compared this with a source yet."),
}


class Kind(Vocabulary):
    """What a publication is."""

    RECOMMENDATION = "recommendation", _("Recommendation")
    SUPPLEMENT = "supplement", _("Supplement")
    REPORT = "report", _("Report")
    HANDBOOK = "handbook", _("Handbook")
    QUESTION = "question", _("Question")
    RESOLUTION = "resolution", _("Resolution")
    REGULATION = "regulation", _("Regulation")
    TREATY = "treaty", _("Treaty")
    TECHNICAL_REPORT = "technical-report", _("Technical Report")
    TECHNICAL_PAPER = "technical-paper", _("Technical Paper")
    FLAGSHIP_REPORT = "flagship-report", _("Flagship report")
    MANUAL = "manual", _("Manual or list")
    COLLECTION = "collection", _("Collection of texts")
    JOURNAL = "journal", _("Journal")
    OTHER = "other", _("Other publication")


# What people call a Recommendation; supplements and texts of no known kind among them.
RECOMMENDED_KINDS = (Kind.RECOMMENDATION, Kind.SUPPLEMENT, Kind.OTHER)
REPORT_KINDS = (
    Kind.REPORT,
    Kind.TECHNICAL_REPORT,
    Kind.TECHNICAL_PAPER,
    Kind.FLAGSHIP_REPORT,
)
HANDBOOK_KINDS = (Kind.HANDBOOK, Kind.MANUAL)
REGULATION_KINDS = (Kind.REGULATION, Kind.TREATY)


class ComponentType(Vocabulary):
    """What changes or completes an edition (rule 1.3)."""

    AMENDMENT = "amendment", _("Amendment")
    CORRIGENDUM = "corrigendum", _("Corrigendum")
    ERRATUM = "erratum", _("Erratum")
    ANNEX = "annex", _("Annex")
    APPENDIX = "appendix", _("Appendix")
    SUPPLEMENT = "supplement", _("Supplement")
    ADDENDUM = "addendum", _("Addendum")
    ATTACHMENT = "attachment", _("Attachment")


class Precision(Vocabulary):
    """How much of a date is known."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")


class DoubtedField(Vocabulary):
    """The field that is doubted; works have the first one, editions and components the rest."""

    NAME = "name", _("Title of the work")
    TITLE = "title", _("Title")
    APPROVED = "approved", _("Date of approval")
    POSTED = "posted", _("Date of posting")
    STATE = "state", _("Status")


DOUBTED_OF_WORKS = (DoubtedField.NAME,)
DOUBTED_OF_TEXTS = (
    DoubtedField.TITLE,
    DoubtedField.APPROVED,
    DoubtedField.POSTED,
    DoubtedField.STATE,
)


class NameKind(Vocabulary):
    """What kind of other name a work has."""

    FORMER = "former", _("Former number")
    HALF = "half", _("Part of a dual number")
    TWIN = "twin", _("Second number")
    ISO = "iso", _("ISO/IEC twin")
    DRAFT = "draft", _("Draft code")
    OTHER = "other", _("Also known as")


class RelationKind(Vocabulary):
    """How one work stands to another (rules 6.1 and 6.3)."""

    SUPPLEMENTS = "supplements", _("Supplement to")
    ALSO_AS = "also-published-as", _("Also published as")


class HowSeen(Vocabulary):
    """What stands behind a source: what was looked at."""

    PAGE = "page", _("Web page")
    PRINTED = "printed", _("Printed text")
    DATA_SET = "data-set", _("Data set")
    GENERAL_KNOWLEDGE = "general-knowledge", _("General knowledge")


class RelationVerb(Vocabulary):
    """How one entry stands to another; read `subject`, verb, `target`. See `REVERSE_VERBS`."""

    ABOUT = "about", _("About")
    PART_OF = "part-of", _("Part of")
    BELONGS_TO = "belongs-to", _("Belongs to")
    ORGANIZED_BY = "organized-by", _("Organized by")
    GOVERNED_BY = "governed-by", _("Governed by")
    RUN_WITH = "run-with", _("Together with")
    OUTCOME_OF = "outcome-of", _("Outcome of")
    PREDECESSOR_OF = "predecessor-of", _("Predecessor of")
    REPLACED_BY = "replaced-by", _("Replaced by")
    BASED_ON = "based-on", _("Based on")
    USES = "uses", _("Uses")
    SERVES = "serves", _("Serves")
    NEAREST = "nearest", _("Nearest real thing")
    RELATED = "related", _("Related to")


# What the page of the target calls it.
REVERSE_VERBS = {
    RelationVerb.ABOUT: _("Treated in"),
    RelationVerb.PART_OF: _("Parts"),
    RelationVerb.BELONGS_TO: _("Owner of"),
    RelationVerb.ORGANIZED_BY: _("Organizes"),
    RelationVerb.GOVERNED_BY: _("Governs"),
    RelationVerb.RUN_WITH: _("Together with"),
    RelationVerb.OUTCOME_OF: _("Outcomes"),
    RelationVerb.PREDECESSOR_OF: _("Successor of"),
    RelationVerb.REPLACED_BY: _("Replaces"),
    RelationVerb.BASED_ON: _("Basis of"),
    RelationVerb.USES: _("Used by"),
    RelationVerb.SERVES: _("Served by"),
    RelationVerb.NEAREST: _("Named in place of"),
    RelationVerb.RELATED: _("Related to"),
}


class NameRelation(Vocabulary):
    """How a name that people use stands to a work."""

    IS = "is", _("Name of the text")
    PART_OF_FAMILY = "part-of-family", _("Name of a family of texts that it belongs to")
    DEFINED_IN = "defined-in", _("Defined in the text")
    POPULAR_FOR = "popular-for", _("Used for the text, but not its name")


class SuccessionVerb(Vocabulary):
    """What became of a text that is no longer in force."""

    REPLACED_BY = "replaced-by", _("Replaced by")
    MERGED_INTO = "merged-into", _("Merged into")
    SPLIT_INTO = "split-into", _("Split into")
    MOVED_TO = "moved-to", _("Moved to")
    TECHNICALLY_SUCCEEDED_BY = "technically-succeeded-by", _("Does the same job today")


class Certainty(Vocabulary):
    """How sure a succession is; the first three may be shown as fact."""

    STATED = "stated", _("Stated by a source")
    SAME_TITLE = "same-title", _("Same title")
    SAME_NUMBER = "same-number", _("Same number")
    INFERRED = "inferred", _("Inferred")
    GENERAL_KNOWLEDGE = "general-knowledge", _("General knowledge")


class TopicChoiceKind(Vocabulary):
    """What an editor decided about a work and a topic, whatever the rules of the topic say."""

    LISTED = "listed", _("Listed")
    LEFT_OUT = "left-out", _("Left out")


class TopicBasis(Vocabulary):
    """By what a work stands under a topic."""

    TITLE = "title", _("Its title")
    NUMBER = "number", _("Its number")
    SERIES = "series", _("Its series")
    GROUP = "group", _("Its group")
    KIND = "kind", _("Its kind")
    FAMILY = "family", _("Its collection")
    EDITOR = "editor", _("An editor")


class RecordRole(Vocabulary):
    """What became of a record of the data set (rules 2.4 and 2.12)."""

    EDITION = "edition", _("Edition")
    COMPONENT = "component", _("Component")
    DRAFT = "draft", _("Left out: draft")
    COMPILATION = "compilation", _("Left out: volume, list or sales item")
    DUPLICATE_REPORT = "duplicate-report", _("Left out: second record of a Report")
    TEST = "test", _("Left out: test record")

    @property
    def is_left_out(self) -> bool:
        """Whether the record stands for no text of its own."""
        return self not in (RecordRole.EDITION, RecordRole.COMPONENT)


class RecordNote(Vocabulary):
    """A known problem with a record of the data set (rule 11.4)."""

    THIN = "thin", _("The record lacks edition number, status, group, abstract and relations.")
    NO_BASE = "no-base", _("The text that the component changes is not in the data set.")
    NUMBER_CORRECTED = "number-corrected", _("The number is mistyped in the record.")
    TWO_IN_FORCE = "two-in-force", _("Two editions are listed as in force; the newer one is shown.")
    STATE_AGAINST_LINK = (
        "state-against-link",
        _("Status and link disagree; the status is followed."),
    )
    STATE_INFERRED = "state-inferred", _("The status is inferred from a later edition.")
    COMPONENT_TWICE = "component-twice", _("The data set has this component twice.")
    TWIN = "twin", _("The same text has a second record under another number.")
    TEXT_CLEANED = "text-cleaned", _("Control characters were removed from the abstract.")
    ABSTRACT_BLANK = "abstract-blank", _("The abstract of the record is blank.")
    CODE_AGAINST_LINK = "code-against-link", _("Number and link of the record disagree.")
    NO_GROUP = "no-group", _("The Question names no study group.")
    LOST_CHARACTERS = "lost-characters", _("A question mark replaces a lost character.")
    DOUBTFUL_TITLE = "doubtful-title", _("The title seems to be that of something else.")


class ChangeKind(Vocabulary):
    """What an import changed."""

    NEW_WORK = "new-work", _("New publication")
    NEW_EDITION = "new-edition", _("New edition")
    NEW_COMPONENT = "new-component", _("New component")
    SUPERSEDED = "superseded", _("Superseded")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    STATE = "state", _("Status changed")
    RENUMBERED = "renumbered", _("Renumbered")
    RETITLED = "retitled", _("Retitled")
    MOVED = "moved", _("Group changed")
    DATA = "data", _("Record changed")
    GONE = "gone", _("No longer in the source")
    BACK = "back", _("In the source again")


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


class TopicKind(Vocabulary):
    """Why a topic stands in the list."""

    FOCUS = "focus-area", _("Focus area")
    RESPONSIBILITY = "responsibility", _("Responsibility of the Union")
    SUBJECT = "subject", _("Subject of publications")


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
