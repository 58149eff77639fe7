"""Stripe's test cards, and what each of them does. A number is looked at once and never kept.

Source: https://docs.stripe.com/testing. One card is the sandbox's own, because Stripe has none: 4000 0000 0000 4020
is authorised, and refused when the money is to be taken.
"""

from datetime import UTC, datetime
from typing import Any

import msgspec

from app.sandbox.stripe_server.errors import ApiError, invalid


class Decline(msgspec.Struct, frozen=True):
    """Why a bank says no, in Stripe's words."""

    code: str
    decline_code: str | None
    message: str
    network_code: str | None = None


class Behaviour(msgspec.Struct, frozen=True):
    """What a card does, beside paying."""

    title: str
    decline: Decline | None = None
    asks_shopper: bool = False
    capture: Decline | None = None
    disputed: bool = False
    refund_fails: bool = False
    refund_waits: bool = False


class Plastic(msgspec.Struct, frozen=True):
    """What is kept of a card: never its number, never its security code."""

    behaviour: str
    brand: str
    last4: str
    exp_month: int
    exp_year: int
    funding: str
    country: str
    wallet: str | None = None
    """The wallet it was taken from, such as `google_pay`."""


WALLETS = frozenset({"apple_pay", "google_pay", "link"})


def _declined(decline_code: str, message: str = "Your card was declined.", network: str = "05") -> Decline:
    return Decline("card_declined", decline_code, message, network)


GENERIC = _declined("generic_decline")
FUNDS = _declined("insufficient_funds", "Your card has insufficient funds.", "51")
LIVE_CARD = _declined(
    "test_mode_live_card",
    "Your card was declined. Your request was in test mode, but used a non test (live) card."
    " For a list of valid test cards, visit: https://stripe.com/docs/testing.",
)
EXPIRED = Decline("expired_card", "expired_card", "Your card has expired.", "54")
WRONG_CVC = Decline("incorrect_cvc", "incorrect_cvc", "Your card's security code is incorrect.", "N7")
PROCESSING = Decline(
    "processing_error",
    "processing_error",
    "An error occurred while processing your card. Try again in a little bit.",
    "96",
)
UNCONFIRMED = Decline(
    "payment_intent_authentication_failure",
    None,
    "The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod"
    " to attempt to fulfill this PaymentIntent again.",
)

BEHAVIOURS: dict[str, Behaviour] = {
    "pays": Behaviour("Pays"),
    "declined": Behaviour("Declined", decline=GENERIC),
    "insufficient_funds": Behaviour("Declined: insufficient funds", decline=FUNDS),
    "lost": Behaviour("Declined: lost card", decline=_declined("lost_card", network="41")),
    "stolen": Behaviour("Declined: stolen card", decline=_declined("stolen_card", network="43")),
    "expired": Behaviour("Declined: expired card", decline=EXPIRED),
    "wrong_cvc": Behaviour("Declined: incorrect security code", decline=WRONG_CVC),
    "processing_error": Behaviour("Declined: processing error", decline=PROCESSING),
    "velocity": Behaviour(
        "Declined: too often",
        decline=_declined(
            "card_velocity_exceeded",
            "Your card was declined for making repeated attempts too frequently or exceeding its amount limit.",
            "61",
        ),
    ),
    "confirmation": Behaviour("Asks the shopper to confirm", asks_shopper=True),
    "confirmation_then_declined": Behaviour("Asks to confirm, then declined", asks_shopper=True, decline=GENERIC),
    "confirmation_then_no_funds": Behaviour("Asks to confirm, then lacks funds", asks_shopper=True, decline=FUNDS),
    "capture_fails": Behaviour("Authorised, but the money cannot be taken", capture=GENERIC),
    "disputed": Behaviour("Pays, and is disputed as fraud", disputed=True),
    "refund_fails": Behaviour("Pays; a refund fails later", refund_fails=True),
    "refund_waits": Behaviour("Pays; a refund is pending first", refund_waits=True),
    "live_card": Behaviour("Declined: not a test card", decline=LIVE_CARD),
}

