"""Stripe's JSON as the shop's own frozen values. What cannot be read is no answer at all."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from domains.payments.gateway.amounts import from_gateway
from domains.payments.gateway.redaction import redacted
from domains.payments.gateway.shapes import (
    INTENT_STATUSES,
    REFUND_STATUSES,
    GatewayEvent,
    GatewayRefund,
    Intent,
    PaymentError,
)


class Unreadable(Exception):
    """The answer lacks what every such object of Stripe has."""


def read_intent(body: Mapping[str, Any]) -> Intent:
    """A `payment_intent` of Stripe as ours, its charge and method expanded or not."""
    try:
        if body["object"] != "payment_intent" or body["status"] not in INTENT_STATUSES:
            raise Unreadable(f"object {body['object']}, status {body.get('status')}")
        currency = str(body["currency"]).upper()
        charge = body.get("latest_charge")
        expanded = charge if isinstance(charge, dict) else {}
        method = body.get("payment_method")
        error = body.get("last_payment_error")
        # The charge says which card was tried; before there is one (confirmation asked for), the method does, and in
        # the answer to a declined card, where nothing is expanded, the error.
        details = (
            expanded.get("payment_method_details")
            or (method if isinstance(method, dict) else None)
            or (error or {}).get("payment_method")
            or {}
        )
        card = details.get("card") or {}
        next_action = body.get("next_action") or {}
        return Intent(
            id=str(body["id"]),
            status=body["status"],
            amount=from_gateway(int(body["amount"]), currency),
            amount_capturable=from_gateway(int(body.get("amount_capturable") or 0), currency),
            amount_received=from_gateway(int(body.get("amount_received") or 0), currency),
            # Money that was held and let go again counts as refunded there; it was never ours.
            amount_refunded=from_gateway(
                min(int(expanded.get("amount_refunded") or 0), int(body.get("amount_received") or 0)), currency
            ),
            currency=currency,
            metadata={str(name): str(value) for name, value in (body.get("metadata") or {}).items()},
            customer=_id_of(body.get("customer")),
            livemode=bool(body["livemode"]),
            created=_time(body["created"]),
            charge=_id_of(charge),
            method=_id_of(method) or _id_of(expanded.get("payment_method")),
            authorization_code=card.get("authorization_code"),
            method_type=details.get("type"),
            card_brand=card.get("brand"),
            card_last4=card.get("last4"),
            card_funding=card.get("funding"),
            wallet=(card.get("wallet") or {}).get("type"),
            redirect_url=(next_action.get("redirect_to_url") or {}).get("url"),
            error=None
            if not error
            else PaymentError(
                code=str(error.get("code") or "unknown"),
                decline_code=error.get("decline_code"),
                message=str(error.get("message") or ""),
            ),
            response=redacted(dict(body)),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable(repr(error)) from error


def read_refund(body: Mapping[str, Any]) -> GatewayRefund:
    """A `refund` of Stripe as ours."""
    try:
        if body["object"] != "refund" or body["status"] not in REFUND_STATUSES:
            raise Unreadable(f"object {body['object']}, status {body.get('status')}")
        currency = str(body["currency"]).upper()
        return GatewayRefund(
            id=str(body["id"]),
            intent_id=_id_of(body.get("payment_intent")),
            charge=_id_of(body.get("charge")),
            amount=from_gateway(int(body["amount"]), currency),
            currency=currency,
            status=body["status"],
            failure_reason=body.get("failure_reason"),
            metadata={str(name): str(value) for name, value in (body.get("metadata") or {}).items()},
            created=_time(body["created"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable(repr(error)) from error


def read_event(body: Mapping[str, Any]) -> GatewayEvent:
    """An `event` of Stripe as ours."""
    try:
        if body["object"] != "event":
            raise Unreadable(f"object {body['object']}")
        about = body["data"]["object"]
        kind = str(about["object"])
        named = (about.get("metadata") or {}).get("payment_id")
        try:
            payment_id = UUID(named) if named else None
        except ValueError:
            payment_id = None
        return GatewayEvent(
            id=str(body["id"]),
            type=str(body["type"]),
            created=_time(body["created"]),
            livemode=bool(body["livemode"]),
            object_type=kind,
            object_id=str(about["id"]),
            intent_id=str(about["id"]) if kind == "payment_intent" else _id_of(about.get("payment_intent")),
            payment_id=payment_id,
            payload=redacted(dict(body)),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable(repr(error)) from error


def _id_of(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("id")
    return None if value is None else str(value)


def _time(seconds: Any) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)
