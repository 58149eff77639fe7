"""Messages of the contact form: taken once, answered by mail or closed, forgotten in time."""

import re
from typing import Literal
from uuid import UUID

from sqlalchemy import select

from domains import audit
from domains.content.errors import AnsweredMeanwhile, MessageNotFound, MessageStateForbidden
from domains.content.events import MessageAnswered, MessageReceived
from domains.content.models import AnswerRow, MessageRow
from domains.content.states import MESSAGE_TRANSITIONS, MessageState
from domains.content.views import AnswerView, MessageView
from domains.kit import ActorKind, Forbidden, Invalid, Transaction, new_id, record
from domains.kit.crypto import email_hash, keyring
from domains.kit.i18n import gettext as _
from domains.kit.idempotency import claim, complete, fingerprint

KEPT_DAYS = 365  # after it was settled: who comes back to a matter does so within the year
LONGEST_MESSAGE = 5_000
_MAIL = re.compile(r"[^@\s<>,;:\"\r\n]+@[^@\s<>,;:\"\r\n]+\.[^@\s<>,;:\"\r\n]+")
_ONCE = "contact"


async def receive_message(
    tx: Transaction, *, name: str, email: str, body: str, order_number: str = "", key: str = ""
) -> UUID:
    """Take what a visitor wrote; it is mailed to the shop. Emits `message.received`. Raises `Invalid`.

    The same words from the same form (`key`) are one message, however often they are sent: the second one waits for
    the first and gets its id. Other words from the same form, gone back to, are another message.
    """
    _check(name=name, email=email, body=body, order_number=order_number)
    # The form's page may come from a cache and its key with it: only with the words does it tell one sending.
    once = fingerprint([key, name, email, body, order_number]) if key else ""
    if once and (before := await claim(tx, _ONCE, once, None)) is not None:
        return UUID(before["message_id"])
    row = MessageRow(
        id=new_id(),
        name=" ".join(name.split()),
        email=email.strip(),
        email_hash=email_hash(email),
        order_number=order_number.strip().upper(),
        body=body.strip(),
    )
    tx.session.add(row)
    await tx.session.flush()
    await record(tx, MessageReceived(message_id=row.id))
    if once:
        await complete(tx, _ONCE, once, {"message_id": str(row.id)})
    return row.id


def _check(*, name: str, email: str, body: str, order_number: str) -> None:
    errors: dict[str, str] = {}
    if not 1 <= len(name.strip()) <= 100:
        errors["name"] = _("Enter your name, in at most 100 characters.")
    if len(email) > 254 or not _MAIL.fullmatch(email.strip()):
        errors["email"] = _("Enter an email address such as ana@example.com, so that we can answer.")
    if len(order_number.strip()) > 40:
        errors["order_number"] = _("Enter the number as it stands in your mail; it begins with ORD.")
    if not body.strip():
        errors["message"] = _("Write what we can help you with.")
    elif len(body) > LONGEST_MESSAGE:
        errors["message"] = _too_long(body)
    if errors:
        raise Invalid(errors)


def _too_long(text: str) -> str:
    return _("Use at most {most} characters; this has {now}.").format(most=LONGEST_MESSAGE, now=len(text))


async def answer_message(tx: Transaction, message_id: UUID, body: str, *, answer_id: UUID, seen: int) -> None:
    """Answer a message by mail. Emits `message.answered`.

    `answer_id` comes with the form: the same one again is the same answer, and nothing more happens. `seen` is how many
    answers stood on the page: of two who answer at once the second is told of the first.

    Raises `Forbidden` unless staff act, `MessageNotFound`, `Invalid`, `AnsweredMeanwhile`.
    """
    row = await _held(tx, message_id)
    answers = await _answers(tx, message_id)
    if any(answer.id == answer_id for answer in answers):
        return
    words = body.replace("\r\n", "\n").strip()
    if not words:
        raise Invalid({"answer": _("Write the answer. To leave the message unanswered, close it.")})
    if len(words) > LONGEST_MESSAGE:
        raise Invalid({"answer": _too_long(words)})
    if len(answers) != seen:
        raise AnsweredMeanwhile
    was = await _move(tx, row, MessageState.ANSWERED)
    tx.session.add(AnswerRow(id=answer_id, message_id=message_id, author_id=tx.actor.id, body=words))
    await tx.session.flush()
    await record(tx, MessageAnswered(message_id=message_id, answer_id=answer_id))
    await audit.record(
        tx,
        action="message.answered",
        subject=("message", message_id),
        label=row.order_number,
        changes={"state": (was, row.state), "answer": (None, answer_id)},
    )