CARDS: dict[str, tuple[str, str, str]] = {
    # number: behaviour, funding, country
    "4242424242424242": ("pays", "credit", "US"),
    "4000056655665556": ("pays", "debit", "US"),
    "5555555555554444": ("pays", "credit", "US"),
    "2223003122003222": ("pays", "credit", "US"),
    "5200828282828210": ("pays", "debit", "US"),
    "378282246310005": ("pays", "credit", "US"),
    "6011111111111117": ("pays", "credit", "US"),
    "3056930009020004": ("pays", "credit", "US"),
    "3566002020360505": ("pays", "credit", "JP"),
    "4000002760000016": ("pays", "credit", "DE"),
    "4000002500001001": ("pays", "credit", "FR"),
    "4000008260000000": ("pays", "credit", "GB"),
    "4000000000000002": ("declined", "credit", "US"),
    "4000000000009995": ("insufficient_funds", "credit", "US"),
    "4000000000009987": ("lost", "credit", "US"),
    "4000000000009979": ("stolen", "credit", "US"),
    "4000000000000069": ("expired", "credit", "US"),
    "4000000000000127": ("wrong_cvc", "credit", "US"),
    "4000000000000119": ("processing_error", "credit", "US"),
    "4000000000006975": ("velocity", "credit", "US"),
    "4000002500003155": ("confirmation", "credit", "FR"),
    "4000002760003184": ("confirmation", "credit", "DE"),
    "4000000000003220": ("confirmation", "credit", "US"),
    "4000008400001629": ("confirmation_then_declined", "credit", "US"),
    "4000008260003178": ("confirmation_then_no_funds", "credit", "GB"),
    "4000000000004020": ("capture_fails", "credit", "US"),
    "4000000000000259": ("disputed", "credit", "US"),
    "4000000000005126": ("refund_fails", "credit", "US"),
    "4000000000007726": ("refund_waits", "credit", "US"),
}

ALIASES: dict[str, str] = {
    # Stripe's ready-made payment methods, for calls from a server's tests.
    "pm_card_visa": "4242424242424242",
    "pm_card_visa_debit": "4000056655665556",
    "pm_card_mastercard": "5555555555554444",
    "pm_card_amex": "378282246310005",
    "pm_card_chargeDeclined": "4000000000000002",
    "pm_card_chargeDeclinedInsufficientFunds": "4000000000009995",
    "pm_card_chargeDeclinedLostCard": "4000000000009987",
    "pm_card_chargeDeclinedStolenCard": "4000000000009979",
    "pm_card_chargeDeclinedExpiredCard": "4000000000000069",
    "pm_card_chargeDeclinedIncorrectCvc": "4000000000000127",
    "pm_card_chargeDeclinedProcessingError": "4000000000000119",
    "pm_card_authenticationRequired": "4000002500003155",
    "pm_card_threeDSecure2Required": "4000000000003220",
    "pm_card_createDispute": "4000000000000259",
    "pm_card_refundFail": "4000000000005126",
    "pm_card_pendingRefund": "4000000000007726",
}


def brand_of(number: str) -> str:
    """Stripe's name of the card's brand, by its first digits."""
    two, four = int(number[:2]), int(number[:4])
    if number[0] == "4":
        return "visa"
    if 51 <= two <= 55 or 2221 <= four <= 2720:
        return "mastercard"
    if two in {34, 37}:
        return "amex"
    if two in {60, 64, 65}:
        return "discover"
    if two in {30, 36, 38, 39}:
        return "diners"
    return "jcb" if two == 35 else "unknown"


def passes_luhn(number: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def read(card: dict[str, Any]) -> Plastic:
    """A card as entered, checked as Stripe checks it before any bank is asked. Raises a 402 `card_error`."""
    number = _digits(card.get("number"))
    if not 12 <= len(number) <= 19 or not passes_luhn(number):
        raise _wrong("Your card number is incorrect.", "incorrect_number", "number")
    month, year = _digits(card.get("exp_month")), _digits(card.get("exp_year"))
    if not month or not 1 <= int(month) <= 12:
        raise _wrong("Your card's expiration month is invalid.", "invalid_expiry_month", "exp_month")
    today = datetime.now(UTC)
    full_year = int(year) + 2000 if len(year) == 2 else int(year or 0)
    if not today.year <= full_year <= today.year + 50 or (full_year, int(month)) < (today.year, today.month):
        raise _wrong("Your card's expiration year is invalid.", "invalid_expiry_year", "exp_year")
    brand = brand_of(number)
    cvc = _digits(card.get("cvc"))
    if card.get("cvc") is not None and len(cvc) != (4 if brand == "amex" else 3):
        raise _wrong("Your card's security code is invalid.", "invalid_cvc", "cvc")
    behaviour, funding, country = CARDS.get(number, ("live_card", "credit", "US"))
    wallet = card.get("wallet")
    kind = wallet.get("type") if isinstance(wallet, dict) else None
    if kind is not None and kind not in WALLETS:
        raise invalid("Unknown wallet.", param="card[wallet][type]")
    return Plastic(behaviour, brand, number[-4:], int(month), full_year, funding, country, kind)


def ready_made(alias: str) -> Plastic | None:
    """The card behind Stripe's `pm_card_…` names."""
    number = ALIASES.get(alias)
    if number is None:
        return None
    return read({"number": number, "exp_month": "12", "exp_year": str(datetime.now(UTC).year + 4)})


def _digits(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise invalid("Invalid string in card.", param="card")
    kept = value.replace(" ", "")
    return kept if kept.isascii() and kept.isdigit() else ""


def _wrong(message: str, code: str, param: str) -> ApiError:
    return ApiError(402, "card_error", message, code=code, param=param)
