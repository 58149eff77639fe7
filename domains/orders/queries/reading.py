"""One order, whole or as much as a flow needs; what a shopper may see is filtered here by owner or by link."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import JSON, ColumnElement, exists, false, func, literal_column, select

from domains import accounts, payments
from domains.kit import Address, Money, Transaction
from domains.kit.crypto import token_hash
from domains.orders.errors import OrderNotFound, TransitionRefused
from domains.orders.models import AccessTokenRow, OrderRow
from domains.orders.states import CancelReason, OrderStatus, display_status
from domains.orders.views import (
    Destination,
    OrderHead,
    OrderLineView,
    OrderTaxView,
    OrderView,
)

MOST_LINKS = 10

# Lines and taxes in the same round trip: an order is read on nearly every page and by every mail.
_LINES = literal_column(
    "(SELECT json_agg(l ORDER BY l.position) FROM orders.order_lines l WHERE l.order_id = orders.orders.id)", JSON()
)
_TAXES = literal_column(
    "(SELECT coalesce(json_agg(t ORDER BY t.position), '[]') FROM orders.order_tax_lines t"
    " WHERE t.order_id = orders.orders.id)",
    JSON(),
)


class _Line(msgspec.Struct):
    id: UUID
    product_id: UUID
    variant_id: UUID
    product_name_snapshot: str
    options_snapshot: str
    sku_snapshot: str
    quantity: int
    unit_price_cents: int
    line_total_cents: int
    discount_cents: int
    tax_cents: int
    is_digital: bool


class _Tax(msgspec.Struct):
    name: str
    rate_ppm: int
    taxable_cents: int
    tax_cents: int


async def lock(tx: Transaction, order_id: UUID) -> OrderHead:
    """Hold the order's row until the end of the transaction. Raises `OrderNotFound`."""
    return await _head(tx, order_id, " FOR UPDATE")


async def head(tx: Transaction, order_id: UUID) -> OrderHead:
    """What a flow needs of the order, without holding it. Raises `OrderNotFound`."""
    return await _head(tx, order_id, "")


async def _head(tx: Transaction, order_id: UUID, hold: str) -> OrderHead:
    row = (
        await tx.sql(
            "SELECT id, order_number, status, total_cents, currency, payment_id, checkout_id, cart_id, user_id"
            f" FROM orders.orders WHERE id = :id{hold}",
            {"id": order_id},
        )
    ).one_or_none()
    if row is None:
        raise OrderNotFound
    return OrderHead(
        id=row.id,
        number=row.order_number,
        status=OrderStatus(row.status),
        total=Money(row.total_cents, row.currency),
        payment_id=row.payment_id,
        checkout_id=row.checkout_id,
        cart_id=row.cart_id,
        user_id=row.user_id,
    )


async def order(tx: Transaction, order_id: UUID) -> OrderView:
    """The order, for the program's own use: nobody's right to see it is checked. Raises `OrderNotFound`."""
    return await _view(tx, OrderRow.id == order_id)


async def by_number(tx: Transaction, number: str) -> OrderView:
    """The order of this number, for staff alone: nobody's right to see it is checked. Raises `OrderNotFound`."""
    return await _view(tx, OrderRow.order_number == number.upper()[:20])


async def destination(tx: Transaction, order_id: UUID) -> Destination:
    """Where the order goes, for who sends it. Raises `OrderNotFound`."""
    row = (
        await tx.session.execute(
            select(
                OrderRow.order_number, OrderRow.status, OrderRow.created_at, OrderRow.shipping_address_snapshot
            ).where(OrderRow.id == order_id)
        )
    ).one_or_none()
    if row is None:
        raise OrderNotFound
    return Destination(
        number=row.order_number,
        status=OrderStatus(row.status),
        created_at=row.created_at,
        shipping_address=_address(row.shipping_address_snapshot),
    )


async def by_access(tx: Transaction, number: str, tokens: Sequence[str]) -> OrderView:
    """The order that one of the links opens. Raises `OrderNotFound`, alike for wrong, expired and other orders' ones.

    The tokens have 256 random bits and are compared by their hashes in an index, so that time tells nothing of them.
    """
    return await _view(tx, (OrderRow.order_number == number) & _opened_by(tokens))


async def visible(tx: Transaction, number: str, *, account_id: UUID | None, tokens: Sequence[str]) -> OrderView:
    """The order for who owns it or holds a link to it. Raises `OrderNotFound`, alike for unknown and foreign ones."""
    mine = OrderRow.user_id == account_id if account_id is not None else false()
    return await _view(tx, (OrderRow.order_number == number) & (mine | _opened_by(tokens)))


