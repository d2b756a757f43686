"""What those who run the portal ask of it: whether it lives and is ready, counts, lines of the log.

Nothing here is for readers, and nothing here may stop or slow a page.
"""
