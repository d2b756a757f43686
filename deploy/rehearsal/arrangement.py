"""The arrangement of compose.yaml as plain processes on the loopback, below one folder.

What is taken as it stands: the options of PostgreSQL and Redis from compose.yaml, the variables of
portal.env.example, the command of start.sh, nginx.conf. What is another: addresses and ports; http
in place of https, so no certificates; places of files. There is a replica, and limits for each
client are off, because all readers come from one address.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import yaml

from .databases import READER, Primary, Replica
from .processes import HOST, NotReady, Process, free_ports, listens

DEPLOY = Path(__file__).resolve().parents[1]
ROOT = DEPLOY.parent
ADDRESSES = ROOT / "tests" / "benchmarks" / "addresses.py"
EDITOR = "load-editor"  # the name that the editor of tests/benchmarks signs in with
NO_LIMITS = ("LIMIT_BATCHES", "LIMIT_EXPORTS", "LIMIT_QUESTIONS", "LIMIT_REPORTS")
KEPT = ("PATH", "LANG", "LC_ALL", "TZ")
IMPORT_SECONDS = 1_200


class Web:
    """One web instance: gunicorn with its processes, and a folder of its own."""

    def __init__(self, name: str, folder: Path, port: int, variables: dict[str, str]):
        self.port, place = port, folder / name
        place.mkdir()
        own = {
            "LIMITS_FILE": place / "limits.sqlite3",
            "STORED_FILES": place / "lists",
            "PROMETHEUS_MULTIPROC_DIR": place / "metrics",
        }
        self.environment = variables | {key: str(value) for key, value in own.items()}
        options = ["--bind", f"{HOST}:{port}", "--workers", "2", "--worker-tmp-dir", place]
        self.process = Process(
            name,
            [sys.executable, "-m", "gunicorn", "itu_portal.wsgi", *options],
            folder / f"{name}.log",
            environment=self.environment,
            cwd=ROOT,
        )

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.process.start(self.answers)

    def answers(self) -> bool:
        """Whether it is there, whatever it has to say about its parts."""
        try:
            with urllib.request.urlopen(f"http://{HOST}:{self.port}/healthz", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def workers(self) -> list[int]:
        """Return its processes that answer."""
        return self.process.children()


class Arrangement:
    """All parts; `port` is that of nginx."""

    def __init__(self, folder: Path):
        self.folder = folder
        # Users of PostgreSQL and nginx pass through it, and list nothing.
        folder.chmod(0o711)
        primary, replica, cache, one, other, self.port, plain = free_ports(7)
        services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
        password = secrets.token_hex(16)
        options = services["database"]["command"][1:]
        self.primary = Primary("primary", folder, primary, password, options)
        self.replica = Replica("replica", folder, replica, password, options)
        self.cache_port = cache
        place = ["--port", cache, "--bind", HOST, "--dir", folder]
        redis = [needed("redis-server"), *services["cache"]["command"][1:], *place]
        self.redis = Process("redis", redis, folder / "redis.log")
        variables = self.variables()
        self.webs = [
            Web(name, folder, port, variables) for name, port in (("web1", one), ("web2", other))
        ]
        file = folder / "nginx.conf"
        ports = {"web1": one, "web2": other, "http": plain, "https": self.port}
        file.write_text(nginx_here((DEPLOY / "nginx.conf").read_text(), folder, ports))
        self.nginx_command = [needed("nginx"), "-c", file]
        command = [*self.nginx_command, "-g", "daemon off;"]
        self.nginx = Process("nginx", command, folder / "nginx.log")

    def variables(self) -> dict[str, str]:
        """Return the environment of the portal: portal.env.example with addresses of here."""
        lines = (DEPLOY / "portal.env.example").read_text().splitlines()
        example = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
        here = {
            "BASE_URL": f"http://{HOST}:{self.port}",
            "DATABASE_URL": self.primary.address(),
            "REPLICA_URL": self.replica.address(READER),
            "CACHE_URL": f"redis://{HOST}:{self.cache_port}/0",
            "METRICS_TOKEN": secrets.token_hex(16),
            "SECRET_KEY": secrets.token_urlsafe(50),
            "LOG_FORMAT": "json",
        }
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        return kept | example | here | dict.fromkeys(NO_LIMITS, "off")

    def start(self, catalogue: Path | None) -> None:
        """Start all parts in the order of compose.yaml, and fill the database."""
        self.primary.make()
        self.redis.start(lambda: listens(self.cache_port))
        self.manage("migrate", "--verbosity", "0")
        self.manage("load_fixtures")
        if catalogue is not None:
            self.manage("import_catalogue", catalogue, "--verbosity", "0")
        self.manage("rebuild_index", "--if-stale")
        self.manage("collectstatic", "--noinput", "--verbosity", "0")
        self.replica.make(self.primary)
        for web in self.webs:
            web.start()
        self.nginx.start(lambda: listens(self.port))

    def manage(self, *arguments: object, said: str = "") -> None:
        """Run a command of the portal on the primary."""
        variables = dict(self.webs[0].environment)
        del variables["REPLICA_URL"]
        done = subprocess.run(
            [sys.executable, "manage.py", *map(str, arguments)],
            cwd=ROOT,
            env=variables,
            input=said,
            capture_output=True,
            text=True,
            timeout=IMPORT_SECONDS,
            check=False,
        )
        if done.returncode:
            raise NotReady(f"manage.py {arguments[0]} failed:\n{done.stderr[-3000:]}")

    def make_editor(self) -> str:
        """Make the account of the editor; return its password."""
        password = secrets.token_urlsafe(24)
        self.manage("create_editor", EDITOR, "--password-stdin", said=f"{password}\n")
        return password

    def drawn(self) -> dict:
        """Return what readers ask for, drawn from the database."""
        place = self.folder / "drawn.json"
        variables = dict(self.webs[0].environment)
        subprocess.run(
            [sys.executable, ADDRESSES, place], cwd=ROOT, env=variables, timeout=600, check=True
        )
        return json.loads(place.read_text())

    def reload_nginx(self) -> None:
        """Let nginx read its file anew."""
        command = [*self.nginx_command, "-s", "reload"]
        subprocess.run(command, capture_output=True, timeout=30, check=True)

    def end(self) -> None:
        """End everything that runs, the last one first."""
        parts = [self.nginx, *(web.process for web in self.webs), self.redis]
        for part in (*parts, self.replica.process, self.primary.process):
            part.end()


def nginx_here(text: str, folder: Path, ports: dict[str, int]) -> str:
    """Return nginx.conf with addresses and places of here; all other lines as they are.

    Raises NotReady if a line that must be changed is not there: then this would prove nothing.
    """
    temporary = "\n".join(
        f"    {name}_temp_path {folder / name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    changes = [
        (r"^pid \S+;$", f"pid {folder / 'nginx.pid'};"),
        (r"^http \{$", f"http {{\n{temporary}"),
        (r"server web1:8000 ", f"server {HOST}:{ports['web1']} "),
        (r"server web2:8000 ", f"server {HOST}:{ports['web2']} "),
        (r"listen 80 default_server;", f"listen {HOST}:{ports['http']} default_server;"),
        (r"listen 443 ssl http2;", f"listen {HOST}:{ports['https']};"),
        (r"^ +ssl_\w+ [^;]+;\n", ""),
        (r"itu\.example", HOST),
    ]
    for pattern, replacement in changes:
        text, number = re.subn(pattern, lambda _found, new=replacement: new, text, flags=re.M)
        if not number:
            raise NotReady(f"nginx.conf has no line like {pattern}")
    return text


def needed(name: str) -> str:
    """Return the path of a program."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
    if found is None:
        raise NotReady(f"{name} is missing (on Debian: apt install nginx redis-server)")
    return found
