"""An order that is cancelled: nothing more of it is sent."""

from uuid import UUID

from domains import orders
from domains.fulfilment.errors import AlreadyShipped
from domains.fulfilment.events import ShipmentCalledOff
from domains.fulfilment.queries.reading import of_order
from domains.fulfilment.rows import Case, move
from domains.fulfilment.states import ShipmentStatus
from domains.kit import Transaction, record


async def call_off(tx: Transaction, order_id: UUID, *, recalled: bool = False) -> int:
    """Call off all of an order that is still in the house, before the order is cancelled; returns how many shipments.

    Frees no stock: who cancels the order gives back what has not left (`inventory.release`). It holds the order's
    row, as shipping does: of the two at once one is first. With `recalled` what is under way stays under way and
    comes back as a return. Emits `shipment.called_off` for each. Raises `AlreadyShipped` when something has left.
    """
    await orders.lock(tx, order_id)
    head = await orders.head(tx, order_id)
    views = await of_order(tx, order_id)
    if not recalled and any(view.has_left for view in views):
        raise AlreadyShipped
    ended = 0
    for view in views:
        if view.has_left or view.status is ShipmentStatus.CALLED_OFF:
            continue
        await move(tx, Case(head, view), ShipmentStatus.CALLED_OFF, ", held_from = NULL, hold_reason = NULL")
        await tx.sql(
            "UPDATE fulfilment.parcels SET label_state = 'none' WHERE shipment_id = :id AND label_state = 'wanted'",
            {"id": view.id},
        )
        await record(tx, ShipmentCalledOff(view.id, order_id, "cancelled"))
        ended += 1
    return ended
