"""What the environment says, read strictly: a value that is not understood stops the start.

A misread switch is worse than none: `DEBUG=maybe` taken for on would show inner workings to
everybody. Each refusal is one line that names the variable and says what to write instead.
"""

from __future__ import annotations

import ipaddress
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.http.request import split_domain_port
from rapidfuzz.distance import OSA

from itu_portal import page_caches, sqlite_file

# All that is read; docs/running.md says what each means.
KNOWN = (
    "ALLOWED_HOSTS",
    "BASE_URL",
    "CACHE_URL",
    "DATABASE_URL",
    "DEBUG",
    "HEAVY_AT_ONCE",
    "HEAVY_PATIENCE",
    "HEAVY_WAITING",
    "HSTS_PRELOAD",
    "LIMITS_FILE",
    "LIMIT_BATCHES",
    "LIMIT_EXPORTS",
    "LIMIT_QUESTIONS",
    "LIMIT_REPORTS",
    "LOG_FORMAT",
    "METRICS_TOKEN",
    "PROMETHEUS_MULTIPROC_DIR",
    "REPLICA_URL",
    "SECRET_KEY",
    "SECRET_KEY_FILE",
    "SHARED_CACHE_SECONDS",
    "STORED_FILES",
    "TRUSTED_PROXIES",
)
# What other programs call the same thing, too far from our names to be taken for a slip.
CALLED_ELSEWHERE = {
    "BEHIND_PROXY": "TRUSTED_PROXIES",
    "DJANGO_ALLOWED_HOSTS": "ALLOWED_HOSTS",
    "DJANGO_DEBUG": "DEBUG",
    "DJANGO_SECRET_KEY": "SECRET_KEY",
    "PROXY_COUNT": "TRUSTED_PROXIES",
    "SITE_URL": "BASE_URL",
    "TRUSTED_PROXY": "TRUSTED_PROXIES",
}
SPANS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400}
MOST = 1_000_000
SLIPS = 2  # characters added, left out, changed, or swapped with their neighbours
LEAST_FOR_SLIPS = 6  # Short words are near too many others.
ON = ("1", "true", "yes", "on")
OFF = ("0", "false", "no", "off")
MOST_PROXIES = 9
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
HOST_NAME = re.compile(
    r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*", re.I
)
DATABASES = ("sqlite", "postgres", "postgresql")
# With this status of a worker gunicorn gives up, instead of starting worker after worker.
WORKER_CANNOT_START = 3


class WrongSetting(ImproperlyConfigured):
    """A variable of the environment cannot be used; the message is one line for people."""


