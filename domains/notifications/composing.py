"""What stands in a mail: read from the domains below at the moment it is made, never carried in the event."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import msgspec

from domains import (
    accounts,
    catalog,
    checkout,
    content,
    downloads,
    fulfilment,
    inventory,
    orders,
    returns,
    reviews,
    store,
)
from domains.kit import NotFound, Transaction
from domains.kit.events import history
from domains.notifications.models import Notification
from domains.notifications.rendering import Composed
from domains.notifications.wording import words_for

# Written by somebody who works here; all others are made by the program.
PERSONAL = frozenset({"message_answer"})
_EARLIER = """
SELECT n.id FROM kit.events e JOIN notifications.notifications n ON n.event_id = e.id
WHERE e.stream = 'message' AND e.stream_id = CAST(:message AS uuid) AND n.status = 'sent' AND n.id <> :id
ORDER BY n.created_at, n.id
"""

_LOGO_WIDTH, _LOGO_HEIGHT = 200, 48  # pixels, at most

type Composer = Callable[[Transaction, Notification, str], Awaitable[tuple[str, dict[str, Any]]]]


async def compose(tx: Transaction, row: Notification, *, base_url: str) -> tuple[store.Shop, Composed]:
    """Everything the template of `row` needs, links included. Raises a `DomainError` when what it is about is gone."""
    shop = await store.shop(tx)
    recipient, context = await COMPOSERS[row.template_name](tx, row, base_url)
    return shop, Composed(
        template=row.template_name,
        recipient=recipient if row.audience == "customer" else _staff_of(shop, row.template_name),
        # Customers answer to the shop; the shop's own copy answers to the customer it is about.
        reply_to=recipient if row.audience == "merchant" and recipient else shop.reply_email or shop.alerts_email,
        context={
            "shop": shop,
            "shop_url": base_url,
            "logo": await _logo(tx, shop, base_url),
            "pages": await _pages(tx, base_url),
            "own": await words_for(tx, row.template_name, {"shop": shop, **context}),
            **context,
        },
        follows=await _earlier(tx, row) if row.template_name in PERSONAL else (),
        is_personal=row.template_name in PERSONAL,
    )


async def _earlier(tx: Transaction, row: Notification) -> tuple[UUID, ...]:
    """What has been sent in the matter of a message before: word of it to the shop, and the answers so far."""
    return tuple((await tx.sql(_EARLIER, {"message": row.payload["message_id"], "id": row.id})).scalars())


def _staff_of(shop: store.Shop, template: str) -> str:
    """Who in the shop hears of it: one address, or several with commas between them."""
    if template in {"low_stock", "out_of_stock"} and shop.stock_alert_emails:
        return ", ".join(shop.stock_alert_emails)
    return shop.alerts_email


class Logo(msgspec.Struct, frozen=True):
    """The picture that stands for the shop's name at the head of a mail, in the size that it is shown in."""

    url: str
    width: int


async def _logo(tx: Transaction, shop: store.Shop, base_url: str) -> Logo | None:
    found = (await catalog.pictures_of(tx, [shop.logo_id])).values()
    for picture in found:
        width = max(1, round(min(_LOGO_WIDTH, picture.width, picture.width * _LOGO_HEIGHT / picture.height)))
        return Logo(f"{base_url}/media/{picture.key_for(2 * width)}", width)
    return None


async def _pages(tx: Transaction, base_url: str) -> dict[str, tuple[str, str]]:
    """Title and address of each published page of the shop by its slug."""
    return {entry.slug: (entry.title, f"{base_url}/pages/{entry.slug}") for entry in await content.published(tx)}