async def cancellable(tx: Transaction, number: str, *, account_id: UUID | None, tokens: Sequence[str]) -> UUID:
    """The order that whoever owns it, or holds a link to it, may still cancel: one that is not paid.

    Raises `OrderNotFound` like `visible`, and `TransitionRefused`.
    """
    found = await visible(tx, number, account_id=account_id, tokens=tokens)
    if not found.can_be_cancelled:
        raise TransitionRefused(found.status)
    return found.id


def _opened_by(tokens: Sequence[str]) -> ColumnElement[bool]:
    hashes = [token_hash(token) for token in tokens[:MOST_LINKS]]
    return exists().where(
        AccessTokenRow.order_id == OrderRow.id,
        AccessTokenRow.token_hash.in_(hashes),
        AccessTokenRow.expires_at > func.kit.now(),
    )


async def number_of(tx: Transaction, order_id: UUID) -> str:
    """The order's number. Raises `OrderNotFound`."""
    found: str | None = (
        await tx.sql("SELECT order_number FROM orders.orders WHERE id = :id", {"id": order_id})
    ).scalar()
    if found is None:
        raise OrderNotFound
    return found


async def unpaid_of_closed(tx: Transaction) -> list[UUID]:
    """The orders that wait for a payment though their account was closed, oldest first."""
    rows = (
        await tx.sql(
            "SELECT id, user_id FROM orders.orders WHERE status = 'pending' AND user_id IS NOT NULL"
            " ORDER BY created_at, id"
        )
    ).all()
    closed = await accounts.deactivated(tx, [row.user_id for row in rows])
    return [row.id for row in rows if row.user_id in closed]


async def _view(tx: Transaction, which: ColumnElement[bool]) -> OrderView:
    # populate_existing: a session that has seen the order before must not answer from what it saw then.
    found = (
        await tx.session.execute(
            select(OrderRow, _LINES, _TAXES).where(which).execution_options(populate_existing=True)
        )
    ).one_or_none()
    if found is None:
        raise OrderNotFound
    row: OrderRow = found[0]
    lines, taxes = msgspec.convert(found[1], list[_Line]), msgspec.convert(found[2], list[_Tax])
    payment = None if row.payment_id is None else await payments.payment(tx, row.payment_id)
    refunds = () if payment is None else payment.refunds
    status, reason = _states(row)

    def money(amount: int) -> Money:
        return Money(amount, row.currency)

    return OrderView(
        id=row.id,
        number=row.order_number,
        status=status,
        display_status=display_status(status, None if payment is None else payment.status, reason),
        cancel_reason=reason,
        user_id=row.user_id,
        email=row.email,
        lines=tuple(
            OrderLineView(
                id=line.id,
                product_id=line.product_id,
                variant_id=line.variant_id,
                product_name=line.product_name_snapshot,
                options=line.options_snapshot,
                sku=line.sku_snapshot,
                quantity=line.quantity,
                unit_price=money(line.unit_price_cents),
                line_total=money(line.line_total_cents),
                discount=money(line.discount_cents),
                tax=money(line.tax_cents),
                is_digital=line.is_digital,
            )
            for line in lines
        ),
        tax_lines=tuple(
            OrderTaxView(tax.name, tax.rate_ppm, money(tax.taxable_cents), money(tax.tax_cents)) for tax in taxes
        ),
        subtotal=money(row.subtotal_cents),
        discount=money(row.discount_cents),
        shipping=money(row.shipping_cents),
        tax=money(row.tax_cents),
        total=money(row.total_cents),
        prices_include_tax=row.prices_include_tax,
        shipping_address=_address(row.shipping_address_snapshot),
        billing_address=_address(row.billing_address_snapshot),
        shipping_method=row.shipping_method,
        shipping_method_id=row.shipping_method_id,
        delivery_from=row.delivery_from,
        delivery_until=row.delivery_until,
        payment_id=row.payment_id,
        payment=payment,
        refunds=tuple(refunds),
        payment_method=row.payment_method,
        notes=row.notes,
        checkout_id=row.checkout_id,
        tracking_number=row.tracking_number,
        created_at=row.created_at,
        confirmed_at=row.confirmed_at,
        shipped_at=row.shipped_at,
        delivered_at=row.delivered_at,
        cancelled_at=row.cancelled_at,
    )


def _states(row: OrderRow) -> tuple[OrderStatus, CancelReason | None]:
    return OrderStatus(row.status), CancelReason(row.cancel_reason) if row.cancel_reason else None


def _address(snapshot: dict[str, Any]) -> Address:
    return msgspec.convert(snapshot, Address)
