"""The customers as staff see them: found by the words of their names and addresses, with what they ordered."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domains.kit import Money, Transaction
from domains.kit.crypto import email_hash, keyring, word_hash
from domains.kit.listing import Asked, OrderBy, Slice, Source, Where, slice_of
from domains.orders import OrderStatus
from domains.payments import PaymentStatus

_BREAK = re.compile(r"[\s@.,_+-]+")
_CUSTOMERS = Source(
    select="a.id, a.email, a.first_name, a.last_name, a.account_status, a.email_verified, a.created_at",
    tables="accounts.accounts a",
    key="a.id",
    orders={"registered": OrderBy("a.created_at", "timestamptz")},
)
# Each word from an index of its own; who has all of them is meant.
_HAS_WORD = "a.id IN (SELECT account_id FROM accounts.account_words WHERE word_hash = :word{number})"
_SPENT = """
SELECT o.user_id, o.currency, count(*) FILTER (WHERE o.status IN ('confirmed', 'shipped', 'delivered')) AS orders,
       coalesce(sum(p.captured_cents - p.refunded_cents), 0) AS spent, max(o.created_at) AS last_at
FROM orders.orders o LEFT JOIN payments.payments p ON p.id = o.payment_id
WHERE o.user_id = ANY(CAST(:accounts AS uuid[])) GROUP BY o.user_id, o.currency
ORDER BY o.user_id, spent DESC
"""
_NEWEST = """
SELECT o.order_number, o.status, p.status AS payment, o.created_at, o.total_cents, o.currency
FROM orders.orders o LEFT JOIN payments.payments p ON p.id = o.payment_id
WHERE o.user_id = :account ORDER BY o.created_at DESC, o.id DESC LIMIT :most
"""


class Spent(msgspec.Struct, frozen=True):
    """What somebody has bought: orders that stand, and what was paid and not given back, by currency."""

    orders: int = 0
    amounts: tuple[Money, ...] = ()
    last_at: datetime | None = None


class CustomerRow(msgspec.Struct, frozen=True):
    """A customer in a list of many."""

    id: UUID
    name: str
    email: str
    status: str
    email_verified: bool
    registered_at: datetime
    spent: Spent


class CustomerOrder(msgspec.Struct, frozen=True):
    """An order of a customer, on his page."""

    number: str
    status: OrderStatus
    payment: PaymentStatus | None
    placed_at: datetime
    total: Money


async def find_customers(tx: Transaction, asked: Asked) -> Slice[CustomerRow]:
    """The customers that fit. What was typed finds by exact mail address, or by the words of names and addresses.

    Filters: `status`, `registered`.
    """
    where = Where().add("a.role = 'customer'")
    if "@" in asked.q:
        where.add("a.email_hash = :mail", mail=email_hash(asked.q))
    elif asked.q:
        for number, word in enumerate(dict.fromkeys(filter(None, _BREAK.split(asked.q)[:6]))):
            where.add(_HAS_WORD.format(number=number), **{f"word{number}": word_hash(word)})
    where.one_of("a.account_status", asked.chosen("status"))
    where.within("a.created_at", asked.within("registered"))
    found = await slice_of(tx, _CUSTOMERS, where, asked)
    spent = await spent_by(tx, [row.id for row in found.rows])
    return found.holding(tuple(_row(row, spent) for row in found.rows))


async def spent_by(tx: Transaction, account_ids: Sequence[UUID]) -> dict[UUID, Spent]:
    """What each of them has bought; the currency most was paid in comes first."""
    found: dict[UUID, Spent] = {}
    for row in await tx.sql(_SPENT, {"accounts": list(account_ids)}):
        so_far = found.get(row.user_id, Spent())
        found[row.user_id] = Spent(
            so_far.orders + row.orders,
            (*so_far.amounts, Money(int(row.spent), row.currency)),
            max(filter(None, (so_far.last_at, row.last_at))),
        )
    return found


async def newest_orders(tx: Transaction, account_id: UUID, *, most: int = 10) -> tuple[CustomerOrder, ...]:
    """The last orders of a customer, the newest first."""
    rows = await tx.sql(_NEWEST, {"account": account_id, "most": most})
    return tuple(
        CustomerOrder(
            number=row.order_number,
            status=OrderStatus(row.status),
            payment=None if row.payment is None else PaymentStatus(row.payment),
            placed_at=row.created_at,
            total=Money(row.total_cents, row.currency),
        )
        for row in rows
    )


def _row(row: Any, spent: Mapping[UUID, Spent]) -> CustomerRow:
    return CustomerRow(
        id=row.id,
        name=f"{_open(row.first_name, 'first_name')} {_open(row.last_name, 'last_name')}".strip(),
        email=_open(row.email, "email"),
        status=row.account_status,
        email_verified=row.email_verified,
        registered_at=row.created_at,
        spent=spent.get(row.id, Spent()),
    )


def _open(sealed: str, column: str) -> str:
    return keyring().decrypt(sealed, f"accounts.accounts.{column}")
