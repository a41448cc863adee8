"""Where a request comes from."""

from collections.abc import Iterable
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def lies_in(address: str | None, networks: Iterable[str]) -> bool:
    """Whether the address belongs to one of the networks; a single address is a network too."""
    try:
        here = ip_address(address or "")
    except ValueError:
        return False
    return any(here in ip_network(network, strict=False) for network in networks)


def client_address(request: HttpRequest) -> str | None:
    """The client's address; None if the server has none (a Unix socket).

    What `X-Forwarded-For` says is believed only as far as our own proxies wrote it: read from the
    right, the first address that is not one of ours. Anybody can send such a header.
    """
    address: str = request.META.get("REMOTE_ADDR", "")
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    while lies_in(address, settings.TRUSTED_PROXIES) and forwarded:
        address = forwarded.pop() or address
    try:
        return str(ip_address(address))
    except ValueError:
        return None
