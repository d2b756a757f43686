"""Small snapshots in the form of the public data set, written by hand."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import yaml

TOP = "relaton-data-itu-main"
DAY = (2026, 8, 22, 14, 0, 0)


def standard(
    number: str,
    *,
    edition: str | None = "1",
    day: str = "2020-03-15",
    title: str | None = "Invented title",
    status: str | None = "Published",
    letter: str | None = "I",
    group: str | None = "ITU-T Study Group 15",
    abstract: str | None = None,
    iso: str | None = None,
    family: tuple[str, ...] = (),
    complements: tuple[str, ...] = (),
    **extra: object,
) -> dict:
    """Return a record of ITU-T: `number` is all that stands before the date (`G.9001 Amd. 1`).

    `edition` None makes a thin record.
    """
    year, month, _day = day.split("-")
    identifiers = [{"content": f"ITU-T {number} ({month}/{year})", "type": "ITU", "primary": True}]
    if iso:
        identifiers.append({"content": iso, "type": "ISO", "primary": True})
    record: dict = {"id": "ANY", "type": "standard", "docidentifier": identifiers}
    record["date"] = [{"type": "published", "at": day}]
    record["ext"] = {"doctype": {"content": "recommendation"}, "flavor": "itu"}
    if title:
        record["title"] = [_text(title) | {"type": "main"}]
    if letter:
        link = f"https://www.itu.int/rec/T-REC-{number.split()[0]}-{year}{month}-{letter}"
        record["source"] = [{"type": "src", "content": link}]
    if edition is not None:
        record["edition"] = {"content": edition}
        record["status"] = {"stage": {"content": status}}
        record["contributor"] = _contributors(group)
        record["abstract"] = [_text(abstract) if abstract else {"language": "en"}]
    rows = [("hasEdition", target) for target in family]
    rows += [("complementOf", target) for target in complements]
    if rows:
        record["relation"] = [_relation(kind, target) for kind, target in rows]
    return record | extra


def radio(
    code: str,
    doctype: str = "recommendation",
    *,
    month: str = "2010-05",
    title: str = "Invented title of a radio text",
    link: str | None = None,
) -> dict:
    """Return a record of ITU-R: `code` is what follows `ITU-R ` (`P.9001-1`, `203-8/3:`)."""
    record: dict = {
        "id": "ANY",
        "type": "standard",
        "title": [_text(title) | {"type": "main"}],
        "docidentifier": [{"content": f"ITU-R {code}", "type": "ITU", "primary": True}],
        "date": [{"type": "published", "at": month}],
        "ext": {"doctype": {"content": doctype}, "flavor": "itu"},
    }
    if link:
        record["source"] = [{"type": "pdf", "content": link}]
    return record


def radio_link(code: str, month: str, letter: str) -> str:
    """Return the address of a version: `radio_link("P.9001-1", "200905", "I")`."""
    folder = f"https://www.itu.int/dms_pubrec/itu-r/rec/{code.split('.')[0].lower()}"
    return f"{folder}/R-REC-{code}-{month}-{letter}!!PDF-E.pdf"


def identifier_of(record: dict) -> str:
    """Return the identifier of a record."""
    return record["docidentifier"][0]["content"]


def file_name(identifier: str) -> str:
    """Return the file name that the data set gives a record."""
    kept = "".join(c if c.isalnum() or c in "+[]" else "-" for c in identifier.lower())
    return "-".join(filter(None, kept.split("-"))) + ".yaml"


def files_of(records: list[dict]) -> dict[str, bytes]:
    """Return the files of these records by name."""
    return {file_name(identifier_of(record)): bytes_of(record) for record in records}


def bytes_of(record: dict) -> bytes:
    """Return the file of a record."""
    how = {"explicit_start": True, "sort_keys": False, "allow_unicode": True}
    return yaml.dump(record, Dumper=_Plain, **how).encode()


class _Plain(yaml.SafeDumper):
    """Writes what is there twice as it is, without aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def write_zip(
    path: Path, records: list[dict], *, others: dict[str, bytes] | None = None, shuffle: int = 0
) -> Path:
    """Write a zip as it is downloaded, and return its path.

    `others` are further files by their place in the zip; `shuffle` is the seed of another order.
    """
    files = {f"{TOP}/data/{name}": data for name, data in files_of(records).items()}
    files |= {f"{TOP}/README.adoc": b"= An invented data set\n"} | (others or {})
    names = sorted(files)
    if shuffle:
        random.Random(shuffle).shuffle(names)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name, DAY), files[name])
    return path


def _text(content: str) -> dict:
    return {"language": "en", "script": "Latn", "content": content}


def _contributors(group: str | None) -> list[dict]:
    author: dict = {"name": [{"content": "International Telecommunication Union"}]}
    if group:
        author["subdivision"] = [{"name": [{"content": group}], "type": "technical-committee"}]
    return [
        {"role": [{"type": "publisher"}], "organization": {"name": author["name"]}},
        {"role": [{"type": "author"}], "organization": author},
    ]


def _relation(kind: str, target: str) -> dict:
    return {
        "type": kind,
        "bibitem": {
            "title": [_text("Title of another text")],
            "docidentifier": [{"content": target, "type": "ITU", "primary": True}],
        },
    }
