"""Which database a page is read from, and what is done while one of them is gone."""
