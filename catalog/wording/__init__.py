"""What pages say about texts, in words: states, dates, titles, doubts, sources."""
