"""What all tests share: the curated content, loaded once, and one honest line at the end."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"
KNOWLEDGE = Path(os.environ.get("ITU_KNOWLEDGE", ROOT.parent / "shared" / "knowledge"))
CATALOGUE = Path(
    os.environ.get("ITU_CATALOGUE", ROOT.parent / "shared" / "catalogue" / "relaton-data-itu.zip")
)
# Set by .ci/run: everything is tested, and what is missing is a failure.
ALL_CHECKS = os.environ.get("ITU_ALL_CHECKS") == "1"
NEEDS_FILES = ROOT / "tests" / "catalogue"
DATABASE_NAME: dict[str, object] = {}
HAS_FILES = ALL_CHECKS or (CATALOGUE.is_file() and KNOWLEDGE.is_dir())


def pytest_configure(config):
    """Hash passwords fast: tests sign in often, and no test is about the hash."""
    from django.conf import settings

    DATABASE_NAME["outside"] = settings.DATABASES["default"]["NAME"]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Load the whole curated content once; each test works in its own transaction on top."""
    from django.db import connection

    from catalog.curation.load import load_fixtures

    # Without a test marked django_db there would be no test database.
    if connection.settings_dict["NAME"] == DATABASE_NAME["outside"]:
        raise pytest.UsageError("the tests would write to the database of the portal")
    with django_db_blocker.unblock():
        load_fixtures(FIXTURES)


def pytest_ignore_collect(collection_path, config):
    """Leave out what needs files that are not at hand; the last line of the run says so."""
    needs_files = NEEDS_FILES in (collection_path, *collection_path.parents)
    return True if needs_files and not HAS_FILES else None


def pytest_collection_modifyitems(items):
    """Begin with the longest test, so that no worker is left alone with it at the end."""
    items.sort(key=lambda item: "test_the_walk" not in item.name)


def pytest_terminal_summary(terminalreporter):
    """Print the tables that tests recorded; name in one line what this run could not test."""
    for outcome in ("passed", "failed"):
        for result in terminalreporter.getreports(outcome):
            for name, value in getattr(result, "user_properties", ()):
                if name == "table" and result.when == "call":
                    terminalreporter.write_line(f"\n{result.nodeid}\n{value}")
    left_out = []
    if not any("browser" in str(path) for path in terminalreporter.config.args):
        left_out.append("the pages in a browser (make browser-test)")
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        left_out.append("PostgreSQL (set DATABASE_URL)")
    if not HAS_FILES:
        left_out.append("the public data set and the sources of the facts (not at hand)")
    if not ALL_CHECKS:
        left_out.append("plain loaddata, pages of works beyond a sample (ITU_ALL_CHECKS=1)")
    if left_out:
        terminalreporter.write_line(f"Not tested in this run: {'; '.join(left_out)}.")
