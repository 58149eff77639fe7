"""Which fact makes which mail: one table."""

from uuid import UUID

import msgspec

from domains import accounts, content, fulfilment, orders, returns
from domains.accounts import (
    EmailChangeAsked,
    EmailProofAsked,
    EmailVerified,
    PasswordChanged,
    PasswordResetAsked,
    SecondFactorReset,
    SignUpRepeated,
    StaffInvited,
    UserDeactivated,
    UserRegistered,
    VerificationAsked,
)
from domains.checkout import PayLinkSent
from domains.content import MessageAnswered, MessageReceived
from domains.downloads import DownloadsGranted
from domains.fulfilment import (
    LabelFailed,
    LinesCancelled,
    ShipmentDelivered,
    ShipmentMoved,
    ShipmentShipped,
    ShipmentWaits,
    TrackingUpdated,
)
from domains.inventory import InventoryLowStock, ProductOutOfStock
from domains.kit import Event, RecordedEvent, Subscriber, Transaction
from domains.kit.crypto import email_key
from domains.notifications.operations import queue
from domains.orders import (
    CancelReason,
    OrderAwaitsTransfer,
    OrderCancelled,
    OrderConfirmed,
    OrderDelivered,
    OrderShipped,
    StaffMentioned,
)
from domains.payments import PaymentFailed, PaymentQuarantined, RefundFailed, RefundProcessed
from domains.returns import (
    ReturnApproved,
    ReturnClosed,
    ReturnKind,
    ReturnReceived,
    ReturnRejected,
    ReturnRequested,
    ReturnStatus,
    WithdrawalReceived,
)
from domains.reviews import ReviewRequested

_COLUMNS = frozenset({"user_id", "order_id"})
# What of a parcel's way a buyer wants to be told at once; the rest is on the order's page.
_NEWS = frozenset({"out_for_delivery", "delayed", "attempted", "returned"})


class Template(msgspec.Struct, frozen=True):
    """A mail by its template, and who gets it."""

    name: str
    audience: str = "customer"


TEMPLATES: dict[type[Event], tuple[Template, ...]] = {
    OrderConfirmed: (Template("order_confirmation"), Template("merchant_order", "merchant")),
    OrderShipped: (Template("order_shipped"),),
    OrderDelivered: (Template("order_delivered"),),
    ShipmentShipped: (Template("parcel_shipped"), Template("ready_for_pick_up")),
    TrackingUpdated: (Template("parcel_news"),),
    ShipmentDelivered: (Template("parcel_delivered"),),
    ShipmentWaits: (Template("shipment_delayed"),),
    ShipmentMoved: (Template("shipment_moved"),),
    LinesCancelled: (Template("lines_cancelled"),),
    LabelFailed: (Template("label_failed", "merchant"),),
    OrderCancelled: (Template("order_cancelled"),),
    OrderAwaitsTransfer: (Template("bank_transfer"),),
    StaffMentioned: (Template("note_mention"),),
    PayLinkSent: (Template("pay_link"),),
    PaymentFailed: (Template("payment_failed"),),
    PaymentQuarantined: (Template("payment_quarantined", "merchant"),),
    RefundProcessed: (Template("refund_processed"),),
    RefundFailed: (Template("refund_failed", "merchant"),),
    ReturnRequested: (Template("return_requested"), Template("merchant_return", "merchant")),
    WithdrawalReceived: (Template("withdrawal_receipt"),),
    ReturnApproved: (Template("return_approved"),),
    ReturnRejected: (Template("return_rejected"),),
    ReturnReceived: (Template("return_received"),),
    ReturnClosed: (Template("return_closed"),),
    InventoryLowStock: (Template("low_stock", "merchant"),),
    ProductOutOfStock: (Template("out_of_stock", "merchant"),),
    UserRegistered: (Template("verify_email"),),
    VerificationAsked: (Template("verify_email"),),
    EmailVerified: (Template("welcome"),),
    UserDeactivated: (Template("farewell"),),
    SignUpRepeated: (Template("account_exists"),),
    PasswordResetAsked: (Template("password_reset"),),
    StaffInvited: (Template("staff_invite"),),
    SecondFactorReset: (Template("second_factor_reset"),),
    PasswordChanged: (Template("password_changed"),),
    EmailChangeAsked: (Template("email_change_notice"),),
    EmailProofAsked: (Template("email_change_confirm"),),
    MessageReceived: (Template("contact_message", "merchant"),),
    MessageAnswered: (Template("message_answer"),),
    ReviewRequested: (Template("review_request"),),
    DownloadsGranted: (Template("downloads"),),
}


