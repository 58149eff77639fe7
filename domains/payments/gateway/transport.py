"""How the library's requests go out: with limits, and with an end."""

import asyncio
import ssl
from collections.abc import Mapping
from functools import cache
from typing import Any

import httpx
import stripe

CONNECT_TIMEOUT = 1.0
POOL_TIMEOUT = 5.0

NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.ProxyError)
"""Failures after which the gateway cannot have heard of the request."""

# Nothing about this machine is sent along, nor an id written into the user's home.
stripe.enable_telemetry = False


@cache
def _authorities() -> ssl.SSLContext:
    """Read once per process: it takes 30 ms."""
    return httpx.create_ssl_context()


class HttpxTransport(stripe.HTTPClient):
    """The library's own httpx client has neither limits on connections nor a deadline over the whole answer."""

    name = "httpx"

    def __init__(self, *, read_timeout: float, direct: bool) -> None:
        super().__init__()
        self._deadline = POOL_TIMEOUT + CONNECT_TIMEOUT + read_timeout + 1.0
        self._client = httpx.AsyncClient(
            # Waiting for a free connection is our own crowd, not trouble of the gateway: it gets more time.
            timeout=httpx.Timeout(read_timeout, connect=CONNECT_TIMEOUT, pool=POOL_TIMEOUT),
            limits=httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=15),
            trust_env=not direct,
            # Plain HTTP to this machine needs no certificate authorities, and reading them takes time.
            verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if direct else _authorities(),
        )

    async def request_async(
        self, method: str, url: str, headers: Mapping[str, str], post_data: Any = None
    ) -> tuple[bytes, int, Mapping[str, str]]:
        try:
            async with asyncio.timeout(self._deadline):
                answer = await self._client.request(method, url, headers=headers, content=post_data or None)
        except (httpx.HTTPError, TimeoutError) as error:
            raise stripe.APIConnectionError(type(error).__name__) from error  # type: ignore[no-untyped-call]
        return answer.content, answer.status_code, answer.headers

    async def sleep_async(self, secs: float) -> None:
        await asyncio.sleep(secs)

    async def close_async(self) -> None:
        await self._client.aclose()
