"""An order as its page in the back office shows it: whole, with what hangs on it, in a bounded number of queries."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domains import orders
from domains.desk.timeline import TimelineEntry, timeline
from domains.invoicing import DocumentKind
from domains.kit import Money, Transaction
from domains.orders import OrderStatus, OrderView
from domains.payments import PaymentMethod

_BESIDE = """
SELECT
    (SELECT order_number FROM orders.orders WHERE (created_at, id) > (:at, :id) ORDER BY created_at, id LIMIT 1)
        AS newer,
    (SELECT order_number FROM orders.orders WHERE (created_at, id) < (:at, :id) ORDER BY created_at DESC, id DESC
     LIMIT 1) AS older,
    (SELECT coalesce(json_agg(json_build_object(
            'id', s.id, 'number', s.number, 'status', s.status, 'warehouse', w.name, 'is_pick_up', s.is_pick_up,
            'count', (SELECT coalesce(sum(quantity), 0) FROM fulfilment.shipment_lines WHERE shipment_id = s.id),
            'tracking', (SELECT coalesce(json_agg(p.tracking_number ORDER BY p.position), '[]')
                         FROM fulfilment.parcels p WHERE p.shipment_id = s.id AND p.tracking_number IS NOT NULL))
            ORDER BY s.position), '[]')
     FROM fulfilment.shipments s JOIN inventory.warehouses w ON w.id = s.warehouse_id WHERE s.order_id = :id)
        AS shipments,
    (SELECT coalesce(json_agg(json_build_object('id', r.id, 'number', r.number, 'status', r.status)
                     ORDER BY r.created_at), '[]') FROM returns.returns r WHERE r.order_id = :id) AS returns,
    (SELECT json_build_object('id', f.id, 'amount', f.amount_cents, 'ends_order', f.ends_order)
     FROM returns.refunds f WHERE f.order_id = :id AND f.status = 'waiting' ORDER BY f.created_at LIMIT 1) AS held,
    (SELECT total_cents FROM orders.readdressings WHERE order_id = :id ORDER BY position DESC LIMIT 1) AS costs_now,
    (SELECT coalesce(json_agg(json_build_object('label', d.label, 'kind', d.kind) ORDER BY d.issued_at, d.id), '[]')
     FROM invoicing.documents d WHERE d.order_id = :id) AS documents,
    (SELECT coalesce(json_agg(json_build_object('id', m.id, 'name', replace(m.template_name, '_', ' '), 'at', m.at)
                     ORDER BY m.at), '[]')
     FROM (SELECT DISTINCT ON (template_name) id, template_name, coalesce(sent_at, created_at) AS at
           FROM notifications.notifications WHERE order_id = :id
             AND audience = 'customer' AND template_name <> 'note_mention'
           ORDER BY template_name, created_at DESC) m) AS mails,
    (SELECT count(*) FROM orders.orders WHERE id <> :id AND status <> 'cancelled'
        AND (user_id = CAST(:user AS uuid) OR (CAST(:user AS uuid) IS NULL AND email_hash =
            (SELECT email_hash FROM orders.orders WHERE id = :id)))) AS others
"""

# The furthest back of what is still in the house says how far the whole is.
_IN_HOUSE = ("waiting", "allocated", "picking", "packed")


class ShipmentBrief(msgspec.Struct, frozen=True):
    """A shipment of the order, as its page names it."""

    id: UUID
    number: str
    status: str
    warehouse: str
    is_pick_up: bool
    count: int
    tracking: tuple[str, ...]


class ReturnBrief(msgspec.Struct, frozen=True):
    """A return of the order."""

    id: UUID
    number: str
    status: str


class HeldRefund(msgspec.Struct, frozen=True):
    """A refund above the shop's limit that waits for a second person; `ends_order`: its order is cancelled with it."""

    id: UUID
    amount: Money
    ends_order: bool


class PaperBrief(msgspec.Struct, frozen=True):
    """A document of the order."""

    label: str
    kind: DocumentKind


class MailBrief(msgspec.Struct, frozen=True):
    """The last mail of a kind to the customer."""

    id: UUID
    name: str
    at: datetime


class OrderDetail(msgspec.Struct, frozen=True, kw_only=True):
    """The order with everything its page tells. `others` is how many more orders its customer has."""

    order: OrderView
    costs_now: Money | None
    """What it would cost at the address it has now, where that was changed."""
    shipments: tuple[ShipmentBrief, ...]
    returns: tuple[ReturnBrief, ...]
    held: HeldRefund | None
    papers: tuple[PaperBrief, ...]
    mails: tuple[MailBrief, ...]
    timeline: tuple[TimelineEntry, ...]
    newer: str | None
    older: str | None
    others: int

    @property
    def live_shipments(self) -> tuple[ShipmentBrief, ...]:
        return tuple(each for each in self.shipments if each.status != "called_off")

    @property
    def fulfilment(self) -> str:
        """How far the goods are: none, on_hold, waiting, allocated, picking, packed, part_shipped, shipped or
        delivered."""
        states = {each.status for each in self.live_shipments}
        if not states:
            return "waiting" if self.order.status is OrderStatus.CONFIRMED and not self.order.is_digital else "none"
        gone = states & {"shipped", "delivered"}
        if "on_hold" in states:
            return "on_hold"
        if gone and states - gone:
            return "part_shipped"
        if gone:
            return "delivered" if gone == {"delivered"} else "shipped"
        return next(state for state in _IN_HOUSE if state in states)

    @property
    def is_before_picking(self) -> bool:
        """Whether nobody has begun to fetch anything of it."""
        return all(each.status in {"waiting", "allocated", "called_off"} for each in self.shipments)

    @property
    def awaits_transfer(self) -> bool:
        """Whether the customer said that he would pay by bank transfer, and nobody has said that it came."""
        paid = self.order.payment
        is_by_bank = paid is not None and paid.method is PaymentMethod.BANK_TRANSFER
        return is_by_bank and self.order.status is OrderStatus.PENDING

    @property
    def can_be_cancelled(self) -> bool:
        """Whether nothing of it has left the house."""
        return self.order.status in {OrderStatus.PENDING, OrderStatus.CONFIRMED} and not any(
            each.status in {"shipped", "delivered"} for each in self.shipments
        )

    @property
    def can_be_readdressed(self) -> bool:
        return self.order.status is OrderStatus.CONFIRMED and not self.order.is_digital and self.is_before_picking


async def order_detail(tx: Transaction, number: str) -> OrderDetail:
    """The order of this number with all that hangs on it. Raises `OrderNotFound`."""
    order = await orders.by_number(tx, number)
    placed_at: datetime = order.created_at
    beside = (await tx.sql(_BESIDE, {"id": order.id, "at": placed_at, "user": order.user_id})).one()
    return OrderDetail(
        order=order,
        costs_now=None if beside.costs_now is None else Money(beside.costs_now, order.total.currency),
        shipments=msgspec.convert(beside.shipments, tuple[ShipmentBrief, ...]),
        returns=msgspec.convert(beside.returns, tuple[ReturnBrief, ...]),
        held=_held(beside.held, order.total.currency),
        papers=msgspec.convert(beside.documents, tuple[PaperBrief, ...]),
        mails=msgspec.convert(beside.mails, tuple[MailBrief, ...]),
        timeline=await timeline(tx, order.id),
        newer=beside.newer,
        older=beside.older,
        others=beside.others,
    )


def _held(found: dict[str, Any] | None, currency: str) -> HeldRefund | None:
    if found is None:
        return None
    return HeldRefund(UUID(found["id"]), Money(found["amount"], currency), found["ends_order"])
