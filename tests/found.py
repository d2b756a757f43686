"""What tests find before they look at it: a loop over nothing proves nothing."""

from __future__ import annotations

import linecache
import sys
from collections.abc import Iterable
from typing import TypeVar

Found = TypeVar("Found")


def some(found: Iterable[Found], *, at_least: int = 1) -> list[Found]:
    """Return what was found as a list; fail if it is fewer than `at_least`.

    The message repeats the line that looked for it. To be used in every loop over elements of a
    page, rows of a query, files of a folder and the like.
    """
    __tracebackhide__ = True
    things = list(found)
    if len(things) < at_least:
        caller = sys._getframe(1)
        line = linecache.getline(caller.f_code.co_filename, caller.f_lineno).strip()
        raise AssertionError(f"found {len(things)}, looked for at least {at_least}: {line}")
    return things
