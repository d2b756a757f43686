"""Records of the data set that stand for no text of their own: drafts, volumes, sales items."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from catalog.identifiers.characters import plain
from catalog.identifiers.elsewhere import Elsewhere
from catalog.identifiers.folding import compact
from catalog.identifiers.openings import read_opening
from catalog.models import SourceRecord
from catalog.resolver.answer import Answer
from catalog.terms import Outcome, RecordRole

PUBLICATIONS = "https://www.itu.int/pub/R-REC"


def answers(texts: Iterable[str]) -> dict[str, Answer]:
    """Return for each text that names such a record what the record is; one query for all."""
    forms = {text: form for text in texts if (form := _form(text))}
    if not forms:
        return {}
    records = {
        record.search_form: record
        for record in SourceRecord.objects.left_out().filter(
            search_form__in=[f"itur{form}" for form in forms.values()]
        )
    }
    found = {}
    for text, form in forms.items():
        if record := records.get(f"itur{form}"):
            found[text] = Answer(
                query=text,
                outcome=Outcome.NOT_HELD,
                understood=record.identifier,
                elsewhere=Elsewhere(
                    _(_kind(record.role)),
                    _("The data set has it as %(reason)s.") % {"reason": record.reason},
                    PUBLICATIONS,
                ),
                is_identifier=True,
            )
    return found


def _form(text: str) -> str:
    """Return the compact form of what follows `ITU-R`; "" for texts that cannot be one."""
    text = plain(text[:100])[:100].lower()
    form = compact(read_opening(text).rest)
    return (
        form if len(form) <= 20 and (text.startswith("itu") or any(map(str.isdigit, form))) else ""
    )


def _kind(role: str) -> str:
    return RecordRole(role).label.removeprefix("Left out: ").capitalize()
