"""Payment intents come into being, and are changed while nothing was tried."""

from app.sandbox.stripe_server import shapes
from app.sandbox.stripe_server.bank import tokens
from app.sandbox.stripe_server.bank.confirmation import CONFIRMABLE, check_confirmable, try_card
from app.sandbox.stripe_server.bank.currencies import CURRENCIES, LARGEST, SMALLEST
from app.sandbox.stripe_server.bank.house import House
from app.sandbox.stripe_server.errors import Body, invalid, missing, unexpected_state
from app.sandbox.stripe_server.parameters import (
    Params,
    boolean,
    choice,
    hash_of,
    integer,
    listing,
    metadata,
    needed,
    text,
)

_CAPTURE = frozenset({"automatic", "automatic_async", "manual"})


def create(house: House, params: Params) -> Body:
    """A payment intent, confirmed at once when `confirm` says so. A declined card leaves it to be tried again."""
    amount = _amount(params)
    intent = shapes.payment_intent(amount=amount, currency=_currency(params), now=house.store.now())
    automatic = hash_of(params, "automatic_payment_methods")
    types = listing(params, "payment_method_types")
    if types and automatic.get("enabled") == "true":
        raise invalid(
            "You may only specify one of these parameters: automatic_payment_methods, payment_method_types.",
            param="payment_method_types",
        )
    if "card" not in (types or ["card"]):
        raise invalid("The sandbox offers cards only.", param="payment_method_types")
    if not types:
        intent["automatic_payment_methods"] = {
            "allow_redirects": text(automatic, "allow_redirects", "always"),
            "enabled": True,
        }
        intent["payment_method_configuration_details"] = {"id": "pmc_1StoaSandbox", "parent": None}
    intent["capture_method"] = choice(params, "capture_method", _CAPTURE, "automatic_async")
    intent["metadata"] = metadata(params)
    intent["shipping"] = hash_of(params, "shipping") or None
    for name in ("customer", "description", "receipt_email", "setup_future_usage", "statement_descriptor",
                 "statement_descriptor_suffix", "transfer_group"):  # fmt: skip
        intent[name] = text(params, name)
    confirming = boolean(params, "confirm")
    if not confirming:
        for name in ("return_url", "confirmation_token"):
            if text(params, name):
                raise invalid(
                    f"You can only set `{name}` when `confirm` is true.", param=name, code="parameter_missing"
                )
        if named := text(params, "payment_method"):
            method = tokens.named_method(house, named, param="payment_method")
            house.store.put(method)
            intent["payment_method"] = method["id"]
            intent["status"] = "requires_confirmation"
    house.store.put(intent)
    if confirming:
        check_confirmable(intent, params)
    house.announcer.announce("payment_intent.created", intent)
    return try_card(house, intent, params) if confirming else intent


def update(house: House, intent: Body, params: Params) -> Body:
    """Change what describes the payment; the amount only until it is confirmed."""
    changed = dict(intent)
    if "amount" in params:
        if intent["status"] not in CONFIRMABLE:
            raise unexpected_state(
                f"This PaymentIntent's amount could not be updated because it has a status of {intent['status']}.",
                shapes.visible(intent),
            )
        changed["amount"] = _amount(params)
    if "metadata" in params:
        unset = [name for name, value in hash_of(params, "metadata").items() if value == ""]
        merged = {**intent["metadata"], **metadata(params)}
        changed["metadata"] = {name: value for name, value in merged.items() if name not in unset}
    for name in ("description", "receipt_email"):
        if name in params:
            changed[name] = text(params, name)
    return house.store.put(changed)


def _amount(params: Params) -> int:
    needed(params, "amount")
    amount = integer(params, "amount")
    if amount is None:
        raise missing("amount")
    if amount < 1:
        raise invalid("Invalid positive integer", code="parameter_invalid_integer", param="amount")
    smallest = SMALLEST.get(str(params.get("currency") or "").lower(), 1)
    if amount < smallest:
        raise invalid(
            "The amount must be greater than or equal to the minimum charge amount allowed for your account and the"
            " currency set. If you want to learn more about minimum amounts in Stripe, refer to"
            " https://stripe.com/docs/currencies#minimum-and-maximum-charge-amounts.",
            code="amount_too_small",
            param="amount",
        )
    if amount > LARGEST:
        raise invalid("Amount must be no more than 999,999.99", code="amount_too_large", param="amount")
    return amount


def _currency(params: Params) -> str:
    currency = needed(params, "currency").lower()
    if currency not in CURRENCIES:
        raise invalid(
            f"Invalid currency: {currency[:10]}. Stripe currently supports these currencies:"
            f" {', '.join(sorted(CURRENCIES))}",
            param="currency",
        )
    return currency
