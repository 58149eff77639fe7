"""A shipment under its locks: the order's first, then the shipment's, as everywhere."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from domains import audit, orders
from domains.fulfilment.errors import OrderDead, ShipmentNotFound, ShipmentRefused
from domains.fulfilment.events import ShippedLine
from domains.fulfilment.queries.reading import shipment
from domains.fulfilment.states import TRANSITIONS, ShipmentStatus
from domains.fulfilment.views import ShipmentLine, ShipmentView
from domains.kit import Transaction
from domains.orders import OrderHead, OrderStatus


class Case:
    """A shipment and its order, both locked until the end of the transaction."""

    def __init__(self, order: OrderHead, view: ShipmentView) -> None:
        self.order = order
        self.view = view

    @property
    def id(self) -> UUID:
        return self.view.id


async def lock(tx: Transaction, shipment_id: UUID) -> Case:
    """The shipment, with its order's row and its own locked. Raises `ShipmentNotFound`.

    Who cancels the order holds the order's row too: one of the two comes first, and the other sees what it did.
    """
    found: UUID | None = (
        await tx.sql("SELECT order_id FROM fulfilment.shipments WHERE id = :id", {"id": shipment_id})
    ).scalar_one_or_none()
    if found is None:
        raise ShipmentNotFound
    order = await orders.lock(tx, found)
    await tx.sql("SELECT id FROM fulfilment.shipments WHERE id = :id FOR UPDATE", {"id": shipment_id})
    return Case(order, await shipment(tx, shipment_id))


async def lock_to_work(tx: Transaction, shipment_id: UUID) -> Case:
    """`lock`, for what goes on with it. Raises `OrderDead` too."""
    case = await lock(tx, shipment_id)
    if case.order.status is OrderStatus.CANCELLED and not case.view.has_left:
        raise OrderDead
    return case


async def in_lock_order(tx: Transaction, shipment_ids: Collection[UUID]) -> list[UUID]:
    """These shipments in the order in which many of them may be locked; unknown ones are left out."""
    rows = await tx.sql(
        "SELECT id FROM fulfilment.shipments WHERE id = ANY(CAST(:ids AS uuid[])) ORDER BY order_id, id",
        {"ids": list(shipment_ids)},
    )
    return list(rows.scalars())


def require(case: Case, *allowed: ShipmentStatus) -> None:
    """Raises `ShipmentRefused` for a shipment that is in none of these states."""
    if case.view.status not in allowed:
        raise ShipmentRefused(case.view.status)


async def move(tx: Transaction, case: Case, to: ShipmentStatus, columns: str = "", **values: Any) -> None:
    """Follow the arrow to `to`, and put it down in the log. Raises `ShipmentRefused` where there is none."""
    if to not in TRANSITIONS[case.view.status]:
        raise ShipmentRefused(case.view.status)
    await tx.sql(
        f"UPDATE fulfilment.shipments SET status = :to, updated_at = kit.now(){columns} WHERE id = :id",
        {"id": case.id, "to": to, **values},
    )
    await tell(tx, case.view, to, case.view.status)


async def tell(tx: Transaction, view: ShipmentView, to: ShipmentStatus, before: ShipmentStatus) -> None:
    """The entry of the log for a change of state."""
    await audit.record(
        tx,
        action=f"shipment.{to}",
        subject=("shipment", view.id),
        label=view.number,
        changes={"status": (str(before), str(to))},
    )


def told(lines: Collection[ShipmentLine]) -> tuple[ShippedLine, ...]:
    """Lines as an event tells them."""
    return tuple(
        ShippedLine(line.order_line_id, line.variant_id, line.quantity)
        for line in sorted(lines, key=lambda line: line.order_line_id)
    )


def by_variant(lines: Collection[ShipmentLine]) -> dict[UUID, int]:
    """How many of each variant; an order has one line for each."""
    return {line.variant_id: line.quantity for line in lines}
