"""Payment intents once a card was authorised: capture, cancel, and the end that comes by itself."""

from app.sandbox.stripe_server import shapes
from app.sandbox.stripe_server.bank.currencies import fee_of
from app.sandbox.stripe_server.bank.disputes import open_dispute
from app.sandbox.stripe_server.bank.house import House
from app.sandbox.stripe_server.cards import BEHAVIOURS, GENERIC
from app.sandbox.stripe_server.errors import ApiError, Body, invalid, unexpected_state
from app.sandbox.stripe_server.parameters import Params, choice, integer

_CANCELLABLE = frozenset({"requires_payment_method", "requires_capture", "requires_confirmation", "requires_action"})
_REASONS = frozenset({"duplicate", "fraudulent", "requested_by_customer", "abandoned"})


def retrieve(house: House, id_: str) -> Body:
    return fresh(house, house.get("payment_intent", id_))


def capture(house: House, intent: Body, params: Params) -> Body:
    """Take the money that is held, all or a part; the rest is let go."""
    fresh(house, intent)
    if intent["status"] != "requires_capture":
        raise unexpected_state(
            f"This PaymentIntent could not be captured because it has a status of {intent['status']}. Only a"
            " PaymentIntent with one of the following statuses may be captured: requires_capture.",
            shapes.visible(intent),
        )
    amount = integer(params, "amount_to_capture")
    if amount is None:
        amount = intent["amount_capturable"]
    if not 0 < amount <= intent["amount_capturable"]:
        raise invalid(
            "The amount_to_capture must be greater than 0 and no more than the amount authorized.",
            code="amount_too_large" if amount > 0 else "parameter_invalid_integer",
            param="amount_to_capture",
            kept=True,
        )
    charge = house.get("charge", intent["latest_charge"])
    refusal = BEHAVIOURS[charge[shapes.CARD]].capture
    if house.faults.take("refuse_capture"):
        refusal = GENERIC
    if refusal is not None:
        raise ApiError(
            402,
            "card_error",
            refusal.message,
            code=refusal.code,
            decline_code=refusal.decline_code,
            kept=True,
            charge=charge["id"],
            payment_intent=shapes.visible(intent),
        )
    return take_money(house, intent, charge, amount, at=house.store.now())


def take_money(house: House, intent: Body, charge: Body, amount: int, *, at: int) -> Body:
    """The captured state of charge and intent, and its events."""
    fee = fee_of(amount, intent["currency"])
    booked = house.store.put(shapes.balance_transaction("charge", amount, fee, charge["id"], intent["currency"], at))
    charge |= {"captured": True, "amount_captured": amount, "balance_transaction": booked["id"]}
    charge["payment_method_details"]["card"].pop("capture_before", None)
    intent |= {"amount_capturable": 0, "amount_received": amount, "status": "succeeded"}
    house.store.put(charge)
    house.store.put(intent)
    house.announcer.announce("charge.captured", charge, at=at)
    house.announcer.announce("payment_intent.succeeded", intent, at=at)
    if BEHAVIOURS[charge[shapes.CARD]].disputed:
        open_dispute(house, charge, reason="fraudulent")
    return intent


def cancel(house: House, intent: Body, params: Params) -> Body:
    """Let it go: no card can be tried any more, and money held is free again."""
    fresh(house, intent)
    if intent["status"] not in _CANCELLABLE:
        raise unexpected_state(
            f"You cannot cancel this PaymentIntent because it has a status of {intent['status']}. Only a PaymentIntent"
            " with one of the following statuses may be canceled: requires_payment_method, requires_capture,"
            " requires_confirmation, requires_action, processing.",
            shapes.visible(intent),
        )
    return _cancel(house, intent, choice(params, "cancellation_reason", _REASONS))


def _cancel(house: House, intent: Body, reason: str | None) -> Body:
    held = intent["status"] == "requires_capture"
    intent |= {
        "status": "canceled",
        "canceled_at": house.store.now(),
        "cancellation_reason": reason,
        "amount_capturable": 0,
        "next_action": None,
    }
    house.store.put(intent)
    if held:
        charge = house.get("charge", intent["latest_charge"])
        charge |= {"refunded": True, "amount_refunded": charge["amount"]}
        house.store.put(charge)
        if reason == "automatic":
            house.announcer.announce("charge.expired", charge)
        else:
            house.announcer.announce("charge.refunded", charge)
    house.announcer.announce("payment_intent.canceled", intent)
    return intent


def fresh(house: House, intent: Body) -> Body:
    """An authorisation that nobody captured ends after seven days, whether or not somebody looks."""
    age = house.store.now() - intent["created"]
    if intent["status"] == "requires_capture" and age > shapes.AUTHORISATION_LIFE:
        return _cancel(house, intent, "automatic")
    return intent
