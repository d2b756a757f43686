"""Lists that readers narrow, and the same as files and feeds."""
