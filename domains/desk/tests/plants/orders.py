"""Ways to break what must hold of orders."""

from uuid import UUID

from domains import fulfilment
from domains.desk.tests.plants.planting import breaks, guards_down, without_constraint
from domains.desk.tests.sound_shop import Cast
from domains.kit import Transaction, new_id, record


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
