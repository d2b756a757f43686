"""The one door through which content is changed.

Whoever writes content, a form of the desk, a correction, a loading of the fixtures or an import,
does so in here: `editing` for a few entries, `whole_catalogue` for jobs. Each write is one
transaction: lock, check what the writer saw, apply, record who changed what and why, derive what
follows, bring the index up to date, keep addresses that are left, move the version of the
catalogue. `tests/pure/test_one_door.py` fails on a write to content elsewhere.
"""
