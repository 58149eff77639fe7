"""Goods that have come back: looked at, put on the shelf or scrapped."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from domains import audit, inventory
from domains.inventory import Arrival, Reason
from domains.kit import Invalid, Transaction, record
from domains.kit.i18n import gettext as _
from domains.returns.errors import ReturnMoved
from domains.returns.events import ReceivedItem, ReturnReceived, ReturnReopened
from domains.returns.models import RefundRow, ReturnRow
from domains.returns.operations.locking import lock_return, move
from domains.returns.operations.refunding import finish
from domains.returns.queries import case, return_
from domains.returns.states import RefundStatus, ReturnStatus
from domains.returns.views import Arrived, ReturnView


async def receive(tx: Transaction, return_id: UUID, *, items: Sequence[Arrived], warehouse_id: UUID) -> ReturnView:
    """The parcel is here: `approved` → `received`; what is good goes on the shelf of `warehouse_id`, once (I28).

    What was scrapped is noted with the return and never reaches the shelf. A return whose money went back when its
    order was called off is `refunded` with it. Emits `return.received` and `inventory.updated`.
    Raises `ReturnMoved`, and `Invalid` for more than was announced or nothing at all (`close` it instead).
    """
    _head, row = await lock_return(tx, return_id)
    if row.status != ReturnStatus.APPROVED:
        raise ReturnMoved(ReturnStatus(row.status))
    view = await return_(tx, return_id)
    given = {item.order_line_id: item for item in items}
    if len(given) != len(items) or set(given) - {line.order_line_id for line in view.lines}:
        raise Invalid({"lines": _("Name each thing of this return once.")})
    for line in view.lines:
        came = given.get(line.order_line_id, Arrived(line.order_line_id, 0))
        if min(came.restocked, came.scrapped) < 0 or came.restocked + came.scrapped > line.quantity:
            raise Invalid({"lines": _("No more can arrive than was announced. Enter whole numbers from 0.")})
    if not any(item.restocked + item.scrapped for item in items):
        raise Invalid({"lines": _("Enter what has arrived. If nothing will, close the return.")})
    await _put_away(tx, view, given, warehouse_id)
    row.warehouse_id, row.received_at = warehouse_id, await tx.now()
    await move(tx, row, ReturnStatus.RECEIVED)
    await record(
        tx,
        ReturnReceived(
            row.id,
            row.order_id,
            warehouse_id,
            tuple(ReceivedItem(item.order_line_id, item.restocked + item.scrapped, item.restocked) for item in items),
        ),
    )
    await audit.record(
        tx,
        action="return.received",
        subject=("return", row.id),
        label=row.number,
        changes={
            "received": (0, sum(item.restocked + item.scrapped for item in items)),
            "restocked": (0, sum(item.restocked for item in items)),
        },
    )
    await _finish_if_refunded(tx, row)
    return await return_(tx, return_id)


async def refund_failed(tx: Transaction, payment_refund_id: UUID) -> None:
    """The bank did not take a refund: a return that was over waits for its money again. Emits `return.reopened`."""
    found = (
        await tx.sql(
            "SELECT return_id FROM returns.refunds WHERE payment_refund_id = :id AND return_id IS NOT NULL",
            {"id": payment_refund_id},
        )
    ).scalar()
    if found is None:
        return
    _head, row = await lock_return(tx, found)
    if row.status != ReturnStatus.REFUNDED or row.received_at is None or await _live_refund(tx, row) is not None:
        return
    await move(tx, row, ReturnStatus.RECEIVED)
    await record(tx, ReturnReopened(row.id, row.order_id))


async def _put_away(tx: Transaction, view: ReturnView, given: dict[UUID, Arrived], warehouse_id: UUID) -> None:
    quantities = {
        line.variant_id: given[line.order_line_id].restocked
        for line in view.lines
        if line.order_line_id in given and given[line.order_line_id].restocked
    }
    for item in given.values():
        await tx.sql(
            "UPDATE returns.return_lines SET received = :received, restocked = :restocked"
            " WHERE return_id = :id AND order_line_id = :line",
            {
                "id": view.id,
                "line": item.order_line_id,
                "received": item.restocked + item.scrapped,
                "restocked": item.restocked,
            },
        )
    if quantities:
        await inventory.receive_all(
            tx, [Arrival(warehouse_id, quantities)], reason=Reason.RETURN, reference=f"return:{view.id}"
        )


async def _finish_if_refunded(tx: Transaction, row: ReturnRow) -> None:
    refund = await _live_refund(tx, row)
    if refund is not None:
        await finish(tx, row, refund)


async def _live_refund(tx: Transaction, row: ReturnRow) -> RefundRow | None:
    """The refund of this return whose money has gone or is on its way."""
    alive = [
        each.id
        for each in (await case(tx, row.order_id)).refunds
        if each.return_id == row.id and each.status is RefundStatus.GIVEN and each.is_alive
    ]
    if not alive:
        return None
    return (await tx.session.execute(select(RefundRow).where(RefundRow.id == alive[0]))).scalar_one()
