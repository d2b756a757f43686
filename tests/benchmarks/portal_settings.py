"""The settings of the portal as they are, with the collected static files in a directory apart.

The database comes from DATABASE_URL, as everywhere.
"""

import os
from pathlib import Path

from itu_portal.settings import *  # noqa: F403

STATIC_ROOT = Path(os.environ["BENCHMARK_DIR"]) / "static"
