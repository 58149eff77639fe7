"""Queueing, leasing and marking notifications; each within the caller's transaction."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

import msgspec
from sqlalchemy import select

from domains import audit
from domains.kit import Conflict, NotFound, RecordedEvent, Transaction, new_id
from domains.kit.clock import ClockIsReal, environment
from domains.kit.crypto import email_hash
from domains.kit.i18n import gettext as _
from domains.notifications.models import Notification


class NotificationNotFound(NotFound):
    """There is no such message."""

    code = "notification_not_found"
    title = _("We could not find that message.")


class NotFailed(Conflict):
    """The message has not failed: it was sent, or it still waits."""

    code = "mail_not_failed"
    title = _("This mail has not failed.")
    hint = _("Reload the page to see how it stands.")


LEASE = timedelta(seconds=60)  # longer than any mail server may take, see the gateway's timeout
LAST_RETRY = 40  # with waits of up to half an hour, the better part of a day
_LONGEST_WAIT = 1800
_FAILED = frozenset({"failed", "bounced"})


async def queue(
    tx: Transaction,
    event: RecordedEvent,
    *,
    template: str,
    audience: str,
    user_id: UUID | None = None,
    order_id: UUID | None = None,
    about: Mapping[str, UUID] | None = None,
) -> None:
    """Queue one message for an event; once per event, template and audience, however often this runs.

    `about` are further ids that the message is made from; they are kept in its payload.
    """
    await tx.sql(
        "INSERT INTO notifications.notifications (id, event_id, user_id, order_id, audience, template_name, payload,"
        " trace_id) VALUES (:id, :event, :user, :order, :audience, :template, CAST(:about AS jsonb), :trace)"
        " ON CONFLICT (event_id, template_name, audience) WHERE again_of IS NULL DO NOTHING",
        {
            "id": new_id(),
            "event": event.id,
            "user": user_id,
            "order": order_id,
            "audience": audience,
            "template": template,
            "about": msgspec.json.encode(dict(about or {})).decode(),
            "trace": event.trace_id,
        },
    )
    await tx.sql("SELECT pg_notify('mails', '')")


async def send_again(tx: Transaction, notification_id: UUID, *, order_id: UUID | None = None) -> UUID:
    """Queue the same message once more; it is made anew, of what is so now. Returns the new message's id.

    Asked twice while the first repetition still waits, it is that one. What failed needs no further look then. Raises
    `NotificationNotFound`, with `order_id` also for a message that is not about this order.
    """
    row = await _held(tx, notification_id)
    if order_id is not None and row.order_id != order_id:
        raise NotificationNotFound
    first_id = row.again_of or row.id
    if row.status in _FAILED and row.settled_at is None:
        row.settled_at = await tx.now()
        await tx.session.flush()
    waiting: UUID | None = (
        await tx.sql(
            "SELECT id FROM notifications.notifications WHERE again_of = :id AND status = 'queued' LIMIT 1",
            {"id": first_id},
        )
    ).scalar()
    if waiting is not None:
        return waiting
    again_id = new_id()
    await tx.sql(
        "INSERT INTO notifications.notifications (id, event_id, user_id, order_id, audience, template_name, payload,"
        " trace_id, again_of)"
        " SELECT :new, event_id, user_id, order_id, audience, template_name, payload, :trace, :first"
        " FROM notifications.notifications WHERE id = :id",
        {"new": again_id, "trace": tx.trace_id, "first": first_id, "id": notification_id},
    )
    await tx.sql("SELECT pg_notify('mails', '')")
    await _tell(tx, row, "mail.sent_again", mail=(None, str(again_id)))
    return again_id


async def retry(tx: Transaction, notification_id: UUID) -> None:
    """Send a message that failed, or that waits for its next try, as soon as may be: the same one, under its own
    Message-ID, with as many tries before it as a new one has.

    Raises `NotificationNotFound`, `NotFailed` for one that was sent or came back: that is sent again, as another one.
    """
    row = await _held(tx, notification_id)
    if row.status not in {"queued", "failed"}:
        raise NotFailed
    was = row.status
    row.status, row.settled_at, row.retry_count = "queued", None, 0
    await tx.session.flush()
    # The wait is by the server's real time, like every wait for a mail server.
    await tx.sql("UPDATE notifications.notifications SET next_try_at = now() WHERE id = :id", {"id": notification_id})
    await tx.sql("SELECT pg_notify('mails', '')")
    await _tell(tx, row, "mail.retried", status=(was, "queued"), mail=(None, str(row.id)))


async def set_aside(tx: Transaction, notification_id: UUID) -> None:
    """Nothing is left to do about a message that failed: it no longer counts among those that do; again, nothing.

    Raises `NotificationNotFound`, `NotFailed`.
    """
    row = await _held(tx, notification_id)
    if row.status not in _FAILED:
        raise NotFailed
    if row.settled_at is not None:
        return
    row.settled_at = await tx.now()
    await tx.session.flush()
    await _tell(tx, row, "mail.set_aside", mail=(None, str(row.id)))


async def _held(tx: Transaction, notification_id: UUID) -> Notification:
    found = await tx.session.execute(
        select(Notification)
        .where(Notification.id == notification_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    row = found.scalar_one_or_none()
    if row is None:
        raise NotificationNotFound
    return row


async def _tell(tx: Transaction, row: Notification, action: str, **changes: tuple[str | None, str]) -> None:
    """Put on record what staff did about a message, beside its order where it has one."""
    subject = ("mail", str(row.again_of or row.id)) if row.order_id is None else ("order", str(row.order_id))
    await audit.record(tx, action=action, subject=subject, label=row.template_name, changes=changes)


_LEASE = """
UPDATE notifications.notifications SET leased_until = now() + :lease WHERE id = (
    SELECT id FROM notifications.notifications
    WHERE status = 'queued' AND next_try_at <= now() AND (leased_until IS NULL OR leased_until < now())
    ORDER BY next_try_at LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id
"""


async def lease(tx: Transaction) -> Notification | None:
    """Take the next due message for `LEASE`; a worker that dies lets go of it by then. None when nothing is due.

    Time is the server's real one: waits are about mail servers, not about the shop's clock.
    """
    taken = (await tx.sql(_LEASE, {"lease": LEASE})).scalar_one_or_none()
    if taken is None:
        return None
    return (await tx.session.execute(select(Notification).where(Notification.id == taken))).scalar_one()


async def let_go(tx: Transaction, notification_id: UUID) -> None:
    """Give a leased message back that was not sent: it is due at once."""
    await tx.sql(
        "UPDATE notifications.notifications SET leased_until = NULL WHERE id = :id AND status = 'queued'",
        {"id": notification_id},
    )


async def mark_sent(tx: Transaction, notification_id: UUID, *, recipient: str, subject: str) -> None:
    """The mail server has taken the message."""
    now = await tx.now()
    row = await tx.session.get_one(Notification, notification_id)
    row.status = "sent"
    _address(row, recipient, subject)
    row.sent_at, row.leased_until, row.failure_reason = now, None, None
    await tx.session.flush()


async def mark_failed(
    tx: Transaction, notification_id: UUID, *, reason: str, final: bool, recipient: str = "", subject: str = ""
) -> None:
    """The message was not taken: try again with growing waits, or give up when `final` or after the last retry.

    Each failed try is kept with its reason; `recipient` and `subject` are known once the message was made.
    """
    row = await tx.session.get_one(Notification, notification_id)
    if recipient:
        _address(row, recipient, subject)
    row.retry_count += 1
    row.failure_reason, row.leased_until = reason[:500], None
    if final or row.retry_count > LAST_RETRY:
        row.status = "failed"
    await tx.session.flush()
    await tx.sql(
        "UPDATE notifications.notifications SET next_try_at = now() + make_interval(secs => :wait) WHERE id = :id",
        {"wait": float(min(2**row.retry_count, _LONGEST_WAIT)), "id": notification_id},
    )
    await remember_failed_try(tx, notification_id, row.failure_reason)


async def remember_failed_try(tx: Transaction, notification_id: UUID, reason: str) -> None:
    """Keep why a message did not arrive, beside why it did not before."""
    await tx.sql(_FAILED_TRY, {"id": notification_id, "reason": reason})


_FAILED_TRY = """
INSERT INTO notifications.failed_tries (notification_id, number, reason)
SELECT :id, coalesce(max(number), 0) + 1, :reason FROM notifications.failed_tries WHERE notification_id = :id
"""


def _address(row: Notification, recipient: str, subject: str) -> None:
    row.recipient, row.subject = recipient[:255], subject[:255]
    # A mail to several people of the shop is found by none of them.
    row.recipient_hash = None if "," in recipient else email_hash(recipient)


async def count_as_sent(tx: Transaction) -> int:
    """Let every queued message count as sent at the time of its fact, for a shop that begins with a past; how many.

    Nothing reaches anybody. Raises `ClockIsReal` in a real shop, whose messages are for real people.
    """
    if await environment(tx) == "production":
        raise ClockIsReal
    told = await tx.sql(
        "UPDATE notifications.notifications n SET status = 'sent', sent_at = e.recorded_at, created_at = e.recorded_at"
        " FROM kit.events e WHERE e.id = n.event_id AND n.status = 'queued' RETURNING n.id"
    )
    return len(told.all())
