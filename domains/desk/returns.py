"""Returns and refunds as staff see them: long lists of what comes back and what money goes back."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domains.desk.trail import names_of_staff
from domains.kit import Money, Transaction
from domains.kit.listing import Asked, OrderBy, Slice, Source, Where, slice_of
from domains.returns import ReturnKind, ReturnStatus

_RETURNS = Source(
    select=(
        "r.id, r.number, r.kind, r.status, r.requested_by, r.created_at, o.order_number,"
        " (SELECT coalesce(sum(quantity), 0) FROM returns.return_lines WHERE return_id = r.id) AS pieces"
    ),
    tables="returns.returns r JOIN orders.orders o ON o.id = r.order_id",
    key="r.id",
    orders={"asked": OrderBy("r.created_at", "timestamptz"), "number": OrderBy("r.number")},
)
# A refund that waits has no row in the books of payments yet; those that orders and the gateway made have no other.
_REFUNDS = Source(
    select=("x.id, x.own_id, o.order_number, x.amount_cents, x.currency, x.reason, x.state, x.by_id, x.created_at"),
    tables="""(
        SELECT r.id, g.id AS own_id, r.payment_id, r.amount_cents, r.currency, r.reason, r.status AS state,
               r.requested_by_id AS by_id, r.created_at
        FROM payments.refunds r LEFT JOIN returns.refunds g ON g.payment_refund_id = r.id
        UNION ALL
        SELECT id, id, payment_id, amount_cents, currency, reason, status, requested_by_id, created_at
        FROM returns.refunds WHERE status <> 'given'
    ) x JOIN orders.orders o ON o.payment_id = x.payment_id""",
    key="x.id",
    orders={
        "asked": OrderBy("x.created_at", "timestamptz"),
        "amount": OrderBy("x.amount_cents", "bigint"),
        "order": OrderBy("o.order_number"),
    },
)


class ReturnRow(msgspec.Struct, frozen=True):
    """A return in a list of many."""

    id: UUID
    number: str
    order_number: str
    kind: ReturnKind
    status: ReturnStatus
    requested_by: str
    pieces: int
    created_at: datetime


class RefundRow(msgspec.Struct, frozen=True):
    """A refund in a list of many. `own_id` names it where staff gave it or want to; `by` is who, if it was a person.

    `state` is a state of `payments.RefundState`, or `waiting` or `refused`.
    """

    id: UUID
    own_id: UUID | None
    order_number: str
    amount: Money
    reason: str
    state: str
    by: str
    created_at: datetime


# Found first, as an array: joined, the planner reads all returns, looking for it.
_FOUND_BY = """
r.id = ANY(ARRAY(
    SELECT id FROM returns.returns WHERE number = :number
    UNION SELECT b.id FROM orders.orders s JOIN returns.returns b ON b.order_id = s.id WHERE s.order_number = :number
))
"""


async def find_returns(tx: Transaction, asked: Asked) -> Slice[ReturnRow]:
    """The returns that fit. What was typed finds by the number of the return or of its order.

    Filters: `status`, `kind`, `asked`.
    """
    where = Where()
    if asked.q:
        where.add(_FOUND_BY, number=asked.q.strip().upper())
    where.one_of("r.status", asked.chosen("status"))
    where.one_of("r.kind", asked.chosen("kind"))
    where.within("r.created_at", asked.within("asked"))
    return (await slice_of(tx, _RETURNS, where, asked)).map(
        lambda row: ReturnRow(
            id=row.id,
            number=row.number,
            order_number=row.order_number,
            kind=ReturnKind(row.kind),
            status=ReturnStatus(row.status),
            requested_by=row.requested_by,
            pieces=row.pieces,
            created_at=row.created_at,
        )
    )


async def find_refunds(tx: Transaction, asked: Asked) -> Slice[RefundRow]:
    """The refunds that fit, those that wait among them. What was typed finds by the number of the order.

    Filters: `state`, `asked`, `amount`.
    """
    where = Where()
    if asked.q:
        where.add("o.order_number = :number", number=asked.q.strip().upper())
    where.one_of("x.state", asked.chosen("state"))
    where.within("x.created_at", asked.within("asked"))
    where.between("x.amount_cents", asked.span("amount"))
    found = await slice_of(tx, _REFUNDS, where, asked)
    names = await names_of_staff(tx)
    return found.map(lambda row: _refund(row, names))


def _refund(row: Any, names: dict[UUID, str]) -> RefundRow:
    return RefundRow(
        id=row.id,
        own_id=row.own_id,
        order_number=row.order_number,
        amount=Money(row.amount_cents, row.currency),
        reason=row.reason,
        state=row.state,
        by=names.get(row.by_id, ""),
        created_at=row.created_at,
    )
