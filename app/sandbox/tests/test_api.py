"""The sandbox answers as Stripe's API does, refusals and all."""

import asyncio
import json
import sqlite3
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
import stripe

from app.sandbox.testing import (
    CARD_ASKS,
    CARD_CAPTURE_FAILS,
    CARD_DECLINED,
    CARD_REFUND_FAILS,
    CARD_REFUND_WAITS,
    Sandbox,
    running_sandbox,
)
from app.sandbox.tests.buying import buy, client, post, wish

# The library hands httpx its body in a way that httpx wants no more.
pytestmark = pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")

PLAIN = {"amount": "1999", "currency": "usd"}


async def test_an_answer_is_replayed_for_its_key(sandbox: Sandbox) -> None:
    first = await post(sandbox, "/v1/payment_intents", PLAIN, key="k1")
    second = await post(sandbox, "/v1/payment_intents", PLAIN, key="k1")

    assert second.content == first.content
    assert "idempotent-replayed" not in first.headers
    assert second.headers["idempotent-replayed"] == "true"
    assert second.headers["original-request"] == first.headers["request-id"] != second.headers["request-id"]
    assert second.headers["idempotency-key"] == "k1"


async def test_a_key_with_another_body_is_refused(sandbox: Sandbox) -> None:
    await post(sandbox, "/v1/payment_intents", PLAIN, key="k1")

    changed = await post(sandbox, "/v1/payment_intents", {**PLAIN, "amount": "2000"}, key="k1")
    elsewhere = await post(sandbox, "/v1/refunds", PLAIN, key="k1")

    for answer in (changed, elsewhere):
        assert answer.status_code == 400
        assert answer.json()["error"]["type"] == "idempotency_error"
        assert "same parameters they were first used with" in answer.json()["error"]["message"]


async def test_a_request_that_never_began_leaves_its_key_free(sandbox: Sandbox) -> None:
    refused = await post(sandbox, "/v1/payment_intents", {**PLAIN, "amount": "-1"}, key="k1")

    mended = await post(sandbox, "/v1/payment_intents", PLAIN, key="k1")

    assert (refused.status_code, mended.status_code) == (400, 200)


@pytest.mark.parametrize(
    ("data", "param", "code"),
    [
        ({}, "amount", "parameter_missing"),
        ({"amount": "1999"}, "currency", "parameter_missing"),
        ({**PLAIN, "amount": "1e3"}, "amount", "parameter_invalid_integer"),
        ({**PLAIN, "amount": "١٢"}, "amount", "parameter_invalid_integer"),
        ({**PLAIN, "amount": "49"}, "amount", "amount_too_small"),
        ({**PLAIN, "amount": "100000000"}, "amount", "amount_too_large"),
        ({**PLAIN, "currency": "xxx"}, "currency", None),
        ({**PLAIN, "colour": "blue"}, "colour", "parameter_unknown"),
        ({**PLAIN, "capture_method": "later"}, "capture_method", None),
        ({**PLAIN, "confirm": "maybe"}, "confirm", None),
        ({**PLAIN, "confirm": "true", "confirmation_token": "ctoken_none", "return_url": "http://x"},
         "confirmation_token", "resource_missing"),
        ({**PLAIN, "confirm": "true", "confirmation_token": "ctoken_none"}, "return_url", None),
        ({**PLAIN, "metadata[a]": "x" * 501}, "metadata[a]", None),
        ({**PLAIN, "metadata[a][b][c][d][e][f][g][h][i]": "x"}, "metadata", None),
    ],
)  # fmt: skip
async def test_a_wrong_parameter_is_named(sandbox: Sandbox, data: dict[str, str], param: str, code: str | None) -> None:
    answer = await post(sandbox, "/v1/payment_intents", data)

    error = answer.json()["error"]
    assert answer.status_code == 400
    assert (error["type"], error.get("param"), error.get("code")) == ("invalid_request_error", param, code)
    assert answer.headers["request-id"] in error["request_log_url"]
    assert (await sandbox.state())["objects"]["payment_intent"] == 0


async def test_what_is_not_there_is_404_and_what_is_no_key_is_401(sandbox: Sandbox) -> None:
    nowhere = await post(sandbox, "/v1/nothing", {})
    nobody = await post(sandbox, "/v1/payment_intents", PLAIN, secret="sk_test_wrong_1234")
    browser = await post(sandbox, "/v1/payment_intents", PLAIN, secret=sandbox.publishable_key)
    missing = await sandbox.api("GET", "/v1/payment_intents/pi_none")

    assert (nowhere.status_code, nobody.status_code, browser.status_code) == (404, 401, 403)
    assert "Unrecognized request URL (POST: /v1/nothing)" in nowhere.json()["error"]["message"]
    assert "sk_test_wrong" not in nobody.text
    assert browser.json()["error"]["code"] == "secret_key_required"
    assert missing["error"]["code"] == "resource_missing"


