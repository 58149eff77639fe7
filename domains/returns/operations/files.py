"""Files whose money goes back."""

from collections import Counter
from collections.abc import Collection
from uuid import UUID

from domains import downloads
from domains.kit import Transaction
from domains.returns.queries import case
from domains.returns.states import RefundStatus


async def take_back(tx: Transaction, order_id: UUID, order_line_ids: Collection[UUID]) -> None:
    """Those of these lines that are files are fetched no more, once the money of all their pieces was given back.

    The caller holds the order, and has put the refund down.
    """
    found = await case(tx, order_id)
    gone: Counter[UUID] = Counter()
    for each in found.refunds:
        if each.is_alive and each.status is RefundStatus.GIVEN:
            gone.update({line.order_line_id: line.quantity for line in each.lines})
    over = [
        line.variant_id
        for line in found.order.lines
        if line.is_digital and line.id in order_line_ids and gone[line.id] >= line.quantity
    ]
    if over:
        await downloads.revoke(tx, order_id, over)
