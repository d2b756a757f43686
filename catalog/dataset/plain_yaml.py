"""The plain part of YAML in which the data set is written, and nothing beyond it.

A file is mappings, lists and texts, a few levels deep (rule 12.1). What else
YAML can do has a cost or a meaning that nobody asked for: aliases that unfold into gigabytes,
keys that are there twice, tags that make objects, nesting without end. A file that uses it is
refused at the first sign, before anything is made of it.

The events of PyYAML's C parser are followed by hand. That is how each of these things is seen,
and it takes half the time of building a tree of nodes first.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)


class RecordError(Exception):
    """The file holds no record that can be used; the message says why."""


# PyYAML can be built without its C parser; the one in Python gives the same events.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_DEPTH = 20  # the records have eight levels
TEXT_TAG = "tag:yaml.org,2002:str"
BOOLEANS = {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
NO_KEY = object()


def load_mapping(text: str) -> dict[str, Any]:
    """Return the one mapping that a text holds; raises RecordError for anything else."""
    loaded = load(text)
    if not isinstance(loaded, dict):
        raise RecordError("is no mapping")
    return loaded


def load(text: str) -> Any:
    """Return what a text holds: dicts, lists, texts, True and False; None if it holds nothing.

    Whatever looks like a number, a date or nothing at all is read as the text that it is.
    Raises RecordError if it is no YAML, holds several documents, or uses aliases, tags, merge
    keys, keys of several words, a key twice, or more than MAX_DEPTH levels.
    """
    try:
        return _composed(text)
    except yaml.YAMLError as error:
        if found := CONTROL.search(text):
            reason = f"holds the control character U+{ord(found.group()):04X}"
            raise RecordError(reason) from error
        raise RecordError(f"is not YAML ({_problem_of(error)})") from error


def _composed(text: str) -> Any:
    documents: list[Any] = []
    above: list[dict | list] = []
    inside: dict | list = documents
    key: Any = NO_KEY
    next_event = LOADER(text).get_event
    while (kind := type(event := next_event())) is not yaml.StreamEndEvent:
        if kind is ScalarEvent:
            if event.tag is not None or event.anchor is not None:
                _refuse_extras(event)
            value = event.value
            if key is NO_KEY and type(inside) is dict:
                key = _checked_key(value, inside)
                continue
            if event.implicit[0]:
                value = BOOLEANS.get(value, value)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            if event.tag is not None or event.anchor is not None:
                _refuse_extras(event)
            if key is NO_KEY and type(inside) is dict:
                raise RecordError("has a key that is not text")
            if len(above) == MAX_DEPTH:
                raise RecordError(f"is nested more than {MAX_DEPTH} levels deep")
            value = {} if kind is MappingStartEvent else []
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            inside = above.pop()
            key = NO_KEY
            continue
        elif kind is yaml.AliasEvent:
            raise RecordError("uses YAML aliases, which the data set does not")
        elif kind is yaml.DocumentStartEvent and documents:
            raise RecordError("holds more than one YAML document")
        else:
            continue
        if type(inside) is dict:
            inside[key] = value
        else:
            inside.append(value)
        key = NO_KEY
        if kind is not ScalarEvent:
            above.append(inside)
            inside = value
    return documents[0] if documents else None


def _checked_key(key: str, mapping: dict[str, Any]) -> str:
    if key in mapping:
        raise RecordError(f"holds {key[:80]!r} twice in one mapping")
    if key == "<<":
        raise RecordError("uses YAML merge keys, which the data set does not")
    return key


def _refuse_extras(event: yaml.NodeEvent) -> None:
    """Raise RecordError for an anchor, and for a tag other than that of a text."""
    if event.anchor is not None:
        raise RecordError("uses YAML aliases, which the data set does not")
    if event.tag != TEXT_TAG or not isinstance(event, ScalarEvent):
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        raise RecordError(f"is not plain YAML (it uses the tag {tag[:80]!r})")


def _problem_of(error: yaml.YAMLError) -> str:
    problem, mark = getattr(error, "problem", None), getattr(error, "problem_mark", None)
    if problem and mark:
        return f"line {mark.line + 1}: {problem}"[:160]
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:160]