async def close_message(tx: Transaction, message_id: UUID) -> None:
    """Settle an open message without an answer; one that is closed stays so.

    Raises `Forbidden` unless staff act, `MessageNotFound`, `MessageStateForbidden` for one that was answered.
    """
    await _settle(tx, message_id, MessageState.CLOSED, "message.closed")


async def reopen_message(tx: Transaction, message_id: UUID) -> None:
    """Put a settled message back among those that wait; an open one stays so.

    Raises `Forbidden` unless staff act, `MessageNotFound`.
    """
    await _settle(tx, message_id, MessageState.OPEN, "message.reopened")


async def _settle(tx: Transaction, message_id: UUID, to: MessageState, action: str) -> None:
    row = await _held(tx, message_id)
    if row.state == to:
        return
    was = await _move(tx, row, to)
    await audit.record(
        tx, action=action, subject=("message", message_id), label=row.order_number, changes={"state": (was, to)}
    )


async def _held(tx: Transaction, message_id: UUID) -> MessageRow:
    if tx.actor.kind not in {ActorKind.STAFF, ActorKind.SYSTEM}:
        raise Forbidden
    found = await tx.session.execute(
        select(MessageRow)
        .where(MessageRow.id == message_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    row = found.scalar_one_or_none()
    if row is None:
        raise MessageNotFound
    return row


async def _move(tx: Transaction, row: MessageRow, to: MessageState) -> MessageState:
    was = MessageState(row.state)
    if to not in MESSAGE_TRANSITIONS[was]:
        raise MessageStateForbidden
    now = await tx.now()
    row.state, row.settled_at = to, None if to is MessageState.OPEN else now
    await tx.session.flush()
    return was


async def message(tx: Transaction, message_id: UUID) -> MessageView:
    """What a visitor wrote, with its answers. Raises `MessageNotFound`."""
    row = (await tx.session.execute(select(MessageRow).where(MessageRow.id == message_id))).scalar_one_or_none()
    if row is None:
        raise MessageNotFound
    return MessageView(
        id=row.id,
        name=row.name,
        email=row.email,
        order_number=row.order_number,
        body=row.body,
        sent_at=row.created_at,
        state=MessageState(row.state),
        answers=tuple(
            AnswerView(answer.id, answer.author_id, answer.body, answer.created_at)
            for answer in await _answers(tx, message_id)
        ),
    )


async def _answers(tx: Transaction, message_id: UUID) -> list[AnswerRow]:
    rows = await tx.session.execute(
        select(AnswerRow).where(AnswerRow.message_id == message_id).order_by(AnswerRow.created_at, AnswerRow.id)
    )
    return list(rows.scalars())


def opened(sealed: str, what: Literal["messages.name", "messages.email", "messages.body", "answers.body"]) -> str:
    """A sealed column of a message in plain words, for read models that join it with others."""
    return keyring().decrypt(sealed, f"content.{what}")


async def sweep_messages(tx: Transaction) -> int:
    """Delete messages that were settled more than `KEPT_DAYS` ago, with their answers; how many."""
    gone = await tx.sql(
        "DELETE FROM content.messages WHERE settled_at < kit.now() - make_interval(days => :kept) RETURNING id",
        {"kept": KEPT_DAYS},
    )
    return len(gone.all())
