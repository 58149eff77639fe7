"""Stock goes from one warehouse to another: drafted, sent, received in parts.

What was sent is on no shelf until it arrives, and a transfer is done when every piece of it was received, came back or
was written off as lost: nothing is made and nothing vanishes on the way. The transfer's row is locked before any stock.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from domains import audit
from domains.inventory.errors import CameMeanwhile, TransferMoved
from domains.inventory.models import Reason, Transfer, TransferStatus
from domains.inventory.operations.rows import Change, Key, lock, make
from domains.inventory.operations.shelves import LARGEST_STOCK, LONGEST_NOTE, apply
from domains.inventory.views import Arrived
from domains.kit import Invalid, NotFound, Transaction, new_id
from domains.kit.i18n import gettext as _


async def draft_transfer(
    tx: Transaction,
    *,
    source_id: UUID,
    destination_id: UUID,
    lines: Mapping[UUID, int] | None = None,
    expected_on: date | None = None,
    note: str = "",
) -> UUID:
    """Plan to send so many of each variant from one warehouse to another; nothing moves yet. Raises `Invalid`."""
    if source_id == destination_id:
        raise Invalid({"destination_id": _("Choose another warehouse than the one it comes from.")})
    _check(lines or {}, note)
    transfer = Transfer(
        id=new_id(),
        source_id=source_id,
        destination_id=destination_id,
        expected_on=expected_on,
        note=note,
    )
    tx.session.add(transfer)
    await tx.session.flush()
    await _put_lines(tx, transfer.id, lines or {})
    await _tell(tx, "transfer.drafted", transfer.id, {"lines": (0, len(lines or {}))})
    return transfer.id


async def change_transfer(
    tx: Transaction, transfer_id: UUID, *, lines: Mapping[UUID, int], expected_on: date | None = None, note: str = ""
) -> None:
    """Plan otherwise: these are all the lines of the draft from now on. Raises `Invalid` and `TransferMoved`."""
    _check(lines, note)
    await _locked(tx, transfer_id, TransferStatus.DRAFT)
    await tx.sql(
        "UPDATE inventory.transfers SET expected_on = :expected_on, note = :note, updated_at = kit.now()"
        " WHERE id = :id",
        {"id": transfer_id, "expected_on": expected_on, "note": note},
    )
    await tx.sql("DELETE FROM inventory.transfer_lines WHERE transfer_id = :id", {"id": transfer_id})
    await _put_lines(tx, transfer_id, lines)


async def cancel_transfer(tx: Transaction, transfer_id: UUID) -> None:
    """Drop a draft. Raises `TransferMoved`: what was sent has to be received, there or where it came from."""
    await _locked(tx, transfer_id, TransferStatus.DRAFT)
    await tx.sql(
        "UPDATE inventory.transfers SET status = 'cancelled', updated_at = kit.now() WHERE id = :id",
        {"id": transfer_id},
    )
    await _tell(tx, "transfer.cancelled", transfer_id, {"status": ("draft", "cancelled")})


async def send_transfer(tx: Transaction, transfer_id: UUID) -> None:
    """Let the pieces leave their warehouse: its quantities on hand fall, and the pieces are on their way.

    Once. Emits `inventory.updated`, `inventory.low_stock` and `product.out_of_stock`. Raises `TransferMoved`,
    `Invalid` for a draft without lines, and `StockIsReserved` rather than send what shoppers hold.
    """
    transfer = await _locked(tx, transfer_id, TransferStatus.DRAFT)
    lines = await _lines(tx, transfer_id)
    if not lines:
        raise Invalid({"lines": _("Add what is to be sent first.")})
    await tx.sql(
        "UPDATE inventory.transfers SET status = 'sent', sent_at = kit.now(), updated_at = kit.now() WHERE id = :id",
        {"id": transfer_id},
    )
    moved = {(line.variant_id, transfer.source_id): -line.quantity for line in lines}
    await make(tx, moved)
    rows = await lock(tx, [variant_id for variant_id, _ in moved])
    await apply(tx, rows, [Change(moved, Reason.TRANSFER, str(transfer_id))])
    await _tell(tx, "transfer.sent", transfer_id, {"status": ("draft", "sent")})


async def receive_transfer(tx: Transaction, transfer_id: UUID, arrived: Mapping[UUID, Arrived]) -> bool:
    """Put down what became of pieces on their way, by variant; returns whether all of it is accounted for now.

    What was received is on hand at the destination and what returned at the source, and fills what is owed; what was
    lost is written off. Emits `inventory.updated` and `inventory.backorder_filled`. Raises `Invalid`, `TransferMoved`,
    and `CameMeanwhile` where somebody else put something down since the asker looked.
    """
    transfer = await _locked(tx, transfer_id, TransferStatus.SENT)
    lines = {line.variant_id: line for line in await _lines(tx, transfer_id)}
    there: dict[Key, int] = {}
    back: dict[Key, int] = {}
    for variant_id, came in arrived.items():
        line = lines.get(variant_id)
        if line is None:
            raise NotFound
        ended = line.received + line.returned + line.lost
        if came.seen is not None and came.seen != ended:
            raise CameMeanwhile(variant_id)
        if min(came.received, came.returned, came.lost) < 0 or came.all > line.quantity - ended:
            raise Invalid(
                {str(variant_id): _("Only {left} of these are on their way.").format(left=line.quantity - ended)}
            )
        if came.received:
            there[variant_id, transfer.destination_id] = came.received
        if came.returned:
            back[variant_id, transfer.source_id] = came.returned
    changed = {variant_id: came for variant_id, came in arrived.items() if came.all}
    if not changed:
        raise Invalid({"lines": _("Enter what arrived.")})
    await tx.sql(
        "UPDATE inventory.transfer_lines l SET received = l.received + given.received,"
        " returned = l.returned + given.returned, lost = l.lost + given.lost"
        " FROM unnest(CAST(:variants AS uuid[]), CAST(:received AS int[]), CAST(:returned AS int[]),"
        " CAST(:lost AS int[])) AS given (variant_id, received, returned, lost)"
        " WHERE l.transfer_id = :id AND l.variant_id = given.variant_id",
        {
            "id": transfer_id,
            "variants": list(changed),
            "received": [came.received for came in changed.values()],
            "returned": [came.returned for came in changed.values()],
            "lost": [came.lost for came in changed.values()],
        },
    )
    moves = [Change(move, Reason.TRANSFER, str(transfer_id)) for move in (there, back) if move]
    if moves:
        await make(tx, [*there, *back])
        rows = await lock(tx, changed)
        await apply(tx, rows, moves, restocks=True)
    ended_now = await tx.sql(
        "UPDATE inventory.transfers t SET status = 'received', received_at = kit.now(), updated_at = kit.now()"
        " WHERE t.id = :id AND NOT EXISTS (SELECT FROM inventory.transfer_lines l WHERE l.transfer_id = t.id"
        " AND l.received + l.returned + l.lost < l.quantity) RETURNING t.id",
        {"id": transfer_id},
    )
    await _tell(
        tx,
        "transfer.received",
        transfer_id,
        {
            name: (0, pieces)
            for name in ("received", "returned", "lost")
            if (pieces := sum(getattr(came, name) for came in changed.values()))
        },
    )
    return ended_now.first() is not None


def _check(lines: Mapping[UUID, int], note: str) -> None:
    if any(not 1 <= quantity <= LARGEST_STOCK for quantity in lines.values()) or len(note) > LONGEST_NOTE:
        raise Invalid({"lines": _("Enter how many of each, as a whole number from 1.")})


async def _put_lines(tx: Transaction, transfer_id: UUID, lines: Mapping[UUID, int]) -> None:
    await tx.sql(
        "INSERT INTO inventory.transfer_lines (transfer_id, variant_id, quantity)"
        " SELECT :id, * FROM unnest(CAST(:variants AS uuid[]), CAST(:quantities AS int[]))",
        {"id": transfer_id, "variants": list(lines), "quantities": list(lines.values())},
    )


async def _locked(tx: Transaction, transfer_id: UUID, status: TransferStatus) -> Any:
    row = (
        await tx.sql(
            "SELECT id, source_id, destination_id, status FROM inventory.transfers WHERE id = :id FOR UPDATE",
            {"id": transfer_id},
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    if row.status != status:
        raise TransferMoved
    return row


async def _lines(tx: Transaction, transfer_id: UUID) -> list[Any]:
    found = await tx.sql(
        "SELECT variant_id, quantity, received, returned, lost FROM inventory.transfer_lines"
        " WHERE transfer_id = :id ORDER BY variant_id",
        {"id": transfer_id},
    )
    return list(found.all())


async def _tell(tx: Transaction, action: str, transfer_id: UUID, changes: Mapping[str, tuple[Any, Any]]) -> None:
    number = (await tx.sql("SELECT number FROM inventory.transfers WHERE id = :id", {"id": transfer_id})).scalar_one()
    await audit.record(tx, action=action, subject=("transfer", transfer_id), label=f"T-{number}", changes=changes)
