"""The outside world of payments: a `Gateway` that authorises and captures, and its adapter for Stripe.

Nothing here opens a transaction or knows an order: it asks, and says in our words what was answered. Two rules hold
for every caller: no call inside a transaction, and the id of a row that is already committed as the key.
"""

from domains.payments.gateway.amounts import from_gateway, to_gateway
from domains.payments.gateway.breaker import Circuit, CircuitBreaker
from domains.payments.gateway.errors import (
    Declined,
    GatewayError,
    GatewayOutcomeUnknown,
    GatewayRefused,
    GatewayUnavailable,
    KeyReused,
    SignatureInvalid,
    StillUnderWay,
)
from domains.payments.gateway.reading import read_intent, read_refund
from domains.payments.gateway.redaction import redacted
from domains.payments.gateway.shapes import (
    Gateway,
    GatewayEvent,
    GatewayRefund,
    Intent,
    IntentStatus,
    PaymentError,
    RefundStatus,
)
from domains.payments.gateway.stripe_adapter import API_VERSION, MONEY_EVENTS, StripeGateway

__all__ = [
    "API_VERSION",
    "MONEY_EVENTS",
    "Circuit",
    "CircuitBreaker",
    "Declined",
    "Gateway",
    "GatewayError",
    "GatewayEvent",
    "GatewayOutcomeUnknown",
    "GatewayRefund",
    "GatewayRefused",
    "GatewayUnavailable",
    "Intent",
    "IntentStatus",
    "KeyReused",
    "PaymentError",
    "RefundStatus",
    "SignatureInvalid",
    "StillUnderWay",
    "StripeGateway",
    "from_gateway",
    "read_intent",
    "read_refund",
    "redacted",
    "to_gateway",
]
