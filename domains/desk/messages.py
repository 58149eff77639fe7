"""Messages of the contact form as staff read them: with the customer and the order that they belong to."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domains import content
from domains.content import MessageState, MessageView
from domains.desk.trail import names_of_staff
from domains.kit import Money, Transaction
from domains.kit.crypto import email_hash
from domains.kit.listing import Asked, OrderBy, Slice, Source, Where, slice_of
from domains.orders import OrderStatus

_MESSAGES = Source(
    select=(
        "m.id, m.name, m.email, m.body, m.order_number, m.state, m.created_at, m.settled_at,"
        " (SELECT count(*) FROM content.answers a WHERE a.message_id = m.id) AS answers"
    ),
    tables="content.messages m",
    key="m.id",
    orders={"received": OrderBy("m.created_at", "timestamptz")},
)
_LONGEST_BEGINNING = 60
# The order that is named, whoever it belongs to, and what the writer has ordered, by account and by address.
_ORDERS = """
WITH who AS (SELECT id FROM accounts.accounts WHERE email_hash = :mail), theirs AS (
    (SELECT id FROM orders.orders WHERE user_id = (SELECT id FROM who) ORDER BY created_at DESC LIMIT :most)
    UNION (SELECT id FROM orders.orders WHERE email_hash = :mail)
)
SELECT o.order_number, o.status, o.created_at, o.total_cents, o.currency, o.order_number = :number AS is_named,
       o.id IN (SELECT id FROM theirs) OR (o.user_id IS NOT NULL AND o.user_id = (SELECT id FROM who)) AS is_theirs
FROM orders.orders o
WHERE o.id IN (SELECT id FROM theirs UNION SELECT id FROM orders.orders WHERE order_number = :number)
ORDER BY is_named DESC, o.created_at DESC LIMIT :most
"""
_BESIDE = """
SELECT
    (SELECT json_build_object('id', id, 'role', role) FROM accounts.accounts
     WHERE email_hash = :mail AND account_status <> 'deactivated') AS account,
    (SELECT id FROM content.messages WHERE state = 'open' AND id <> :id ORDER BY created_at, id LIMIT 1) AS next,
    (SELECT coalesce(json_agg(json_build_object('id', x.id, 'status', x.status, 'answer_id', x.answer_id)), '[]') FROM (
        SELECT DISTINCT ON (n.payload ->> 'answer_id') n.id, n.status, n.payload ->> 'answer_id' AS answer_id
        FROM kit.events e JOIN notifications.notifications n ON n.event_id = e.id
        WHERE e.stream = 'message' AND e.stream_id = :id AND n.template_name = 'message_answer'
        ORDER BY n.payload ->> 'answer_id', n.created_at DESC, n.id DESC) x) AS mails
