"""The fields that imports write, by the name of the model (rule 7.1).

On a row that comes from the source, an editor changes such a field only by a correction with a
reason (`catalog.writing.corrections`), and an import leaves a corrected field alone. Nothing here
knows Django.
"""

from __future__ import annotations

_OF_BOTH = (
    "identifier",
    "slug",
    "number_slug",
    "position",
    "title",
    "approved",
    "approved_precision",
    "posted",
    "posted_precision",
    "state",
    "state_grounds",
    "abstract",
    "link",
)

IMPORTED_FIELDS: dict[str, tuple[str, ...]] = {
    "Publication": ("name", "identifier", "slug", "kind", "family", "series", "study_group"),
    "Edition": (*_OF_BOTH, "version", "second_identifier", "second_number_slug"),
    "Component": (*_OF_BOTH, "type", "edition"),
}
# A work that was curated before the source had it keeps these as they were.
ONLY_OF_NEW_WORKS = ("name", "kind", "family")
