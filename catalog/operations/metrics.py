"""Counts of requests in the form of Prometheus, for all processes of gunicorn together.

Where PROMETHEUS_MULTIPROC_DIR is set (`gunicorn.conf.py`), each process counts in files of that
folder and any of them answers for all. Labels are names from closed lists: routes, methods,
statuses. Nothing here tells readers apart.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from catalog.operations.readiness import Readiness
from catalog.writing.record import catalogue_version

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)

_registry = CollectorRegistry()
_requests = Counter(
    "itu_http_requests", "Requests answered.", ["method", "route", "status"], registry=_registry
)
_seconds = Histogram(
    "itu_http_request_duration_seconds",
    "Time until an answer begins.",
    ["route"],
    buckets=BUCKETS,
    registry=_registry,
)
_in_flight = Gauge(
    "itu_http_requests_in_flight",
    "Requests being answered, in all living processes.",
    multiprocess_mode="livesum",
    registry=_registry,
)


class CatalogueVersion(Collector):
    """The version of the catalogue, asked when the counts are read; left out if it is not told."""

    def __init__(self):
        self.found: deque[int] = deque(maxlen=1)
        self.readiness = Readiness({"version": self.ask})

    def ask(self) -> bool:
        """Ask the database."""
        self.found.append(catalogue_version())
        return True

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the version, after a bounded time."""
        self.found.clear()
        self.readiness.answers()
        if self.found:
            words = "Version of the catalogue that readers see."
            yield GaugeMetricFamily("itu_catalogue_version", words, value=self.found[0])


_version = CatalogueVersion()


def begin() -> None:
    """Note that a request is being answered."""
    _in_flight.inc()


def end() -> None:
    """Note that it is no longer."""
    _in_flight.dec()


def count(method: str, route: str, status: int, seconds: float) -> None:
    """Count an answer."""
    _requests.labels(method, route, str(status)).inc()
    _seconds.labels(route).observe(seconds)


def text() -> bytes:
    """Return all counts as Prometheus reads them."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(_registry) + generate_latest(_version)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    registry.register(_version)
    return generate_latest(registry)
