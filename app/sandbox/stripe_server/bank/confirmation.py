"""A card is tried: authorised, declined, or the shopper is asked first."""

from typing import Any

from app.sandbox.stripe_server import shapes
from app.sandbox.stripe_server.bank import tokens
from app.sandbox.stripe_server.bank.house import House
from app.sandbox.stripe_server.bank.intents import fresh, take_money
from app.sandbox.stripe_server.cards import BEHAVIOURS, UNCONFIRMED, Behaviour, Decline
from app.sandbox.stripe_server.errors import ApiError, Body, invalid, unexpected_state
from app.sandbox.stripe_server.parameters import Params, boolean, hash_of, text

CONFIRMABLE = frozenset({"requires_payment_method", "requires_confirmation"})
_METHOD_SOURCES = ("confirmation_token", "payment_method", "payment_method_data")


def confirm(house: House, intent: Body, params: Params) -> Body:
    """Try a card for an intent that waits for one."""
    fresh(house, intent)
    if intent["status"] not in CONFIRMABLE:
        raise unexpected_state(
            f"You cannot confirm this PaymentIntent because it has a status of {intent['status']}. Only a"
            " PaymentIntent with one of the following statuses may be confirmed: requires_confirmation,"
            " requires_payment_method.",
            shapes.visible(intent),
        )
    check_confirmable(intent, params)
    return try_card(house, intent, params)


def shopper_confirms(house: House, intent: Body) -> Body:
    """The shopper confirmed with the bank: the card is charged as if it had never asked."""
    method = house.get("payment_method", intent["_asked"]["method"])
    behaviour = BEHAVIOURS[method[shapes.CARD]]
    intent["next_action"] = None
    if behaviour.decline is not None:
        _fail(house, intent, method, behaviour.decline, authenticated=True)
        return intent
    return _authorise(house, intent, method, behaviour, authenticated=True)


def shopper_fails(house: House, intent: Body) -> Body:
    """The shopper gave up, or the bank did not know him: another card may be tried."""
    method = house.get("payment_method", intent["_asked"]["method"])
    intent["next_action"] = None
    intent["payment_method"] = None
    intent["status"] = "requires_payment_method"
    intent["last_payment_error"] = {
        "code": UNCONFIRMED.code,
        "doc_url": f"https://stripe.com/docs/error-codes/{UNCONFIRMED.code.replace('_', '-')}",
        "message": UNCONFIRMED.message,
        "payment_method": shapes.visible(method),
        "type": "invalid_request_error",
    }
    house.store.put(intent)
    house.announcer.announce("payment_intent.payment_failed", intent)
    return intent


def check_confirmable(intent: Body, params: Params) -> None:
    given = [name for name in _METHOD_SOURCES if params.get(name)]
    if not given and intent["payment_method"] is None:
        raise invalid(
            "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the"
            " PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a"
            " payment method or ConfirmationToken.",
            code="payment_intent_unexpected_state",
            payment_intent=shapes.visible(intent),
        )
    if len(given) > 1:
        raise invalid(f"You may only specify one of these parameters: {', '.join(given)}.", param=given[1])
    redirects = (intent["automatic_payment_methods"] or {}).get("allow_redirects") == "always"
    if redirects and text(params, "return_url") is None:
        raise invalid(
            "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of"
            " these payment methods might redirect your customer off of your page, you must provide a `return_url`."
            " If you don't want to accept redirect-based payment methods, set"
            " `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to"
            " `never` when creating Setup Intents and Payment Intents.",
            param="return_url",
        )


def try_card(house: House, intent: Body, params: Params) -> Body:
    """Take the card from the parameters and ask its bank. Raises the decline after writing it down."""
    method = _method(house, intent, params)
    house.store.put(method)
    behaviour = BEHAVIOURS[method[shapes.CARD]]
    intent |= {"payment_method": method["id"], "last_payment_error": None}
    if behaviour.asks_shopper:
        return _ask_shopper(house, intent, method, params)
    if behaviour.decline is not None:
        error = _fail(house, intent, method, behaviour.decline, authenticated=False)
        raise error
    return _authorise(house, intent, method, behaviour, authenticated=False)


