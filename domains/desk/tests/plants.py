"""One way, or several, to break each invariant of a sound shop and no other.

What the database itself would refuse is done with its guards down: a doctor who is only asked about what cannot happen
has nothing to say. Everything is done inside a transaction that the test rolls back.
"""

from collections.abc import Awaitable, Callable
from uuid import UUID

import msgspec

from domains import audit, fulfilment, inventory
from domains.desk.tests.sound_shop import Cast
from domains.kit import Transaction, new_id, record
from domains.orders import OrderCancelled, OrderConfirmed, OrderDelivered
from domains.payments.events import PaymentAuthorized, PaymentSucceeded

type Act = Callable[[Transaction, Cast], Awaitable[None]]


class Plant(msgspec.Struct, frozen=True):
    """The invariant that must fire, and what is done."""

    invariant: str
    name: str
    act: Act


PLANTS: list[Plant] = []


def breaks(invariant: str) -> Callable[[Act], Act]:
    def plant(act: Act) -> Act:
        PLANTS.append(Plant(invariant, getattr(act, "__name__", ""), act))
        return act

    return plant


async def guards_down(tx: Transaction) -> None:
    """No trigger fires and no foreign key is checked until the transaction ends."""
    await tx.sql("SET LOCAL session_replication_role = replica")


async def without_constraint(tx: Transaction, table: str, name: str) -> None:
    await tx.sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")


async def without_shipments(tx: Transaction, order_id: str) -> None:
    """As orders were before there were shipments."""
    await guards_down(tx)
    of_order = "shipment_id IN (SELECT id FROM fulfilment.shipments WHERE order_id = CAST(:id AS uuid))"
    await tx.sql(f"DELETE FROM fulfilment.shipment_lines WHERE {of_order}", {"id": order_id})
    await tx.sql("DELETE FROM fulfilment.shipments WHERE order_id = CAST(:id AS uuid)", {"id": order_id})


@breaks("I01")
async def a_movement_without_stock(tx: Transaction, cast: Cast) -> None:
    await tx.sql(
        "INSERT INTO inventory.stock_movements (id, change_id, variant_id, warehouse_id, quantity, reason, actor_kind,"
        " trace_id) SELECT gen_random_uuid(), gen_random_uuid(), variant_id, warehouse_id, 1, 'received', 'system', ''"
        " FROM inventory.stock_items LIMIT 1"
    )


@breaks("I01")
async def stock_without_a_movement(tx: Transaction, cast: Cast) -> None:
    await tx.sql("UPDATE inventory.stock_items SET quantity_on_hand = quantity_on_hand + 1")


@breaks("I02")
async def reserved_by_nobody(tx: Transaction, cast: Cast) -> None:
    await tx.sql("UPDATE inventory.stock_items SET quantity_reserved = quantity_reserved + 1")


@breaks("I02")
async def a_free_hold_that_is_not_reserved(tx: Transaction, cast: Cast) -> None:
    await tx.sql("UPDATE inventory.reservations SET status = 'released' WHERE status = 'held'")


@breaks("I02")
async def owed_to_nobody(tx: Transaction, cast: Cast) -> None:
    await tx.sql("UPDATE inventory.stock_items SET quantity_backordered = quantity_backordered + 1")


@breaks("I03")
async def more_sold_than_there_was(tx: Transaction, cast: Cast) -> None:
    await without_constraint(tx, "inventory.stock_items", "ck_stock_items_on_hand")
    await without_constraint(tx, "inventory.stock_items", "ck_stock_items_reserved")
    await guards_down(tx)
    await tx.sql(
        "WITH item AS (UPDATE inventory.stock_items SET quantity_on_hand = -1 RETURNING variant_id, warehouse_id)"
        " UPDATE inventory.stock_movements m SET quantity = m.quantity - 1 - (SELECT sum(quantity) FROM"
        " inventory.stock_movements) WHERE m.reason = 'initial' OR m.id = (SELECT min(id::text)::uuid FROM"
        " inventory.stock_movements WHERE reason = 'received')"
    )


@breaks("I04")
async def a_hold_that_nobody_ended(tx: Transaction, cast: Cast) -> None:
    await tx.sql(
        "UPDATE inventory.reservations SET expires_at = kit.now() - interval '61 seconds' WHERE status = 'held'"
    )


