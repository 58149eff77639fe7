"""Mails that came back: what a mail server reports later about one that it had taken (RFC 3464)."""

import re
from email import message_from_bytes
from email.message import Message
from email.policy import default
from uuid import UUID

import msgspec
from sqlalchemy import select

from domains.kit import Transaction
from domains.notifications.models import Notification
from domains.notifications.operations import remember_failed_try

_OURS = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@[^>\s]*>")


class Bounce(msgspec.Struct, frozen=True):
    """The mail that did not arrive, by the row of the log that its `Message-ID` names, and why."""

    notification_id: UUID
    reason: str


def read_bounce(mail: bytes) -> Bounce | None:
    """What a mail reports for good about one of ours; None for any other mail, and for a report of a mere delay."""
    report = message_from_bytes(mail, policy=default)
    if report.get_content_type() != "multipart/report":
        return None
    reason, ours = None, None
    for part in report.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            reason = reason or _reason(part)
        elif kind in {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers"}:
            ours = ours or _OURS.search(_returned(part))
    return Bounce(UUID(ours[1]), reason) if ours is not None and reason is not None else None


async def take_bounce(tx: Transaction, bounce: Bounce) -> bool:
    """Mark a mail that was sent as `bounced`, with its reason among its failed tries; again, nothing.

    Whether the log has such a mail. Anybody can write such a report; it can do no more than this, and to nothing but a
    mail whose id he knows.
    """
    found = await tx.session.execute(
        select(Notification).where(Notification.id == bounce.notification_id).with_for_update()
    )
    row = found.scalar_one_or_none()
    if row is None:
        return False
    if row.status == "sent":
        row.status, row.failure_reason = "bounced", bounce.reason
        await tx.session.flush()
        await remember_failed_try(tx, row.id, bounce.reason)
    return True


def _reason(status: Message) -> str | None:
    """The first recipient for whom it failed: its code and the receiving server's words."""
    blocks = status.get_payload()
    for block in blocks if isinstance(blocks, list) else []:
        if isinstance(block, Message) and str(block.get("Action", "")).strip().lower() == "failed":
            said = str(block.get("Diagnostic-Code", "")).partition(";")[2] or str(block.get("Status", ""))
            return f"it came back: {' '.join(said.split()) or 'no reason given'}"[:500]
    return None


def _returned(part: Message) -> str:
    """The `Message-ID` of the mail that came back, which is there whole or by its headers alone."""
    inside = part.get_payload()
    if isinstance(inside, list):
        whole = next((one for one in inside if isinstance(one, Message)), None)
        return str(whole.get("Message-ID", "")) if whole is not None else ""
    raw = part.get_payload(decode=True)
    text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else str(inside)
    return str(message_from_bytes(text.encode()).get("Message-ID", ""))