"""
_TALK = """
SELECT m.id, m.created_at AS at, m.state, m.order_number, m.body AS sealed, false AS is_answer, NULL::uuid AS author_id
FROM content.messages m WHERE m.email_hash = :mail
UNION ALL
SELECT m.id, a.created_at, m.state, m.order_number, a.body, true, a.author_id
FROM content.messages m JOIN content.answers a ON a.message_id = m.id WHERE m.email_hash = :mail
ORDER BY at DESC LIMIT :most
"""


class MessageRow(msgspec.Struct, frozen=True):
    """A message in a list of many; `words` is how it begins."""

    id: UUID
    name: str
    email: str
    words: str
    order_number: str
    state: MessageState
    answers: int
    created_at: datetime
    settled_at: datetime | None


class OrderOfWriter(msgspec.Struct, frozen=True):
    """An order that a message may be about: the one it names (`is_named`), or another of its writer (`is_theirs`)."""

    number: str
    status: OrderStatus
    placed_at: datetime
    total: Money
    is_named: bool
    is_theirs: bool


class AnswerTold(msgspec.Struct, frozen=True):
    """An answer, who gave it, and how its mail stands ("" before it is queued)."""

    body: str
    by: str
    sent_at: datetime
    mail_id: UUID | None
    mail_status: str


class MessageDetail(msgspec.Struct, frozen=True, kw_only=True):
    """A message with all that its page tells. `account_id` is the customer with the writer's address; `next` the one
    that has waited longest, besides this one."""

    message: MessageView
    account_id: UUID | None
    orders: tuple[OrderOfWriter, ...]
    answers: tuple[AnswerTold, ...]
    next: UUID | None

    @property
    def named(self) -> OrderOfWriter | None:
        """The order it names, if there is one."""
        return next((order for order in self.orders if order.is_named), None)


class Said(msgspec.Struct, frozen=True):
    """A message or an answer in a conversation; `message_id` leads to its page."""

    message_id: UUID
    at: datetime
    words: str
    is_answer: bool
    by: str
    order_number: str
    is_open: bool


async def find_messages(tx: Transaction, asked: Asked) -> Slice[MessageRow]:
    """The messages that fit. What was typed is the writer's exact mail address, or the number of an order.

    Filters: `state`, `received`.
    """
    where = Where()
    if "@" in asked.q:
        where.add("m.email_hash = :mail", mail=email_hash(asked.q))
    elif asked.q:
        where.add("m.order_number <> '' AND m.order_number = :number", number=asked.q.strip().upper())
    chosen = set(asked.chosen("state"))
    # Spelt out, so that the index of the open ones serves.
    if conditions := [f"m.state = '{state}'" for state in MessageState if state in chosen]:
        where.add(" OR ".join(conditions))
    where.within("m.created_at", asked.within("received"))
    return (await slice_of(tx, _MESSAGES, where, asked)).map(_row)


async def message_detail(tx: Transaction, message_id: UUID, *, most: int = 6) -> MessageDetail:
    """A message with its customer, his orders and its answers. Raises `MessageNotFound`."""
    message = await content.message(tx, message_id)
    mail = email_hash(message.email)
    beside = (await tx.sql(_BESIDE, {"mail": mail, "id": message_id})).one()
    orders = await tx.sql(_ORDERS, {"mail": mail, "number": message.order_number, "most": most})
    people = await names_of_staff(tx) if message.answers else {}
    mails = {UUID(each["answer_id"]): each for each in beside.mails}
    is_customer = beside.account is not None and beside.account["role"] == "customer"
    return MessageDetail(
        message=message,
        account_id=UUID(beside.account["id"]) if is_customer else None,
        orders=tuple(
            OrderOfWriter(
                number=row.order_number,
                status=OrderStatus(row.status),
                placed_at=row.created_at,
                total=Money(row.total_cents, row.currency),
                is_named=row.is_named,
                is_theirs=row.is_theirs,
            )
            for row in orders
        ),
        answers=tuple(
            AnswerTold(
                body=answer.body,
                by=people.get(answer.author_id, "") if answer.author_id is not None else "",
                sent_at=answer.sent_at,
                mail_id=UUID(mails[answer.id]["id"]) if answer.id in mails else None,
                mail_status=mails[answer.id]["status"] if answer.id in mails else "",
            )
            for answer in message.answers
        ),
        next=beside.next,
    )


async def conversation(tx: Transaction, email: str, *, most: int = 20) -> Sequence[Said]:
    """What was written from this address and answered to it, the newest first."""
    rows = (await tx.sql(_TALK, {"mail": email_hash(email), "most": most})).all()
    people = await names_of_staff(tx) if any(row.is_answer for row in rows) else {}
    return [
        Said(
            message_id=row.id,
            at=row.at,
            words=content.opened(row.sealed, "answers.body" if row.is_answer else "messages.body"),
            is_answer=row.is_answer,
            by=people.get(row.author_id, ""),
            order_number=row.order_number,
            is_open=row.state == MessageState.OPEN,
        )
        for row in rows
    ]


def _row(row: Any) -> MessageRow:
    body = " ".join(content.opened(row.body, "messages.body").split())
    return MessageRow(
        id=row.id,
        name=content.opened(row.name, "messages.name"),
        email=content.opened(row.email, "messages.email"),
        words=body if len(body) <= _LONGEST_BEGINNING else body[:_LONGEST_BEGINNING].rstrip() + "…",
        order_number=row.order_number,
        state=MessageState(row.state),
        answers=row.answers,
        created_at=row.created_at,
        settled_at=row.settled_at,
    )
