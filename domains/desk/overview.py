"""The figures of the overview: how today goes beside the same day last week, and how much waits for somebody."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from domains import store
from domains.kit import Money, Transaction
from domains.kit.listing import COUNTED, Count

CHART_DAYS = 30

# What waits, by key: rows that each link's list shows under the same words. A count stops at `COUNTED`.
WAITING: Mapping[str, str] = {
    "to_pay": "SELECT 1 FROM orders.orders WHERE status = 'pending'",
    "to_allocate": "SELECT 1 FROM fulfilment.shipments WHERE status = 'waiting'",
    "to_pick": (
        "SELECT 1 FROM fulfilment.shipments WHERE status IN ('allocated', 'picking')"
        " AND (status = 'allocated' OR picked_at IS NULL)"
    ),
    "to_pack": "SELECT 1 FROM fulfilment.shipments WHERE status = 'picking' AND picked_at IS NOT NULL",
    "to_ship": "SELECT 1 FROM fulfilment.shipments WHERE status = 'packed'",
    "on_hold": "SELECT 1 FROM fulfilment.shipments WHERE status = 'on_hold'",
    "returns": "SELECT 1 FROM returns.returns WHERE status IN ('requested', 'received')",
    "refunds": "SELECT 1 FROM returns.refunds WHERE status = 'waiting'",
    "low_stock": "SELECT 1 FROM inventory.stock_items WHERE quantity_on_hand - quantity_reserved < reorder_threshold",
    "reviews": (
        "SELECT 1 FROM reviews.reviews WHERE status = 'pending'"
        " UNION ALL SELECT 1 FROM reviews.reviews WHERE status = 'published' AND reports > 0"
    ),
    "messages": "SELECT 1 FROM content.messages WHERE state = 'open'",
    "failed_mails": (
        "SELECT 1 FROM notifications.notifications WHERE status IN ('failed', 'bounced') AND settled_at IS NULL"
    ),
    "failed_jobs": "SELECT 1 FROM kit.deliveries WHERE state = 'dead'",
}
# An order counts on the day its money was taken, in the shop's currency; one that was cancelled later does not.
_SALES = """
SELECT CAST(confirmed_at AT TIME ZONE :zone AS date) AS day, count(*) AS orders, sum(total_cents) AS sales,
       count(*) FILTER (WHERE confirmed_at < :then) AS orders_then,
       coalesce(sum(total_cents) FILTER (WHERE confirmed_at < :then), 0) AS sales_then
FROM orders.orders WHERE confirmed_at >= :since AND status <> 'cancelled' AND currency = :currency
GROUP BY 1
"""


class DaySales(msgspec.Struct, frozen=True):
    """What was sold on a day of the shop's calendar."""

    day: date
    orders: int
    sales: Money


class Sales(msgspec.Struct, frozen=True):
    """Today so far, the same day last week until the same time, and `CHART_DAYS` days with those before them."""

    today: DaySales
    week_ago: DaySales
    days: tuple[DaySales, ...]
    before: tuple[DaySales, ...]


async def waiting(tx: Transaction, keys: Collection[str]) -> dict[str, Count]:
    """How much waits under each key of `WAITING`, in one query."""
    wanted = [key for key in WAITING if key in keys]
    if not wanted:
        return {}
    counts = ", ".join(f"(SELECT count(*) FROM ({WAITING[key]} LIMIT {COUNTED + 1}) AS w) AS {key}" for key in wanted)
    row = (await tx.sql(f"SELECT {counts}")).mappings().one()
    return {key: Count(min(row[key], COUNTED), is_exact=row[key] <= COUNTED) for key in wanted}


async def sales(tx: Transaction) -> Sales:
    """What was sold lately, by days of the shop's time zone. Raises `ShopNotSetUp`."""
    shop = await store.shop(tx)
    zone = ZoneInfo(shop.time_zone)
    now = (await tx.now()).astimezone(zone)
    today = now.date()
    last_week = today - timedelta(days=7)
    first = today - timedelta(days=2 * CHART_DAYS - 1)
    rows = {
        row.day: row
        for row in await tx.sql(
            _SALES,
            {
                "zone": shop.time_zone,
                "currency": shop.currency,
                "since": datetime.combine(first, time(), zone),
                # The same time of the clock, also where the clocks were changed between.
                "then": datetime.combine(last_week, now.time(), zone),
            },
        )
    }

    def of(day: date, *, until_then: bool = False) -> DaySales:
        row = rows.get(day)
        if row is None:
            return DaySales(day, 0, Money.zero(shop.currency))
        orders, amount = (row.orders_then, row.sales_then) if until_then else (row.orders, row.sales)
        return DaySales(day, orders, Money(int(amount), shop.currency))

    days = tuple(of(first + timedelta(days=number)) for number in range(2 * CHART_DAYS))
    return Sales(of(today), of(last_week, until_then=True), days[CHART_DAYS:], days[:CHART_DAYS])
