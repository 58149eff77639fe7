"""Everything a step's page shows."""

from domains import inventory, orders, payments
from domains.checkout.queries.quoting import quote
from domains.checkout.states import CheckoutStatus
from domains.checkout.views import CheckoutView, Hold, Progress
from domains.kit import Transaction
from domains.payments import AttemptStatus

_UNDER_WAY = frozenset({AttemptStatus.STARTED, AttemptStatus.AUTHORIZED, AttemptStatus.CAPTURED})


async def progress(tx: Transaction, checkout: CheckoutView) -> Progress:
    """The checkout at today's prices, with the time left and what became of the last try to pay."""
    present = await quote(tx, checkout)
    held = await inventory.hold(tx, checkout.cart_id)
    agreed = checkout.accepted_total
    number = trouble = payment_id = bank_url = None
    is_paying = False
    if checkout.order_id is not None:
        head = await orders.head(tx, checkout.order_id)
        number, payment_id = head.number, head.payment_id
        if payment_id is not None:
            payment = await payments.payment(tx, payment_id)
            live, last = payment.live_attempt, payment.last_attempt
            is_paying = live is not None and live.status in _UNDER_WAY
            bank_url = live.redirect_url if live is not None and not is_paying else None
            if live is None and last is not None:
                trouble = (last.message if last.status is AttemptStatus.DECLINED else None) or ""
    return Progress(
        checkout=checkout,
        quote=present,
        hold=None
        if held is None
        else Hold(
            expires_at=held.expires_at,
            seconds_left=held.seconds_left,
            can_extend=held.can_extend and checkout.status is CheckoutStatus.OPEN,
            is_over=held.is_over,
        ),
        total_was=agreed if agreed is not None and agreed != present.total else None,
        payment_id=payment_id,
        order_number=number,
        trouble=trouble,
        bank_url=bank_url,
        is_paying=is_paying,
    )
