"""What the environment says is understood or refused in one line; nothing is guessed."""

from __future__ import annotations

import re

import pytest

from itu_portal.environment import KNOWN, Environment, WrongSetting
from tests.conftest import ROOT

REFUSED = [
    # variables, what is asked, words of the refusal
    ({"DEBUG": "maybe"}, "debug", "DEBUG=‘maybe’ is not understood. Write 1 for on or 0 for off."),
    ({"DEBUG": "2"}, "debug", "Write 1 for on"),
    ({"DEBUG": "app:*"}, "debug", "Write 1 for on"),
    ({"DEBUG": ""}, "debug", "DEBUG is set but empty"),
    ({"TRUSTED_PROXIES": "ja"}, "proxies", "TRUSTED_PROXIES=‘ja’ is not understood"),
    ({"TRUSTED_PROXIES": "-1"}, "proxies", "0 to 9"),
    ({"TRUSTED_PROXIES": "10"}, "proxies", "0 to 9"),
    ({"TRUSTED_PROXIES": "true"}, "proxies", "the number of your proxies"),
    ({"TRUSTED_PROXIES": "١"}, "proxies", "the number of your proxies"),
    ({"BEHIND_PROXY": "ja"}, "debug", "If TRUSTED_PROXIES is meant, write TRUSTED_PROXIES"),
    ({"BASE_URL": "htps://itu.example"}, "base_url", "must begin with https:// or http://"),
    ({"BASE_URL": "itu.example"}, "base_url", "must begin with https://"),
    ({"BASE_URL": "//itu.example"}, "base_url", "must begin with https://"),
    ({"BASE_URL": "https://"}, "base_url", "must begin with https://"),
    ({"BASE_URL": "javascript:alert(1)"}, "base_url", "must begin with https://"),
    ({"BASE_URL": "https://itu.example/portal"}, "base_url", "nothing may follow the host"),
    ({"BASE_URL": "https://itu.example/?a=b"}, "base_url", "nothing may follow the host"),
    ({"BASE_URL": "https://itu.example#top"}, "base_url", "nothing may follow the host"),
    ({"BASE_URL": "https://itu.example:http"}, "base_url", "is not an address"),
    ({"BASE_URL": "https://itu.example:99999"}, "base_url", "is not an address"),
    ({"BASE_URL": "https://[::1"}, "base_url", "is not an address"),
    ({"BASE_URL": "https://itu.example:"}, "base_url", "is not a host name"),
    ({"BASE_URL": "https://itu..example"}, "base_url", "is not a host name"),
    ({"BASE_URL": "https://itu_portal.example"}, "base_url", "is not a host name"),
    ({"BASE_URL": "https://bücher.example"}, "base_url", "is not a host name"),
    ({"BASE_URL": "https://itu.example\\@evil.example"}, "base_url", "name or password"),
    ({"BASE_URL": "https://user:secret@itu.example"}, "base_url", "name or password"),
    ({"BASE_URL": " "}, "base_url", "BASE_URL is set but empty"),
    ({"ALLOWED_HOST": "itu.example"}, "hosts", "If ALLOWED_HOSTS is meant, write ALLOWED_HOSTS"),
    ({"ALOWED_HOSTS": "itu.example"}, "hosts", "If ALLOWED_HOSTS is meant"),
    ({"allowed_hosts": "itu.example"}, "hosts", "If ALLOWED_HOSTS is meant"),
    ({"DATABASE_URI": "postgres://h/itu"}, "database", "If DATABASE_URL is meant"),
    ({"SECRETKEY": "x"}, "secret", "If SECRET_KEY is meant"),
    ({"SECRET_KEY_FLIE": "/x"}, "secret", "If SECRET_KEY_FILE is meant"),
    ({"DJANGO_SECRET_KEY": "x"}, "secret", "If SECRET_KEY is meant"),
    (
        {"ALLOWED_HOSTS": "https://itu.example"},
        "hosts",
        "‘https://itu.example’, which is not",
    ),
    ({"ALLOWED_HOSTS": "itu.example:8000"}, "hosts", "without http://, port or path"),
    ({"ALLOWED_HOSTS": "itu.example www.itu.example"}, "hosts", "with commas between"),
    ({"ALLOWED_HOSTS": "itu.example,"}, "hosts", "which is not a host name"),
    ({"ALLOWED_HOSTS": "*.itu.example"}, "hosts", "which is not a host name"),
    ({"ALLOWED_HOSTS": "[::zz]"}, "hosts", "which is not a host name"),
    ({"DATABASE_URL": ""}, "database", "DATABASE_URL is set but empty"),
    ({"DATABASE_URL": "itu"}, "database", "it is not an address"),
    ({"DATABASE_URL": "mysql://u:secret@h/itu"}, "database", "‘mysql’ is not supported"),
    ({"DATABASE_URL": "postgress://u:secret@h/itu"}, "database", "is not supported"),
    ({"DATABASE_URL": "postgres://u:secret@h"}, "database", "names no database"),
    ({"DATABASE_URL": "postgres://u:secret@h/"}, "database", "names no database"),
    ({"DATABASE_URL": "postgres://u:sec/ret@h/itu"}, "database", "cannot be read"),
    ({"DATABASE_URL": "postgres://u:secret#1@h/itu"}, "database", "DATABASE_URL"),
    ({"DATABASE_URL": "postgres://u:secret@h:99999/itu"}, "database", "cannot be read"),
    ({"DATABASE_URL": "postgres://u:secret@[::1/itu"}, "database", "DATABASE_URL"),
    ({"DATABASE_URL": "sqlite://"}, "database", "must name a file, by its full path"),
    ({"DATABASE_URL": "sqlite:///portal.sqlite3"}, "database", "(four slashes)"),
    ({"DATABASE_URL": "sqlite://var/portal.sqlite3"}, "database", "by its full path"),
    ({"DATABASE_URL": "sqlite:////nowhere/portal.sqlite3"}, "database", "a folder that exists"),
    ({"DATABASE_URL": "sqlite:////tmp"}, "database", "must name a file"),
    ({"DATABASE_URL": "sqlite://:memory:"}, "database", "must name a file"),
    ({"REPLICA_URL": "mysql://u:secret@h/itu"}, "replica", "REPLICA_URL needs PostgreSQL"),
    ({"REPLICA_URL": "postgres://u:secret@h/itu"}, "replica", "also as DATABASE_URL"),
    (
        {"REPLICA_URL": "postgres://u:secret@h", "DATABASE_URL": "postgres://h/itu"},
        "replica",
        "REPLICA_URL names no database",
    ),
    ({"REPLICA_URI": "postgres://h/itu"}, "replica", "If REPLICA_URL is meant"),
    ({"LOG_FORMAT": "xml"}, "log", "LOG_FORMAT=‘xml’ is not understood. Write plain or json."),
    ({"METRICS_TOKEN": "secret@"}, "token", "METRICS_TOKEN cannot be used: write 16"),
    ({"METRICS_TOKEN": "u:secret@ with blanks"}, "token", "without blanks"),
    ({"HSTS_PRELOAD": "1"}, "preload", "HSTS_PRELOAD=1 needs a BASE_URL"),
    ({"HSTS_PRELOAD": "1", "BASE_URL": "http://itu.example"}, "preload", "needs a BASE_URL"),
    ({"HSTS_PRELOAD": "please"}, "preload", "Write 1 for on or 0 for off"),
    ({"SECRET_KEY_FILE": "/nowhere"}, "secret", "SECRET_KEY"),
    ({"SECRET_KEY_FILE": "/tmp"}, "secret", "cannot be read or is empty"),
    ({"SECRET_KEY_FILE": "/nowhere", "DEBUG": "1"}, "secret", "cannot be read or is empty"),
]


