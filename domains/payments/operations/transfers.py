"""Payment by bank transfer: past the gateway, to the merchant's own account. Staff say that it has come."""

from uuid import UUID

from domains import audit
from domains.kit import Money, Transaction, record
from domains.payments import ledger
from domains.payments.errors import AlreadyPaid, PaymentEnded, StillOpenAtGateway
from domains.payments.events import PaymentCaptured, PaymentSucceeded
from domains.payments.queries import payment
from domains.payments.states import PaymentMethod, PaymentStatus
from domains.payments.views import PaymentView

LONGEST_REFERENCE = 120


async def await_transfer(tx: Transaction, payment_id: UUID) -> None:
    """The customer says that he will pay by bank transfer; a card may still pay instead. Raises `PaymentEnded`,
    `AlreadyPaid`, `StillOpenAtGateway`."""
    view = await _payable(tx, payment_id)
    await tx.sql(
        "UPDATE payments.payments SET method = 'bank_transfer', updated_at = kit.now() WHERE id = :id", {"id": view.id}
    )


async def receive_transfer(tx: Transaction, payment_id: UUID, *, reference: str) -> PaymentView:
    """All of it has come to the bank: `pending` → `captured`, booked to the bank and not to the gateway.

    Said twice, it is written once: the payment's row is held. Nothing may be open at the gateway, or it might be paid
    twice (`flows.void` first). Emits `payment.captured` and `payment.succeeded`. Raises `PaymentEnded`, `AlreadyPaid`
    for one that a card has paid, `StillOpenAtGateway`.
    """
    view = await payment(tx, payment_id, lock=True)
    if view.is_by_transfer and view.captured:
        return view
    view = await _payable(tx, payment_id)
    await tx.sql(
        "UPDATE payments.payments SET status = 'captured', captured_cents = amount_cents, captured_at = kit.now(),"
        " method = 'bank_transfer', updated_at = kit.now() WHERE id = :id",
        {"id": view.id},
    )
    cause = f"transfer:{view.id}"
    await ledger.post(tx, "transfer", payment_id=view.id, order_id=view.order_id, amount=view.amount, cause=cause)
    amount, currency = view.amount.amount, view.amount.currency
    await record(tx, PaymentCaptured(view.id, view.order_id, "", amount, currency), cause=cause)
    await audit.record(
        tx,
        action="payment.captured",
        subject=("payment", view.id),
        changes={
            "captured": (Money(0, currency), view.amount),
            "method": (view.method, PaymentMethod.BANK_TRANSFER),
        },
        note=reference.strip()[:LONGEST_REFERENCE],
        money=True,
    )
    await record(tx, PaymentSucceeded(view.id, view.order_id, amount, currency), cause=cause)
    return await payment(tx, view.id)


async def _payable(tx: Transaction, payment_id: UUID) -> PaymentView:
    view = await payment(tx, payment_id, lock=True)
    if view.captured:
        raise AlreadyPaid
    if view.status is not PaymentStatus.PENDING:
        raise PaymentEnded if view.status is not PaymentStatus.AUTHORIZED else StillOpenAtGateway
    if view.live_attempt is not None or view.open_intents or view.in_doubt:
        raise StillOpenAtGateway
    return view
