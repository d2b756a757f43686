"""Citation formats: a Reference in, text out; no database, no request."""

from catalog.citations.formats import Reference, cite

__all__ = ["Reference", "cite"]
