"""Payments by bank transfer, past the gateway."""

import pytest

from domains import payments
from domains.kit import Database
from domains.payments import PaymentMethod, PaymentStatus
from domains.payments.tests.factories import TESTER, ask_refund, authorized, opened


async def test_what_has_come_is_booked_to_the_bank_once(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        asked = await opened(tx, 5000)
        await payments.await_transfer(tx, asked.id)

        first = await payments.receive_transfer(tx, asked.id, reference="Statement 12")
        again = await payments.receive_transfer(tx, asked.id, reference="Statement 12")

        booked = (await tx.sql("SELECT account, amount FROM payments.ledger_entries ORDER BY position")).all()
        assert first == again
        assert (first.status, first.captured, first.method) == (
            PaymentStatus.CAPTURED,
            5000,
            PaymentMethod.BANK_TRANSFER,
        )
        assert [(row.account, row.amount) for row in booked] == [("bank", 5000), ("customer_orders", -5000)]
        assert await payments.replayed(tx, asked.id) == await payments.state_of(tx, asked.id)


async def test_nothing_is_received_while_a_card_may_still_pay(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        trying = await opened(tx)
        await payments.start_attempt(tx, trying.id)
        held, _attempt = await authorized(tx)

        for view in (trying, held):
            with pytest.raises(payments.StillOpenAtGateway):
                await payments.receive_transfer(tx, view.id, reference="")


async def test_an_ended_payment_receives_nothing(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        asked = await opened(tx)
        await payments.cancel(tx, asked.id)

        with pytest.raises(payments.PaymentEnded):
            await payments.receive_transfer(tx, asked.id, reference="")


async def test_it_goes_back_by_hand_and_never_more_than_came(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        asked = await opened(tx, 5000)
        await payments.receive_transfer(tx, asked.id, reference="")
        refund = await ask_refund(tx, asked.id, 2000)

        done = await payments.give_back_by_transfer(tx, refund.id)
        again = await payments.give_back_by_transfer(tx, refund.id)

        view = await payments.payment(tx, asked.id)
        books = await tx.sql("SELECT account, sum(amount) AS booked FROM payments.ledger_entries GROUP BY 1")
        assert done == again
        assert {row.account: row.booked for row in books} == {"bank": 3000, "customer_orders": -5000, "refunds": 2000}
        assert (view.refunded, view.refunding, view.left.amount) == (2000, 0, 3000)
        with pytest.raises(payments.RefundTooHigh):
            await ask_refund(tx, asked.id, 3001, key="more")
