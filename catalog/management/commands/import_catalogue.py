"""Import a snapshot of the public data set relaton-data-itu."""

from __future__ import annotations

import datetime
import json
import time
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.dataset.archive import SnapshotError
from catalog.importer.present import MissingContent
from catalog.importer.run import Options, Result, import_snapshot

SHOWN = 20
WORDS = {"works": "Grouping works", "database": "Writing to the database"}


class Command(BaseCommand):
    """manage.py import_catalogue PATH."""

    help = (
        "Import works, editions and components from a snapshot of relaton-data-itu: the zip as "
        "downloaded, or a folder. Importing again brings what changed; corrections of editors stay."
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
            "--date",
            type=datetime.date.fromisoformat,
            help="date of the snapshot (YYYY-MM-DD); else that of its newest file",
        )
        parser.add_argument("--by", help="user name of who imports")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import; exit with status 1, and change nothing, if nothing can be imported."""
        chosen = Options(
            by=self._user(options["by"]),
            date=options["date"],
            dry_run=options["dry_run"],
            even_if_unchanged=options["even_if_unchanged"],
            allow_removals=options["allow_removals"],
            progress=self._progress() if options["verbosity"] else None,
        )
        try:
            result = import_snapshot(options["path"], chosen)
        except (SnapshotError, MissingContent) as error:
            raise CommandError(f"Nothing was imported. {error}") from error
        if options["report"]:
            self._write_report(options["report"], result.report)
        if options["verbosity"]:
            self._say(result, is_dry=options["dry_run"])

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
        """Return what is told of progress: one moving line on a terminal, else a few lines."""
        started = time.monotonic()
        on_terminal = self.stdout.isatty()
        told = {"step": "", "tenth": -1}

        def tell(step: str, done: int, total: int) -> None:
            if step in WORDS:
                self.stdout.write(
                    ("\n" if on_terminal and told["step"] else "") + f"{WORDS[step]} …"
                )
                told["step"] = step
                return
            tenth = 10 * done // max(total, 1)
            left = (time.monotonic() - started) * (total - done) / max(done, 1)
            line = f"{done:,} of {total:,} records read"
            told["step"] = step
            if on_terminal:
                self.stdout.write(f"\r{line}, about {left:.0f} s left   ", ending="")
                self.stdout.flush()
            elif tenth != told["tenth"] and (tenth % 5 == 0 or total < 1_000):
                told["tenth"] = tenth
                self.stdout.write(line)

        return tell

    def _say(self, result: Result, *, is_dry: bool) -> None:
        report = result.report
        counts = report["counts"]
        if not result.changed:
            self.stdout.write("Nothing changed: the catalogue is as this snapshot has it.")
        verb = "would be " if is_dry else ""
        for name in ("works", "editions", "components"):
            tally = counts[name]
            self.stdout.write(
                f"{name:<12}{tally['created']:>7,} {verb}created {tally['changed']:>7,} "
                f"{verb}changed {tally['unchanged']:>7,} unchanged {tally['gone']:>5,} gone"
            )
        self.stdout.write(f"{counts['records_left_out']:,} records are no texts of their own.")
        for problem in result.rejected[:SHOWN]:
            self.stderr.write(self.style.WARNING(f"Left out: {problem.file} {problem.reason}"))
        if len(result.rejected) > SHOWN:
            self.stderr.write(f"… and {len(result.rejected) - SHOWN:,} more; see --report.")
        for word, count in report["unknown_words"].items():
            self.stderr.write(self.style.WARNING(f"Unknown group or series: {word} ({count:,})"))
        for row in report["conflicts"]:
            self.stderr.write(
                self.style.WARNING(
                    f"Correction kept: {row['thing']}, {row['field']}: the source says "
                    f"{row['source_value']!r}"
                )
            )
        self.stdout.write(f"Warnings: {result.warnings}")
