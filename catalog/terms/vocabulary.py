"""A closed list of words of the field: values with the labels readers see."""

from __future__ import annotations

from enum import StrEnum


def _(message: str) -> str:
    """Mark a label for translation; the doors translate it when they show it."""
    return message


class Vocabulary(StrEnum):
    """A closed list of words: each member is its stored value and carries its label."""

    label: str

    def __new__(cls, value: str, label: str) -> Vocabulary:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Return (value, label) pairs in the order of definition."""
        return [(member.value, member.label) for member in cls]
