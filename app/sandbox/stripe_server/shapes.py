"""Stripe's objects, field for field. `tests/test_shapes.py` holds them against Stripe's own published examples.

What begins with an underscore is the sandbox's own and never leaves it (`visible` strips it).
"""

import hashlib
from typing import Any

from app.sandbox.stripe_server.cards import Plastic
from app.sandbox.stripe_server.errors import Body
from app.sandbox.stripe_server.store import new_id

API_VERSION = "2026-10-28.endive"
TOKEN_LIFE = 12 * 3600
AUTHORISATION_LIFE = 7 * 24 * 3600

CARD = "_card"
"""The private field that names a card's behaviour."""


def visible(value: Any) -> Any:
    """The object as the outside may see it."""
    if isinstance(value, dict):
        return {name: visible(part) for name, part in value.items() if not name.startswith("_")}
    if isinstance(value, list):
        return [visible(part) for part in value]
    return value


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


def _checks(billing_details: Body, cvc: str | None) -> Body:
    address = billing_details["address"]
    return {
        "address_line1_check": "pass" if address["line1"] else None,
        "address_postal_code_check": "pass" if address["postal_code"] else None,
        "cvc_check": cvc,
    }


def card_of_method(card: Plastic, billing_details: Body, cvc: str | None) -> Body:
    return {
        "brand": card.brand,
        "checks": _checks(billing_details, cvc),
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


def payment_intent(*, amount: int, currency: str, now: int) -> Body:
    id_ = new_id("pi")
    return {
        "id": id_,
        "object": "payment_intent",
        "amount": amount,
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": 0,
        "application": None,
        "application_fee_amount": None,
        "automatic_payment_methods": None,
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": "automatic_async",
        "client_secret": f"{id_}_secret_{new_id('x')[2:]}",
        "confirmation_method": "automatic",
        "created": now,
        "currency": currency,
        "customer": None,
        "customer_account": None,
        "description": None,
        "excluded_payment_method_types": None,
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "managed_payments": {"enabled": False},
        "metadata": {},
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": None,
        "payment_method_configuration_details": None,
        "payment_method_options": {
            "card": {
                "installments": None,
                "mandate_options": None,
                "network": None,
                "request_three_d_secure": "automatic",
            }
        },
        "payment_method_types": ["card"],
        "processing": None,
        "receipt_email": None,
        "review": None,
        "setup_future_usage": None,
        "shipping": None,
        "source": None,
        "statement_descriptor": None,
        "statement_descriptor_suffix": None,
        "status": "requires_payment_method",
        "transfer_data": None,
        "transfer_group": None,
    }


def charge(intent: Body, method: Body, now: int, *, authenticated: bool) -> Body:
    """A try of a card: approved until somebody says otherwise, nothing captured."""
    id_ = new_id("ch")
    card = method["card"]
    return {
        "id": id_,
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": 0,
        "amount_refunded": 0,
        "application": None,
        "application_fee": None,
        "application_fee_amount": None,
        "balance_transaction": None,
        "billing_details": method["billing_details"],
        "calculated_statement_descriptor": "STOA SANDBOX",
        "captured": False,
        "created": now,
        "currency": intent["currency"],
        "customer": intent["customer"],
        "description": intent["description"],
        "disputed": False,
        "failure_balance_transaction": None,
        "failure_code": None,
        "failure_message": None,
        "fraud_details": {},
        "livemode": False,
        "metadata": intent["metadata"],
        "on_behalf_of": None,
        "outcome": {
            "advice_code": None,
            "network_advice_code": None,
            "network_decline_code": None,
            "network_status": "approved_by_network",
            "reason": None,
            "risk_level": "normal",
            "risk_score": 20,
            "seller_message": "Payment complete.",
            "type": "authorized",
        },
        "paid": True,
        "payment_intent": intent["id"],
        "payment_method": method["id"],
        "payment_method_details": {
            "card": {
                "amount_authorized": intent["amount"],
                "authorization_code": new_id("x")[2:8].upper(),
                "brand": card["brand"],
                "capture_before": now + AUTHORISATION_LIFE,
                "checks": _checks(method["billing_details"], "pass"),
                "country": card["country"],
                "exp_month": card["exp_month"],
                "exp_year": card["exp_year"],
                "extended_authorization": {"status": "disabled"},
                "fingerprint": card["fingerprint"],
                "funding": card["funding"],
                "incremental_authorization": {"status": "unavailable"},
                "installments": None,
                "last4": card["last4"],
                "mandate": None,
                "multicapture": {"status": "unavailable"},
                "network": card["brand"],
                "network_token": {"used": False},
                "network_transaction_id": new_id("x")[2:17].upper(),
                "overcapture": {"maximum_amount_capturable": intent["amount"], "status": "unavailable"},
                "regulated_status": "unregulated",
                "three_d_secure": _three_d_secure() if authenticated else None,
                "transaction_link_id": None,
                "wallet": card["wallet"],
            },
            "type": "card",
        },
        "receipt_email": intent["receipt_email"],
        "receipt_number": None,
        "receipt_url": f"https://pay.stripe.com/receipts/payment/{id_}",
        "refunded": False,
        "review": None,
        "shipping": intent["shipping"],
        "source": None,
        "source_transfer": None,
        "statement_descriptor": intent["statement_descriptor"],
        "statement_descriptor_suffix": intent["statement_descriptor_suffix"],
        "status": "succeeded",
        "transfer_data": None,
        "transfer_group": None,
        CARD: method[CARD],
    }


def _three_d_secure() -> Body:
    return {
        "authentication_flow": "challenge",
        "electronic_commerce_indicator": "05",
        "exemption_indicator": None,
        "result": "authenticated",
        "result_reason": None,
        "transaction_id": new_id("x")[2:],
        "version": "2.2.0",
    }


def refund(charged: Body, amount: int, now: int, *, reason: str | None, metadata: Body) -> Body:
    return {
        "id": new_id("re"),
        "object": "refund",
        "amount": amount,
        "balance_transaction": None,
        "charge": charged["id"],
        "created": now,
        "currency": charged["currency"],
        "customer": charged["customer"],
        "customer_account": None,
        "destination_details": {
            "card": {"reference_status": "pending", "reference_type": "acquirer_reference_number", "type": "refund"},
            "type": "card",
        },
        "metadata": metadata,
        "payment_intent": charged["payment_intent"],
        "payment_method": charged["payment_method"],
        "reason": reason,
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "succeeded",
        "transfer_reversal": None,
    }


def balance_transaction(kind: str, amount: int, fee: int, source: str, currency: str, now: int) -> Body:
    return {
        "id": new_id("txn"),
        "object": "balance_transaction",
        "amount": amount,
        "available_on": now + 2 * 24 * 3600,
        "balance_type": "payments",
        "created": now,
        "currency": currency,
        "description": None,
        "exchange_rate": None,
        "fee": fee,
        "fee_details": [
            {
                "amount": fee,
                "application": None,
                "currency": currency,
                "description": "Stripe processing fees",
                "type": "stripe_fee",
            }
        ]
        if fee
        else [],
        "net": amount - fee,
        "reporting_category": "dispute" if kind == "adjustment" else kind,
        "source": source,
        "status": "pending",
        "type": kind,
    }


_EVIDENCE = (
    "access_activity_log",
    "billing_address",
    "cancellation_policy",
    "cancellation_policy_disclosure",
    "cancellation_rebuttal",
    "customer_communication",
    "customer_email_address",
    "customer_name",
    "customer_purchase_ip",
    "customer_signature",
    "duplicate_charge_documentation",
    "duplicate_charge_explanation",
    "duplicate_charge_id",
    "product_description",
    "receipt",
    "refund_policy",
    "refund_policy_disclosure",
    "refund_refusal_explanation",
    "service_date",
    "service_documentation",
    "shipping_address",
    "shipping_carrier",
    "shipping_date",
    "shipping_documentation",
    "shipping_tracking_number",
    "uncategorized_file",
    "uncategorized_text",
)
EVIDENCE = frozenset(_EVIDENCE)


def dispute(charged: Body, amount: int, now: int, *, reason: str) -> Body:
    return {
        "id": new_id("du"),
        "object": "dispute",
        "amount": amount,
        "balance_transactions": [],
        "charge": charged["id"],
        "created": now,
        "currency": charged["currency"],
        "enhanced_eligibility_types": [],
        "evidence": {**dict.fromkeys(_EVIDENCE), "enhanced_evidence": {}},
        "evidence_details": {
            "due_by": now + 7 * 24 * 3600,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": {},
        "payment_intent": charged["payment_intent"],
        "payment_method_details": {
            "card": {
                "brand": charged["payment_method_details"]["card"]["brand"],
                "case_type": "chargeback",
                "network": charged["payment_method_details"]["card"]["network"],
                "network_reason_code": "10.4" if reason == "fraudulent" else "13.1",
            },
            "type": "card",
        },
        "reason": reason,
        "status": "needs_response",
    }


def event(type_: str, about: Body, now: int, *, request_id: str | None, key: str | None, previous: Body | None) -> Body:
    data: Body = {"object": visible(about)}
    if previous is not None:
        data["previous_attributes"] = previous
    return {
        "id": new_id("evt"),
        "object": "event",
        "api_version": API_VERSION,
        "created": now,
        "data": data,
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": request_id, "idempotency_key": key},
        "type": type_,
    }


def list_of(rows: list[Body], url: str, *, has_more: bool) -> Body:
    return {"object": "list", "data": rows, "has_more": has_more, "url": url}
