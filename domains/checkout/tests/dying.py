"""A process that pays, sweeps or cancels, and dies where `CRASH_AT` says; started by the crash tests."""

import asyncio
import os
import sys
from uuid import UUID

import msgspec

from domains.checkout import flows
from domains.kit import Actor, Database
from domains.kit.crypto import Keyring, use_keyring
from domains.payments.gateway import StripeGateway


class Orders(msgspec.Struct):
    """What the process is to do, as the test writes it to its standard input."""

    database_url: str
    gateway: dict[str, str]
    act: str
    checkout_id: UUID | None = None
    order_id: UUID | None = None
    token: str = ""
    key: str = ""
    total: int = 0


async def act(wanted: Orders) -> None:
    db = Database.connect(wanted.database_url, pool_size=2, name="dying")
    gateway = StripeGateway(
        secret_key=wanted.gateway["secret_key"],
        webhook_secret=wanted.gateway["webhook_secret"],
        api_base=wanted.gateway["api_base"],
    )
    if wanted.act == "sweep":
        await flows.sweep(db, gateway)
    elif wanted.act == "cancel" and wanted.order_id is not None:
        await flows.cancel(db, gateway, Actor.guest("dying"), wanted.order_id)
    elif wanted.checkout_id is not None:
        outcome = await flows.pay(
            db,
            gateway,
            Actor.guest("dying"),
            wanted.checkout_id,
            token=wanted.token,
            key=wanted.key,
            total=wanted.total,
            return_url="http://127.0.0.1:8000/checkout/return",
        )
        sys.stdout.write(outcome.state)
    await gateway.aclose()
    await db.dispose()


if __name__ == "__main__":
    use_keyring(Keyring.parse(os.environ["ENCRYPTION_KEYS"]))
    asyncio.run(act(msgspec.json.decode(sys.stdin.buffer.read(), type=Orders)))
