"""Going back to an earlier step after a try to pay."""

from uuid import UUID

from domains.checkout import queries
from domains.checkout.errors import PaymentUnderWay
from domains.checkout.flows.outcome import PaymentState
from domains.checkout.flows.settle import let_go, settle
from domains.checkout.rows import CheckoutClosed
from domains.kit import Actor, Database
from domains.orders import CancelReason
from domains.payments.gateway import Gateway


async def reopen(db: Database, gateway: Gateway, actor: Actor, checkout_id: UUID) -> None:
    """Make a checkout whose order is not paid changeable again; one that has no order is left as it is.

    The order goes, because it says what the shopper is about to change; what it held stays held for the next one.
    Raises `CheckoutClosed` when it turns out to be paid, `PaymentUnderWay` while nobody knows.
    """
    async with db.transaction(actor) as tx:
        payment_id = await queries.payment_of(tx, checkout_id)
    if payment_id is None:
        return
    cause = f"reopened:{payment_id}"
    match (await settle(db, gateway, payment_id, cause=cause, actor=actor)).state:
        case PaymentState.CONFIRMED:
            raise CheckoutClosed
        case PaymentState.CANCELLED:
            return
        case PaymentState.PROCESSING:
            raise PaymentUnderWay
        case _:
            await replace(db, gateway, payment_id, actor=actor)


async def replace(db: Database, gateway: Gateway, payment_id: UUID, *, actor: Actor) -> None:
    """End an unpaid order that no longer fits; its checkout is open again, and keeps what it holds.

    Raises `PaymentUnderWay` when it turns out that its payment went through or cannot be ended yet.
    """
    cause = f"replaced:{payment_id}"
    if not await let_go(
        db, gateway, payment_id, reason=CancelReason.REPLACED, actor=actor, cause=cause, keep_hold=True
    ):
        raise PaymentUnderWay
