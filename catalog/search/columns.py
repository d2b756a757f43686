"""The words of one entry, ready for the index."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from catalog.search.words import BREAK, START, column_of

# Of the rules by which texts become words and numbers become keys. Raise it with every change
# of their results: then the index knows that its rows were written by older rules.
RULES_VERSION = 2
BY_THESE_RULES = f"{RULES_VERSION}."
_MARKS = {START, BREAK, ""}


@dataclass(frozen=True)
class TextColumns:
    """Forms of an entry's title, names and texts, and its whole names in compact form."""

    title: str
    names: str
    text: str
    exact: tuple[str, ...]

    @property
    def digest(self) -> str:
        """A digest of these columns, which differs if any word of them or the rules do."""
        whole = "\n".join((self.title, self.names, self.text, *self.exact))
        return BY_THESE_RULES + blake2b(whole.encode(), digest_size=12).hexdigest()

    @property
    def words(self) -> set[str]:
        """Every word that is found here, joined forms included."""
        return words_of_columns(self.title, self.names, self.text)


def text_columns(
    title: Iterable[str], names: Iterable[str], texts: Iterable[str], exact: Iterable[str]
) -> TextColumns:
    """Return the columns of an entry; each name and text counts once."""
    return TextColumns(
        column_of(filter(None, title), marked=True),
        column_of(dict.fromkeys(filter(None, names))),
        column_of(dict.fromkeys(filter(None, texts))),
        tuple(dict.fromkeys(filter(None, exact))),
    )


def words_of_columns(*columns: str) -> set[str]:
    """Return the words of columns as they are stored."""
    return set(" ".join(columns).split(" ")) - _MARKS
