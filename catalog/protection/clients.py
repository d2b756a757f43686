"""Who asks: the address by which failures and requests of a client are counted."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest
from python_ipware import IpWare

# Stands for a client without a known address (a server that listens on a socket file).
NO_ADDRESS = "0.0.0.0"
# A customer is given a /64 of IPv6 at least (RFC 6177) and may change addresses within it at will.
IPV6_PREFIX = 64
# Reads one entry at a time, with or without port, brackets or zone; refuses what is no client's.
READER = IpWare(precedence=("ENTRY",), proxy_count=0)


def client_address(request: HttpRequest) -> str:
    """Return the address that stands for the client: of IPv4 as it is, of IPv6 its /64.

    Each proxy adds to X-Forwarded-For the address that it was asked from, so only as many
    entries from the right as there are proxies of ours (`TRUSTED_PROXIES`) can be believed; the
    farthest of them that can be read is the client. Everything to the left may be made up by the
    client. The answer is always an address that a database takes, `0.0.0.0` if none is known.
    """
    for entry in _believable(request):
        address, _is_trusted = READER.get_client_ip({"ENTRY": entry})
        if address is not None:
            return str(_counted_as(address))
    return NO_ADDRESS


def _believable(request: HttpRequest) -> list[str]:
    """Return what our proxies and the connection itself say, the farthest first."""
    peer = request.META.get("REMOTE_ADDR", "")
    proxies = settings.TRUSTED_PROXIES
    if not proxies:
        return [peer]
    return [*request.META.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", proxies)[-proxies:], peer]


def _counted_as(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    if address.version == 4 or address.is_loopback:
        return address
    # By the number alone: a zone (fe80::1%eth0) is a name of our own machine.
    return ipaddress.ip_network((int(address), IPV6_PREFIX), strict=False).network_address
