"""The orders that staff write, as their list shows them."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domains import orders
from domains.checkout import DRAFT_STATE, DraftState, draft_code
from domains.kit import Money, Transaction
from domains.kit.crypto import email_hash, keyring
from domains.kit.listing import Asked, OrderBy, Slice, Source, Where, slice_of

_NUMBER = re.compile(r"[Dd]?([0-9]{1,9})", re.ASCII)
_DRAFTS = Source(
    select=(
        "d.id, d.number, d.created_at, d.sent_at, d.link_until, c.email, c.accepted_total, c.accepted_currency,"
        f" o.order_number, o.shipping_address_snapshot AS address, o.total_cents, o.currency, {DRAFT_STATE} AS state,"
        " p.first_name, p.role,"
        " (SELECT sum(l.quantity) FROM cart.cart_lines l WHERE l.cart_id = c.cart_id) AS items"
    ),
    tables=(
        "checkout.drafts d JOIN checkout.checkouts c ON c.id = d.checkout_id"
        " LEFT JOIN orders.orders o ON o.id = c.order_id AND c.status = 'completed'"
        " LEFT JOIN accounts.accounts p ON p.id = d.created_by"
    ),
    key="d.id",
    orders={"created": OrderBy("d.created_at", "timestamptz")},
)


class DraftRow(msgspec.Struct, frozen=True, kw_only=True):
    """A draft in a list of many. `total` is what was agreed to last, or what its order costs."""

    id: UUID
    code: str
    state: DraftState
    customer: str
    items: int
    total: Money | None
    order_number: str
    by: str
    created_at: datetime
    sent_at: datetime | None
    link_until: datetime | None


async def find_drafts(tx: Transaction, asked: Asked) -> Slice[DraftRow]:
    """The drafts that fit; given up ones only where they are asked for. What was typed finds by number, exact mail
    address or the number of the order it became.

    Filters: `state`, `created`.
    """
    where = Where()
    if asked.q:
        if "@" in asked.q:
            where.add("c.email_hash = :mail", mail=email_hash(asked.q))
        elif number := _NUMBER.fullmatch(asked.q):
            where.add("d.number = :number", number=int(number[1]))
        else:
            where.add("o.order_number = :order", order=asked.q.upper())
    if chosen := asked.chosen("state"):
        where.one_of(f"({DRAFT_STATE})", chosen)
    else:
        where.add("c.status <> 'abandoned'")
    where.within("d.created_at", asked.within("created"))
    return (await slice_of(tx, _DRAFTS, where, asked)).map(_row)


def _row(row: Any) -> DraftRow:
    customer = keyring().decrypt(row.email, "checkout.checkouts.email") if row.email else ""
    total = None
    if row.order_number is not None:
        customer, total = orders.recipient_of(row.address), Money(row.total_cents, row.currency)
    elif row.accepted_total is not None:
        total = Money(row.accepted_total, row.accepted_currency)
    by = keyring().decrypt(row.first_name, "accounts.accounts.first_name") if row.first_name else ""
    return DraftRow(
        id=row.id,
        code=draft_code(row.number),
        state=DraftState(row.state),
        customer=customer,
        items=int(row.items or 0),
        total=total,
        order_number=row.order_number or "",
        by=by or row.role or "",
        created_at=row.created_at,
        sent_at=row.sent_at,
        link_until=row.link_until,
    )
