"""What can be asked of the notification log."""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import select

from domains.kit import Transaction
from domains.notifications.models import Notification


class NotificationView(msgspec.Struct, frozen=True):
    """A message as the order's timeline and the log show it."""

    id: UUID
    template: str
    audience: str
    status: str
    subject: str | None
    sent_at: datetime | None
    failure_reason: str | None
    retry_count: int


async def log_of(
    tx: Transaction, *, order_id: UUID | None = None, user_id: UUID | None = None
) -> list[NotificationView]:
    """The messages about one order or to one account, oldest first."""
    wanted = select(Notification).order_by(Notification.created_at, Notification.id)
    if order_id is not None:
        wanted = wanted.where(Notification.order_id == order_id)
    if user_id is not None:
        wanted = wanted.where(Notification.user_id == user_id)
    return [
        NotificationView(
            row.id,
            row.template_name,
            row.audience,
            row.status,
            row.subject,
            row.sent_at,
            row.failure_reason,
            row.retry_count,
        )
        for row in (await tx.session.execute(wanted)).scalars()
    ]
