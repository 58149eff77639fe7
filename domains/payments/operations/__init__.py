"""What can be done with payments, one file per part of their life."""

from domains.payments.operations.attempts import abandon, open, record, start_attempt
from domains.payments.operations.captures import record_capture, request_capture
from domains.payments.operations.ends import cancel, fail, record_void, request_void
from domains.payments.operations.inbox import (
    claim_webhooks,
    finish_webhook,
    hurry_webhooks,
    quarantine_webhook,
    retry_webhook,
    store_webhook,
)
from domains.payments.operations.observations import note_unknown, observe
from domains.payments.operations.refunds import give_back_by_transfer, observe_refund, record_refund, request_refund
from domains.payments.operations.transfers import LONGEST_REFERENCE, await_transfer, receive_transfer

__all__ = [
    "LONGEST_REFERENCE",
    "abandon",
    "await_transfer",
    "cancel",
    "claim_webhooks",
    "fail",
    "finish_webhook",
    "give_back_by_transfer",
    "hurry_webhooks",
    "note_unknown",
    "observe",
    "observe_refund",
    "open",
    "quarantine_webhook",
    "receive_transfer",
    "record",
    "record_capture",
    "record_refund",
    "record_void",
    "request_capture",
    "request_refund",
    "request_void",
    "retry_webhook",
    "start_attempt",
    "store_webhook",
]
