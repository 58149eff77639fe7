"""The flows around the payment: steps of ours and of the gateway's, each of ours a transaction of its own."""

from domains.checkout.flows.cancel import cancel
from domains.checkout.flows.closing import cancel_of_closed
from domains.checkout.flows.outcome import Outcome, PaymentState
from domains.checkout.flows.pay import pay, standing
from domains.checkout.flows.readdress import readdress
from domains.checkout.flows.reconcile import compare, reconcile
from domains.checkout.flows.reopen import reopen
from domains.checkout.flows.settle import settle
from domains.checkout.flows.shorten import shorten
from domains.checkout.flows.sweep import sweep
from domains.checkout.flows.transfer import NotAwaited, mark_paid, pay_by_transfer
from domains.checkout.flows.webhooks import handle_webhooks

__all__ = [
    "NotAwaited",
    "Outcome",
    "PaymentState",
    "cancel",
    "cancel_of_closed",
    "compare",
    "handle_webhooks",
    "mark_paid",
    "pay",
    "pay_by_transfer",
    "readdress",
    "reconcile",
    "reopen",
    "settle",
    "shorten",
    "standing",
    "sweep",
]
