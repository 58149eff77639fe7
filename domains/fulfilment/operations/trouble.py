"""What cannot go on: held, and then sent from elsewhere, owed, or cancelled in part."""

from collections.abc import Mapping
from uuid import UUID

from domains import audit, inventory
from domains.fulfilment.errors import NothingChosen, ShipmentRefused
from domains.fulfilment.events import (
    LinesCancelled,
    ShipmentHeld,
    ShipmentMoved,
    ShipmentResumed,
    ShipmentWaits,
    ShippedLine,
)
from domains.fulfilment.operations.allocating import settle, shrink
from domains.fulfilment.operations.sending import close_order
from domains.fulfilment.operations.splitting import chosen
from domains.fulfilment.queries.reading import shipment
from domains.fulfilment.rows import Case, lock_to_work, move, require
from domains.fulfilment.states import OPEN, HoldReason, ShipmentStatus
from domains.fulfilment.views import CancelledLine
from domains.inventory import Reason
from domains.kit import Invalid, Transaction, new_id, record
from domains.kit.i18n import gettext as _

LONGEST_NOTE = 500

_NOT_THERE = frozenset({Reason.DAMAGED, Reason.THEFT, Reason.CORRECTION})


async def hold(tx: Transaction, shipment_id: UUID, *, reason: HoldReason, note: str = "") -> None:
    """It cannot go on until somebody decides. Emits `shipment.held`. Raises `ShipmentRefused` once it has left."""
    case = await lock_to_work(tx, shipment_id)
    await put_on_hold(tx, case, reason=reason, note=note)


async def put_on_hold(tx: Transaction, case: Case, *, reason: HoldReason, note: str = "") -> None:
    """`hold`, of a shipment that is locked."""
    if len(note) > LONGEST_NOTE:
        raise Invalid({"note": _("Use at most {longest} characters.").format(longest=LONGEST_NOTE)})
    await move(
        tx,
        case,
        ShipmentStatus.ON_HOLD,
        ", held_from = status, hold_reason = :reason, note = CASE WHEN :note = '' THEN note ELSE :note END",
        reason=reason,
        note=note,
    )
    await record(tx, ShipmentHeld(case.id, case.order.id, reason))


async def resume(tx: Transaction, shipment_id: UUID) -> ShipmentStatus:
    """It goes on from where it stood. Emits `shipment.resumed`."""
    case = await lock_to_work(tx, shipment_id)
    require(case, ShipmentStatus.ON_HOLD)
    assert case.view.held_from is not None
    to = case.view.held_from
    await move(tx, case, to, ", held_from = NULL, hold_reason = NULL")
    await record(tx, ShipmentResumed(case.id, case.order.id, to))
    return to


async def send_from(tx: Transaction, shipment_id: UUID, *, warehouse_id: UUID, write_off: Reason | None = None) -> None:
    """Send all of it from another warehouse: `allocated` there, to be picked anew. What was sold here is on the shelf
    again, or written off for a reason.

    Emits `shipment.moved`. Raises `NotEnoughStock` when the other has not all of it, `ShipmentRefused` once packed.
    """
    case = await _troubled(tx, shipment_id)
    _require_reason(write_off)
    if warehouse_id == case.view.warehouse_id:
        raise Invalid({"warehouse": _("Choose another warehouse.")})
    for line in sorted(case.view.lines, key=lambda line: line.variant_id):
        await inventory.reallocate(
            tx,
            order_id=case.order.id,
            variant_id=line.variant_id,
            from_warehouse=case.view.warehouse_id,
            to_warehouse=warehouse_id,
            allocated=line.ready,
            backordered=line.quantity - line.ready,
            write_off=write_off,
        )
    await tx.sql(
        "UPDATE fulfilment.shipment_lines SET ready = quantity, picked = 0, packed = 0 WHERE shipment_id = :id",
        {"id": case.id},
    )
    await tx.sql("DELETE FROM fulfilment.parcels WHERE shipment_id = :id", {"id": case.id})
    # From `allocated` to `allocated` is no arrow: only where it lies is new.
    await tx.sql(
        "UPDATE fulfilment.shipments SET warehouse_id = :warehouse_id, status = 'allocated', held_from = NULL,"
        " hold_reason = NULL, picked_at = NULL, updated_at = kit.now() WHERE id = :id",
        {"id": case.id, "warehouse_id": warehouse_id},
    )
    await record(tx, ShipmentMoved(case.id, case.order.id, case.order.user_id, warehouse_id))
    await _note(tx, case, "shipment.moved", "warehouse", case.view.warehouse_id, warehouse_id, write_off)