@breaks("I04")
async def a_waiting_order_that_nobody_ended(tx: Transaction, cast: Cast) -> None:
    await tx.sql(
        "UPDATE inventory.reservations SET expires_at = kit.now() - interval '61 seconds' WHERE status = 'bound'"
    )


@breaks("I05")
async def a_paid_order_took_another_number(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql(
        "UPDATE inventory.reservation_parts SET quantity = quantity + 1 WHERE reservation_id ="
        " (SELECT id FROM inventory.reservations WHERE order_id = CAST(:paid AS uuid))",
        {"paid": cast.paid},
    )


@breaks("I05")
async def a_dead_order_holds_stock(tx: Transaction, cast: Cast) -> None:
    await tx.sql(
        "UPDATE inventory.reservations SET status = 'bound' WHERE order_id = CAST(:dead AS uuid)", {"dead": cast.unpaid}
    )
    await tx.sql("UPDATE inventory.stock_items SET quantity_reserved = quantity_reserved + 1")


@breaks("I05")
async def a_waiting_order_holds_nothing(tx: Transaction, cast: Cast) -> None:
    await inventory.release(tx, order_id=UUID(cast.waiting))


@breaks("I05")
async def sold_and_not_allocated(tx: Transaction, cast: Cast) -> None:
    await tx.sql("UPDATE inventory.stock_items SET quantity_allocated = quantity_allocated - 1")


@breaks("I06")
async def money_for_an_order_that_does_not_exist(tx: Transaction, cast: Cast) -> None:
    await tx.sql(
        "INSERT INTO payments.gateway_intents (intent_id, payment_id, status, stage, amount, amount_capturable,"
        " amount_received, amount_refunded, currency, livemode, quarantine_reason, created_at) VALUES ('pi_stray',"
        " gen_random_uuid(), 'succeeded', 2, 100, 0, 100, 0, 'USD', false, 'unknown', now())"
    )


@breaks("I06")
async def a_second_charge_for_the_same_order(tx: Transaction, cast: Cast) -> None:
    await tx.sql(
        "INSERT INTO payments.gateway_intents (intent_id, payment_id, status, stage, amount, amount_capturable,"
        " amount_received, amount_refunded, currency, livemode, quarantine_reason, created_at)"
        " SELECT 'pi_again', payment_id, status, stage, amount, 0, amount_received, 0, currency, livemode, 'second',"
        " created_at FROM payments.gateway_intents WHERE payment_id ="
        " (SELECT payment_id FROM orders.orders WHERE id = CAST(:paid AS uuid))",
        {"paid": cast.paid},
    )


@breaks("I07")
async def the_gateway_took_another_sum(tx: Transaction, cast: Cast) -> None:
    await tx.sql(
        "UPDATE payments.gateway_intents SET amount_received = amount_received + 1 WHERE payment_id ="
        " (SELECT payment_id FROM orders.orders WHERE id = CAST(:paid AS uuid))",
        {"paid": cast.paid},
    )


@breaks("I07")
async def the_gateway_took_another_currency(tx: Transaction, cast: Cast) -> None:
    await tx.sql(
        "UPDATE payments.gateway_intents SET currency = 'EUR' WHERE payment_id ="
        " (SELECT payment_id FROM orders.orders WHERE id = CAST(:paid AS uuid))",
        {"paid": cast.paid},
    )


@breaks("I07")
async def the_gateway_took_money_and_we_know_nothing_of_it(tx: Transaction, cast: Cast) -> None:
    # Known to our mirror, and to the payment as the one it waits for, but never booked.
    await tx.sql(
        "WITH asked AS (UPDATE payments.gateway_intents SET status = 'succeeded', stage = 2, amount_received = amount"
        " WHERE payment_id = (SELECT payment_id FROM orders.orders WHERE id = CAST(:waiting AS uuid))"
        " RETURNING payment_id, intent_id)"
        " UPDATE payments.payments p SET gateway_transaction_id = asked.intent_id FROM asked"
        " WHERE p.id = asked.payment_id",
        {"waiting": cast.waiting},
    )


@breaks("I08")
async def confirmed_and_not_paid(tx: Transaction, cast: Cast) -> None:
    head = await _head(tx, cast.waiting)
    await tx.sql(
        "UPDATE orders.orders SET status = 'confirmed', confirmed_at = kit.now() WHERE id = CAST(:waiting AS uuid)",
        {"waiting": cast.waiting},
    )
    await inventory.consume(tx, order_id=UUID(cast.waiting))
    await record(tx, OrderConfirmed(UUID(cast.waiting), None, head.payment_id, "USD", head.total_cents, ()))


@breaks("I09")
async def booked_in_another_currency(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql(
        "UPDATE payments.ledger_entries SET currency = 'EUR' WHERE transaction_id IN"
        " (SELECT id FROM payments.ledger_transactions WHERE order_id = CAST(:paid AS uuid))",
        {"paid": cast.paid},
    )


@breaks("I10")
async def more_goes_back_than_is_counted(tx: Transaction, cast: Cast) -> None:
    await tx.sql(
        "INSERT INTO payments.refunds (id, payment_id, request_key, amount_cents, currency)"
        " SELECT CAST(:id AS uuid), payment_id, 'planted', 1, currency FROM orders.orders"
        " WHERE id = CAST(:paid AS uuid)",
        {"paid": cast.paid, "id": (planted := new_id())},
    )
    await audit.record(tx, action="refund.requested", subject=("refund", planted), money=True)


@breaks("I11")
async def a_refund_that_the_gateway_never_made(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql(
        "UPDATE payments.gateway_refunds SET gateway_refund_id = 're_of_somebody_else' WHERE gateway_refund_id ="
        " (SELECT min(gateway_refund_id) FROM payments.gateway_refunds)"
    )


@breaks("I11")
async def a_refund_that_the_gateway_made_on_its_own(tx: Transaction, cast: Cast) -> None:
    await tx.sql(
        "INSERT INTO payments.gateway_refunds (gateway_refund_id, intent_id, amount, currency, status, stage,"
        " created_at) VALUES ('re_stray', 'pi_unheard_of', 5, 'USD', 'succeeded', 1, now())"
    )


@breaks("I12")
async def cancelled_and_the_money_kept(tx: Transaction, cast: Cast) -> None:
    head = await _head(tx, cast.paid)
    await inventory.release(tx, order_id=UUID(cast.paid))
    await tx.sql(
        "UPDATE orders.orders SET status = 'cancelled', cancelled_at = kit.now(), cancel_reason = 'staff'"
        " WHERE id = CAST(:paid AS uuid)",
        {"paid": cast.paid},
    )
    await record(tx, OrderCancelled(UUID(cast.paid), None, head.payment_id, "staff", "confirmed", None, ()))


@breaks("I13")
async def money_still_held_for_a_dead_order(tx: Transaction, cast: Cast) -> None:
    await tx.sql(
        "UPDATE payments.gateway_intents SET status = 'requires_capture', stage = 1, amount_capturable = amount"
        " WHERE payment_id = (SELECT payment_id FROM orders.orders WHERE id = CAST(:dead AS uuid))",
        {"dead": cast.unpaid},
    )


@breaks("I13")
async def a_dead_order_that_can_still_be_paid(tx: Transaction, cast: Cast) -> None:
    head = await _head(tx, cast.waiting)
    await inventory.release(tx, order_id=UUID(cast.waiting))
    await tx.sql(
        "UPDATE orders.orders SET status = 'cancelled', cancelled_at = kit.now(), cancel_reason = 'staff'"
        " WHERE id = CAST(:waiting AS uuid)",
        {"waiting": cast.waiting},
    )
    await record(tx, OrderCancelled(UUID(cast.waiting), None, head.payment_id, "staff", "pending", None, ()))


@breaks("I14")
async def shipped_and_not_paid(tx: Transaction, cast: Cast) -> None:
    await without_constraint(tx, "orders.orders", "ck_orders_shipped_at")
    await tx.sql(
        "UPDATE orders.orders SET shipped_at = kit.now(), tracking_number = 'X1' WHERE id = CAST(:waiting AS uuid)",
        {"waiting": cast.waiting},
    )


@breaks("I15")
async def a_line_that_is_not_price_times_quantity(tx: Transaction, cast: Cast) -> None:
    await without_constraint(tx, "orders.order_lines", "ck_order_lines_line_adds_up")
    await guards_down(tx)
    await tx.sql(
        "UPDATE orders.order_lines SET unit_price_cents = unit_price_cents + 1 WHERE order_id = CAST(:paid AS uuid)",
        {"paid": cast.paid},
    )


@breaks("I15")
async def a_total_that_does_not_add_up(tx: Transaction, cast: Cast) -> None:
    await without_constraint(tx, "orders.orders", "ck_orders_total_adds_up")
    await guards_down(tx)
    await without_constraint(tx, "invoicing.documents", "ck_documents_total_adds_up")
    for table, which in (("orders.orders", "id"), ("invoicing.documents", "order_id")):
        await tx.sql(
            f"UPDATE {table} SET shipping_cents = shipping_cents + 1 WHERE {which} = CAST(:paid AS uuid)",
            {"paid": cast.paid},
        )


@breaks("I15")
async def an_order_without_lines(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    # A dead one: of a live one the stock would miss its lines too.
    await tx.sql("DELETE FROM orders.order_lines WHERE order_id = CAST(:dead AS uuid)", {"dead": cast.unpaid})


@breaks("I16")
async def books_that_do_not_balance(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql("UPDATE payments.ledger_entries SET amount = amount - 1 WHERE account = 'customer_orders'")


@breaks("I16")
async def a_movement_of_one_side(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql("DELETE FROM payments.ledger_entries WHERE account = 'customer_orders'")


@breaks("I17")
async def cash_in_the_books_that_nobody_paid(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql("UPDATE payments.ledger_entries SET amount = amount * 2")


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
    head = await _head(tx, cast.paid)
    await record(tx, PaymentAuthorized(head.payment_id, UUID(cast.paid), new_id(), "pi_again", 1, "USD", "credit_card"))


@breaks("I20")
async def a_return_that_moved_without_a_word(tx: Transaction, cast: Cast) -> None:
    await tx.sql("UPDATE returns.returns SET status = 'received', ended_at = NULL WHERE status = 'refunded'")


@breaks("I28")
async def more_came_back_than_was_sent(tx: Transaction, cast: Cast) -> None:
    await without_constraint(tx, "returns.return_lines", "ck_return_lines_received")
    await tx.sql("UPDATE returns.return_lines SET received = received + 2")


@breaks("I28")
async def more_is_announced_than_was_ordered(tx: Transaction, cast: Cast) -> None:
    await tx.sql(
        "WITH made AS (INSERT INTO returns.returns (id, order_id, number, kind, request_key, requested_by)"
        " SELECT gen_random_uuid(), order_id, 'planted', 'return', 'planted', 'system' FROM returns.returns"
        " RETURNING id, order_id)"
        " INSERT INTO returns.return_lines (return_id, order_line_id, quantity, reason)"
        " SELECT made.id, l.id, l.quantity, 'other' FROM made JOIN orders.order_lines l ON l.order_id = made.order_id"
    )
    await tx.sql(
        "WITH told AS (INSERT INTO kit.events (id, stream, stream_id, version, type, payload, actor_kind, trace_id)"
        " SELECT gen_random_uuid(), 'return', id, 1, 'return.requested', '{}', 'system', '' FROM returns.returns"
        " WHERE number = 'planted' RETURNING id, stream_id), head AS (INSERT INTO kit.streams (stream, stream_id,"
        " version) SELECT 'return', stream_id, 1 FROM told)"
        " INSERT INTO kit.outbox (event_id) SELECT id FROM told"
    )


@breaks("I28")
async def put_on_the_shelf_twice(tx: Transaction, cast: Cast) -> None:
    await tx.sql(
        "WITH again AS ("
        " INSERT INTO inventory.stock_movements (id, change_id, variant_id, warehouse_id, quantity, reason, reference,"
        " actor_kind, trace_id) SELECT gen_random_uuid(), gen_random_uuid(), variant_id, warehouse_id, quantity,"
        " reason, reference, actor_kind, trace_id FROM inventory.stock_movements WHERE reason = 'return'"
        " RETURNING variant_id, warehouse_id, quantity)"
        " UPDATE inventory.stock_items s SET quantity_on_hand = quantity_on_hand + again.quantity FROM again"
        " WHERE (s.variant_id, s.warehouse_id) = (again.variant_id, again.warehouse_id)"
    )


@breaks("I28")
async def a_line_refunded_beyond_its_pieces(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql("UPDATE returns.refund_lines SET quantity = quantity + 2")


@breaks("I28")
async def a_refund_that_is_not_what_the_books_say(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql(
        "UPDATE returns.refunds SET amount_cents = amount_cents + 1, adjustment_cents = adjustment_cents + 1"
        " WHERE status = 'given'"
    )


@breaks("I28")
async def a_refund_whose_lines_do_not_add_up(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql("UPDATE returns.refund_lines SET amount_cents = amount_cents + 1")


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


@breaks("I25")
async def two_live_orders_of_a_cart(tx: Transaction, cast: Cast) -> None:
    await tx.sql("DROP INDEX orders.uq_orders_live_cart")
    await tx.sql(
        "UPDATE orders.orders SET cart_id = (SELECT cart_id FROM orders.orders WHERE id = CAST(:paid AS uuid))"
        " WHERE id = CAST(:waiting AS uuid)",
        {"paid": cast.paid, "waiting": cast.waiting},
    )


@breaks("I25")
async def two_live_checkouts_of_a_cart(tx: Transaction, cast: Cast) -> None:
    await tx.sql("DROP INDEX checkout.uq_checkouts_live_cart")
    await tx.sql(
        "UPDATE checkout.checkouts SET cart_id = (SELECT min(cart_id::text)::uuid FROM checkout.checkouts"
        " WHERE status = 'open') WHERE status = 'open'"
    )


@breaks("I25c")
async def a_command_that_never_ended(tx: Transaction, cast: Cast) -> None:
    await tx.sql(
        "UPDATE kit.idempotency_keys SET answer = NULL, completed_at = NULL, locked_at = now() - interval '301 seconds'"
    )


@breaks("I26")
async def a_confirmation_that_was_never_written(tx: Transaction, cast: Cast) -> None:
    await tx.sql(
        "DELETE FROM notifications.notifications WHERE order_id = CAST(:paid AS uuid)"
        " AND template_name = 'order_confirmation'",
        {"paid": cast.paid},
    )


@breaks("I26")
async def two_confirmations(tx: Transaction, cast: Cast) -> None:
    await tx.sql(
        "UPDATE notifications.notifications SET audience = 'customer', template_name = 'order_confirmation',"
        " event_id = (SELECT id FROM kit.events ORDER BY id LIMIT 1) WHERE order_id = CAST(:paid AS uuid)"
        " AND template_name = 'merchant_order'",
        {"paid": cast.paid},
    )


@breaks("I26")
async def a_confirmation_of_an_order_that_never_was(tx: Transaction, cast: Cast) -> None:
    await tx.sql(
        "UPDATE notifications.notifications SET order_id = CAST(:dead AS uuid) WHERE id = (SELECT id FROM"
        " notifications.notifications WHERE template_name = 'merchant_order' ORDER BY id LIMIT 1)",
        {"dead": cast.unpaid},
    )
    await tx.sql(
        "UPDATE notifications.notifications SET template_name = 'order_confirmation', audience = 'customer',"
        " event_id = (SELECT id FROM kit.events ORDER BY id LIMIT 1) WHERE order_id = CAST(:dead AS uuid)",
        {"dead": cast.unpaid},
    )


class _Head(msgspec.Struct, frozen=True):
    payment_id: UUID
    total_cents: int


async def _head(tx: Transaction, order_id: str) -> _Head:
    found = await tx.sql(
        "SELECT payment_id, total_cents FROM orders.orders WHERE id = CAST(:id AS uuid)", {"id": order_id}
    )
    return _Head(**found.mappings().one())


@breaks("I32")
async def a_rating_without_a_review(tx: Transaction, cast: Cast) -> None:
    await tx.sql("UPDATE reviews.ratings SET count = count + 1, stars_5 = stars_5 + 1")


@breaks("I32")
async def a_hidden_review_that_still_counts(tx: Transaction, cast: Cast) -> None:
    await tx.sql("UPDATE reviews.reviews SET status = 'hidden', reason = 'spam'")


@breaks("I32")
async def a_rating_of_other_stars_with_the_same_number(tx: Transaction, cast: Cast) -> None:
    await tx.sql("UPDATE reviews.ratings SET stars_4 = stars_4 - 1, stars_1 = stars_1 + 1")


@breaks("I32")
async def a_review_that_nobody_counted(tx: Transaction, cast: Cast) -> None:
    await tx.sql("DELETE FROM reviews.ratings")


@breaks("I33")
async def a_review_of_something_else_than_was_bought(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql("UPDATE reviews.reviews SET product_id = CAST(:other AS uuid)", {"other": str(new_id())})
    await tx.sql("UPDATE reviews.ratings SET product_id = (SELECT product_id FROM reviews.reviews)")


@breaks("I33")
async def a_review_of_what_was_never_sent(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql("UPDATE reviews.reviews SET order_id = CAST(:paid AS uuid)", {"paid": cast.paid})


_REFUND_SEAL = (
    "(SELECT s.entry_id FROM audit.seals s JOIN audit.entries e ON e.id = s.entry_id"
    " WHERE e.action = 'refund.requested' LIMIT 1)"
)


@breaks("I30")
async def an_entry_that_says_something_else_than_was_sealed(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql(f"UPDATE audit.entries SET note = 'nothing to see' WHERE id = {_REFUND_SEAL}")


@breaks("I30")
async def an_entry_that_is_gone(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql(f"DELETE FROM audit.entries WHERE id = {_REFUND_SEAL}")


@breaks("I30")
async def a_seal_that_is_gone(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql(f"DELETE FROM audit.seals WHERE entry_id = {_REFUND_SEAL}")


@breaks("I30")
async def a_refund_that_the_log_tells_of_nowhere(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql(
        "UPDATE audit.entries SET subject_id = 'another' WHERE id = (SELECT id FROM audit.entries"
        " WHERE subject_kind = 'refund' LIMIT 1)"
    )


@breaks("I30")
async def an_entry_past_the_sealer(tx: Transaction, cast: Cast) -> None:
    await tx.sql(
        "INSERT INTO audit.entries (id, actor_kind, trace_id, action, subject_kind, subject_id)"
        " VALUES (gen_random_uuid(), 'staff', '', 'price.changed', 'variant', '1')"
    )


@breaks("I30b")
async def a_sealer_that_has_stopped(tx: Transaction, cast: Cast) -> None:
    entry_id = await audit.record(tx, action="price.changed", subject=("variant", "1"), always=True)
    await tx.sql(
        "UPDATE audit.unsealed SET created_at = created_at - interval '2 minutes' WHERE entry_id = :id",
        {"id": entry_id},
    )


@breaks("I29")
async def an_invoice_that_is_gone(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql("DELETE FROM invoicing.documents WHERE order_id = CAST(:paid AS uuid)", {"paid": cast.paid})
    await tx.sql("UPDATE invoicing.counters SET last = last - 1 WHERE series = 'INV'")
    await tx.sql("UPDATE invoicing.documents SET number = number - 1 WHERE series = 'INV' AND number > 1")


@breaks("I29")
async def a_number_that_is_missing(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql("UPDATE invoicing.documents SET number = number + 7 WHERE kind = 'credit_note'")
    await tx.sql("UPDATE invoicing.counters SET last = last + 7 WHERE series = 'CN'")


@breaks("I29")
async def a_counter_that_has_gone_on(tx: Transaction, cast: Cast) -> None:
    await tx.sql("UPDATE invoicing.counters SET last = last + 1 WHERE series = 'INV'")


@breaks("I29")
async def an_invoice_of_more_than_the_order(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql(
        "UPDATE invoicing.documents SET shipping_cents = shipping_cents + 100, total_cents = total_cents + 100"
        " WHERE kind = 'invoice' AND order_id = CAST(:paid AS uuid)",
        {"paid": cast.paid},
    )


@breaks("I29")
async def an_invoice_whose_taxes_do_not_add_up(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql(
        "UPDATE invoicing.documents SET taxes = taxes || jsonb_build_object('name', 'x', 'rate_ppm', 0, 'taxable', 0,"
        " 'tax', 7) WHERE kind = 'invoice' AND order_id = CAST(:paid AS uuid)",
        {"paid": cast.paid},
    )


@breaks("I29")
async def an_invoice_of_what_was_never_paid(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql(
        "UPDATE invoicing.documents SET order_id = CAST(:unpaid AS uuid) WHERE order_id = CAST(:paid AS uuid)",
        {"unpaid": cast.unpaid, "paid": cast.paid},
    )


@breaks("I29")
async def a_credit_note_of_less_than_went_back(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql(
        "UPDATE invoicing.documents SET total_cents = total_cents - 1, subtotal_cents = subtotal_cents - 1,"
        " lines = jsonb_build_array(jsonb_build_object('name', 'x', 'quantity', 1, 'amount', total_cents - 1))"
        " WHERE kind = 'credit_note'"
    )


@breaks("I29")
async def a_refund_without_a_credit_note(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql("DELETE FROM invoicing.documents WHERE kind = 'credit_note'")
    await tx.sql("DELETE FROM invoicing.counters WHERE series = 'CN'")


async def _a_transfer(tx: Transaction, status: str) -> None:
    await tx.sql(
        "WITH houses AS (SELECT warehouse_id, variant_id FROM inventory.stock_items LIMIT 1), other AS ("
        " INSERT INTO inventory.warehouses (id, code, name, country)"
        " VALUES (gen_random_uuid(), 'ELSEWHERE', 'Elsewhere', 'US') RETURNING id), made AS ("
        " INSERT INTO inventory.transfers (id, source_id, destination_id, status, sent_at)"
        " SELECT gen_random_uuid(), houses.warehouse_id, other.id, CAST(:status AS varchar),"
        " CASE WHEN CAST(:status AS varchar) = 'sent' THEN kit.now() END FROM houses, other RETURNING id)"
        " INSERT INTO inventory.transfer_lines (transfer_id, variant_id, quantity)"
        " SELECT made.id, houses.variant_id, 2 FROM made, houses",
        {"status": status},
    )


@breaks("I34")
async def sent_and_still_there(tx: Transaction, cast: Cast) -> None:
    await _a_transfer(tx, "sent")


@breaks("I34")
async def received_of_what_was_never_sent(tx: Transaction, cast: Cast) -> None:
    await _a_transfer(tx, "draft")
    await tx.sql("UPDATE inventory.transfer_lines SET lost = 1")


@breaks("I35")
async def come_and_on_no_shelf(tx: Transaction, cast: Cast) -> None:
    await tx.sql(
        "WITH made AS (INSERT INTO inventory.purchase_orders (id, supplier, warehouse_id, status, ordered_at)"
        " SELECT gen_random_uuid(), 'Potter', warehouse_id, 'ordered', kit.now() FROM inventory.stock_items LIMIT 1"
        " RETURNING id) INSERT INTO inventory.purchase_lines (purchase_order_id, variant_id, quantity, received)"
        " SELECT made.id, s.variant_id, 5, 3 FROM made, (SELECT variant_id FROM inventory.stock_items LIMIT 1) s"
    )


@breaks("I36")
async def approved_and_not_adjusted(tx: Transaction, cast: Cast) -> None:
    await tx.sql(
        "WITH made AS (INSERT INTO inventory.stock_counts (id, warehouse_id, status, approved_at, units_expected)"
        " SELECT gen_random_uuid(), warehouse_id, 'approved', kit.now(), 5 FROM inventory.stock_items LIMIT 1"
        " RETURNING id) INSERT INTO inventory.count_lines (count_id, variant_id, expected, counted, counted_at)"
        " SELECT made.id, s.variant_id, 5, 3, kit.now() FROM made,"
        " (SELECT variant_id FROM inventory.stock_items LIMIT 1) s"
    )


@breaks("I37")
async def owed_beside_a_full_shelf(tx: Transaction, cast: Cast) -> None:
    await tx.sql(
        "WITH moved AS (UPDATE inventory.reservation_parts p SET backordered = p.quantity - p.shipped,"
        " quantity = p.shipped FROM inventory.reservations r WHERE r.id = p.reservation_id AND r.status = 'consumed'"
        " AND p.quantity > p.shipped RETURNING p.variant_id, p.warehouse_id, p.backordered, r.order_id),"
        " summed AS (SELECT variant_id, warehouse_id, sum(backordered) AS owed FROM moved GROUP BY 1, 2),"
        " told AS (INSERT INTO inventory.stock_movements (id, change_id, variant_id, warehouse_id, quantity, reason,"
        " reference, actor_kind, trace_id) SELECT gen_random_uuid(), gen_random_uuid(), variant_id, warehouse_id,"
        " backordered, 'cancellation', order_id::text, 'system', '' FROM moved)"
        " UPDATE inventory.stock_items s SET quantity_allocated = s.quantity_allocated - summed.owed,"
        " quantity_on_hand = s.quantity_on_hand + summed.owed, quantity_backordered = s.quantity_backordered"
        " + summed.owed FROM summed WHERE s.variant_id = summed.variant_id AND s.warehouse_id = summed.warehouse_id"
    )


@breaks("I14")
async def a_parcel_of_an_unpaid_order_on_its_way(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    line = (
        await tx.sql(
            "SELECT l.id, l.variant_id, l.quantity, s.warehouse_id, o.order_number FROM orders.order_lines l"
            " JOIN orders.orders o ON o.id = l.order_id JOIN inventory.stock_items s ON s.variant_id = l.variant_id"
            " WHERE l.order_id = CAST(:waiting AS uuid)",
            {"waiting": cast.waiting},
        )
    ).one()
    shipment_id, order_id = new_id(), UUID(cast.waiting)
    values = {"id": shipment_id, "order": order_id, "line": line.id, "variant": line.variant_id,
              "quantity": line.quantity, "warehouse": line.warehouse_id}  # fmt: skip
    await tx.sql(
        "INSERT INTO fulfilment.shipments (id, number, order_id, position, warehouse_id, status, method, country,"
        " packed_at, shipped_at) VALUES (:id, 'PLANTED-1', :order, 1, :warehouse, 'shipped', 'Standard', 'US',"
        " kit.now(), kit.now())",
        values,
    )
    await tx.sql(
        "INSERT INTO fulfilment.shipment_lines (id, shipment_id, order_line_id, variant_id, name, sku, quantity, ready)"
        " VALUES (gen_random_uuid(), :id, :line, :variant, 'Mug', 'MUG', :quantity, :quantity)",
        values,
    )
    await tx.sql(
        "INSERT INTO inventory.dispatches (shipment_id, variant_id, warehouse_id, order_id, quantity)"
        " VALUES (:id, :variant, :warehouse, :order, :quantity)",
        values,
    )
    lines = (fulfilment.ShippedLine(line.id, line.variant_id, line.quantity),)
    made = fulfilment.ShipmentCreated(shipment_id, order_id, "PLANTED-1", line.warehouse_id, "packed", False, lines)
    await record(tx, made)
    await record(tx, fulfilment.ShipmentShipped(shipment_id, order_id, None, line.warehouse_id, False, True, (), lines))


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


@breaks("I27")
async def more_left_than_was_ordered(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql("UPDATE inventory.dispatches SET quantity = quantity + 5")


@breaks("I27")
async def sent_and_still_counted_as_in_the_house(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql("DELETE FROM inventory.dispatches")


@breaks("I27")
async def stock_that_left_with_a_shipment_that_did_not(tx: Transaction, cast: Cast) -> None:
    await tx.sql(
        "INSERT INTO inventory.dispatches (shipment_id, variant_id, warehouse_id, order_id, quantity)"
        " SELECT s.id, l.variant_id, s.warehouse_id, s.order_id, 1 FROM fulfilment.shipments s"
        " JOIN fulfilment.shipment_lines l ON l.shipment_id = s.id WHERE s.order_id = CAST(:paid AS uuid)",
        {"paid": cast.paid},
    )


@breaks("I27")
async def cancelled_and_still_to_be_sent(tx: Transaction, cast: Cast) -> None:
    await tx.sql(
        "INSERT INTO fulfilment.cancelled_lines (id, order_id, shipment_id, order_line_id, variant_id, quantity)"
        " SELECT gen_random_uuid(), s.order_id, s.id, l.order_line_id, l.variant_id, 1 FROM fulfilment.shipments s"
        " JOIN fulfilment.shipment_lines l ON l.shipment_id = s.id WHERE s.order_id = CAST(:paid AS uuid)",
        {"paid": cast.paid},
    )


@breaks("I27")
async def an_order_half_gone_that_says_it_is_all_gone(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql(
        "UPDATE fulfilment.shipments SET status = 'packed', shipped_at = NULL, delivered_at = NULL, packed_at ="
        " kit.now() WHERE id = (SELECT id FROM fulfilment.shipments WHERE status = 'delivered' LIMIT 1)"
    )
    row = (await tx.sql("SELECT id, order_id FROM fulfilment.shipments WHERE status = 'packed' LIMIT 1")).one()
    await record(tx, fulfilment.ShipmentPacked(row.id, row.order_id, 1))
