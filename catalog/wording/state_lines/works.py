"""The state line of an undated page (rules 9.1 to 9.3)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from catalog.models import Component, Edition, Publication, SourceRecord
from catalog.terms import CURRENT_STATES, Kind, RecordNote, SectorCode, State
from catalog.wording.state_lines.line import StateLine, followed_by, gone, linked, with_doubt
from catalog.wording.state_lines.phrases import count_in_words, dates_in_words, when
from catalog.works.standing import number_in_address
from catalog.works.successors import NO_CHAIN, Chain


@dataclass(frozen=True)
class Neighbours:
    """What a state line needs to know beyond the work itself.

    `holders` are other works that carry or carried its number, `same_texts` works that are the
    same text under another letter, `records` what the data set says of it, `chain` what took its
    place.
    """

    holders: list[Publication] = field(default_factory=list)
    same_texts: list[Publication] = field(default_factory=list)
    records: list[SourceRecord] = field(default_factory=list)
    chain: Chain = NO_CHAIN


def line_of_work(
    work: Publication, components: Iterable[Component], neighbours: Neighbours | None = None
) -> StateLine:
    """Return the state line of a work with its editions at hand."""
    neighbours = neighbours or Neighbours()
    line = with_doubt(_line(work, list(components), neighbours), work)
    line.notes.extend(_notes(work, neighbours))
    return followed_by(line, neighbours.chain)


def _line(work: Publication, components: list[Component], neighbours: Neighbours) -> StateLine:
    edition = work.current_edition
    if edition is None:
        return StateLine("", _without_edition(work, components))
    if edition.state == State.IN_FORCE:
        parts = [c for c in components if c.edition_id == edition.pk and c.is_in_force]
        return StateLine(edition.state, _in_force(work, edition, parts))
    if edition.state == State.PRE_PUBLISHED:
        return StateLine(edition.state, _pre_published(work, edition))
    if edition.state == State.PRESUMED_CURRENT:
        return StateLine(edition.state, _presumed(work, edition))
    return _not_in_force(work, edition, neighbours)


def _without_edition(work: Publication, components: list[Component]) -> str:
    if not components:
        return _("The work is known, but no edition of it is in this catalogue.")
    current = [part for part in components if part.is_in_force]
    if current:
        return _(
            "No edition of %(label)s is in this catalogue, only what changes or completes it; of "
            "these, ITU lists as in force: %(parts)s."
        ) % {"label": work.label, "parts": count_in_words(current)}
    return _(
        "No edition of %(label)s is in this catalogue, only what changes or completes it: "
        "%(parts)s, none listed as in force."
    ) % {"label": work.label, "parts": count_in_words(components)}


def _in_force(work: Publication, edition: Edition, parts: list[Component]) -> str:
    words = {"when": when(edition), "parts": count_in_words(parts)}
    if former := _renumbered(work):
        words |= former | {"edition": short_identifier(edition)}
        if parts:
            return (
                _("In force as %(edition)s, with %(parts)s; called %(former)s until %(year)s.")
                % words
            )
        return _("In force as %(edition)s; called %(former)s until %(year)s.") % words
    if parts:
        return _("In force: edition of %(when)s, with %(parts)s.") % words
    if edition.version is not None and work.sector.code == SectorCode.ITU_R:
        return _("In force: version %(version)s, %(dates)s.") % {
            "version": edition.version,
            "dates": dates_in_words(edition),
        }
    return _("In force: edition of %(when)s.") % words


def _pre_published(work: Publication, edition: Edition) -> str:
    words = {
        "when": when(edition),
        "edition": short_identifier(edition),
    }
    if former := _renumbered(work):
        return _(
            "In force, pre-published, as %(edition)s; called %(former)s until %(year)s. "
            "Wording may still be edited by ITU."
        ) % {**words, **former}
    return (
        _("In force, pre-published: edition of %(when)s. Wording may still be edited by ITU.")
        % words
    )


def _presumed(work: Publication, edition: Edition) -> str:
    kinds = {
        Kind.REPORT: _("Reports"),
        Kind.HANDBOOK: _("Handbooks"),
        Kind.QUESTION: _("Questions"),
        Kind.RESOLUTION: _("Resolutions"),
    }
    words = {
        "version": edition.version,
        "kind": kinds.get(work.kind, ""),
        "when": when(edition),
        "dates": dates_in_words(edition),
    }
    if edition.version is None:
        return (
            _(
                "Latest known edition: %(when)s. ITU publishes no status for it; "
                "we presume it is current."
            )
            % words
        )
    if work.kind in kinds:
        return (
            _(
                "Latest known version: %(version)s. ITU publishes no status for %(kind)s; "
                "we presume it is current."
            )
            % words
        )
    return (
        _(
            "Latest known version: %(version)s, %(dates)s. Our source gives no status for it; "
            "we presume it is current."
        )
        % words
    )


def _not_in_force(work: Publication, edition: Edition, neighbours: Neighbours) -> StateLine:
    words = {
        "label": work.label,
        "when": when(edition),
        "number": number_label(work),
    }
    if edition.state not in NOT_IN_FORCE:
        text = _(
            "A serial: its issues stand side by side. The newest known issue is dated %(when)s."
        )
        return StateLine(edition.state, text % words)
    if (other := _holder_today(work, neighbours)) is not None:
        return linked(
            edition.state,
            _(MOVED_ON[edition.state]),
            other.get_absolute_url(),
            _("another text"),
            since=other.held_from.year,
            **words,
        )
    if edition.state == State.SUPERSEDED and neighbours.chain:
        text = _(
            "Superseded. No edition of %(label)s is in force; the newest one is dated %(when)s."
        )
        if _went_on_elsewhere(work, neighbours.chain):
            text = _(
                "The editions of %(label)s in this catalogue are superseded; "
                "the newest one is dated %(when)s."
            )
        return StateLine(edition.state, text % words)
    same = [text for text in neighbours.same_texts if text.state in CURRENT_STATES]
    if edition.state == State.SUPERSEDED and same:
        return linked(
            edition.state,
            _(
                "Superseded. No edition of %(label)s is in force; "
                "the text is also published as %(link)s."
            ),
            same[0].get_absolute_url(),
            same[0].label,
            **words,
        )
    return StateLine(edition.state, _(NOT_IN_FORCE[edition.state]) % words)


NOT_IN_FORCE = {
    State.WITHDRAWN: gettext_noop(
        "Withdrawn (date not known). No edition of %(label)s is in force; "
        "the newest edition is dated %(when)s."
    ),
    State.SUPERSEDED: gettext_noop(
        "Superseded. No edition of %(label)s is in force; the newest one, of %(when)s, "
        "was replaced by another text."
    ),
    State.NOT_IN_FORCE: gettext_noop(
        "Not in force. ITU gives no reason; the newest edition of %(label)s is dated %(when)s."
    ),
}
MOVED_ON = {
    State.WITHDRAWN: gettext_noop(
        "Withdrawn (date not known). No edition of %(label)s is in force; "
        "the number has belonged to %(link)s since %(since)s."
    ),
    State.SUPERSEDED: gettext_noop(
        "Superseded. No edition of %(label)s is in force; "
        "the number has belonged to %(link)s since %(since)s."
    ),
    State.NOT_IN_FORCE: gettext_noop(
        "Not in force; ITU gives no reason. No edition of %(label)s is in force; "
        "the number has belonged to %(link)s since %(since)s."
    ),
}


def _went_on_elsewhere(work: Publication, chain: Chain) -> bool:
    """Whether a version that is not in this catalogue took the place of those that are."""
    names = (text.name for text in chain.successors if text.work is None)
    return any(name.startswith(f"{work.identifier}-") for name in names)


def _holder_today(work: Publication, neighbours: Neighbours) -> Publication | None:
    """Return the other work that carries the number of this one today, if its start is known."""
    number = number_in_address(work, work.editions.all())
    if number == work.slug:
        return None
    found = [other for other in neighbours.holders if other.slug == number and other.held_from]
    return found[0] if found else None


def _renumbered(work: Publication) -> dict[str, object]:
    """Return the former number and the year in which the present one took its place.

    Nothing where the first number of the work was always the same.
    """
    editions = list(work.editions.all())
    number = number_in_address(work, editions)
    newest_first = sorted(editions, key=lambda edition: edition.position, reverse=True)
    for later, earlier in itertools.pairwise(newest_first):
        if (earlier.number_slug or work.slug) not in (number, work.slug):
            if later.date is None:
                return {}
            return {"former": number_label(earlier), "year": later.date.year}
    return {}


def number_label(text: Publication | Edition) -> str:
    """Return the first number of a work or edition as ITU prints it: `L.10`, `BT.2020`."""
    name = re.sub(r" \([\d/]+\)$| \(V\d+\).*$", "", text.identifier)
    name = re.sub(r"^(?:Report )?ITU-[TRD] ", "", name)
    first, _slash, rest = name.partition("/")
    supplement = re.search(r" Suppl\. .*$", rest)
    return first + (supplement.group() if supplement else "")


def short_identifier(edition: Edition) -> str:
    """Return an identifier without the name of its Sector: `L.100 (01/2024)`."""
    return re.sub(r"^ITU-[TRD] ", "", edition.identifier)


def _notes(work: Publication, neighbours: Neighbours) -> list[str]:
    notes = []
    records = neighbours.records
    if any(RecordNote.TWO_IN_FORCE in record.note_list for record in records):
        notes.append(_("Two editions are listed as in force; we show the newer one."))
    is_thin = records and all(RecordNote.THIN in record.note_list for record in records)
    if is_thin and lacks_much(work):
        notes.append(
            _(
                "Little is known about this entry: the source record lacks a "
                "title, group or abstract."
            )
        )
    return notes + gone(work)


def lacks_much(work: Publication) -> bool:
    """Whether a work still lacks title, group in charge or abstract."""
    edition = work.current_edition
    return not (work.has_title and work.study_group_id and edition is not None and edition.abstract)
