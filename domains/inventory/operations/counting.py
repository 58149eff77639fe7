"""What lies on the shelves is counted, held against the books, and the books are put right.

A line's difference is that of one moment: what was found, and what the books expected then, which is on hand +
allocated. What moves before or after changes neither, so it can be approved any time later. The count's row is locked
before any stock.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from domains import audit
from domains.inventory.errors import CountMoved, CountUnfinished
from domains.inventory.models import CountStatus, Reason, StockCount
from domains.inventory.operations.rows import Change, lock, make
from domains.inventory.operations.shelves import LARGEST_STOCK, LONGEST_NOTE, apply
from domains.kit import Invalid, NotFound, Transaction, new_id
from domains.kit.i18n import gettext as _

# A digital one lies nowhere; what is hidden and gone is not looked for.
_LIST = """
WITH RECURSIVE below AS (
    SELECT id FROM catalog.categories WHERE id = CAST(:category_id AS uuid)
    UNION ALL
    SELECT c.id FROM catalog.categories c JOIN below ON c.parent_id = below.id
)
INSERT INTO inventory.count_lines (count_id, variant_id)
SELECT :count_id, s.variant_id
FROM inventory.stock_items s
JOIN catalog.variants v ON v.id = s.variant_id AND v.kind = 'physical'
JOIN catalog.products p ON p.id = v.product_id
WHERE s.warehouse_id = :warehouse_id
  AND starts_with(upper(coalesce(s.warehouse_location, '')), upper(:place))
  AND (CAST(:category_id AS uuid) IS NULL OR p.category_id IN (SELECT id FROM below))
  AND (v.is_active OR s.quantity_on_hand + s.quantity_allocated > 0)
RETURNING variant_id
"""


async def start_count(
    tx: Transaction,
    *,
    warehouse_id: UUID,
    place: str = "",
    category_id: UUID | None = None,
    is_blind: bool = True,
    note: str = "",
) -> UUID:
    """Begin a count of a warehouse, or of those places of it that begin with `place`, or of a category and those below.

    Who counts blind is not told what the books expect. Raises `Invalid` when there is nothing to count there.
    """
    if len(place) > 50 or len(note) > LONGEST_NOTE:
        raise Invalid({"place": _("Use at most 50 characters for the place, and 200 for the note.")})
    count = StockCount(
        id=new_id(),
        warehouse_id=warehouse_id,
        place=place.strip(),
        category_id=category_id,
        is_blind=is_blind,
        note=note,
        started_by=tx.actor.id,
    )
    tx.session.add(count)
    await tx.session.flush()
    listed = await tx.sql(
        _LIST,
        {
            "count_id": count.id,
            "warehouse_id": warehouse_id,
            "place": count.place,
            "category_id": category_id,
        },
    )
    lines = len(listed.all())
    if not lines:
        raise Invalid({"place": _("Nothing is kept there. Choose a wider place or category.")})
    await _tell(tx, "count.started", count.id, {"lines": (0, lines)})
    return count.id


async def add_to_count(tx: Transaction, count_id: UUID, variant_id: UUID) -> None:
    """Put a variant on the list that was found and is not on it. Raises `CountMoved`."""
    await _standing(tx, count_id, CountStatus.COUNTING)
    await tx.sql(
        "INSERT INTO inventory.count_lines (count_id, variant_id) VALUES (:count_id, :variant_id)"
        " ON CONFLICT DO NOTHING",
        {"count_id": count_id, "variant_id": variant_id},
    )


# What was expected is read in the statement that writes what was found. Where that was found earlier, the books are
# wound back to then: what came and went since by the ledger, but for sales, which leave a thing where it lies until it
# is dispatched.
_ENTER = """
UPDATE inventory.count_lines l
SET counted = given.counted, counted_at = given.moment, counted_by = :counted_by,
    expected = greatest(0, coalesce(s.quantity_on_hand + s.quantity_allocated, 0) - coalesce(
        (SELECT sum(m.quantity) FROM inventory.stock_movements m
         WHERE m.variant_id = l.variant_id AND m.warehouse_id = :warehouse_id AND m.recorded_at > given.moment
           AND m.reason NOT IN ('sale', 'cancellation', 'backorder')), 0) + coalesce(
        (SELECT sum(d.quantity) FROM inventory.dispatches d
         WHERE d.variant_id = l.variant_id AND d.warehouse_id = :warehouse_id AND d.recorded_at > given.moment), 0))
FROM (SELECT variant_id, counted, coalesce(CAST(:moment AS timestamptz), kit.now()) AS moment
      FROM unnest(CAST(:variants AS uuid[]), CAST(:counted AS int[])) AS line (variant_id, counted)) given
