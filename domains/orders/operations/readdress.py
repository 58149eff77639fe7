"""Sending an order somewhere else than was said."""

from collections.abc import Sequence
from uuid import UUID

import msgspec
from sqlalchemy import insert, update

from domains import audit
from domains.kit import Address, Transaction, new_id, record
from domains.orders.errors import NotToBeReaddressed
from domains.orders.events import OrderReaddressed
from domains.orders.models import READDRESSINGS, OrderRow
from domains.orders.names import name_words
from domains.orders.queries import order, standing_costs
from domains.orders.states import OrderStatus
from domains.orders.views import DraftTax, NewRoute


async def readdress(
    tx: Transaction,
    order_id: UUID,
    *,
    address: Address,
    route: NewRoute,
    taxes: Sequence[DraftTax],
    refund_id: UUID | None,
) -> UUID:
    """Give a paid order another address, with the way it is sent there and what that costs.

    What was sold and for how much stays as it was placed; the caller holds the order's lock, has seen to it that
    nothing of it is being picked, and has put down what goes back. Emits `order.readdressed`. Raises
    `NotToBeReaddressed`.
    """
    present = await order(tx, order_id)
    if present.status is not OrderStatus.CONFIRMED or present.is_digital:
        raise NotToBeReaddressed
    before = await standing_costs(tx, order_id)
    readdressing_id = new_id()
    tax = sum(each.tax for each in taxes)
    total = present.subtotal.amount - present.discount.amount + route.shipping
    total += 0 if present.prices_include_tax else tax
    await tx.session.execute(
        insert(READDRESSINGS),
        [
            {
                "id": readdressing_id,
                "order_id": order_id,
                "position": before.position + 1,
                "before": msgspec.to_builtins(present.shipping_address),
                "shipping_cents": route.shipping,
                "tax_cents": tax,
                "total_cents": total,
                "taxes": msgspec.to_builtins(list(taxes)),
                "refund_id": refund_id,
            }
        ],
    )
    await tx.session.execute(
        update(OrderRow)
        .where(OrderRow.id == order_id)
        .values(
            shipping_address_snapshot=msgspec.to_builtins(address),
            ship_country=address.country,
            name_words=name_words((address, present.billing_address)),
            shipping_method_id=route.method_id,
            shipping_method=route.method,
            delivery_from=route.delivery_from,
            delivery_until=route.delivery_until,
            updated_at=await tx.now(),
        )
        .execution_options(synchronize_session=False)
    )
    await record(tx, OrderReaddressed(order_id, readdressing_id, present.total.currency, total, refund_id))
    await audit.record(
        tx,
        action="order.readdressed",
        subject=("order", str(order_id)),
        label=present.number,
        changes={
            "address": (present.shipping_address.lines(), address.lines()),
            "shipping_method": (present.shipping_method, route.method),
            "total": (before.total.amount, total),
        },
        sensitive=("address",),
    )
    return readdressing_id
