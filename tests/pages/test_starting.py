"""A wrong setting stops the start in one line; every setting is one that something reads."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import global_settings

from tests.conftest import ROOT
from tests.found import some

COMMANDS = {
    "check": ["manage.py", "check"],
    "migrate": ["manage.py", "migrate", "--check"],
    "own command": ["manage.py", "load_fixtures", "--if-empty"],
    "developers' server": ["manage.py", "runserver", "--noreload", "127.0.0.1:0"],
    "server": ["-m", "gunicorn", "itu_portal.wsgi", "--bind", "127.0.0.1:0", "--workers", "1"],
    "asynchronous": ["-c", "import itu_portal.asgi"],
}
WRONG = {"DEBUG": "maybe"}


def run(command: list[str], **environment: str) -> subprocess.CompletedProcess:
    """Run a command of the portal with only this environment."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "SECRET_KEY": "x" * 60, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_a_wrong_setting_stops_the_start_in_one_line(name):
    result = run(COMMANDS[name], **WRONG)
    told = [line for line in result.stderr.splitlines() if "The portal does not start." in line]
    assert result.returncode != 0
    assert told == [
        "The portal does not start. DEBUG=‘maybe’ is not understood. Write 1 for on or 0 for off."
    ]
    assert "Traceback" not in result.stderr
    assert "Traceback" not in result.stdout


@pytest.mark.parametrize(
    "environment",
    [
        {"TRUSTED_PROXIES": "ja"},
        {"BEHIND_PROXY": "1"},
        {"BASE_URL": "htps://itu.example"},
        {"BASE_URL": "https://itu.example/portal"},
        {"ALLOWED_HOST": "itu.example"},
        {"DATABASE_URL": ""},
        {"DATABASE_URL": "mysql://u:secret@h/itu"},
        {"SECRET_KEY": "", "SECRET_KEY_FILE": "/nowhere"},
    ],
    ids=str,
)
def test_each_kind_of_wrong_setting_is_told_without_its_secrets(environment):
    result = run(COMMANDS["check"], **environment)
    assert result.returncode != 0
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith("The portal does not start. ")
    assert next(iter(environment)) in result.stderr
    assert "secret@" not in result.stderr


def test_a_host_is_not_offered_to_browsers_lists_unless_asked():
    for asked, expected in (({}, "False"), ({"HSTS_PRELOAD": "1"}, "True")):
        shown = "from django.conf import settings; print(settings.SECURE_HSTS_PRELOAD)"
        environment = {"DJANGO_SETTINGS_MODULE": "itu_portal.settings", **asked}
        result = run(["-c", shown], BASE_URL="https://itu.example", **environment)
        assert result.stdout.strip() == expected, result.stderr


# Where settings are read, beside Django, whose own are listed in its `global_settings`.
READERS = ("axes", "csp", "whitenoise", "rest_framework", "drf_spectacular", "django_filters")


def sources() -> str:
    """Return the text of all that may read settings."""
    folders = [ROOT / "catalog"]
    for package in READERS:
        folders += importlib.util.find_spec(package).submodule_search_locations
    return "\n".join(path.read_text() for folder in folders for path in Path(folder).rglob("*.py"))


def test_every_setting_is_read_by_something():
    tree = ast.parse((ROOT / "itu_portal" / "settings.py").read_text())
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id.isupper()]
    written = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    used_here = {node.id for node in names if isinstance(node.ctx, ast.Load)}
    read = set(re.findall(r"\b[A-Z][A-Z_]+\b", sources()))
    assert len(written) > 40
    unread = written - used_here - read - set(dir(global_settings))
    assert not unread


def test_settings_name_no_folder_that_is_not_there(settings):
    folders = [*settings.LOCALE_PATHS, *settings.FIXTURE_DIRS, *settings.STATICFILES_DIRS]
    assert [str(folder) for folder in some(folders) if not Path(folder).is_dir()] == []
