"""Ways to break what must hold of the facts: their streams, their delivery, and the rows they replay to."""

from uuid import UUID

from domains.desk.tests.plants.planting import breaks, guards_down, head_of, without_shipments
from domains.desk.tests.sound_shop import Cast
from domains.kit import Transaction, new_id, record
from domains.orders import OrderDelivered
from domains.payments.events import PaymentAuthorized, PaymentSucceeded


@breaks("I20")
async def a_gap_in_a_stream(tx: Transaction, cast: Cast) -> None:
    await tx.sql(
        "UPDATE kit.streams SET version = version + 1 WHERE stream = 'order' AND stream_id = CAST(:paid AS uuid)",
        {"paid": cast.paid},
    )


@breaks("I20")
async def a_stream_without_a_head(tx: Transaction, cast: Cast) -> None:
    await tx.sql(
        "DELETE FROM kit.streams WHERE stream = 'order' AND stream_id = CAST(:paid AS uuid)", {"paid": cast.paid}
    )


@breaks("I20")
async def an_order_that_moved_without_a_word(tx: Transaction, cast: Cast) -> None:
    await without_shipments(tx, cast.paid)
    await tx.sql(
        "UPDATE orders.orders SET status = 'shipped', shipped_at = kit.now(), tracking_number = 'X1'"
        " WHERE id = CAST(:paid AS uuid)",
        {"paid": cast.paid},
    )


@breaks("I20")
async def an_order_of_somebody_else_than_was_told(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql("UPDATE orders.orders SET user_id = gen_random_uuid() WHERE id = CAST(:paid AS uuid)",
                 {"paid": cast.paid})  # fmt: skip


@breaks("I20")
async def a_payment_that_moved_without_a_word(tx: Transaction, cast: Cast) -> None:
    await tx.sql(
        "UPDATE payments.payments SET status = 'failed', ended_at = kit.now() WHERE order_id = CAST(:waiting AS uuid)",
        {"waiting": cast.waiting},
    )


@breaks("I20")
async def an_order_delivered_that_was_never_sent(tx: Transaction, cast: Cast) -> None:
    await without_shipments(tx, cast.paid)
    await tx.sql(
        "UPDATE orders.orders SET status = 'delivered', shipped_at = kit.now(), tracking_number = 'X1',"
        " delivered_at = kit.now() WHERE id = CAST(:paid AS uuid)",
        {"paid": cast.paid},
    )
    await record(tx, OrderDelivered(UUID(cast.paid), None))


@breaks("I20")
async def a_payment_held_after_it_was_taken(tx: Transaction, cast: Cast) -> None:
    head = await head_of(tx, cast.paid)
    await record(tx, PaymentAuthorized(head.payment_id, UUID(cast.paid), new_id(), "pi_again", 1, "USD", "credit_card"))


@breaks("I20")
async def a_return_that_moved_without_a_word(tx: Transaction, cast: Cast) -> None:
    await tx.sql("UPDATE returns.returns SET status = 'received', ended_at = NULL WHERE status = 'refunded'")


@breaks("I21")
async def one_cause_that_acted_twice(tx: Transaction, cast: Cast) -> None:
    await tx.sql("DROP INDEX kit.uq_events_cause")
    told = (
        await tx.sql(
            "SELECT stream_id, cause, payload->>'amount' AS amount FROM kit.events WHERE type = 'payment.succeeded'"
            " AND payload->>'order_id' = :paid",
            {"paid": cast.paid},
        )
    ).one()
    await record(tx, PaymentSucceeded(told.stream_id, UUID(cast.paid), int(told.amount), "USD"), cause=told.cause)


@breaks("I22")
async def an_event_that_a_subscriber_never_got(tx: Transaction, cast: Cast) -> None:
    await tx.sql(
        "DELETE FROM kit.deliveries WHERE subscriber = 'notifications' AND stream = 'order'"
        " AND stream_id = CAST(:paid AS uuid)",
        {"paid": cast.paid},
    )


@breaks("I23")
async def an_event_that_waits_too_long(tx: Transaction, cast: Cast) -> None:
    await record(tx, PaymentSucceeded(UUID(cast.paid), UUID(cast.paid), 1, "USD"))
    await tx.sql("UPDATE kit.outbox SET created_at = now() - interval '31 seconds'")


@breaks("I23")
async def a_delivery_that_was_given_up(tx: Transaction, cast: Cast) -> None:
    await tx.sql(
        "UPDATE kit.deliveries SET state = 'dead', done_at = NULL WHERE subscriber = 'notifications'"
        " AND stream = 'order' AND stream_id = CAST(:paid AS uuid)",
        {"paid": cast.paid},
    )


@breaks("I24")
async def a_notice_that_nobody_worked_off(tx: Transaction, cast: Cast) -> None:
    await tx.sql(
        "UPDATE payments.webhook_events SET status = 'pending', processed_at = NULL,"
        " received_at = now() - interval '61 seconds' WHERE id = (SELECT min(id) FROM payments.webhook_events)"
    )


@breaks("I20")
async def a_shipment_that_moved_without_a_word(tx: Transaction, cast: Cast) -> None:
    await tx.sql(
        "UPDATE fulfilment.shipments SET status = 'picking' WHERE order_id = CAST(:paid AS uuid)", {"paid": cast.paid}
    )


@breaks("I20")
async def a_shipment_that_nobody_told_of(tx: Transaction, cast: Cast) -> None:
    # Of a dead order: of a live one it would be more than was ordered too.
    await tx.sql(
        "INSERT INTO fulfilment.shipments (id, number, order_id, position, warehouse_id, status, method, country)"
        " SELECT gen_random_uuid(), 'PLANTED-1', CAST(:dead AS uuid), 1, warehouse_id, 'waiting', 'Standard', 'US'"
        " FROM inventory.stock_items LIMIT 1",
        {"dead": cast.unpaid},
    )
