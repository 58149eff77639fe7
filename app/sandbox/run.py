"""Both stand-ins in one process: the gateway sandbox and the mail catcher."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import msgspec

from app.sandbox.keys import PUBLISHABLE_KEY, SECRET_KEY, WEBHOOK_SECRET
from app.sandbox.mail import MailCatcher
from app.sandbox.serving import HOST, HttpServer
from app.sandbox.stripe_server import StripeServer


class SandboxSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Port 0 takes a free one; without a directory nothing outlives the process."""

    data_dir: Path | None
    webhook_url: str | None
    port: int = 8026
    mail_port: int = 8025
    mail_smtp_port: int = 8027
    secret_key: str = SECRET_KEY
    publishable_key: str = PUBLISHABLE_KEY
    webhook_secret: str = WEBHOOK_SECRET


class Running(msgspec.Struct, frozen=True):
    """The open sandbox: its servers and where they are."""

    stripe: StripeServer
    mail: MailCatcher
    base_url: str
    mail_url: str
    smtp_port: int

    @property
    def stripe_js_url(self) -> str:
        return f"{self.base_url}/v3/"

    @property
    def smtp_url(self) -> str:
        return f"smtp://{HOST}:{self.smtp_port}"


@asynccontextmanager
async def opened(settings: SandboxSettings) -> AsyncIterator[Running]:
    """Both servers, ready in the block and gone after it. Raises `PortTaken`."""
    directory = settings.data_dir
    async with AsyncExitStack() as stack:
        stripe = StripeServer(
            data_dir=directory,
            secret_key=settings.secret_key,
            publishable_key=settings.publishable_key,
            webhook_secret=settings.webhook_secret,
            webhook_url=settings.webhook_url,
        )
        await stack.enter_async_context(stripe.open())
        mail = MailCatcher(None if directory is None else directory / "mail")
        stripe_http, mail_http = HttpServer(stripe.app), HttpServer(mail.app)
        stack.push_async_callback(stripe_http.aclose)
        stack.push_async_callback(mail_http.aclose)
        stack.push_async_callback(mail.smtp.aclose)
        mail_port = await mail_http.start(settings.mail_port)
        smtp_port = await mail.smtp.start(settings.mail_smtp_port)
        # Last, because whoever starts this asks the gateway's /health whether all of it listens.
        port = await stripe_http.start(settings.port)
        stripe.base_url = f"http://{HOST}:{port}"
        yield Running(stripe, mail, stripe.base_url, f"http://{HOST}:{mail_port}", smtp_port)


async def serve(settings: SandboxSettings) -> None:
    """Run until SIGINT or SIGTERM, or until cancelled. Raises `PortTaken` before anything is served."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stop.set)
    async with opened(settings) as running:
        where = f"Gateway sandbox on {running.base_url}, mail on {running.mail_url} (SMTP port {running.smtp_port})."
        print(where, flush=True)
        await stop.wait()
