"""The log of mails as staff read it: to whom, of what kind, about which order, and how each of them stands."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domains.kit import Transaction
from domains.kit.crypto import email_hash, keyring
from domains.kit.listing import Asked, OrderBy, Slice, Source, Where, slice_of

_MAILS = Source(
    select=(
        "n.id, n.template_name, n.audience, n.status, n.recipient, n.subject, n.retry_count, n.failure_reason,"
        " n.created_at, n.sent_at, n.settled_at, n.again_of,"
        " (SELECT o.order_number FROM orders.orders o WHERE o.id = n.order_id) AS order_number"
    ),
    tables="notifications.notifications n",
    key="n.id",
    orders={"made": OrderBy("n.created_at", "timestamptz")},
)
_STATES: Mapping[str, str] = {
    "sent": "n.status = 'sent'",
    "waiting": "n.status = 'queued'",
    "failed": "n.status IN ('failed', 'bounced') AND n.settled_at IS NULL",
    "set_aside": "n.status IN ('failed', 'bounced') AND n.settled_at IS NOT NULL",
}
# A mail that was not made yet has no recipient: it is found by the account or the order that it is about.
_OF_PERSON = """n.id IN (
    SELECT id FROM notifications.notifications WHERE recipient_hash = :mail
    UNION SELECT id FROM notifications.notifications
          WHERE user_id = (SELECT id FROM accounts.accounts WHERE email_hash = :mail)
    UNION SELECT id FROM notifications.notifications
          WHERE order_id IN (SELECT id FROM orders.orders WHERE email_hash = :mail))"""
_OF_ORDER = "n.order_id IN (SELECT id FROM orders.orders WHERE order_number = :number)"


class MailRow(msgspec.Struct, frozen=True, kw_only=True):
    """A mail in a list of many; `state` is sent, waiting, failed, bounced or set_aside."""

    id: UUID
    template: str
    audience: str
    state: str
    recipient: str | None
    subject: str | None
    order_number: str | None
    tries: int
    reason: str | None
    made_at: datetime
    sent_at: datetime | None
    is_repeated: bool


async def find_mails(tx: Transaction, asked: Asked) -> Slice[MailRow]:
    """The mails that fit. What was typed is an exact mail address, or the number of an order.

    Filters: `state` (sent, waiting, failed or set_aside), `kind` (a template), `to` (customer or merchant), `made`.
    """
    where = Where()
    if "@" in asked.q:
        where.add(_OF_PERSON, mail=email_hash(asked.q))
    elif asked.q:
        where.add(_OF_ORDER, number=asked.q.strip().upper())
    if chosen := [_STATES[state] for state in asked.chosen("state") if state in _STATES]:
        where.add(" OR ".join(f"({condition})" for condition in chosen))
    kinds = asked.chosen("kind")
    if len(kinds) == 1:  # an equation, which the index of kinds answers in order
        where.add("n.template_name = :kind", kind=kinds[0])
    else:
        where.one_of("n.template_name", kinds)
    where.one_of("n.audience", asked.chosen("to"))
    where.within("n.created_at", asked.within("made"))
    return (await slice_of(tx, _MAILS, where, asked)).map(_row)


def _row(row: Any) -> MailRow:
    status = {"queued": "waiting"}.get(row.status, row.status)
    return MailRow(
        id=row.id,
        template=row.template_name,
        audience=row.audience,
        state="set_aside" if row.settled_at is not None and status in {"failed", "bounced"} else status,
        recipient=_opened(row.recipient, "recipient"),
        subject=_opened(row.subject, "subject"),
        order_number=row.order_number,
        tries=row.retry_count,
        reason=row.failure_reason,
        made_at=row.created_at,
        sent_at=row.sent_at,
        is_repeated=row.again_of is not None,
    )


def _opened(sealed: str | None, column: str) -> str | None:
    return None if sealed is None else keyring().decrypt(sealed, f"notifications.notifications.{column}")
