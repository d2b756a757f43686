"""The editors' desk: Django's admin, grouped by purpose and put in the words of the field.

Django's autodiscovery imports this package; each module registers its own models.
"""

from catalog.admin import (
    activities,
    corrections,
    deleted_entries,
    imports,
    membership,
    names,
    parts,
    problem_reports,
    publications,
    source_gaps,
    sources,
    structure,
    subjects,
    successors,
)

__all__ = [
    "activities",
    "corrections",
    "deleted_entries",
    "imports",
    "membership",
    "names",
    "parts",
    "problem_reports",
    "publications",
    "source_gaps",
    "sources",
    "structure",
    "subjects",
    "successors",
]
