"""From a cart to a paid order.

Owns: checkouts, the drafts that staff write, and the flows that pay, settle, sweep, reconcile and cancel
(`checkout.flows`).

Words: a *step* is a page of the checkout; a *draft* is an address as it was typed; a *quote* is what the order costs
if it is placed now; a *draft order* is a checkout that staff write for a customer, who pays it by its *link*; to
*place* is to make the order before its payment; to *settle* is to bring order and stock to where the money is.

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
    DraftIncomplete,
    DraftUnknown,
    NoWayThere,
    PayLinkOver,
    PaymentUnderWay,
    PickingBegun,
    StepMissing,
    StockShort,
    TooManyDeclines,
    TotalChanged,
)
from domains.checkout.events import PayLinkSent
from domains.checkout.operations import (
    ADDRESS_FIELDS,
    LINK_DAYS,
    Rerating,
    accept_total,
    add_to_draft,
    address_draft,
    agree_draft,
    begin,
    begin_draft,
    bill_fields,
    choose_shipping,
    deliver_draft,
    deliverable_countries,
    draft_again,
    drop_draft,
    enter_addresses,
    enter_contact,
    enter_notes,
    extend,
    hold,
    issue_link,
    keep_typed,
    offer_draft,
    renew_token,
    report_shortage,
    rerate,
    set_draft_lines,
    settle_for,
    withdraw_link,
)
from domains.checkout.queries import (
    by_token,
    checkout,
    draft,
    draft_by_code,
    draft_by_link,
    draft_of,
    draft_quoted,
    live,
    progress,
    quote,
)
from domains.checkout.rows import CheckoutClosed
from domains.checkout.states import DRAFT_STATE, CheckoutStatus, DraftState, Step
from domains.checkout.views import (
    CheckoutView,
    DeliveryOption,
    DraftView,
    Hold,
    Progress,
    Quote,
    QuoteLine,
    Shortage,
    draft_code,
)

__all__ = [
    "ADDRESS_FIELDS",
    "DRAFT_STATE",
    "LINK_DAYS",
    "CardMissing",
    "CartEmpty",
    "CheckoutClosed",
    "CheckoutStatus",
    "CheckoutUnknown",
    "CheckoutView",
    "CostsMoreThere",
    "DeliveryOption",
    "DraftIncomplete",
    "DraftState",
    "DraftUnknown",
    "DraftView",
    "Hold",
    "NoWayThere",
    "PayLinkOver",
    "PayLinkSent",
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
    "add_to_draft",
    "address_draft",
    "agree_draft",
    "begin",
    "begin_draft",
    "bill_fields",
    "by_token",
    "checkout",
    "choose_shipping",
    "deliver_draft",
    "deliverable_countries",
    "draft",
    "draft_again",
    "draft_by_code",
    "draft_by_link",
    "draft_code",
    "draft_of",
    "draft_quoted",
    "drop_draft",
    "enter_addresses",
    "enter_contact",
    "enter_notes",
    "extend",
    "flows",
    "hold",
    "issue_link",
    "keep_typed",
    "live",
    "offer_draft",
    "progress",
    "quote",
    "renew_token",
    "report_shortage",
    "rerate",
    "set_draft_lines",
    "settle_for",
    "withdraw_link",
]
