"""What the pages show that say why a request cannot be answered, or not now."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.forms import BaseForm


@dataclass(frozen=True)
class BadFilterPage:
    """Which parts of an address are not understood, and the address without them."""

    problems: Sequence[str]
    clean_url: str


@dataclass(frozen=True)
class BadRequestPage:
    """What is wrong with a request, and whether a form was sent with it."""

    message: str
    was_form: bool


@dataclass(frozen=True)
class LaterPage:
    """Why a request is answered later, and the address at which to ask again."""

    message: str
    again: str


@dataclass(frozen=True)
class LockedOutPage:
    """When signing in may be tried again: after how many minutes, and the moment."""

    minutes: int
    until: datetime.datetime


@dataclass(frozen=True)
class ReportPage:
    """The form for reports; whether one was kept just now, and whether one can be kept."""

    form: BaseForm
    is_stored: bool
    was_sent: bool
