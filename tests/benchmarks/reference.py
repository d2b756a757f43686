"""What importing is compared with: every file of a snapshot through PyYAML, and nothing else.

Prints the seconds as a number. Run as `reference.py SNAPSHOT.zip`.
"""

from __future__ import annotations

import sys
import time
import zipfile

import yaml

begin = time.perf_counter()
with zipfile.ZipFile(sys.argv[1]) as archive:
    for name in archive.namelist():
        if name.endswith(".yaml"):
            yaml.load(archive.read(name), Loader=yaml.CSafeLoader)
print(time.perf_counter() - begin)
