"""The sentence under every heading: is the text in force, and if not, what is.

Rules 9.1 to 9.4 (docs/rules.md). Every sentence is whole, so that it can be translated, with at
most one link in it.
"""

from catalog.wording.state_lines.components import line_of_component
from catalog.wording.state_lines.days import line_of_day
from catalog.wording.state_lines.editions import line_of_edition, what_changed_when
from catalog.wording.state_lines.line import StateLine
from catalog.wording.state_lines.numbers import lines_of_number
from catalog.wording.state_lines.phrases import dates_in_words
from catalog.wording.state_lines.works import Neighbours, line_of_work

__all__ = [
    "Neighbours",
    "StateLine",
    "dates_in_words",
    "line_of_component",
    "line_of_day",
    "line_of_edition",
    "line_of_work",
    "lines_of_number",
    "what_changed_when",
]