async def test_the_browsers_key_sees_a_payment_only_with_its_secret(sandbox: Sandbox) -> None:
    intent = await buy(sandbox)
    url = f"{sandbox.base_url}/v1/payment_intents/{intent.id}"
    headers = {"Authorization": f"Bearer {sandbox.publishable_key}"}

    async with httpx.AsyncClient(trust_env=False, headers=headers) as http:
        with_it = await http.get(url, params={"client_secret": intent.client_secret})
        with_another = await http.get(url, params={"client_secret": "pi_secret_x"})
        without = await http.get(url)

    assert with_it.status_code == 200
    assert with_another.status_code == 404
    assert without.status_code == 400


async def test_lists_turn_pages_both_ways(sandbox: Sandbox) -> None:
    made = [(await post(sandbox, "/v1/payment_intents", PLAIN)).json()["id"] for _ in range(5)]
    intents = client(sandbox).payment_intents

    first = await intents.list_async({"limit": 2})
    second = await intents.list_async({"limit": 2, "starting_after": first.data[-1].id})
    back = await intents.list_async({"limit": 2, "ending_before": second.data[0].id})
    everything = [intent.id async for intent in first.auto_paging_iter()]

    assert [intent.id for intent in first.data] == made[:2:-1]
    assert [intent.id for intent in back.data] == [intent.id for intent in first.data]
    assert (first.has_more, back.has_more) == (True, False)
    assert everything == made[::-1]


async def test_a_search_takes_metadata_and_status(sandbox: Sandbox) -> None:
    wanted = await buy(sandbox, metadata={"payment_id": "p1"})
    await buy(sandbox, metadata={"payment_id": "p2"})
    search = client(sandbox).payment_intents.search_async

    found = await search({"query": "metadata['payment_id']:'p1' AND status:'requires_capture'"})
    none = await search({"query": 'metadata["payment_id"]:"p1" AND status:"succeeded"'})

    assert [intent.id for intent in found.data] == [wanted.id]
    assert none.data == []
    with pytest.raises(stripe.InvalidRequestError, match="unable to parse"):
        await search({"query": "metadata OR 1=1"})


async def test_expanding_what_is_no_object_is_refused(sandbox: Sandbox) -> None:
    intent = await buy(sandbox)

    with pytest.raises(stripe.InvalidRequestError, match="cannot be expanded"):
        await client(sandbox).payment_intents.retrieve_async(intent.id, {"expand": ["amount.of.it"]})


async def test_a_part_may_be_captured_and_the_rest_is_let_go(sandbox: Sandbox) -> None:
    intent = await buy(sandbox)

    captured = await client(sandbox).payment_intents.capture_async(intent.id, {"amount_to_capture": 1500})

    assert (captured.status, captured.amount_received, captured.amount_capturable) == ("succeeded", 1500, 0)
    with pytest.raises(stripe.InvalidRequestError, match=r"greater than unrefunded amount on charge \(\$15.00\)"):
        await client(sandbox).refunds.create_async({"payment_intent": intent.id, "amount": 1501})


async def test_the_card_that_cannot_be_captured_stays_authorised(sandbox: Sandbox) -> None:
    intent = await buy(sandbox, CARD_CAPTURE_FAILS)

    with pytest.raises(stripe.CardError):
        await client(sandbox).payment_intents.capture_async(intent.id)

    assert (await client(sandbox).payment_intents.retrieve_async(intent.id)).status == "requires_capture"


async def test_a_declined_payment_may_be_tried_with_another_card(sandbox: Sandbox) -> None:
    with pytest.raises(stripe.CardError) as declined:
        await buy(sandbox, CARD_DECLINED)
    intent: Any = declined.value.error.payment_intent

    again = await client(sandbox).payment_intents.confirm_async(
        intent.id,
        {"confirmation_token": await sandbox.confirmation_token(), "return_url": "http://127.0.0.1/back"},
    )

    assert (again.status, again.last_payment_error) == ("requires_capture", None)


async def test_the_shopper_confirms_and_comes_back(sandbox: Sandbox) -> None:
    intent = await buy(sandbox, CARD_ASKS)
    url = intent.next_action.redirect_to_url.url

    back = await sandbox.shopper_answers(url)
    again = await sandbox.shopper_answers(url, "fail")

    assert back.startswith(f"http://127.0.0.1/back?order=7&payment_intent={intent.id}&payment_intent_client_secret=")
    assert back.endswith("redirect_status=succeeded")
    assert again == back, "an answer is given once"
    assert (await client(sandbox).payment_intents.retrieve_async(intent.id)).status == "requires_capture"


