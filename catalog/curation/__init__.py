"""The curated content as files: load it, export it, never lose an editor's change."""