@pytest.fixture
def ask(tmp_path):
    """Ask one thing of an environment with these variables alone."""

    def ask(variables: dict[str, str], question: str):
        environment = Environment(variables)
        return {
            "debug": lambda: environment.switch("DEBUG"),
            "proxies": environment.proxies,
            "replica": environment.replica,
            "log": lambda: environment.choice("LOG_FORMAT", ("plain", "json")),
            "token": lambda: environment.token("METRICS_TOKEN"),
            "base_url": environment.base_url,
            "hosts": lambda: environment.allowed_hosts(environment.base_url()),
            "database": lambda: environment.database(tmp_path / "portal.sqlite3"),
            "preload": lambda: environment.hsts_preload(environment.base_url()),
            "secret": lambda: environment.secret(
                tmp_path / "secret_key", is_development=environment.switch("DEBUG")
            ),
        }[question]()

    return ask


@pytest.mark.parametrize(
    ("variables", "question", "words"), REFUSED, ids=[str(row[0])[:60] for row in REFUSED]
)
def test_what_is_not_understood_is_refused_in_one_line(ask, variables, question, words):
    with pytest.raises(WrongSetting) as refused:
        ask(variables, question)
    said = str(refused.value)
    assert words in said
    assert "\n" not in said
    assert said.endswith(".")
    assert "secret@" not in said
    assert "u:sec" not in said


