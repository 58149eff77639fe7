"""The one way out: what it fetches, and where it cannot be led."""

import asyncio
import ipaddress
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

import pytest

from domains.kit.outgoing import NotFetched, OutgoingClient, is_public

type Answer = Callable[[str, asyncio.StreamWriter], Awaitable[None]]

LOCAL = ("127.0.0.1/32",)


@asynccontextmanager
async def server(answer: Answer) -> AsyncIterator[tuple[int, list[str]]]:
    """A web server of this machine: its port, and the requests it has got."""
    heard: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = (await reader.readuntil(b"\r\n\r\n")).decode()
        heard.append(request)
        try:
            await answer(request.split()[1], writer)
            await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()

    running = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield running.sockets[0].getsockname()[1], heard
    finally:
        running.close()


def answering(status: str, body: bytes = b"", *headers: str) -> Answer:
    async def answer(_path: str, writer: asyncio.StreamWriter) -> None:
        lines = [f"HTTP/1.1 {status}", *headers, "Connection: close", "", ""]
        writer.write("\r\n".join(lines).encode() + body)

    return answer


def named(*addresses: str) -> Callable[[str, int], Awaitable[Sequence[str]]]:
    """A name service that gives these addresses for every name."""

    async def resolve(_host: str, _port: int) -> Sequence[str]:
        return addresses

    return resolve


async def refusal(url: str, **options: object) -> NotFetched:
    async with OutgoingClient(**options) as client:  # type: ignore[arg-type]
        with pytest.raises(NotFetched) as refused:
            await client.get(url, most_bytes=1000)
    return refused.value


async def test_what_is_there_is_fetched_and_nothing_of_ours_goes_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    async with (
        server(answering("200 OK", b"picture", "Content-Type: image/png; q=1", "Set-Cookie: a=b")) as (
            port,
            heard,
        ),
        OutgoingClient(allowed=LOCAL) as client,
    ):
        first = await client.get(f"http://127.0.0.1:{port}/a.png?b=1#c", most_bytes=1000)
        await client.get(f"http://127.0.0.1:{port}/again", most_bytes=1000)

    assert (first.content, first.content_type) == (b"picture", "image/png")
    assert heard[0].startswith("GET /a.png?b=1 HTTP/1.1")
    assert f"Host: 127.0.0.1:{port}" in heard[0]
    assert "cookie" not in heard[1].lower()
    assert "authorization" not in heard[1].lower()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:169.254.169.254]/",
        "http://[64:ff9b::a9fe:a9fe]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://224.0.0.1/",
        "http://[fe80::1]/",
        "http://[fd00:ec2::254]/",
        "ftp://example.com/a.png",
        "file:///etc/passwd",
        "gopher://example.com/",
        "//example.com/a.png",
        "http://",
        "http://user:secret@example.com/",
        "http://example.com:99999/",
    ],
)
async def test_no_address_leads_into_the_house(url: str) -> None:
    refused = await refusal(url)

    assert refused.for_good or "no host" in refused.title


async def test_a_name_with_one_address_in_the_house_is_not_asked_at_all() -> None:
    assert (await refusal("http://cdn.example/a", resolve=named("93.184.216.34", "127.0.0.1"))).for_good


async def test_only_the_usual_ports_of_strangers_are_asked() -> None:
    assert (await refusal("http://cdn.example:22/a", resolve=named("93.184.216.34"))).for_good


async def test_the_address_that_was_checked_is_the_one_that_is_asked() -> None:
    """A name that would lead into the house when it is asked again: it is asked once."""
    asked: list[str] = []

    async def rebinding(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["169.254.169.254"]

    answer = answering("200 OK", b"here")
    async with server(answer) as (port, heard), OutgoingClient(allowed=LOCAL, resolve=rebinding) as client:
        fetched = await client.get(f"http://cdn.example:{port}/a", most_bytes=1000)

    assert fetched.content == b"here"
    assert asked == ["cdn.example"]
    assert f"Host: cdn.example:{port}" in heard[0]


@pytest.mark.parametrize(
    "target", ["http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "file:///etc/passwd", "http://[::1]/"]
)
async def test_a_redirect_into_the_house_is_not_followed(target: str) -> None:
    async with server(answering("302 Found", b"", f"Location: {target}")) as (port, heard):
        refused = await refusal(f"http://127.0.0.1:{port}/", allowed=LOCAL)

    assert refused.for_good
    assert len(heard) == 1


async def test_a_redirect_to_another_place_is_followed_and_one_without_end_is_left() -> None:
    async def answer(path: str, writer: asyncio.StreamWriter) -> None:
        if path == "/old":
            writer.write(b"HTTP/1.1 301 Moved\r\nLocation: /new\r\nConnection: close\r\n\r\n")
        elif path == "/new":
            writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nmoved here")
        else:
            writer.write(b"HTTP/1.1 302 Found\r\nLocation: /round\r\nConnection: close\r\n\r\n")

    async with server(answer) as (port, heard):
        async with OutgoingClient(allowed=LOCAL) as client:
            found = await client.get(f"http://127.0.0.1:{port}/old", most_bytes=1000)
        refused = await refusal(f"http://127.0.0.1:{port}/round", allowed=LOCAL)

    assert found.content == b"moved here"
    assert found.url.endswith("/new")
    assert "never arrives" in refused.title
    assert len(heard) == 2 + 6


async def test_what_is_too_large_is_left_whether_it_says_so_or_not() -> None:
    async def endless(_path: str, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        for _chunk in range(1000):
            writer.write(b"x" * 65536)
            await writer.drain()

    async with server(answering("200 OK", b"x" * 10, "Content-Length: 5000000")) as (port, _heard):
        assert "larger" in (await refusal(f"http://127.0.0.1:{port}/", allowed=LOCAL)).title
    async with server(endless) as (port, _heard):
        assert "larger" in (await refusal(f"http://127.0.0.1:{port}/", allowed=LOCAL)).title


async def test_a_packed_answer_is_not_unpacked() -> None:
    async with server(answering("200 OK", b"\x1f\x8b", "Content-Encoding: gzip")) as (port, _heard):
        assert (await refusal(f"http://127.0.0.1:{port}/", allowed=LOCAL)).for_good


async def test_who_answers_slowly_drop_by_drop_is_not_waited_for() -> None:
    async def drops(_path: str, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.05)

    async with server(drops) as (port, _heard):
        refused = await refusal(f"http://127.0.0.1:{port}/", allowed=LOCAL, patience=0.5)

    assert not refused.for_good
    assert "too long" in refused.title


@pytest.mark.parametrize(("status", "for_good"), [("404 Not Found", False), ("503 Busy", False), ("410 Gone", True)])
async def test_an_answer_without_the_thing_says_which_it_was(status: str, for_good: bool) -> None:
    async with server(answering(status)) as (port, _heard):
        refused = await refusal(f"http://127.0.0.1:{port}/", allowed=LOCAL)

    assert refused.for_good is for_good
    assert status[:3] in refused.title


async def test_nobody_there_can_be_tried_again() -> None:
    async with server(answering("200 OK")) as (port, _heard):
        pass

    assert not (await refusal(f"http://127.0.0.1:{port}/", allowed=LOCAL)).for_good


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "::ffff:93.184.216.34"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))
