"""Texts at their places in a mapping; what is of another type is refused, not turned into text."""

from __future__ import annotations

from typing import Any

from catalog.dataset.plain_yaml import RecordError


def text_at(value: Any, *path: str | int) -> str:
    """Return the text at a path through mappings and lists; empty if there is none.

    Raises RecordError, which names the field, where something of another type stands on the way
    or at the end of it.
    """
    for depth, step in enumerate(path):
        wanted = dict if type(step) is str else list
        if type(value) is not wanted:
            raise _refusal(value, path[:depth], "mapping" if wanted is dict else "list")
        if wanted is dict:
            if step not in value:
                return ""
        elif len(value) <= step:
            return ""
        value = value[step]
    if type(value) is not str:
        raise _refusal(value, path, "text")
    return value


def name_of(path: tuple[str | int, ...]) -> str:
    """Return how a place is named to people: ‘date.at’; the first of a list goes without saying."""
    return ".".join(f"{step}" if type(step) is str else f"{step + 1}" for step in path if step != 0)


def _refusal(value: Any, path: tuple[str | int, ...], wanted: str) -> RecordError:
    kinds = {dict: "a mapping", list: "a list", str: "a text"}
    is_what = kinds.get(type(value), f"the value {value!r}")
    place = f"‘{name}’" if (name := name_of(path)) else "a row"
    return RecordError(f"{place} is {is_what}, and should be a {wanted}")