async def _about_order(tx: Transaction, row: Notification, base_url: str) -> tuple[str, dict[str, Any]]:
    """The order, and the link to its page: with a key of its own for a guest, who has no log-in."""
    order = await orders.order(tx, _given(row.order_id))
    link = f"{base_url}/orders/{order.number}"
    invoice = f"{link}/invoice.pdf"
    if order.user_id is None:
        link += f"/access/{await orders.open_access(tx, order.id)}"
        invoice = f"{link}?to=invoice"
    return await _buyer(tx, order), {
        "order": order,
        "order_url": link,
        "invoice_url": invoice,
        "tracking_url": orders.tracking_url(order.tracking_number),
        "shipments": [each for each in await fulfilment.of_order(tx, order.id) if each.has_left],
    }


async def _downloads(tx: Transaction, row: Notification, base_url: str) -> tuple[str, dict[str, Any]]:
    """A link for each file that can still be fetched; each mail has links of its own."""
    recipient, context = await _about_order(tx, row, base_url)
    open_ones = [one for one in await downloads.of_order(tx, _given(row.order_id)) if not one.is_over]
    if not open_ones:
        raise NotFound
    links = [(one, f"{base_url}/downloads/{await downloads.make_link(tx, one.id)}") for one in open_ones]
    names = {line.variant_id: line.product_name for line in context["order"].lines}
    return recipient, {**context, "downloads": links, "names": names}


async def _note_mention(tx: Transaction, row: Notification, base_url: str) -> tuple[str, dict[str, Any]]:
    """For a colleague whom a note on an order names."""
    order = await orders.order(tx, _given(row.order_id))
    wanted = UUID(row.payload["note_id"])
    note = next((note for note in await orders.notes(tx, order.id) if note.id == wanted), None)
    colleague = await accounts.account(tx, _given(row.user_id))
    if note is None:
        raise NotFound
    return colleague.email, {"order": order, "note": note, "desk_url": f"{base_url}/staff/orders/{order.number}"}


async def _pay_link(tx: Transaction, row: Notification, base_url: str) -> tuple[str, dict[str, Any]]:
    """What staff wrote for a customer, as it would cost now; paid, given up or without a link it is told no more."""
    draft = await checkout.draft(tx, UUID(row.payload["draft_id"]))
    if draft.checkout.email is None or draft.link is None or not draft.can_be_paid:
        raise NotFound
    return draft.checkout.email, {
        "draft": draft,
        "quote": await checkout.quote(tx, draft.checkout),
        "pay_url": f"{base_url}/pay/{draft.link}",
    }


async def _merchant_order(tx: Transaction, row: Notification, base_url: str) -> tuple[str, dict[str, Any]]:
    order = await orders.order(tx, _given(row.order_id))
    return await _buyer(tx, order), {"order": order}


async def _refund(tx: Transaction, row: Notification, base_url: str) -> tuple[str, dict[str, Any]]:
    recipient, context = await _about_order(tx, row, base_url)
    refund_id = UUID(row.payload["refund_id"])
    for refund in context["order"].refunds:
        if refund.id == refund_id:
            return recipient, {**context, "refund": refund}
    raise NotFound


async def _return(tx: Transaction, row: Notification, base_url: str) -> tuple[str, dict[str, Any]]:
    recipient, context = await _about_order(tx, row, base_url)
    back = (await returns.case(tx, context["order"].id, order=context["order"])).return_(UUID(row.payload["return_id"]))
    called_off = context["order"].status is orders.OrderStatus.CANCELLED
    staff_url = f"{base_url}/staff/returns/{back.number}"
    return recipient, {**context, "back": back, "called_off": called_off, "staff_url": staff_url}


async def _shipment(tx: Transaction, row: Notification, base_url: str) -> tuple[str, dict[str, Any]]:
    """An order's mail about one of its shipments; `changed` are the lines that a change was about."""
    recipient, context = await _about_order(tx, row, base_url)
    view = await fulfilment.shipment(tx, UUID(row.payload["shipment_id"]))
    place = await inventory.warehouse(tx, view.warehouse_id)
    return recipient, {
        **context,
        "shipment": view,
        "place": place.name if place is not None else "",
        "changed": await _changed(tx, row, view.id, context["order"]),
    }


