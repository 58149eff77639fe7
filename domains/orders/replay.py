"""An order from its events alone: what they add up to must equal the rows (I20)."""

from collections.abc import Iterable
from uuid import UUID

import msgspec

from domains.kit import Event, RecordedEvent, Transaction
from domains.kit.events import history
from domains.orders.errors import OrderNotFound
from domains.orders.events import (
    OrderCancelled,
    OrderClaimed,
    OrderConfirmed,
    OrderCreated,
    OrderDelivered,
    OrderedItem,
    OrderShipped,
)
from domains.orders.queries import order
from domains.orders.states import OrderStatus
from domains.orders.views import OrderState


def replay(events: Iterable[Event | RecordedEvent]) -> OrderState:
    """What the events of one order, oldest first, say about it. Raises `OrderNotFound` for none."""
    state: OrderState | None = None
    for recorded in events:
        fact = recorded.fact() if isinstance(recorded, RecordedEvent) else recorded
        if isinstance(fact, OrderCreated):
            told = {name: getattr(fact, name) for name in fact.__struct_fields__ if name != "order_id"}
            state = OrderState(status=OrderStatus.PENDING, **told)
            continue
        if state is None:
            raise OrderNotFound
        match fact:
            case OrderConfirmed():
                state = msgspec.structs.replace(state, status=OrderStatus.CONFIRMED)
            case OrderShipped():
                state = msgspec.structs.replace(state, status=OrderStatus.SHIPPED, tracking_number=fact.tracking_number)
            case OrderDelivered():
                state = msgspec.structs.replace(state, status=OrderStatus.DELIVERED)
            case OrderCancelled():
                state = msgspec.structs.replace(state, status=OrderStatus.CANCELLED, cancel_reason=fact.reason)
            case OrderClaimed():
                state = msgspec.structs.replace(state, user_id=fact.user_id)
            case _:
                pass
    if state is None:
        raise OrderNotFound
    return state


async def replayed(tx: Transaction, order_id: UUID) -> OrderState:
    """The order as its stored events tell it."""
    return replay(await history(tx, "order", order_id))


async def state_of(tx: Transaction, order_id: UUID) -> OrderState:
    """The order as its rows tell it, in the same shape."""
    view = await order(tx, order_id)
    cart_id: UUID | None = (
        await tx.sql("SELECT cart_id FROM orders.orders WHERE id = :id", {"id": order_id})
    ).scalar_one()
    return OrderState(
        number=view.number,
        status=view.status,
        user_id=view.user_id,
        payment_id=view.payment_id,
        checkout_id=view.checkout_id,
        cart_id=cart_id,
        currency=view.total.currency,
        prices_include_tax=view.prices_include_tax,
        subtotal=view.subtotal.amount,
        discount=view.discount.amount,
        shipping=view.shipping.amount,
        tax=view.tax.amount,
        total=view.total.amount,
        items=tuple(
            OrderedItem(line.variant_id, line.product_id, line.quantity, line.unit_price.amount) for line in view.lines
        ),
        tracking_number=view.tracking_number,
        cancel_reason=view.cancel_reason,
    )
