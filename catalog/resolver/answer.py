"""The answer of the resolver: what was asked, what it means, what is near."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from catalog.identifiers.elsewhere import Elsewhere
from catalog.models import (
    CommonName,
    Component,
    Edition,
    OthersName,
    Publication,
    Text,
    TextFamily,
)
from catalog.terms import IN_FORCE_STATES, NameRelation, Outcome

# How many candidates are given, and how many works that come near.
MAX_OTHERS = 200
NEAR = 5


@dataclass(frozen=True)
class Answer:
    """What the resolver says of one query.

    `found` is the one text that the query names; None if it names none or several. Each text
    has its work at hand, and each work its Sector and standing edition. `others` are further
    texts that the query could mean, the ones in force first: all candidates if the outcome is
    CANDIDATES, else those that were not taken.
    """

    query: str
    outcome: Outcome
    # The query in the spelling of ITU: `ITU-T G.711 (11/1988)`; empty if nothing was understood.
    understood: str = ""
    found: Text | None = None
    others: tuple[Text, ...] = ()
    # In words: why it is the work and not the edition asked for, why this one of several.
    note: str = ""
    # What the catalogue does not hold, and where ITU keeps it.
    elsewhere: Elsewhere | None = None
    # Works that come near what was asked, or the text by others; only if nothing was found.
    near: tuple[Publication, ...] = ()
    # Whether the query was a number, code or link, and not just the name of something.
    is_identifier: bool = False
    # Whether the query is a name in use of the text found: HEVC.
    is_common_name: bool = False
    # By the primary keys of works that do not carry the number today what it is to them.
    whys: Mapping[int, str] = field(default_factory=dict)
    # The names in use by which the query means texts that it does not open, each with its work.
    by_names: tuple[CommonName, ...] = ()
    # Whose it is and what of ITU is nearest, where the query names a text by others.
    others_name: OthersName | None = None
    # The families of texts that the query names as a whole; if no text was found, their members
    # are candidates.
    families: tuple[TextFamily, ...] = ()

    @property
    def work(self) -> Publication | None:
        """The work that was found, or whose edition or component was found."""
        return None if self.found is None else work_of(self.found)

    @property
    def edition(self) -> Edition | None:
        """The edition that was found, or that the component found changes."""
        if isinstance(self.found, Component):
            return self.found.edition
        return self.found if isinstance(self.found, Edition) else None

    @property
    def component(self) -> Component | None:
        """The component that was found."""
        return self.found if isinstance(self.found, Component) else None

    @property
    def family(self) -> TextFamily | None:
        """The one family that the query names, where it is the name of no text."""
        is_name = any(name.relation == NameRelation.IS for name in self.by_names)
        if len(self.families) != 1 or is_name:
            return None
        return self.families[0] if self.is_identifier or self.found is None else None

    @property
    def called_so(self) -> tuple[Text, ...]:
        """The other texts that the query could mean."""
        return tuple(text for text in self.others if not self._is_part_of_found(text))

    @property
    def nearest(self) -> tuple[Text, ...]:
        """Editions and components of the work found that come near the one asked for."""
        return tuple(text for text in self.others if self._is_part_of_found(text))

    def _is_part_of_found(self, text: Text) -> bool:
        return isinstance(self.found, Publication) and work_of(text) == self.found

    @property
    def in_force(self) -> Edition | None:
        """The edition in force of the work that was found; None if ITU lists none."""
        standing = self.work.current_edition if self.work else None
        return standing if standing and standing.state in IN_FORCE_STATES else None


def work_of(text: Text) -> Publication:
    """Return the work of a text; of a work, itself."""
    return text if isinstance(text, Publication) else text.publication


def kind_of(text: Text) -> str:
    """Return the word for what a text is: `recommendation`, of a component `amendment`."""
    return text.type if isinstance(text, Component) else work_of(text).kind