async def test_the_shopper_refuses_and_may_try_another_card(sandbox: Sandbox) -> None:
    intent = await buy(sandbox, CARD_ASKS)

    back = await sandbox.shopper_answers(intent.next_action.redirect_to_url.url, "fail")

    now = await client(sandbox).payment_intents.retrieve_async(intent.id)
    assert back.endswith("redirect_status=failed")
    assert now.status == "requires_payment_method"
    assert now.last_payment_error.code == "payment_intent_authentication_failure"


async def test_nobody_confirms_for_another_without_the_payments_secret(sandbox: Sandbox) -> None:
    intent = await buy(sandbox, CARD_ASKS)
    url = intent.next_action.redirect_to_url.url

    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.post(url[:-3] + "xyz", data={"answer": "confirm"})

    assert answer.status_code == 404
    assert (await client(sandbox).payment_intents.retrieve_async(intent.id)).status == "requires_action"


async def test_a_bank_may_decline_after_it_asked(sandbox: Sandbox) -> None:
    intent = await buy(sandbox, "4000 0084 0000 1629")

    back = await sandbox.shopper_answers(intent.next_action.redirect_to_url.url)

    now = await client(sandbox).payment_intents.retrieve_async(intent.id)
    assert back.endswith("redirect_status=failed")
    assert now.last_payment_error.decline_code == "generic_decline"


async def test_a_refund_may_be_pending_and_a_refund_may_come_back(sandbox: Sandbox) -> None:
    pending = await buy(sandbox, CARD_REFUND_WAITS, capture_method="automatic")
    failing = await buy(sandbox, CARD_REFUND_FAILS, capture_method="automatic")
    refunds = client(sandbox).refunds

    first = await refunds.create_async({"payment_intent": pending.id})
    second = await refunds.create_async({"payment_intent": failing.id})
    assert (first.status, second.status) == ("pending", "succeeded")
    await sandbox.set_clock(offset=60)

    first = await until(lambda: refunds.retrieve_async(first.id), "succeeded")
    second = await until(lambda: refunds.retrieve_async(second.id), "failed")
    charge = await client(sandbox).charges.retrieve_async(failing.latest_charge)
    assert (charge.amount_refunded, charge.refunded) == (0, False)
    assert second.failure_reason == "expired_or_canceled_card"


async def until(ask: Any, status: str) -> Any:
    for _ in range(100):
        found = await ask()
        if found.status == status:
            return found
        await asyncio.sleep(0.05)
    raise AssertionError(f"{found.status} in place of {status}")


async def test_a_dispute_takes_the_money_and_a_decision_brings_it_back(sandbox: Sandbox) -> None:
    intent = await buy(sandbox, capture_method="automatic")
    disputes = client(sandbox).disputes

    dispute = await sandbox.dispute(intent.id)
    answered = await disputes.update_async(dispute["id"], {"evidence": {"receipt": "file_1"}, "submit": True})
    with pytest.raises(stripe.InvalidRequestError):
        await client(sandbox).refunds.create_async({"payment_intent": intent.id})
    await sandbox.decide(dispute["id"], "won")

    assert answered.status == "under_review"
    assert (await disputes.retrieve_async(dispute["id"])).status == "won"
    assert not (await client(sandbox).charges.retrieve_async(intent.latest_charge)).disputed
    booked = await client(sandbox).balance_transactions.list_async({"type": "adjustment"})
    assert sum(each.amount for each in booked.data) == 0


async def test_a_card_is_kept_for_a_customer_and_taken_off(sandbox: Sandbox) -> None:
    methods = client(sandbox).payment_methods
    card = await methods.create_async(
        {"type": "card", "card": {"number": "5555555555554444", "exp_month": 12, "exp_year": 2031, "cvc": "123"}}
    )

    await methods.attach_async(card.id, {"customer": "cus_1"})
    kept = await methods.list_async({"customer": "cus_1", "type": "card"})
    await methods.detach_async(card.id)

    assert [(each.card.brand, each.card.last4) for each in kept.data] == [("mastercard", "4444")]
    assert (await methods.list_async({"customer": "cus_1"})).data == []


@pytest.mark.parametrize(
    ("card", "code"),
    [
        ({"number": "4242424242424241"}, "incorrect_number"),
        ({"number": "4242"}, "incorrect_number"),
        ({"exp_month": "13"}, "invalid_expiry_month"),
        ({"exp_year": "2020"}, "invalid_expiry_year"),
        ({"cvc": "12"}, "invalid_cvc"),
        ({"number": "378282246310005", "cvc": "123"}, "invalid_cvc"),
    ],
)
async def test_a_mistyped_card_is_refused_before_any_bank_is_asked(
    sandbox: Sandbox, card: dict[str, str], code: str
) -> None:
    given = {"number": "4242424242424242", "exp_month": "12", "exp_year": "2031", "cvc": "123", **card}
    data = {f"payment_method_data[card][{name}]": value for name, value in given.items()}

    answer = await post(
        sandbox, "/v1/confirmation_tokens", {"payment_method_data[type]": "card", **data},
        secret=sandbox.publishable_key,
    )  # fmt: skip

    assert answer.status_code == 402
    assert (answer.json()["error"]["type"], answer.json()["error"]["code"]) == ("card_error", code)