LEFT JOIN inventory.stock_items s ON s.variant_id = given.variant_id AND s.warehouse_id = :warehouse_id
WHERE l.count_id = :count_id AND l.variant_id = given.variant_id
RETURNING l.variant_id
"""


async def enter_count(
    tx: Transaction, count_id: UUID, found: Mapping[UUID, int], *, counted_at: datetime | None = None
) -> None:
    """Put down what was found of each variant, now or, from a paper, at `counted_at`.

    What the books expected at that moment is put down with it. Raises `Invalid`, `CountMoved` and `NotFound`.
    """
    if any(not 0 <= counted <= LARGEST_STOCK for counted in found.values()):
        raise Invalid({"counted": _("Enter how many were found, as a whole number from 0.")})
    count = await _standing(tx, count_id, CountStatus.COUNTING)
    if counted_at is not None and not count.created_at <= counted_at <= await tx.now():
        raise Invalid({"counted_at": _("Enter a time between the beginning of the count and now.")})
    entered = await tx.sql(
        _ENTER,
        {
            "count_id": count_id,
            "warehouse_id": count.warehouse_id,
            "counted_by": tx.actor.id,
            "moment": counted_at,
            "variants": list(found),
            "counted": list(found.values()),
        },
    )
    if len(entered.all()) != len(found):
        raise NotFound


async def finish_count(
    tx: Transaction, count_id: UUID, *, rest: Literal["ask", "leave_out", "none_found"] = "ask"
) -> None:
    """Everything was entered: what differs can be looked at. Raises `CountMoved`.

    Of what was not counted it is asked first (`CountUnfinished`); then it is left out, or taken as not found at all.
    """
    count = await _standing(tx, count_id, CountStatus.COUNTING, update=True)
    open_lines = (
        await tx.sql(
            "SELECT variant_id FROM inventory.count_lines WHERE count_id = :id AND counted IS NULL", {"id": count_id}
        )
    ).scalars()
    missing = list(open_lines)
    if missing and rest == "ask":
        raise CountUnfinished(len(missing))
    if missing and rest == "none_found":
        await enter_count(tx, count_id, dict.fromkeys(missing, 0))
    if rest == "leave_out" and len(missing) == count.lines:
        raise Invalid({"counted": _("Nothing was counted yet.")})
    await _put_status(tx, count_id, CountStatus.CHECKING)
    await _tell(tx, "count.finished", count_id, {"status": ("counting", "checking")})


async def recount(tx: Transaction, count_id: UUID, variant_ids: Collection[UUID]) -> None:
    """Have some lines counted again before anything is approved. Raises `CountMoved`."""
    count = await _standing(tx, count_id, CountStatus.COUNTING, CountStatus.CHECKING, update=True)
    await tx.sql(
        "UPDATE inventory.count_lines SET counted = NULL, expected = NULL, counted_at = NULL, counted_by = NULL"
        " WHERE count_id = :id AND variant_id = ANY(CAST(:variants AS uuid[]))",
        {"id": count_id, "variants": list(variant_ids)},
    )
    await _put_status(tx, count_id, CountStatus.COUNTING)
    await _tell(tx, "count.sent_back", count_id, {"status": (count.status, "counting")})


async def cancel_count(tx: Transaction, count_id: UUID) -> None:
    """Drop a count; nothing is adjusted. Raises `CountMoved`."""
    count = await _standing(tx, count_id, CountStatus.COUNTING, CountStatus.CHECKING, update=True)
    await _put_status(tx, count_id, CountStatus.CANCELLED)
    await _tell(tx, "count.cancelled", count_id, {"status": (count.status, "cancelled")})


async def approve_count(tx: Transaction, count_id: UUID) -> int:
    """Put the books right by what was found to differ; returns how many lines did.

    Once: who approves at the same time is refused with `CountMoved`. How right the books were is kept with the count.
    Emits `inventory.updated`, `inventory.backorder_filled`, `inventory.low_stock` and `product.out_of_stock`. Raises
    `StockIsReserved`, which names the variant, where more is missing than is free of holds.
    """
    count = await _standing(tx, count_id, CountStatus.CHECKING, update=True)
    lines = (
        await tx.sql(
            "SELECT variant_id, counted - expected AS change FROM inventory.count_lines"
            " WHERE count_id = :id AND counted IS NOT NULL AND counted <> expected ORDER BY variant_id",
            {"id": count_id},
        )
    ).all()
    changes = {(line.variant_id, count.warehouse_id): line.change for line in lines}
    if changes:
        await make(tx, changes)
        rows = await lock(tx, [variant_id for variant_id, _ in changes])
        await apply(tx, rows, [Change(changes, Reason.COUNT, str(count_id))])
    await tx.sql(
        "UPDATE inventory.stock_counts c SET status = 'approved', approved_at = kit.now(), approved_by = :by,"
        " updated_at = kit.now(), lines_counted = told.lines, lines_right = told.right_ones,"
        " units_expected = told.expected, units_off = told.off"
        " FROM (SELECT count(*) AS lines, count(*) FILTER (WHERE counted = expected) AS right_ones,"
        "              coalesce(sum(expected), 0) AS expected, coalesce(sum(abs(counted - expected)), 0) AS off"
        "       FROM inventory.count_lines WHERE count_id = :id AND counted IS NOT NULL) told"
        " WHERE c.id = :id",
        {"id": count_id, "by": tx.actor.id},
    )
    await _tell(
        tx,
        "count.approved",
        count_id,
        {"status": ("checking", "approved"), "adjusted": (0, len(changes))},
    )
    return len(changes)


async def _standing(tx: Transaction, count_id: UUID, *allowed: CountStatus, update: bool = False) -> Any:
    """The count, locked: by many who enter at once, or by one who moves it on."""
    row = (
        await tx.sql(
            "SELECT c.id, c.warehouse_id, c.status, c.created_at,"
            " (SELECT count(*) FROM inventory.count_lines l WHERE l.count_id = c.id) AS lines"
            f" FROM inventory.stock_counts c WHERE c.id = :id FOR {'UPDATE' if update else 'SHARE'} OF c",
            {"id": count_id},
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    if row.status not in allowed:
        raise CountMoved
    return row


async def _put_status(tx: Transaction, count_id: UUID, status: CountStatus) -> None:
    await tx.sql(
        "UPDATE inventory.stock_counts SET status = :status, updated_at = kit.now() WHERE id = :id",
        {"id": count_id, "status": status},
    )


async def _tell(tx: Transaction, action: str, count_id: UUID, changes: Mapping[str, tuple[Any, Any]]) -> None:
    number = (await tx.sql("SELECT number FROM inventory.stock_counts WHERE id = :id", {"id": count_id})).scalar_one()
    await audit.record(tx, action=action, subject=("count", count_id), label=f"C-{number}", changes=changes)
