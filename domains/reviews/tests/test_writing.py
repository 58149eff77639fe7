"""Who may review what, and what becomes of it."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from domains import catalog, orders, reviews
from domains.catalog.tests.factories import category, shirt_draft
from domains.inventory.tests.factories import all_at_once
from domains.kit import Database, Invalid, new_id
from domains.kit.clock import shift
from domains.orders import OrderNotFound, OrderStatus
from domains.orders.tests.factories import a_line, an_account, brought_to
from domains.reviews import Buyer, ReviewDraft, ReviewStatus
from domains.reviews.tests.factories import TESTER, a_product, bought, facts, rating, say


async def test_a_buyers_review_is_shown_at_once_and_counts(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        purchase = await bought(tx)

        written = await say(tx, purchase, 4)

        page = await reviews.page(tx, purchase.product_id)
        assert written.status is ReviewStatus.PUBLISHED
        assert [(one.stars, one.name, one.body, one.options) for one in page.reviews] == [
            (4, "Ana P.", "Holds coffee well.", "Colour: Sage")
        ]
        assert page.rating is not None
        assert (page.rating.count, str(page.rating.average), page.rating.spread) == (1, "4.00", (0, 0, 0, 1, 0))
        assert await facts(tx, written.id) == ["published"]


async def test_the_facts_of_a_review_hold_no_word_of_it(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        await say(tx, await bought(tx), body="Secret words", title="A title")

        told = (await tx.sql("SELECT payload::text FROM kit.events WHERE stream = 'review'")).scalar_one()

    assert not [word for word in ("words", "title", "Ana") if word in told]


async def test_who_has_no_claim_to_an_order_cannot_review_it(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        mine, foreign = await bought(tx), await bought(tx)
        stranger = await an_account(tx, "eve@example.com")

        for buyer in (Buyer(), mine.buyer, Buyer(tokens=("x" * 43,)), Buyer(account_id=stranger)):
            with pytest.raises(OrderNotFound):
                await reviews.write(
                    tx,
                    number=foreign.number,
                    product_id=foreign.product_id,
                    buyer=buyer,
                    draft=ReviewDraft(1, "Eve", body="Bad"),
                )

        assert await rating(tx, foreign.product_id) is None


async def test_an_account_reviews_its_own_orders_without_a_link(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        ada = await an_account(tx, "ada@example.com")
        purchase = await bought(tx, user_id=ada)

        written = await reviews.write(
            tx,
            number=purchase.number,
            product_id=purchase.product_id,
            buyer=Buyer(account_id=ada),
            draft=ReviewDraft(5, "Ada"),
        )

        assert written.status is ReviewStatus.PUBLISHED


async def test_only_what_is_in_the_order_can_be_reviewed(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        purchase, other = await bought(tx), await a_product(tx)

        for product_id in (other, new_id()):
            with pytest.raises(reviews.NotBought):
                await reviews.write(
                    tx, number=purchase.number, product_id=product_id, buyer=purchase.buyer, draft=ReviewDraft(5, "Ada")
                )

        assert await rating(tx, other) is None


async def test_what_was_sold_and_is_no_longer_known_cannot_be_reviewed(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        head = await brought_to(tx, OrderStatus.DELIVERED)  # of a product that no catalogue ever had
        buyer = Buyer(tokens=(await orders.open_access(tx, head.id),))
        order = await orders.order(tx, head.id)

        with pytest.raises(reviews.NotBought):
            await reviews.write(
                tx,
                number=head.number,
                product_id=order.lines[0].product_id,
                buyer=buyer,
                draft=ReviewDraft(5, "Ada"),
            )

        assert (await reviews.of_order(tx, order)).items == ()


@pytest.mark.parametrize(
    "status", [OrderStatus.PENDING, OrderStatus.CONFIRMED, OrderStatus.SHIPPED, OrderStatus.CANCELLED]
)
async def test_who_has_not_got_it_cannot_review_it(db: Database, status: OrderStatus) -> None:
    async with db.transaction(TESTER) as tx:
        purchase = await bought(tx, status=status)

        with pytest.raises(reviews.NotArrived):
            await say(tx, purchase)

        assert not (await reviews.of_order(tx, await orders.order(tx, purchase.order_id))).owed


async def test_a_parcel_that_nobody_marked_as_delivered_has_come_after_two_weeks(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        purchase = await bought(tx, status=OrderStatus.SHIPPED)
        await shift(tx, timedelta(days=14, seconds=1))

        written = await say(tx, purchase)

        assert written.status is ReviewStatus.PUBLISHED


async def test_said_again_the_review_is_changed_and_counts_once(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        purchase = await bought(tx)
        first = await say(tx, purchase, 5)

        again = await say(tx, purchase, 2, "It broke.")
        same = await say(tx, purchase, 2, "It broke.")

        page = await reviews.page(tx, purchase.product_id)
        assert first.id == again.id == same.id
        assert [(one.stars, one.body, one.edited_at is not None) for one in page.reviews] == [(2, "It broke.", True)]
        assert await rating(tx, purchase.product_id) == (1, "2.00")
        assert await facts(tx, first.id) == ["published", "changed"]


async def test_two_colours_in_one_order_are_one_review_and_a_second_order_another(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        shirt_id = await catalog.create_product(tx, shirt_draft(await category(tx)))
        sizes = (await catalog.product(tx, shirt_id)).variants
        lines = tuple(a_line(product_id=shirt_id, variant_id=size.id, quantity=1) for size in sizes[:2])
        head = await brought_to(tx, OrderStatus.DELIVERED, lines=lines)
        order = await orders.order(tx, head.id)

        items = (await reviews.of_order(tx, order)).items

        assert [item.product_id for item in items] == [shirt_id]
        once, twice = await bought(tx, shirt_id), await bought(tx, shirt_id)
        await say(tx, once, 5)
        await say(tx, twice, 4)
        assert await rating(tx, shirt_id) == (2, "4.50")


async def test_the_database_refuses_a_second_review_of_the_same_purchase(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        await say(tx, await bought(tx))

        with pytest.raises(IntegrityError, match="uq_reviews_order_id_product_id"):
            async with tx.session.begin_nested():
                await tx.sql(
                    "INSERT INTO reviews.reviews (id, product_id, order_id, stars, name, status)"
                    " SELECT gen_random_uuid(), product_id, order_id, 1, 'Eve', 'published' FROM reviews.reviews"
                )


async def test_a_form_sent_ten_times_at_once_is_one_review(live_db: Database) -> None:
    async with live_db.transaction(TESTER) as tx:
        purchase = await bought(tx)

    async def send(_number: int) -> str:
        async with live_db.transaction(TESTER) as tx:
            return str((await say(tx, purchase, 4)).id)

    sent = await all_at_once(10, send)

    assert len(set(sent)) == 1
    async with live_db.transaction(TESTER) as tx:
        assert await rating(tx, purchase.product_id) == (1, "4.00")


async def test_twenty_buyers_at_the_same_moment_all_count(live_db: Database) -> None:
    async with live_db.transaction(TESTER) as tx:
        product_id = await a_product(tx)
        purchases = [await bought(tx, product_id) for _ in range(20)]

    async def send(number: int) -> None:
        async with live_db.transaction(TESTER) as tx:
            await say(tx, purchases[number], 1 + number % 5)

    await all_at_once(20, send)

    async with live_db.transaction(TESTER) as tx:
        found = (await reviews.ratings(tx, [product_id]))[product_id]
    assert (found.count, str(found.average), found.spread) == (20, "3.00", (4, 4, 4, 4, 4))


async def test_a_review_taken_back_is_gone_for_good(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        purchase = await bought(tx)
        written = await say(tx, purchase, 1)

        for _time in range(2):
            await reviews.remove(tx, number=purchase.number, product_id=purchase.product_id, buyer=purchase.buyer)

        assert await rating(tx, purchase.product_id) is None
        assert (await reviews.page(tx, purchase.product_id)).reviews == ()
        kept = (await tx.sql("SELECT name || title || body FROM reviews.reviews")).scalar_one()
        assert kept == ""
        assert await facts(tx, written.id) == ["published", "removed"]
        with pytest.raises(reviews.ReviewGone):
            await say(tx, purchase, 5)


async def test_a_stranger_cannot_take_a_review_back(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        purchase, other = await bought(tx), await bought(tx)
        await say(tx, purchase)

        with pytest.raises(OrderNotFound):
            await reviews.remove(tx, number=purchase.number, product_id=purchase.product_id, buyer=other.buyer)
        with pytest.raises(reviews.ReviewNotFound):
            await reviews.remove(tx, number=other.number, product_id=other.product_id, buyer=other.buyer)

        assert await rating(tx, purchase.product_id) == (1, "5.00")


@pytest.mark.parametrize("stars", [0, 6, -1, 10**9])
async def test_there_are_one_to_five_stars(db: Database, stars: int) -> None:
    async with db.transaction(TESTER) as tx:
        purchase = await bought(tx)

        with pytest.raises(Invalid) as refused:
            await say(tx, purchase, stars, "x" * 4001, name=" ", title="y" * 121)

        assert set(refused.value.fields) == {"stars", "body", "name", "title"}


async def test_what_was_hidden_and_is_changed_waits_for_staff_until_they_show_it(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        purchase = await bought(tx)
        written = await say(tx, purchase, 1, "You are fools.")
        await reviews.hide(tx, written.id, reason=reviews.HideReason.ABUSE)

        first = await say(tx, purchase, 2, "I did not like it.")
        second = await say(tx, purchase, 2, "I did not like it at all.")

        assert {first.status, second.status} == {ReviewStatus.PENDING}
        assert await rating(tx, purchase.product_id) is None
        await reviews.publish(tx, written.id)
        assert await rating(tx, purchase.product_id) == (1, "2.00")
        assert await facts(tx, written.id) == ["published", "hidden", "held", "held", "published"]
