"""A catalogue read from a snapshot, compared with the database and written to it.

`present` reads what the database holds, `steps` goes from a snapshot to a `plan` of what differs,
`save` writes it in one transaction, `run` goes the whole way and keeps the record of it
(`ImportRun`). The steps are listed in docs/importing.md.
"""
