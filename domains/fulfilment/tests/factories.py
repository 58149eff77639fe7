"""A shop with two warehouses and paid orders in it, made through the operations."""

from collections.abc import Mapping
from uuid import UUID

import msgspec

from domains import catalog, fulfilment, inventory, orders
from domains.fulfilment import ParcelDraft, ShipmentView
from domains.inventory import Demand
from domains.inventory.tests.factories import make_variants, make_warehouse, put_on_shelf
from domains.kit import Actor, Database, Transaction, new_id
from domains.orders.tests.factories import a_draft, a_line, open_shop, pay, placed

STAFF = Actor.system("tests")
PRICE = 2000


class House(msgspec.Struct, frozen=True):
    """Mugs lie in the first warehouse and in the second; bowls in the second alone; lamps can be ordered before they
    are there."""

    first: UUID
    second: UUID
    mug: UUID
    bowl: UUID
    lamp: UUID


async def house(db: Database, *, mugs: tuple[int, int] = (5, 5), bowls: int = 5) -> House:
    async with db.transaction(STAFF) as tx:
        await open_shop(tx)
    mug, bowl, lamp = await make_variants(db, 3)
    first, second = await make_warehouse(db, priority=1), await make_warehouse(db, priority=2)
    await put_on_shelf(db, mug, first, mugs[0])
    await put_on_shelf(db, mug, second, mugs[1])
    await put_on_shelf(db, bowl, second, bowls)
    await put_on_shelf(db, lamp, first, 0)
    async with db.transaction(STAFF) as tx:
        await inventory.set_policy(tx, variant_id=lamp, backorder_allowed=True)
    return House(first, second, mug, bowl, lamp)


async def waiting_order(tx: Transaction, wanted: Mapping[UUID, int], **changes: object) -> orders.OrderHead:
    """An order that holds its things and waits for its payment."""
    variants = await catalog.variants(tx, list(wanted))
    holder = new_id()
    await inventory.reserve(tx, lines=[Demand(*line) for line in wanted.items()], holder=holder, visitor="")
    lines = tuple(
        a_line(
            product_id=variants[variant_id].product_id,
            variant_id=variant_id,
            product_name=variants[variant_id].product_name,
            options="",
            sku=variants[variant_id].sku,
            unit_price=PRICE,
            quantity=quantity,
        )
        for variant_id, quantity in wanted.items()
    )
    subtotal = sum(line.unit_price * line.quantity for line in lines)
    values = {"lines": lines, "tax_lines": (), "tax": 0, "subtotal": subtotal, "total": subtotal + 500, **changes}
    head = await placed(tx, **{key: value for key, value in values.items() if key in a_draft().__struct_fields__})
    await inventory.bind(tx, holder=holder, order_id=head.id)
    return head


async def paid_order(tx: Transaction, wanted: Mapping[UUID, int], **changes: object) -> orders.OrderHead:
    """An order whose money was taken, and whose things are sold."""
    head = await waiting_order(tx, wanted, **changes)
    await pay(tx, head.id)
    await orders.confirm(tx, head.id)
    await inventory.consume(tx, order_id=head.id)
    return await orders.head(tx, head.id)


async def allocated(tx: Transaction, wanted: Mapping[UUID, int], **changes: object) -> tuple[ShipmentView, ...]:
    """The shipments of a paid order."""
    order = await paid_order(tx, wanted, **changes)
    await fulfilment.allocate(tx, order.id)
    return await fulfilment.of_order(tx, order.id)


async def packed(tx: Transaction, shipment_id: UUID, *parcels: ParcelDraft) -> ShipmentView:
    """The shipment picked and packed."""
    view = await fulfilment.pick(tx, shipment_id)
    counts = {line.id: line.quantity for line in view.lines}
    return await fulfilment.pack(tx, shipment_id, parcels=parcels or (ParcelDraft(fulfilment.BY_HAND),), counts=counts)


async def shelf(tx: Transaction, variant_id: UUID, warehouse_id: UUID) -> tuple[int, int, int]:
    """On hand, allocated, backordered."""
    found = next(level for level in await inventory.levels(tx, [variant_id]) if level.warehouse_id == warehouse_id)
    return found.quantity_on_hand, found.quantity_allocated, found.quantity_backordered


async def facts(tx: Transaction, shipment_id: UUID) -> list[str]:
    """What has happened to a shipment, by the types of its events."""
    rows = await tx.sql(
        "SELECT type FROM kit.events WHERE stream = 'shipment' AND stream_id = :id ORDER BY version",
        {"id": shipment_id},
    )
    return list(rows.scalars())
