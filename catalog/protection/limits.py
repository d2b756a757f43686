"""How often one client may ask for what costs much.

Each client has a count for each kind of request in a span of time, and all processes of the machine
share the counts: they lie in a small SQLite file of their own. There they are counted exactly
however many processes count at once, and neither an import that writes to the database of the
portal nor a database that cannot be written to stands in the way.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import logging
import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

from catalog.protection.clients import client_address

logger = logging.getLogger(__name__)

# One customer gets a network of this size in IPv6 and may use every address in it (RFC 6177).
NETWORK_OF_A_CLIENT = 64
# One request in this many, by chance, deletes the counts of spans that are over.
SWEEP = 500
# Seconds to wait for another process that is counting.
PATIENCE = 2

TABLE = (
    "CREATE TABLE IF NOT EXISTS counts"
    " (client BLOB PRIMARY KEY, number INTEGER NOT NULL, ends REAL NOT NULL) WITHOUT ROWID"
)
COUNT = (
    "INSERT INTO counts (client, number, ends) VALUES (:client, 1, :ends)"
    " ON CONFLICT (client) DO UPDATE SET"
    " number = CASE WHEN ends <= :now THEN 1 ELSE number + 1 END,"
    " ends = CASE WHEN ends <= :now THEN :ends ELSE ends END"
)


def seconds_to_wait(request: HttpRequest, kind: str) -> int:
    """Count a request of a kind; return the seconds until the client may ask again, or 0.

    `kind` is a key of `settings.LIMITS`; a kind that is not there has no limit. Where the counts
    cannot be kept nobody is turned away, and the log says why.
    """
    limit = settings.LIMITS.get(kind)
    if limit is None:
        return 0
    most, span = limit
    now = time.time()
    try:
        number, ends = _counted(_mark(kind, request), now, span)
    except (OSError, sqlite3.Error) as error:
        logger.error("Requests cannot be counted, so no limits apply: %s", error)
        return 0
    return max(1, round(ends - now)) if number > most else 0


def _counted(client: bytes, now: float, span: int) -> tuple[int, float]:
    """Count one request; return the number of requests in the span, and when the span ends."""
    file = Path(settings.LIMITS_FILE)
    try:
        return _counted_in(file, client, now, span)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        # The machine lost power while it wrote. Nothing is lost but the counts of a moment.
        file.unlink(missing_ok=True)
        return _counted_in(file, client, now, span)


def _counted_in(file: Path, client: bytes, now: float, span: int) -> tuple[int, float]:
    with closing(sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)) as counts:
        counts.execute("PRAGMA synchronous = OFF")
        counts.execute(TABLE)
        counts.execute("BEGIN IMMEDIATE")
        counts.execute(COUNT, {"client": client, "now": now, "ends": now + span})
        if random.randrange(SWEEP) == 0:
            counts.execute("DELETE FROM counts WHERE ends <= ?", [now])
        found = counts.execute("SELECT number, ends FROM counts WHERE client = ?", [client])
        row = found.fetchone()
        counts.execute("COMMIT")
    return row


def _mark(kind: str, request: HttpRequest) -> bytes:
    """Return what stands for a client in the file, which so holds no addresses."""
    words = f"{kind} {network_of(client_address(request))}"
    return hmac.digest(settings.SECRET_KEY.encode(), words.encode(), hashlib.sha256)[:16]


def network_of(address: str) -> str:
    """Return the address that all the addresses of one client share: of IPv6, its network."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if known.version == 4:
        return str(known)
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(ipaddress.ip_network((known, NETWORK_OF_A_CLIENT), strict=False))
