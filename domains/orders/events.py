"""Facts of orders: ids and plain values, never a name or an address. Amounts are minor units of `currency`."""

from typing import ClassVar
from uuid import UUID

import msgspec

from domains.kit import Event


class OrderedItem(msgspec.Struct, frozen=True):
    """What was ordered, how many, at what price each."""

    variant_id: UUID
    product_id: UUID
    quantity: int
    unit_price: int


class OrderCreated(Event, frozen=True):
    """An order was placed and waits for its payment."""

    type: ClassVar[str] = "order.created"
    stream: ClassVar[str] = "order"

    order_id: UUID
    number: str
    user_id: UUID | None
    payment_id: UUID | None
    checkout_id: UUID | None
    cart_id: UUID | None
    currency: str
    prices_include_tax: bool
    subtotal: int
    discount: int
    shipping: int
    tax: int
    total: int
    items: tuple[OrderedItem, ...]


class OrderConfirmed(Event, frozen=True):
    """The order is paid."""

    type: ClassVar[str] = "order.confirmed"
    stream: ClassVar[str] = "order"

    order_id: UUID
    user_id: UUID | None
    payment_id: UUID | None
    currency: str
    total: int
    items: tuple[OrderedItem, ...]


class OrderShipped(Event, frozen=True):
    """The order is on its way; one without a `tracking_number` waits to be picked up, or is a file."""

    type: ClassVar[str] = "order.shipped"
    stream: ClassVar[str] = "order"

    order_id: UUID
    user_id: UUID | None
    tracking_number: str | None


class OrderDelivered(Event, frozen=True):
    """The order has arrived."""

    type: ClassVar[str] = "order.delivered"
    stream: ClassVar[str] = "order"

    order_id: UUID
    user_id: UUID | None


class OrderCancelled(Event, frozen=True):
    """The order will not come; `refund_id` is the money that goes back for it, `was` the state it had."""

    type: ClassVar[str] = "order.cancelled"
    stream: ClassVar[str] = "order"

    order_id: UUID
    user_id: UUID | None
    payment_id: UUID | None
    reason: str
    was: str
    refund_id: UUID | None
    items: tuple[OrderedItem, ...]


class OrderAwaitsTransfer(Event, frozen=True):
    """The customer pays the order by bank transfer; it waits for that."""

    type: ClassVar[str] = "order.awaits_transfer"
    stream: ClassVar[str] = "order"

    order_id: UUID
    user_id: UUID | None


class OrderNoted(Event, frozen=True):
    """Staff wrote something about the order; the words stand in the note."""

    type: ClassVar[str] = "order.noted"
    stream: ClassVar[str] = "order"

    order_id: UUID
    note_id: UUID


class StaffMentioned(Event, frozen=True):
    """A note names somebody of the staff (`user_id`), who is to look at the order."""

    type: ClassVar[str] = "order.staff_mentioned"
    stream: ClassVar[str] = "order"

    order_id: UUID
    note_id: UUID
    user_id: UUID


class OrderReaddressed(Event, frozen=True):
    """The order goes to another address; `total` is what it would have cost there, `refund_id` the difference."""

    type: ClassVar[str] = "order.readdressed"
    stream: ClassVar[str] = "order"

    order_id: UUID
    readdressing_id: UUID
    currency: str
    total: int
    refund_id: UUID | None


class OrderClaimed(Event, frozen=True):
    """A guest's order became an account's, whose proven address is the order's."""

    type: ClassVar[str] = "order.claimed"
    stream: ClassVar[str] = "order"

    order_id: UUID
    user_id: UUID
