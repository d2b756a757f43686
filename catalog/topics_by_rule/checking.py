"""What an editor may write into a rule, and in which words the rest is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from catalog.terms import Kind
from catalog.topics_by_rule.expressions import MOST_WAYS, read_expression
from catalog.topics_by_rule.numbers import read_range, read_series

EXPRESSIONS = ("any_of", "all_of", "none_of")
# Of all expressions of a rule together.
MOST_WAYS_OF_RULE = 2 * MOST_WAYS
TOO_MUCH = (
    "The expressions leave so much open together that reading titles could take very long. "
    "Make two rules of them, or use fewer of ‘*’, ‘+’, ‘?’, ‘{’ and ‘|’."
)
NO_CONDITION = (
    "Say which works are meant: by words of the title, series, numbers, groups, kinds or "
    "collections."
)


def read_kind(text: str) -> Kind:
    """Return the kind of publication of this name; raise ValueError if there is none."""
    kinds = [kind.value for kind in Kind]
    if text not in kinds:
        raise ValueError(f"is not a known kind; these are: {', '.join(kinds)}")
    return Kind(text)


READERS: dict[str, Callable[[str], object]] = {
    **dict.fromkeys(EXPRESSIONS, read_expression),
    "series": read_series,
    "numbers": read_range,
    "kinds": read_kind,
}


def check_rule(given: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return what is wrong with a rule, in a sentence by field; nothing if it may be used.

    `given` has the lines of each field.
    """
    faults = {}
    for name, read in READERS.items():
        for line in given[name]:
            try:
                read(line)
            except ValueError as error:
                faults.setdefault(name, f"“{line[:60]}” {error}.")
    if not any(lines for name, lines in given.items() if name != "none_of"):
        faults.setdefault("any_of", NO_CONDITION)
    if not faults:
        texts = (line for name in EXPRESSIONS for line in given[name])
        if sum(read_expression(text).ways for text in texts) > MOST_WAYS_OF_RULE:
            faults["any_of"] = TOO_MUCH
    return faults
