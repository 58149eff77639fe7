"""Ways to break what must hold of the money: ours, the gateway's word of it, and the books."""

from uuid import UUID

from domains import audit, inventory
from domains.desk.tests.plants.planting import breaks, guards_down, head_of
from domains.desk.tests.sound_shop import Cast
from domains.kit import Transaction, new_id, record
from domains.orders import OrderCancelled, OrderConfirmed


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
    head = await head_of(tx, cast.waiting)
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
    head = await head_of(tx, cast.paid)
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
    head = await head_of(tx, cast.waiting)
    await inventory.release(tx, order_id=UUID(cast.waiting))
    await tx.sql(
        "UPDATE orders.orders SET status = 'cancelled', cancelled_at = kit.now(), cancel_reason = 'staff'"
        " WHERE id = CAST(:waiting AS uuid)",
        {"waiting": cast.waiting},
    )
    await record(tx, OrderCancelled(UUID(cast.waiting), None, head.payment_id, "staff", "pending", None, ()))


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
