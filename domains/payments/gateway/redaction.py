"""What may be stored of the gateway's answers: a list of what is kept, so that a new field is dropped by default."""

from typing import Any

_CARD: dict[str, Any] = {"brand": True, "last4": True, "funding": True, "wallet": {"type": True}}
_METHOD_DETAILS: dict[str, Any] = {"type": True, "card": {**_CARD, "authorization_code": True}}
_METHOD: dict[str, Any] = {"id": True, "object": True, "type": True, "card": _CARD}
_METADATA: dict[str, Any] = {
    "order_id": True,
    "order_number": True,
    "payment_id": True,
    "attempt_id": True,
    "account_id": True,
    "refund_id": True,
}
_ERROR: dict[str, Any] = {
    "type": True,
    "code": True,
    "decline_code": True,
    "message": True,
    "advice_code": True,
    "network_decline_code": True,
    "charge": True,
}
_OUTCOME: dict[str, Any] = {
    "type": True,
    "network_status": True,
    "network_decline_code": True,
    "advice_code": True,
    "reason": True,
    "risk_level": True,
    "seller_message": True,
}
_CHARGE: dict[str, Any] = {
    "id": True,
    "object": True,
    "amount": True,
    "amount_captured": True,
    "amount_refunded": True,
    "balance_transaction": True,
    "captured": True,
    "created": True,
    "currency": True,
    "disputed": True,
    "failure_code": True,
    "failure_message": True,
    "livemode": True,
    "metadata": _METADATA,
    "outcome": _OUTCOME,
    "paid": True,
    "payment_intent": True,
    "payment_method": True,
    "payment_method_details": _METHOD_DETAILS,
    "refunded": True,
    "status": True,
}
_INTENT: dict[str, Any] = {
    "id": True,
    "object": True,
    "amount": True,
    "amount_capturable": True,
    "amount_received": True,
    "canceled_at": True,
    "cancellation_reason": True,
    "capture_method": True,
    "created": True,
    "currency": True,
    "customer": True,
    "last_payment_error": _ERROR,
    "latest_charge": _CHARGE,
    "livemode": True,
    "metadata": _METADATA,
    "next_action": {"type": True},
    "payment_method": _METHOD,
    "payment_method_types": True,
    "status": True,
}
_REFUND: dict[str, Any] = {
    "id": True,
    "object": True,
    "amount": True,
    "balance_transaction": True,
    "charge": True,
    "created": True,
    "currency": True,
    "failure_reason": True,
    "metadata": _METADATA,
    "payment_intent": True,
    "reason": True,
    "status": True,
}
_DISPUTE: dict[str, Any] = {
    "id": True,
    "object": True,
    "amount": True,
    "charge": True,
    "created": True,
    "currency": True,
    "evidence_details": {"due_by": True, "has_evidence": True, "past_due": True, "submission_count": True},
    "is_charge_refundable": True,
    "livemode": True,
    "metadata": _METADATA,
    "payment_intent": True,
    "reason": True,
    "status": True,
}
_OBJECTS: dict[str, dict[str, Any]] = {
    "payment_intent": _INTENT,
    "charge": _CHARGE,
    "refund": _REFUND,
    "dispute": _DISPUTE,
}
_UNKNOWN: dict[str, Any] = {"id": True, "object": True, "created": True, "livemode": True, "status": True}
_EVENT: dict[str, Any] = {
    "id": True,
    "object": True,
    "api_version": True,
    "created": True,
    "livemode": True,
    "request": {"id": True, "idempotency_key": True},
    "type": True,
}


def redacted(answer: dict[str, Any]) -> dict[str, Any]:
    """`answer` of the gateway without card data beyond brand, last four and funding, names, addresses and secrets."""
    if answer.get("object") == "event":
        kept = _keep(answer, _EVENT)
        kept["data"] = {"object": redacted(answer.get("data", {}).get("object", {}))}
        return kept
    return _keep(answer, _OBJECTS.get(str(answer.get("object")), _UNKNOWN))


def _keep(value: dict[str, Any], what: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name, rule in what.items():
        if name not in value:
            continue
        part = value[name]
        if isinstance(part, dict):
            if rule is not True:
                kept[name] = _keep(part, rule)
        else:
            kept[name] = part
    return kept
