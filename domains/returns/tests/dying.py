"""A process that refunds and dies where `CRASH_AT` says; started by the crash tests."""

import asyncio
import os
import sys
from uuid import UUID

import msgspec

from domains import returns
from domains.kit import Actor, Database
from domains.kit.crypto import Keyring, use_keyring
from domains.payments.gateway import StripeGateway


class Wanted(msgspec.Struct):
    """What the process is to refund, as the test writes it to its standard input."""

    database_url: str
    gateway: dict[str, str]
    order_id: UUID
    order_line_id: UUID
    quantity: int
    staff_id: UUID
    key: str


async def refund(wanted: Wanted) -> None:
    db = Database.connect(wanted.database_url, pool_size=2, name="dying")
    gateway = StripeGateway(
        secret_key=wanted.gateway["secret_key"],
        webhook_secret=wanted.gateway["webhook_secret"],
        api_base=wanted.gateway["api_base"],
    )
    await returns.flows.refund(
        db,
        gateway,
        Actor.staff(wanted.staff_id, "manager"),
        order_id=wanted.order_id,
        lines=[returns.RefundLine(wanted.order_line_id, wanted.quantity)],
        reason="came broken",
        key=wanted.key,
    )
    await gateway.aclose()
    await db.dispose()


if __name__ == "__main__":
    use_keyring(Keyring.parse(os.environ["ENCRYPTION_KEYS"]))
    asyncio.run(refund(msgspec.json.decode(sys.stdin.buffer.read(), type=Wanted)))