class Environment:
    """The variables of the environment; every method raises WrongSetting for what is unclear."""

    def __init__(self, variables: Mapping[str, str]):
        self.variables = variables
        for name in KNOWN:
            if name in variables and not variables[name].strip():
                raise WrongSetting(f"{name} is set but empty. Give it a value or remove it.")
        for name in variables:
            meant = _meant(name)
            if meant and meant not in variables:
                raise WrongSetting(
                    f"{name} is set, but the portal does not use it. If {meant} is meant, write "
                    f"{meant}; otherwise unset {name}."
                )

    def text(self, name: str, default: str = "") -> str:
        """Return the value without blanks around it."""
        return self.variables.get(name, default).strip()

    def switch(self, name: str) -> bool:
        """Return whether a switch is on; it is off if not set."""
        word = self.text(name, "0").lower()
        if word not in (*ON, *OFF):
            raise WrongSetting(
                f"{name}={_shown(word)} is not understood. Write 1 for on or 0 for off."
            )
        return word in ON

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        """Return one of some words; the first of them if none is set."""
        word = self.text(name, choices[0]).lower()
        if word not in choices:
            raise WrongSetting(
                f"{name}={_shown(word)} is not understood. Write {' or '.join(choices)}."
            )
        return word

    def token(self, name: str) -> str:
        """Return a token that programs send, "" if there is none; it is never shown."""
        token = self.text(name)
        if token and not re.fullmatch(r"[\x21-\x7e]{16,200}", token):
            raise WrongSetting(
                f"{name} cannot be used: write 16 to 200 letters, digits and signs of ASCII, "
                "without blanks."
            )
        return token

    def proxies(self) -> int:
        """Return the number of our own proxies that a request passes."""
        word = self.text("TRUSTED_PROXIES", "0")
        if not re.fullmatch(r"[0-9]", word, re.ASCII):
            raise WrongSetting(
                f"TRUSTED_PROXIES={_shown(word)} is not understood. Write the number of your "
                f"proxies that a request passes, 0 to {MOST_PROXIES}."
            )
        return int(word)

    def number(self, name: str, default: int) -> int:
        """Return a number from 1 to a million."""
        word = self.text(name, str(default))
        if not re.fullmatch(r"[0-9]{1,7}", word, re.ASCII) or not 1 <= int(word) <= MOST:
            raise WrongSetting(
                f"{name}={_shown(word)} is not understood. Write a number from 1 to {MOST:,}, "
                f"such as {default}."
            )
        return int(word)

    def limit(self, name: str, default: str) -> tuple[int, int] | None:
        """Return how many requests a client may make in how many seconds; None without a limit."""
        text = self.text(name, default).lower()
        if text == "off":
            return None
        number, _slash, span = text.partition("/")
        if (
            not re.fullmatch(r"[0-9]{1,7}", number, re.ASCII)
            or not int(number)
            or span not in SPANS
        ):
            raise WrongSetting(
                f"{name}={_shown(text)} is not understood. Give a number and a span, such as "
                f"{default} (spans: {', '.join(SPANS)}), or off."
            )
        return int(number), SPANS[span]

    def base_url(self) -> str:
        """Return the public address as scheme and host, without a final slash; "" if not set."""
        given = self.text("BASE_URL")
        if not given:
            return ""
        example = "Write it as https://itu.example."
        refused = f"BASE_URL={_shown(given)} cannot be used: "
        try:
            parts = urlsplit(given)
            _ = parts.port
        except ValueError:
            raise WrongSetting(f"{refused}it is not an address. {example}") from None
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise WrongSetting(f"{refused}it must begin with https:// or http://. {example}")
        if "@" in parts.netloc:
            raise WrongSetting(
                f"BASE_URL cannot be used: it contains a user name or password. {example}"
            )
        if parts.path not in ("", "/") or parts.query or parts.fragment:
            raise WrongSetting(
                f"{refused}the portal needs the root of a host name, and nothing may follow the "
                f"host. {example}"
            )
        if not _is_host(_without_port(parts.netloc)):
            raise WrongSetting(f"{refused}its host is not a host name. {example}")
        return f"{parts.scheme}://{parts.netloc.lower()}"

    def allowed_hosts(self, base_url: str) -> list[str]:
        """Return the host names under which the portal answers; that of its address is one."""
        given = self.text("ALLOWED_HOSTS")
        hosts = [host.strip() for host in given.split(",")] if given else list(LOCAL_HOSTS)
        for host in hosts:
            if host != "*" and not _is_host(host.removeprefix(".")):
                raise WrongSetting(
                    f"ALLOWED_HOSTS holds {_shown(host)}, which is not a host name. Write names "
                    "alone, without http://, port or path, with commas between: itu.example,"
                    "www.itu.example."
                )
        own = _without_port(urlsplit(base_url).netloc)
        return hosts if not own or own in hosts else [*hosts, own]

    def hsts_preload(self, base_url: str) -> bool:
        """Return whether browsers are asked to know this host as https permanently."""
        is_wanted = self.switch("HSTS_PRELOAD")
        if is_wanted and not base_url.startswith("https://"):
            raise WrongSetting(
                "HSTS_PRELOAD=1 needs a BASE_URL that begins with https://. Set that, or leave "
                "HSTS_PRELOAD out."
            )
        return is_wanted

    def secret(self, default_file: Path, *, is_development: bool) -> str:
        """Return the secret from the variable or its file."""
        if secret := self.text("SECRET_KEY"):
            return secret
        file = Path(self.text("SECRET_KEY_FILE", str(default_file)))
        try:
            if secret := file.read_text().strip():
                return secret
        except (OSError, UnicodeDecodeError):
            pass
        if is_development and "SECRET_KEY_FILE" not in self.variables:
            return "insecure-key-for-the-development-server-only"
        raise WrongSetting(
            f"There is no secret: SECRET_KEY is not set, and {file} cannot be read or is empty. "
            "Set the environment variable SECRET_KEY to a long random text, or SECRET_KEY_FILE to "
            "a file that holds one, or run `make setup`, which makes var/secret_key."
        )

    def caches(self) -> dict[str, dict[str, Any]]:
        """Return the caches as Django's settings want them: Redis if CACHE_URL names one.

        The address is never repeated in a refusal: it may hold a password.
        """
        given = self.text("CACHE_URL")
        if given and not re.fullmatch(r"(?:rediss?|unix)://\S+", given):
            raise WrongSetting(
                "CACHE_URL cannot be used: it is no address of a Redis server. "
                "Write redis://:PASSWORD@HOST:6379/0, or leave it out."
            )
        return page_caches.in_redis(given) if given else page_caches.in_memory()

    def database(self, default_file: Path) -> dict[str, Any]:
        """Return the database as Django's settings want it.

        The address is never repeated in a refusal: it may hold a password.
        """
        example = (
            "Write sqlite:////full/path/portal.sqlite3 (four slashes) or "
            "postgres://USER:PASSWORD@HOST:5432/NAME (in a password, write special characters as "
            "per cent codes: %40 for @)."
        )
        given = self.text("DATABASE_URL", f"sqlite:///{default_file}")
        scheme, mark, rest = given.partition("://")
        if not mark or scheme not in DATABASES:
            reason = f"{_shown(scheme)} is not supported" if mark else "it is not an address"
            raise WrongSetting(f"DATABASE_URL cannot be used: {reason}. {example}")
        if scheme == "sqlite":
            file = Path(unquote(rest.removeprefix("/")))
            if not file.is_absolute() or not file.parent.is_dir() or file.is_dir():
                raise WrongSetting(
                    "DATABASE_URL cannot be used: it must name a file, by its full path, in a "
                    f"folder that exists. {example}"
                )
            return sqlite_file.database(file)
        return _postgresql("DATABASE_URL", given, example)

    def replica(self) -> dict[str, Any] | None:
        """Return the database from which pages may read, as Django's settings want it; or None.

        The address is never repeated in a refusal, as above.
        """
        example = "Write postgres://USER:PASSWORD@HOST:5432/NAME."
        if not (given := self.text("REPLICA_URL")):
            return None
        for name, address in (("REPLICA_URL", given), ("DATABASE_URL", self.text("DATABASE_URL"))):
            if not address.startswith(("postgres://", "postgresql://")):
                raise WrongSetting(f"REPLICA_URL needs PostgreSQL, also as {name}. {example}")
        found = _postgresql("REPLICA_URL", given, example)
        # What does not answer must not hold up pages for longer; the primary is there.
        patience = {"connect_timeout": 2, "tcp_user_timeout": 3_000}
        return {**found, "OPTIONS": patience | found.get("OPTIONS", {})}


