"""The sources of entries in one line: what lists, tables and programs show of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from catalog.models import Source, SourceUse
from catalog.terms import HowSeen


def sources_by_entry(uses: Iterable[SourceUse]) -> dict[str, str]:
    """Return the sources of entries in words, by the key of the entry: `Title (publisher); …`."""
    found: dict[str, list[str]] = defaultdict(list)
    for use in uses:
        found[use.entry_key].append(in_brief(use.source))
    return {key: "; ".join(named) for key, named in found.items()}


def in_brief(source: Source) -> str:
    """Return a source in a few words: its title with the publisher, or that nobody looked."""
    if source.how == HowSeen.GENERAL_KNOWLEDGE:
        return _("general knowledge")
    return f"{source.title} ({source.publisher})" if source.publisher else source.title
