"""What the stock is worth: at the end of each day as it was then, and now, by warehouse, category and product.

Worth is what it costs the merchant: pieces on hand (to be sold) and allocated (sold, still on the shelf) times the cost
of the variant in the shop's currency. A variant without a cost is worth nothing here and its pieces are told apart.
Each day keeps the quantities and costs it ended with; a later cost changes no earlier day. Today is looked at anew
every few minutes, and what was never looked at is counted when it is asked for.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from domains import store
from domains.desk.reports import CATEGORIES, Span, Step
from domains.kit import Money, Transaction
from domains.kit.listing import Asked, OrderBy, Slice, Source, Where, slice_of

_COUNTED = ("on_hand", "allocated", "uncosted", "cost")
_SUMS = ", ".join(f"CAST(sum({name}) AS bigint) AS {name}" for name in _COUNTED)
_NOW = """
SELECT s.warehouse_id, p.category_id, sum(s.quantity_on_hand) AS on_hand, sum(s.quantity_allocated) AS allocated,
       coalesce(sum(s.quantity_on_hand + s.quantity_allocated) FILTER (WHERE c.amount IS NULL), 0) AS uncosted,
       coalesce(sum((s.quantity_on_hand + s.quantity_allocated) * c.amount), 0) AS cost
FROM inventory.stock_items s JOIN catalog.variants v ON v.id = s.variant_id
JOIN catalog.products p ON p.id = v.product_id
LEFT JOIN pricing.costs c ON c.variant_id = s.variant_id AND c.currency = :currency
GROUP BY 1, 2
"""
_PRODUCTS = Source(
    select="s.id, v.sku, p.name, p.id AS product_id, w.name AS warehouse, s.quantity_on_hand AS on_hand,"
    " s.quantity_allocated AS allocated, c.amount AS unit_cost, c.currency",
    tables="inventory.stock_items s JOIN catalog.variants v ON v.id = s.variant_id"
    " JOIN catalog.products p ON p.id = v.product_id JOIN inventory.warehouses w ON w.id = s.warehouse_id"
    " LEFT JOIN pricing.costs c ON c.variant_id = s.variant_id AND c.currency = (SELECT currency FROM store.shop)",
    key="s.id",
    orders={"sku": OrderBy("v.sku")},
)


class StockValue(msgspec.Struct, frozen=True, kw_only=True):
    """Stock of a time, a warehouse or a category, and what it is worth; `day` is the last one looked at."""

    label: str = ""
    key: str = ""
    day: date | None = None
    on_hand: int = 0
    allocated: int = 0
    uncosted: int = 0
    cost: Money


class StockReport(msgspec.Struct, frozen=True, kw_only=True):
    """The stock over time, and at its last day by warehouse and by category; `seen_at` is when it was looked at."""

    over_time: tuple[StockValue, ...]
    warehouses: tuple[StockValue, ...]
    categories: tuple[StockValue, ...]
    total: StockValue
    seen_at: datetime | None


class ProductValue(msgspec.Struct, frozen=True, kw_only=True):
    """A variant in a warehouse, and what it is worth now."""

    id: UUID
    product_id: UUID
    sku: str
    name: str
    warehouse: str
    on_hand: int
    allocated: int
    unit_cost: Money | None

    @property
    def cost(self) -> Money | None:
        return None if self.unit_cost is None else self.unit_cost * (self.on_hand + self.allocated)


async def keep_stock(tx: Transaction) -> None:
    """Look at the stock and keep what today is worth so far."""
    shop = await store.shop(tx)
    await tx.sql("SELECT pg_advisory_xact_lock(hashtext('desk.reports'))")
    values = {"day": await store.today(tx), "currency": shop.currency}
    await tx.sql("DELETE FROM desk.report_stock WHERE day = :day", values)
    await tx.sql(
        "INSERT INTO desk.report_stock (day, currency, warehouse_id, category_id, on_hand, allocated, uncosted, cost)"
        f" SELECT CAST(:day AS date), CAST(:currency AS varchar), told.* FROM ({_NOW}) AS told",
        values,
    )


async def stock_report(tx: Transaction, span: Span, step: Step) -> StockReport:
    """The stock of a span: each step as its last day ended, and the last day of all in parts."""
    currency = span.currency or (await store.shop(tx)).currency
    values: dict[str, Any] = {"first": span.first, "last": span.last, "currency": currency}
    days = (
        await tx.sql(
            f"SELECT day, max(seen_at) AS seen_at, {_SUMS} FROM desk.report_stock"
            " WHERE day >= :first AND day <= :last AND currency = :currency GROUP BY day ORDER BY day",
            values,
        )
    ).all()
    last_of = {step.start(row.day): row for row in days}
    if days:
        source, values = "desk.report_stock WHERE day = :day AND currency = :currency", values | {"day": days[-1].day}
    elif span.last >= await store.today(tx):
        source = f"({_NOW}) AS told"
    else:
        source = "desk.report_stock WHERE false"
    parts = (
        await tx.sql(
            f"SELECT warehouse_id, category_id, {_SUMS} FROM {source}"
            " GROUP BY GROUPING SETS ((warehouse_id), (category_id), ()) ORDER BY cost DESC NULLS LAST",
            values,
        )
    ).all()
    houses = {row.id: row.name for row in await tx.sql("SELECT id, name FROM inventory.warehouses")}
    categories = {row.id: row.name for row in await tx.sql(CATEGORIES)}
    return StockReport(
        over_time=tuple(_value(row, currency, day=row.day, key=str(start)) for start, row in last_of.items()),
        warehouses=tuple(_value(row, currency, label=houses.get(row.warehouse_id, "")) for row in parts
                         if row.warehouse_id is not None),
        categories=tuple(_value(row, currency, label=categories.get(row.category_id, "")) for row in parts
                         if row.category_id is not None),
        total=next(_value(row, currency) for row in parts if row.warehouse_id is None and row.category_id is None),
        seen_at=days[-1].seen_at if days else await tx.now(),
    )  # fmt: skip


async def find_stock_values(tx: Transaction, asked: Asked) -> Slice[ProductValue]:
    """Variants by warehouse with what they are worth now, a page at a time; filter `warehouse` and `cost` ("none"),
    words by SKU."""
    where = Where().one_of("s.warehouse_id", asked.chosen("warehouse"), type="uuid")
    if asked.chosen("cost"):
        where.add("c.amount IS NULL AND s.quantity_on_hand + s.quantity_allocated > 0")
    if asked.q:
        where.add("v.sku ILIKE :prefix", prefix=asked.q.replace("\\", "\\\\").replace("%", "\\%") + "%")
    return (await slice_of(tx, _PRODUCTS, where, asked)).map(
        lambda row: ProductValue(
            id=row.id,
            product_id=row.product_id,
            sku=row.sku,
            name=row.name,
            warehouse=row.warehouse,
            on_hand=row.on_hand,
            allocated=row.allocated,
            unit_cost=None if row.unit_cost is None else Money(row.unit_cost, row.currency),
        )
    )


def _value(row: Any, currency: str, *, label: str = "", key: str = "", day: date | None = None) -> StockValue:
    return StockValue(
        label=label,
        key=key,
        day=day,
        on_hand=row.on_hand or 0,
        allocated=row.allocated or 0,
        uncosted=row.uncosted or 0,
        cost=Money(row.cost or 0, currency),
    )
