"""Returns: goods that come back, and money that staff send back by line.

Owns: returns with their lines, the refunds that staff give or want to give, and which order may come back for longer.

Words: a *return* is announced (`requested`), `approved` or `rejected`, `received`, and `refunded` or `closed`. A
*withdrawal* is a return that the customer has a right to and gives no reason for. To *restock* is to put what came
back on the shelf; the rest is *scrapped*. An order is *called off* when all of it is given back before it has arrived:
it is cancelled and its money goes back with the approval (ORD-07). What *waits* is set aside for a second person.

Amounts are computed from what was paid: each line's price less its discount with its tax, and the delivery with its
tax; parts of a line by rounding the share of all pieces so far, so that the parts always sum to what was paid.

Locks: the order, then the return or the refund, then the payment, then stock.

Invariants (`shop doctor`): I10 and I11 through payments, I20 a return's events replay to its rows, I28 no more is
returned than was shipped nor announced, what was restocked went on the shelf once and was returned, no line is refunded
beyond its pieces, and each refund given is the payment's.
"""

from domains.returns import flows
from domains.returns.amounts import due, paid_parts
from domains.returns.errors import (
    AlreadyRefunded,
    NothingToRefund,
    NotRestockable,
    NotReturnable,
    RefundChanged,
    RefundComesWithIt,
    RefundDecided,
    RefundNotFound,
    RefundWaits,
    ReturnMoved,
    ReturnNotFound,
    SecondPersonNeeded,
    TooManyReturned,
    WindowClosed,
)
from domains.returns.events import (
    ReturnApproved,
    ReturnClosed,
    ReturnReceived,
    ReturnRefunded,
    ReturnRejected,
    ReturnReopened,
    ReturnRequested,
    WithdrawalReceived,
)
from domains.returns.operations import (
    Approval,
    amounts_of,
    approve,
    approve_refund,
    ask_to_cancel,
    close,
    extend,
    receive,
    refund_lines,
    reject,
    reject_refund,
    request,
    withdraw,
)
from domains.returns.queries import (
    Case,
    case,
    case_of_refund,
    case_of_return,
    of_order,
    refund,
    refundable,
    refunds_of,
    return_,
    states_of,
    waiting_refunds,
    window,
)
from domains.returns.replay import replay, replayed, state_of
from domains.returns.states import (
    REFUND_TRANSITIONS,
    TRANSITIONS,
    RefundStatus,
    ReturnKind,
    ReturnReason,
    ReturnStatus,
)
from domains.returns.subscribers import SUBSCRIBERS
from domains.returns.views import (
    Amounts,
    Arrived,
    Asked,
    Refundable,
    RefundableLine,
    RefundLine,
    RefundLineView,
    RefundView,
    ReturnLineView,
    ReturnState,
    ReturnView,
    Window,
)

__all__ = [
    "REFUND_TRANSITIONS",
    "SUBSCRIBERS",
    "TRANSITIONS",
    "AlreadyRefunded",
    "Amounts",
    "Approval",
    "Arrived",
    "Asked",
    "Case",
    "NotRestockable",
    "NotReturnable",
    "NothingToRefund",
    "RefundChanged",
    "RefundComesWithIt",
    "RefundDecided",
    "RefundLine",
    "RefundLineView",
    "RefundNotFound",
    "RefundStatus",
    "RefundView",
    "RefundWaits",
    "Refundable",
    "RefundableLine",
    "ReturnApproved",
    "ReturnClosed",
    "ReturnKind",
    "ReturnLineView",
    "ReturnMoved",
    "ReturnNotFound",
    "ReturnReason",
    "ReturnReceived",
    "ReturnRefunded",
    "ReturnRejected",
    "ReturnReopened",
    "ReturnRequested",
    "ReturnState",
    "ReturnStatus",
    "ReturnView",
    "SecondPersonNeeded",
    "TooManyReturned",
    "Window",
    "WindowClosed",
    "WithdrawalReceived",
    "amounts_of",
    "approve",
    "approve_refund",
    "ask_to_cancel",
    "case",
    "case_of_refund",
    "case_of_return",
    "close",
    "due",
    "extend",
    "flows",
    "of_order",
    "paid_parts",
    "receive",
    "refund",
    "refund_lines",
    "refundable",
    "refunds_of",
    "reject",
    "reject_refund",
    "replay",
    "replayed",
    "request",
    "return_",
    "state_of",
    "states_of",
    "waiting_refunds",
    "window",
    "withdraw",
]
