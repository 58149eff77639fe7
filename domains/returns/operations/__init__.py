"""What can be done with returns and refunds by line."""

from domains.returns.operations.deciding import Approval, approve, close, reject
from domains.returns.operations.receiving import receive, refund_failed
from domains.returns.operations.refunding import amounts_of, approve_refund, ask_to_cancel, refund_lines, reject_refund
from domains.returns.operations.requesting import request, withdraw
from domains.returns.operations.windows import extend

__all__ = [
    "Approval",
    "amounts_of",
    "approve",
    "approve_refund",
    "ask_to_cancel",
    "close",
    "extend",
    "receive",
    "refund_failed",
    "refund_lines",
    "reject",
    "reject_refund",
    "request",
    "withdraw",
]
