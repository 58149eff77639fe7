"""Payments: the money of orders, here and at the gateway.

Owns: the one payment of each order, the tries to pay it, captures, voids and refunds, the mirror of what the gateway
says, the inbox of its webhooks, and the ledger.

Words: an *attempt* is one try; its id is the key the gateway is asked with. An *intent* is a payment as the gateway
calls it. Money is *authorised* (held), then *captured* (taken). To *void* is to let held money go. To *settle* is to
bring payment and order to where the gateway says the money is; that is `checkout`'s, on `flows.look` and `observe`.

Rules: a row with its key is committed before the gateway is asked; no transaction is open while it is; what it says
is believed only where it fits; a payment ends only when nothing is open at the gateway.

Invariants (`shop doctor`): I06 each intent that took money has one payment, I07 our sums are the gateway's,
I09 one currency, I10 refunds never exceed what was captured, I11 our refunds are the gateway's, I12 and I13 nothing
taken or held for a dead order, I16 each ledger movement sums to zero, I17 an order's cash is captured − refunded,
I20 events replay to the row, I24 each webhook is worked through once.
"""

import domains.payments.models  # noqa: F401 (other domains' foreign keys point at these tables)
from domains.payments import flows
from domains.payments.errors import (
    AlreadyPaid,
    NotAuthorized,
    NotCaptured,
    PaymentEnded,
    PaymentNotFound,
    PaymentUnderWay,
    RefundTooHigh,
    StillOpenAtGateway,
)
from domains.payments.events import PaymentFailed, PaymentQuarantined, RefundFailed, RefundProcessed
from domains.payments.operations import (
    LONGEST_REFERENCE,
    abandon,
    await_transfer,
    cancel,
    claim_webhooks,
    fail,
    finish_webhook,
    give_back_by_transfer,
    hurry_webhooks,
    note_unknown,
    observe,
    observe_refund,
    open,
    quarantine_webhook,
    receive_transfer,
    record,
    record_capture,
    record_refund,
    record_void,
    request_capture,
    request_refund,
    request_void,
    retry_webhook,
    start_attempt,
    store_webhook,
)
from domains.payments.queries import for_order, in_doubt, payment, refund, refunds, statuses
from domains.payments.reconciliation import (
    LONGEST_NOTE,
    Difference,
    FindingKind,
    FindingNotFound,
    Listed,
    keep_comparison,
    look_at,
)
from domains.payments.replay import replay, replayed, state_of
from domains.payments.states import (
    TRANSITIONS,
    AttemptStatus,
    InboxStatus,
    PaymentMethod,
    PaymentStatus,
    RefundState,
    RequestStatus,
)
from domains.payments.views import (
    Attempt,
    AttemptView,
    Capture,
    InboxEvent,
    PaymentState,
    PaymentView,
    Refund,
    Void,
)

__all__ = [
    "LONGEST_NOTE",
    "LONGEST_REFERENCE",
    "TRANSITIONS",
    "AlreadyPaid",
    "Attempt",
    "AttemptStatus",
    "AttemptView",
    "Capture",
    "Difference",
    "FindingKind",
    "FindingNotFound",
    "InboxEvent",
    "InboxStatus",
    "Listed",
    "NotAuthorized",
    "NotCaptured",
    "PaymentEnded",
    "PaymentFailed",
    "PaymentMethod",
    "PaymentNotFound",
    "PaymentQuarantined",
    "PaymentState",
    "PaymentStatus",
    "PaymentUnderWay",
    "PaymentView",
    "Refund",
    "RefundFailed",
    "RefundProcessed",
    "RefundState",
    "RefundTooHigh",
    "RequestStatus",
    "StillOpenAtGateway",
    "Void",
    "abandon",
    "await_transfer",
    "cancel",
    "claim_webhooks",
    "fail",
    "finish_webhook",
    "flows",
    "for_order",
    "give_back_by_transfer",
    "hurry_webhooks",
    "in_doubt",
    "keep_comparison",
    "look_at",
    "note_unknown",
    "observe",
    "observe_refund",
    "open",
    "payment",
    "quarantine_webhook",
    "receive_transfer",
    "record",
    "record_capture",
    "record_refund",
    "record_void",
    "refund",
    "refunds",
    "replay",
    "replayed",
    "request_capture",
    "request_refund",
    "request_void",
    "retry_webhook",
    "start_attempt",
    "state_of",
    "statuses",
    "store_webhook",
]
