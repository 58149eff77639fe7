"""What staff and readers do with reviews."""

import asyncio
from uuid import UUID

import pytest

from domains import audit, reviews
from domains.kit import Actor, Database, Forbidden, Transaction, new_id
from domains.kit.testing import until_somebody_waits
from domains.reviews import HideReason
from domains.reviews.tests.factories import READER, TESTER, a_product, bought, facts, rating, say

SUPPORT = Actor.staff(new_id(), "support")


async def test_what_is_hidden_is_neither_shown_nor_counted_and_comes_back_when_published(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        product_id = await a_product(tx)
        bad, good = await bought(tx, product_id), await bought(tx, product_id)
        spam = await say(tx, bad, 1, "Buy my things")
        await say(tx, good, 5)

    async with db.transaction(SUPPORT) as tx:
        for _time in range(2):
            await reviews.hide(tx, spam.id, reason=HideReason.SPAM)
        hidden = (await rating(tx, product_id), [one.stars for one in (await reviews.page(tx, product_id)).reviews])
        for _time in range(2):
            await reviews.publish(tx, spam.id)
        back = await rating(tx, product_id)

        assert hidden == ((1, "5.00"), [5])
        assert back == (2, "3.00")
        assert await facts(tx, spam.id) == ["published", "hidden", "published"]
        who = await tx.sql(
            "SELECT actor_id FROM kit.events WHERE type = 'review.hidden' AND stream_id = :id", {"id": spam.id}
        )
        assert who.scalar_one() == SUPPORT.id


async def test_hidden_by_two_at_once_a_review_is_taken_out_once(live_db: Database) -> None:
    async with live_db.transaction(TESTER) as tx:
        product_id = await a_product(tx)
        spam = await say(tx, await bought(tx, product_id), 1)
        await say(tx, await bought(tx, product_id), 1)

    async def hide() -> None:
        async with live_db.transaction(SUPPORT) as tx:
            await reviews.hide(tx, spam.id, reason=HideReason.SPAM)

    async with live_db.transaction(SUPPORT) as tx:
        await reviews.hide(tx, spam.id, reason=HideReason.SPAM)
        late = asyncio.create_task(hide())
        await until_somebody_waits(live_db)
    await late

    async with live_db.transaction(TESTER) as tx:
        assert await rating(tx, product_id) == (1, "1.00")


async def test_only_staff_moderate(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        written = await say(tx, await bought(tx))

    for actor in (READER, Actor.customer(new_id())):
        async with db.transaction(actor) as tx:
            with pytest.raises(Forbidden):
                await reviews.hide(tx, written.id, reason=HideReason.SPAM)
            with pytest.raises(Forbidden):
                await reviews.publish(tx, written.id)
            with pytest.raises(Forbidden):
                await reviews.reply(tx, written.id, "No.")


async def test_staff_answer_under_a_review_and_take_the_answer_back(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        purchase = await bought(tx)
        written = await say(tx, purchase)

    async with db.transaction(SUPPORT) as tx:
        await reviews.reply(tx, written.id, "Thank you,\nAna!\u202e")
        (answered,) = (await reviews.page(tx, purchase.product_id)).reviews
        await reviews.reply(tx, written.id, " ")
        (silent,) = (await reviews.page(tx, purchase.product_id)).reviews

        assert (answered.reply, answered.replied_at is not None) == ("Thank you,\nAna!", True)
        assert (silent.reply, silent.replied_at) == (None, None)
        assert await facts(tx, written.id) == ["published", "replied", "replied"]


async def test_a_removed_review_stays_removed(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        purchase = await bought(tx)
        written = await say(tx, purchase)
        await reviews.remove(tx, number=purchase.number, product_id=purchase.product_id, buyer=purchase.buyer)

        with pytest.raises(reviews.ReviewStateForbidden):
            await reviews.publish(tx, written.id)
        with pytest.raises(reviews.ReviewStateForbidden):
            await reviews.reply(tx, written.id, "Come back!")
        with pytest.raises(reviews.ReviewNotFound):
            await reviews.publish(tx, new_id())

        assert await rating(tx, purchase.product_id) is None


async def test_a_reader_reports_a_review_once(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        purchase = await bought(tx)
        written = await say(tx, purchase)

    for reader in (READER, READER, Actor.guest("another"), Actor.customer(new_id(), "a reader")):
        async with db.transaction(reader) as tx:
            await reviews.report(tx, purchase.product_id, written.id)

    async with db.transaction(TESTER) as tx:
        assert (await tx.sql("SELECT reports FROM reviews.reviews")).scalar_one() == 3
        assert await rating(tx, purchase.product_id) == (1, "5.00")


async def test_what_is_not_shown_cannot_be_reported(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        purchase = await bought(tx)
        written = await say(tx, purchase, body="www.evil.example")

        for product_id, review_id in ((purchase.product_id, written.id), (new_id(), written.id), (new_id(), new_id())):
            with pytest.raises(reviews.ReviewNotFound):
                await reviews.report(tx, product_id, review_id)


async def done_to(tx: Transaction, review_id: UUID) -> list[tuple[str, UUID]]:
    """What the audit log says was done to a review, the first first."""
    rows = await tx.sql(
        "SELECT action, id FROM audit.entries WHERE subject_kind = 'review' AND subject_id = :id ORDER BY id",
        {"id": str(review_id)},
    )
    return [(row.action, row.id) for row in rows]


async def test_what_staff_decided_is_on_record_and_taken_back_with_its_rating(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        waiting = await bought(tx)
        held = await say(tx, waiting, 4, body="www.example.com")

    async with db.transaction(SUPPORT) as tx:
        await reviews.publish(tx, held.id)
        await reviews.hide(tx, held.id, reason=HideReason.OFF_TOPIC)
        (published, published_id), (hidden, hidden_id) = await done_to(tx, held.id)
        await audit.undo(tx, hidden_id)
        shown_again = await rating(tx, waiting.product_id)
        await audit.undo(tx, published_id)

        assert (published, hidden) == ("review.published", "review.hidden")
        assert shown_again == (1, "4.00")
        assert await rating(tx, waiting.product_id) is None
        state = await tx.sql("SELECT status, reason FROM reviews.reviews WHERE id = :id", {"id": held.id})
        assert tuple(state.one()) == ("pending", "link")


async def test_an_answer_is_taken_back_unless_another_has_taken_its_place(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        purchase = await bought(tx)
        written = await say(tx, purchase)

    async with db.transaction(SUPPORT) as tx:
        await reviews.reply(tx, written.id, "Thank you!")
        await reviews.reply(tx, written.id, "Thank you, Ana!")
        first, second = [entry_id for _action, entry_id in await done_to(tx, written.id)]
        with pytest.raises(audit.ChangedSince):
            await audit.undo(tx, first)
        await audit.undo(tx, second)

        (shown,) = (await reviews.page(tx, purchase.product_id)).reviews
        assert shown.reply == "Thank you!"


async def test_a_reported_review_that_staff_keep_is_looked_at_again_only_when_others_report_it(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        purchase = await bought(tx)
        written = await say(tx, purchase)
        hidden = await say(tx, await bought(tx))
        await reviews.hide(tx, hidden.id, reason=HideReason.SPAM)
    counts = []

    for actor in (READER, SUPPORT, READER, Actor.guest("another")):
        async with db.transaction(actor) as tx:
            if actor is SUPPORT:
                await reviews.keep(tx, written.id)
            else:
                await reviews.report(tx, purchase.product_id, written.id)
            counts.append(
                (await tx.sql("SELECT reports FROM reviews.reviews WHERE id = :id", {"id": written.id})).scalar_one()
            )

    assert counts == [1, 0, 0, 1]
    async with db.transaction(SUPPORT) as tx:
        with pytest.raises(reviews.ReviewStateForbidden):
            await reviews.keep(tx, hidden.id)
    async with db.transaction(READER) as tx:
        with pytest.raises(Forbidden):
            await reviews.keep(tx, written.id)


async def test_what_nobody_has_seen_is_not_approved_and_a_colleagues_answer_not_overwritten(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        purchase = await bought(tx)
        written = await say(tx, purchase, body="www.example.com")
        await tx.sql("UPDATE reviews.reviews SET created_at = created_at - interval '1 hour'")
        first = (await tx.sql("SELECT created_at FROM reviews.reviews")).scalar_one()
        await say(tx, purchase, body="www.evil.example")

    async with db.transaction(SUPPORT) as tx:
        with pytest.raises(reviews.ReviewChangedMeanwhile):
            await reviews.publish(tx, written.id, seen=first)
        seen = (await tx.sql("SELECT edited_at FROM reviews.reviews")).scalar_one()
        await reviews.publish(tx, written.id, seen=seen)
        await reviews.reply(tx, written.id, "Thank you!", instead_of="")
        await reviews.reply(tx, written.id, "Thank you!", instead_of="")
        with pytest.raises(reviews.ReviewChangedMeanwhile):
            await reviews.reply(tx, written.id, "We are sorry.", instead_of="")
        await reviews.reply(tx, written.id, "Thank you, Ana!", instead_of="Thank you!")

        assert [one.reply for one in (await reviews.page(tx, purchase.product_id)).reviews] == ["Thank you, Ana!"]
