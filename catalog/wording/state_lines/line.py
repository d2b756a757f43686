"""The state line itself, and the pieces that all state lines share."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from catalog.models import Component, Edition, Publication
from catalog.terms import State
from catalog.wording.successions import Sentence, sentences_of
from catalog.works.successors import Chain

MARKER = "\x00"


@dataclass(frozen=True)
class StateLine:
    """One sentence: words, then at most one link, then more words; further sentences follow.

    `successions` say what took the place of the text; they stand last.
    """

    state: str
    before: str
    link: str = ""
    link_label: str = ""
    after: str = ""
    notes: list[str] = field(default_factory=list)
    is_doubted: bool = False
    successions: list[Sentence] = field(default_factory=list)

    @property
    def word(self) -> str:
        """The word for the state, which stands out; empty without a state.

        What is said in brackets behind it is left to the sentence.
        """
        label = _(State(self.state).label).partition(" (")[0] if self.state else ""
        return _("%(state)s (doubted)") % {"state": label} if self.is_doubted and label else label

    @property
    def stop(self) -> str:
        """The sign behind the word, where the sentence begins with it."""
        rest = self.before.removeprefix(self.word)
        return rest[0] if self.begins_with_word and rest and rest[0] in ":.;," else ""

    @property
    def rest(self) -> str:
        """The words up to the link, without the word for the state and its sign."""
        if not self.begins_with_word:
            return self.before
        return self.before.removeprefix(self.word).removeprefix(self.stop).lstrip()

    @property
    def begins_with_word(self) -> bool:
        """Whether the sentence begins with the word for the state."""
        return bool(self.word) and self.before.startswith(self.word)

    @property
    def asks_to_act(self) -> bool:
        """Whether the reader should go elsewhere; such lines get the tinted ground."""
        return self.state != State.IN_FORCE


def linked(state: str, sentence: str, url: str, link_label: str, **words: object) -> StateLine:
    """Return a line from a whole sentence that holds `%(link)s` where the link shall stand."""
    before, _marker, after = (sentence % {**words, "link": MARKER}).partition(MARKER)
    return StateLine(state, before, url, link_label, after)


def with_doubt(line: StateLine, text: Publication | Edition | Component) -> StateLine:
    """Return a line on a text that begins with the doubt, if the state is doubted."""
    if not text.state_doubted:
        return line
    return replace(line, before=f"{_('The status is doubted.')} {line.before}", is_doubted=True)


def followed_by(line: StateLine, chain: Chain) -> StateLine:
    """Return a line that ends with what took the place of the text."""
    return replace(line, successions=sentences_of(chain)) if chain else line


def gone(*things: Publication | Edition | Component | None) -> list[str]:
    """Return the sentence on a text that the source no longer holds; none if it does."""
    days = [thing.left_source for thing in things if thing is not None and thing.left_source]
    if not days:
        return []
    since = date_format(min(days), "j F Y")
    return [_("Missing from the source since %(since)s; this page is kept.") % {"since": since}]
