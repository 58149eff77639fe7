"""Stock is ordered of suppliers: drafted, ordered, received in parts, closed.

What is ordered and has not come is incoming, and its date is when those who are owed something may expect it. The
purchase order's row is locked before any stock, so two who put down one delivery see each other.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domains import audit
from domains.inventory.errors import CameMeanwhile, PurchaseMoved
from domains.inventory.models import PurchaseOrder, PurchaseStatus, Reason
from domains.inventory.operations.rows import Change
from domains.inventory.operations.shelves import LARGEST_STOCK, LONGEST_NOTE, put
from domains.inventory.views import Arrived, PurchaseTerms
from domains.kit import Invalid, NotFound, Transaction, new_id
from domains.kit.i18n import gettext as _


async def draft_purchase(tx: Transaction, terms: PurchaseTerms, lines: Mapping[UUID, int] | None = None) -> UUID:
    """Plan to order so many of each variant; nothing is expected yet. Raises `Invalid`."""
    _check(terms, lines or {})
    order = PurchaseOrder(
        id=new_id(),
        supplier=terms.supplier.strip(),
        supplier_reference=terms.supplier_reference,
        warehouse_id=terms.warehouse_id,
        expected_on=terms.expected_on,
        note=terms.note,
    )
    tx.session.add(order)
    await tx.session.flush()
    await _put_lines(tx, order.id, lines or {})
    await _tell(tx, "purchase.drafted", order.id, {"supplier": (None, order.supplier)})
    return order.id


async def change_purchase(
    tx: Transaction, purchase_id: UUID, terms: PurchaseTerms, lines: Mapping[UUID, int] | None = None
) -> None:
    """Change what was planned, or what is expected and when; `lines` are all of its lines from now on.

    Of what is ordered already the warehouse stays, and a line keeps at least what has come of it. Raises `Invalid`
    and `PurchaseMoved`.
    """
    _check(terms, lines or {})
    present = await _locked(tx, purchase_id, PurchaseStatus.DRAFT, PurchaseStatus.ORDERED)
    if present.status == PurchaseStatus.ORDERED and present.warehouse_id != terms.warehouse_id:
        raise Invalid({"warehouse_id": _("It is ordered to this warehouse already.")})
    await tx.sql(
        "UPDATE inventory.purchase_orders SET supplier = :supplier, supplier_reference = :supplier_reference,"
        " warehouse_id = :warehouse_id, expected_on = :expected_on, note = :note, updated_at = kit.now()"
        " WHERE id = :id",
        {
            "id": purchase_id,
            "supplier": terms.supplier.strip(),
            "supplier_reference": terms.supplier_reference,
            "warehouse_id": terms.warehouse_id,
            "expected_on": terms.expected_on,
            "note": terms.note,
        },
    )
    if lines is not None:
        await _replace_lines(tx, purchase_id, lines)
    await _tell(
        tx,
        "purchase.changed",
        purchase_id,
        {
            "supplier": (present.supplier, terms.supplier.strip()),
            "expected_on": (present.expected_on, terms.expected_on),
            "note": (present.note, terms.note),
        },
    )


async def order_purchase(tx: Transaction, purchase_id: UUID) -> None:
    """It was sent to the supplier: from now on it is expected. Raises `PurchaseMoved`, `Invalid` without lines."""
    await _locked(tx, purchase_id, PurchaseStatus.DRAFT)
    if not await _lines(tx, purchase_id):
        raise Invalid({"lines": _("Add what is to be ordered first.")})
    await tx.sql(
        "UPDATE inventory.purchase_orders SET status = 'ordered', ordered_at = kit.now(), updated_at = kit.now()"
        " WHERE id = :id",
        {"id": purchase_id},
    )
    await _tell(tx, "purchase.ordered", purchase_id, {"status": ("draft", "ordered")})


async def receive_purchase(tx: Transaction, purchase_id: UUID, arrived: Mapping[UUID, Arrived]) -> bool:
    """Put what came on the shelves, by variant; returns whether everything has come and the order is closed therefore.

    Who is owed some of it gets it in this transaction, the oldest order first. Emits `inventory.updated` and
    `inventory.backorder_filled`. Raises `Invalid` for more than was ordered, `PurchaseMoved`, and `CameMeanwhile` where
    somebody else put something down since the asker looked.
    """
    order = await _locked(tx, purchase_id, PurchaseStatus.ORDERED)
    lines = {line.variant_id: line for line in await _lines(tx, purchase_id)}
    came: dict[UUID, int] = {}
    for variant_id, parcel in arrived.items():
        line = lines.get(variant_id)
        if line is None:
            raise NotFound
        if parcel.seen is not None and parcel.seen != line.received:
            raise CameMeanwhile(variant_id)
        if not 0 <= parcel.received <= line.quantity - line.received:
            raise Invalid(
                {
                    str(variant_id): _(
                        "Only {left} of these are still expected. If more came, raise what was ordered first."
                    ).format(left=line.quantity - line.received)
                }
            )
        if parcel.received:
            came[variant_id] = parcel.received
    if not came:
        raise Invalid({"lines": _("Enter what arrived.")})
    await tx.sql(
        "UPDATE inventory.purchase_lines l SET received = l.received + given.quantity"
        " FROM unnest(CAST(:variants AS uuid[]), CAST(:quantities AS int[])) AS given (variant_id, quantity)"
        " WHERE l.purchase_order_id = :id AND l.variant_id = given.variant_id",
        {"id": purchase_id, "variants": list(came), "quantities": list(came.values())},
    )
    delivery = {(variant_id, order.warehouse_id): quantity for variant_id, quantity in came.items()}
    await put(tx, [Change(delivery, Reason.RECEIVED, str(purchase_id))])
    ended = await tx.sql(
        "UPDATE inventory.purchase_orders o SET status = 'closed', closed_at = kit.now(), updated_at = kit.now()"
        " WHERE o.id = :id AND NOT EXISTS (SELECT FROM inventory.purchase_lines l"
        " WHERE l.purchase_order_id = o.id AND l.received < l.quantity) RETURNING o.id",
        {"id": purchase_id},
    )
    await _tell(tx, "purchase.received", purchase_id, {"received": (0, sum(came.values()))})
    return ended.first() is not None


async def close_purchase(tx: Transaction, purchase_id: UUID) -> None:
    """Expect no more of it, whatever has come. Raises `PurchaseMoved`."""
    await _end(tx, purchase_id, PurchaseStatus.CLOSED, PurchaseStatus.ORDERED)


async def cancel_purchase(tx: Transaction, purchase_id: UUID) -> None:
    """Drop a draft. Raises `PurchaseMoved`: what was ordered is closed instead."""
    await _end(tx, purchase_id, PurchaseStatus.CANCELLED, PurchaseStatus.DRAFT)


async def _end(tx: Transaction, purchase_id: UUID, status: PurchaseStatus, was: PurchaseStatus) -> None:
    await _locked(tx, purchase_id, was)
    await tx.sql(
        "UPDATE inventory.purchase_orders SET status = :status, closed_at = kit.now(), updated_at = kit.now()"
        " WHERE id = :id",
        {"id": purchase_id, "status": status},
    )
    await _tell(tx, f"purchase.{status}", purchase_id, {"status": (str(was), str(status))})


def _check(terms: PurchaseTerms, lines: Mapping[UUID, int]) -> None:
    errors: dict[str, str] = {}
    if not terms.supplier.strip() or len(terms.supplier) > 100:
        errors["supplier"] = _("Enter who delivers it, in at most 100 characters.")
    if len(terms.supplier_reference) > 100:
        errors["supplier_reference"] = _("Use at most 100 characters.")
    if len(terms.note) > LONGEST_NOTE:
        errors["note"] = _("Use at most 200 characters.")
    if any(not 1 <= quantity <= LARGEST_STOCK for quantity in lines.values()):
        errors["lines"] = _("Enter how many of each, as a whole number from 1.")
    if errors:
        raise Invalid(errors)


async def _put_lines(tx: Transaction, purchase_id: UUID, lines: Mapping[UUID, int]) -> None:
    await tx.sql(
        "INSERT INTO inventory.purchase_lines (purchase_order_id, variant_id, quantity)"
        " SELECT :id, * FROM unnest(CAST(:variants AS uuid[]), CAST(:quantities AS int[]))"
        " ON CONFLICT (purchase_order_id, variant_id) DO UPDATE SET quantity = excluded.quantity",
        {"id": purchase_id, "variants": list(lines), "quantities": list(lines.values())},
    )


async def _replace_lines(tx: Transaction, purchase_id: UUID, lines: Mapping[UUID, int]) -> None:
    for line in await _lines(tx, purchase_id):
        if lines.get(line.variant_id, 0) < line.received:
            raise Invalid({str(line.variant_id): _("{came} of these have come already.").format(came=line.received)})
    await tx.sql(
        "DELETE FROM inventory.purchase_lines WHERE purchase_order_id = :id"
        " AND variant_id <> ALL(CAST(:variants AS uuid[]))",
        {"id": purchase_id, "variants": list(lines)},
    )
    await _put_lines(tx, purchase_id, lines)


async def _locked(tx: Transaction, purchase_id: UUID, *allowed: PurchaseStatus) -> Any:
    row = (
        await tx.sql(
            "SELECT id, warehouse_id, status, supplier, expected_on, note FROM inventory.purchase_orders"
            " WHERE id = :id FOR UPDATE",
            {"id": purchase_id},
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    if row.status not in allowed:
        raise PurchaseMoved
    return row


async def _lines(tx: Transaction, purchase_id: UUID) -> list[Any]:
    found = await tx.sql(
        "SELECT variant_id, quantity, received FROM inventory.purchase_lines WHERE purchase_order_id = :id"
        " ORDER BY variant_id",
        {"id": purchase_id},
    )
    return list(found.all())


async def _tell(tx: Transaction, action: str, purchase_id: UUID, changes: Mapping[str, tuple[Any, Any]]) -> None:
    number = (
        await tx.sql("SELECT number FROM inventory.purchase_orders WHERE id = :id", {"id": purchase_id})
    ).scalar_one()
    await audit.record(tx, action=action, subject=("purchase", purchase_id), label=f"PO-{number}", changes=changes)
