"""How gunicorn serves the portal; it reads this file when it is started in this directory.

Options on the command line come before it: `--bind`, `--workers`, `--threads`.
"""

import gc
import os
from pathlib import Path

from itu_portal import logs

worker_class = "itu_portal.server.BufferingWorker"
workers = 2
# Half of them may be busy with exports and batches (HEAVY_AT_ONCE and HEAVY_WAITING).
threads = 8
# Seconds in which a worker that is told to stop may finish its answers.
graceful_timeout = 20
# It would write into the home directory of the user.
control_socket_disable = True
# Its own lines look like those of the portal. A wrong word is refused by the settings, in words.
if os.environ.get("LOG_FORMAT", "").strip().lower() == "json":
    logconfig_dict = logs.config("json") | {
        "loggers": {"gunicorn.error": {"level": "INFO", "propagate": True}}
    }

# Where the processes count together; before anything imports prometheus_client, which then looks
# whether this is set.
if os.environ.get("METRICS_TOKEN"):
    os.environ.setdefault(
        "PROMETHEUS_MULTIPROC_DIR", str(Path(__file__).resolve().parent / "var" / "metrics")
    )


def on_starting(server):
    """Forget the counts of processes that ended with the last start: counters begin at 0."""
    if os.environ.get("METRICS_TOKEN"):
        folder = Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])
        folder.mkdir(parents=True, exist_ok=True)
        for file in folder.glob("*.db"):
            file.unlink()


def post_worker_init(worker):
    """Spare the collector of garbage what lives as long as the worker: its modules.

    It would otherwise walk through them, and through the indexes of the catalogue, in the middle
    of long answers: a fifth of the time of a batch.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


def child_exit(server, worker):
    """Take what a dead process was answering out of the sum; what it has answered still counts."""
    if os.environ.get("METRICS_TOKEN"):
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)
