"""What is long: a batch of 1,000 lines, exports of the whole catalogue, and the workers' memory.

Exports are measured in processor time of the workers, which a slow reader does not change: asked
for the first time, and for a second time when a portal that keeps answers has one to give. Which
of the workers answers is left to the system.
"""

from __future__ import annotations

import http.client
import re
import statistics
import time
import urllib.request
from dataclasses import dataclass, field
from urllib.parse import urlencode

import workers
from children import Server
from generator import HOST

TIMEOUT = 120
EXPORTS = {"JSON": "/publications/index.json", "CSV": "/publications/index.csv"}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
WARM_UP = 8  # questions, so that every worker has answered one


@dataclass
class Heavy:
    """What was measured; memory is that of each worker."""

    batches: list[float] = field(default_factory=list)  # milliseconds, each time other lines
    again: float = 0.0  # the last lines once more
    exports: dict[str, list[float]] = field(default_factory=dict)  # CPU seconds
    before: dict[int, workers.Memory] = field(default_factory=dict)
    after: dict[int, workers.Memory] = field(default_factory=dict)


def measure(portal: Server, pids: list[int], batches: list[list[str]]) -> Heavy:
    """Ask for the long answers, one at a time; the workers have just started."""
    [port] = portal.ports
    for _time in range(WARM_UP):
        download(port, "/")
    found = Heavy(before={pid: workers.memory(pid) for pid in pids})
    for name, path in EXPORTS.items():
        found.exports[name] = [cpu_of_download(port, path, pids) for _time in range(2)]
    for lines in batches:
        found.batches.append(batch(port, lines))
    found.again = batch(port, batches[-1])
    found.after = {pid: workers.memory(pid) for pid in pids}
    return found


def download(port: int, path: str) -> int:
    """Read an answer to its end, compressed as browsers ask for it; return its length."""
    address = f"http://{HOST}:{port}{path}"
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
        return len(answer.read())


def cpu_of_download(port: int, path: str, pids: list[int]) -> float:
    """Return the CPU seconds that an answer takes of all workers together."""
    before = workers.cpu_seconds(pids)
    download(port, path)
    return workers.cpu_seconds(pids) - before


def batch(port: int, lines: list[str]) -> float:
    """Send lines with the form, as a browser does; return the milliseconds of the answer."""
    connection = http.client.HTTPConnection(HOST, port, timeout=TIMEOUT)
    connection.request("GET", "/go/batch/")
    form = connection.getresponse()
    token = TOKEN.search(form.read().decode())
    cookies = [value.partition(";")[0] for value in form.headers.get_all("Set-Cookie") or []]
    fields = {"csrfmiddlewaretoken": token[1] if token else "", "lines": "\n".join(lines)}
    headers = {
        "Accept-Encoding": "gzip",
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": "; ".join(cookies),
    }
    begin = time.perf_counter()
    connection.request("POST", "/go/batch/", urlencode(fields), headers)
    answer = connection.getresponse()
    answer.read()
    took = time.perf_counter() - begin
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"a batch of {len(lines):,} lines was answered with {answer.status}")
    return took * 1000


def print_rows(found: Heavy, pids: list[int], answers: int) -> None:
    """Print what was measured, and the memory after so many answers more."""
    print(
        f"  batch of 1,000 lines, milliseconds: first {found.batches[0]:.0f}, "
        f"median {statistics.median(found.batches):.0f}, longest {max(found.batches):.0f}; "
        f"the same lines again {found.again:.0f}"
    )
    if not pids:
        print("  CPU seconds and memory of the workers: not known on this system")
        return
    for name, (first, second) in found.exports.items():
        print(
            f"  whole catalogue as {name}, CPU seconds of the workers: "
            f"first {first:.2f}, second {second:.2f}"
        )
    last = {pid: workers.memory(pid) for pid in pids}
    print("  memory of each worker, MiB (and the most it had):")
    print_memory("at the start", found.before)
    print_memory("after exports and batches", found.after)
    print_memory(f"after {answers:,} answers more", last)


def print_memory(name: str, sizes: dict[int, workers.Memory]) -> None:
    """Print the memory of each worker at a time."""
    each = "  ".join(f"{size.now:6.0f} ({size.peak:.0f})" for size in sizes.values())
    print(f"    {name:32} {each}", flush=True)
