"""Every ITU-T identifier of the public data set is read, and read back into its label."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from catalog.identifiers import parse_itu_t
from catalog.identifiers.spelling import NUMBER_REPAIRS
from tests.conftest import CATALOGUE

IDENTIFIER = re.compile(rb"^- content: (.+)$", re.MULTILINE)


def stored_identifiers(path: Path) -> list[str]:
    """Return the identifiers of all ITU-T records, by the first one in each file."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if "/itu-t-" in name]
        heads = (archive.read(name) for name in names)
        found = [re.search(rb"ITU-T [^'\"\n]+\(\d\d/\d{4}\)", head) for head in heads]
    return [match.group().decode() for match in found if match]


def test_every_itu_t_identifier_is_read_with_nothing_left_over():
    identifiers = stored_identifiers(CATALOGUE)
    assert len(identifiers) == 16_172  # data set notes, section 11
    for text in identifiers:
        read = parse_itu_t(text)
        assert text.endswith(f"({read.month:02d}/{read.year})")
        number = text.removeprefix("ITU-T ")
        for slip, meant in NUMBER_REPAIRS.items():
            number = number.replace(slip, meant)
        assert number.startswith(read.number)
        assert read.work_address == read.work_address.lower()
