"""Programs that only measurements use, each in an environment of its own below var/.

They are no dependency of the portal: what they need never meets what the portal needs.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

from children import ROOT

PATIENCE = 300  # seconds for an installation


class NotInstalled(Exception):
    """The program is not at hand; the message says why, in one line."""


def program(name: str, requirements: Path) -> Path:
    """Return the Python that has what a file of requirements names; install it if need be."""
    place = ROOT / "var" / "venvs" / name
    python = place / "bin" / "python"
    stamp = place / "installed"
    wanted = requirements.read_text()
    if python.exists() and stamp.exists() and stamp.read_text() == wanted:
        return python
    print(f"Installing {name} into {place.relative_to(ROOT)} ...", file=sys.stderr, flush=True)
    try:
        venv.create(place, with_pip=True, clear=True)
        command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        done = subprocess.run(
            [*command, "--requirement", requirements],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NotInstalled(f"{name} could not be installed: {type(error).__name__}") from error
    if done.returncode:
        # The last line may name a place that is nobody's business, such as a mirror.
        raise NotInstalled(f"{name} could not be installed (pip ended with {done.returncode})")
    stamp.write_text(wanted)
    return python


def clean_environment() -> dict[str, str]:
    """Return the environment without what would lead Python to the portal's packages."""
    return {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "DJANGO_SETTINGS_MODULE")
    }
