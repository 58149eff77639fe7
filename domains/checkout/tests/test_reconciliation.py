"""The hourly look at the gateway's list: what it knows better is settled, and each day is kept as it was compared."""

from app.sandbox.testing import CARD_ASKS, Sandbox
from domains import checkout
from domains.checkout.tests.factories import (
    STAFF,
    press_pay,
    ready,
    tiny_shop,
)
from domains.kit import Database
from domains.payments.gateway import StripeGateway
from domains.payments.tests.factories import assert_books_balance


async def test_each_day_is_kept_and_agrees_once_all_is_settled(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    paid = await press_pay(live_db, sandbox, gateway, await ready(live_db, shop))
    asked = await press_pay(live_db, sandbox, gateway, await ready(live_db, shop), card=CARD_ASKS)
    await sandbox.shopper_answers(asked.url, "confirm")  # and no notice of it has come
    assert paid.order_id != asked.order_id

    await checkout.flows.compare(live_db, gateway)
    await checkout.flows.compare(live_db, gateway)

    async with live_db.transaction(STAFF) as tx:
        days = (await tx.sql("SELECT * FROM payments.comparisons ORDER BY day")).all()
        findings = (await tx.sql("SELECT count(*) FROM payments.findings WHERE ended_at IS NULL")).scalar_one()
    assert len(days) == 3
    assert (days[-1].their_payments, days[-1].their_taken) == (days[-1].our_payments, days[-1].our_taken)
    assert days[-1].our_payments == 2
    assert findings == 0


async def test_a_refund_made_by_hand_is_booked_and_stands_on_its_own_day(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    await press_pay(live_db, sandbox, gateway, await ready(live_db, shop))
    async with live_db.transaction(STAFF) as tx:
        intent_id = (await tx.sql("SELECT gateway_transaction_id FROM payments.payments")).scalar_one()
    await sandbox.api("POST", "/v1/refunds", payment_intent=intent_id, amount="100")

    await checkout.flows.compare(live_db, gateway)
    await checkout.flows.compare(live_db, gateway)

    async with live_db.transaction(STAFF) as tx:
        day = (await tx.sql("SELECT * FROM payments.comparisons ORDER BY day DESC LIMIT 1")).one()
        open_findings = (await tx.sql("SELECT kind FROM payments.findings WHERE ended_at IS NULL")).all()
    assert (day.their_refunds, day.their_refunded, day.our_refunds, day.our_refunded) == (1, 100, 1, 100)
    assert open_findings == []
    await assert_books_balance(live_db)
