"""Rows of fixture files: read with their place, written so that a diff can be read."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

try:
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # PyYAML without its C part
    from yaml import SafeLoader

WIDTH = 100
LONG = 72


@dataclass(frozen=True)
class FixtureProblem:
    """Why a row, or a whole file, cannot be loaded."""

    file: str
    reason: str
    row: int = 0
    line: int = 0
    name: str = ""

    def __str__(self) -> str:
        place = f"{self.file}, row {self.row} (line {self.line})" if self.row else self.file
        return f"{place}{f', {self.name}' if self.name else ''}: {self.reason}"


@dataclass(frozen=True)
class FixtureRow:
    """One row of a fixture file as it stands there."""

    file: str
    number: int
    line: int
    model: str
    fields: dict[str, object]

    def problem(self, reason: str, name: str = "") -> FixtureProblem:
        """Return what is wrong with this row."""
        return FixtureProblem(self.file, reason, self.number, self.line, name)


def read_rows(path: Path) -> tuple[list[FixtureRow], list[FixtureProblem]]:
    """Read a fixture file; return its rows and what is wrong with its form."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        return [], [
            FixtureProblem(path.name, f"is not UTF-8: {error.reason} at byte {error.start}")
        ]
    try:
        loader = SafeLoader(text)
        node = loader.get_single_node()
        document = loader.construct_document(node) if node else []
    except yaml.YAMLError as error:
        return [], [FixtureProblem(path.name, f"is not YAML: {' '.join(str(error).split())}")]
    except ValueError as error:
        return [], [FixtureProblem(path.name, f"holds a day or number that is not valid: {error}")]
    if not isinstance(document, list):
        return [], [
            FixtureProblem(path.name, "must be a list of rows, each with ‘model’ and ‘fields’")
        ]
    rows, problems = [], []
    for number, (item, place) in enumerate(
        zip(document, node.value if node else [], strict=True), 1
    ):
        line = place.start_mark.line + 1
        if not isinstance(item, dict) or not isinstance(item.get("fields"), dict):
            reason = "a row needs ‘model’ and ‘fields’"
            problems.append(FixtureProblem(path.name, reason, number, line))
        elif extra := set(item) - {"model", "fields"}:
            reason = f"unknown part of a row: {', '.join(sorted(map(str, extra)))}"
            problems.append(FixtureProblem(path.name, reason, number, line))
        else:
            rows.append(FixtureRow(path.name, number, line, str(item.get("model")), item["fields"]))
    return rows, problems


class RowDumper(yaml.SafeDumper):
    """Writes long texts as blocks and lists of keys in one line."""

    def increase_indent(self, flow=False, indentless=False):
        """Indent the items of a list under their key."""
        return super().increase_indent(flow, False)


def _represent_text(dumper: RowDumper, text: str) -> yaml.Node:
    style = None
    if "\n" in text:
        style = "|"
    elif len(text) > LONG:
        style = ">"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _represent_list(dumper: RowDumper, items: list) -> yaml.Node:
    flow = all(not isinstance(item, dict) for item in items)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=flow)


RowDumper.add_representer(str, _represent_text)
RowDumper.add_representer(list, _represent_list)
RowDumper.add_representer(
    datetime.date,
    lambda dumper, day: dumper.represent_scalar("tag:yaml.org,2002:timestamp", day.isoformat()),
)


def write_rows(path: Path, model: str, rows: Iterable[dict[str, object]]) -> str:
    """Return the text of a fixture file with these rows, and write it if it changed."""
    document = [{"model": model, "fields": fields} for fields in rows]
    parts = [
        yaml.dump([item], Dumper=RowDumper, sort_keys=False, allow_unicode=True, width=WIDTH)
        for item in document
    ]
    text = "".join(parts) or "[]\n"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
    return text
