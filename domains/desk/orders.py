"""The orders as staff see them: found by one box, with the states of payment, fulfilment and return apart."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domains import accounts, orders, payments
from domains.kit import Money, Transaction
from domains.kit.crypto import email_hash
from domains.kit.listing import Asked, OrderBy, Slice, Source, Where, slice_of

_NUMBER = re.compile(r"(?:ORD-?)?([0-9]{8})-?([0-9A-HJKMNP-TV-Z]{4})", re.IGNORECASE)
_NUMBER_END = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}", re.IGNORECASE)

_ORDERS = Source(
    select=(
        "o.id, o.order_number, o.status, o.cancel_reason, o.created_at, o.total_cents, o.currency, o.ship_country,"
        " o.shipping_address_snapshot AS address, o.shipping_method, p.status AS payment, p.refunded_cents,"
        " (SELECT sum(l.quantity) FROM orders.order_lines l WHERE l.order_id = o.id) AS items"
    ),
    tables="orders.orders o LEFT JOIN payments.payments p ON p.id = o.payment_id",
    key="o.id",
    orders={
        "placed": OrderBy("o.created_at", "timestamptz"),
        "number": OrderBy("o.order_number"),
        "total": OrderBy("o.total_cents", "bigint"),
    },
)
# What was typed may be a name, the end of a number, an SKU or a tracking number: each is asked of its own index.
_FOUND_BY = """
o.id IN (
    SELECT id FROM orders.orders WHERE name_words @> CAST(:words AS bigint[])
    UNION SELECT order_id FROM orders.order_lines WHERE upper(sku_snapshot) = upper(:typed)
    UNION SELECT id FROM orders.orders WHERE upper(tracking_number) = upper(:typed)
    UNION SELECT id FROM orders.orders WHERE right(order_number, 4) = :number_end
)
"""


class OrderRow(msgspec.Struct, frozen=True):
    """An order in a list of many."""

    id: UUID
    number: str
    status: orders.OrderStatus
    payment: payments.PaymentStatus | None
    placed_at: datetime
    customer: str
    country: str
    items: int
    total: Money
    refunded: Money
    shipping_method: str


async def find_orders(tx: Transaction, asked: Asked) -> Slice[OrderRow]:
    """The orders that fit. What was typed finds by number, exact mail address, name, SKU or tracking number.

    Filters: `status`, `payment`, `country`, `placed`, `total`.
    """
    where = Where()
    if asked.q:
        await _by_words(tx, where, asked.q)
    where.one_of("o.status", asked.chosen("status"))
    where.one_of("p.status", asked.chosen("payment"))
    where.one_of("o.ship_country", asked.chosen("country"))
    where.within("o.created_at", asked.within("placed"))
    where.between("o.total_cents", asked.span("total"))
    return (await slice_of(tx, _ORDERS, where, asked)).map(_row)


async def _by_words(tx: Transaction, where: Where, typed: str) -> None:
    if number := _NUMBER.fullmatch(typed):
        where.add("o.order_number = :number", number=f"ORD-{number[1]}-{number[2].upper()}")
    elif "@" in typed:
        found = await accounts.find_account(tx, typed)
        where.add(
            "o.email_hash = :mail" + (" OR o.user_id = :account" if found is not None else ""),
            mail=email_hash(typed),
            **({"account": found} if found is not None else {}),
        )
    else:
        end = typed.upper() if _NUMBER_END.fullmatch(typed) else ""
        where.add(_FOUND_BY, words=orders.words_to_find(typed) or [0], typed=typed, number_end=end)


def _row(row: Any) -> OrderRow:
    return OrderRow(
        id=row.id,
        number=row.order_number,
        status=orders.OrderStatus(row.status),
        payment=None if row.payment is None else payments.PaymentStatus(row.payment),
        placed_at=row.created_at,
        customer=orders.recipient_of(row.address),
        country=row.ship_country or "",
        items=int(row.items or 0),
        total=Money(row.total_cents, row.currency),
        refunded=Money(row.refunded_cents or 0, row.currency),
        shipping_method=row.shipping_method,
    )
