"""Import a snapshot of the public data set relaton-data-itu."""

from __future__ import annotations

import argparse
import datetime
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection
from django.utils import timezone

from catalog.dataset.archive import SnapshotError
from catalog.importer.run import Options, Result, import_snapshot
from catalog.importer.structure import MissingContent
from catalog.management.stopping import Stopped, hearing_stops
from catalog.models import ImportRun
from catalog.writing.locks import CatalogueBusy

SHOWN = 20
WORDS = {"works": "Grouping works", "database": "Writing to the database"}


def day(text: str) -> datetime.date:
    """Return the day that somebody typed; raises ArgumentTypeError, in words."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2026-08-22") from error


class Command(BaseCommand):
    """Import a zip or a folder, and say what changed."""

    help = (
        "Import works, editions and components from a snapshot of relaton-data-itu: the zip as "
        "downloaded, or a folder. Importing again applies what changed; editors’ corrections stay."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the snapshot, and where to write the report."""
        parser.add_argument("path", type=Path, help="zip file or folder")
        parser.add_argument("--report", type=Path, help="write the report to this file, as JSON")
        parser.add_argument("--dry-run", action="store_true", help="say what would change")
        parser.add_argument(
            "--even-if-unchanged",
            action="store_true",
            help="compare with the database even if the files are those of the last import",
        )
        parser.add_argument(
            "--allow-removals",
            action="store_true",
            help="import a snapshot that lacks most of the known records",
        )
        parser.add_argument(
            "--allow-older",
            action="store_true",
            help="import a snapshot that is older than the last one",
        )
        parser.add_argument(
            "--date",
            type=day,
            help="date of the snapshot (YYYY-MM-DD); by default the one that its files tell",
        )
        parser.add_argument("--by", help="user name of the person who imports")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import; exit with status 1, and change nothing, if nothing can be imported.

        Ctrl-C and SIGTERM end it with nothing changed and status 130 or 143.
        """
        if hasattr(self.stdout, "reconfigure"):
            self.stdout.reconfigure(errors="backslashreplace")
        started = timezone.now()
        try:
            with hearing_stops():
                self._import(options)
        except Stopped as stopped:
            self._tell(f"\n{self._what_was_done_since(started)}", self.stderr)
            sys.exit(stopped.status)

    def _import(self, options: dict[str, Any]) -> None:
        report = options["report"]
        if report and not report.absolute().parent.is_dir():
            raise CommandError(
                f"Nothing was imported. There is no folder in which to write {report}."
            )
        chosen = Options(
            by=self._user(options["by"]),
            date=options["date"],
            dry_run=options["dry_run"],
            even_if_unchanged=options["even_if_unchanged"],
            allow_removals=options["allow_removals"],
            allow_older=options["allow_older"],
            progress=self._progress() if options["verbosity"] else None,
        )
        try:
            result = import_snapshot(options["path"], chosen)
        except (SnapshotError, MissingContent, CatalogueBusy) as error:
            raise CommandError(f"Nothing was imported. {error}") from error
        except DatabaseError as error:
            reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
            raise CommandError(
                f"Nothing was imported. The database refused it: {reason} (--traceback shows more)"
            ) from error
        if report:
            self._write_report(report, result.report)
        if options["verbosity"]:
            self._say(result, is_dry=options["dry_run"])

    def _what_was_done_since(self, started: datetime.datetime) -> str:
        """Return what the database says of an import that was stopped."""
        connection.close()  # what was written without being finished goes with it
        try:
            is_done = ImportRun.objects.filter(started__gte=started).exists()
        except DatabaseError:
            return "Stopped. The database does not answer; an unfinished import changes nothing."
        if is_done:
            return "Stopped after the import was done: its changes are kept."
        return "Stopped. Nothing was changed."

    def _tell(self, line: str, stream: Any = None, **how: Any) -> None:
        """Write a line; a terminal or a pipe that is gone does not stop the import."""
        stream = stream or self.stdout
        try:
            stream.write(line, **how)
            stream.flush()
        except OSError:
            # Python would complain at its end of what is still to be written.
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())

    def _user(self, name: str | None):
        if not name:
            return None
        user = get_user_model().objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"Nothing was imported. There is no user {name!r}.")
        return user

    def _write_report(self, path: Path, report: dict[str, Any]) -> None:
        try:
            path.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", "utf-8")
        except OSError as error:
            raise CommandError(
                f"The import is done, but the report cannot be written to {path}: {error.strerror}."
            ) from error

    def _progress(self):
        """Return what shows progress: one moving line on a terminal, else a few lines."""
        started = time.monotonic()
        on_terminal = self.stdout.isatty()
        shown = {"step": "", "tenth": -1}

        def tell(step: str, done: int, total: int) -> None:
            if step in WORDS:
                self._tell(("\n" if on_terminal and shown["step"] else "") + f"{WORDS[step]} …")
                shown["step"] = step
                return
            tenth = 10 * done // max(total, 1)
            left = (time.monotonic() - started) * (total - done) / max(done, 1)
            line = f"{done:,} of {total:,} records read"
            shown["step"] = step
            if on_terminal:
                self._tell(f"\r{line}, about {left:.0f} s left   ", ending="")
            elif tenth != shown["tenth"] and (tenth % 5 == 0 or total < 1_000):
                shown["tenth"] = tenth
                self._tell(line)

        return tell

    def _say_what_was_read(self, snapshot: dict[str, Any]) -> None:
        if "layout" not in snapshot:
            return  # an earlier version of the portal read these files
        read = [f"{folder or 'its files'} ({n:,})" for folder, n in snapshot["read"].items()]
        other = [f"{name} ({n:,})" for name, n in snapshot["not_read"].items()]
        self._tell(f"Layout of the snapshot: {snapshot['layout']}.")
        self._tell(f"Read: {', '.join(read)}. Not read: {', '.join(other) or 'nothing'}.")

    def _warn(self, line: str) -> None:
        self._tell(self.style.WARNING(line), self.stderr)

    def _say(self, result: Result, *, is_dry: bool) -> None:
        report = result.report
        counts = report["counts"]
        self._say_what_was_read(report["snapshot"])
        if not result.changed:
            self._tell("Nothing changed: the catalogue already matches this snapshot.")
        verb = "would be " if is_dry else ""
        for name in ("works", "editions", "components"):
            tally = counts[name]
            self._tell(
                f"{name:<12}{tally['created']:>7,} {verb}created {tally['changed']:>7,} "
                f"{verb}changed {tally['unchanged']:>7,} unchanged {tally['gone']:>5,} gone"
            )
        left_out = counts["records_left_out"]
        words = (
            "record is not a text of its own"
            if left_out == 1
            else "records are not texts of their own"
        )
        self._tell(f"{left_out:,} {words}.")
        for problem in result.rejected[:SHOWN]:
            self._warn(f"File left out: {problem.file} {problem.reason}")
        if len(result.rejected) > SHOWN:
            self._tell(f"… and {len(result.rejected) - SHOWN:,} more; see --report.", self.stderr)
        for row in report.get("refused", ())[:SHOWN]:
            records = ", ".join(row["records"][:SHOWN])
            self._warn(f"Text left out: {row['work']} ({records}): {row['reason']}")
        for row in report.get("kept_out", ())[:SHOWN]:
            self._tell(
                f"Text left out, as {row['reason']}: {row['work']} "
                f"(records: {len(row['records']):,})"
            )
        for word, count in report["unknown_words"].items():
            self._warn(f"Unknown group or series: {word} ({count:,})")
        for row in report["conflicts"]:
            self._warn(
                f"Correction kept: {row['thing']}, {row['field']}: the source says "
                f"{row['source_value']!r}"
            )
        self._tell(f"Warnings: {result.warnings}")
