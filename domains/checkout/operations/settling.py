"""What follows from what the gateway said; always under the locks of checkout, order and payment, in this order."""

from uuid import UUID

import msgspec
import structlog

from domains import inventory, orders, payments
from domains.checkout.models import Checkout
from domains.checkout.operations.ending import end_order
from domains.checkout.operations.placing import complete
from domains.checkout.rows import locked
from domains.kit import Transaction
from domains.orders import CancelReason, OrderStatus
from domains.payments import PaymentStatus

log = structlog.get_logger(__name__)

CAPTURE_TRIES = 2


class Case(msgspec.Struct, frozen=True):
    """Order and payment under their locks, with the checkout that the order came from.

    An order that came another way (taken over from an older shop, written by staff) has none.
    """

    checkout: Checkout | None
    order: orders.OrderHead
    payment: payments.PaymentView

    @property
    def holder(self) -> UUID:
        """Who holds the stock of the order until it is paid."""
        return self.order.id if self.checkout is None else self.checkout.cart_id


class TakeMoney(msgspec.Struct, frozen=True):
    """Capture what is held, with this key."""

    capture: payments.Capture


class LetGo(msgspec.Struct, frozen=True):
    """End at the gateway what holds money or may still take some; then end the order for this reason."""

    reason: CancelReason | None


class SendBack(msgspec.Struct, frozen=True):
    """Send the refund that stands in the books."""

    refund_id: UUID


class Rest(msgspec.Struct, frozen=True):
    """Nothing is to be done now."""


type Next = TakeMoney | LetGo | SendBack | Rest


async def lock(tx: Transaction, payment_id: UUID) -> Case:
    """Lock the checkout that made the order, the order and the payment; the first although it may have gone on to
    another order meanwhile. Raises `NotFound` for an unknown payment.
    """
    order_id = (await payments.payment(tx, payment_id)).order_id
    checkout_id = (await orders.head(tx, order_id)).checkout_id
    checkout = None if checkout_id is None else await locked(tx, checkout_id)
    order = await orders.lock(tx, order_id)
    return Case(checkout, order, await payments.payment(tx, payment_id, lock=True))


async def decide(tx: Transaction, payment_id: UUID, *, cause: str) -> Next:
    """Draw the consequence of the payment as it now stands in our books, and say what the gateway must be asked next.

    Confirms the order whose money was taken; asks for the capture where it is held and the stock is too; lets go what
    belongs to a dead order and sends back what was taken for one. Running it again changes nothing.
    Emits what `orders.confirm`, `payments.request_refund` and `inventory.consume` emit.
    """
    case = await lock(tx, payment_id)
    if case.payment.quarantined is not None and not case.payment.captured:
        log.error("payment.quarantined", payment_id=str(payment_id), reason=case.payment.quarantined)
        return Rest()
    match case.order.status:
        case OrderStatus.PENDING:
            return await _of_pending(tx, case, cause=cause)
        case OrderStatus.CANCELLED:
            return await _of_dead(tx, case)
        case _:
            return Rest()


async def _of_pending(tx: Transaction, case: Case, *, cause: str) -> Next:
    payment = case.payment
    if payment.captured >= case.order.total.amount:
        return await _confirm(tx, case, cause=cause)
    if payment.captured:
        log.error("payment.captured_in_part", payment_id=str(payment.id), captured=payment.captured)
        return Rest()
    if payment.status is not PaymentStatus.AUTHORIZED:
        return Rest()
    if payment.capture_failures >= CAPTURE_TRIES:
        return LetGo(CancelReason.PAYMENT_FAILED)
    held = await inventory.hold(tx, case.holder)
    if held is None or held.order_id != case.order.id:
        return LetGo(CancelReason.OUT_OF_STOCK)
    return TakeMoney(await payments.request_capture(tx, payment.id))


async def _confirm(tx: Transaction, case: Case, *, cause: str) -> Next:
    """The stock is bound to the order, so it is there; should it not be, the money goes back and nothing is sold."""
    try:
        async with tx.session.begin_nested():
            await complete(tx, case.checkout, case.order.id, cause=cause)
    except inventory.HoldGone:
        log.error("checkout.paid_without_stock", order_id=str(case.order.id))
        if case.checkout is not None:
            await tx.session.refresh(case.checkout)
        refund = await end_order(tx, case.checkout, case.order.id, reason=CancelReason.OUT_OF_STOCK, cause=cause)
        return SendBack(refund) if refund is not None else Rest()
    return Rest()


async def _of_dead(tx: Transaction, case: Case) -> Next:
    payment = case.payment
    if payment.left:
        refund = await payments.request_refund(
            tx,
            payment_id=payment.id,
            amount=payment.left,
            reason="The order was already cancelled when the payment arrived.",
            key=f"dead-order:{case.order.id}",
        )
        return SendBack(refund.id)
    if payment.live_attempt is not None and not payment.captured:
        return LetGo(None)
    return Rest()
