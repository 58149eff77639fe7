"""Cards: a payment method, a confirmation token, and what both say of who pays."""

import hashlib

from app.sandbox.stripe_server.cards import Plastic
from app.sandbox.stripe_server.errors import Body
from app.sandbox.stripe_server.store import new_id

TOKEN_LIFE = 12 * 3600

CARD = "_card"
"""The private field that names a card's behaviour."""


def no_billing() -> Body:
    return {
        "address": {"city": None, "country": None, "line1": None, "line2": None, "postal_code": None, "state": None},
        "email": None,
        "name": None,
        "phone": None,
        "tax_id": None,
    }


def billing(given: Body) -> Body:
    details = no_billing()
    for name in ("email", "name", "phone", "tax_id"):
        details[name] = given.get(name) or None
    address = given.get("address")
    if isinstance(address, dict):
        for name in details["address"]:
            details["address"][name] = address.get(name) or None
    return details


def _fingerprint(card: Plastic) -> str:
    told = f"{card.brand}{card.last4}{card.exp_month}{card.exp_year}{card.funding}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def checks_of(billing_details: Body, cvc: str | None) -> Body:
    address = billing_details["address"]
    return {
        "address_line1_check": "pass" if address["line1"] else None,
        "address_postal_code_check": "pass" if address["postal_code"] else None,
        "cvc_check": cvc,
    }


def card_of_method(card: Plastic, billing_details: Body, cvc: str | None) -> Body:
    return {
        "brand": card.brand,
        "checks": checks_of(billing_details, cvc),
        "country": card.country,
        "display_brand": card.brand,
        "exp_month": card.exp_month,
        "exp_year": card.exp_year,
        "fingerprint": _fingerprint(card),
        "funding": card.funding,
        "generated_from": None,
        "last4": card.last4,
        "networks": {"available": [card.brand], "preferred": None},
        "regulated_status": "unregulated",
        "three_d_secure_usage": {"supported": True},
        "wallet": _wallet(card.wallet),
    }


def _wallet(kind: str | None) -> Body | None:
    return None if kind is None else {"dynamic_last4": None, "type": kind, kind: {}}


def payment_method(card: Plastic, billing_details: Body, now: int, *, customer: str | None = None) -> Body:
    return {
        "id": new_id("pm"),
        "object": "payment_method",
        "allow_redisplay": "unspecified",
        "billing_details": billing_details,
        "card": card_of_method(card, billing_details, "unchecked"),
        "created": now,
        "customer": customer,
        "customer_account": None,
        "livemode": False,
        "metadata": {},
        "type": "card",
        CARD: card.behaviour,
    }


def confirmation_token(method: Body, now: int, *, return_url: str | None, shipping: Body | None) -> Body:
    return {
        "id": new_id("ctoken"),
        "object": "confirmation_token",
        "created": now,
        "expires_at": now + TOKEN_LIFE,
        "livemode": False,
        "mandate_data": None,
        "payment_intent": None,
        "payment_method_options": {"card": {"cvc_token": None}},
        "payment_method_preview": {
            "allow_redisplay": "unspecified",
            "billing_details": method["billing_details"],
            "card": method["card"],
            "customer": None,
            "customer_account": None,
            "type": "card",
        },
        "return_url": return_url,
        "setup_future_usage": None,
        "setup_intent": None,
        "shipping": shipping,
        "use_stripe_sdk": True,
        "_method": method,
    }
