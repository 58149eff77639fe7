"""What the jobs of a worker share, opened once per process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.runtime.gateways import open_carriers, open_gateway
from app.runtime.mail import MailRenderer
from app.runtime.media import open_files, open_storage
from app.runtime.regions import Region, region_of
from app.runtime.settings import Settings
from domains import store
from domains.catalog import FileStore, Storage
from domains.kit import Actor, Database
from domains.kit.crypto import Keyring, use_keyring
from domains.kit.outgoing import OutgoingClient
from domains.notifications import MailGateway, SmtpGateway
from domains.payments.gateway import Gateway


class WorkerContext:
    """The database, the gateway, the storage, the way out, the mail server and the mails' renderer."""

    def __init__(self, settings: Settings, db: Database, gateway: Gateway) -> None:
        self.settings = settings
        self.db = db
        self.gateway = gateway
        self.storage: Storage = open_storage(settings)
        self.files: FileStore = open_files(settings)
        self.mailer: MailGateway = SmtpGateway(settings.smtp_url or "smtp://127.0.0.1:25")
        self.outgoing = OutgoingClient(allowed=settings.fetch_allowed)
        self.carriers = open_carriers(settings)
        self.rendering = asyncio.Lock()
        self.fetching = asyncio.Lock()
        self.importing = asyncio.Lock()
        self.stopping = asyncio.Event()
        self._region = Region()
        self.renderer = MailRenderer(regional=lambda: self._region)

    async def refresh_region(self) -> None:
        """Read again how the shop writes money and time."""
        async with self.db.transaction(Actor.system("worker")) as tx:
            if await store.is_set_up(tx):
                self._region = region_of(await store.shop(tx))


@asynccontextmanager
async def open_context(settings: Settings) -> AsyncIterator[WorkerContext]:
    """Open everything for a worker, and close it at the end."""
    use_keyring(Keyring.parse(settings.encryption_keys))
    db = Database.connect(settings.database_url, pool_size=6, name="stoa worker")
    gateway = open_gateway(settings)
    try:
        context = WorkerContext(settings, db, gateway)
        try:
            await context.refresh_region()
            yield context
        finally:
            await context.outgoing.aclose()
    finally:
        await gateway.aclose()
        await db.dispose()
