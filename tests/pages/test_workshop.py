"""Many readers who ask for a page at once: it is made once, and nobody waits for nothing."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.http import HttpResponse

from catalog.stored_pages.making import Workshop
from catalog.stored_pages.page import StoredPage
from catalog.stored_pages.shelves import Shelves


def test_many_readers_at_once_make_a_page_once():
    made, begun = [], threading.Barrier(8)
    workshop = Workshop(Shelves())
    blank = StoredPage(200, (), b"x", is_packed=False)

    def make() -> StoredPage:
        made.append(threading.get_ident())
        threading.Event().wait(0.2)
        return blank

    def read(_number: int):
        begun.wait()
        return workshop.made("key", lambda: None, make)

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(read, range(8)))
    assert found == [blank] * 8
    assert len(made) == 1


def test_who_waits_for_a_page_that_cannot_be_stored_gets_one_of_their_own():
    begun = threading.Barrier(4)
    workshop = Workshop(Shelves())

    def make() -> HttpResponse:
        threading.Event().wait(0.05)
        return HttpResponse(str(threading.get_ident()))

    def read(_number: int):
        begun.wait()
        return workshop.made("key", lambda: None, make)

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(read, range(4)))
    assert len({id(response) for response in found}) == 4


def test_a_maker_who_fails_leaves_the_page_to_the_next():
    workshop = Workshop(Shelves())

    def fail():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        workshop.made("key", lambda: None, fail)
    blank = StoredPage(200, (), b"x", is_packed=False)
    assert workshop.made("key", lambda: None, lambda: blank) is blank
