"""The orders as staff see them: found by one box, with the states of payment, fulfilment and return apart."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domains import accounts, fulfilment, orders, payments, returns
from domains.kit import Money, Transaction
from domains.kit.crypto import email_hash
from domains.kit.listing import Asked, OrderBy, Slice, Source, Where, slice_of

_NUMBER = re.compile(r"(?:ORD-?)?([0-9]{8})-?([0-9A-HJKMNP-TV-Z]{4})", re.IGNORECASE)
_NUMBER_END = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}", re.IGNORECASE)
_RARE = 500  # orders of a name that are listed by their ids; of a more common one the newest are soon met anyway

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
# What was typed may be a name, the end of a number, an SKU or a tracking number: each is asked of its own index, before
# anything else is. The planner would walk all orders from the newest instead, looking for them.
_FOUND_BY = f"""
SELECT id, is_named FROM (
    (SELECT id, true AS is_named FROM orders.orders WHERE name_words @> CAST(:words AS bigint[]) LIMIT {_RARE + 1})
    UNION SELECT order_id, false FROM orders.order_lines WHERE upper(sku_snapshot) = upper(:typed)
    UNION SELECT id, false FROM orders.orders WHERE upper(tracking_number) = upper(:typed)
    UNION SELECT s.order_id, false FROM fulfilment.parcels p JOIN fulfilment.shipments s ON s.id = p.shipment_id
          WHERE p.tracking_number IN (:typed, upper(:typed))
    UNION SELECT id, false FROM orders.orders WHERE right(order_number, 4) = :number_end
) AS found
"""
# Where the parcels stand: those still in the house are few and have an index of their own.
_AT = """
o.id IN (SELECT order_id FROM fulfilment.shipments
         WHERE status = ANY(CAST(:at AS text[]))
           AND status IN ('waiting', 'allocated', 'picking', 'packed', 'on_hold'))
"""
_COMING_BACK = "o.id IN (SELECT order_id FROM returns.returns WHERE status = ANY(CAST(:coming AS text[])))"
_RETURNS = """
SELECT DISTINCT ON (order_id) order_id, status FROM returns.returns
WHERE order_id = ANY(CAST(:ids AS uuid[])) ORDER BY order_id, created_at DESC, id DESC
"""
AT_WORK = (
    fulfilment.ShipmentStatus.WAITING,
    fulfilment.ShipmentStatus.ALLOCATED,
    fulfilment.ShipmentStatus.PICKING,
    fulfilment.ShipmentStatus.PACKED,
    fulfilment.ShipmentStatus.ON_HOLD,
)
"""What the list is filtered by under `fulfilment`; sent and arrived are states of the order."""


class OrderRow(msgspec.Struct, frozen=True):
    """An order in a list of many."""

    id: UUID
    number: str
    status: orders.OrderStatus
    payment: payments.PaymentStatus | None
    fulfilment: fulfilment.FulfilmentState
    coming_back: returns.ReturnStatus | None
    placed_at: datetime
    customer: str
    country: str
    items: int
    total: Money
    refunded: Money
    shipping_method: str


async def find_orders(tx: Transaction, asked: Asked) -> Slice[OrderRow]:
    """The orders that fit. What was typed finds by number, exact mail address, name, SKU or tracking number.

    Filters: `status`, `payment`, `fulfilment`, `returns`, `country`, `placed`, `total`.
    """
    where = Where()
    if asked.q:
        await _by_words(tx, where, asked.q)
    where.one_of("o.status", asked.chosen("status"))
    where.one_of("p.status", asked.chosen("payment"))
    if at := asked.chosen("fulfilment"):
        where.add(_AT, at=list(at))
    if coming := asked.chosen("returns"):
        where.add(_COMING_BACK, coming=list(coming))
    where.one_of("o.ship_country", asked.chosen("country"))
    where.within("o.created_at", asked.within("placed"))
    where.between("o.total_cents", asked.span("total"))
    found = await slice_of(tx, _ORDERS, where, asked)
    ids = [row.id for row in found.rows]
    parcels = await fulfilment.state_of(tx, ids)
    coming_back = {row.order_id: row.status for row in await tx.sql(_RETURNS, {"ids": ids})}
    return found.map(lambda row: _row(row, parcels[row.id], coming_back.get(row.id)))


async def _by_words(tx: Transaction, where: Where, typed: str) -> None:
    if number := _NUMBER.fullmatch(typed):
        where.add("o.order_number = :number", number=f"ORD-{number[1]}-{number[2].upper()}")
    elif "@" in typed:
        account = await accounts.find_account(tx, typed)
        where.add(
            "o.email_hash = :mail" + (" OR o.user_id = :account" if account is not None else ""),
            mail=email_hash(typed),
            **({"account": account} if account is not None else {}),
        )
    else:
        end = typed.upper() if _NUMBER_END.fullmatch(typed) else ""
        words = orders.words_to_find(typed) or [0]
        found = (await tx.sql(_FOUND_BY, {"words": words, "typed": typed, "number_end": end})).all()
        if sum(row.is_named for row in found) <= _RARE:
            where.add("o.id = ANY(CAST(:found AS uuid[]))", found=list({row.id for row in found}))
        else:
            where.add(
                "o.name_words @> CAST(:words AS bigint[]) OR o.id = ANY(CAST(:others AS uuid[]))",
                words=words,
                others=[row.id for row in found if not row.is_named],
            )


def _row(row: Any, parcels: fulfilment.FulfilmentState, coming_back: str | None) -> OrderRow:
    return OrderRow(
        id=row.id,
        number=row.order_number,
        status=orders.OrderStatus(row.status),
        payment=None if row.payment is None else payments.PaymentStatus(row.payment),
        fulfilment=parcels,
        coming_back=None if coming_back is None else returns.ReturnStatus(coming_back),
        placed_at=row.created_at,
        customer=orders.recipient_of(row.address),
        country=row.ship_country or "",
        items=int(row.items or 0),
        total=Money(row.total_cents, row.currency),
        refunded=Money(row.refunded_cents or 0, row.currency),
        shipping_method=row.shipping_method,
    )
