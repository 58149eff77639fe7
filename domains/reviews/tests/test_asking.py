"""Buyers are asked once, some days after what they bought has come, and only who has something to say."""

from datetime import timedelta
from uuid import UUID

import pytest

from domains import accounts, payments, reviews
from domains.inventory.tests.factories import all_at_once
from domains.kit import Database, Invalid, Transaction
from domains.kit.clock import shift
from domains.kit.deliveries import drain, subscribe
from domains.orders import OrderStatus
from domains.orders.tests.factories import an_account
from domains.reviews.tests.factories import TESTER, Purchase, bought, say


async def delivered(db: Database, **changes: object) -> Purchase:
    """An order that has arrived, which reviews have heard of."""
    async with db.transaction(TESTER) as tx:
        await subscribe(tx, reviews.SUBSCRIBERS)
        purchase = await bought(tx, **changes)  # type: ignore[arg-type]
    await drain(db, reviews.SUBSCRIBERS)
    return purchase


async def ask_after(db: Database, **later: float) -> int:
    async with db.transaction(TESTER) as tx:
        await shift(tx, timedelta(**later))
        return await reviews.ask_due(tx)


async def asked(tx: Transaction, order_id: UUID) -> int:
    found = await tx.sql(
        "SELECT count(*) FROM kit.events WHERE type = 'review.requested' AND stream_id = :id", {"id": order_id}
    )
    return int(found.scalar_one())


async def outcome(tx: Transaction, purchase: Purchase) -> str | None:
    found = await tx.sql("SELECT outcome FROM reviews.requests WHERE order_id = :id", {"id": purchase.order_id})
    told: str | None = found.scalar_one()
    return told


async def test_the_buyer_is_asked_five_days_after_delivery_and_never_again(db: Database) -> None:
    purchase = await delivered(db)

    early = await ask_after(db, days=4, hours=23)
    due = await ask_after(db, days=5, minutes=1)
    later = await ask_after(db, days=60)

    assert (early, due, later) == (0, 1, 0)
    async with db.transaction(TESTER) as tx:
        assert await asked(tx, purchase.order_id) == 1
        assert await outcome(tx, purchase) == "asked"


async def test_the_merchant_says_how_many_days(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        await reviews.configure(tx, ask_after_days=0)
        with pytest.raises(Invalid):
            await reviews.configure(tx, ask_after_days=61)
    await delivered(db)

    assert await ask_after(db, seconds=1) == 1


async def test_nobody_is_asked_of_what_has_not_come(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        await subscribe(tx, reviews.SUBSCRIBERS)
        for status in (OrderStatus.CONFIRMED, OrderStatus.SHIPPED, OrderStatus.CANCELLED):
            await bought(tx, status=status)
    await drain(db, reviews.SUBSCRIBERS)

    assert await ask_after(db, days=30) == 0


async def test_who_has_reviewed_everything_is_not_asked(db: Database) -> None:
    purchase = await delivered(db)
    async with db.transaction(TESTER) as tx:
        await say(tx, purchase)

    await ask_after(db, days=6)

    async with db.transaction(TESTER) as tx:
        assert (await asked(tx, purchase.order_id), await outcome(tx, purchase)) == (0, "reviewed")


async def test_who_got_all_his_money_back_is_not_asked(db: Database) -> None:
    purchase, kept_some = await delivered(db), await delivered(db)
    async with db.transaction(TESTER) as tx:
        for order_id, amount in ((purchase.order_id, 4860), (kept_some.order_id, 100)):
            payment_id = (
                await tx.sql("SELECT payment_id FROM orders.orders WHERE id = :id", {"id": order_id})
            ).scalar_one()
            paid = await payments.payment(tx, payment_id)
            await payments.request_refund(
                tx,
                payment_id=payment_id,
                amount=type(paid.amount)(amount, paid.amount.currency),
                reason="did not fit",
                key=f"back-{order_id}",
            )

    await ask_after(db, days=6)

    async with db.transaction(TESTER) as tx:
        assert (await asked(tx, purchase.order_id), await outcome(tx, purchase)) == (0, "withdrawn")
        assert (await asked(tx, kept_some.order_id), await outcome(tx, kept_some)) == (1, "asked")


async def test_a_closed_account_is_not_asked(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        ada = await an_account(tx, "ada@example.com")
    purchase = await delivered(db, user_id=ada)
    async with db.transaction(TESTER) as tx:
        await accounts.deactivate(tx, ada)

    await ask_after(db, days=6)

    async with db.transaction(TESTER) as tx:
        assert (await asked(tx, purchase.order_id), await outcome(tx, purchase)) == (0, "closed")


async def test_after_a_long_stop_nobody_is_asked_of_what_he_has_forgotten(db: Database) -> None:
    purchase = await delivered(db)

    await ask_after(db, days=20)

    async with db.transaction(TESTER) as tx:
        assert (await asked(tx, purchase.order_id), await outcome(tx, purchase)) == (0, "late")


async def test_two_workers_at_once_ask_once(live_db: Database) -> None:
    purchase = await delivered(live_db)
    async with live_db.transaction(TESTER) as tx:
        await shift(tx, timedelta(days=6))

    async def ask(_number: int) -> int:
        async with live_db.transaction(TESTER) as tx:
            return await reviews.ask_due(tx)

    taken = await all_at_once(6, ask)

    assert sum(taken) == 1
    async with live_db.transaction(TESTER) as tx:
        assert await asked(tx, purchase.order_id) == 1
