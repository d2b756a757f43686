"""The words of entries move from columns of their rows to a full-text table.

The table is made by SQL, for it is another one on each database. It stays empty here: the words
are read from the entries by `manage.py rebuild_index`.
"""

import django.db.models.deletion
from django.db import NotSupportedError, OperationalError, migrations, models

TABLES = {
    "sqlite": [
        "CREATE VIRTUAL TABLE catalog_searchtext USING fts5("
        "title, names, text, exact, tokenize = 'ascii')"
    ],
    "postgresql": [
        "CREATE TABLE catalog_searchtext (rowid bigint PRIMARY KEY, words tsvector NOT NULL)",
        # Without a list of what is still to be indexed, which would slow every search down.
        "CREATE INDEX catalog_searchtext_words ON catalog_searchtext USING gin (words)"
        " WITH (fastupdate = off)",
    ],
}


def make_table(apps, schema_editor):
    """Make the table of words; raise NotSupportedError on a database that has no full text."""
    vendor = schema_editor.connection.vendor
    if vendor not in TABLES:
        raise NotSupportedError(f"The search needs SQLite or PostgreSQL; this is {vendor}.")
    try:
        for statement in TABLES[vendor]:
            schema_editor.execute(statement)
    except OperationalError as error:
        if "fts5" not in str(error):
            raise
        raise NotSupportedError(
            "This SQLite was built without FTS5, which the search needs. Use a Python whose "
            "sqlite3 module has it (those of Debian and python.org do), or PostgreSQL."
        ) from error


def drop_table(apps, schema_editor):
    """Take the table of words away."""
    schema_editor.execute("DROP TABLE catalog_searchtext")


class Migration(migrations.Migration):
    dependencies = [("catalog", "0003_address_of_parts")]

    operations = [
        migrations.RemoveField("searchentry", "title_words"),
        migrations.RemoveField("searchentry", "name_words"),
        migrations.RemoveField("searchentry", "text_words"),
        migrations.AddField(
            "searchentry", "digest", models.CharField(blank=True, default="", max_length=32)
        ),
        migrations.AddField("searchentry", "day", models.DateField(blank=True, null=True)),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("word", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("entries", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        db_column="rowid",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="catalog.searchentry",
                    ),
                ),
            ],
            options={"db_table": "catalog_searchtext", "managed": False},
        ),
        migrations.RunPython(make_table, drop_table),
    ]
