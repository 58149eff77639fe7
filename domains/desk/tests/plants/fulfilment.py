"""Ways to break what must hold of shipments."""

from domains import fulfilment
from domains.desk.tests.plants.planting import breaks, guards_down
from domains.desk.tests.sound_shop import Cast
from domains.kit import Transaction, record


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