async def test_a_real_card_is_declined(sandbox: Sandbox) -> None:
    with pytest.raises(stripe.CardError, match="used a non test"):
        await buy(sandbox, "4539 1488 0343 6467")


async def test_a_restarted_sandbox_knows_its_payments_and_its_keys(tmp_path: Path) -> None:
    async with running_sandbox(data_dir=tmp_path) as before:
        token = await before.confirmation_token()
        made = await client(before).payment_intents.create_async(wish(token, metadata={}), {"idempotency_key": "k"})
    async with running_sandbox(data_dir=tmp_path) as after:
        again = await client(after).payment_intents.create_async(wish(token, metadata={}), {"idempotency_key": "k"})
        captured = await client(after).payment_intents.capture_async(made.id)

    assert again.id == made.id
    assert captured.status == "succeeded"


async def test_no_card_number_is_kept_anywhere(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    async with running_sandbox(data_dir=tmp_path) as sandbox:
        await buy(sandbox)
        await post(
            sandbox,
            "/v1/confirmation_tokens",
            {
                "payment_method_data[type]": "card",
                "payment_method_data[card][number]": "4000000000000002",
                "payment_method_data[card][exp_month]": "12",
                "payment_method_data[card][exp_year]": "2031",
                "payment_method_data[card][cvc]": "987",
            },
            key="with-a-key",
            secret=sandbox.publishable_key,
        )
        told = json.dumps(await sandbox.state())

    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    rows = sqlite3.connect(tmp_path / "stripe.sqlite3").execute("SELECT body FROM objects").fetchall()
    for number in ("4242424242424242", "4000000000000002", "987987"):
        assert number.encode() not in kept
        assert number not in told
        assert number not in caplog.text
    assert all('"cvc"' not in body for (body,) in rows)


async def test_it_answers_this_machine_and_no_other_sites_page(sandbox: Sandbox) -> None:
    url = f"{sandbox.base_url}/_sandbox/faults"

    async with httpx.AsyncClient(trust_env=False) as http:
        renamed = await http.get(sandbox.base_url, headers={"Host": "sandbox.evil.example"})
        foreign = await http.post(url, json={"slow": 1}, headers={"Origin": "https://evil.example"})
        cross = await http.post(url, json={"slow": 1}, headers={"Sec-Fetch-Site": "cross-site"})
        own = await http.post(url, json={"slow": 1}, headers={"Origin": sandbox.base_url})

    assert [answer.status_code for answer in (renamed, foreign, cross, own)] == [403, 403, 403, 201]


async def test_an_unknown_fault_is_refused_in_words(sandbox: Sandbox) -> None:
    async with httpx.AsyncClient(trust_env=False) as http:
        unknown = await http.post(f"{sandbox.base_url}/_sandbox/faults", json={"explode": True})
        nonsense = await http.post(f"{sandbox.base_url}/_sandbox/faults", json={"slow": "long"})

    assert (unknown.status_code, nonsense.status_code) == (422, 422)
    assert "explode" in unknown.json()["error"]


async def test_the_page_for_people_works_without_javascript(sandbox: Sandbox) -> None:
    intent = await buy(sandbox, capture_method="automatic", metadata={"order_number": "ORD-1"})
    form = {"kind": "slow", "value": "0.5", "count": "2"}

    async with httpx.AsyncClient(trust_env=False, base_url=sandbox.base_url, follow_redirects=True) as http:
        switched_on = await http.post("/_sandbox/faults", data=form)
        disputed = await http.post("/_sandbox/disputes", data={"payment_intent": intent.id})
        mended = await http.post("/_sandbox/faults/clear")

    assert "4242 4242 4242 4242" in switched_on.text
    assert "2 more times" in switched_on.text
    assert intent.id in switched_on.text
    assert "ORD-1" in switched_on.text
    assert "needs response" in disputed.text
    assert "None is on." in mended.text
    assert "<script" not in mended.text


async def test_payments_of_the_past_are_made_in_the_past(sandbox: Sandbox) -> None:
    await sandbox.set_clock(offset=-30 * 24 * 3600)
    then = await buy(sandbox, metadata={"payment_id": str(uuid4())})
    await sandbox.set_clock(offset=0)
    now = await buy(sandbox)

    assert 29.9 < (now.created - then.created) / (24 * 3600) < 30.1
