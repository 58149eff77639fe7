"""Stripe's objects, field for field. `tests/test_shapes.py` holds them against Stripe's own published examples.

What begins with an underscore is the sandbox's own and never leaves it (`visible` strips it).
"""

from app.sandbox.stripe_server.shapes.cards import CARD, billing, confirmation_token, no_billing, payment_method
from app.sandbox.stripe_server.shapes.envelopes import API_VERSION, event, list_of, visible
from app.sandbox.stripe_server.shapes.money_back import EVIDENCE, dispute, refund
from app.sandbox.stripe_server.shapes.payments import AUTHORISATION_LIFE, balance_transaction, charge, payment_intent

__all__ = [
    "API_VERSION",
    "AUTHORISATION_LIFE",
    "CARD",
    "EVIDENCE",
    "balance_transaction",
    "billing",
    "charge",
    "confirmation_token",
    "dispute",
    "event",
    "list_of",
    "no_billing",
    "payment_intent",
    "payment_method",
    "refund",
    "visible",
]
