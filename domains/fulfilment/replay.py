"""A shipment from its events alone: what they add up to must equal the rows (I20)."""

from collections.abc import Iterable, Mapping
from uuid import UUID

import msgspec

from domains.fulfilment.errors import ShipmentNotFound
from domains.fulfilment.events import (
    LinesCancelled,
    PickingBegun,
    PickingPutBack,
    ShipmentAllocated,
    ShipmentCalledOff,
    ShipmentCreated,
    ShipmentDelivered,
    ShipmentHeld,
    ShipmentJoined,
    ShipmentMoved,
    ShipmentPacked,
    ShipmentResumed,
    ShipmentShipped,
    ShipmentSplit,
    ShipmentWaits,
    ShippedLine,
)
from domains.fulfilment.queries import shipment
from domains.fulfilment.states import ShipmentStatus
from domains.fulfilment.views import ShipmentState
from domains.kit import Event, RecordedEvent, Transaction
from domains.kit.events import history

_BRINGS_TO: dict[type[Event], ShipmentStatus] = {
    ShipmentAllocated: ShipmentStatus.ALLOCATED,
    ShipmentWaits: ShipmentStatus.WAITING,
    PickingBegun: ShipmentStatus.PICKING,
    PickingPutBack: ShipmentStatus.ALLOCATED,
    ShipmentMoved: ShipmentStatus.ALLOCATED,
    ShipmentPacked: ShipmentStatus.PACKED,
    ShipmentShipped: ShipmentStatus.SHIPPED,
    ShipmentDelivered: ShipmentStatus.DELIVERED,
    ShipmentHeld: ShipmentStatus.ON_HOLD,
    ShipmentCalledOff: ShipmentStatus.CALLED_OFF,
}


def replay(events: Iterable[Event | RecordedEvent]) -> ShipmentState:
    """What the events of one shipment, oldest first, say about it. Raises `ShipmentNotFound` for none."""
    state: ShipmentState | None = None
    for recorded in events:
        fact = recorded.fact() if isinstance(recorded, RecordedEvent) else recorded
        if isinstance(fact, ShipmentCreated):
            state = ShipmentState(
                order_id=fact.order_id,
                number=fact.number,
                warehouse_id=fact.warehouse_id,
                status=ShipmentStatus(fact.status),
                lines={line.order_line_id: line.quantity for line in fact.lines},
            )
            continue
        if state is None:
            raise ShipmentNotFound
        state = _after(state, fact)
    if state is None:
        raise ShipmentNotFound
    return state


async def replayed(tx: Transaction, shipment_id: UUID) -> ShipmentState:
    """The shipment as its stored events tell it."""
    return replay(await history(tx, "shipment", shipment_id))


async def standing(tx: Transaction, shipment_id: UUID) -> ShipmentState:
    """The shipment as its rows tell it, in the same shape."""
    view = await shipment(tx, shipment_id)
    return ShipmentState(
        order_id=view.order_id,
        number=view.number,
        warehouse_id=view.warehouse_id,
        status=view.status,
        lines={line.order_line_id: line.quantity for line in view.lines},
    )


def _after(state: ShipmentState, fact: Event) -> ShipmentState:
    match fact:
        case ShipmentResumed():
            state = msgspec.structs.replace(state, status=ShipmentStatus(fact.status))
        case ShipmentMoved():
            state = msgspec.structs.replace(state, warehouse_id=fact.warehouse_id)
        case ShipmentSplit() | LinesCancelled():
            state = msgspec.structs.replace(state, lines=_changed(state.lines, fact.lines, -1))
        case ShipmentJoined():
            state = msgspec.structs.replace(state, lines=_changed(state.lines, fact.lines, 1))
        case _:
            pass
    brought = _BRINGS_TO.get(type(fact))
    return state if brought is None else msgspec.structs.replace(state, status=brought)


def _changed(before: Mapping[UUID, int], lines: Iterable[ShippedLine], sign: int) -> dict[UUID, int]:
    after = dict(before)
    for line in lines:
        after[line.order_line_id] = after.get(line.order_line_id, 0) + sign * line.quantity
    return {line_id: quantity for line_id, quantity in after.items() if quantity}
