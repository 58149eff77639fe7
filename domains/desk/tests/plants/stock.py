"""Ways to break what must hold of stock."""

from uuid import UUID

from domains import inventory
from domains.desk.tests.plants.planting import breaks, guards_down, without_constraint
from domains.desk.tests.sound_shop import Cast
from domains.kit import Transaction


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
