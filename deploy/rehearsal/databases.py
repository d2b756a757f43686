"""A PostgreSQL primary and a replica that follows it, as temporary clusters."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import psycopg2

from .processes import HOST, PATIENCE, NotReady, Process, as_user

SUPERUSER = "postgres"  # Of the system; PostgreSQL does not run as root.
NAME = OWNER = "itu"
READER = "reader"
INSTALLED = Path("/usr/lib/postgresql")


class Cluster:
    """One server of PostgreSQL; nothing but the loopback reaches it, with a password."""

    def __init__(self, name: str, folder: Path, port: int, password: str, options: list[str]):
        self.folder, self.port, self.password = folder / name, port, password
        self.folder.mkdir(mode=0o700)
        if os.geteuid() == 0:
            shutil.chown(self.folder, SUPERUSER, SUPERUSER)
        places = ["-D", self.folder, "-p", port, "-h", HOST, "-k", ""]
        self.process = Process(
            name,
            [program("postgres"), *places, *options],
            folder / f"{name}.log",
            environment={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            user=SUPERUSER,
        )

    def address(self, user: str = OWNER) -> str:
        """Return where it is, as the variables of the portal name it."""
        return f"postgres://{user}:{self.password}@{HOST}:{self.port}/{NAME}"

    def start(self) -> None:
        """Start it, and wait until it answers questions."""
        self.process.start(self.answers)

    def stop_fast(self) -> None:
        """Stop it in an orderly way that waits for no client."""
        run("pg_ctl", "stop", "-D", self.folder, "-m", "fast", "-t", PATIENCE)
        self.process.wait()

    def answers(self) -> bool:
        """Whether it answers a question."""
        try:
            return self.ask("SELECT 1", name="postgres") == 1
        except psycopg2.Error:
            return False

    def ask(self, question: str, *, name: str = NAME) -> object:
        """Return the first value of the answer; None if there is no answer to this."""
        with closing(
            psycopg2.connect(
                host=HOST,
                port=self.port,
                user=OWNER,
                password=self.password,
                dbname=name,
                connect_timeout=2,
            )
        ) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(question)
                return cursor.fetchone()[0] if cursor.description else None


class Primary(Cluster):
    """The one that is written to."""

    def make(self) -> None:
        """Make it, start it, and make the empty database and the role that only reads."""
        secret = self.folder.with_name("owner-password")
        secret.write_text(self.password)
        if os.geteuid() == 0:
            shutil.chown(secret, SUPERUSER)
        secret.chmod(0o600)
        kinds = ["--auth-local=reject", "--auth-host=scram-sha-256", "--locale=C.UTF-8"]
        run("initdb", "-D", self.folder, "-U", OWNER, "--pwfile", secret, *kinds)
        self.start()
        self.ask(f"CREATE DATABASE {NAME} ENCODING 'UTF8'", name="postgres")
        self.ask(f"CREATE ROLE {READER} LOGIN PASSWORD '{self.password}'")
        self.ask(f"GRANT pg_read_all_data TO {READER}")


class Replica(Cluster):
    """The one that follows."""

    def make(self, primary: Primary) -> None:
        """Copy the primary, and follow it from there on."""
        source = ["-h", HOST, "-p", primary.port, "-U", OWNER, "--checkpoint=fast", "-X", "stream"]
        run("pg_basebackup", "-D", self.folder, "-R", *source, PGPASSWORD=self.password)
        self.start()

    def pause(self) -> None:
        """Let it receive changes, and show none of them."""
        self.ask("SELECT pg_wal_replay_pause()")

    def resume(self) -> None:
        """Let it catch up."""
        self.ask("SELECT pg_wal_replay_resume()")

    def rows_read(self) -> int | None:
        """Return how many rows it has read for its clients; None if it does not answer."""
        try:
            return self.ask(
                f"SELECT tup_returned + tup_fetched FROM pg_stat_database WHERE datname = '{NAME}'",
                name="postgres",
            )
        except psycopg2.Error:
            return None


def program(name: str) -> str:
    """Return the path of one of PostgreSQL's programs, of the newest version installed."""
    versions = sorted(INSTALLED.glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    found = str(versions[-1]) if versions else shutil.which(name)
    if not found:
        raise NotReady(f"{name} is missing (on Debian: apt install postgresql)")
    return found


def run(name: str, *arguments: object, **variables: str) -> None:
    """Run one of PostgreSQL's programs, as its user."""
    done = subprocess.run(
        [program(name), *map(str, arguments)],
        cwd="/",
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **variables},
        capture_output=True,
        text=True,
        timeout=2 * PATIENCE,
        check=False,
        **as_user(SUPERUSER),
    )
    if done.returncode:
        raise NotReady(f"{name} failed:\n{done.stderr}")