def _method(house: House, intent: Body, params: Params) -> Body:
    if token := text(params, "confirmation_token"):
        return tokens.spend(house, token, intent["id"])
    if named := text(params, "payment_method"):
        return tokens.named_method(house, named, param="payment_method")
    if data := hash_of(params, "payment_method_data"):
        return tokens.method_from(house, data)
    return house.get("payment_method", intent["payment_method"])


def _ask_shopper(house: House, intent: Body, method: Body, params: Params) -> Body:
    token = text(params, "confirmation_token")
    by_script = boolean(params, "use_stripe_sdk", default=token is not None)
    return_url = text(params, "return_url")
    url = f"{house.base_url}/v3/authenticate/{intent['id']}/{intent['client_secret'].rpartition('_')[2]}"
    action: dict[str, Any] = (
        {"type": "use_stripe_sdk", "use_stripe_sdk": {"type": "three_d_secure_redirect", "stripe_js": url}}
        if by_script
        else {"type": "redirect_to_url", "redirect_to_url": {"return_url": return_url, "url": url}}
    )
    intent |= {
        "status": "requires_action",
        "next_action": action,
        "_asked": {"method": method["id"], "return_url": return_url},
    }
    house.store.put(intent)
    house.announcer.announce("payment_intent.requires_action", intent)
    return intent


def _authorise(house: House, intent: Body, method: Body, behaviour: Behaviour, *, authenticated: bool) -> Body:
    now = house.store.now()
    charge = shapes.charge(intent, method, now, authenticated=authenticated)
    intent["latest_charge"] = charge["id"]
    intent["last_payment_error"] = None
    if intent["capture_method"] == "manual":
        intent |= {"status": "requires_capture", "amount_capturable": intent["amount"]}
        house.store.put(charge)
        house.store.put(intent)
        house.announcer.announce("charge.succeeded", charge)
        house.announcer.announce("payment_intent.amount_capturable_updated", intent)
        return intent
    house.announcer.announce("charge.succeeded", charge)
    return take_money(house, intent, charge, intent["amount"], at=now)


def _fail(house: House, intent: Body, method: Body, why: Decline, *, authenticated: bool) -> ApiError:
    """Write the refused try down; the error is the caller's to raise, after the change is saved."""
    charge = shapes.charge(intent, method, house.store.now(), authenticated=authenticated)
    charge |= {"status": "failed", "paid": False, "failure_code": why.code, "failure_message": why.message}
    charge["outcome"] |= {
        "network_decline_code": why.network_code,
        "network_status": "declined_by_network",
        "reason": why.decline_code,
        "seller_message": "The bank did not return any further details with this decline.",
        "type": "issuer_declined",
    }
    charge["payment_method_details"]["card"]["authorization_code"] = None
    if why.code == "incorrect_cvc":
        charge["payment_method_details"]["card"]["checks"]["cvc_check"] = "fail"
    error: Body = {
        "advice_code": "try_again_later" if why.code == "processing_error" else None,
        "charge": charge["id"],
        "code": why.code,
        "decline_code": why.decline_code,
        "doc_url": f"https://stripe.com/docs/error-codes/{why.code.replace('_', '-')}",
        "message": why.message,
        "network_decline_code": why.network_code,
        "payment_method": shapes.visible(method),
        "type": "card_error",
    }
    if why.code == "incorrect_cvc":
        error["param"] = "cvc"
    intent |= {
        "latest_charge": charge["id"],
        "payment_method": None,
        "status": "requires_payment_method",
        "last_payment_error": {name: value for name, value in error.items() if value is not None},
    }
    house.store.put(charge)
    house.store.put(intent)
    house.announcer.announce("charge.failed", charge)
    house.announcer.announce("payment_intent.payment_failed", intent)
    more = {name: value for name, value in error.items() if value is not None and name not in _ERROR_OWN}
    return ApiError(
        402,
        "card_error",
        why.message,
        code=why.code,
        decline_code=why.decline_code,
        kept=True,
        payment_intent=shapes.visible(intent),
        **more,
    )


_ERROR_OWN = frozenset({"code", "decline_code", "doc_url", "message", "type"})
