"""What a part of an address may look like, as patterns that hold for the whole part.

The addresses of the portal are made of these, and so are the ones that the data set gets: what
does not match can be linked by no page.
"""

from __future__ import annotations

import re

# Study groups by number, other groups by their abbreviation.
GROUP = r"sg[1-9][0-9]{0,2}|tsag|rag|tdag|ccv|cpm|ssg"
# Series letters.
SERIES = r"[a-z]{1,3}"
# Kinds of publications: plural words, longer than any series letters.
FAMILY = r"[a-z]{4,}(?:-[a-z]+)*"
# A number with a digit in it, or a kind word with a number, or pub/ with a name.
PUBLICATION = (
    r"(?:report|resolution)/[a-z0-9.]+|handbook/[0-9]+|question/[0-9]+/(?:sg[0-9]+|none)"
    r"|pub/[a-z0-9]+(?:-[a-z0-9]+)*"
    r"|sec-[a-z]+|[a-z]{1,4}[.-]?[a-z]*[0-9][a-z0-9.]*(?:-[a-z0-9.]+)*"
)
# The further numbers of a dual or triple one: y.1331, o.71/v.55.
HALVES = r"[a-z]{1,4}\.[0-9][a-z0-9.]*(?:/[a-z]{1,4}\.[0-9][a-z0-9.]*)?"
# A month, a year, or a version.
EDITION = r"[0-9]{4}-[0-9]{1,2}|[0-9]{1,4}"
# A chain of components: amd1, anncplus-cor1.
PART = r"[a-z]{3}[a-z0-9.]*(?:-[a-z0-9.]+)*"
# A key of the knowledge base.
KEY = r"[a-z0-9]+(?:[.-][a-z0-9]+)*"

_PUBLICATION = re.compile(PUBLICATION)
_TRIED_BEFORE = re.compile(f"{GROUP}|{FAMILY}|{SERIES}")
_EDITION = re.compile(EDITION)
_PART = re.compile(PART)


def is_publication(part: str) -> bool:
    """Return whether a text can stand for a work in an address, and for nothing else."""
    return bool(_PUBLICATION.fullmatch(part)) and not _TRIED_BEFORE.fullmatch(part)


def is_edition(part: str) -> bool:
    """Return whether a text can stand for an edition in an address: 1988-11, 6."""
    return bool(_EDITION.fullmatch(part))


def is_component(part: str) -> bool:
    """Return whether a text can stand for a component in an address: 2009-08/amd1."""
    month, _slash, rest = part.partition("/")
    return bool(_EDITION.fullmatch(month)) and bool(_PART.fullmatch(rest))
