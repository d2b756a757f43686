"""The history of an entry in words: who, when, why, and each field before and after.

Pages and the desk show the same rows. Names of people stand in them only for whoever asks.
"""

from catalog.timeline.excerpts import Excerpt, excerpts
from catalog.timeline.rows import TimelineRow, length_of, timeline_of
from catalog.timeline.words import FieldChange, ThingChange, in_words

__all__ = [
    "Excerpt",
    "FieldChange",
    "ThingChange",
    "TimelineRow",
    "excerpts",
    "in_words",
    "length_of",
    "timeline_of",
]
