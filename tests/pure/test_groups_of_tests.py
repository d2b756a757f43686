"""Tests that share what takes long to make run one after the other in one process."""

from __future__ import annotations

import os

import pytest


@pytest.mark.xdist_group("this group")
def test_a_group_of_tests_is_known_to_whatever_hands_them_out(request):
    if "PYTEST_XDIST_WORKER" not in os.environ:
        pytest.skip("one process runs all tests")
    assert request.node.nodeid.endswith("@this group")