async def _changed(tx: Transaction, row: Notification, view_id: UUID, order: orders.OrderView) -> list[dict[str, Any]]:
    lines = {str(line.id): line for line in order.lines}
    told = [event for event in await history(tx, "shipment", view_id) if event.id == row.event_id]
    return [
        {"quantity": each["quantity"], "name": line.product_name, "options": line.options}
        for event in told
        for each in event.payload.get("lines", ())
        if (line := lines.get(each["order_line_id"])) is not None
    ]


async def _parcel_news(tx: Transaction, row: Notification, base_url: str) -> tuple[str, dict[str, Any]]:
    recipient, context = await _shipment(tx, row, base_url)
    event_id = UUID(row.payload["tracking_event_id"])
    for event in context["shipment"].events:
        if event.id == event_id:
            return recipient, {**context, "event": event}
    raise NotFound


async def _label_failed(tx: Transaction, row: Notification, base_url: str) -> tuple[str, dict[str, Any]]:
    view = await fulfilment.shipment(tx, UUID(row.payload["shipment_id"]))
    for parcel in view.parcels:
        if parcel.id == UUID(row.payload["parcel_id"]):
            link = f"{base_url}/staff/fulfilment/{view.number}"
            return "", {"shipment": view, "parcel": parcel, "shipment_url": link}
    raise NotFound


async def _stock(tx: Transaction, row: Notification, base_url: str) -> tuple[str, dict[str, Any]]:
    variant_id = UUID(row.payload["variant_id"])
    variant = (await catalog.variants(tx, [variant_id])).get(variant_id)
    if variant is None:
        raise NotFound
    stock = (await inventory.availability(tx, [variant_id]))[variant_id]
    link = f"{base_url}/products/{variant.slug}?variant={variant.sku}"
    return "", {
        "variant": variant,
        "available": stock.available,
        "product_url": link,
        "stock_url": f"{base_url}/staff/stock/{variant_id}",
    }


async def _account(tx: Transaction, row: Notification, base_url: str) -> tuple[str, dict[str, Any]]:
    account = await accounts.account(tx, _given(row.user_id))
    return account.email, {"account": account, "account_url": f"{base_url}/account"}


async def _verify_email(tx: Transaction, row: Notification, base_url: str) -> tuple[str, dict[str, Any]]:
    account = await accounts.account(tx, _given(row.user_id))
    token = await accounts.issue_token(tx, account.id, "verify_email")
    return account.email, {"account": account, "verify_url": f"{base_url}/account/verify?token={token}"}


async def _account_exists(tx: Transaction, row: Notification, base_url: str) -> tuple[str, dict[str, Any]]:
    account = await accounts.account(tx, _given(row.user_id))
    return account.email, {
        "account": account,
        "login_url": f"{base_url}/account/login",
        "forgot_url": f"{base_url}/account/forgot",
    }


async def _password_reset(tx: Transaction, row: Notification, base_url: str) -> tuple[str, dict[str, Any]]:
    account = await accounts.account(tx, _given(row.user_id))
    token = await accounts.issue_token(tx, account.id, "reset_password")
    return account.email, {"account": account, "reset_url": f"{base_url}/account/reset/{token}"}


async def _staff_invite(tx: Transaction, row: Notification, base_url: str) -> tuple[str, dict[str, Any]]:
    account = await accounts.account(tx, _given(row.user_id))
    token = await accounts.issue_token(tx, account.id, "set_password")
    return account.email, {"account": account, "password_url": f"{base_url}/account/set-password?token={token}"}


async def _second_factor_reset(tx: Transaction, row: Notification, base_url: str) -> tuple[str, dict[str, Any]]:
    account = await accounts.account(tx, _given(row.user_id))
    return account.email, {"account": account, "login_url": f"{base_url}/account/login"}


async def _password_changed(tx: Transaction, row: Notification, base_url: str) -> tuple[str, dict[str, Any]]:
    account = await accounts.account(tx, _given(row.user_id))
    return account.email, {"account": account, "changed_at": row.created_at, "forgot_url": f"{base_url}/account/forgot"}


