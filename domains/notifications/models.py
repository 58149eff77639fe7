"""The notification log (NOTE-01)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from domains.kit import Base, new_id
from domains.kit.crypto import EncryptedText

_NOW = text("kit.now()")


class MailText(Base):
    """What a merchant says in his own words in one of the shop's mails."""

    __tablename__ = "texts"
    __table_args__ = (CheckConstraint("length(opening) <= 2000", name="opening"), {"schema": "notifications"})

    template: Mapped[str] = mapped_column(String(60), primary_key=True)
    subject: Mapped[str] = mapped_column(String(200), server_default="")
    opening: Mapped[str] = mapped_column(Text, server_default="")
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class Notification(Base):
    """One message to one recipient. The payload holds ids; recipient and subject are known once it was made.

    `again_of` is the message that this one repeats because staff wanted it sent again; `settled_at` is when staff said
    of one that failed that nothing is left to do.
    """

    __tablename__ = "notifications"
    __table_args__ = (
        Index(
            "uq_notifications_event",
            "event_id",
            "template_name",
            "audience",
            unique=True,
            postgresql_where=text("again_of IS NULL"),
        ),
        CheckConstraint("channel IN ('email', 'sms', 'push')", name="channel"),
        CheckConstraint("audience IN ('customer', 'merchant')", name="audience"),
        CheckConstraint("status IN ('queued', 'sent', 'failed', 'bounced')", name="status"),
        CheckConstraint("retry_count >= 0", name="retry_count"),
        CheckConstraint("status <> 'sent' OR sent_at IS NOT NULL", name="sent_at"),
        CheckConstraint("status <> 'failed' OR failure_reason IS NOT NULL", name="failure_reason"),
        Index("ix_notifications_due", "next_try_at", postgresql_where=text("status = 'queued'")),
        Index("ix_notifications_failed", "created_at", "id",
              postgresql_where=text("status IN ('failed', 'bounced') AND settled_at IS NULL")),
        Index("ix_notifications_created_at_id", "created_at", "id"),
        Index("ix_notifications_template_name", "template_name", "created_at", "id"),
        Index("ix_notifications_again_of", "again_of", postgresql_where=text("again_of IS NOT NULL")),
        Index("ix_notifications_recipient_hash", "recipient_hash",
              postgresql_where=text("recipient_hash IS NOT NULL")),
        {"schema": "notifications"},
    )  # fmt: skip

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[UUID] = mapped_column(ForeignKey("kit.events.id"))
    user_id: Mapped[UUID | None] = mapped_column(index=True)
    order_id: Mapped[UUID | None] = mapped_column(index=True)
    again_of: Mapped[UUID | None] = mapped_column(ForeignKey("notifications.notifications.id"))
    channel: Mapped[str] = mapped_column(String(10), server_default="email")
    audience: Mapped[str] = mapped_column(String(10))
    template_name: Mapped[str] = mapped_column(String(100))
    recipient: Mapped[str | None] = mapped_column(EncryptedText("notifications.notifications.recipient"))
    recipient_hash: Mapped[bytes | None]
    subject: Mapped[str | None] = mapped_column(EncryptedText("notifications.notifications.subject"))
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    trace_id: Mapped[str] = mapped_column(String(32))
    status: Mapped[str] = mapped_column(String(10), server_default="queued")
    retry_count: Mapped[int] = mapped_column(Integer, server_default="0")
    next_try_at: Mapped[datetime] = mapped_column(server_default=func.now())
    leased_until: Mapped[datetime | None]
    failure_reason: Mapped[str | None] = mapped_column(Text)
    sent_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class FailedTry(Base):
    """The mail server did not take a message, or it could not be made: when, and why."""

    __tablename__ = "failed_tries"
    __table_args__ = ({"schema": "notifications"},)

    notification_id: Mapped[UUID] = mapped_column(
        ForeignKey("notifications.notifications.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    tried_at: Mapped[datetime] = mapped_column(server_default=_NOW)
