"""The caches of pages: in the memory of each worker, or in one Redis for all workers and machines.

`catalog.stored_pages.shelves` says what lies where. In Redis, set `maxmemory` and the policy
`volatile-ttl`: what was asked for only once then goes first.
"""

from __future__ import annotations

from typing import Any

MINUTE, HOUR, DAY = 60, 3_600, 86_400
# Seconds after which a page of a version that is still the newest is made anew.
LIFE = {"default": HOUR, "pages": 7 * DAY, "questions": DAY, "newcomers": 10 * MINUTE}
# Pages of about 6 KiB: together at most some 25 MiB in each worker.
MOST = {"default": 1_000, "pages": 3_000, "questions": 700, "newcomers": 300}
# Seconds to wait for Redis; to make a page takes less.
PATIENCE = 0.25


def in_memory() -> dict[str, dict[str, Any]]:
    """Return caches that each worker has to itself."""
    return {
        name: {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": name,
            "TIMEOUT": LIFE[name],
            "OPTIONS": {"MAX_ENTRIES": MOST[name], "CULL_FREQUENCY": 10},
        }
        for name in LIFE
    }


def in_redis(address: str) -> dict[str, dict[str, Any]]:
    """Return caches that all workers share."""
    return {
        name: {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": address,
            "KEY_PREFIX": f"itu-portal:{name}",
            "TIMEOUT": LIFE[name],
            "OPTIONS": {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE},
        }
        for name in LIFE
    }
