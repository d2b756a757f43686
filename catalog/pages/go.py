"""What the page shows on which one identifier or link is opened."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.pages.opened import NotHere
from catalog.resolver import MAX_READ

ITU_URL = "https://www.itu.int/"
EXAMPLES = ("g 711 (11/88)", "Report BT.2020-1", "https://www.itu.int/rec/T-REC-H.264-202108-S")


@dataclass(frozen=True)
class GoPage:
    """The form, with what was asked and what is wrong with it."""

    asked: str = ""
    error: str = ""

    examples = EXAMPLES
    most = MAX_READ


@dataclass(frozen=True)
class NothingFoundPage:
    """What was understood, what kind of document it is, and what comes near."""

    not_here: NotHere

    itu_url = ITU_URL
    most = MAX_READ
