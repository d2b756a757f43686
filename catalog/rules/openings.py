"""The opening of a long text: its first sentences, and what follows them."""

from __future__ import annotations

import re
from typing import NamedTuple

ENOUGH = 12  # words of an opening
TOO_LITTLE = 25  # words; a rest as short as that is not worth a fold
SENTENCE_END = re.compile(r"(?<=[a-z0-9)\]”\"][.!?])\s+(?=[A-Z(“\"])|\n{2,}")


class Opening(NamedTuple):
    """A text in two; `rest` is empty where all of it stands in the opening."""

    first: str
    rest: str


def opening_of(text: str) -> Opening:
    """Return the first sentences of a text, at least 12 words of them, and the rest.

    Nothing is lost but blanks between the two.
    """
    for end in SENTENCE_END.finditer(text):
        if len(text[: end.start()].split()) >= ENOUGH:
            rest = text[end.end() :]
            is_long = len(rest.split()) > TOO_LITTLE
            return Opening(text[: end.start()], rest) if is_long else Opening(text, "")
    return Opening(text, "")
