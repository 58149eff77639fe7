"""The story of an order, what is stuck behind it, and how staff find things; in a shop in which all has happened."""

from uuid import UUID

import pytest

from domains import desk, orders
from domains.kit import Actor, Database, Transaction, new_id
from domains.orders.tests.factories import an_account

STAFF = Actor.staff(new_id(), "owner")


async def order_that(tx: Transaction, what: str) -> UUID:
    """The order of the shop to which `what` (a condition on `o`) has happened."""
    found: UUID = (
        await tx.sql(f"SELECT o.id FROM orders.orders o WHERE {what} ORDER BY o.created_at LIMIT 1")
    ).scalar_one()
    return found


RETURNED = "EXISTS (SELECT FROM returns.returns WHERE order_id = o.id)"
DECLINED = (
    "EXISTS (SELECT FROM kit.events e WHERE e.stream = 'payment' AND e.stream_id = o.payment_id"
    " AND e.type = 'payment.declined')"
)


async def test_a_story_tells_the_newest_first_what_happened_to_order_money_parcel_and_return(sound: Database) -> None:
    async with sound.transaction(STAFF) as tx:
        told = await desk.timeline(tx, await order_that(tx, RETURNED))

    assert [entry.at for entry in told] == sorted((entry.at for entry in told), reverse=True)
    events = [entry.text for entry in reversed(told) if entry.kind in {"event", "parcel", "money"}]
    wanted = [
        "Order placed", "Order confirmed", "Shipment made", "Shipment packed", "Shipment handed to the carrier",
        "Order on its way", "Shipment delivered", "Order delivered", "Return asked for", "Return approved",
        "Return received",
    ]  # fmt: skip
    assert [text for text in events if text in wanted] == wanted
    assert any(text.startswith("Refund of ") and text.endswith(" sent") for text in events)
    assert any(text.startswith("Credit note CN-") for text in events)


async def test_a_story_says_why_a_payment_was_declined_and_an_order_cancelled(sound: Database) -> None:
    async with sound.transaction(STAFF) as tx:
        declined = await desk.timeline(tx, await order_that(tx, DECLINED))
        cancelled = await desk.timeline(tx, await order_that(tx, "o.status = 'cancelled' AND o.confirmed_at IS NULL"))

    assert ("Payment declined", "bad") in {(entry.text, entry.tone) for entry in declined}
    assert all(entry.note for entry in declined if entry.text == "Payment declined")
    assert ("Order cancelled", "By the customer.") in {(entry.text, entry.note) for entry in cancelled}


async def test_every_mail_and_every_paper_of_an_order_stands_in_its_story(sound: Database) -> None:
    async with sound.transaction(STAFF) as tx:
        order_id = await order_that(tx, RETURNED)
        told = {entry.about for entry in await desk.timeline(tx, order_id)}
        mails = (
            await tx.sql("SELECT id::text FROM notifications.notifications WHERE order_id = :id", {"id": order_id})
        ).scalars()
        papers = (
            await tx.sql("SELECT label FROM invoicing.documents WHERE order_id = :id", {"id": order_id})
        ).scalars()

        due = {*mails, *papers}
    assert due
    assert due <= told


async def test_a_delivery_that_was_given_up_is_stuck_until_staff_have_it_tried_again(sound: Database) -> None:
    async with sound.transaction(STAFF) as tx:
        event_id = (
            await tx.sql(
                "UPDATE kit.deliveries SET state = 'dead', done_at = NULL, attempts = 9, last_error = 'no answer'"
                " WHERE subscriber = 'invoicing' AND event_id = (SELECT id FROM kit.events"
                " WHERE type = 'order.confirmed' ORDER BY id LIMIT 1) RETURNING event_id"
            )
        ).scalar_one()
        (found,) = await desk.stuck(tx)
        before = await desk.count_stuck(tx)

        tried = await desk.replay(tx, "invoicing", event_id)
        again = await desk.replay(tx, "invoicing", event_id)

        state = await tx.sql("SELECT state FROM kit.deliveries WHERE event_id = :id AND subscriber = 'invoicing'",
                             {"id": event_id})  # fmt: skip
        logged = await tx.sql("SELECT action, label FROM audit.entries WHERE subject_id = :id", {"id": str(event_id)})
        assert (found.id, found.subscriber, found.error) == (str(event_id), "invoicing", "no answer")
        assert (before, tried, again, await desk.count_stuck(tx)) == (1, True, False, 0)
        assert state.scalar_one() == "pending"
        assert [(row.action, row.label) for row in logged] == [("delivery.replayed", "invoicing")]


async def test_all_that_is_stuck_is_tried_again_at_once_and_what_is_not_is_left_alone(sound: Database) -> None:
    async with sound.transaction(STAFF) as tx:
        assert await desk.replay_all(tx) == 0
        await tx.sql(
            "UPDATE kit.deliveries SET state = 'dead', done_at = NULL, attempts = 9 WHERE subscriber = 'invoicing'"
            " AND event_id IN (SELECT id FROM kit.events WHERE type = 'order.confirmed' ORDER BY id LIMIT 2)"
        )
        notice = (
            await tx.sql(
                "UPDATE payments.webhook_events SET status = 'pending', processed_at = NULL, attempts = 5,"
                " available_at = now() + interval '1 hour' WHERE id = (SELECT id FROM payments.webhook_events"
                " WHERE status = 'processed' ORDER BY received_at LIMIT 1) RETURNING id"
            )
        ).scalar_one()
        kinds = sorted(each.kind for each in await desk.stuck(tx))
        one = await desk.replay_webhook(tx, notice)
        unknown = await desk.replay_webhook(tx, "evt_unknown")

        assert kinds == ["delivery", "delivery", "webhook"]
        assert (one, unknown, await desk.replay_all(tx), await desk.count_stuck(tx)) == (True, False, 2, 0)


@pytest.mark.parametrize("kinds", [("orders", "customers", "products"), ("products",), ()])
async def test_a_search_finds_only_what_who_asks_may_see(sound: Database, kinds: tuple[str, ...]) -> None:
    async with sound.transaction(STAFF) as tx:
        await an_account(tx, "grace@navy.example")
        number = await orders.number_of(tx, await order_that(tx, RETURNED))
        (name, sku) = (
            await tx.sql("SELECT p.name, v.sku FROM catalog.products p JOIN catalog.variants v ON v.product_id = p.id"
                         " ORDER BY v.sku LIMIT 1")
        ).one()  # fmt: skip

        by_number = await desk.find(tx, number, kinds)
        by_mail, by_name = await desk.find(tx, "Grace@navy.example", kinds), await desk.find(tx, "lovelace ada", kinds)
        by_sku, by_words = await desk.find(tx, sku.lower(), kinds), await desk.find(tx, name.split()[0], kinds)
        nothing = [await desk.find(tx, typed, kinds) for typed in ("%%", "__", "x", " ")]

    assert [row.number for row in by_number.orders] == ([number] if "orders" in kinds else [])
    for found in (by_mail, by_name):
        assert ("grace@navy.example" in [each.email for each in found.customers]) is ("customers" in kinds)
    assert [each.sku for each in by_sku.products[:1]] == ([sku] if "products" in kinds else [])
    assert (name in [each.name for each in by_words.products]) is ("products" in kinds)
    assert all(not found.products and not found.customers for found in nothing)
