"""Five states, six arrows (ORD-05 to ORD-09): by the operations, and by the database alone."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from domains import orders, payments
from domains.kit import Database, Invalid, Money, Transaction
from domains.orders import TRANSITIONS, CancelReason, DisplayStatus, OrderStatus
from domains.orders.tests.factories import TESTER, brought_to, event_types, pay, placed
from domains.payments import PaymentStatus, RefundState
from domains.payments.tests.factories import assert_books_balance, refused_by_database, told

VERBS: dict[OrderStatus, Callable[[Transaction, UUID], Awaitable[object]]] = {
    OrderStatus.CONFIRMED: lambda tx, order_id: orders.confirm(tx, order_id),
    OrderStatus.SHIPPED: lambda tx, order_id: orders.ship(tx, order_id, tracking_number="1Z 999"),
    OrderStatus.DELIVERED: lambda tx, order_id: orders.deliver(tx, order_id),
    OrderStatus.CANCELLED: lambda tx, order_id: orders.cancel(tx, order_id, reason=CancelReason.STAFF),
}
EVENTS = {
    OrderStatus.CONFIRMED: "order.confirmed",
    OrderStatus.SHIPPED: "order.shipped",
    OrderStatus.DELIVERED: "order.delivered",
    OrderStatus.CANCELLED: "order.cancelled",
}
# What is so already may be said again without effect; a second parcel number may not.
REPEATABLE = {OrderStatus.CONFIRMED, OrderStatus.DELIVERED, OrderStatus.CANCELLED}


@pytest.mark.parametrize("to", VERBS)
@pytest.mark.parametrize("was", OrderStatus)
async def test_every_verb_in_every_state(db: Database, was: OrderStatus, to: OrderStatus) -> None:
    async with db.transaction(TESTER) as tx:
        order = await brought_to(tx, was)
        if was is OrderStatus.PENDING and to is OrderStatus.CONFIRMED:
            await pay(tx, order.id)
        before = await event_types(tx, order.id)

        if to in TRANSITIONS[was]:
            await VERBS[to](tx, order.id)
            assert await event_types(tx, order.id) == [*before, EVENTS[to]]
            assert (await orders.head(tx, order.id)).status is to
        elif was is to and to in REPEATABLE:
            await VERBS[to](tx, order.id)
            assert await event_types(tx, order.id) == before
        else:
            with pytest.raises(orders.TransitionRefused) as refused:
                await VERBS[to](tx, order.id)
            assert refused.value.status is was
            assert await event_types(tx, order.id) == before
        assert await orders.replayed(tx, order.id) == await orders.state_of(tx, order.id)
    await assert_books_balance(db)


@pytest.mark.parametrize("to", OrderStatus)
@pytest.mark.parametrize("was", OrderStatus)
async def test_the_database_refuses_every_arrow_that_is_not_in_the_table(
    db: Database, was: OrderStatus, to: OrderStatus
) -> None:
    if was is to:
        return
    columns = {
        OrderStatus.PENDING: "confirmed_at = NULL, shipped_at = NULL, tracking_number = NULL, delivered_at = NULL,"
        " cancelled_at = NULL, cancel_reason = NULL",
        OrderStatus.CONFIRMED: "confirmed_at = now(), shipped_at = NULL, tracking_number = NULL, delivered_at = NULL,"
        " cancelled_at = NULL, cancel_reason = NULL",
        OrderStatus.SHIPPED: "confirmed_at = now(), shipped_at = now(), tracking_number = 'x', delivered_at = NULL,"
        " cancelled_at = NULL, cancel_reason = NULL",
        OrderStatus.DELIVERED: "confirmed_at = now(), shipped_at = now(), tracking_number = 'x', delivered_at = now(),"
        " cancelled_at = NULL, cancel_reason = NULL",
        OrderStatus.CANCELLED: "cancelled_at = now(), cancel_reason = 'staff', delivered_at = NULL",
    }
    async with db.transaction(TESTER) as tx:
        order = await brought_to(tx, was)
        step = f"UPDATE orders.orders SET status = '{to}', {columns[to]} WHERE id = :id"

        if to in TRANSITIONS[was]:
            await tx.sql(step, {"id": order.id})
        else:
            async with refused_by_database(tx, "an order cannot go from"):
                await tx.sql(step, {"id": order.id})


async def test_an_order_is_not_confirmed_before_its_money_was_taken(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        order = await placed(tx)
        assert order.payment_id is not None
        with pytest.raises(orders.NotPaid):
            await orders.confirm(tx, order.id)

        attempt = await payments.start_attempt(tx, order.payment_id)
        await payments.observe(tx, told(attempt), livemode=False)
        with pytest.raises(orders.NotPaid):
            await orders.confirm(tx, order.id)

        await payments.observe(tx, told(attempt, "succeeded", amount_received=4859), livemode=False)
        with pytest.raises(orders.NotPaid):
            await orders.confirm(tx, order.id)


async def test_an_order_that_costs_nothing_needs_no_payment(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        order = await placed(tx, discount=4500, tax=0, tax_lines=(), total=0)

        await orders.confirm(tx, order.id)

        view = await orders.order(tx, order.id)
        assert (view.status, view.payment, view.display_status) == (OrderStatus.CONFIRMED, None, DisplayStatus.PAID)


async def test_a_paid_order_says_with_what(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        order = await brought_to(tx, OrderStatus.CONFIRMED)

        assert (await orders.order(tx, order.id)).payment_method == "credit_card"


@pytest.mark.parametrize("number", ["", "   "])
async def test_nothing_ships_without_a_tracking_number(db: Database, number: str) -> None:
    async with db.transaction(TESTER) as tx:
        order = await brought_to(tx, OrderStatus.CONFIRMED)

        with pytest.raises(orders.TrackingNumberNeeded):
            await orders.ship(tx, order.id, tracking_number=number)
        with pytest.raises(Invalid):
            await orders.ship(tx, order.id, tracking_number="9" * 101)
        async with refused_by_database(tx, "ck_orders_tracking_number"):
            await tx.sql("UPDATE orders.orders SET tracking_number = '1Z 999' WHERE id = :id", {"id": order.id})


async def test_what_is_picked_up_needs_none(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        order = await brought_to(tx, OrderStatus.CONFIRMED)

        await orders.ship(tx, order.id, tracking_number=None)

        assert (await orders.order(tx, order.id)).tracking_number is None
        assert await orders.replayed(tx, order.id) == await orders.state_of(tx, order.id)


@pytest.mark.parametrize("was", [OrderStatus.CONFIRMED, OrderStatus.SHIPPED])
async def test_cancelling_a_paid_order_puts_its_money_down_to_go_back(db: Database, was: OrderStatus) -> None:
    async with db.transaction(TESTER) as tx:
        order = await brought_to(tx, was)

        refund_id = await orders.cancel(tx, order.id, reason=CancelReason.STAFF)
        again = await orders.cancel(tx, order.id, reason=CancelReason.CUSTOMER)

        assert refund_id is not None
        assert again is None
        refund = await payments.refund(tx, refund_id)
        assert (refund.amount, refund.status) == (Money(4860, "USD"), RefundState.PENDING)
        assert (await orders.order(tx, order.id)).cancel_reason is CancelReason.STAFF
    await assert_books_balance(db)


async def test_cancelling_after_a_partial_refund_gives_back_the_rest(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        order = await brought_to(tx, OrderStatus.CONFIRMED)
        assert order.payment_id is not None
        await payments.request_refund(
            tx, payment_id=order.payment_id, amount=Money(860, "USD"), reason="late", key="goodwill"
        )

        refund_id = await orders.cancel(tx, order.id, reason=CancelReason.CUSTOMER)

        assert refund_id is not None
        assert (await payments.refund(tx, refund_id)).amount == Money(4000, "USD")


async def test_an_unpaid_order_takes_its_payment_with_it(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        expired, failed = await placed(tx), await placed(tx)

        await orders.cancel(tx, expired.id, reason=CancelReason.EXPIRED)
        await orders.cancel(tx, failed.id, reason=CancelReason.PAYMENT_FAILED)

        ended = [await payments.for_order(tx, each.id) for each in (expired, failed)]
        assert [each and each.status for each in ended] == [PaymentStatus.CANCELLED, PaymentStatus.FAILED]


async def test_an_order_whose_payment_is_open_at_the_gateway_is_not_cancelled(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        order = await placed(tx)
        assert order.payment_id is not None
        attempt = await payments.start_attempt(tx, order.payment_id)
        await payments.observe(tx, told(attempt), livemode=False)

        with pytest.raises(payments.StillOpenAtGateway):
            await orders.cancel(tx, order.id, reason=CancelReason.EXPIRED)

        assert (await orders.head(tx, order.id)).status is OrderStatus.PENDING


async def test_a_cause_acts_once(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        order = await placed(tx)
        await pay(tx, order.id)
        await orders.confirm(tx, order.id, cause="webhook:evt_1")

        async with refused_by_database(tx, "uq_events_cause"):
            await tx.sql(
                "INSERT INTO kit.events (id, stream, stream_id, version, type, payload, actor_kind, trace_id, cause)"
                " SELECT gen_random_uuid(), stream, stream_id, 99, type, payload, actor_kind, trace_id, cause"
                " FROM kit.events WHERE type = 'order.confirmed'"
            )


@pytest.mark.parametrize(
    ("status", "payment", "reason", "shown"),
    [
        (OrderStatus.PENDING, PaymentStatus.PENDING, None, DisplayStatus.CREATED),
        (OrderStatus.PENDING, None, None, DisplayStatus.CREATED),
        (OrderStatus.PENDING, PaymentStatus.AUTHORIZED, None, DisplayStatus.CONFIRMED),
        (OrderStatus.PENDING, PaymentStatus.CAPTURED, None, DisplayStatus.CONFIRMED),
        (OrderStatus.CONFIRMED, PaymentStatus.CAPTURED, None, DisplayStatus.PAID),
        (OrderStatus.CONFIRMED, PaymentStatus.PARTIALLY_REFUNDED, None, DisplayStatus.PAID),
        (OrderStatus.SHIPPED, PaymentStatus.CAPTURED, None, DisplayStatus.SHIPPED),
        (OrderStatus.DELIVERED, PaymentStatus.CAPTURED, None, DisplayStatus.DELIVERED),
        (OrderStatus.CANCELLED, PaymentStatus.FAILED, CancelReason.PAYMENT_FAILED, DisplayStatus.FAILED),
        (OrderStatus.CANCELLED, PaymentStatus.CANCELLED, CancelReason.EXPIRED, DisplayStatus.FAILED),
        (OrderStatus.CANCELLED, PaymentStatus.CANCELLED, CancelReason.CUSTOMER, DisplayStatus.CANCELLED),
        (OrderStatus.CANCELLED, PaymentStatus.REFUNDED, CancelReason.STAFF, DisplayStatus.CANCELLED),
    ],
)
def test_the_longer_life_is_told_by_both_states(
    status: OrderStatus, payment: PaymentStatus | None, reason: CancelReason | None, shown: DisplayStatus
) -> None:
    assert orders.display_status(status, payment, reason) is shown
