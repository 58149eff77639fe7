"""Ways to break what must hold of returns."""

from domains.desk.tests.plants.planting import breaks, guards_down, without_constraint
from domains.desk.tests.sound_shop import Cast
from domains.kit import Transaction


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
