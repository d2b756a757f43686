"""Which methods an address answers: those of reading; where a form is sent, POST too."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.views.decorators.http import require_http_methods

View = TypeVar("View", bound=Callable)

READING = ("GET", "HEAD", "OPTIONS")
SENDING = ("GET", "HEAD", "POST", "OPTIONS")


def takes_posts(view: View) -> View:
    """Declare that a view answers a form that is sent to it."""
    view = require_http_methods(["GET", "HEAD", "POST"])(view)
    view.methods = SENDING
    return view


def methods_of(view: Callable) -> tuple[str, ...]:
    """Return the methods that a view answers."""
    return getattr(view, "methods", READING)
