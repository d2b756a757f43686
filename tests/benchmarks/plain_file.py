"""The catalogue as a plain SQLite file, as somebody would make it to publish it with Datasette.

Three tables with the values themselves in their columns, an index for each column that readers
filter by, and a full-text index of the titles. The portal's own tables are left behind.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

LIST_FACETS = ("state", "sector", "kind", "series", "study_group", "verification", "family")
SEARCH_FACETS = ("kind", "sector", "state", "verification")

TABLES = """
CREATE TABLE publication (
    id INTEGER PRIMARY KEY, identifier TEXT, title TEXT, sector TEXT, kind TEXT, state TEXT,
    series TEXT, study_group TEXT, family TEXT, verification TEXT, year INTEGER, approved TEXT,
    purpose TEXT, used_in TEXT, keywords TEXT, aliases TEXT, sort_key TEXT
);
CREATE TABLE edition (
    id INTEGER PRIMARY KEY, publication INTEGER REFERENCES publication (id), identifier TEXT,
    title TEXT, state TEXT, approved TEXT, posted TEXT, version INTEGER, abstract TEXT, link TEXT
);
CREATE TABLE component (
    id INTEGER PRIMARY KEY, publication INTEGER REFERENCES publication (id),
    edition INTEGER REFERENCES edition (id), identifier TEXT, title TEXT, type TEXT, state TEXT,
    approved TEXT, posted TEXT, abstract TEXT, link TEXT
);
CREATE VIRTUAL TABLE publication_fts USING fts5 (title, content="publication", content_rowid="id");
"""

ROWS = """
INSERT INTO publication
SELECT p.id, p.identifier, p.name, sector.key, p.kind, p.state, series.key, study_group.key,
    family.key, p.verification, p.year, edition.approved, p.purpose, p.used_in, p.keywords,
    p.aliases, p.sort_key
FROM portal.catalog_publication p
JOIN portal.catalog_sector sector ON sector.id = p.sector_id
JOIN portal.catalog_publicationfamily family ON family.id = p.family_id
LEFT JOIN portal.catalog_series series ON series.id = p.series_id
LEFT JOIN portal.catalog_studygroup study_group ON study_group.id = p.study_group_id
LEFT JOIN portal.catalog_edition edition ON edition.id = p.current_edition_id;

INSERT INTO edition
SELECT id, publication_id, identifier, title, state, approved, posted, version, abstract, link
FROM portal.catalog_edition;

INSERT INTO component
SELECT id, publication_id, edition_id, identifier, title, type, state, approved, posted, abstract,
    link
FROM portal.catalog_component;

INSERT INTO publication_fts (rowid, title) SELECT id, title FROM publication;
"""

INDEXED = {
    "publication": (*LIST_FACETS, "year", "sort_key"),
    "edition": ("publication",),
    "component": ("publication", "edition"),
}


def build(portal: Path, place: Path) -> None:
    """Write the file from the portal's database."""
    with closing(sqlite3.connect(place)) as connection:
        connection.executescript(TABLES)
        connection.execute("ATTACH ? AS portal", [str(portal)])
        connection.executescript(ROWS)
        connection.execute("DETACH portal")
        for table, columns in INDEXED.items():
            for column in columns:
                connection.execute(f"CREATE INDEX {table}_{column} ON {table} ({column})")
        connection.execute("ANALYZE")
        connection.commit()
