"""Answers to messages go out by mail: to the writer, in one thread, on the timeline of the order they are about."""

from datetime import UTC, datetime
from uuid import UUID

from domains import content, notifications, store
from domains.kit import Actor, Database, Transaction, new_id
from domains.kit.deliveries import hear_now
from domains.notifications.composing import compose
from domains.notifications.gateway import Mail, message_of
from domains.notifications.models import Notification
from domains.orders import OrderStatus
from domains.orders.tests.factories import brought_to
from domains.store.tests.factories import details

SUPPORT = Actor.staff(new_id(), "support")


async def queued(tx: Transaction) -> list[Notification]:
    """The mails that the facts so far have made, in order."""
    (subscriber,) = notifications.SUBSCRIBERS
    await hear_now(tx, subscriber)
    ids = await tx.sql(
        "SELECT id FROM notifications.notifications WHERE template_name IN ('contact_message', 'message_answer')"
        " ORDER BY created_at, id"
    )
    return [await tx.session.get_one(Notification, each) for each in ids.scalars()]


async def sent(tx: Transaction, mail_id: UUID) -> None:
    await notifications.operations.mark_sent(tx, mail_id, recipient="x@example.com", subject="x")


async def test_an_answer_follows_what_was_sent_before_in_the_matter(db: Database) -> None:
    async with db.transaction(SUPPORT) as tx:
        await store.set_up(tx, details())
        message_id = await content.receive_message(tx, name="Ana", email="ana@example.com", body="Do you engrave?")
        (told,) = await queued(tx)
        await sent(tx, told.id)
        await content.answer_message(tx, message_id, "We do.", answer_id=new_id(), seen=0)
        _told, first = await queued(tx)
        _shop, composed = await compose(tx, first, base_url="https://shop.example")
        await sent(tx, first.id)
        await content.answer_message(tx, message_id, "It takes a week.", answer_id=new_id(), seen=1)
        *_before, second = await queued(tx)
        _shop, after = await compose(tx, second, base_url="https://shop.example")

    assert (composed.recipient, composed.is_personal, composed.follows) == ("ana@example.com", True, (told.id,))
    assert composed.context["answer"].body == "We do."
    assert after.follows == (told.id, first.id)


def test_what_a_person_wrote_is_a_mail_with_text_that_names_what_it_answers() -> None:
    mail = Mail(
        message_id="<2@shop.example>", sender="shop@example.com", sender_name="Meander", reply_to="",
        recipient="ana@example.com", subject="Re: your message", text="We do.", html="<p>We do.</p>",
        date=datetime(2026, 11, 20, tzinfo=UTC), references=("<0@shop.example>", "<1@shop.example>"), is_personal=True,
    )  # fmt: skip

    message = message_of(mail)

    assert message["In-Reply-To"] == "<1@shop.example>"
    assert message["References"] == "<0@shop.example> <1@shop.example>"
    assert "Auto-Submitted" not in message
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


async def test_an_answer_belongs_to_the_order_only_if_the_writer_does(db: Database) -> None:
    async with db.transaction(SUPPORT) as tx:
        await store.set_up(tx, details())
        order = await brought_to(tx, OrderStatus.CONFIRMED, email="ana@example.com")
        for email, number in (
            ("Ana@Example.com", order.number.lower()),
            ("eve@example.com", order.number),
            ("ana@example.com", "ORD-NONE"),
        ):
            message_id = await content.receive_message(tx, name="Ana", email=email, body="Hi", order_number=number)
            await content.answer_message(tx, message_id, "Hello.", answer_id=new_id(), seen=0)

        answers = [mail for mail in await queued(tx) if mail.template_name == "message_answer"]

    assert [mail.order_id for mail in answers] == [order.id, None, None]
