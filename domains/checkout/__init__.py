"""From a cart to a paid order.

Owns: checkouts, and the flows that pay, settle, sweep, reconcile and cancel (`checkout.flows`).

Words: a *step* is a page of the checkout; a *draft* is an address as it was typed; a *quote* is what the order costs
if it is placed now; to *place* is to make the order before its payment; to *settle* is to bring order and stock to
where the money is.

The beats of paying, with the points at which a test can kill the process (`CRASH_AT`):
ours (order, hold bound, payment, attempt) **T1 T1_after** · theirs (authorise) **T2_after** · ours (record)
**T3_after** · theirs (capture) **T4_after** · ours (captured, confirmed, stock moved) **T5 T5_after**; the sweeper
ends the payment at the gateway **T7** before it frees the stock.

Locks are taken in one order everywhere: checkout, order, payment, hold, stock rows sorted.

Invariants (`shop doctor`): I05 a dead order holds nothing, I06 money taken has one payment and one order, I12 no order
is dead and charged without a refund, I13 no open authorisation on a dead order, I25 one live order per cart and one
live checkout per cart.
"""

from domains.checkout import flows
from domains.checkout.errors import (
    CardMissing,
    CartEmpty,
    CheckoutUnknown,
    CostsMoreThere,
    NoWayThere,
    PaymentUnderWay,
    PickingBegun,
    StepMissing,
    StockShort,
    TooManyDeclines,
    TotalChanged,
)
from domains.checkout.operations import (
    ADDRESS_FIELDS,
    Rerating,
    accept_total,
    begin,
    bill_fields,
    choose_shipping,
    deliverable_countries,
    enter_addresses,
    enter_contact,
    enter_notes,
    extend,
    hold,
    keep_typed,
    renew_token,
    report_shortage,
    rerate,
    settle_for,
)
from domains.checkout.queries import by_token, checkout, live, progress, quote
from domains.checkout.rows import CheckoutClosed
from domains.checkout.states import CheckoutStatus, Step
from domains.checkout.views import CheckoutView, DeliveryOption, Hold, Progress, Quote, QuoteLine, Shortage

__all__ = [
    "ADDRESS_FIELDS",
    "CardMissing",
    "CartEmpty",
    "CheckoutClosed",
    "CheckoutStatus",
    "CheckoutUnknown",
    "CheckoutView",
    "CostsMoreThere",
    "DeliveryOption",
    "Hold",
    "NoWayThere",
    "PaymentUnderWay",
    "PickingBegun",
    "Progress",
    "Quote",
    "QuoteLine",
    "Rerating",
    "Shortage",
    "Step",
    "StepMissing",
    "StockShort",
    "TooManyDeclines",
    "TotalChanged",
    "accept_total",
    "begin",
    "bill_fields",
    "by_token",
    "checkout",
    "choose_shipping",
    "deliverable_countries",
    "enter_addresses",
    "enter_contact",
    "enter_notes",
    "extend",
    "flows",
    "hold",
    "keep_typed",
    "live",
    "progress",
    "quote",
    "renew_token",
    "report_shortage",
    "rerate",
    "settle_for",
]
