"""The words for texts: states, kinds, components, dates, and what records say of them."""

from __future__ import annotations

from catalog.terms.vocabulary import Vocabulary, _


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
