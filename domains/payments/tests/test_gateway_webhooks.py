"""A webhook is believed only when the gateway signed these very bytes a moment ago (A15)."""

import hashlib
import hmac
import json
import time
from typing import Any

import pytest

from domains.kit import new_id
from domains.payments.gateway import SignatureInvalid, StripeGateway

SECRET = "whsec_only_for_tests"
PAYMENT = new_id()
EVENT: dict[str, Any] = {
    "id": "evt_1",
    "object": "event",
    "api_version": "2026-10-28.endive",
    "created": 1795170579,
    "data": {
        "object": {
            "id": "pi_1",
            "object": "payment_intent",
            "client_secret": "pi_1_secret_2",
            "metadata": {"payment_id": str(PAYMENT)},
            "receipt_email": "ada@example.com",
            "status": "succeeded",
        }
    },
    "livemode": False,
    "type": "payment_intent.succeeded",
}


@pytest.fixture
def gateway() -> StripeGateway:
    return StripeGateway(secret_key="sk_test_x", webhook_secret=SECRET)


def signed(payload: bytes, *, secret: str = SECRET, age: int = 0) -> str:
    at = int(time.time()) - age
    mac = hmac.new(secret.encode(), f"{at}.".encode() + payload, hashlib.sha256).hexdigest()
    return f"t={at},v1={mac},v0=of_an_older_scheme"


def test_a_signed_event_says_what_it_is_about(gateway: StripeGateway) -> None:
    payload = json.dumps(EVENT, indent=2).encode()

    event = gateway.parse_webhook(payload, signed(payload))

    assert (event.id, event.type, event.livemode) == ("evt_1", "payment_intent.succeeded", False)
    assert (event.object_type, event.object_id, event.intent_id) == ("payment_intent", "pi_1", "pi_1")
    assert event.payment_id == PAYMENT


def test_nothing_personal_of_an_event_is_kept(gateway: StripeGateway) -> None:
    payload = json.dumps(EVENT).encode()

    event = gateway.parse_webhook(payload, signed(payload))

    assert event.payload["data"]["object"]["status"] == "succeeded"
    assert "ada@example.com" not in str(event.payload)
    assert "_secret_" not in str(event.payload)


def test_an_event_about_a_refund_names_the_payment(gateway: StripeGateway) -> None:
    about = {"id": "re_1", "object": "refund", "payment_intent": "pi_7", "metadata": {"refund_id": "x"}}
    payload = json.dumps({**EVENT, "type": "refund.updated", "data": {"object": about}}).encode()

    event = gateway.parse_webhook(payload, signed(payload))

    assert (event.object_id, event.intent_id, event.payment_id) == ("re_1", "pi_7", None)


def test_four_minutes_are_young_enough(gateway: StripeGateway) -> None:
    payload = json.dumps(EVENT).encode()

    assert gateway.parse_webhook(payload, signed(payload, age=240)).id == "evt_1"


@pytest.mark.parametrize(
    "header",
    ["", "nonsense", "t=1", "t=x,v1=y", "v1=abc", "t=1,v1=é", "t=99999999999999999999,v1=abc"],
)
def test_a_header_that_is_no_signature_is_refused(gateway: StripeGateway, header: str) -> None:
    with pytest.raises(SignatureInvalid):
        gateway.parse_webhook(json.dumps(EVENT).encode(), header)


def test_a_signature_with_another_secret_is_refused(gateway: StripeGateway) -> None:
    payload = json.dumps(EVENT).encode()

    with pytest.raises(SignatureInvalid):
        gateway.parse_webhook(payload, signed(payload, secret="whsec_another"))


def test_a_signature_of_six_minutes_ago_is_refused(gateway: StripeGateway) -> None:
    payload = json.dumps(EVENT).encode()

    with pytest.raises(SignatureInvalid):
        gateway.parse_webhook(payload, signed(payload, age=360))


def test_every_changed_byte_is_noticed(gateway: StripeGateway) -> None:
    payload = json.dumps(EVENT).encode()
    header = signed(payload)

    for place in range(len(payload)):
        changed = payload[:place] + bytes([payload[place] ^ 1]) + payload[place + 1 :]
        with pytest.raises(SignatureInvalid):
            gateway.parse_webhook(changed, header)


def test_the_same_event_written_differently_is_refused(gateway: StripeGateway) -> None:
    payload = json.dumps(EVENT).encode()

    with pytest.raises(SignatureInvalid):
        gateway.parse_webhook(json.dumps(EVENT, indent=1).encode(), signed(payload))


@pytest.mark.parametrize("payload", [b"", b"[]", b"\xff\xfe", b"{}", b'{"object": "event"}', b"not json"])
def test_signed_nonsense_is_refused(gateway: StripeGateway, payload: bytes) -> None:
    with pytest.raises(SignatureInvalid):
        gateway.parse_webhook(payload, signed(payload))


def test_without_a_secret_of_its_own_a_shop_believes_nobody() -> None:
    gateway = StripeGateway(secret_key="sk_test_x", webhook_secret="")
    payload = json.dumps(EVENT).encode()

    with pytest.raises(SignatureInvalid):
        gateway.parse_webhook(payload, signed(payload, secret=""))
