"""A database of PostgreSQL, by the tools of PostgreSQL."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from django.apps import apps
from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

from catalog.backups import known_migrations
from catalog.backups.envelope import BackupError
from catalog.writing.locks import JOB_WAIT, WRITING
from catalog.writing.record import catalogue_version

# The version before stands in a setting of the transaction while the tables are replaced.
BEGIN = """\
SET LOCAL lock_timeout = '{wait}s';
SELECT pg_advisory_xact_lock({lock});
SELECT set_config('itu_portal.version_before', '0', true);
DO $$
DECLARE found bigint;
BEGIN
  IF to_regclass('{schema}.catalog_cataloguestate') IS NOT NULL THEN
    LOCK TABLE {schema}.catalog_cataloguestate IN ACCESS EXCLUSIVE MODE;
    SELECT max(version) INTO found FROM {schema}.catalog_cataloguestate;
    PERFORM set_config('itu_portal.version_before', coalesce(found, 0)::text, true);
  END IF;
END $$;
"""
END = """
UPDATE {schema}.catalog_cataloguestate
  SET version = greatest(version, current_setting('itu_portal.version_before')::bigint) + 1,
    changed = now();
DO $$
BEGIN
  -- Backups of earlier releases have no mark; the migration that adds it gives them one.
  IF EXISTS (SELECT FROM pg_attribute
    WHERE attrelid = '{schema}.catalog_cataloguestate'::regclass AND attname = 'mark') THEN
    UPDATE {schema}.catalog_cataloguestate
      SET mark = substr(md5(random()::text || clock_timestamp()::text), 1, 16);
  END IF;
END $$;
"""


def dump(payload: Path) -> tuple[tuple[str, ...], int]:
    """Dump the tables of the portal; return the migrations and the version of the catalogue.

    All are of one moment. Raises BackupError if the tool is missing or fails.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        found = known_migrations.applied(), catalogue_version()
        # Ours alone: what else stands in the database is not for us to replace.
        tables = [f"--table={prefix}*" for prefix in prefixes()]
        usual = ["--format=custom", "--no-owner", "--no-privileges", "--no-password"]
        _run("pg_dump", [*usual, f"--snapshot={snapshot}", f"--file={payload}", *tables])
    return found


def restore(payload: Path, folder: Path) -> tuple[int, int | None]:
    """Replace the tables of the portal in one transaction, which moves the version on.

    Returns the new version, and the old one, None if there was none. Raises BackupError, and
    changes nothing, if anything fails. `folder` is for a file that needs as much room as the
    dump unfolded.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        schema = cursor.fetchone()[0]
        cursor.execute(f"SELECT to_regclass('{schema}.catalog_cataloguestate') IS NOT NULL")
        before = catalogue_version() if cursor.fetchone()[0] else None
        named = {"schema": schema, "wait": JOB_WAIT, "lock": WRITING}
        words = folder / "words.sql"
        # First in whole to a file: a dump that breaks off must not look like one that ended.
        options = ["--no-owner", "--no-privileges", "--exit-on-error", f"--file={words}"]
        _run("pg_restore", [*options, str(payload)], asks_server=False)
        (folder / "begin.sql").write_text(BEGIN.format(**named) + _drops(cursor, schema))
        (folder / "end.sql").write_text(END.format(**named))
    files = [f"--file={folder / name}" for name in ("begin.sql", "words.sql", "end.sql")]
    strict = ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction"]
    _run("psql", [*strict, "--no-password", "--output=/dev/null", *files])
    return catalogue_version(), before


def prefixes() -> list[str]:
    """Return how the names of our tables begin, such as catalog_ and auth_."""
    names = [model._meta.db_table for model in apps.get_models()]
    return sorted({f"{name.partition('_')[0]}_" for name in [*names, "django_migrations"]})


def _drops(cursor, schema: str) -> str:
    """Return the statement that drops our tables, whichever code made them; "" if there are none.

    All at once, since they refer to each other. A view that others have made of them stops it.
    """
    cursor.execute(
        "SELECT quote_ident(tablename) FROM pg_tables"
        " WHERE quote_ident(schemaname) = %s AND tablename LIKE ANY (%s)",
        [schema, [prefix.replace("_", r"\_") + "%" for prefix in prefixes()]],
    )
    names = sorted(f"{schema}.{name}" for (name,) in cursor.fetchall())
    return f"DROP TABLE {', '.join(names)};\n" if names else ""


def _run(tool: str, options: Sequence[str], *, asks_server: bool = True) -> None:
    """Run a tool of PostgreSQL; raise BackupError with its first complaint if it fails."""
    variables = dict(os.environ)
    command = [tool, *options]
    if asks_server:
        # The password goes in by the environment; others may read the command line.
        where, more = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
        variables |= more or {}
        command = [tool, *where[1:-1], f"--dbname={where[-1]}", *options]
    try:
        done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise BackupError(
            f"The program {tool} is not installed. It comes with the client of PostgreSQL "
            "(on Debian: postgresql-client)."
        ) from None
    if done.returncode:
        told = [line for line in done.stderr.splitlines() if line.strip()]
        wrong = next((line for line in told if "error" in line.lower()), (told or ["?"])[0])
        raise BackupError(f"{tool} failed: {wrong.strip()[:300]}")
