"""State tags, verification marks, signs and dates: colour, sign and word from one place."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import cache

from django import template
from django.template import Context
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalog.charts.edition_bars import EditionHistory
from catalog.filters import ListFilter
from catalog.filters.facet_index import RowsOfPage
from catalog.models import Edition, Meeting, Publication
from catalog.pages.sources import EntrySources
from catalog.terms import (
    CURRENT_STATES,
    IN_FORCE_STATES,
    ChangeKind,
    DoubtedField,
    Entitlement,
    Kind,
    Precision,
    State,
    Verification,
)
from catalog.wording.dates import date_machine, date_words, moment_machine
from catalog.wording.doubts import Stated, state_words
from catalog.wording.meetings import course_in_short, days_in_words, years_in_words
from catalog.wording.notes import Piece
from catalog.wording.successions import Sentence, in_few_words
from catalog.works.known_successions import known_successions
from catalog.works.successors import Chain

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """Return a sign from the sprite, hidden from assistive technology."""
    return _sign(_sprite(), name)


@cache
def _sprite() -> str:
    """Return the address of the sprite; a new one comes with a new release."""
    return static("icons.svg")


@cache
def _sign(sprite: str, name: str) -> SafeString:
    return format_html(
        '<svg class="i" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        sprite,
        name,
    )


@cache
def _marked_word(element: str, sign: SafeString, word: str) -> SafeString:
    """Return a sign and a word in an element of a class; the same few stand in every list."""
    return format_html('<span class="{}">{} {}</span>', element, sign, word)


@register.simple_tag
def state_tag(text: str | Stated) -> SafeString:
    """Return the tag of a state, or of that of a text: sign and word; nothing without a state.

    A doubted state has the sign of doubt and no colour, and says so.
    """
    state = text if isinstance(text, str) or text is None else text.state
    if not state:
        return SafeString("")
    known = State(state)
    if state is not text and text.state_doubted:
        return format_html(
            '<span class="tag is-doubted">{} {}</span>', icon("doubt"), state_words(text)
        )
    return _marked_word(f"tag s-{known.value}", icon(known.value), _(known.label))


@register.simple_tag
def status_of_years(kind: str) -> str:
    """Return what a colour of the years by status stands for."""
    if kind == State.WITHDRAWN:
        return _("Withdrawn or not in force")
    return _("In force") if kind == State.IN_FORCE else _(State(kind).label)


@register.simple_tag
def noted(text: str, sources: EntrySources | None = None) -> SafeString:
    """Return a text of an entry with the numbers of its sources behind the statements."""
    if not sources:
        return conditional_escape(text)
    return format_html_join(
        "", "{}{}", ((piece.words, _marks(piece)) for piece in sources.pieces(text))
    )


@register.simple_tag
def note_marks(name: str, sources: EntrySources | None = None) -> SafeString:
    """Return the numbers of the sources behind a fact that is no text: `Years`, `Dates`."""
    found = sources.pieces(name) if sources else []
    return format_html_join("", "{}", ((_marks(piece),) for piece in found))


def _marks(piece: Piece) -> SafeString:
    return format_html_join(
        "",
        '<sup><a id="note-{}" href="#source-{}" role="doc-noteref">'
        '<span class="vh">{} </span>{}</a></sup>',
        ((number, number, _("Source"), number) for number in piece.notes),
    )


@register.filter(name="state_words")
def state_in_words(text: Stated) -> str:
    """Return the state of a text in words, with the doubt where there is one."""
    return state_words(text)


@register.simple_tag
def change_tag(kind: str) -> SafeString:
    """Return what an import changed: the tag of the state that it led to, else the bare words."""
    if kind in (ChangeKind.SUPERSEDED, ChangeKind.WITHDRAWN):
        return state_tag(kind)
    return format_html("<span>{}</span>", _(ChangeKind(kind).label))


@register.simple_tag
def linked_words(sentence: Sentence) -> SafeString:
    """Return a sentence whose pieces may be links."""
    pieces = (_linked(one.url, one.words) if one.url else one.words for one in sentence)
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _linked(url: str, words: str) -> SafeString:
    return format_html('<a href="{}"><bdi>{}</bdi></a>', url, words)


@register.simple_tag(takes_context=True)
def in_its_place(context: template.Context, work: int, state: str) -> SafeString:
    """Return what stands in the place of a work, by its primary key and state, for a row of a list.

    Nothing for a work that is current, or without a known successor.
    """
    if not state or state in CURRENT_STATES:
        return SafeString("")
    # Asked once for all rows of a list.
    known = context.render_context.get(in_its_place)
    if known is None:
        known = context.render_context[in_its_place] = known_successions()
    return chain_in_short(known.chain(work))


@register.simple_tag
def chain_in_short(chain: Chain) -> SafeString:
    """Return what stands in the place of a text in a few words; nothing of nothing."""
    if not chain:
        return SafeString("")
    return format_html("<span>{}</span>", linked_words(in_few_words(chain)))


@register.simple_tag
def verification_mark(verification: str) -> SafeString:
    """Return the mark of a verification: square sign and word."""
    known = Verification(verification)
    return _marked_word(f"mark v-{known.value}", icon(known.value), _(known.label))


@register.filter
def is_remarkable(verification: str) -> bool:
    """Return whether a list must say of an entry how sure we are."""
    return Verification(verification).is_remarkable


@register.simple_tag
def answer_mark(answer: str) -> SafeString:
    """Return what a membership type may do: round sign and word."""
    known = Entitlement(answer)
    return _marked_word(f"answer a-{known.value}", icon(known.value), _(known.label))


@register.simple_tag
def dated(part, short: bool = False) -> SafeString:
    """Return the date of an edition or component as a `time` element, no more exact than known.

    A date of posting says so.
    """
    if part is None or part.date is None:
        return SafeString("")
    day = day_time(part.date, part.precision, short)
    return format_html("{} {}", _("posted"), day) if part.is_dated_by_posting else day


@register.simple_tag
def dates(part, short: bool = False, in_table: bool = False) -> SafeString:
    """Return the dates of an edition or component, each with what it is.

    `approved <time>, posted <time>`; in a table an approval alone needs the word only where
    the table is folded. A doubted date says so.
    """
    shown = SafeString("")
    if part.approved:
        day = _doubted_or_not(part, DoubtedField.APPROVED, short)
        word = '<span class="fold-word">{} </span>{}' if in_table and not part.posted else "{} {}"
        is_year = part.approved_precision == Precision.YEAR
        shown = format_html(word, _("dated") if is_year else _("approved"), day)
    if part.posted and part.posted != part.approved:
        day = _doubted_or_not(part, DoubtedField.POSTED, short)
        shown = format_html("{}{}{} {}", shown, ", " if shown else "", _("posted"), day)
    return shown


def _doubted_or_not(part, name: DoubtedField, short: bool) -> SafeString:
    day = day_time(getattr(part, name), getattr(part, f"{name}_precision"), short)
    return format_html("{} ({})", day, _("doubted")) if name in part.doubted_fields else day


@register.simple_tag
def year_of(part: Edition) -> SafeString:
    """Return the year of an edition as a `time` element; of one of posting it says so."""
    if part.date is None:
        return SafeString("")
    year = day_time(part.date, Precision.YEAR)
    return format_html("{} {}", _("posted"), year) if part.is_dated_by_posting else year


@register.simple_tag(takes_context=True)
def row_note(context: Context, work: Publication) -> SafeString:
    """Return what a row says below the title: what differs from a Recommendation that stands."""
    notes = []
    if work.identifier and work.kind != Kind.RECOMMENDATION:
        notes.append(format_html('<span class="row-kind">{}</span>', work.get_kind_display()))
    if is_remarkable(work.verification):
        notes.append(verification_mark(work.verification))
    if place := in_its_place(context, work.pk, work.state):
        notes.append(place)
    if not notes:
        return SafeString("")
    return format_html(
        '<p class="row-note">{}</p>', format_html_join(" ", "{}", ((n,) for n in notes))
    )


@register.simple_tag
def edition_date(edition: Edition) -> SafeString:
    """Return what tells an edition from the others of its work: its month, or its identifier."""
    if edition.date is None:
        return conditional_escape(edition.identifier)
    precision = edition.precision if edition.precision == Precision.YEAR else Precision.MONTH
    month = day_time(edition.date, precision, short=True)
    return format_html("{} {}", _("posted"), month) if edition.is_dated_by_posting else month


@register.simple_tag
def edition_plot(history: EditionHistory, edition: int) -> SafeString:
    """Return the bar of an edition, by its primary key, with the marks of its components."""
    lines = format_html_join(
        "",
        '<line class="h-year" x1="{0}%" x2="{0}%" y1="0" y2="40"/>',
        ((mark.left,) for mark in history.marks),
    )
    bar = history.bars.get(edition)
    if bar is None:
        return format_html(PLOT, lines, "", "")
    is_thick = bar.state in IN_FORCE_STATES
    place = (bar.state or "none", bar.left, bar.width, *((13, 14) if is_thick else (16, 8)))
    drawn = format_html(
        '<rect class="h-bar s-{}" x="{}%" width="{}%" y="{}" height="{}" rx="2"/>', *place
    )
    ticks = format_html_join(
        "",
        "{}",
        ((format_html(CORRECTION if t.is_correction else CHANGE, t.left),) for t in bar.ticks),
    )
    return format_html(PLOT, lines, drawn, ticks)


PLOT = '<svg class="plot" aria-hidden="true">{}{}{}</svg>'
CORRECTION = '<circle class="h-tick" cx="{}%" cy="20" r="4"/>'
CHANGE = '<svg x="{}%" y="20" overflow="visible"><path class="h-tick" d="M0-5 5 0 0 5-5 0z"/></svg>'


@register.simple_tag
def day_time(day, precision: str = "day", short: bool = False) -> SafeString:
    """Return a date as a `time` element."""
    if day is None:
        return SafeString("")
    return format_html(
        '<time datetime="{}">{}</time>',
        date_machine(day, precision),
        date_words(day, precision, short),
    )


@register.simple_tag
def meeting_course(meeting: Meeting) -> str:
    """Return whether a meeting lies ahead or is under way, as of today; nothing if it was held.

    Its outcomes must be at hand.
    """
    outcomes = meeting.outcomes.all()
    return course_in_short(meeting, datetime.date.today(), has_outcome=bool(outcomes))


@register.simple_tag
def meeting_label(meeting: Meeting) -> str:
    """Return what tells a meeting from the others: its name, days and place."""
    where = f", {meeting.place}" if meeting.place else ""
    return f"{meeting.name}: {days_in_words(meeting)}{where}"


@register.simple_tag
def years(since: int | None, until: int | None) -> str:
    """Return a span of years, in the tense of today."""
    return years_in_words(since, until, datetime.date.today())


@register.simple_tag
def moment_time(moment) -> SafeString:
    """Return the day of a moment as a `time` element, for machines with the time in UTC."""
    words = date_words(moment, Precision.DAY)
    return format_html('<time datetime="{}">{}</time>', moment_machine(moment), words)


@register.simple_tag(takes_context=True)
def work_rows(context: Context, works: Iterable[Publication]) -> SafeString:
    """Return a row for each work; those of a list that has an index are written once a version."""
    template = context.template.engine.get_template("catalog/partials/work_row.html")
    inner = context.new()

    def row(work: Publication) -> str:
        inner["work"] = work
        return f"\n{template.render(inner).strip()}\n"

    rows = works.shown(row) if isinstance(works, RowsOfPage) else map(row, works)
    return SafeString("".join(rows))


@register.simple_tag
def query_with(chosen: ListFilter, name: str, value: object) -> str:
    """Return the query string of a list with one parameter changed."""
    return chosen.query(**{name: value, **({"page": None} if name != "page" else {})})
