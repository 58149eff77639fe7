"""More time for one order."""

from datetime import date
from uuid import UUID

from domains import audit, orders, store
from domains.kit import Invalid, Transaction
from domains.kit.i18n import gettext as _
from domains.returns.models import LONGEST_TEXT


async def extend(tx: Transaction, order_id: UUID, *, until: date, reason: str = "") -> None:
    """Let the order be returned until `until` and with that day; a shorter time than the shop's own changes nothing.

    Raises `Invalid`, `orders.OrderNotFound`.
    """
    head = await orders.lock(tx, order_id)
    if until < await store.today(tx):
        raise Invalid({"until": _("Enter a day that is not over.")})
    if len(reason) > LONGEST_TEXT:
        raise Invalid({"reason": _("Use at most {longest} characters.").format(longest=LONGEST_TEXT)})
    before = (
        await tx.sql("SELECT until FROM returns.extensions WHERE order_id = :order", {"order": order_id})
    ).scalar()
    await tx.sql(
        "INSERT INTO returns.extensions (order_id, until, reason) VALUES (:order, :until, :reason)"
        " ON CONFLICT (order_id) DO UPDATE SET until = excluded.until, reason = excluded.reason,"
        " updated_at = kit.now()",
        {"order": order_id, "until": until, "reason": reason.strip()},
    )
    await audit.record(
        tx,
        action="order.return_window_extended",
        subject=("order", order_id),
        label=head.number,
        changes={"until": (before, until)},
        note=reason.strip(),
    )
