"""Cards become payment methods and single-use confirmation tokens; the number is forgotten in the same breath."""

from app.sandbox.stripe_server import shapes
from app.sandbox.stripe_server.bank.house import House
from app.sandbox.stripe_server.cards import read, ready_made
from app.sandbox.stripe_server.errors import Body, invalid, missing, no_such
from app.sandbox.stripe_server.parameters import Params, hash_of, text


def method_from(house: House, params: Params, *, customer: str | None = None) -> Body:
    """A payment method of `type` and `card`, not saved. Raises as Stripe.js shows it for a mistyped card."""
    kind = text(params, "type")
    if kind is None:
        raise missing("type")
    if kind != "card":
        raise invalid(f"The payment method type {kind} is not offered here.", param="type")
    card = read(hash_of(params, "card"))
    details = shapes.billing(hash_of(params, "billing_details"))
    return shapes.payment_method(card, details, house.store.now(), customer=customer)


def named_method(house: House, id_: str, *, param: str) -> Body:
    """A saved method, or one of Stripe's ready-made `pm_card_…`, not saved."""
    card = ready_made(id_)
    if card is not None:
        return shapes.payment_method(card, shapes.no_billing(), house.store.now())
    found = house.store.get("payment_method", id_)
    if found is None:
        raise no_such("PaymentMethod", id_, param=param)
    return found


def create_token(house: House, params: Params) -> Body:
    """A confirmation token for the card given. It works once, for twelve hours."""
    if named := text(params, "payment_method"):
        method = dict(named_method(house, named, param="payment_method"))
    else:
        method = method_from(house, hash_of(params, "payment_method_data"))
    shipping = hash_of(params, "shipping") or None
    return_url = text(params, "return_url")
    return house.store.put(
        shapes.confirmation_token(method, house.store.now(), return_url=return_url, shipping=shipping)
    )


def spend(house: House, token_id: str, intent_id: str) -> Body:
    """Use the token up for this intent, and answer its method. Raises when it was used, or is too old."""
    token = house.get("confirmation_token", token_id, param="confirmation_token")
    if token["payment_intent"] is not None:
        raise invalid(
            f"The provided ConfirmationToken {token_id} has already been used."
            " Create a new ConfirmationToken to confirm this PaymentIntent.",
            param="confirmation_token",
        )
    if token["expires_at"] <= house.store.now():
        raise invalid(
            f"The provided ConfirmationToken {token_id} has expired."
            " Create a new ConfirmationToken to confirm this PaymentIntent.",
            param="confirmation_token",
        )
    token["payment_intent"] = intent_id
    house.store.put(token)
    return dict(token["_method"])
