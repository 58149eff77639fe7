"""How an order stands, in words for who bought it."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b

import msgspec

from domains.fulfilment import ShipmentStatus, ShipmentView, TrackingKind
from domains.kit.i18n import gettext as _
from domains.orders import CancelReason, OrderStatus, OrderView
from domains.payments import AttemptStatus, PaymentStatus, RefundState

type Entry = tuple[str, datetime | None, str, str]

_ENDED = {
    CancelReason.PAYMENT_FAILED: _("The payment did not come through. Nothing was charged."),
    CancelReason.EXPIRED: _("It was not paid in time. Nothing was charged."),
    CancelReason.CUSTOMER: _("You cancelled it."),
    CancelReason.STAFF: _("We had to cancel it."),
    CancelReason.OUT_OF_STOCK: _("Something in it was no longer there. We are sorry."),
    CancelReason.RECALLED: _("It was called back on its way."),
    CancelReason.REPLACED: _("You changed it before it was paid. Nothing was charged."),
    CancelReason.UNAVAILABLE: _("The payment service did not answer. Nothing was charged."),
}


_GOODS = {
    ShipmentStatus.WAITING: _("Waits for our next delivery"),
    ShipmentStatus.ALLOCATED: _("Being packed"),
    ShipmentStatus.PICKING: _("Being packed"),
    ShipmentStatus.PACKED: _("Packed"),
    ShipmentStatus.ON_HOLD: _("Being packed"),
    ShipmentStatus.SHIPPED: _("On its way"),
    ShipmentStatus.DELIVERED: _("Delivered"),
}
_NEWS = {
    TrackingKind.ANNOUNCED: _("Announced to the carrier"),
    TrackingKind.ACCEPTED: _("With the carrier"),
    TrackingKind.IN_TRANSIT: _("On its way"),
    TrackingKind.OUT_FOR_DELIVERY: _("Out for delivery"),
    TrackingKind.DELAYED: _("Delayed"),
    TrackingKind.ATTEMPTED: _("Nobody was in"),
    TrackingKind.DELIVERED: _("Delivered"),
    TrackingKind.RETURNED: _("On its way back to us"),
}


class Goods(msgspec.Struct, frozen=True):
    """What goes out together: how it stands, what is in it, its parcels that can be followed, and what happened."""

    standing: str
    shipment: ShipmentView
    news: tuple[tuple[str, datetime, str], ...]


def parcels(shipments: Sequence[ShipmentView]) -> list[Goods]:
    """The shipments as a buyer is told of them: those called off are none, one alone that has not left is no news."""
    live = [each for each in shipments if each.status is not ShipmentStatus.CALLED_OFF]
    if len(live) == 1 and not live[0].has_left and not live[0].missing:
        return []
    return [
        Goods(
            _("Ready for pick-up")
            if each.is_pick_up and each.status is ShipmentStatus.SHIPPED
            else _("Picked up")
            if each.is_pick_up and each.status is ShipmentStatus.DELIVERED
            else _GOODS[each.status],
            each,
            tuple((_NEWS[event.kind], event.occurred_at, event.words or event.place) for event in each.events),
        )
        for each in live
    ]


def stamp(order: OrderView, *, papers: int = 0, returns: Sequence[object] = (), parcels: Sequence[object] = ()) -> str:
    """Changes with everything on the order's page that may change while somebody looks at it; `papers` is how many
    documents it has, `returns` how its returns stand, `parcels` where they are."""
    payment = order.payment
    parts = (
        order.status,
        order.cancel_reason,
        order.tracking_number,
        standing(order),
        payment and (payment.status, payment.captured, payment.refunding, payment.refunded),
        [(refund.id, refund.status) for refund in order.refunds],
        papers,
        *returns,
        *parcels,
    )
    return blake2b(repr(parts).encode(), digest_size=6).hexdigest()


def is_under_way(order: OrderView) -> bool:
    """Whether something is still to come: payment, parcel or refund."""
    if order.status is OrderStatus.DELIVERED:
        return False
    if order.status is OrderStatus.CANCELLED:
        return any(refund.status is RefundState.PENDING for refund in order.refunds)
    return True


def standing(order: OrderView) -> str:
    """What the page says first: `waiting` (it asks again by itself), `bank`, `transfer`, `unpaid`, or
    nothing in particular."""
    if order.status is not OrderStatus.PENDING or order.payment is None:
        return ""
    live = order.payment.live_attempt
    if live is None:
        return "transfer" if order.payment.is_by_transfer else "unpaid"
    return "bank" if live.status is AttemptStatus.REQUIRES_ACTION and live.redirect_url else "waiting"


def timeline(order: OrderView, shipments: Sequence[ShipmentView] = ()) -> list[Entry]:
    """The order's life as a person reads it: words, time, whether done, now or next, and a note."""
    entries: list[Entry] = [(_("Order placed"), order.created_at, "done", "")]
    entries += _paying(order)
    if order.status is OrderStatus.CANCELLED:
        reason = _ENDED[order.cancel_reason] if order.cancel_reason else ""
        entries.append((_("Order cancelled"), order.cancelled_at, "bad", reason))
    else:
        is_picked_up = any(each.is_pick_up for each in shipments)
        entries += _files(order) if order.is_digital else _parcel(order, is_picked_up=is_picked_up)
    return entries + _refunds(order)


def _paying(order: OrderView) -> list[Entry]:
    payment = order.payment
    if payment is None:
        return [(_("Nothing to pay"), order.confirmed_at, "done", "")]
    if payment.captured:
        return [(_("Payment received"), payment.captured_at, "done", paid_with(order))]
    if payment.status is PaymentStatus.FAILED:
        return [(_("Payment failed"), order.cancelled_at, "bad", "")]
    if order.status is OrderStatus.CANCELLED:
        return []
    if standing(order) == "waiting":
        return [(_("Your payment is being confirmed"), None, "now", "")]
    return [(_("Waiting for your payment"), None, "now", "")]


def _parcel(order: OrderView, *, is_picked_up: bool = False) -> list[Entry]:
    leaving, arrived = _("On its way"), _("Delivered")
    if is_picked_up:
        leaving, arrived = _("Ready for pick-up"), _("Picked up")
    shipped, delivered = order.shipped_at is not None, order.delivered_at is not None
    packing = "done" if shipped else "now" if order.status is OrderStatus.CONFIRMED else "next"
    return [
        (_("Being packed"), None, packing, ""),
        (leaving, order.shipped_at, "done" if delivered else "now" if shipped else "next", ""),
        (arrived, order.delivered_at, "done" if delivered else "next", ""),
    ]


def _files(order: OrderView) -> list[Entry]:
    is_paid = order.status is not OrderStatus.PENDING
    return [(_("Ready to download"), order.confirmed_at, "done" if is_paid else "next", "")]


def _refunds(order: OrderView) -> list[Entry]:
    words = {
        RefundState.PENDING: (_("Refund on its way"), "now", _("The money is on its way back to you.")),
        RefundState.PROCESSED: (_("Refunded"), "done", _("It shows on your statement in five to ten days.")),
    }
    return [
        (words[refund.status][0], refund.processed_at or refund.created_at, *words[refund.status][1:])
        for refund in order.refunds
        if refund.status in words
    ]


def paid_with(order: OrderView) -> str:
    """The card as its holder knows it: brand and last four."""
    payment = order.payment
    if payment is None or not payment.card_last4:
        return ""
    brand = (payment.card_brand or _("card")).replace("_", " ").capitalize()
    return _("{brand} ending in {last4}").format(brand=brand, last4=payment.card_last4)
