"""Payment intents: create, confirm, let the shopper confirm, capture, cancel."""

from typing import Any

from app.sandbox.stripe_server import shapes
from app.sandbox.stripe_server.bank import tokens
from app.sandbox.stripe_server.bank.disputes import open_dispute
from app.sandbox.stripe_server.bank.house import House
from app.sandbox.stripe_server.cards import BEHAVIOURS, GENERIC, UNCONFIRMED, Behaviour, Decline
from app.sandbox.stripe_server.errors import ApiError, Body, invalid, missing, unexpected_state
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

_WHOLE_UNITS = "bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf"
_OTHERS = (
    "usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bmd bnd bob brl bsd bwp byn bzd cad cdf chf cny"
    " cop crc cve czk dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gtq gyd hkd hnl htg huf idr ils inr isk jmd jod"
    " kes kgs khr kwd kyd kzt lak lbp lkr lrd lsl mad mdl mkd mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok npr"
    " nzd omr pab pen pgk php pkr pln qar ron rsd rub sar sbd scr sek sgd shp sle sos srd std szl thb tjs tnd top try"
    " ttd twd tzs uah uyu uzs wst yer zar zmw"
)
ZERO_DECIMAL = frozenset(_WHOLE_UNITS.split())
CURRENCIES = ZERO_DECIMAL | frozenset(_OTHERS.split())
SMALLEST = {"usd": 50, "eur": 50, "gbp": 30, "jpy": 50, "chf": 50, "cad": 50, "aud": 50, "sek": 300, "dkk": 250}
LARGEST = 99_999_999

_CAPTURE = frozenset({"automatic", "automatic_async", "manual"})
_CONFIRMABLE = frozenset({"requires_payment_method", "requires_confirmation"})
_CANCELLABLE = frozenset({"requires_payment_method", "requires_capture", "requires_confirmation", "requires_action"})
_REASONS = frozenset({"duplicate", "fraudulent", "requested_by_customer", "abandoned"})
_METHOD_SOURCES = ("confirmation_token", "payment_method", "payment_method_data")


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
        _check_confirmable(intent, params)
    house.announcer.announce("payment_intent.created", intent)
    return _confirm(house, intent, params) if confirming else intent


def confirm(house: House, intent: Body, params: Params) -> Body:
    """Try a card for an intent that waits for one."""
    _fresh(house, intent)
    if intent["status"] not in _CONFIRMABLE:
        raise unexpected_state(
            f"You cannot confirm this PaymentIntent because it has a status of {intent['status']}. Only a"
            " PaymentIntent with one of the following statuses may be confirmed: requires_confirmation,"
            " requires_payment_method.",
            shapes.visible(intent),
        )
    _check_confirmable(intent, params)
    return _confirm(house, intent, params)


def retrieve(house: House, id_: str) -> Body:
    return _fresh(house, house.get("payment_intent", id_))


def update(house: House, intent: Body, params: Params) -> Body:
    """Change what describes the payment; the amount only until it is confirmed."""
    changed = dict(intent)
    if "amount" in params:
        if intent["status"] not in _CONFIRMABLE:
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


def capture(house: House, intent: Body, params: Params) -> Body:
    """Take the money that is held, all or a part; the rest is let go."""
    _fresh(house, intent)
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


def fee_of(amount: int, currency: str) -> int:
    """What the gateway keeps: 2.9% and 30 hundredths."""
    return min(amount, -(-amount * 29 // 1000) + (0 if currency in ZERO_DECIMAL else 30))


def cancel(house: House, intent: Body, params: Params) -> Body:
    """Let it go: no card can be tried any more, and money held is free again."""
    _fresh(house, intent)
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


def _fresh(house: House, intent: Body) -> Body:
    """An authorisation that nobody captured ends after seven days, whether or not somebody looks."""
    age = house.store.now() - intent["created"]
    if intent["status"] == "requires_capture" and age > shapes.AUTHORISATION_LIFE:
        return _cancel(house, intent, "automatic")
    return intent


def _check_confirmable(intent: Body, params: Params) -> None:
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


def _confirm(house: House, intent: Body, params: Params) -> Body:
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
