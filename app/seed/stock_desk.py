"""What is under way with the stock when the demo opens: purchase orders, a transfer, a count, something owed."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from app.seed.catalogue import PRODUCTS
from app.seed.delivery import PORTLAND, ROTTERDAM
from domains import catalog, fulfilment, inventory, store
from domains.fulfilment import Queue
from domains.inventory import Arrived, PurchaseTerms, Reason
from domains.kit import Transaction
from domains.kit.listing import Asked

_SUPPLIERS = ("Holm Pottery", "Northquay", "Ferrow")
_COUNTED = "A-0"  # the places of the count that is under way


async def open_the_stock_desk(tx: Transaction, warehouses: Mapping[str, UUID]) -> None:
    """Order what is out, send something to the other warehouse, begin to count, and owe somebody something."""
    portland, rotterdam = warehouses[PORTLAND.code], warehouses[ROTTERDAM.code]
    await _order_what_is_out(tx, portland)
    await _owe_somebody(tx, portland)
    await _send_some(tx, portland, rotterdam)
    await _count_some(tx, portland)


async def _order_what_is_out(tx: Transaction, warehouse_id: UUID) -> None:
    """A purchase order for each few of what is out, the first of them received in part."""
    today = await store.today(tx)
    awaited = sorted(
        (variant.back_in, variant.sku)
        for product in PRODUCTS
        for variant in product.variants
        if variant.back_in is not None
    )
    for place, supplier in enumerate(_SUPPLIERS):
        mine = awaited[place :: len(_SUPPLIERS)]
        lines = {await _variant(tx, sku): 24 + 6 * number for number, (_days, sku) in enumerate(mine)}
        made = await inventory.draft_purchase(
            tx,
            PurchaseTerms(supplier, warehouse_id, f"{supplier[:3].upper()}-{2041 + place}",
                          expected_on=today + timedelta(days=mine[-1][0])),
            lines,
        )  # fmt: skip
        if place < len(_SUPPLIERS) - 1:
            await inventory.order_purchase(tx, made)


async def _owe_somebody(tx: Transaction, warehouse_id: UUID) -> None:
    """The last pieces of something were broken; who had bought one waits for the next delivery."""
    waiting = (await fulfilment.queue(tx, Asked(choices={"queue": (Queue.PICK,)}, limit=50))).rows
    if not waiting:
        return
    shipment = await fulfilment.shipment(tx, waiting[-1].id)
    line = shipment.lines[0]
    for level in await inventory.levels(tx, [line.variant_id]):
        if level.available:
            await inventory.adjust(
                tx,
                variant_id=line.variant_id,
                warehouse_id=level.warehouse_id,
                change=-level.available,
                reason=Reason.DAMAGED,
                note="A shelf came down",
            )
    await inventory.set_policy(tx, variant_id=line.variant_id, backorder_allowed=True)
    await fulfilment.back_order(tx, shipment.id, {line.id: 1}, write_off=Reason.DAMAGED)
    made = await inventory.draft_purchase(
        tx,
        PurchaseTerms(
            _SUPPLIERS[0], warehouse_id, note="Urgent", expected_on=await store.today(tx) + timedelta(days=6)
        ),
        {line.variant_id: 20},
    )
    await inventory.order_purchase(tx, made)


async def _send_some(tx: Transaction, source_id: UUID, destination_id: UUID) -> None:
    """Four pieces each of what there is most of; the first of them have arrived."""
    rows = await tx.sql(
        "SELECT variant_id FROM inventory.stock_items WHERE warehouse_id = :source"
        " AND quantity_on_hand - quantity_reserved > reorder_threshold + 10 ORDER BY quantity_on_hand DESC, variant_id"
        " LIMIT 3",
        {"source": source_id},
    )
    chosen = list(rows.scalars())
    if not chosen:
        return
    made = await inventory.draft_transfer(
        tx, source_id=source_id, destination_id=destination_id, lines=dict.fromkeys(chosen, 4), note="For the holidays"
    )
    await inventory.send_transfer(tx, made)
    await inventory.receive_transfer(tx, made, {chosen[0]: Arrived(received=3)})


async def _count_some(tx: Transaction, warehouse_id: UUID) -> None:
    """One rack row: half of it counted, and one piece too few found."""
    made = await inventory.start_count(tx, warehouse_id=warehouse_id, place=_COUNTED, note="First row")
    lines = (await inventory.count_lines(tx, made, Asked(limit=6, is_counted=False))).rows
    levels = {
        level.variant_id: level.quantity_on_hand + level.quantity_allocated
        for level in await inventory.levels(tx, [line.variant_id for line in lines])
        if level.warehouse_id == warehouse_id
    }
    found = {line.variant_id: levels[line.variant_id] for line in lines}
    short = next((variant_id for variant_id, number in found.items() if number), None)
    if short is not None:
        found[short] -= 1
    await inventory.enter_count(tx, made, found)


async def _variant(tx: Transaction, sku: str) -> UUID:
    found = await catalog.variant_by_sku(tx, sku)
    if found is None:
        raise LookupError(sku)
    return found.variant_id
