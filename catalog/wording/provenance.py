"""Where each fact on a work, an edition or a component comes from.

Each field has its value and the record, the rule or the editor behind it (rule 9.5, with those
of groups 3, 4 and 11 in docs/rules.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.core.exceptions import FieldDoesNotExist
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalog.models import Component, Correction, Edition, Part, Publication, SourceRecord
from catalog.terms import Precision, RecordNote, SectorCode
from catalog.wording.dates import date_words
from catalog.wording.doubts import state_words
from catalog.wording.import_report import DATA_SET
from catalog.wording.titles import title_of
from catalog.works.successors import Succession

SHOWN = 3  # how many records are named with a problem; the rest is counted


@dataclass(frozen=True)
class Fact:
    """A field with its value in words and where it comes from."""

    label: str
    value: str
    source: str
    source_url: str = ""


@dataclass(frozen=True)
class SourceProblem:
    """A known problem with the data, and in which records it is."""

    words: str
    records: str


@dataclass(frozen=True)
class Provenance:
    """All that "About this record" says of one page."""

    facts: list[Fact]
    problems: list[SourceProblem] = field(default_factory=list)
    has_record: bool = False
    # One sentence or two: on what the status rests, and where the rest comes from.
    basis: str = ""


CURATED = gettext_lazy("curated by this catalogue; see the sources")
NOT_STATED = gettext_lazy("Not stated in our source.")
CORRECTED_LABELS = {
    "name": gettext_lazy("Title"),
    "study_group": gettext_lazy("Group in charge"),
    "link": gettext_lazy("Link"),
}


def of_work(
    work: Publication, records: list[SourceRecord], corrections: Iterable[Correction]
) -> Provenance:
    """Return the provenance of a work, with that of the edition that stands for it.

    `records` are those of the work, its editions and components.
    """
    edition = work.current_edition
    source = _Sources(work, edition, records, corrections)
    facts = [
        source.fact("name", _("Title"), *_title_of_work(work, source)),
        source.fact("study_group", _("Group in charge"), str(work.study_group or ""), source.record)
        if source.has_record or work.study_group
        else None,
    ]
    if edition is not None:
        facts += _facts_of_text(work, edition, source)
    return source.provenance(facts, records)


def of_edition(
    edition: Edition,
    work: Publication,
    records: list[SourceRecord],
    corrections: Iterable[Correction],
) -> Provenance:
    """Return the provenance of an edition; `records` are its own."""
    source = _Sources(edition, edition, records, corrections)
    where = source.record if edition.shown_title else _("title of the work")
    if edition.title and not edition.shown_title:
        where = _("title of the work; our source’s own title is doubted")
    facts = [source.fact("title", _("Title"), title_of(edition, work), where)]
    return source.provenance(facts + _facts_of_text(work, edition, source), records)


def of_component(
    part: Component,
    work: Publication,
    records: list[SourceRecord],
    corrections: Iterable[Correction],
) -> Provenance:
    """Return the provenance of a component; `records` are its own."""
    source = _Sources(part, part, records, corrections)
    made = _("composed from the type, the number and the name of the work; the record has no title")
    if part.title and not part.shown_title:
        made = _(
            "composed from the type, the number and the name of the "
            "work; our source’s own title is doubted"
        )
    where = source.record if part.shown_title else made
    facts = [source.fact("title", _("Title"), title_of(part, work), where)]
    return source.provenance(facts + _facts_of_text(work, part, source), records)


def with_successions(
    found: Provenance, after: Iterable[Succession], before: Iterable[Succession] = ()
) -> Provenance:
    """Return a provenance that names the sources of what followed a text and what it followed."""
    facts = [*_successions(_("Successors"), after), *_successions(_("Replaces"), before)]
    return replace(found, facts=[*found.facts, *facts])


def _successions(label: str, rows: Iterable[Succession]) -> list[Fact]:
    named: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        named.setdefault((row.source, row.source_url, row.text.name), []).append(row.successor.name)
    return [
        Fact(label, f"{text} → {', '.join(successors)}", source or str(NOT_STATED), url)
        for (source, url, text), successors in named.items()
    ]


class _Sources:
    """Names the source of each field of one thing."""

    def __init__(
        self,
        thing: Publication | Part,
        text: Part | None,
        records: list[SourceRecord],
        corrections: Iterable[Correction],
    ):
        self.thing = thing
        self.text = text
        self.own = [record for record in records if _stands_for(record, text)]
        came = text.from_source if text is not None else thing.from_source
        self.has_record = came or bool(self.own)
        self.record = self._record(self.own or records[:1])
        self.corrections = {correction.field: correction for correction in corrections}
        self.covered: set[str] = set()

    def fact(self, name: str, label: str, value: str, where: str) -> Fact:
        """Return a field with its source; a correction of an editor takes precedence."""
        self.covered.add(name)
        if correction := self.corrections.get(name):
            return Fact(label, value, _corrected(correction))
        return Fact(label, value, where) if value else Fact(label, NOT_STATED, "")

    def provenance(self, facts: list[Fact | None], records: list[SourceRecord]) -> Provenance:
        """Return the facts, then the corrections of other fields, then the known problems."""
        reported = self._records() + [one for one in facts if one is not None]
        for name, correction in self.corrections.items():
            if name not in self.covered:
                label = CORRECTED_LABELS.get(name) or self._field_label(name)
                reported.append(
                    Fact(str(label), str(correction.value or ""), _corrected(correction))
                )
        return Provenance(reported, _problems(records), self.has_record, self._basis())

    def _basis(self) -> str:
        grounds = self.text.state_grounds if self.text is not None else ""
        if not self.has_record:
            rest = _("Curated by this catalogue.")
        else:
            rest = _("Number, title and dates come from %(set)s.") % {"set": DATA_SET}
        return f"{grounds}. {rest}" if grounds else rest

    def _field_label(self, name: str) -> str:
        for thing in (self.thing, Edition, Publication):
            try:
                label = str(thing._meta.get_field(name).verbose_name)
            except FieldDoesNotExist:
                continue
            return label[:1].upper() + label[1:]
        return name

    def _records(self) -> list[Fact]:
        facts = []
        for record in self.own:
            where = _("file %(file)s of %(set)s") % {"file": record.file, "set": DATA_SET}
            if record.left_source:
                since = date_format(record.left_source, "j F Y")
                where += _("; no longer in the source since %(since)s") % {"since": since}
            facts.append(Fact(_("Record"), record.identifier, where))
        return facts

    def _record(self, records: list[SourceRecord]) -> str:
        if not self.has_record:
            return CURATED
        if not records:
            return _("record of %(set)s") % {"set": DATA_SET}
        return _("record %(record)s") % {"record": records[0].identifier}


def _stands_for(record: SourceRecord, text: Part | None) -> bool:
    if text is None:
        return False
    if isinstance(text, Component):
        return record.component_id == text.pk
    return record.edition_id == text.pk and record.component_id is None


def _facts_of_text(work: Publication, text: Part, source: _Sources) -> list[Fact | None]:
    is_radio = work.sector.code == SectorCode.ITU_R
    state = state_words(text) or _("none: an issue of a serial")
    derived = _("taken from the month in ITU’s link")
    approved = derived if is_radio and source.has_record else source.record
    is_year = bool(text.approved) and text.approved_precision == Precision.YEAR
    if is_year and is_radio and source.has_record:
        approved = _("taken from the year in ITU’s link or, without one, in the record")
    link_source = source.record
    return [
        source.fact("state", _("Status"), state, _grounds(text, source)),
        _date(source, "approved", _("Year") if is_year else _("Approved"), text, approved),
        _date(source, "posted", _("Posted"), text, source.record) if text.posted else None,
        source.fact("link", _("Link"), text.link, link_source),
        source.fact("abstract", _("Abstract"), _("shown on this page"), _in_words(source))
        if text.abstract
        else source.fact("abstract", _("Abstract"), "", source.record),
    ]


def _in_words(source: _Sources) -> str:
    if not source.has_record:
        return source.record
    return _("in the words of the %(record)s") % {"record": source.record}


def _date(source: _Sources, name: str, label: str, text: Part, where: str) -> Fact:
    words = date_words(getattr(text, name), getattr(text, f"{name}_precision"))
    if words and name in text.doubted_fields:
        words = _("%(date)s (doubted)") % {"date": words}
    return source.fact(name, label, words, where)


def _grounds(text: Part, source: _Sources) -> str:
    if not text.state_grounds:
        return source.record
    if not source.has_record:
        return text.state_grounds
    words = {"grounds": text.state_grounds, "record": source.record}
    return _("%(grounds)s; from the %(record)s") % words


def _title_of_work(work: Publication, source: _Sources) -> tuple[str, str]:
    """Return the title of a work and its source; a sentence if only doubted ones are known."""
    if not work.undoubted_name:
        return work.name, _source_of_title(work, source)
    if not work.has_title:
        return _("Not known."), _(
            "every title in our source is doubted; the number takes its place"
        )
    holders = sorted(work.editions.all(), key=lambda edition: edition.position, reverse=True)
    named = [edition for edition in holders if edition.shown_title == work.undoubted_name]
    where = _("taken from %(edition)s; our source’s own title for the work is doubted")
    return work.shown_name, where % {"edition": named[0].identifier if named else ""}


def _source_of_title(work: Publication, source: _Sources) -> str:
    edition = work.current_edition
    correction = source.corrections.get("title")
    if edition is not None and work.name == edition.title and correction is not None:
        source.covered.add("title")
        return _corrected(correction)
    if not work.from_source and (edition is None or work.name != edition.title):
        return CURATED
    if edition is None:
        return source.record
    if edition.is_in_force:
        return _("title of the edition in force: %(record)s") % {"record": source.record}
    return _("title of the newest edition: %(record)s") % {"record": source.record}


def _corrected(correction: Correction) -> str:
    words = {
        "when": date_format(correction.made, "j F Y"),
        "reason": correction.reason.rstrip("."),
        "evidence": correction.evidence.rstrip("."),
        "value": correction.source_value,
    }
    if correction.source_value in (None, ""):
        return _("corrected by an editor on %(when)s: %(reason)s. Source: %(evidence)s.") % words
    return (
        _(
            "corrected by an editor on %(when)s: %(reason)s. Source: %(evidence)s. "
            "The record says “%(value)s”."
        )
        % words
    )


def _problems(records: list[SourceRecord]) -> list[SourceProblem]:
    """Return the known problems of the records, each once, in the order of the vocabulary."""
    found = []
    for note in RecordNote:
        odd = [record.identifier for record in records if note in record.note_list]
        if odd:
            found.append(SourceProblem(_(note.label), _listed(odd)))
    return found


def _listed(names: list[str]) -> str:
    more = len(names) - SHOWN
    if more <= 0:
        return ", ".join(names)
    return ngettext(
        "%(names)s and %(more)d more record", "%(names)s and %(more)d more records", more
    ) % {"names": ", ".join(names[:SHOWN]), "more": more}
