"""What an address answers that once was one of the portal."""

from __future__ import annotations

from django.test import Client

from catalog.models import FormerAddress
from catalog.writing.addresses import present_address


def answer_of(client: Client, path: str) -> tuple[int, str]:
    """Return status and target of an address; of one that was left, what its holder answers.

    The page of a missing address asks the same table.
    """
    answer = client.get(path)
    if answer.status_code in (301, 302):
        return 301, answer["Location"]
    if answer.status_code != 404:
        return answer.status_code, ""
    former = FormerAddress.objects.last_holder(path)
    if former is None:
        return 404, ""
    target = present_address(former)
    return (301, target) if target else (410, "")
