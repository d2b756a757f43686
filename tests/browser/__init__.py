"""The pages in a real browser, served as in production."""
