"""The bytes of one file to a mapping and its relations."""

from __future__ import annotations

import json
from typing import Any

from catalog.dataset.plain_yaml import RecordError, load_mapping
from catalog.dataset.relation_block import RelationTriples, split_relations
from catalog.dataset.text_at import text_at
from catalog.dataset.texts import clean_title

__all__ = ["RecordError", "RelationTriples", "parse_record", "split_relations"]
KINDS = ("hasEdition", "complementOf")


def parse_record(data: bytes) -> tuple[dict[str, Any], RelationTriples]:
    """Return the mapping of a file without its relations, and those as type, target and title.

    Raises RecordError if the file is no UTF-8, holds NUL or several documents, is no plain YAML
    or no mapping, or has relations of another shape.
    """
    if b"\0" in data:
        raise RecordError("holds a NUL character")
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise RecordError(f"is not UTF-8 (byte {error.start})") from error
    rest, relations = split_relations(text.replace("\r\n", "\n"))
    mapping = load_mapping(rest)
    if relations is None:
        relations = relations_of(mapping)
    elif "relation" in mapping:
        raise RecordError("holds ‘relation’ twice")
    return mapping, relations


def relations_of(mapping: dict[str, Any]) -> RelationTriples:
    """Take the relations out of the mapping of a file and return them, titles as YAML has them.

    Raises RecordError if they have another shape.
    """
    rows = mapping.pop("relation", None) or []
    if not isinstance(rows, list):
        raise RecordError("has relations of another shape (not a list)")
    found = []
    for row in rows:
        try:
            kind = text_at(row, "type")
            target = text_at(row, "bibitem", "docidentifier", 0, "content")
            title = clean_title(text_at(row, "bibitem", "title", 0, "content"))
        except RecordError as error:
            raise RecordError(f"has relations of another shape ({error})") from error
        if not kind or not target:
            raise RecordError("has relations of another shape (without type or target)")
        found.append((kind, target, json.dumps(title, ensure_ascii=False)))
    return found
