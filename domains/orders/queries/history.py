"""The orders of an account, as its list shows them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from domains import payments, store
from domains.kit import Money, Transaction
from domains.orders.states import CancelReason, OrderStatus, display_status
from domains.orders.views import OrderFilter, OrderPage, OrderSummary, SummaryLine

PAGE_SIZE = 20
EVERY_ORDER = OrderFilter()

_YEARS = """
SELECT DISTINCT CAST(extract(year FROM created_at AT TIME ZONE :zone) AS int) AS year
FROM orders.orders WHERE user_id = :account ORDER BY year DESC
"""
_ONE_PAGE = """
SELECT id, order_number, status, cancel_reason, payment_id, total_cents, currency, delivery_from, delivery_until,
       created_at
FROM orders.orders o WHERE {which} ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :start
"""
_LINES = """
SELECT order_id, product_id, variant_id, product_name_snapshot, options_snapshot, quantity
FROM orders.order_lines WHERE order_id = ANY(CAST(:ids AS uuid[])) ORDER BY order_id, position
"""
_FOUND_BY = """
(o.order_number ILIKE :q OR EXISTS (
    SELECT FROM orders.order_lines l WHERE l.order_id = o.id AND (
        l.product_name_snapshot ILIKE :q OR l.options_snapshot ILIKE :q OR l.sku_snapshot ILIKE :q)))
"""
_IN_YEAR = """
(o.created_at >= make_timestamptz(:year, 1, 1, 0, 0, 0, :zone)
 AND o.created_at < make_timestamptz(:year + 1, 1, 1, 0, 0, 0, :zone))
"""


async def history(tx: Transaction, account_id: UUID, *, page: int = 1, only: OrderFilter = EVERY_ORDER) -> OrderPage:
    """The account's orders that fit, newest first, `PAGE_SIZE` to a page; years are told by the shop's clock.

    A page costs a fixed number of queries, however many orders are on it.
    """
    zone = (await store.shop(tx)).time_zone
    which, values = _which(account_id, only, zone)
    years = tuple((await tx.sql(_YEARS, {"account": account_id, "zone": zone})).scalars())
    total: int = (await tx.sql(f"SELECT count(*) FROM orders.orders o WHERE {which}", values)).scalar_one()
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), pages)
    rows = (
        await tx.sql(_ONE_PAGE.format(which=which), {**values, "limit": PAGE_SIZE, "start": (page - 1) * PAGE_SIZE})
    ).all()
    return OrderPage(await _summaries(tx, rows), total, page, pages, years)


def _which(account_id: UUID, only: OrderFilter, zone: str) -> tuple[str, dict[str, Any]]:
    conditions, values = ["o.user_id = :account"], dict[str, Any](account=account_id)
    if only.status is not None:
        conditions.append("o.status = :status")
        values["status"] = only.status
    if only.year is not None:
        conditions.append(_IN_YEAR)
        values |= {"year": only.year, "zone": zone}
    if only.q.strip():
        conditions.append(_FOUND_BY)
        values["q"] = f"%{_literal(only.q.strip())}%"
    return " AND ".join(conditions), values


def _literal(words: str) -> str:
    """What was typed means itself, percent signs and all."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


async def _summaries(tx: Transaction, rows: Sequence[Any]) -> tuple[OrderSummary, ...]:
    lines: dict[UUID, list[SummaryLine]] = defaultdict(list)
    for line in await tx.sql(_LINES, {"ids": [row.id for row in rows]}):
        lines[line.order_id].append(
            SummaryLine(
                line.product_id, line.variant_id, line.product_name_snapshot, line.options_snapshot, line.quantity
            )
        )
    paid = await payments.statuses(tx, [row.payment_id for row in rows if row.payment_id is not None])
    return tuple(
        OrderSummary(
            id=row.id,
            number=row.order_number,
            status=OrderStatus(row.status),
            display_status=display_status(
                OrderStatus(row.status),
                paid.get(row.payment_id),
                CancelReason(row.cancel_reason) if row.cancel_reason else None,
            ),
            total=Money(row.total_cents, row.currency),
            lines=tuple(lines[row.id]),
            delivery_from=row.delivery_from,
            delivery_until=row.delivery_until,
            created_at=row.created_at,
        )
        for row in rows
    )