async def back_order(
    tx: Transaction, shipment_id: UUID, quantities: Mapping[UUID, int], *, write_off: Reason | None = Reason.CORRECTION
) -> None:
    """Owe so many of its lines (by their ids) to the order: they wait for the next delivery.

    What is not there after all is written off; with no reason it stays on hand, for older orders first. The shipment
    waits; `split` lets the rest go. Emits `shipment.back_ordered`. Raises `NothingChosen`, `ShipmentRefused`.
    """
    case = await _troubled(tx, shipment_id)
    _require_reason(write_off)
    wanted = chosen(case, quantities)
    lines = {line.id: line for line in case.view.lines}
    if any(quantity > lines[line_id].ready for line_id, quantity in wanted.items()):
        raise NothingChosen
    for line_id in sorted(wanted, key=lambda line_id: lines[line_id].variant_id):
        line, quantity = lines[line_id], wanted[line_id]
        await tx.sql(
            "UPDATE fulfilment.shipment_lines SET ready = ready - :quantity, picked = least(picked, ready - :quantity),"
            " packed = 0 WHERE id = :id",
            {"id": line.id, "quantity": quantity},
        )
        await inventory.owe(
            tx,
            order_id=case.order.id,
            variant_id=line.variant_id,
            warehouse_id=case.view.warehouse_id,
            quantity=quantity,
            write_off=write_off,
        )
    await tx.sql(
        "UPDATE fulfilment.shipments SET status = 'waiting', held_from = NULL, hold_reason = NULL, picked_at = NULL,"
        " updated_at = kit.now() WHERE id = :id",
        {"id": case.id},
    )
    owed = tuple(
        ShippedLine(lines[line_id].order_line_id, lines[line_id].variant_id, wanted[line_id]) for line_id in wanted
    )
    await record(tx, ShipmentWaits(case.id, case.order.id, case.order.user_id, owed))
    await _note(tx, case, "shipment.back_ordered", "owed", 0, sum(wanted.values()), write_off)


async def cancel_lines(
    tx: Transaction, shipment_id: UUID, quantities: Mapping[UUID, int], *, write_off: Reason | None = None
) -> tuple[CancelledLine, ...]:
    """So many of its lines (by their ids) will not be sent at all; answers what is now to be refunded.

    What was sold is on the shelf again, or written off. What is owed of a line goes first. A shipment of which
    nothing is left is called off, and an order of which all else has left is shipped. Emits
    `shipment.lines_cancelled`. Raises `NothingChosen`, `ShipmentRefused`.
    """
    case = await _troubled(tx, shipment_id)
    _require_reason(write_off)
    wanted = chosen(case, quantities)
    lines = {line.id: line for line in case.view.lines}
    gone = []
    for line_id in sorted(wanted, key=lambda line_id: lines[line_id].variant_id):
        line, quantity = lines[line_id], wanted[line_id]
        owed = min(quantity, line.quantity - line.ready)
        await inventory.cancel_part(
            tx,
            order_id=case.order.id,
            variant_id=line.variant_id,
            warehouse_id=case.view.warehouse_id,
            allocated=quantity - owed,
            backordered=owed,
            write_off=write_off,
        )
        await shrink(tx, line, quantity, quantity - owed)
        await tx.sql(
            "INSERT INTO fulfilment.cancelled_lines (id, order_id, shipment_id, order_line_id, variant_id, quantity)"
            " VALUES (:id, :order_id, :shipment_id, :line_id, :variant_id, :quantity)",
            {
                "id": new_id(),
                "order_id": case.order.id,
                "shipment_id": case.id,
                "line_id": line.order_line_id,
                "variant_id": line.variant_id,
                "quantity": quantity,
            },
        )
        gone.append(CancelledLine(line.order_line_id, line.variant_id, quantity))
    facts = tuple(ShippedLine(each.order_line_id, each.variant_id, each.quantity) for each in gone)
    await record(tx, LinesCancelled(case.id, case.order.id, case.order.user_id, facts))
    await settle(tx, case.id)
    left = await shipment(tx, case.id)
    await _note(tx, case, "shipment.lines_cancelled", "pieces", case.view.count, left.count, write_off)
    await close_order(tx, case.order.id)
    return tuple(gone)


async def annotate(tx: Transaction, shipment_id: UUID, note: str) -> None:
    """A word to whoever works on it. Raises `Invalid` for one that is too long."""
    if len(note) > LONGEST_NOTE:
        raise Invalid({"note": _("Use at most {longest} characters.").format(longest=LONGEST_NOTE)})
    case = await lock_to_work(tx, shipment_id)
    await tx.sql("UPDATE fulfilment.shipments SET note = :note WHERE id = :id", {"id": case.id, "note": note})


async def _troubled(tx: Transaction, shipment_id: UUID) -> Case:
    case = await lock_to_work(tx, shipment_id)
    if case.view.status not in OPEN:
        raise ShipmentRefused(case.view.status)
    if case.view.status is ShipmentStatus.PACKED or (
        case.view.held_from is ShipmentStatus.PACKED and any(each.label_state == "made" for each in case.view.parcels)
    ):
        raise ShipmentRefused(case.view.status)
    return case


def _require_reason(write_off: Reason | None) -> None:
    if write_off is not None and write_off not in _NOT_THERE:
        raise Invalid({"write_off": _("Choose why it is not there.")})


async def _note(
    tx: Transaction, case: Case, action: str, field: str, before: object, after: object, write_off: Reason | None
) -> None:
    await audit.record(
        tx,
        action=action,
        subject=("shipment", case.id),
        label=case.view.number,
        changes={field: (before, after)},
        note=write_off or "",
    )
