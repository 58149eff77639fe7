"""Shipments are made of what a paid order took from the warehouses."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

import msgspec

from domains import inventory, orders, shipping
from domains.fulfilment.errors import ShipmentRefused
from domains.fulfilment.events import (
    ShipmentAllocated,
    ShipmentCalledOff,
    ShipmentCreated,
    ShipmentHeld,
    ShipmentJoined,
    ShipmentPicked,
    ShipmentSplit,
    ShippedLine,
)
from domains.fulfilment.queries.reading import of_order
from domains.fulfilment.rows import Case, lock_to_work, move, require
from domains.fulfilment.states import OPEN, HoldReason, ShipmentStatus
from domains.fulfilment.views import ShipmentLine, ShipmentView
from domains.kit import Transaction, new_id, record
from domains.orders import OrderLineView, OrderStatus, OrderView


class Wanted(msgspec.Struct):
    """So many of an order's line in one warehouse, `ready` of them there."""

    line: OrderLineView
    quantity: int
    ready: int


async def allocate(tx: Transaction, order_id: UUID) -> tuple[UUID, ...]:
    """Make the shipments of a paid order: one for each warehouse that its goods lie in, and one for what it is owed.

    Once: an order that has shipments, or is not (or no more) confirmed, gets none. What is to be picked up comes from
    the warehouse where it is picked up as far as that has it; the rest is held for staff to decide. Goods that are
    not sent have no part in the order's hold, and no shipment. Emits `shipment.created` for each.
    """
    head = await orders.lock(tx, order_id)
    if head.status is not OrderStatus.CONFIRMED or await of_order(tx, order_id):
        return ()
    order = await orders.order(tx, order_id)
    place = None
    if order.shipping_method_id is not None:
        place = await shipping.pick_up_place(tx, order.shipping_method_id)
    if place is not None:
        await _bring_together(tx, order_id, place)
    here, owed = await _parts(tx, order)
    made = []
    for position, (warehouse_id, wanted) in enumerate([*here.items(), *owed.items()], start=1):
        status = ShipmentStatus.ALLOCATED if all(each.ready == each.quantity for each in wanted) else (
            ShipmentStatus.WAITING
        )  # fmt: skip
        shipment_id = await create(
            tx, order, position=position, warehouse_id=warehouse_id, status=status, lines=wanted,
            is_pick_up=place is not None,
        )  # fmt: skip
        if place is not None and warehouse_id != place:
            await tx.sql(
                "UPDATE fulfilment.shipments SET status = 'on_hold', held_from = status, hold_reason = :reason,"
                " updated_at = kit.now() WHERE id = :id",
                {"id": shipment_id, "reason": HoldReason.ELSEWHERE},
            )
            await record(tx, ShipmentHeld(shipment_id, order_id, HoldReason.ELSEWHERE))
        made.append(shipment_id)
    return tuple(made)


async def allocate_shipment(tx: Transaction, shipment_id: UUID) -> None:
    """What waited is there: `waiting` → `allocated`. Emits `shipment.allocated`.

    Raises `ShipmentRefused` while something is still owed.
    """
    case = await lock_to_work(tx, shipment_id)
    require(case, ShipmentStatus.WAITING)
    await _allocated(tx, case)


async def fill(tx: Transaction, order_id: UUID, variant_id: UUID) -> None:
    """Something an order is owed has come: count it in where it waits.

    Goes by what the order now has in which warehouse, not by what was said, so that it may be told late or twice. What
    waits in another warehouse than it came to goes over into a shipment of that one. A shipment of which nothing is
    owed any more is allocated. Emits `shipment.allocated`, `shipment.split`, `shipment.created`, `shipment.joined`.
    """
    head = await orders.lock(tx, order_id)
    if head.status is OrderStatus.CANCELLED:
        return
    for part in await inventory.allocation(tx, order_id):
        if part.variant_id == variant_id:
            await _count_in(tx, order_id, variant_id, part.warehouse_id, part.quantity - part.shipped)


async def _count_in(tx: Transaction, order_id: UUID, variant_id: UUID, warehouse_id: UUID, there: int) -> None:
    open_ones = [each for each in await of_order(tx, order_id) if each.status in OPEN]
    counted = sum(
        line.ready
        for each in open_ones
        if each.warehouse_id == warehouse_id
        for line in each.lines
        if line.variant_id == variant_id
    )
    left = there - counted
    for view in sorted(open_ones, key=lambda each: each.warehouse_id != warehouse_id):
        line = next((each for each in view.lines if each.variant_id == variant_id), None)
        taken = 0 if line is None else min(left, line.quantity - line.ready)
        if line is None or taken <= 0:
            continue
        left -= taken
        if view.warehouse_id == warehouse_id:
            await tx.sql(
                "UPDATE fulfilment.shipment_lines SET ready = ready + :taken WHERE id = :id",
                {"id": line.id, "taken": taken},
            )
        else:
            await take_out(tx, view, {line.id: taken}, warehouse_id=warehouse_id, ready={line.id: taken})
        await settle(tx, view.id)


