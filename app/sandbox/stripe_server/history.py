"""Payments of the past, for a seed: the shop's old orders need their counterparts at the gateway.

`plant` writes straight into the sandbox's file, whether or not a sandbox runs on it, and sends no webhooks.
"""

from datetime import datetime
from pathlib import Path
from typing import Literal
from uuid import UUID

import msgspec

from app.sandbox.stripe_server import shapes
from app.sandbox.stripe_server.bank.currencies import fee_of
from app.sandbox.stripe_server.cards import ALIASES, CARDS, Plastic, brand_of
from app.sandbox.stripe_server.errors import Body
from app.sandbox.stripe_server.store import Store

DATABASE = "stripe.sqlite3"


class PastRefund(msgspec.Struct, frozen=True):
    """Money that was sent back."""

    refund_id: UUID
    amount: int
    at: datetime


class PastPayment(msgspec.Struct, frozen=True):
    """A payment as the shop remembers it. Amounts are in the gateway's units."""

    order_id: UUID
    order_number: str
    payment_id: UUID
    attempt_id: UUID
    amount: int
    currency: str
    at: datetime
    account_id: UUID | None = None
    status: Literal["succeeded", "canceled", "requires_payment_method"] = "succeeded"
    captured_at: datetime | None = None
    card: str = "4242424242424242"
    refunds: tuple[PastRefund, ...] = ()


class Planted(msgspec.Struct, frozen=True):
    """What the gateway calls it."""

    payment_id: UUID
    intent_id: str
    charge_id: str
    method_id: str
    brand: str
    last4: str
    refund_ids: tuple[str, ...]
    intent: Body
    """As the API answers it, its charge expanded."""


def plant(data_dir: Path, payments: list[PastPayment]) -> list[Planted]:
    """Make the payments exist, in one transaction. One that exists already (same attempt) is left as it is."""
    store = Store(data_dir / DATABASE)
    try:
        with store.change():
            return [_plant(store, payment) for payment in payments]
    finally:
        store.close()


def plant_refunds(data_dir: Path, refunds: list[tuple[str, PastRefund]]) -> list[Body]:
    """Send money of planted payments back, each by its intent's id; the refunds as the API answers them."""
    store = Store(data_dir / DATABASE)
    try:
        with store.change():
            return [_plant_refund(store, intent_id, refund) for intent_id, refund in refunds]
    finally:
        store.close()


def _plant_refund(store: Store, intent_id: str, wanted: PastRefund) -> Body:
    intent = store.get("payment_intent", intent_id)
    assert intent is not None
    charge = store.get("charge", intent["latest_charge"])
    assert charge is not None
    refund = _give_back(store, charge, wanted)
    store.put(charge)
    seen: Body = shapes.visible(refund)
    return seen


def _plant(store: Store, payment: PastPayment) -> Planted:
    for known in store.find("payment_intent", equal={"metadata.payment_id": str(payment.payment_id)}):
        if known["metadata"].get("attempt_id") == str(payment.attempt_id):
            return _planted(store, payment, known)
    at = int(payment.at.timestamp())
    number = ALIASES.get(payment.card, payment.card.replace(" ", ""))
    behaviour, funding, country = CARDS[number]
    card = Plastic(behaviour, brand_of(number), number[-4:], 12, payment.at.year + 3, funding, country)
    method = store.put(shapes.payment_method(card, shapes.no_billing(), at))
    intent = shapes.payment_intent(amount=payment.amount, currency=payment.currency.lower(), now=at)
    intent |= {
        "automatic_payment_methods": {"allow_redirects": "always", "enabled": True},
        "payment_method_configuration_details": {"id": "pmc_1StoaSandbox", "parent": None},
        "capture_method": "manual",
        "description": f"Order {payment.order_number}",
        "payment_method": method["id"],
        "metadata": {
            "order_id": str(payment.order_id),
            "order_number": payment.order_number,
            "payment_id": str(payment.payment_id),
            "attempt_id": str(payment.attempt_id),
            **({} if payment.account_id is None else {"account_id": str(payment.account_id)}),
        },
        "status": payment.status,
    }
    charge = shapes.charge(intent, method, at, authenticated=False)
    intent["latest_charge"] = charge["id"]
    if payment.status == "succeeded":
        _settle(store, payment, intent, charge)
    elif payment.status == "canceled":
        intent |= {"canceled_at": at, "cancellation_reason": "abandoned"}
        charge |= {"refunded": True, "amount_refunded": payment.amount}
    else:
        charge |= {"status": "failed", "paid": False, "failure_code": "card_declined"}
        intent["payment_method"] = None
    store.put(charge)
    store.put(intent)
    return _planted(store, payment, intent)


def _settle(store: Store, payment: PastPayment, intent: Body, charge: Body) -> None:
    captured_at = int((payment.captured_at or payment.at).timestamp())
    fee = fee_of(payment.amount, intent["currency"])
    booked = store.put(
        shapes.balance_transaction("charge", payment.amount, fee, charge["id"], intent["currency"], captured_at)
    )
    intent["amount_received"] = payment.amount
    charge |= {"captured": True, "amount_captured": payment.amount, "balance_transaction": booked["id"]}
    for wanted in payment.refunds:
        _give_back(store, charge, wanted)


def _give_back(store: Store, charge: Body, wanted: PastRefund) -> Body:
    at = int(wanted.at.timestamp())
    refund = shapes.refund(charge, wanted.amount, at, reason=None, metadata={"refund_id": str(wanted.refund_id)})
    moved = store.put(shapes.balance_transaction("refund", -wanted.amount, 0, refund["id"], charge["currency"], at))
    refund["balance_transaction"] = moved["id"]
    store.put(refund)
    charge["amount_refunded"] += wanted.amount
    charge["refunded"] = charge["amount_refunded"] >= charge["amount_captured"]
    return refund


def _planted(store: Store, payment: PastPayment, intent: Body) -> Planted:
    charge = store.get("charge", intent["latest_charge"])
    assert charge is not None
    refunds = store.find("refund", equal={"charge": charge["id"]})
    of_ours = {refund["metadata"].get("refund_id"): str(refund["id"]) for refund in refunds}
    card = charge["payment_method_details"]["card"]
    return Planted(
        payment_id=payment.payment_id,
        intent_id=intent["id"],
        charge_id=charge["id"],
        method_id=charge["payment_method"],
        brand=card["brand"],
        last4=card["last4"],
        refund_ids=tuple(of_ours[str(refund.refund_id)] for refund in payment.refunds),
        intent=shapes.visible({**intent, "latest_charge": charge}),
    )
