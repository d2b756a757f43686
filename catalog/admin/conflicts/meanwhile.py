"""What others wrote to an entry while a form of it was open."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from catalog.models import RowChange
from catalog.terms import RowAction
from catalog.timeline import Excerpt, in_words
from catalog.timeline.rows import actor_words
from catalog.timeline.words import moment_words
from catalog.writing.aggregates import RowKey, key_of, root_of
from catalog.writing.record import catalogue_version
from catalog.writing.values import Values

# The hidden field with the version of the catalogue that a page was made from.
SEEN = "_seen"
# What stands behind the name of a field in the names of those with which editors decide.
KEEP, PENDING = "keep", "pending"
MINE, THEIRS = "mine", "theirs"
# Stands for a whole row of a table, as a field of it.
ROW = "row"
SENTENCE = 200
LONGEST_NUMBER = 19  # digits


@dataclass
class RowStory:
    """What others did to one row.

    `base` holds the values that the editor saw, of the columns that changed since; `last` the
    newest change of each.
    """

    base: Values = field(default_factory=dict)
    last: dict[str, RowChange] = field(default_factory=dict)
    newest: RowChange | None = None
    oldest: RowChange | None = None

    def take(self, change: RowChange) -> None:
        """Take in a change that is older than those before it."""
        self.newest = self.newest or change
        self.oldest = change
        for name, (old, _new) in change.values.items():
            self.last.setdefault(name, change)
            if change.action == RowAction.ADDED:
                # A row that came back: what it was before it was deleted counts.
                self.base.setdefault(name, old)
            else:
                self.base[name] = old

    @property
    def is_new(self) -> bool:
        """Whether the row came while the form was open."""
        return self.oldest is not None and self.oldest.action == RowAction.ADDED


@dataclass(frozen=True)
class Clash:
    """A field, or a row of a table, with two values between which the editor chooses.

    `name` begins the names of the boxes with which the choice is sent; `pending` goes with it.
    `is_open` says that the form came back without a choice; `is_row` that a whole row is at stake.
    """

    name: str
    where: str
    label: str
    reported: str
    before: Excerpt | None
    theirs: Excerpt
    mine: Excerpt
    theirs_choice: str
    mine_choice: str
    pending: str = "1"
    is_open: bool = False
    is_row: bool = False


@dataclass(frozen=True)
class Taken:
    """A value of others that was taken over, for the editor had not touched the field."""

    where: str
    label: str
    reported: str
    before: Excerpt
    theirs: Excerpt

    def __str__(self) -> str:
        place = f"{self.where}, {self.label}" if self.where else self.label
        words = {
            "place": place,
            "reported": self.reported,
            "before": self.before or _("nothing"),
            "after": self.theirs or _("nothing"),
        }
        sentence = (
            _("Changed by others: %(place)s, from “%(before)s” to “%(after)s” (%(reported)s).")
            % words
        )
        return Truncator(sentence).chars(SENTENCE + len(place))


@dataclass
class Meanwhile:
    """All of it for one form: what is to be decided, what was taken over, what else happened.

    `refusals` holds the messages shown at fields, by the prefix of their form.
    """

    clashes: list[Clash] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refusals: dict[str, dict[str, str]] = field(default_factory=dict)

    def refuse(self, words: str, prefix: str = "", name: str = NON_FIELD_ERRORS) -> None:
        """Say at a field, or above the form, why it is not saved."""
        self.refusals.setdefault(prefix, {})[name] = words

    def __bool__(self) -> bool:
        return bool(self.clashes or self.taken or self.notes or self.refusals)

    @property
    def may_be_typed(self) -> bool:
        """Whether one of the clashes is about a field, into which a third text may be typed."""
        return not all(clash.is_row for clash in self.clashes)

    @property
    def sentences(self) -> list[str]:
        """What was taken over and what else happened, for a message after saving."""
        return [*map(str, self.taken), *self.notes]


def number_in(text: str) -> int | None:
    """Return a number that a page carried; None for anything else, or one that no column holds."""
    is_number = text.isascii() and text.isdecimal() and len(text) < LONGEST_NUMBER
    return int(text) if is_number else None


def seen_version(data: QueryDict) -> int | None:
    """Return the version that a page was made from; None if it is missing or never existed."""
    number = number_in(data.get(SEEN, ""))
    return number if number is not None and number <= catalogue_version() else None


def stories_of(row: models.Model, seen: int) -> dict[RowKey, RowStory]:
    """Return what others did since a version to a row and to the rows of its entry."""
    model, pk = key_of(row)
    root_model, root_pk = key_of(root_of(row))
    # A meeting may have belonged to another entry meanwhile.
    own = Q(model=model, row_id=pk) | Q(entry_model=root_model, entry_id=root_pk)
    stories: dict[RowKey, RowStory] = {}
    for change in _newest_first(RowChange.objects.filter(own, revision__number__gt=seen)):
        stories.setdefault((change.model, change.row_id), RowStory()).take(change)
    return stories


def last_change(row: models.Model, column: str) -> RowChange | None:
    """Return the newest change of one column of a row."""
    model, pk = key_of(row)
    changes = RowChange.objects.filter(model=model, row_id=pk, values__has_key=column)
    return _newest_first(changes).first()


def reported(change: RowChange | None) -> str:
    """Return who made a change, when and why, in words; the empty text if it is not known."""
    if change is None:
        return ""
    revision = change.revision
    words = f"{actor_words(revision, with_people=True)}, {moment_words(revision.made)}"
    return f"{words}: {revision.reason}" if revision.reason else words


def in_brief(change: RowChange) -> str:
    """Return what changed in a row in one line: Title: “old” → “new”."""
    nothing = _("nothing")
    return "; ".join(
        f"{field.label}: “{field.before or nothing}” → “{field.after or nothing}”"
        for thing in in_words([change])
        for field in thing.fields
    )


def _newest_first(changes: models.QuerySet) -> models.QuerySet:
    linked = changes.select_related("revision__by", "revision__run").defer("revision__run__report")
    return linked.order_by("-revision__number", "pk")
