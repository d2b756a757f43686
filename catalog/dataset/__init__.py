"""The public data set relaton-data-itu: files to records, records to works with states.

Plain Python without Django. Rules of groups 2 to 6, 11 and 12 (docs/rules.md). Every module takes
what the one before it made: `archive`, `parsing`, `record`, `collect`, `standards` and `radio`,
`states`, `naming`, `checking`, `relations`, `figures`.
"""
