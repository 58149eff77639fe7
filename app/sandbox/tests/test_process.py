"""The sandbox as a process of its own: ready soon, gone at once, clear about a taken port."""

import asyncio
import signal
import socket
import sys
import time
from pathlib import Path

import httpx
import pytest

from app.sandbox.serving import HOST, HttpServer, PortTaken
from app.sandbox.testing import running_sandbox


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@pytest.mark.slow
async def test_it_is_ready_soon_and_gone_at_once(tmp_path: Path) -> None:
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "app.sandbox", "--data-dir", str(tmp_path),
        "--port", str(port), "--mail-port", "0", "--mail-smtp-port", "0",
    )  # fmt: skip
    async with httpx.AsyncClient(trust_env=False, base_url=f"http://{HOST}:{port}") as http:
        ready = await until_ready(http)
        assert ready.json() == {"status": "ready"}

        # An open connection must not keep it.
        started = time.monotonic()
        process.send_signal(signal.SIGTERM)
        code = await asyncio.wait_for(process.wait(), 10)

    assert code == 0
    assert time.monotonic() - started < 3


async def until_ready(http: httpx.AsyncClient) -> httpx.Response:
    for _ in range(300):
        try:
            return await http.get("/health")
        except httpx.HTTPError:
            await asyncio.sleep(0.1)
    raise AssertionError("not ready in 30 s")


@pytest.mark.slow
async def test_a_taken_port_is_said_in_one_sentence() -> None:
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "app.sandbox", "--port", str(port), "--mail-port", "0", "--mail-smtp-port", "0",
            stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        _, told = await asyncio.wait_for(process.communicate(), 30)

    assert process.returncode == 1
    assert told.decode() == f"Port {port} on 127.0.0.1 is taken.\n"


async def test_two_servers_never_share_a_port() -> None:
    async def app(scope: object, receive: object, send: object) -> None: ...

    first, second = HttpServer(app), HttpServer(app)
    port = await first.start()

    with pytest.raises(PortTaken):
        await second.start(port)

    await first.aclose()


async def test_the_work_goes_on_when_the_client_hangs_up() -> None:
    async with running_sandbox() as sandbox:
        await sandbox.fault(slow=0.2, on="payment_intents.create", count=1)
        with pytest.raises(httpx.ReadTimeout):
            async with httpx.AsyncClient(trust_env=False, timeout=0.1) as http:
                await http.post(
                    f"{sandbox.base_url}/v1/payment_intents",
                    data={"amount": "1999", "currency": "usd"},
                    headers={"Authorization": f"Bearer {sandbox.secret_key}"},
                )

        assert (await sandbox.state())["objects"]["payment_intent"] == 1


@pytest.mark.parametrize(
    "request_",
    [
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabc",
        b"nonsense\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999\r\n\r\n" + b"x" * 5_000_000,
    ],
)
async def test_what_is_no_request_is_hung_up_on(request_: bytes) -> None:
    async with running_sandbox() as sandbox:
        port = int(sandbox.base_url.rpartition(":")[2])
        reader, writer = await asyncio.open_connection(HOST, port)
        try:
            writer.write(request_)
            await writer.drain()
            answer = await asyncio.wait_for(reader.read(), 5)
        except ConnectionError:
            answer = b""
        writer.close()

        assert answer == b""
        assert (await sandbox.state())["now"]
