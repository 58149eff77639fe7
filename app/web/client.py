"""The client's address, believed only as far as the configured proxies are.

`X-Forwarded-For` is read from the right: every address that is a trusted proxy is skipped, the first other one is the
client. Without `TRUSTED_PROXIES` the header is ignored, whoever sends it.
"""

import ipaddress
from collections.abc import Sequence
from typing import Any

type Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_SCOPE_KEY = "stoa.client"


def networks(texts: Sequence[str]) -> tuple[Network, ...]:
    """Parse `TRUSTED_PROXIES`."""
    return tuple(ipaddress.ip_network(text, strict=False) for text in texts)


def resolve_client(scope: Any, trusted: Sequence[Network]) -> str:
    """Find the client's address once and keep it in the scope."""
    peer = (scope.get("client") or ("", 0))[0] or "127.0.0.1"
    found = peer
    if trusted and _is_trusted(peer, trusted):
        forwarded = b",".join(value for name, value in scope["headers"] if name == b"x-forwarded-for").decode("latin-1")
        for hop in reversed([part.strip() for part in forwarded.split(",") if part.strip()]):
            if not _is_address(hop):
                break
            found = hop
            if not _is_trusted(hop, trusted):
                break
    scope[_SCOPE_KEY] = found
    return found


def client_address(scope: Any) -> str:
    """The address `resolve_client` found."""
    address: str = scope.get(_SCOPE_KEY) or (scope.get("client") or ("127.0.0.1", 0))[0]
    return address


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _is_trusted(address: str, trusted: Sequence[Network]) -> bool:
    return _is_address(address) and any(ipaddress.ip_address(address) in network for network in trusted)
