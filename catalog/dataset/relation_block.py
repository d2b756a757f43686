"""The relations of a record, read from its text by a pattern.

Four fifths of all bytes are the `relation` block, of which only the targets are wanted. It is
written in one narrow form, which a pattern reads far faster than a parser. A block that departs
from that form in any way is left to the parser (rule 12.2).
"""

from __future__ import annotations

import re

from catalog.dataset.plain_yaml import BOOLEANS

HEAD = "relation:\n"
# A scalar of the plainest kinds: YAML has nothing to interpret in it, on one line or folded.
_PLAIN = r"[^\x00-\x1f\x7f-\x9f:#]*(?:[:#][^\s\x00-\x1f\x7f-\x9f:#][^\x00-\x1f\x7f-\x9f:#]*)*"
_WORD = rf"[A-Za-z0-9(]{_PLAIN}(?:\n {{8}}(?![\s#]){_PLAIN})*"
_LINE = r"(?:[^'\x00-\x1f\x7f-\x9f]|'')*"
_SINGLE = rf"'{_LINE}(?:\n {{8}}(?! ){_LINE})*'"
_DOUBLE = r'"[^"\\\x00-\x1f\x7f-\x9f]*(?:\n {8}(?! )[^"\\\x00-\x1f\x7f-\x9f]*)*"'
_SCALAR = rf"(?:{_WORD}|{_SINGLE}|{_DOUBLE})"
_FORMATTED = rf"(?:    formattedref:\n      content: {_SCALAR}\n)?"
ITEM = re.compile(
    r"- type: (hasEdition|complementOf)\n"
    r"  bibitem:\n"
    r"(?:    title:\n    - language: en\n      script: Latn\n"
    rf"      content: ({_SCALAR})\n)?"
    rf"{_FORMATTED}"
    r"    docidentifier:\n"
    r"    - content: ([A-Z][A-Za-z0-9 ./()+_-]*)\n"
    r"      type: ITU\n      primary: true\n"
    rf"{_FORMATTED}"
)

# Type, target and title; the title as YAML has it, or empty.
RelationTriples = list[tuple[str, str, str]]


def split_relations(text: str) -> tuple[str, RelationTriples | None]:
    """Return the text without its relation block, and the relations.

    The relations are None, and the text is whole, if there is no block in the usual form.
    """
    start = 0 if text.startswith(HEAD) else text.find(f"\n{HEAD}") + 1
    if not text.startswith(HEAD, start):
        return text, None
    relations = []
    position = start + len(HEAD)
    while item := ITEM.match(text, position):
        kind, title, target = item.groups("")
        if len(title) <= 5 and title in BOOLEANS:
            return text, None
        relations.append((kind, target, title))
        position = item.end()
    # The next key of the record follows; whatever else does belongs to the block.
    if not relations or not (text[position : position + 1] or "e").isalpha():
        return text, None
    return text[:start] + text[position:], relations
