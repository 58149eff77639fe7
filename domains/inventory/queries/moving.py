"""What is on its way: transfers between warehouses, and what was ordered of suppliers."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

import msgspec

from domains.inventory.models import PurchaseStatus, TransferStatus
from domains.inventory.views import Incoming, PurchaseLineView, PurchaseView, TransferLineView, TransferView
from domains.kit import NotFound, Transaction
from domains.kit.listing import Asked, OrderBy, Slice, Source, Where, slice_of

_INCOMING = """
SELECT variant_id, warehouse_id, CAST(sum(ordered) AS int) AS ordered, CAST(sum(travelling) AS int) AS travelling,
       min(expected_on) AS expected_on
FROM (
    SELECT l.variant_id, o.warehouse_id, l.quantity - l.received AS ordered, 0 AS travelling, o.expected_on
    FROM inventory.purchase_lines l
    JOIN inventory.purchase_orders o ON o.id = l.purchase_order_id AND o.status = 'ordered'
    WHERE l.variant_id = ANY(CAST(:variants AS uuid[])) AND l.received < l.quantity
    UNION ALL
    SELECT l.variant_id, t.destination_id, 0, l.quantity - l.received - l.returned - l.lost, t.expected_on
    FROM inventory.transfer_lines l JOIN inventory.transfers t ON t.id = l.transfer_id AND t.status = 'sent'
    WHERE l.variant_id = ANY(CAST(:variants AS uuid[])) AND l.received + l.returned + l.lost < l.quantity
) coming
GROUP BY variant_id, warehouse_id
"""


async def incoming(tx: Transaction, variant_ids: Collection[UUID]) -> dict[tuple[UUID, UUID], Incoming]:
    """What comes of each variant to each warehouse; those to which nothing comes are left out."""
    rows = await tx.sql(_INCOMING, {"variants": list(variant_ids)})
    return {(row.variant_id, row.warehouse_id): Incoming(row.ordered, row.travelling, row.expected_on) for row in rows}


_TRANSFERS = Source(
    select="t.id, t.number, t.source_id, t.destination_id, s.name AS source, d.name AS destination, t.status, t.note,"
    " t.expected_on, t.created_at, t.sent_at, t.received_at, lines.pieces, lines.left",
    tables="inventory.transfers t JOIN inventory.warehouses s ON s.id = t.source_id"
    " JOIN inventory.warehouses d ON d.id = t.destination_id"
    " CROSS JOIN LATERAL (SELECT CAST(coalesce(sum(quantity), 0) AS int) AS pieces,"
    " CAST(coalesce(sum(quantity - received - returned - lost), 0) AS int) AS left"
    " FROM inventory.transfer_lines WHERE transfer_id = t.id) lines",
    orders={"number": OrderBy("t.number", "int")},
    key="t.id",
)
_PURCHASES = Source(
    select="o.id, o.number, o.supplier, o.supplier_reference, o.warehouse_id, w.name AS warehouse, o.status, o.note,"
    " o.expected_on, o.created_at, o.ordered_at, o.closed_at,"
    " coalesce(o.status = 'ordered' AND o.expected_on < CAST(kit.now() AS date), false) AS is_late,"
    " lines.pieces, lines.received",
    tables="inventory.purchase_orders o JOIN inventory.warehouses w ON w.id = o.warehouse_id"
    " CROSS JOIN LATERAL (SELECT CAST(coalesce(sum(quantity), 0) AS int) AS pieces,"
    " CAST(coalesce(sum(received), 0) AS int) AS received"
    " FROM inventory.purchase_lines WHERE purchase_order_id = o.id) lines",
    orders={
        "number": OrderBy("o.number", "int"),
        "expected_on": OrderBy("coalesce(o.expected_on, DATE '9999-12-31')", "date"),
        "supplier": OrderBy("lower(o.supplier)"),
    },
    key="o.id",
)


async def transfer_slice(tx: Transaction, asked: Asked) -> Slice[TransferView]:
    """Transfers, a page at a time; filters `status`, `warehouse` (either end) and a variant's id as text `variant`."""
    where = Where().one_of("t.status", asked.chosen("status"))
    if places := asked.chosen("warehouse"):
        where.add(
            "t.source_id = ANY(CAST(:places AS uuid[])) OR t.destination_id = ANY(CAST(:places AS uuid[]))",
            places=list(places),
        )
    if number := _number(asked.q, "T-"):
        where.add("t.number = :number", number=number)
    elif asked.q:
        where.add("t.note ILIKE :words", words=f"%{_escaped(asked.q)}%")
    return (await slice_of(tx, _TRANSFERS, where, asked)).map(lambda row: _transfer(row))


