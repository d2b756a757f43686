"""Finding entries: match words, keep the index."""