async def _queue_mails(tx: Transaction, event: RecordedEvent) -> None:
    fact = event.fact()
    if not await _is_news(tx, fact):
        return
    user_id, order_id = await _matter(tx, fact)
    for template in TEMPLATES[type(fact)]:
        if isinstance(fact, ShipmentShipped) and (template.name == "ready_for_pick_up") is not fact.is_pick_up:
            continue
        if _has_a_receipt(fact, template):
            continue
        await queue(
            tx,
            event,
            template=template.name,
            audience=template.audience,
            user_id=user_id,
            order_id=order_id,
            about=_further_ids(fact),
        )


def _has_a_receipt(fact: Event, template: Template) -> bool:
    """Whether the customer gets a mail of its own instead: who withdraws gets a receipt, not word of a request."""
    return isinstance(fact, ReturnRequested) and fact.kind == ReturnKind.WITHDRAWAL and template.audience == "customer"


async def _matter(tx: Transaction, fact: Event) -> tuple[UUID | None, UUID | None]:
    """The account and the order that a fact is about."""
    if isinstance(fact, MessageAnswered):
        return await _matter_of_message(tx, fact.message_id)
    return await _person(tx, fact), getattr(fact, "order_id", None)


async def _matter_of_message(tx: Transaction, message_id: UUID) -> tuple[UUID | None, UUID | None]:
    """The account with the writer's address, and the order he names if it is his: anybody can type a number."""
    message = await content.message(tx, message_id)
    user_id = await accounts.find_account(tx, message.email)
    if not message.order_number:
        return user_id, None
    try:
        order = await orders.by_number(tx, message.order_number)
    except orders.OrderNotFound:
        return user_id, None
    is_theirs = (order.user_id is not None and order.user_id == user_id) or (
        order.email is not None and email_key(order.email) == email_key(message.email)
    )
    return user_id, order.id if is_theirs else None


async def _person(tx: Transaction, fact: Event) -> UUID | None:
    """The account that a fact is about: its own, or that of its order's buyer."""
    if hasattr(fact, "user_id"):
        found: UUID | None = fact.user_id
        return found
    order_id = getattr(fact, "order_id", None)
    return None if order_id is None else (await orders.head(tx, order_id)).user_id


def _further_ids(fact: Event) -> dict[str, UUID]:
    """The ids of a fact that the log has no column for."""
    named = msgspec.structs.asdict(fact)
    return {name: value for name, value in named.items() if isinstance(value, UUID) and name not in _COLUMNS}


async def _is_news(tx: Transaction, fact: Event) -> bool:
    """Whether the fact is worth a mail.

    Staff set their password by a link and need neither proof nor welcome, and who proved his address by that link has
    proved it. Files are neither on their way nor do they arrive; what is picked up has a mail of its own, and of an
    order's last parcel the mail about the order tells. Who cancelled himself knows it, an order that gave way
    to the shopper's next one is no news, and of one whose payment failed the mail about the payment tells.
    """
    match fact:
        case OrderShipped() | OrderDelivered():
            is_digital = (await orders.order(tx, fact.order_id)).is_digital
            return not is_digital and not await _is_picked_up(tx, fact.order_id)
        case ShipmentShipped():
            return fact.is_pick_up or not fact.is_last
        case ShipmentDelivered():
            return not fact.is_last and not fact.is_pick_up
        case TrackingUpdated():
            return fact.kind in _NEWS
        case UserRegistered():
            return fact.role == "customer" and not (await accounts.account(tx, fact.user_id)).email_verified
        case EmailVerified():
            return (await accounts.account(tx, fact.user_id)).role == "customer"
        case OrderCancelled(reason=CancelReason.REPLACED | CancelReason.UNAVAILABLE | CancelReason.PAYMENT_FAILED):
            return False
        case OrderCancelled(reason=CancelReason.CUSTOMER, was="pending"):
            return False
        case ReturnApproved():
            # What never left the house needs no sending back; that its order is cancelled is told by another mail.
            back = await returns.return_(tx, fact.return_id)
            return back.status is not ReturnStatus.REFUNDED or back.received_at is not None
    return True


async def _is_picked_up(tx: Transaction, order_id: UUID) -> bool:
    return any(shipment.is_pick_up for shipment in await fulfilment.of_order(tx, order_id))


SUBSCRIBERS: tuple[Subscriber, ...] = (Subscriber("notifications", tuple(TEMPLATES), _queue_mails),)
