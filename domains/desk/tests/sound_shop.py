"""A shop in which everything has happened once, through the real flows and a gateway that speaks the real wire format.

It is built once and kept as a template database until the code or the schema changes.
"""

import asyncio
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import msgspec

from app.runtime import migrations
from app.runtime.shared_servers import SharedPostgres
from app.sandbox.testing import CARD_ASKS, CARD_DECLINED, Sandbox, running_sandbox
from domains import audit, catalog, checkout, fulfilment, orders, payments, returns, reviews, store
from domains.checkout.flows import PaymentState
from domains.checkout.tests.factories import STAFF, TinyShop, gateway_of, press_pay, ready, tiny_shop
from domains.kit import Actor, Database, Transaction
from domains.kit.clock import shift
from domains.kit.deliveries import drain, subscribe
from domains.payments.gateway import StripeGateway
from workers.subscriptions import SUBSCRIBERS

ROOT = Path(__file__).resolve().parents[3]
DOCTOR = Actor.system("doctor")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


async def make(url: str) -> None:
    """Migrate the empty database at `url` and let everything happen in it once."""
    await migrations.migrate(url, mark="test")
    db = Database.connect(url, pool_size=4, name="sound")
    async with running_sandbox() as sandbox:
        gateway = gateway_of(sandbox)
        await live(db, sandbox, gateway)
        await gateway.aclose()
    await db.dispose()


async def live(db: Database, sandbox: Sandbox, gateway: StripeGateway) -> None:
    """A paid order; one that waits for its shopper at his bank; one declined and then paid; one cancelled after it was
    paid, with its refund; one cancelled before; one that has arrived and was reviewed; one of which a
    part came back; a hold without an order; and
    every notice of the gateway."""
    async with db.transaction(STAFF) as tx:
        await subscribe(tx, SUBSCRIBERS)
    shop = await tiny_shop(db, on_hand=20)

    paid = await press_pay(db, sandbox, gateway, await ready(db, shop, quantity=2))
    assert paid.state is PaymentState.CONFIRMED

    waiting = await press_pay(db, sandbox, gateway, await ready(db, shop), card=CARD_ASKS)
    assert waiting.state is PaymentState.REQUIRES_ACTION

    unlucky = await ready(db, shop)
    declined = await press_pay(db, sandbox, gateway, unlucky, card=CARD_DECLINED)
    assert declined.state is PaymentState.DECLINED
    second = await press_pay(db, sandbox, gateway, unlucky)
    assert (second.state, second.order_id) == (PaymentState.CONFIRMED, declined.order_id)

    regretted = await ready(db, shop)
    sent_back = await press_pay(db, sandbox, gateway, regretted)
    await checkout.flows.cancel(db, gateway, regretted.actor, sent_back.order_id)

    undecided = await ready(db, shop)
    unpaid = await press_pay(db, sandbox, gateway, undecided, card=CARD_ASKS)
    await checkout.flows.cancel(db, gateway, undecided.actor, unpaid.order_id)

    arrived = await press_pay(db, sandbox, gateway, await ready(db, shop))
    async with db.transaction(STAFF) as tx:
        await fulfilment.send_whole(tx, arrived.order_id, tracking_number="1Z 999")
        await fulfilment.deliver_whole(tx, arrived.order_id)
        mug = (await catalog.variants(tx, [shop.variant_id]))[shop.variant_id]
        await reviews.write(
            tx,
            number=await orders.number_of(tx, arrived.order_id),
            product_id=mug.product_id,
            buyer=reviews.Buyer(tokens=(await orders.open_access(tx, arrived.order_id),)),
            draft=reviews.ReviewDraft(4, "Ada L.", body="Holds tea well."),
        )

    kept = await press_pay(db, sandbox, gateway, await ready(db, shop, quantity=2))
    await bring_back(db, gateway, kept.order_id, shop)

    await ready(db, shop)

    async with db.transaction(STAFF) as tx:
        for notice in await gateway.events_since(LONG_AGO):
            await payments.store_webhook(tx, notice, livemode=gateway.livemode)
    while await checkout.flows.handle_webhooks(db, gateway):
        pass
    await drain(db, SUBSCRIBERS)
    async with db.transaction(DOCTOR) as tx:
        await audit.seal(tx)


async def bring_back(db: Database, gateway: StripeGateway, order_id: UUID, shop: TinyShop) -> None:
    """One of what arrived is sent back and refunded; another refund waits for a second person."""
    async with db.transaction(STAFF) as tx:
        await fulfilment.send_whole(tx, order_id, tracking_number="1Z 998")
        await fulfilment.deliver_whole(tx, order_id)
        line = (await orders.order(tx, order_id)).lines[0].id
        back = await returns.request(
            tx, order_id=order_id, lines=[returns.Asked(line, 1, returns.ReturnReason.DAMAGED)], key="sound"
        )
        await returns.approve(tx, back.id)
        await returns.receive(tx, back.id, items=[returns.Arrived(line, 1)], warehouse_id=shop.warehouse_id)
    given = await returns.flows.refund(
        db,
        gateway,
        STAFF,
        order_id=order_id,
        lines=[returns.RefundLine(line, 1)],
        reason="returned",
        key="sound",
        return_id=back.id,
    )
    assert given.state is payments.RefundState.PROCESSED
    async with db.transaction(STAFF) as tx:
        await store.change(tx, refund_limit=0)
        await returns.refund_lines(tx, order_id=order_id, adjustment=100, reason="goodwill", key="held back")
        await store.change(tx, refund_limit=50_000)


async def template(postgres: SharedPostgres) -> str:
    """The name of the template, made anew when code or schema are other than they were."""
    digest = hashlib.sha256()
    for folder in ("domains", "migrations", "app/sandbox", "workers"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            digest.update(path.as_posix().encode() + path.read_bytes())
    return await postgres.template("sound", digest.hexdigest(), lambda url: asyncio.run(make(url)))


async def stand_still(url: str) -> None:
    """Set the shop's clock back to when the last thing had happened in it: no hold has run out since."""
    db = Database.connect(url, pool_size=1, name="sound")
    async with db.transaction(DOCTOR) as tx:
        await shift(tx, (await tx.sql("SELECT max(recorded_at) - now() FROM kit.events")).scalar_one())
    await db.dispose()


@contextmanager
def sound_shop(postgres: SharedPostgres) -> Iterator[str]:
    """The url of a fresh copy of the shop, at the moment by its own clock at which it was made."""
    url = asyncio.run(postgres.clone(asyncio.run(template(postgres))))
    asyncio.run(stand_still(url))
    yield url
    asyncio.run(postgres.drop(url))


class Cast(msgspec.Struct, frozen=True):
    """Who is who in the shop: ids of orders, as text."""

    paid: str
    waiting: str
    sent_back: str
    unpaid: str


async def cast(tx: Transaction) -> Cast:
    async def one(condition: str) -> str:
        found = await tx.sql(f"SELECT id FROM orders.orders WHERE {condition} ORDER BY created_at LIMIT 1")
        return str(found.scalar_one())

    return Cast(
        paid=await one("status = 'confirmed'"),
        waiting=await one("status = 'pending'"),
        sent_back=await one("status = 'cancelled' AND confirmed_at IS NOT NULL"),
        unpaid=await one("status = 'cancelled' AND confirmed_at IS NULL"),
    )