async def settle(tx: Transaction, shipment_id: UUID) -> None:
    """Draw the consequence of a change of its lines: a waiting shipment of which nothing is owed any more goes on, one
    that is all picked is told so, and one of which nothing is left is called off.
    """
    case = await lock_to_work(tx, shipment_id)
    view = case.view
    if view.status is ShipmentStatus.CALLED_OFF:
        return
    if not view.lines:
        await move(tx, case, ShipmentStatus.CALLED_OFF, ", held_from = NULL, hold_reason = NULL")
        await record(tx, ShipmentCalledOff(case.id, case.order.id, "empty"))
    elif view.status is ShipmentStatus.WAITING and not view.missing:
        await _allocated(tx, case)
    elif view.held_from is ShipmentStatus.WAITING and not view.missing:
        await tx.sql("UPDATE fulfilment.shipments SET held_from = 'allocated' WHERE id = :id", {"id": shipment_id})
    elif view.status is ShipmentStatus.PICKING and not view.is_picked and all_picked(view):
        await tx.sql("UPDATE fulfilment.shipments SET picked_at = kit.now() WHERE id = :id", {"id": shipment_id})
        await record(tx, ShipmentPicked(case.id, case.order.id))


def all_picked(view: ShipmentView) -> bool:
    return all(line.picked == line.quantity for line in view.lines)


async def create(
    tx: Transaction,
    order: OrderView,
    *,
    position: int,
    warehouse_id: UUID,
    status: ShipmentStatus,
    lines: Sequence[Wanted],
    is_pick_up: bool,
) -> UUID:
    """A new shipment of an order whose row is locked. Emits `shipment.created`."""
    shipment_id = new_id()
    number = f"{order.number}-{position}"
    await tx.sql(
        "INSERT INTO fulfilment.shipments (id, number, order_id, position, warehouse_id, status, is_pick_up, method,"
        " country) VALUES (:id, :number, :order_id, :position, :warehouse_id, :status, :is_pick_up, :method, :country)",
        {
            "id": shipment_id,
            "number": number,
            "order_id": order.id,
            "position": position,
            "warehouse_id": warehouse_id,
            "status": status,
            "is_pick_up": is_pick_up,
            "method": order.shipping_method,
            "country": order.shipping_address.country,
        },
    )
    for wanted in lines:
        await tx.sql(
            "INSERT INTO fulfilment.shipment_lines (id, shipment_id, order_line_id, variant_id, name, options, sku,"
            " quantity, ready) VALUES (:id, :shipment_id, :line_id, :variant_id, :name, :options, :sku, :quantity,"
            " :ready)",
            {
                "id": new_id(),
                "shipment_id": shipment_id,
                "line_id": wanted.line.id,
                "variant_id": wanted.line.variant_id,
                "name": wanted.line.product_name,
                "options": wanted.line.options,
                "sku": wanted.line.sku,
                "quantity": wanted.quantity,
                "ready": wanted.ready,
            },
        )
    told = tuple(
        ShippedLine(each.line.id, each.line.variant_id, each.quantity)
        for each in sorted(lines, key=lambda each: each.line.id)
    )
    await record(tx, ShipmentCreated(shipment_id, order.id, number, warehouse_id, status, is_pick_up, told))
    return shipment_id


async def take_out(
    tx: Transaction,
    view: ShipmentView,
    quantities: dict[UUID, int],
    *,
    warehouse_id: UUID,
    ready: dict[UUID, int],
    joins: bool = True,
) -> UUID:
    """Let so many of its lines (by their ids) go with another shipment from `warehouse_id`, `ready` of them there.

    With `joins` into one of that warehouse that nobody has begun to pick, else into a new one. The caller holds the
    order's lock and has moved the stock. Emits `shipment.split` and `shipment.created` or `shipment.joined`.
    """
    lines = {line.id: line for line in view.lines}
    order = await orders.order(tx, view.order_id)
    by_id = {line.id: line for line in order.lines}
    wanted = [
        Wanted(by_id[lines[line_id].order_line_id], quantity, ready.get(line_id, 0))
        for line_id, quantity in quantities.items()
    ]
    for line_id, quantity in quantities.items():
        await shrink(tx, lines[line_id], quantity, ready.get(line_id, 0))
    is_here = all(each.ready == each.quantity for each in wanted)
    target = await _joinable(tx, view, warehouse_id, is_here=is_here) if joins else None
    told = tuple(ShippedLine(each.line.id, each.line.variant_id, each.quantity) for each in wanted)
    if target is None:
        status = ShipmentStatus.ALLOCATED if is_here else ShipmentStatus.WAITING
        position = 1 + max(each.position for each in await of_order(tx, view.order_id))
        target = await create(
            tx, order, position=position, warehouse_id=warehouse_id, status=status, lines=wanted,
            is_pick_up=view.is_pick_up,
        )  # fmt: skip
    else:
        await _join(tx, target, wanted)
        await record(tx, ShipmentJoined(target, view.order_id, view.id, told))
    await record(tx, ShipmentSplit(view.id, view.order_id, target, told))
    return target


