"""Kinds of documents that the catalogue knows but does not hold, and where ITU keeps them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from catalog.identifiers.characters import plain, without_wrapping


def _(message: str) -> str:
    """Mark a sentence for translation; the doors translate it when they show it."""
    return message


@dataclass(frozen=True)
class Elsewhere:
    """A kind of document that is not held.

    `kind` is its name, `what` says in one or two sentences what it is and why it is not here
    (English message identifiers, which the doors translate), `link` is where ITU keeps it.
    `entry` is the key of a work in the catalogue that goes with it (`catalog.identifiers.keys`).
    """

    kind: str
    what: str
    link: str
    entry: str = ""
    # Whether the text is no identifier, so that it is not read as a number: PP-26.
    is_name: bool = False


@dataclass(frozen=True)
class Form:
    """A kind of document with the spellings that name it and an example of one.

    Named groups of the pattern may stand in the link and in the entry: `{letter}.{number}`.
    """

    pattern: re.Pattern[str]
    example: str
    elsewhere: Elsewhere


def _form(
    pattern: str,
    example: str,
    kind: str,
    what: str,
    link: str,
    entry: str = "",
    *,
    is_name: bool = False,
) -> Form:
    return Form(re.compile(pattern), example, Elsewhere(kind, what, link, entry, is_name))


# Longer than any name of a document; the rest of a longer text is not read.
MAX_TEXT = 300
_ORG = r"(?:itu(?:[ -]?[trd])? )?"
_NO = r"(?: ?(?:no\.?|number|#))? ?"

IMPLEMENTERS = _(
    "Implementers’ Guides collect reported defects of an ITU-T Recommendation and say how to read "
    "it meanwhile. Only a few of them are in this catalogue."
)
# How the names of conferences and assemblies begin before the year: WRC-23.
CONFERENCE_CODES = "wtsa|wtsc|wrc|warc|rrc|wtdc|pp|wcit|wattc|wtpf|cpm"
CONFERENCES = "https://www.itu.int/en/publications/Pages/default.aspx"

# The first that matches wins; patterns are tried on the folded text, from its beginning.
FORMS: tuple[Form, ...] = (
    _form(
        rf"(?:{_ORG}|.*t-rec-)(?P<letter>[a-z])[ .-]?imp[ .-]?(?P<number>\d+(?:\.\d+)?)(?!\w)",
        "G.Imp712",
        _("Implementers’ Guide"),
        IMPLEMENTERS,
        "https://www.itu.int/rec/T-REC-{letter}.Imp{number}/en",
        "{letter}.{number}",
    ),
    _form(
        r".*\bimplement[eo]r'?s?'? guide(?:.*?\b(?P<letter>[a-z])\.(?P<number>\d+(?:\.\d+)?))?",
        "Implementers' Guide for G.712",
        _("Implementers’ Guide"),
        IMPLEMENTERS,
        "https://www.itu.int/rec/T-REC/en",
        "{letter}.{number}",
    ),
    _form(
        rf"{_ORG}(?:ob[ .-]?{_NO}\d|operational bulletin)",
        "OB.1096",
        _("Operational Bulletin"),
        _(
            "The ITU Operational Bulletin appears twice a month with numbering changes and "
            "service notices. Its issues are not entries of this catalogue."
        ),
        "https://www.itu.int/pub/T-SP-OB",
        "=ituoperationalbulletin",
    ),
    _form(
        r"(?:itu )?(?:rr|radio regulations)\b.*\d|(?:no\.? ?\d+\.\d+\w*|(?:article|appendix|"
        r"art\.?|ap\.?) ?\d+\w*)(?: \w+)* (?:of )?(?:the )?(?:rr|radio regulations)",
        "RR No. 5.340",
        _("Part of the Radio Regulations"),
        _(
            "Articles, appendices and footnotes of the Radio Regulations have no entries of their "
            "own in this catalogue; it has an entry for the Radio Regulations as a whole."
        ),
        "https://www.itu.int/pub/R-REG-RR",
        "=rregrr",
    ),
    _form(
        r"(?:.*\b)?final acts?\b.*\b(?:wcit|wattc)[ -]?'?\d{2}|"
        r"(?:wcit|wattc)[ -]?'?\d{2}\S*[ :,(-]{1,3}final acts?\b",
        "Final Acts of WCIT-12",
        _("Final Acts of a conference"),
        _(
            "The Final Acts of this conference are not in this catalogue. It has the "
            "International Telecommunication Regulations, which the conference adopted."
        ),
        CONFERENCES,
        "=internationaltelecommunicationregulations",
    ),
    _form(
        rf"(?:.*\b)?(?:final acts?|proceedings)\b.*\b(?:{CONFERENCE_CODES})[ -]?'?\d{{2}}|"
        rf"(?:itu )?(?:{CONFERENCE_CODES})[ -]?'?\d{{2}}\S*[ :,(-]{{1,3}}"
        r"(?:final acts?|proceedings)\b",
        "Final Acts of PP-18",
        _("Final Acts or proceedings of a conference"),
        _(
            "Of the Final Acts and proceedings of conferences and assemblies only some are in "
            "this catalogue; those of this one are not."
        ),
        CONFERENCES,
    ),
    _form(
        rf"(?:itu )?(?:{CONFERENCE_CODES})[ -]?'?(?:\d{{2}}|(?:19|20)\d{{2}})$",
        "WRC-31",
        _("Conference or assembly"),
        _(
            "This is the name of a meeting, not of a text. The search finds the pages of meetings "
            "that are in this catalogue."
        ),
        CONFERENCES,
        is_name=True,
    ),
    _form(
        rf"{_ORG}(?:sg|study group)[ -]?\d{{1,2}}$",
        "SG15",
        _("Study group"),
        _(
            "This is the name of a group, not of a text. The search finds the pages of groups that "
            "are in this catalogue."
        ),
        "https://www.itu.int/en/ITU-T/studygroups/Pages/default.aspx",
        is_name=True,
    ),
    _form(
        r".*\b(?:wtsa|wtsc|wrc|warc|wtdc|pp|plenipotentiary|council|mifr|wcit|wmo)[ -]?'?\d{2}",
        "Resolution 750 (WRC-19)",
        _("Decision of a conference or assembly"),
        _(
            "Resolutions, Recommendations and Opinions of conferences, assemblies and the Council "
            "are in their Final Acts and proceedings. Only the Resolutions of ITU-R "
            "have entries of their own in this catalogue."
        ),
        CONFERENCES,
    ),
    _form(
        rf"{_ORG}(?:question|q\.?)[ .]?\d+ ?/ ?\d+",
        "Question 6/15",
        _("Question of a study group"),
        _(
            "Questions are the programme of work of a study group. Those of ITU-R that our source "
            "lists are in this catalogue; the Questions of ITU-T and ITU-D are on the pages of "
            "their study groups."
        ),
        "https://www.itu.int/en/ITU-T/studygroups/Pages/default.aspx",
    ),
    _form(
        rf"{_ORG}(?:resolution|res\.?) ?\d",
        "Resolution 140",
        _("Resolution"),
        _(
            "The Resolutions of ITU-R are in this catalogue. Those of the Plenipotentiary "
            "Conference and of the assemblies and conferences are in their Final Acts and "
            "proceedings."
        ),
        CONFERENCES,
    ),
    _form(
        rf"(?:opinion|decision) {_ORG}\d|{_ORG}(?:opinion|decision) \d",
        "Opinion ITU-R 98",
        _("Opinion or Decision"),
        _("Opinions and Decisions of ITU-R are not entries of this catalogue."),
        "https://www.itu.int/pub/R-OP",
    ),
    _form(
        rf"{_ORG}(?:(?:document|doc\.?) )?\d[a-d]/(?:temp/)?\d|{_ORG}(?:document|doc\.?) \w+/\d",
        "Document 5D/123",
        _("Document of a study group or working party"),
        _(
            "Contributions and other papers of meetings are not publications; members can find "
            "them on the pages of the groups."
        ),
        "https://www.itu.int/en/ITU-R/study-groups/Pages/default.aspx",
    ),
    _form(
        r"(?:t\d\d-)?sg ?\d+[ -]?(?:c|td|gen|plen|wp\d)[ -]?\d|com \d+[ -]|td ?\d+",
        "SG15-C123",
        _("Document of a study group"),
        _(
            "Contributions, reports and temporary documents of study groups are not "
            "publications; members can find them on the pages of the groups."
        ),
        "https://www.itu.int/en/ITU-T/studygroups/Pages/default.aspx",
    ),
    _form(
        rf"(?:(?:tsb|br|bdt|administrative|{_ORG})[ -]?)?(?:circular|collective letter)\b"
        r"|(?:cr|cace|carr|ccrr|ca|lccr) ?/ ?\d",
        "TSB Circular 123",
        _("Circular"),
        _("Circulars and letters of the bureaux are not entries of this catalogue."),
        "https://www.itu.int/md/",
    ),
    _form(
        r"fg[ -]?[a-z][\w&]*[ -]",
        "FG-AI4H DEL2",
        _("Deliverable of a focus group"),
        _(
            "Focus groups of ITU-T prepare ground for Recommendations; their deliverables are not "
            "Recommendations. Only some of them are in this catalogue."
        ),
        "https://www.itu.int/en/ITU-T/focusgroups/Pages/default.aspx",
    ),
    _form(
        rf"{_ORG}(?:[a-z]st[pr]|[a-z]tr)[-.][a-z0-9]|technical (?:paper|report) [a-z]{{3,4}}[-.]",
        "HSTP-NONE",
        _("Technical paper or report"),
        _(
            "Technical papers and reports of ITU-T are not normative. Only some of them are in "
            "this catalogue."
        ),
        "https://www.itu.int/en/ITU-T/publications/Pages/default.aspx",
    ),
    _form(
        r"(?:https?://)?(?:handle\.itu\.int/|hdl:)?11\.1002/1000/\d|.*rec\.aspx\?(?:[^?]*&)?rec=\d",
        "http://handle.itu.int/11.1002/1000/911",
        _("ITU’s own number of a text"),
        _(
            "Handles and the addresses with rec= contain a number that only ITU can read. Open "
            "the link at itu.int: the page behind it names the text."
        ),
        "https://handle.itu.int/",
    ),
    _form(
        r"(?:iso|iec)[ /]",
        "ISO/IEC 27001",
        _("Standard of ISO or IEC"),
        _("No text of ITU in this catalogue has this number as its twin."),
        "https://www.itu.int/rec/T-REC/en",
    ),
)


def elsewhere(text: str) -> Elsewhere | None:
    """Return the kind of document that a text names, if it is one that the catalogue lacks."""
    folded = without_wrapping(plain(text[:MAX_TEXT])[:MAX_TEXT]).lower()
    for form in FORMS:
        if match := form.pattern.match(folded):
            return _filled(form.elsewhere, match.groupdict())
    return None


def _filled(found: Elsewhere, groups: dict[str, str | None]) -> Elsewhere:
    """Return a kind with what the text said put into link and entry."""
    if not groups:
        return found
    if None in groups.values():
        return replace(found, entry="")
    letter = {"letter": groups["letter"].upper()}
    return replace(
        found, link=found.link.format(**groups | letter), entry=found.entry.format(**groups)
    )
