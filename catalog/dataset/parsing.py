"""The bytes of one file to a mapping, by whichever YAML parser is at hand.

Four fifths of all bytes are the `relation` block, of which only the targets are wanted. It is
written in one narrow form, which a pattern reads far faster than a parser. A block that departs
from that form in any way is left to the parser, as is the rest of the file (data set notes,
sections 8 and 12).
"""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

try:
    import yaml12
except ImportError:  # an optional parser, several times faster than PyYAML
    yaml12 = None


class RecordError(Exception):
    """The file holds no record that can be used; the message says why."""


BLOCK = re.compile(r"^relation:\n((?:[- ][^\n]*\n)+)", re.MULTILINE)
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
Relations = list[tuple[str, str, str]]


def parse_record(data: bytes) -> tuple[dict[str, Any], Relations]:
    """Return the mapping of a file without its relations, and those as type, target and title.

    Raises RecordError if the file is no UTF-8, holds NUL or several documents, is no YAML or no
    mapping, or has relations of another shape.
    """
    if b"\0" in data:
        raise RecordError("holds a NUL character")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RecordError(f"is not UTF-8 (byte {error.start})") from error
    rest, relations = split_relations(text.replace("\r\n", "\n"))
    mapping = load_mapping(rest)
    if relations is None:
        relations = _relations_of(mapping)
    elif "relation" in mapping:
        raise RecordError("holds ‘relation’ twice")
    return mapping, relations


def split_relations(text: str) -> tuple[str, Relations | None]:
    """Return the text without its relation block, and the relations.

    The relations are None, and the text is whole, if there is no block in the usual form.
    """
    block = BLOCK.search(text)
    if not block:
        return text, None
    relations, position, end = [], block.start(1), block.end(1)
    while position < end:
        item = ITEM.match(text, position, end)
        if not item:
            return text, None
        relations.append((item[1], item[3], item[2] or ""))
        position = item.end()
    return text[: block.start()] + text[block.end() :], relations


def load_mapping(text: str) -> dict[str, Any]:
    """Return the one mapping that a YAML text holds; raises RecordError for anything else."""
    refuse_odd_text(text)
    is_plain = yaml12 is not None and not INTERPRETED.search(text)
    loaded = (load_fast if is_plain else load_dependable)(text)
    if not isinstance(loaded, dict):
        raise RecordError("is no mapping")
    return loaded


CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
# What YAML interprets: tags, anchors, numbers, nothing at all. The data set quotes such texts,
# and parsers differ in what they make of them.
INTERPRETED = re.compile(
    r"(?:^|[\s,\[{])[&*!]\S"
    r"|(?:: |- )(?!\d{4}-\d\d)(?:~|null|[-+]?\.?\d[0-9a-fxo_.+-]*|[-+]?\.(?:inf|nan))[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
DOCUMENT = re.compile(r"^(?:---|\.\.\.)(?:\s|$)", re.MULTILINE)


def refuse_odd_text(text: str) -> None:
    """Raise RecordError where parsers would differ: raw control characters, several documents."""
    if found := CONTROL.search(text):
        raise RecordError(f"holds the control character U+{ord(found.group()):04X}")
    if DOCUMENT.search(text.removeprefix("---")):
        raise RecordError("holds more than one YAML document")


def load_dependable(text: str) -> Any:
    """Return what PyYAML reads; raises RecordError if it is no YAML."""
    try:
        return yaml.load(text, Loader=_Loader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise RecordError(f"is no YAML ({_first_line(error)})") from error


def load_fast(text: str) -> Any:
    """Return what the faster parser reads; raises RecordError if it is no YAML."""
    try:
        return yaml12.parse_yaml(text)
    except Exception as error:
        raise RecordError(f"is no YAML ({_first_line(error)})") from error


class _Loader(yaml.CSafeLoader):
    """Reads every scalar but true and false as text, which is all that the data set has."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:bool"]
        for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


def _relations_of(mapping: dict[str, Any]) -> Relations:
    found = mapping.pop("relation", None) or []
    try:
        return [
            (
                str(row["type"]),
                str(row["bibitem"]["docidentifier"][0]["content"]),
                json.dumps(str((row["bibitem"].get("title") or [{}])[0].get("content", ""))),
            )
            for row in found
        ]
    except (TypeError, KeyError, IndexError, AttributeError) as error:
        raise RecordError("has relations of another shape") from error


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines or [type(error).__name__])[0][:160]