async def shrink(tx: Transaction, line: ShipmentLine, quantity: int, ready: int) -> None:
    """Take so many out of a line, `ready` of them from those that are there; one of nothing goes."""
    if quantity == line.quantity:
        await tx.sql("DELETE FROM fulfilment.shipment_lines WHERE id = :id", {"id": line.id})
        return
    await tx.sql(
        "UPDATE fulfilment.shipment_lines SET quantity = quantity - :quantity,"
        " ready = least(ready - :ready, quantity - :quantity), picked = least(picked, ready - :ready,"
        " quantity - :quantity), packed = 0 WHERE id = :id",
        {"id": line.id, "quantity": quantity, "ready": min(ready, line.ready)},
    )


async def _join(tx: Transaction, target: UUID, wanted: Sequence[Wanted]) -> None:
    for each in wanted:
        await tx.sql(
            "INSERT INTO fulfilment.shipment_lines AS l (id, shipment_id, order_line_id, variant_id, name, options,"
            " sku, quantity, ready) VALUES (:id, :shipment_id, :line_id, :variant_id, :name, :options, :sku,"
            " :quantity, :ready) ON CONFLICT (shipment_id, order_line_id) DO UPDATE"
            " SET quantity = l.quantity + excluded.quantity, ready = l.ready + excluded.ready",
            {
                "id": new_id(),
                "shipment_id": target,
                "line_id": each.line.id,
                "variant_id": each.line.variant_id,
                "name": each.line.product_name,
                "options": each.line.options,
                "sku": each.line.sku,
                "quantity": each.quantity,
                "ready": each.ready,
            },
        )


async def _joinable(tx: Transaction, view: ShipmentView, warehouse_id: UUID, *, is_here: bool) -> UUID | None:
    status = ShipmentStatus.ALLOCATED if is_here else ShipmentStatus.WAITING
    for each in await of_order(tx, view.order_id):
        if each.id != view.id and each.warehouse_id == warehouse_id and each.status is status:
            return each.id
    return None


async def _allocated(tx: Transaction, case: Case) -> None:
    if case.view.missing:
        raise ShipmentRefused(case.view.status)  # nobody can fetch what is owed
    await move(tx, case, ShipmentStatus.ALLOCATED)
    await record(tx, ShipmentAllocated(case.id, case.order.id))


async def _bring_together(tx: Transaction, order_id: UUID, place: UUID) -> None:
    """Take from the shelf of the place what was sold from others, as far as it lies there."""
    parts = [part for part in await inventory.allocation(tx, order_id) if part.warehouse_id != place]
    levels = await inventory.levels(tx, {part.variant_id for part in parts})
    free = {level.variant_id: level.available for level in levels if level.warehouse_id == place}
    for part in sorted(parts, key=lambda part: part.variant_id):
        taken = min(part.quantity - part.shipped, max(free.get(part.variant_id, 0), 0))
        if taken:
            await inventory.reallocate(
                tx,
                order_id=order_id,
                variant_id=part.variant_id,
                from_warehouse=part.warehouse_id,
                to_warehouse=place,
                allocated=taken,
            )
            free[part.variant_id] -= taken


async def _parts(tx: Transaction, order: OrderView) -> tuple[dict[UUID, list[Wanted]], dict[UUID, list[Wanted]]]:
    """By warehouse: what lies there, and what is owed from there."""
    lines = {line.variant_id: line for line in order.lines}
    here: dict[UUID, list[Wanted]] = defaultdict(list)
    owed: dict[UUID, list[Wanted]] = defaultdict(list)
    for part in await inventory.allocation(tx, order.id):
        line = lines[part.variant_id]
        if part.quantity > part.shipped:
            here[part.warehouse_id].append(Wanted(line, part.quantity - part.shipped, part.quantity - part.shipped))
        if part.backordered:
            owed[part.warehouse_id].append(Wanted(line, part.backordered, 0))
    return here, owed
