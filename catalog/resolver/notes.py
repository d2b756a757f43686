"""Why the resolver took a text, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from catalog.identifiers.asked import Asked
from catalog.identifiers.folding import compact, number_sort_key
from catalog.identifiers.keys import name_key
from catalog.identifiers.numbers import SLIPS
from catalog.models import CommonName, OthersName, Publication, TextFamily
from catalog.resolver.answer import Text, work_of
from catalog.resolver.choice import Choice, Reason
from catalog.terms import NameRelation

# How many texts a sentence names; the rest is counted.
NAMED = 5
CALLED = {
    NameRelation.IS: gettext_noop("“%(name)s” is a name of %(texts)s."),
    NameRelation.PART_OF_FAMILY: gettext_noop(
        "“%(name)s” is the name of a family of texts, to which belong %(texts)s."
    ),
    NameRelation.DEFINED_IN: gettext_noop("“%(name)s” is defined in %(texts)s."),
    NameRelation.POPULAR_FOR: gettext_noop(
        "“%(name)s” is used for %(texts)s, but is not the name of that text."
    ),
}


def understood(asked: Asked, found: Text | None, is_plain: bool) -> str:
    """Return the query in the spelling of ITU.

    `is_plain` says that the text found is just what was asked for, so that it has its name.
    """
    if found is None or asked.is_name:
        return found.label if isinstance(found, Publication) else asked.text
    if is_plain:
        return found.label if isinstance(found, Publication) else found.identifier
    sector = work_of(found).sector.short_name
    has_sector = "ITU-" in asked.text or asked.text.startswith("IS")
    return asked.text if has_sector else f"{sector} {asked.text}"


def note(choice: Choice, found: Text | None) -> str:
    """Return the sentences that say why it is this text; "" if it is plainly the one asked for."""
    return " ".join(filter(None, (_sentence(r, choice.asked, found) for r in choice.reasons)))


def mended(query: str, asked: Asked, found: Text | None) -> str:
    """Return what was read where something was mended or added; else "".

    Letters were taken for digits (G.711 of `G.7ll`), or a series was added (`Rec. 601`).
    """
    label = compact(asked.label.removeprefix("ITU-T ").removeprefix("ITU-R "))
    typed = compact(query)
    if found is None or asked.is_name or asked.is_link or not label:
        return ""
    has_slips = label not in typed and label.translate(SLIPS) in typed.translate(SLIPS)
    if not (has_slips or asked.tier):
        return ""
    return _("Read as %(text)s.") % {"text": _name(found)}


def why(reason: Reason, asked: Asked, work: Publication) -> str:
    """Return the sentence that says what a number is to a work that does not carry it today."""
    return _sentence(reason, asked, work)


def others_words(name: OthersName) -> str:
    """Return sentences that say whose a text is, and which texts of ITU are nearest to it."""
    words = {"name": name.name, "owner": name.owner, "nearest": ", ".join(name.nearest_list)}
    sentences = [_("%(name)s is not ITU’s. It belongs to %(owner)s.") % words]
    if name.nearest_list:
        sentence = ngettext(
            "The nearest text of ITU: %(nearest)s.",
            "The nearest texts of ITU: %(nearest)s.",
            len(name.nearest_list),
        )
        sentences.append(sentence % words)
    return " ".join(sentences)


def of_names(
    asked: str,
    names: Sequence[CommonName],
    families: Sequence[TextFamily],
    works: Mapping[int, Publication],
    read: Sequence[Text],
) -> str:
    """Return sentences that say what a name is to the texts that people may mean by it.

    `read` are the texts whose number looks like the name.
    """
    sentences = [
        (
            _("“%(name)s” is the name of a family of texts.")
            if str(family) == asked
            else _("“%(name)s” is a name of a family of texts: %(family)s.")
        )
        % {"name": asked, "family": family}
        for family in families
    ]
    for relation in NameRelation:
        if relation is NameRelation.PART_OF_FAMILY and families:
            continue
        called = {works[name.work_id].label for name in names if name.relation == relation}
        if called:
            texts = _listed(sorted(called, key=number_sort_key))
            sentences.append(_(CALLED[relation]) % {"name": asked, "texts": texts})
    remarks = dict.fromkeys(name.note for name in names if name.note)
    sentences += (f"{remark[:1].upper()}{remark[1:]}." for remark in remarks)
    if further := dict.fromkeys(thing for name in names for thing in name.ambiguity_list):
        sentences.append(_("It may also mean: %(others)s.") % {"others": "; ".join(further)})
    if read:
        texts = _listed([_name(text) for text in read])
        sentences.append(_("Read as a number, it is %(texts)s.") % {"texts": texts})
    return " ".join(sentences)


def read_as_number(asked: str) -> str:
    """Return why a text is a candidate whose number looks like the name that was asked for."""
    return _("Read as a number, “%(name)s” is this text.") % {"name": asked}


def _listed(texts: Sequence[str]) -> str:
    """Return texts as a list: `A, B and C`; at most NAMED of them."""
    more = len(texts) - NAMED
    if more > 0:
        counted = ngettext("%(more)s more", "%(more)s more", more) % {"more": more}
        texts = [*texts[:NAMED], counted]
    if len(texts) == 1:
        return texts[0]
    return _("%(first)s and %(last)s") % {"first": ", ".join(texts[:-1]), "last": texts[-1]}


def _sentence(reason: Reason, asked: Asked, found: Text | None) -> str:
    words = {
        "asked": asked.label,
        "date": asked.date_words,
        "part": asked.part_label,
        "text": _name(found) if found else "",
        "work": work_of(found).label if found else "",
        "version": asked.version,
    }
    if reason is Reason.NO_SUCH_EDITION:
        return _no_such_edition(asked, words)
    sentence = {
        Reason.FORMER_NUMBER: _("%(asked)s is a former number of %(work)s."),
        Reason.ISO_TWIN: _("%(asked)s has, or had, the same text as %(work)s."),
        Reason.DRAFT_CODE: _("%(asked)s is the number of a draft of %(work)s."),
        Reason.COMMON_NAME: _("%(asked)s is a name of %(work)s."),
        Reason.ONLY_ONE_IN_FORCE: _(
            "Of several texts with this name or number, only this one is in force."
        ),
        Reason.WHOLE_NUMBER: _("In another text this number is part of a dual number."),
        Reason.OTHER_NUMBER: _("The text was published under another number: %(text)s."),
        Reason.OTHER_DATE: _("Number and version match; our record has another date."),
        Reason.PART_OF_THE_MONTH: _("No edition is dated %(date)s, but this part of the work is."),
        Reason.PART_OF_A_PART: _("The full name of this part is %(text)s."),
        Reason.NO_SUCH_PART: _("No matching %(part)s of %(asked)s is known."),
        Reason.OTHER_SECTOR: _("The number belongs to another Sector: %(work)s."),
    }[reason]
    if reason is Reason.FORMER_NUMBER and asked.is_name:
        # The blanks and dots were left aside: `V5.1` for V.51.
        return _("%(asked)s was read as a number of %(work)s.") % words
    if reason is Reason.COMMON_NAME and name_key(asked.label) == name_key(words["work"]):
        return ""
    if found is None and reason in (Reason.OTHER_NUMBER, Reason.PART_OF_A_PART):
        return ""
    return sentence % words


def _no_such_edition(asked: Asked, words: dict) -> str:
    if asked.year:
        return _("No edition of %(asked)s dated %(date)s is known.") % words
    return _("No version %(version)s of %(asked)s is known.") % words


def _name(text: Text) -> str:
    return text.label if isinstance(text, Publication) else text.identifier
