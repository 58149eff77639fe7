"""Which facts are worth a mail: each thing is told once, and nobody is told what he knows."""

import pytest

from domains import notifications
from domains.kit import Actor, Database, Transaction, new_id, record
from domains.kit.deliveries import hear_now
from domains.notifications.tests.test_log import rows
from domains.orders import CancelReason, OrderCancelled

ACTOR = Actor.system("tests")


def cancelled(reason: CancelReason, was: str) -> OrderCancelled:
    return OrderCancelled(
        order_id=new_id(), user_id=None, payment_id=None, reason=reason, was=was, refund_id=None, items=()
    )


async def told(tx: Transaction) -> list[str]:
    (subscriber,) = notifications.SUBSCRIBERS
    await hear_now(tx, subscriber)
    found = await tx.sql("SELECT template_name FROM notifications.notifications ORDER BY template_name")
    return list(found.scalars())


@pytest.mark.parametrize(
    ("reason", "was", "mails"),
    [
        (CancelReason.EXPIRED, "pending", ["order_cancelled"]),
        (CancelReason.STAFF, "confirmed", ["order_cancelled"]),
        (CancelReason.OUT_OF_STOCK, "pending", ["order_cancelled"]),
        (CancelReason.CUSTOMER, "confirmed", ["order_cancelled"]),
        (CancelReason.CUSTOMER, "pending", []),
        (CancelReason.REPLACED, "pending", []),
        (CancelReason.UNAVAILABLE, "pending", []),
        (CancelReason.PAYMENT_FAILED, "pending", []),  # the mail about the payment tells of it
    ],
)
async def test_a_cancelled_order_is_told_unless_its_buyer_knows(
    db: Database, reason: CancelReason, was: str, mails: list[str]
) -> None:
    async with db.transaction(ACTOR) as tx:
        await record(tx, cancelled(reason, was))

        assert await told(tx) == mails


async def test_what_counts_as_sent_is_sent_to_nobody_and_never_again(db: Database) -> None:
    async with db.transaction(ACTOR) as tx:
        await record(tx, cancelled(CancelReason.STAFF, "confirmed"))
        await told(tx)

        assert await notifications.count_as_sent(tx) == 1
        assert await told(tx) == ["order_cancelled"]

        assert await rows(tx) == 1
        assert (await tx.sql("SELECT DISTINCT status FROM notifications.notifications")).scalars().all() == ["sent"]
