"""The editors' desk: Django's admin, grouped by purpose and put in the words of the field.

Django's autodiscovery imports this package; each module registers its own models.
"""

from catalog.admin import (
    activities,
    corrections,
    desk,
    imports,
    membership,
    parts,
    publications,
    structure,
    subjects,
)

__all__ = [
    "activities",
    "corrections",
    "desk",
    "imports",
    "membership",
    "parts",
    "publications",
    "structure",
    "subjects",
]