async def transfer(tx: Transaction, transfer_id: UUID) -> TransferView:
    """A transfer with its lines. Raises `NotFound`."""
    row = (
        await tx.sql(f"SELECT {_TRANSFERS.select} FROM {_TRANSFERS.tables} WHERE t.id = :id", {"id": transfer_id})
    ).one_or_none()
    if row is None:
        raise NotFound
    lines = await tx.sql(
        "SELECT l.variant_id, l.quantity, l.received, l.returned, l.lost FROM inventory.transfer_lines l"
        " JOIN catalog.variants v ON v.id = l.variant_id WHERE l.transfer_id = :id ORDER BY v.sku",
        {"id": transfer_id},
    )
    return _transfer(row, tuple(TransferLineView(**line) for line in lines.mappings()))


async def purchase_slice(tx: Transaction, asked: Asked) -> Slice[PurchaseView]:
    """Purchase orders, a page at a time; filters `status` and `warehouse`; words are of supplier and reference."""
    where = Where().one_of("o.status", asked.chosen("status"))
    where.one_of("o.warehouse_id", asked.chosen("warehouse"), type="uuid")
    if number := _number(asked.q, "PO-"):
        where.add("o.number = :number", number=number)
    elif asked.q:
        where.add("o.supplier ILIKE :words OR o.supplier_reference ILIKE :words", words=f"%{_escaped(asked.q)}%")
    return (await slice_of(tx, _PURCHASES, where, asked)).map(lambda row: _purchase(row))


async def purchase(tx: Transaction, purchase_id: UUID) -> PurchaseView:
    """A purchase order with its lines. Raises `NotFound`."""
    row = (
        await tx.sql(f"SELECT {_PURCHASES.select} FROM {_PURCHASES.tables} WHERE o.id = :id", {"id": purchase_id})
    ).one_or_none()
    if row is None:
        raise NotFound
    lines = await tx.sql(
        "SELECT l.variant_id, l.quantity, l.received FROM inventory.purchase_lines l"
        " JOIN catalog.variants v ON v.id = l.variant_id WHERE l.purchase_order_id = :id ORDER BY v.sku",
        {"id": purchase_id},
    )
    return _purchase(row, tuple(PurchaseLineView(**line) for line in lines.mappings()))


async def suppliers(tx: Transaction) -> list[str]:
    """The suppliers of the last purchase orders, to choose from."""
    rows = await tx.sql(
        "SELECT supplier FROM inventory.purchase_orders GROUP BY supplier ORDER BY max(number) DESC LIMIT 50"
    )
    return sorted(rows.scalars())


def _transfer(row: Any, lines: tuple[TransferLineView, ...] = ()) -> TransferView:
    values = {field: row._mapping[field] for field in TransferView.__struct_fields__ if field != "lines"}
    return TransferView(**{**values, "status": TransferStatus(row.status), "lines": lines})


def _purchase(row: Any, lines: tuple[PurchaseLineView, ...] = ()) -> PurchaseView:
    values = {field: row._mapping[field] for field in PurchaseView.__struct_fields__ if field != "lines"}
    return msgspec.structs.replace(PurchaseView(**values), status=PurchaseStatus(row.status), lines=lines)


def _number(words: str, prefix: str) -> int | None:
    digits = words.strip().upper().removeprefix(prefix)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None


def _escaped(words: str) -> str:
    return words.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
