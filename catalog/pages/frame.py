"""What stands around every page: title, description, trail, feed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from catalog.models import Publication, Sector
from catalog.models.entry import Entry

LONGEST_SUMMARY = 155  # characters
SHORTEST_REST = 12  # characters; less of a title than that says nothing
LONGEST_TITLE = 69  # characters in the bar of a browser and in lists of results

Link = tuple[str, str]
Trail = Sequence[Link]


@dataclass(frozen=True)
class FeedLink:
    """A feed that belongs to a page."""

    title: str
    url: str


@dataclass(frozen=True)
class Frame:
    """What names a page, describes it and leads from it elsewhere.

    `trail` holds (label, address) pairs from the sector down to the page's parent; `entry` is
    what the page is about, which signed-in editors may open in the admin. `query` stands in the
    search field. `number` are the words at the end of `title` that tell pages of a list apart.
    """

    title: str
    description: str
    trail: Trail = ()
    noindex: bool = False
    entry: Entry | None = None
    feed: FeedLink | None = None
    query: str = ""
    number: str = ""
    is_home: bool = False

    @property
    def head_title(self) -> str:
        """The title and, where there is room, the name of the site; cut at words if too long.

        A text without a number keeps its whole name: no shorter one tells it from others.
        """
        whole = f"{self.title} – {_('ITU knowledge base')}"
        if len(whole) <= LONGEST_TITLE:
            return whole
        if isinstance(self.entry, Publication) and not self.entry.identifier:
            return self.title
        title = self.title.removesuffix(self.number)
        return shortened(title, LONGEST_TITLE - len(self.number)) + self.number

    @property
    def summary(self) -> str:
        """The description on one line, cut to what lists of results show."""
        return Truncator(" ".join(self.description.split())).chars(LONGEST_SUMMARY)


def cut_at_word(text: str, longest: int) -> str:
    """Return a text of at most so many characters, with an ellipsis for what is left out."""
    if len(text) <= longest:
        return text
    kept = text[: longest - 1]
    if not text[longest - 1].isspace() and " " in kept:
        kept = kept.rsplit(" ", 1)[0]
    return kept.rstrip(" ,;:–-(“") + "…"


def shortened(title: str, longest: int) -> str:
    """Return a title of at most so many characters.

    What stands before the first dash, an identifier or a count, stays whole if it has room.
    """
    head, dash, rest = title.partition(" – ")
    room = longest - len(head) - len(dash)
    if len(title) <= longest or not rest or room < 0:
        return cut_at_word(title, longest)
    return f"{head}{dash}{cut_at_word(rest, room)}" if room >= SHORTEST_REST else head


def link_to_sector(sector: Sector) -> Link:
    """Return the short name and the address of a Sector."""
    return sector.short_name, sector.get_absolute_url()
