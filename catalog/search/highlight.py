"""Mark the words of a query in a text, safely."""

from __future__ import annotations

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


def highlight(text: str, words: list[str]) -> SafeString:
    """Return the text, escaped, with every occurrence of a word inside `mark`.

    Words are compared without regard to case; the longest match wins.
    """
    if not words or not text:
        return escape(text)
    longest_first = sorted(words, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)
    parts, position = [], 0
    for match in pattern.finditer(text):
        parts += [escape(text[position : match.start()]), f"<mark>{escape(match.group())}</mark>"]
        position = match.end()
    parts.append(escape(text[position:]))
    return mark_safe("".join(parts))  # every part was escaped above
