"""The public data set relaton-data-itu: files to records, records to works with states.

Plain Python without Django; the rules are those of the data set notes. Every module takes
what the one before it made: `archive`, `parsing`, `record`, `collect`, `standards` and
`radio`, `states`, `relations`, `figures`.
"""
