"""What a loading of the fixture files did, and what it refused."""

from __future__ import annotations

from dataclasses import dataclass, field

from catalog.curation.rows import FixtureProblem


class FixtureError(Exception):
    """Nothing was loaded; `problems` names file, row and reason of each fault."""

    def __init__(self, problems: list[FixtureProblem]):
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


@dataclass
class FileReport:
    """What loading one file did."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    kept: list[str] = field(default_factory=list)