async def _email_change_confirm(tx: Transaction, row: Notification, base_url: str) -> tuple[str, dict[str, Any]]:
    change = await accounts.email_change(tx, UUID(row.payload["change_id"]))
    if not change.is_open:
        raise accounts.LinkDead
    token = await accounts.issue_token(tx, change.account_id, "change_email", email_change_id=change.id)
    return change.new_email, {"change": change, "confirm_url": f"{base_url}/account/email/confirm/{token}"}


async def _email_change_notice(tx: Transaction, row: Notification, base_url: str) -> tuple[str, dict[str, Any]]:
    change = await accounts.email_change(tx, UUID(row.payload["change_id"]))
    token = await accounts.issue_token(tx, change.account_id, "keep_email", email_change_id=change.id)
    return change.old_email, {"change": change, "stop_url": f"{base_url}/account/email/keep/{token}"}


async def _contact_message(tx: Transaction, row: Notification, base_url: str) -> tuple[str, dict[str, Any]]:
    message = await content.message(tx, UUID(row.payload["message_id"]))
    return message.email, {"message": message, "desk_url": f"{base_url}/staff/messages/{message.id}"}


async def _message_answer(tx: Transaction, row: Notification, base_url: str) -> tuple[str, dict[str, Any]]:
    message = await content.message(tx, UUID(row.payload["message_id"]))
    wanted = UUID(row.payload["answer_id"])
    for answer in message.answers:
        if answer.id == wanted:
            return message.email, {"message": message, "answer": answer}
    raise NotFound


async def _review_request(tx: Transaction, row: Notification, base_url: str) -> tuple[str, dict[str, Any]]:
    order = await orders.order(tx, _given(row.order_id))
    items = (await reviews.of_order(tx, order)).owed
    if not items:  # all was reviewed while the mail waited
        raise NotFound
    link = f"{base_url}/orders/{order.number}/reviews"
    if order.user_id is None:
        link += f"/access/{await orders.open_access(tx, order.id)}"
    return await _buyer(tx, order), {"order": order, "items": items, "review_url": link}


async def _buyer(tx: Transaction, order: orders.OrderView) -> str:
    """Where the buyer of an order is reached: the address given with it, else the account's."""
    if order.email is not None:
        return order.email
    return (await accounts.account(tx, _given(order.user_id))).email


def _given(found: UUID | None) -> UUID:
    if found is None:
        raise NotFound
    return found


COMPOSERS: dict[str, Composer] = {
    "order_confirmation": _about_order,
    "downloads": _downloads,
    "merchant_order": _merchant_order,
    "note_mention": _note_mention,
    "bank_transfer": _about_order,
    "pay_link": _pay_link,
    "order_shipped": _about_order,
    "order_delivered": _about_order,
    "parcel_shipped": _shipment,
    "ready_for_pick_up": _shipment,
    "parcel_news": _parcel_news,
    "parcel_delivered": _shipment,
    "shipment_delayed": _shipment,
    "shipment_moved": _shipment,
    "lines_cancelled": _shipment,
    "label_failed": _label_failed,
    "order_cancelled": _about_order,
    "payment_failed": _about_order,
    "payment_quarantined": _merchant_order,
    "refund_processed": _refund,
    "refund_failed": _refund,
    "return_requested": _return,
    "merchant_return": _return,
    "withdrawal_receipt": _return,
    "return_approved": _return,
    "return_rejected": _return,
    "return_received": _return,
    "return_closed": _return,
    "low_stock": _stock,
    "out_of_stock": _stock,
    "welcome": _account,
    "farewell": _account,
    "verify_email": _verify_email,
    "account_exists": _account_exists,
    "password_reset": _password_reset,
    "staff_invite": _staff_invite,
    "second_factor_reset": _second_factor_reset,
    "password_changed": _password_changed,
    "email_change_confirm": _email_change_confirm,
    "email_change_notice": _email_change_notice,
    "contact_message": _contact_message,
    "message_answer": _message_answer,
    "review_request": _review_request,
}
