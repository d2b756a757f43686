"""The address that a path spelled otherwise means."""

from __future__ import annotations

import pytest

from catalog.identifiers.site_addresses import MOST, meant_addresses
from catalog.identifiers.site_paths import read_path

MEANT = [
    ("/itu-t/G711/", "/itu-t/g.711/"),
    ("/itut/g-711", "/itu-t/g.711/"),
    ("/itu-t/g_711/1988-11-25/", "/itu-t/g.711/1988-11/"),
    ("/itu-t/g.711/11-1988/", "/itu-t/g.711/1988-11/"),
    ("/itu-t/g.711/1988/", "/itu-t/g.711/1988/"),
    ("/itu-t/g.711/2009-08/amendment1/", "/itu-t/g.711/2009-08/amd1/"),
    ("/itu-t/g.709/y.1331/", "/itu-t/g.709/"),
    ("/itu-t/g.suppl39/", "/itu-t/g.sup39/"),
    ("/itu-r/bt2020/", "/itu-r/bt.2020/"),
    ("/itu-r/bt.601-7/", "/itu-r/bt.601/7/"),
    ("/itu-r/reports/bt.2020-1/", "/itu-r/report/bt.2020/1/"),
    ("/itu-r/handbook/43-2013/", "/itu-r/handbook/43/2013/"),
]
NOTHING = [
    "/",
    "/itu-t/",
    "/id/itu-t-g.711/",
    "/topics/ai/",
    "/initiatives/ai-for-good/",
    "/itu-t/g.711/whatever-else/",
    # Only rows tell which edition has a version.
    "/itu-t/h.264/v15/",
    "/rec/T-REC-G.711-198811-I",
]


@pytest.mark.parametrize(("path", "address"), MEANT)
def test_a_path_means_the_address_of_its_text(path, address):
    assert address in meant_addresses(read_path(path))


@pytest.mark.parametrize("path", NOTHING)
def test_what_names_no_text_means_no_address(path):
    assert meant_addresses(read_path(path)) == []


def test_no_path_means_many_addresses():
    for path, _address in MEANT:
        assert len(meant_addresses(read_path(path))) <= MOST
