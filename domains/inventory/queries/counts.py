"""What was counted, and how right the books were."""

from typing import Any
from uuid import UUID

from domains.inventory.models import CountStatus
from domains.inventory.views import Accuracy, CountLineView, CountView
from domains.kit import NotFound, Transaction
from domains.kit.listing import Asked, OrderBy, Slice, Source, Where, slice_of

_COUNTS = Source(
    select="c.id, c.number, c.warehouse_id, w.name AS warehouse, c.place, c.category_id, c.is_blind, c.status, c.note,"
    " c.created_at, c.started_by, c.approved_at, c.approved_by, c.units_expected, c.units_off,"
    " told.lines, told.counted, told.different",
    tables="inventory.stock_counts c JOIN inventory.warehouses w ON w.id = c.warehouse_id"
    " CROSS JOIN LATERAL (SELECT CAST(count(*) AS int) AS lines, CAST(count(counted) AS int) AS counted,"
    " CAST(count(*) FILTER (WHERE counted <> expected) AS int) AS different"
    " FROM inventory.count_lines WHERE count_id = c.id) told",
    orders={"number": OrderBy("c.number", "int")},
    key="c.id",
)
_LINES = Source(
    select="l.variant_id, coalesce(s.warehouse_location, '') AS place, l.counted, l.expected, l.counted_at,"
    " l.counted_by",
    tables="inventory.count_lines l JOIN inventory.stock_counts c ON c.id = l.count_id"
    " JOIN catalog.variants v ON v.id = l.variant_id"
    " LEFT JOIN inventory.stock_items s ON s.variant_id = l.variant_id AND s.warehouse_id = c.warehouse_id",
    orders={"place": OrderBy("coalesce(s.warehouse_location, '')"), "sku": OrderBy("v.sku")},
    key="l.variant_id",
)


async def count_slice(tx: Transaction, asked: Asked) -> Slice[CountView]:
    """Counts, a page at a time; filters `status` and `warehouse`."""
    where = Where().one_of("c.status", asked.chosen("status"))
    where.one_of("c.warehouse_id", asked.chosen("warehouse"), type="uuid")
    return (await slice_of(tx, _COUNTS, where, asked)).map(_count)


async def count(tx: Transaction, count_id: UUID) -> CountView:
    """A count. Raises `NotFound`."""
    row = (
        await tx.sql(f"SELECT {_COUNTS.select} FROM {_COUNTS.tables} WHERE c.id = :id", {"id": count_id})
    ).one_or_none()
    if row is None:
        raise NotFound
    return _count(row)


async def count_lines(tx: Transaction, count_id: UUID, asked: Asked) -> Slice[CountLineView]:
    """The lines of a count in the order one walks, a page at a time; filter `found`: open, counted or different."""
    where = Where().add("l.count_id = :count_id", count_id=count_id)
    match asked.chosen("found")[:1]:
        case ("open",):
            where.add("l.counted IS NULL")
        case ("counted",):
            where.add("l.counted IS NOT NULL")
        case ("different",):
            where.add("l.counted <> l.expected")
    if asked.q:
        where.add("v.sku ILIKE :words OR s.warehouse_location ILIKE :words", words=f"{asked.q.strip()}%")
    return (await slice_of(tx, _LINES, where, asked)).map(
        lambda row: CountLineView(**{field: row._mapping[field] for field in CountLineView.__struct_fields__})
    )


async def accuracy(tx: Transaction, *, days: int = 90) -> Accuracy:
    """How right the books were in the counts approved within so many days (INV-10 asks for 99.5%)."""
    row = (
        await tx.sql(
            "SELECT CAST(count(*) AS int) AS counts, CAST(coalesce(sum(lines_counted), 0) AS int) AS lines_counted,"
            " CAST(coalesce(sum(lines_right), 0) AS int) AS lines_right,"
            " CAST(coalesce(sum(units_expected), 0) AS int) AS units_expected,"
            " CAST(coalesce(sum(units_off), 0) AS int) AS units_off"
            " FROM inventory.stock_counts WHERE approved_at >= kit.now() - make_interval(days => :days)",
            {"days": days},
        )
    ).one()
    return Accuracy(**row._mapping)


def _count(row: Any) -> CountView:
    values = {field: row._mapping[field] for field in CountView.__struct_fields__}
    return CountView(**{**values, "status": CountStatus(row.status)})
