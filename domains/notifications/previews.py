"""Mails as they would look for what the shop has now; nothing is sent and nothing changes.

The composer that makes the mail makes its preview, for the newest order or customer that the log knows. What has not
happened yet is done for the moment (an order is shipped, a refund asked for), in a transaction that is rolled back.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from uuid import UUID

from domains import accounts, checkout, content, downloads, fulfilment, orders, payments, returns, reviews
from domains.kit import Actor, Database, DomainError, Money, NotFound, Transaction, new_id
from domains.kit.events import history
from domains.kit.i18n import gettext as _
from domains.notifications.composing import compose
from domains.notifications.models import Notification
from domains.notifications.operations import NotificationNotFound
from domains.notifications.rendering import Composed
from domains.notifications.subscribers import TEMPLATES
from domains.orders import OrderStatus

_ACTOR = Actor.system("previews")
_LOOKED_AT = 200  # the newest orders of the log, of which one that fits is taken
_PAID = (OrderStatus.CONFIRMED, OrderStatus.SHIPPED, OrderStatus.DELIVERED)

type Ids = dict[str, UUID]
type Subject = Callable[[Transaction], Awaitable[Ids]]


class NothingToShow(NotFound):
    """The log knows nothing that such a mail could be about."""

    code = "nothing_to_show"
    title = _("There is nothing yet that this mail could be about.")
    hint = _("Order something in the shop or make an account there, then come back.")


class _RolledBack(Exception):
    """Ends the transaction of a preview, so that none of its links works."""


def templates() -> dict[str, str]:
    """Every mail that a fact makes, with its audience, by name."""
    return dict(sorted({one.name: one.audience for found in TEMPLATES.values() for one in found}.items()))


async def preview(db: Database, template: str, *, base_url: str) -> Composed:
    """The mail `template` about the newest thing it fits. Raises `NotFound` for an unknown one, `NothingToShow`."""
    audience = templates().get(template)
    if audience is None:
        raise NotFound
    made: list[Composed] = []
    try:
        async with db.transaction(_ACTOR) as tx:
            ids = await SUBJECTS.get(template, _customer)(tx)
            row = Notification(
                id=new_id(),
                user_id=ids.get("user_id"),
                order_id=ids.get("order_id"),
                audience=audience,
                template_name=template,
                payload={name: str(value) for name, value in ids.items()},
                trace_id="0" * 32,
                created_at=await tx.now(),
            )
            made.append((await compose(tx, row, base_url=base_url))[1])
            raise _RolledBack
    except _RolledBack:
        return made[0]


async def preview_of(db: Database, notification_id: UUID, *, base_url: str) -> Composed:
    """This message as it would be made now; none of its links works. Raises `NotificationNotFound`, and a
    `DomainError` when what it is about is gone."""
    made: list[Composed] = []
    try:
        async with db.transaction(_ACTOR) as tx:
            row = await tx.session.get(Notification, notification_id)
            if row is None:
                raise NotificationNotFound
            made.append((await compose(tx, row, base_url=base_url))[1])
            raise _RolledBack
    except _RolledBack:
        return made[0]


async def _customer(tx: Transaction) -> Ids:
    rows = await tx.sql(
        "SELECT user_id FROM notifications.notifications WHERE user_id IS NOT NULL"
        " GROUP BY user_id ORDER BY max(created_at) DESC LIMIT :most",
        {"most": _LOOKED_AT},
    )
    for user_id in rows.scalars():
        account = await accounts.account(tx, user_id)
        if account.role == "customer":
            return {"user_id": user_id}
    raise NothingToShow


async def _orders(tx: Transaction, *fitting: OrderStatus) -> list[orders.OrderHead]:
    """The newest orders of the log in one of these states; in any without them. Raises `NothingToShow`."""
    rows = await tx.sql(
        "SELECT order_id FROM notifications.notifications WHERE order_id IS NOT NULL"
        " GROUP BY order_id ORDER BY max(created_at) DESC LIMIT :most",
        {"most": _LOOKED_AT},
    )
    heads = [await orders.head(tx, order_id) for order_id in rows.scalars().all()]
    found = [head for head in heads if not fitting or head.status in fitting]
    if not found:
        raise NothingToShow
    return found


async def _paid(tx: Transaction) -> Ids:
    return {"order_id": (await _orders(tx, *_PAID))[0].id}


async def _drafted(tx: Transaction) -> Ids:
    """A draft of what the newest order was of, as far as the shop still sells it."""
    order = await orders.order(tx, (await _orders(tx))[0].id)
    draft_id = await checkout.begin_draft(tx, email="ana@example.com")
    for line in order.lines:
        with suppress(DomainError):
            async with tx.session.begin_nested():
                await checkout.add_to_draft(tx, draft_id, line.variant_id, line.quantity)
    await checkout.issue_link(tx, draft_id, by_mail=False)
    return {"draft_id": draft_id}


async def _noted(tx: Transaction) -> Ids:
    """A note on the newest order, for somebody who works here."""
    order_id = (await _orders(tx))[0].id
    staff = await accounts.staff_members(tx)
    reader = {"user_id": staff[0].id} if staff else await _customer(tx)
    return {**reader, "order_id": order_id, "note_id": await orders.add_note(tx, order_id, _("Please gift-wrap it."))}


async def _shipped(tx: Transaction) -> Ids:
    head = (await _orders(tx, *_PAID))[0]
    await _send(tx, head)
    return {"order_id": head.id}


async def _delivered(tx: Transaction) -> Ids:
    head = (await _orders(tx, *_PAID))[0]
    await _send(tx, head)
    await _hand_over(tx, head)
    return {"order_id": head.id}


async def _unreviewed(tx: Transaction) -> Ids:
    for head in await _orders(tx, *_PAID):
        await _send(tx, head)
        await _hand_over(tx, head)
        if (await reviews.of_order(tx, await orders.order(tx, head.id))).owed:
            return {"order_id": head.id}
    raise NothingToShow


async def _send(tx: Transaction, head: orders.OrderHead) -> None:
    if head.status is not OrderStatus.CONFIRMED:
        return
    number = "1Z 999 AA1 01 2345 6784"
    try:
        async with tx.session.begin_nested():
            await fulfilment.send_whole(tx, head.id, tracking_number=number)
    except DomainError:  # something of it is not there yet; only the looks of the mail are asked for
        await orders.ship(tx, head.id, tracking_number=number)


async def _hand_over(tx: Transaction, head: orders.OrderHead) -> None:
    await fulfilment.deliver_whole(tx, head.id)
    if (await orders.head(tx, head.id)).status is not OrderStatus.DELIVERED:
        await orders.deliver(tx, head.id)


async def _sent(tx: Transaction) -> Ids:
    """A shipment of the newest order that has one which has left."""
    for head in await _orders(tx, *_PAID):
        await _send(tx, head)
        for view in await fulfilment.of_order(tx, head.id):
            if view.has_left and view.parcels:
                return {"order_id": head.id, "shipment_id": view.id, "parcel_id": view.parcels[0].id}
    raise NothingToShow


async def _followed(tx: Transaction) -> Ids:
    ids = await _sent(tx)
    kind = fulfilment.TrackingKind.OUT_FOR_DELIVERY
    await fulfilment.tell_by_hand(tx, ids["parcel_id"], kind=kind)
    event = (await fulfilment.shipment(tx, ids["shipment_id"])).events[0]
    return {**ids, "tracking_event_id": event.id}


async def _with_files(tx: Transaction) -> Ids:
    for head in await _orders(tx, *_PAID):
        if any(not one.is_over for one in await downloads.of_order(tx, head.id)):
            return {"order_id": head.id}
    raise NothingToShow


async def _cancelled(tx: Transaction) -> Ids:
    try:
        return {"order_id": (await _orders(tx, OrderStatus.CANCELLED))[0].id}
    except NothingToShow:
        return {"order_id": (await _orders(tx))[0].id}


async def _refunded(tx: Transaction) -> Ids:
    head = (await _orders(tx, *_PAID))[0]
    found = await payments.refunds(tx, head.payment_id) if head.payment_id else ()
    if found:
        return {"order_id": head.id, "refund_id": found[0].id}
    if head.payment_id is None:
        raise NothingToShow
    half = Money(max(1, head.total.amount // 2), head.total.currency)
    refund = await payments.request_refund(
        tx, payment_id=head.payment_id, amount=half, reason="preview", key=new_id().hex
    )
    return {"order_id": head.id, "refund_id": refund.id}


async def _returned(tx: Transaction) -> Ids:
    """A return of the newest order that has left the house; one of which all is back already has one."""
    for head in await _orders(tx, *_PAID):
        await _send(tx, head)
        if there := await returns.of_order(tx, head.id):
            return {"order_id": head.id, "return_id": there[-1].id}
        if (back := await returns.withdraw(tx, order_id=head.id)) is not None:
            return {"order_id": head.id, "return_id": back.id}
    raise NothingToShow


async def _answered(tx: Transaction) -> Ids:
    ids = await _returned(tx)
    if not (await returns.return_(tx, ids["return_id"])).answer:
        await tx.sql(
            "UPDATE returns.returns SET answer = :answer WHERE id = :id",
            {"answer": _("The mug has been used, so we cannot sell it again."), "id": ids["return_id"]},
        )
    return ids


async def _variant(tx: Transaction) -> Ids:
    head = (await _orders(tx))[0]
    return {"variant_id": (await orders.order(tx, head.id)).lines[0].variant_id}


async def _message(tx: Transaction) -> Ids:
    words = _("Do you engrave mugs?\n\nIt is a gift, and I would need it in two weeks.")
    return {"message_id": await content.receive_message(tx, name="Ana Pop", email="ana@example.com", body=words)}


async def _message_answered(tx: Transaction) -> Ids:
    ids = await _message(tx)
    answer_id = new_id()
    words = _("Yes, we do.\n\nIt takes a week; tell us what it should say.")
    await content.answer_message(tx, ids["message_id"], words, answer_id=answer_id, seen=0)
    return {**ids, "answer_id": answer_id}


async def _change_of_address(tx: Transaction) -> Ids:
    ids = await _customer(tx)
    await accounts.ask_email_change(tx, ids["user_id"], f"new-{new_id().hex[:8]}@example.com")
    facts = [event.fact() for event in await history(tx, "user", ids["user_id"])]
    change_id = next(fact.change_id for fact in reversed(facts) if isinstance(fact, accounts.EmailProofAsked))
    return {**ids, "change_id": change_id}


# What a mail is about; those that are not here are about a customer.
SUBJECTS: dict[str, Subject] = {
    "note_mention": _noted,
    "bank_transfer": _paid,
    "pay_link": _drafted,
    "order_confirmation": _paid,
    "downloads": _with_files,
    "merchant_order": _paid,
    "order_shipped": _shipped,
    "order_delivered": _delivered,
    "parcel_shipped": _sent,
    "ready_for_pick_up": _sent,
    "parcel_news": _followed,
    "parcel_delivered": _sent,
    "shipment_delayed": _sent,
    "shipment_moved": _sent,
    "lines_cancelled": _sent,
    "label_failed": _sent,
    "order_cancelled": _cancelled,
    "payment_failed": _cancelled,
    "payment_quarantined": _paid,
    "refund_processed": _refunded,
    "refund_failed": _refunded,
    "return_requested": _returned,
    "merchant_return": _returned,
    "withdrawal_receipt": _returned,
    "return_approved": _returned,
    "return_rejected": _answered,
    "return_received": _returned,
    "return_closed": _answered,
    "low_stock": _variant,
    "out_of_stock": _variant,
    "contact_message": _message,
    "message_answer": _message_answered,
    "review_request": _unreviewed,
    "email_change_confirm": _change_of_address,
    "email_change_notice": _change_of_address,
}
