"""The one way out: fetches addresses that strangers have written down, and can be led nowhere else.

Whoever names an address names the machine that we connect to. So its host is resolved here, every address it has must
be one of the public internet, and the connection goes to the very address that was checked: a name that answers
otherwise the second time (DNS rebinding) gains nothing. Redirects are followed by hand, each checked like the first.
No proxy of the environment, no cookie, no credential goes along, and what comes back is bounded in time and size.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Callable, Coroutine, Sequence
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, Final, Self
from urllib.parse import urljoin, urlsplit

import httpx
import msgspec

from domains.kit.errors import Unavailable
from domains.kit.i18n import gettext as _

type Address = ipaddress.IPv4Address | ipaddress.IPv6Address
type Network = ipaddress.IPv4Network | ipaddress.IPv6Network
type Resolver = Callable[[str, int], Coroutine[Any, Any, Sequence[str]]]

_MOST_REDIRECTS: Final = 5
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PORTS: Final = {"http": 80, "https": 443}
_TIMEOUT: Final = httpx.Timeout(10.0, connect=5.0)
_CHUNK: Final = 64 * 1024
# Addresses that carry another one within them: what is inside decides.
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")


class NotFetched(Unavailable):
    """An address did not give what was asked for; `for_good` when trying again cannot help."""

    code = "not_fetched"

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        self.for_good = for_good
        super().__init__(why)


class Fetched(msgspec.Struct, frozen=True):
    """What came back: where from in the end, what it says it is, and its bytes."""

    url: str
    content_type: str
    content: bytes


class OutgoingClient:
    """Fetches public addresses; `allowed` are networks that it may reach although they are not public.

    Those are for tests and the demo, whose servers are on this machine.
    """

    def __init__(self, *, allowed: Sequence[str] = (), resolve: Resolver | None = None, patience: float = 60.0) -> None:
        self._allowed: tuple[Network, ...] = tuple(ipaddress.ip_network(one, strict=False) for one in allowed)
        self._resolve = resolve or _ask_the_system
        self._patience = patience
        # Connections are not kept: the next address of the same name is checked anew.
        self._client = httpx.AsyncClient(
            timeout=_TIMEOUT,
            follow_redirects=False,
            trust_env=False,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            limits=httpx.Limits(max_connections=16, max_keepalive_connections=0),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        await self._client.aclose()

    async def get(self, url: str, *, most_bytes: int, accept: str = "*/*") -> Fetched:
        """What is at `url`, at most `most_bytes` of it. Raises `NotFetched`."""
        try:
            async with asyncio.timeout(self._patience):
                return await self._follow(url, most_bytes, accept)
        except TimeoutError:
            raise NotFetched(_("It took too long.")) from None
        except httpx.TimeoutException:
            raise NotFetched(_("It did not answer in time.")) from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as error:
            raise NotFetched(_("It cannot be reached: {why}.").format(why=str(error) or type(error).__name__)) from None

    async def _follow(self, url: str, most_bytes: int, accept: str) -> Fetched:
        for _turn in range(_MOST_REDIRECTS + 1):
            request = await self._request(url, accept)
            response = await self._client.send(request, stream=True)
            try:
                if response.status_code not in _REDIRECTS:
                    return await _read(url, response, most_bytes)
                url = urljoin(url, response.headers.get("Location", ""))
            finally:
                await response.aclose()
        raise NotFetched(_("It leads from address to address and never arrives."), for_good=True)

    async def _request(self, url: str, accept: str) -> httpx.Request:
        """A request that goes to a checked address and asks for the host by its name."""
        host, port, scheme = _parts(url)
        address = await self._checked(host, port, _PORTS[scheme])
        literal = f"[{address}]" if address.version == 6 else str(address)
        parts = urlsplit(url)
        named = f"[{host}]" if ":" in host else host
        return self._client.build_request(
            "GET",
            parts._replace(netloc=f"{literal}:{port}", fragment="").geturl(),
            headers={
                "Host": named if port == _PORTS[scheme] else f"{named}:{port}",
                "Accept": accept,
                "Accept-Encoding": "identity",  # a small answer that unpacks to a huge one is none we want
                "User-Agent": "Stoa",
            },
            extensions={"sni_hostname": host},  # the certificate must be the name's, not the address's
        )

    async def _checked(self, host: str, port: int, usual: int) -> Address:
        """An address of the host that we may connect to; one that is not public spoils all of them."""
        try:
            literals = await self._resolve(host, port)
        except (OSError, UnicodeError):
            raise NotFetched(_("There is no host of this name.")) from None
        addresses = [ipaddress.ip_address(literal.partition("%")[0]) for literal in literals]
        if not addresses:
            raise NotFetched(_("There is no host of this name."))
        ours = [any(address in network for network in self._allowed) for address in addresses]
        if not all(our or is_public(address) for our, address in zip(ours, addresses, strict=True)):
            raise NotFetched(_("The address is not one of the public internet."), for_good=True)
        if port != usual and not all(ours):
            raise NotFetched(_("Only the usual ports of the web are asked."), for_good=True)
        return addresses[0]


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet, and not one of a machine, a network or a cloud."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _parts(url: str) -> tuple[str, int, str]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise NotFetched(_("This is no address."), for_good=True) from None
    if parts.scheme not in _PORTS or not host:
        raise NotFetched(_("Only addresses that begin with http:// or https:// are asked."), for_good=True)
    if parts.username is not None or parts.password is not None:
        raise NotFetched(_("Addresses with a password in them are not asked."), for_good=True)
    return host, port if port is not None else _PORTS[parts.scheme], parts.scheme


async def _read(url: str, response: httpx.Response, most_bytes: int) -> Fetched:
    if response.status_code != 200:
        raise NotFetched(
            _("It answers {status} {reason}.").format(status=response.status_code, reason=response.reason_phrase),
            for_good=response.status_code == 410,
        )
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise NotFetched(_("It answers in a packed form that was not asked for."), for_good=True)
    too_large = NotFetched(
        _("It is larger than {most} MB.").format(most=most_bytes // (1024 * 1024) or 1), for_good=True
    )
    told = response.headers.get("Content-Length", "")
    if told.isdecimal() and int(told) > most_bytes:
        raise too_large
    content = bytearray()
    async for chunk in response.aiter_raw(_CHUNK):
        content += chunk
        if len(content) > most_bytes:
            raise too_large
    return Fetched(url, response.headers.get("Content-Type", "").partition(";")[0].strip().lower(), bytes(content))


async def _ask_the_system(host: str, port: int) -> Sequence[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_kind, address in found]
