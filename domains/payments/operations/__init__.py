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
from domains.payments.operations.refunds import observe_refund, record_refund, request_refund

__all__ = [
    "abandon",
    "cancel",
    "claim_webhooks",
    "fail",
    "finish_webhook",
    "hurry_webhooks",
    "note_unknown",
    "observe",
    "observe_refund",
    "open",
    "quarantine_webhook",
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
