"""The sandbox's objects against Stripe's own published examples: every field is there, with the same type.

Where an example holds a value and the sandbox says null, Stripe's library must say that the field may be null.
"""

import json
import types
import typing
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import stripe

from app.sandbox.testing import CARD_ASKS, CARD_DECLINED, CARD_DISPUTED, CARD_PAYS, Sandbox, running_sandbox

# The examples are made by hand in places: these say something that no card payment of today's API can.
DIFFERENT = {
    "confirmation_token.payment_method_preview.us_bank_account": "the example pays from a bank account",
    "charge.transfer_data": "nothing is transferred",
}


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with running_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def official(shared_data: Path) -> dict[str, Any]:
    return dict(json.loads((shared_data / "stripe" / "fixtures3.json").read_text())["resources"])


async def buy(sandbox: Sandbox, card: str = CARD_PAYS, **params: str) -> dict[str, Any]:
    asked = {
        "amount": "1999",
        "currency": "usd",
        "automatic_payment_methods[enabled]": "true",
        "capture_method": "manual",
        "confirm": "true",
        "confirmation_token": await sandbox.confirmation_token(card),
        "return_url": "http://127.0.0.1/back",
        "expand[0]": "latest_charge.balance_transaction",
        "expand[1]": "payment_method",
        **params,
    }
    return dict(await sandbox.api("POST", "/v1/payment_intents", **asked))


def differences(name: str, example: Any, ours: Any, shape: Any) -> list[str]:
    """What the example has and ours lacks or has otherwise."""
    if name in DIFFERENT or example is None:
        return []
    if ours is None:
        return [] if _may_be_null(shape) else [f"{name} is null"]
    if isinstance(example, dict):
        if isinstance(ours, str) and "id" in example:
            return []  # An object that was not expanded.
        if not isinstance(ours, dict):
            return [f"{name} is {type(ours).__name__} in place of an object"]
        if name.endswith(".metadata"):
            return []  # Each merchant's own.
        found = [f"{name}.{key} is missing" for key in example if key not in ours and f"{name}.{key}" not in DIFFERENT]
        for key, value in example.items():
            if key in ours:
                found += differences(f"{name}.{key}", value, ours[key], _shape_of(shape, key))
        return found
    if isinstance(example, list):
        if not isinstance(ours, list):
            return [f"{name} is no list"]
        return differences(f"{name}[0]", example[0], ours[0], None) if example and ours else []
    if isinstance(ours, dict) and isinstance(example, str):
        return []  # An object that the example has not expanded.
    return [] if type(example) is type(ours) else [f"{name} is {type(ours).__name__}, not {type(example).__name__}"]


def _parts(shape: Any) -> list[Any]:
    if typing.get_origin(shape) in (typing.Union, types.UnionType):
        return [part for each in typing.get_args(shape) for part in _parts(each)]
    return [shape]


def _may_be_null(shape: Any) -> bool:
    return type(None) in _parts(shape)


def _shape_of(shape: Any, field: str) -> Any:
    for part in _parts(shape):
        if isinstance(part, type):
            for base in part.__mro__:
                if field in vars(base).get("__annotations__", {}):
                    return vars(base)["__annotations__"][field]
    return None


async def every_object(sandbox: Sandbox) -> list[tuple[str, Any, Any]]:
    paid = await buy(sandbox)
    await sandbox.api("POST", f"/v1/payment_intents/{paid['id']}/capture")
    intent = await sandbox.api("GET", f"/v1/payment_intents/{paid['id']}")
    charge = await sandbox.api("GET", f"/v1/charges/{intent['latest_charge']}")
    refund = await sandbox.api("POST", "/v1/refunds", payment_intent=intent["id"], amount="100")
    disputed = await buy(sandbox, CARD_DISPUTED, capture_method="automatic")
    dispute = (await sandbox.api("GET", "/v1/disputes", payment_intent=disputed["id"]))["data"][0]
    token = await sandbox.api("GET", f"/v1/confirmation_tokens/{await sandbox.confirmation_token()}")
    event = (await sandbox.api("GET", "/v1/events", limit="1"))["data"][0]
    return [
        ("payment_intent", paid, stripe.PaymentIntent),
        ("payment_intent", intent, stripe.PaymentIntent),
        ("payment_intent", await buy(sandbox, CARD_ASKS), stripe.PaymentIntent),
        ("payment_intent", (await buy(sandbox, CARD_DECLINED))["error"]["payment_intent"], stripe.PaymentIntent),
        ("charge", paid["latest_charge"], stripe.Charge),
        ("charge", charge, stripe.Charge),
        ("refund", refund, stripe.Refund),
        ("payment_method", paid["payment_method"], stripe.PaymentMethod),
        ("confirmation_token", token, stripe.ConfirmationToken),
        ("event", {**event, "data": {"object": {}}}, stripe.Event),
        ("dispute", dispute, stripe.Dispute),
        ("balance_transaction", dispute["balance_transactions"][0], stripe.BalanceTransaction),
        (
            "balance_transaction",
            await sandbox.api("GET", f"/v1/balance_transactions/{charge['balance_transaction']}"),
            stripe.BalanceTransaction,
        ),
    ]


async def test_every_field_of_stripes_own_examples_is_there_with_the_same_type(
    sandbox: Sandbox, official: dict[str, Any]
) -> None:
    found = []

    for kind, ours, shape in await every_object(sandbox):
        example = dict(official[kind])
        if kind == "event":
            example["data"] = {"object": {}}
        found += differences(kind, example, ours, shape)

    assert found == []


async def test_nothing_of_the_sandboxs_own_is_shown(sandbox: Sandbox) -> None:
    shown = json.dumps([ours for _, ours, _ in await every_object(sandbox)])

    assert '"_' not in shown


def test_a_missing_field_another_type_and_a_null_are_each_noticed() -> None:
    example = {"id": "ch_1", "amount": 100, "outcome": {"type": "x"}, "currency": "usd"}

    found = differences("charge", example, {"id": 1, "outcome": {}, "currency": None}, stripe.Charge)

    assert found == [
        "charge.amount is missing",
        "charge.id is int, not str",
        "charge.outcome.type is missing",
        "charge.currency is null",
    ]
