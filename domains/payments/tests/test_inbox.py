"""Webhooks are stored once, taken up once, and never dropped (PAY-10; A14, A17)."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from domains import payments
from domains.kit import Database, Transaction, new_id
from domains.payments.gateway import GatewayEvent
from domains.payments.tests.factories import TESTER, authorized, opened


def notice(event_id: str = "evt_1", **changes: Any) -> GatewayEvent:
    values: dict[str, Any] = {
        "id": event_id,
        "type": "payment_intent.succeeded",
        "created": datetime(2026, 11, 20, tzinfo=UTC),
        "livemode": False,
        "object_type": "payment_intent",
        "object_id": "pi_1",
        "intent_id": "pi_1",
        "payment_id": None,
        "payload": {"id": event_id},
        **changes,
    }
    return GatewayEvent(**values)


def about(view: payments.PaymentView, event_id: str = "evt_1", **changes: Any) -> GatewayEvent:
    told = {
        "object": "payment_intent",
        "amount": view.amount.amount,
        "currency": view.amount.currency.lower(),
        "metadata": {"order_id": str(view.order_id)},
        "payment_method": "pm_1",
        **changes,
    }
    return notice(event_id, payment_id=view.id, payload={"id": event_id, "data": {"object": told}})


async def row(tx: Transaction, event_id: str = "evt_1") -> Any:
    return (await tx.sql("SELECT * FROM payments.webhook_events WHERE id = :id", {"id": event_id})).one()


async def test_the_same_notice_ten_times_at_once_is_stored_and_taken_up_once(live_db: Database) -> None:
    async def deliver() -> bool:
        async with live_db.transaction(TESTER) as tx:
            return await payments.store_webhook(tx, notice(), livemode=False)

    async def take_up() -> int:
        async with live_db.transaction(TESTER) as tx:
            return len(await payments.claim_webhooks(tx))

    stored = await asyncio.gather(*(deliver() for _ in range(10)))
    taken = await asyncio.gather(*(take_up() for _ in range(10)))

    assert stored.count(True) == 1
    assert sum(taken) == 1


async def test_a_notice_names_its_payment_directly_or_by_its_intent(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view, attempt = await authorized(tx)
        await payments.store_webhook(tx, about(view), livemode=False)
        by_intent = notice("evt_2", object_type="charge", intent_id=view.intents[0])
        await payments.store_webhook(tx, by_intent, livemode=False)
        await payments.store_webhook(tx, notice("evt_3", payment_id=new_id()), livemode=False)

        taken = await payments.claim_webhooks(tx)

        assert {each.id: each.payment_id for each in taken} == {"evt_1": view.id, "evt_2": view.id, "evt_3": None}
        assert attempt.payment_id == view.id


async def test_a_notice_that_contradicts_our_payment_is_quarantined_and_not_acted_upon(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view = await opened(tx)
        wrong: dict[str, Any] = {
            "evt_amount": {"amount": 1},
            "evt_currency": {"currency": "eur"},
            "evt_order": {"metadata": {"order_id": str(new_id())}},
        }
        for event_id, changes in wrong.items():
            await payments.store_webhook(tx, about(view, event_id, **changes), livemode=False)

        assert await payments.claim_webhooks(tx) == []
        for event_id in wrong:
            assert (await row(tx, event_id)).status == "quarantined"


async def test_a_notice_of_the_other_mode_is_kept_and_not_acted_upon(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        await payments.store_webhook(tx, notice(livemode=True), livemode=False)

        assert (await row(tx)).status == "quarantined"
        assert await payments.claim_webhooks(tx) == []


async def test_a_notice_of_an_unknown_payment_is_tried_again_later_and_never_dropped(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        await payments.store_webhook(tx, notice(), livemode=False)
        (taken,) = await payments.claim_webhooks(tx)

        await payments.retry_webhook(tx, taken.id, "unknown payment")
        waits = await row(tx)
        await tx.sql("UPDATE payments.webhook_events SET available_at = now(), received_at = now() - interval '73 h'")
        await payments.retry_webhook(tx, taken.id, "unknown payment")
        given_up = await row(tx)

        assert (waits.status, waits.last_error) == ("pending", "unknown payment")
        assert waits.available_at > waits.received_at + timedelta(seconds=1)
        assert (given_up.status, given_up.quarantine_reason) == ("quarantined", "given up: unknown payment")


async def test_a_lease_that_ran_out_lets_another_take_the_notice_up(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        await payments.store_webhook(tx, notice(), livemode=False)

        first = await payments.claim_webhooks(tx, lease_seconds=60)
        assert await payments.claim_webhooks(tx) == []
        await tx.sql("UPDATE payments.webhook_events SET available_at = now()")
        second = await payments.claim_webhooks(tx)
        await payments.finish_webhook(tx, second[0].id, "confirmed")

        assert [each.attempts for each in (*first, *second)] == [1, 2]
        done = await row(tx)
        assert (done.status, done.outcome) == ("processed", "confirmed")
        assert done.processed_at is not None


async def test_what_was_worked_through_or_quarantined_stays_so(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        await payments.store_webhook(tx, notice(), livemode=False)
        await payments.finish_webhook(tx, "evt_1", "confirmed")

        await payments.quarantine_webhook(tx, "evt_1", "late")
        await payments.retry_webhook(tx, "evt_1", "late")

        assert (await row(tx)).status == "processed"


async def test_the_inbox_holds_no_token_of_a_card(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view = await opened(tx)
        await payments.store_webhook(tx, about(view), livemode=False)

        assert "pm_1" not in str((await row(tx)).payload)
