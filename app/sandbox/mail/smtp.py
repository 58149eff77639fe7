"""The receiving end: an SMTP server that accepts everything, unless a fault says otherwise."""

import asyncio
from typing import Any

import msgspec
from aiosmtpd.smtp import SMTP, Envelope, Session

from app.sandbox.mail.box import Box
from app.sandbox.serving import HOST, PortTaken


class MailFaults(msgspec.Struct):
    """What is broken. `down` refuses connections; `slow` is seconds before each answer to a mail.

    `drop` accepts a mail and loses it, `cut` keeps the mail and hangs up before saying so, `bounce` refuses the
    recipient for good, `later` refuses for now. `count` ends them after so many mails.
    """

    down: bool = False
    slow: float = 0
    drop: bool = False
    cut: bool = False
    bounce: bool = False
    later: bool = False
    count: int | None = None

    def is_on(self) -> bool:
        return self != MailFaults(count=self.count)


class SmtpServer:
    """Listens on a port of the loopback address and puts mails into the box."""

    def __init__(self, box: Box) -> None:
        self._box = box
        self._server: asyncio.Server | None = None
        self._port = 0
        self._transports: set[asyncio.BaseTransport] = set()
        self.faults = MailFaults()

    @property
    def port(self) -> int:
        return self._port

    async def start(self, port: int = 0) -> int:
        """Listen, and answer the port. Raises `PortTaken`."""
        loop = asyncio.get_running_loop()
        try:
            self._server = await loop.create_server(self._protocol, HOST, port)
        except OSError as error:
            raise PortTaken(f"Port {port} on {HOST} is taken.") from error
        self._port = int(self._server.sockets[0].getsockname()[1])
        return self._port

    async def aclose(self) -> None:
        if self._server is None:
            return
        self._server.close()
        for transport in list(self._transports):
            if isinstance(transport, asyncio.Transport):
                transport.abort()
        await self._server.wait_closed()
        self._server = None

    async def break_(self, faults: MailFaults) -> None:
        """Take these faults on, and no others."""
        self.faults = faults
        if faults.down:
            await self.aclose()
        elif self._server is None:
            await self.start(self._port)

    def _protocol(self) -> asyncio.BaseProtocol:
        return _Protocol(self, hostname="mail.sandbox", enable_SMTPUTF8=True, data_size_limit=32 * 1024 * 1024)

    def opened(self, transport: asyncio.BaseTransport) -> None:
        self._transports.add(transport)

    def closed(self, transport: asyncio.BaseTransport | None) -> None:
        if transport is not None:
            self._transports.discard(transport)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, rcpt_options: list[str]
    ) -> str:
        if self.faults.bounce:
            self._used()
            return "550 5.1.1 The recipient does not exist"
        if self.faults.later:
            self._used()
            return "451 4.3.0 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        faults = msgspec.structs.replace(self.faults)
        if faults.slow:
            await asyncio.sleep(faults.slow)
        if not faults.drop:
            content = envelope.original_content or b""
            self._box.add(str(envelope.mail_from or ""), [str(to) for to in envelope.rcpt_tos], content)
        if faults.is_on():
            self._used()
        if faults.cut:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return "250 OK"

    def _used(self) -> None:
        if self.faults.count is not None:
            self.faults.count -= 1
            if self.faults.count <= 0:
                self.faults = MailFaults()


class _Protocol(SMTP):
    """Tells the server which connections are open, so that it can end promptly."""

    def __init__(self, catcher: SmtpServer, **options: Any) -> None:
        super().__init__(catcher, loop=asyncio.get_running_loop(), **options)
        self._catcher = catcher

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._catcher.opened(transport)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._catcher.closed(self.transport)
        super().connection_lost(error)