def start(make: Callable[[], Any]) -> Any:
    """Return the application that `make` makes; where a setting is wrong, say so and exit."""
    try:
        return make()
    except WrongSetting as wrong:
        print(f"The portal does not start. {wrong}", file=sys.stderr, flush=True)
        sys.exit(WORKER_CANNOT_START)


def _postgresql(name: str, given: str, example: str) -> dict[str, Any]:
    """Return an address of PostgreSQL as Django wants it; refuse it without repeating it."""
    try:
        found = environ.Env.db_url_config(given)
    except (ValueError, ImproperlyConfigured):
        raise WrongSetting(f"{name} cannot be read. {example}") from None
    if not found.get("NAME") or "#" in given.partition("://")[2]:
        raise WrongSetting(f"{name} names no database. {example}")
    return found


def _meant(name: str) -> str | None:
    """Return the variable for which a name was probably meant; None if it is one, or no slip."""
    if name in KNOWN:
        return None
    folded = name.upper()
    if folded in KNOWN:
        return folded
    if folded in CALLED_ELSEWHERE:
        return CALLED_ELSEWHERE[folded]
    if len(folded) < LEAST_FOR_SLIPS:
        return None
    near = {known: OSA.distance(folded, known) for known in KNOWN if len(known) >= LEAST_FOR_SLIPS}
    best = min(near, key=lambda known: near[known])
    return best if near[best] <= SLIPS else None


def _without_port(netloc: str) -> str:
    return split_domain_port(netloc)[0] if netloc else ""


def _is_host(name: str) -> bool:
    """Whether a text is a host name in ASCII, an address of IPv4, or one of IPv6 in brackets."""
    if name.startswith("[") and name.endswith("]"):
        try:
            ipaddress.IPv6Address(name[1:-1])
        except ValueError:
            return False
        return True
    return len(name) <= 253 and HOST_NAME.fullmatch(name) is not None


def _shown(value: str) -> str:
    """Return a value so that it fits into one line of a terminal."""
    kept = "".join(character if character.isprintable() else "?" for character in value)
    return f"‘{kept[:80]}’"
