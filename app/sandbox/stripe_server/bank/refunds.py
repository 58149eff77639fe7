"""Refunds: never more than was taken, in as many parts as wanted."""

from app.sandbox.stripe_server import shapes
from app.sandbox.stripe_server.bank.house import House
from app.sandbox.stripe_server.cards import BEHAVIOURS
from app.sandbox.stripe_server.errors import Body, invalid
from app.sandbox.stripe_server.parameters import Params, choice, integer, metadata, text

REASONS = frozenset({"duplicate", "fraudulent", "requested_by_customer"})
LATE = 2.0
"""Seconds until a refund that waits or fails makes up its mind."""


def create(house: House, params: Params) -> Body:
    """Send money back. Raises when the charge has less left, was never captured, or is disputed."""
    charge = _charge(house, params)
    left = charge["amount_captured"] - charge["amount_refunded"]
    if charge["disputed"]:
        raise invalid(
            f"Charge {charge['id']} has been charged back; cannot issue a refund.",
            code="charge_disputed",
            kept=True,
        )
    if left <= 0:
        raise invalid(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded", kept=True)
    amount = integer(params, "amount")
    amount = left if amount is None else amount
    if amount < 1:
        raise invalid("Invalid positive integer", code="parameter_invalid_integer", param="amount")
    if amount > left:
        raise invalid(
            f"Refund amount ({_money(amount, charge['currency'])}) is greater than unrefunded amount on charge"
            f" ({_money(left, charge['currency'])})",
            param="amount",
            kept=True,
        )
    reason = choice(params, "reason", REASONS)
    return give_back(house, charge, amount, reason=reason, told=metadata(params), at=house.store.now())


def give_back(house: House, charge: Body, amount: int, *, reason: str | None, told: Body, at: int) -> Body:
    """The refunded state of the charge, its refund and their events."""
    refund = shapes.refund(charge, amount, at, reason=reason, metadata=told)
    behaviour = BEHAVIOURS[charge[shapes.CARD]]
    if behaviour.refund_waits:
        refund["status"] = "pending"
        refund["_settles"] = "succeeded"
    elif behaviour.refund_fails:
        refund["_settles"] = "failed"
    booked = house.store.put(shapes.balance_transaction("refund", -amount, 0, refund["id"], refund["currency"], at))
    refund["balance_transaction"] = booked["id"]
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] >= charge["amount_captured"]
    house.store.put(charge)
    house.store.put(refund)
    house.announcer.announce("refund.created", refund, at=at)
    house.announcer.announce("charge.refunded", charge, at=at)
    return refund


def update(house: House, refund: Body, params: Params) -> Body:
    refund["metadata"] = {**refund["metadata"], **metadata(params)}
    house.store.put(refund)
    house.announcer.announce("refund.updated", refund)
    return refund


def settle(house: House, refund: Body) -> None:
    """What a slow bank says in the end: the refund arrived, or came back and is money of the shop again."""
    outcome = refund.pop("_settles")
    refund["status"] = outcome
    if outcome == "failed":
        refund["failure_reason"] = "expired_or_canceled_card"
        booked = house.store.put(
            shapes.balance_transaction(
                "refund_failure", refund["amount"], 0, refund["id"], refund["currency"], house.store.now()
            )
        )
        refund["failure_balance_transaction"] = booked["id"]
        charge = house.get("charge", refund["charge"])
        charge["amount_refunded"] -= refund["amount"]
        charge["refunded"] = False
        house.store.put(charge)
    house.store.put(refund)
    house.announcer.announce("refund.updated", refund)
    if outcome == "failed":
        house.announcer.announce("refund.failed", refund)


def settle_due(house: House) -> None:
    """Settle every refund whose time has come."""
    waiting = [
        refund
        for outcome in ("succeeded", "failed")
        for refund in house.store.find("refund", equal={"_settles": outcome})
    ]
    for refund in waiting:
        if refund["created"] + LATE <= house.store.now():
            with house.store.change():
                settle(house, refund)


def _charge(house: House, params: Params) -> Body:
    charge_id, intent_id = text(params, "charge"), text(params, "payment_intent")
    if intent_id is None:
        if charge_id is None:
            raise invalid("One of the following params should be provided for this request: payment_intent or charge.")
        charge = house.get("charge", charge_id, param="charge")
    else:
        intent = house.get("payment_intent", intent_id, param="payment_intent")
        if intent["status"] != "succeeded" or intent["latest_charge"] is None:
            raise invalid(
                f"This PaymentIntent ({intent_id}) does not have a successful charge to refund.",
                param="payment_intent",
                kept=True,
            )
        charge = house.get("charge", intent["latest_charge"])
    if not charge["captured"]:
        raise invalid(f"Charge {charge['id']} has not been captured.", param="charge", kept=True)
    return charge


def _money(amount: int, currency: str) -> str:
    return f"${amount / 100:,.2f}" if currency == "usd" else f"{amount} {currency}"
