"""Which fact makes which mail: one table."""

from uuid import UUID

import msgspec

from domains import accounts
from domains.accounts import (
    EmailChangeAsked,
    EmailProofAsked,
    PasswordChanged,
    PasswordResetAsked,
    SignUpRepeated,
    UserRegistered,
    VerificationAsked,
)
from domains.content import MessageReceived
from domains.kit import Event, RecordedEvent, Subscriber, Transaction
from domains.notifications.operations import queue
from domains.orders import CancelReason, OrderCancelled, OrderConfirmed

_COLUMNS = frozenset({"user_id", "order_id"})


class Template(msgspec.Struct, frozen=True):
    """A mail by its template, and who gets it."""

    name: str
    audience: str = "customer"


TEMPLATES: dict[type[Event], tuple[Template, ...]] = {
    OrderConfirmed: (Template("order_confirmation"), Template("merchant_order", "merchant")),
    OrderCancelled: (Template("order_cancelled"),),
    UserRegistered: (Template("verify_email"),),
    VerificationAsked: (Template("verify_email"),),
    SignUpRepeated: (Template("account_exists"),),
    PasswordResetAsked: (Template("password_reset"),),
    PasswordChanged: (Template("password_changed"),),
    EmailChangeAsked: (Template("email_change_notice"),),
    EmailProofAsked: (Template("email_change_confirm"),),
    MessageReceived: (Template("contact_message", "merchant"),),
}


async def _queue_mails(tx: Transaction, event: RecordedEvent) -> None:
    fact = event.fact()
    if not await _is_news(tx, fact):
        return
    for template in TEMPLATES[type(fact)]:
        await queue(
            tx,
            event,
            template=template.name,
            audience=template.audience,
            user_id=getattr(fact, "user_id", None),
            order_id=getattr(fact, "order_id", None),
            about=_further_ids(fact),
        )


def _further_ids(fact: Event) -> dict[str, UUID]:
    """The ids of a fact that the log has no column for."""
    named = msgspec.structs.asdict(fact)
    return {name: value for name, value in named.items() if isinstance(value, UUID) and name not in _COLUMNS}


async def _is_news(tx: Transaction, fact: Event) -> bool:
    """Whether the fact is worth a mail: staff set their password by a link, whose address is proven by now need prove
    it no more, who cancelled himself knows it, and an order that gave way to the shopper's next one is no news."""
    if isinstance(fact, UserRegistered):
        return fact.role == "customer" and not (await accounts.account(tx, fact.user_id)).email_verified
    if isinstance(fact, OrderCancelled):
        if fact.reason in (CancelReason.REPLACED, CancelReason.UNAVAILABLE):
            return False
        return not (fact.reason == CancelReason.CUSTOMER and fact.was == "pending")
    return True


SUBSCRIBERS: tuple[Subscriber, ...] = (Subscriber("notifications", tuple(TEMPLATES), _queue_mails),)
