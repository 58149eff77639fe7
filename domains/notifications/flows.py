"""Sending: ours (lease and compose), theirs (render and hand over), ours (mark)."""

import asyncio

import structlog

from domains.kit import Actor, Database, DomainError
from domains.kit.crash import crash_point
from domains.kit.tracing import traced
from domains.notifications.composing import compose
from domains.notifications.gateway import Mail, MailGateway, MailRefused, MailUnavailable
from domains.notifications.models import Notification
from domains.notifications.operations import lease, let_go, mark_failed, mark_sent
from domains.notifications.rendering import Renderer

log = structlog.get_logger(__name__)

ACTOR = Actor.system("notifications")


async def send_due(
    db: Database, mailer: MailGateway, render: Renderer, *, base_url: str, sender: str = "", limit: int = 100
) -> int:
    """Send what is due, one message after the other; returns how many were handed over.

    A process that dies while it sends leaves the message leased; it is tried again when the lease is over, under the
    same Message-ID. One that is told to stop lets go of it, and the next turn sends it. A server that is down delays
    the message with growing waits and blocks nothing.
    """
    sent = 0
    for _turn in range(limit):
        outcome = await _send_one(db, mailer, render, base_url=base_url, sender=sender)
        if outcome is None:
            break
        sent += outcome
    return sent


async def _send_one(db: Database, mailer: MailGateway, render: Renderer, *, base_url: str, sender: str) -> int | None:
    async with db.transaction(ACTOR) as tx:
        row = await lease(tx)
    if row is None:
        return None
    try:
        return await _send(db, mailer, render, row, base_url=base_url, sender=sender)
    except asyncio.CancelledError:
        async with db.transaction(ACTOR) as tx:
            await let_go(tx, row.id)
        raise


async def _send(
    db: Database, mailer: MailGateway, render: Renderer, row: Notification, *, base_url: str, sender: str
) -> int:
    with traced(row.trace_id):
        try:
            async with db.transaction(ACTOR) as tx:
                shop, composed = await compose(tx, row, base_url=base_url)
                now = await tx.now()
        except DomainError as error:  # what the mail is about is gone or was never whole: no retry will mend it
            async with db.transaction(ACTOR) as tx:
                await mark_failed(tx, row.id, reason=f"cannot be made: {error.code}", final=True)
            log.error("mail.not_made", template_name=row.template_name, code=error.code)
            return 0
        words = render(composed.template, composed.context)
        crash_point("mail.before")
        domain = _domain(sender or shop.sender_email)
        mail = Mail(
            message_id=f"<{row.id}@{domain}>",
            sender=sender or shop.sender_email,
            sender_name=shop.name,
            reply_to=composed.reply_to,
            recipient=composed.recipient,
            subject=words.subject,
            text=words.text,
            html=words.html,
            date=now,
            references=tuple(f"<{earlier}@{domain}>" for earlier in composed.follows),
            is_personal=composed.is_personal,
        )
        try:
            await mailer.send(mail)
        except (MailUnavailable, MailRefused) as error:
            async with db.transaction(ACTOR) as tx:
                await mark_failed(
                    tx,
                    row.id,
                    reason=str(error),
                    final=isinstance(error, MailRefused),
                    recipient=composed.recipient,
                    subject=words.subject,
                )
            log.warning("mail.not_sent", template_name=row.template_name, reason=type(error).__name__)
            return 0
        async with db.transaction(ACTOR) as tx:
            await mark_sent(tx, row.id, recipient=composed.recipient, subject=words.subject)
        log.info("mail.sent", template_name=row.template_name)
        return 1


def _domain(address: str) -> str:
    return address.rpartition("@")[2].strip(">") or "localhost"
