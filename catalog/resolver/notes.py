"""Why the resolver took a text, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.identifiers.asked import Asked
from catalog.identifiers.keys import name_key
from catalog.models import OthersName, Publication
from catalog.resolver.answer import Text, work_of
from catalog.resolver.choice import Choice, Reason


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
