"""What tells two releases of the portal apart: a digest of all that pages are made of."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CODE = ("catalog", "itu_portal", "templates", "static")
ENDINGS = {".py", ".html", ".css", ".js", ".svg"}


@cache
def release_digest() -> str:
    """Return 16 hexadecimal digits that differ where code, templates or style sheets differ."""
    found = hashlib.sha256()
    for room in CODE:
        for file in sorted((ROOT / room).rglob("*")):
            if file.suffix in ENDINGS and file.is_file():
                found.update(f"{file.relative_to(ROOT)}\n".encode())
                found.update(file.read_bytes())
    return found.hexdigest()[:16]
