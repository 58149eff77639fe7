"""The sandbox answers as Stripe's API does, refusals and all."""

import json
import sqlite3
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
import stripe

from app.sandbox.testing import Sandbox, running_sandbox
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
