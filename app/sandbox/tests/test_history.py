"""A seed's old orders have their payments at the gateway."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from app.sandbox.stripe_server.history import PastPayment, PastRefund, plant
from app.sandbox.testing import running_sandbox
from domains.kit import new_id
from domains.payments.gateway import StripeGateway

LAST_YEAR = datetime(2025, 12, 3, 10, 0, tzinfo=UTC)


def payment(**different: object) -> PastPayment:
    told = {
        "order_id": uuid4(),
        "order_number": "ORD-20251203-7K3M",
        "payment_id": new_id(),
        "attempt_id": uuid4(),
        "amount": 4200,
        "currency": "USD",
        "at": LAST_YEAR,
        **different,
    }
    return PastPayment(**told)  # type: ignore[arg-type]


async def test_the_adapter_sees_a_planted_payment_as_any_other(tmp_path: Path) -> None:
    refund = PastRefund(uuid4(), 1200, LAST_YEAR + timedelta(days=3))
    past = payment(refunds=(refund,), card="5555 5555 5555 4444")

    [planted] = plant(tmp_path, [past])

    async with running_sandbox(data_dir=tmp_path) as sandbox:
        gateway = StripeGateway(**sandbox.gateway_options())
        intent = await gateway.retrieve(planted.intent_id)
        refunds = await gateway.refunds(planted.intent_id)
        found = await gateway.find(past.payment_id)
        rest = await gateway.refund(intent.id, key=uuid4(), amount=3000, reason=None, refund_id=uuid4())
        events = await gateway.events_since(LAST_YEAR)
        await gateway.aclose()
    assert (intent.status, intent.amount_received, intent.amount_refunded) == ("succeeded", 4200, 1200)
    assert (intent.created, intent.card_brand, intent.card_last4) == (LAST_YEAR, "mastercard", "4444")
    assert (intent.payment_id, intent.attempt_id) == (past.payment_id, past.attempt_id)
    assert [(each.refund_id, each.id) for each in refunds] == [(refund.refund_id, planted.refund_ids[0])]
    assert [each.id for each in found] == [intent.id]
    assert rest.status == "succeeded"
    assert {event.object_id for event in events} >= {rest.id}


async def test_planting_twice_plants_once(tmp_path: Path) -> None:
    past = payment()

    first = plant(tmp_path, [past])
    second = plant(tmp_path, [past])

    assert [each.intent_id for each in first] == [each.intent_id for each in second]


async def test_a_running_sandbox_sees_what_is_planted_beside_it(tmp_path: Path) -> None:
    async with running_sandbox(data_dir=tmp_path) as sandbox:
        [planted] = plant(tmp_path, [payment(status="canceled")])

        seen = await sandbox.api("GET", f"/v1/payment_intents/{planted.intent_id}")

    assert (seen["status"], seen["amount_received"]) == ("canceled", 0)
