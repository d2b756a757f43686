"""What somebody typed or pasted to a text: found, which one, not held, unknown.

The only place that turns words into a publication. It takes many texts at once and asks the
database a fixed number of times.
"""

from catalog.identifiers.typed_spellings import MAX_READ
from catalog.resolver.answer import Answer, Text, kind_of, work_of
from catalog.resolver.resolve import resolve, resolve_in_full, resolve_many

__all__ = [
    "MAX_READ",
    "Answer",
    "Text",
    "kind_of",
    "resolve",
    "resolve_in_full",
    "resolve_many",
    "work_of",
]
