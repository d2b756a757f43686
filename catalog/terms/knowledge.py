"""The words for what is known: verification, relations, names, successors, topics."""

from __future__ import annotations

from catalog.terms.vocabulary import Vocabulary, _


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


class TopicKind(Vocabulary):
    """Why a topic stands in the list."""

    FOCUS = "focus-area", _("Focus area")
    RESPONSIBILITY = "responsibility", _("Responsibility of the Union")
    SUBJECT = "subject", _("Subject of publications")
