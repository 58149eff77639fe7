"""What can be asked of the notification log."""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import select

from domains.kit import Transaction
from domains.notifications.models import FailedTry, Notification
from domains.notifications.operations import NotificationNotFound


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


class FailedTryView(msgspec.Struct, frozen=True):
    """When the mail server did not take a message, and why."""

    at: datetime
    reason: str


class MailView(msgspec.Struct, frozen=True, kw_only=True):
    """A message whole. `recipient` and `subject` are known once it was made; `message_id` is its name to mail servers
    before the @; `repeated` are the messages that staff had sent of it again, the newest first."""

    id: UUID
    template: str
    audience: str
    status: str
    recipient: str | None
    subject: str | None
    order_id: UUID | None
    user_id: UUID | None
    created_at: datetime
    sent_at: datetime | None
    next_try_at: datetime
    settled_at: datetime | None
    again_of: UUID | None
    repeated: tuple[UUID, ...]
    tries: tuple[FailedTryView, ...]

    @property
    def has_failed(self) -> bool:
        return self.status in {"failed", "bounced"}


async def mail(tx: Transaction, notification_id: UUID) -> MailView:
    """One message with its failed tries, the newest first. Raises `NotificationNotFound`."""
    row = await tx.session.get(Notification, notification_id)
    if row is None:
        raise NotificationNotFound
    repeated = await tx.session.execute(
        select(Notification.id)
        .where(Notification.again_of == notification_id)
        .order_by(Notification.created_at.desc(), Notification.id.desc())
    )
    tries = await tx.session.execute(
        select(FailedTry).where(FailedTry.notification_id == notification_id).order_by(FailedTry.number.desc())
    )
    return MailView(
        id=row.id,
        template=row.template_name,
        audience=row.audience,
        status=row.status,
        recipient=row.recipient,
        subject=row.subject,
        order_id=row.order_id,
        user_id=row.user_id,
        created_at=row.created_at,
        sent_at=row.sent_at,
        next_try_at=row.next_try_at,
        settled_at=row.settled_at,
        again_of=row.again_of,
        repeated=tuple(repeated.scalars()),
        tries=tuple(FailedTryView(each.tried_at, each.reason) for each in tries.scalars()),
    )
