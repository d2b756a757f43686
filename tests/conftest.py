"""What all tests share: the curated content, loaded once, and one honest line at the end."""

from __future__ import annotations

import gc
import json
import os
import shutil
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from django.core.cache import caches

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"
KNOWLEDGE = Path(os.environ.get("ITU_KNOWLEDGE", ROOT.parent / "shared" / "knowledge"))
CATALOGUE = Path(
    os.environ.get("ITU_CATALOGUE", ROOT.parent / "shared" / "catalogue" / "relaton-data-itu.zip")
)
# Set by .ci/run: everything is tested, slow tests too, and what is missing is a failure.
ALL_CHECKS = os.environ.get("ITU_ALL_CHECKS") == "1"
ON_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")
NEEDS_FILES = ROOT / "tests" / "catalogue"
HAS_FILES = ALL_CHECKS or (CATALOGUE.is_file() and KNOWLEDGE.is_dir())
EXAMPLES = 100  # that hypothesis tries where a test does not say how many


def examples(most: int) -> int:
    """Return how many examples of a test hypothesis tries in this run: all, or a tenth."""
    return most if ALL_CHECKS else max(most // 10, 3)


def pytest_unconfigure(config):
    """Leave no folder behind."""
    from django.conf import settings

    shutil.rmtree(settings.STORED_FILES, ignore_errors=True)


def pytest_configure(config):
    """Hash passwords fast, for tests sign in often; and let them ask as often as they like."""
    from django.conf import settings
    from hypothesis import settings as hypothesis

    hypothesis.register_profile("this run", max_examples=examples(EXAMPLES), deadline=None)
    hypothesis.load_profile("this run")
    # The address of the portal that the test client asks; no Host header says it.
    settings.BASE_URL = "http://testserver"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # All tests ask from one address, and not all of them read what they get to the end; those of
    # limits set their own.
    settings.LIMITS = {}
    settings.STORED_FILES = tempfile.mkdtemp(prefix="itu-portal-lists-")
    settings.HEAVY_AT_ONCE = 1_000_000
    # Static files are looked up when they are asked for, not all of them for each test's client.
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def nothing_kept():
    """Begin without stored pages and indexes: what a test takes back takes its version back."""
    from django.conf import settings

    from catalog.models.kept import Kept

    for cache in caches.all(initialized_only=True):
        cache.clear()
    Kept.forget_all()
    shutil.rmtree(settings.STORED_FILES, ignore_errors=True)


@pytest.fixture(autouse=True, scope="session")
def json_of_streams():
    """Let the client's `json()` read answers that are sent while they are written, too."""
    from django.test.client import ClientMixin

    parse = ClientMixin._parse_json

    def parse_json(client, response, **extra):
        if response.streaming and not hasattr(response, "_json"):
            response._json = json.loads(response.getvalue())
        return parse(client, response, **extra)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ClientMixin, "_parse_json", parse_json)
        yield


@pytest.fixture(autouse=True, scope="session")
def no_contexts_kept():
    """Let the client keep no copy of what templates were given: tests read pages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.test.client.store_rendered_templates", lambda *_args, **_named: None)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """Load the whole curated content once; each test works in its own transaction on top."""
    from tests import loaded

    with django_db_blocker.unblock():
        made = loaded.set_up()
    yield
    with django_db_blocker.unblock():
        loaded.take_away(made)


def pytest_ignore_collect(collection_path):
    """Leave out what needs the data set if it is not at hand; the last line says so."""
    if NEEDS_FILES not in (collection_path, *collection_path.parents):
        return None
    return not HAS_FILES


def pytest_collection_modifyitems(config, items):
    """Leave out slow tests and four of five cases of those with many, unless all are asked for.

    A file or a test that is named runs whole. The longest begins, so that no worker is left alone
    with it at the end.
    """
    items.sort(key=lambda item: "test_the_walk" not in item.name)
    if ALL_CHECKS or is_asked_for(config, ".py"):
        return
    cases = Counter()
    left_out = []
    for item in items:
        is_left_out = item.get_closest_marker("slow") is not None
        if item.get_closest_marker("many"):
            test = item.nodeid.partition("[")[0]
            is_left_out |= cases[test] % 5 != 0
            cases[test] += 1
        if is_left_out:
            left_out.append(item)
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


def is_asked_for(config, words: str) -> bool:
    """Return whether one of the arguments of the command has these words."""
    return any(words in str(argument) for argument in config.args)


def pytest_collection_finish():
    """Spare the collector of garbage what lives as long as the run: modules and tests."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


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
    if not ON_POSTGRESQL:
        left_out.append("PostgreSQL (set DATABASE_URL)")
    if not HAS_FILES:
        left_out.append("the public data set and the sources of the facts (not at hand)")
    elif not is_asked_for(terminalreporter.config, NEEDS_FILES.name):
        left_out.append("the public data set and the sources of the facts (tests/catalogue)")
    if not ALL_CHECKS:
        left_out.append("slow tests, and cases and examples beyond a sample (ITU_ALL_CHECKS=1)")
    if left_out:
        terminalreporter.write_line(f"Not tested in this run: {'; '.join(left_out)}.")