def test_an_odd_value_is_shown_in_one_readable_line(ask):
    with pytest.raises(WrongSetting) as refused:
        ask({"DEBUG": "1\n\x1b[31mred" + "x" * 5000}, "debug")
    said = str(refused.value)
    assert "\n" not in said
    assert "\x1b" not in said
    assert len(said) < 200


UNDERSTOOD = [
    ({}, "debug", False),
    ({"DEBUG": "Yes"}, "debug", True),
    ({"DEBUG": "off"}, "debug", False),
    ({}, "proxies", 0),
    ({}, "replica", None),
    ({}, "log", "plain"),
    ({"LOG_FORMAT": "JSON"}, "log", "json"),
    ({}, "token", ""),
    ({"METRICS_TOKEN": " 0123456789abcdef "}, "token", "0123456789abcdef"),
    ({"TRUSTED_PROXIES": " 2 "}, "proxies", 2),
    ({}, "base_url", ""),
    ({"BASE_URL": "https://ITU.example/"}, "base_url", "https://itu.example"),
    ({"BASE_URL": "http://127.0.0.1:8000"}, "base_url", "http://127.0.0.1:8000"),
    ({"BASE_URL": "http://[::1]:8000"}, "base_url", "http://[::1]:8000"),
    ({}, "hosts", ["localhost", "127.0.0.1", "[::1]"]),
    ({"ALLOWED_HOSTS": "itu.example, .itu.example"}, "hosts", ["itu.example", ".itu.example"]),
    ({"ALLOWED_HOSTS": "*"}, "hosts", ["*"]),
    # The public address is always one under which the portal answers.
    (
        {"ALLOWED_HOSTS": "10.0.0.7", "BASE_URL": "https://itu.example:8443"},
        "hosts",
        ["10.0.0.7", "itu.example"],
    ),
    ({"HSTS_PRELOAD": "1", "BASE_URL": "https://itu.example"}, "preload", True),
    ({"BASE_URL": "https://itu.example"}, "preload", False),
    ({"SECRET_KEY": " abc "}, "secret", "abc"),
    ({"DEBUG": "1"}, "secret", "insecure-key-for-the-development-server-only"),
    # Names of other programs that are near enough to ours, where ours are set.
    ({"DATABASE_URI": "x", "DATABASE_URL": "postgres:///itu", "DEBUG": "0"}, "debug", False),
    (
        {"PATH": "/bin", "HOME": "/root", "PORT": "8000", "DEBUGGER": "x", "BASE": "y"},
        "debug",
        False,
    ),
]


@pytest.mark.parametrize(
    ("variables", "question", "value"), UNDERSTOOD, ids=[str(row[:2])[:60] for row in UNDERSTOOD]
)
def test_what_is_meant_is_understood(ask, variables, question, value):
    assert ask(variables, question) == value


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "postgres://itu:p%40ss@db.example:5433/portal",
            {
                "NAME": "portal",
                "USER": "itu",
                "PASSWORD": "p@ss",
                "HOST": "db.example",
                "PORT": 5433,
            },
        ),
        ("postgresql:///portal", {"NAME": "portal", "HOST": ""}),
        ("postgres:////run/postgresql/portal", {"NAME": "portal", "HOST": "/run/postgresql"}),
        ("postgres://itu@h/portal?sslmode=require", {"OPTIONS": {"sslmode": "require"}}),
    ],
)
def test_an_address_of_postgresql_is_taken_apart(ask, address, expected):
    found = ask({"DATABASE_URL": address}, "database")
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert {name: found[name] for name in expected} == expected


def test_a_file_may_have_odd_letters_in_its_name(ask, tmp_path):
    folder = tmp_path / "with space"
    folder.mkdir()
    found = ask({"DATABASE_URL": f"sqlite:///{folder}/a%20b.sqlite3"}, "database")
    assert found["NAME"] == f"{folder}/a b.sqlite3"


def test_the_manual_names_what_is_read_and_nothing_else():
    manual = (ROOT / "docs" / "running.md").read_text()
    chapter = manual.split("## Environment variables")[1].split("\n## ")[0]
    table = re.findall(r"^\| `([A-Z_]+)` \|", chapter, re.M)
    assert sorted(table) == sorted(KNOWN)
