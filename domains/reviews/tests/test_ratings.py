"""Ratings against a brute force over what was written; pages in every order."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domains import reviews
from domains.kit import Database, Transaction
from domains.reviews import HideReason, Sort
from domains.reviews.tests.factories import TESTER, Purchase, a_product, bought, rating, say

BUYERS = 4
_step = st.tuples(
    st.sampled_from(["say", "link", "hide", "publish", "remove"]), st.integers(0, BUYERS - 1), st.integers(1, 5)
)


async def act(tx: Transaction, model: dict[int, dict[str, Any]], purchases: list[Purchase], step: Any) -> None:
    """Do `step` in the shop and in the model, which knows only the rules that a merchant would tell."""
    verb, who, stars = step
    mine = model.get(who)
    match verb:
        case "say" | "link":
            if mine is not None and mine["state"] == "removed":
                return
            doubtful = verb == "link"
            body = f"{stars} of five" + (" www.example" if doubtful else "")
            written = await say(tx, purchases[who], stars, body)
            if mine is not None and (mine["stars"], mine["body"]) == (stars, body):
                return
            mended = mine is not None and (mine["state"] == "hidden" or mine["mended"])
            model[who] = {
                "id": written.id,
                "stars": stars,
                "body": body,
                "state": "pending" if doubtful or mended else "published",
                "mended": mended,
            }
        case "hide" if mine is not None and mine["state"] != "removed":
            await reviews.hide(tx, mine["id"], reason=HideReason.OFF_TOPIC)
            mine.update(state="hidden", mended=False)
        case "publish" if mine is not None and mine["state"] != "removed":
            await reviews.publish(tx, mine["id"])
            mine.update(state="published", mended=False)
        case "remove" if mine is not None:
            bought_by = purchases[who]
            await reviews.remove(tx, number=bought_by.number, product_id=bought_by.product_id, buyer=bought_by.buyer)
            mine["state"] = "removed"


@pytest.fixture
async def purchases(db: Database) -> list[Purchase]:
    """The same product, bought by each of the buyers."""
    async with db.transaction(TESTER) as tx:
        product_id = await a_product(tx)
        return [await bought(tx, product_id) for _ in range(BUYERS)]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(_step, max_size=14))
async def test_whatever_buyers_and_staff_do_the_rating_is_the_sum_of_what_is_shown(
    db: Database, purchases: list[Purchase], steps: Any
) -> None:
    product_id = purchases[0].product_id
    async with db.transaction(TESTER) as tx:
        await tx.sql("DELETE FROM reviews.reviews")  # of the example before
        await tx.sql("DELETE FROM reviews.ratings")
        model: dict[int, dict[str, Any]] = {}

        for step in steps:
            await act(tx, model, purchases, step)

        found = (await reviews.ratings(tx, [product_id])).get(product_id)
        shown = [one["stars"] for one in model.values() if one["state"] == "published"]
        if not shown:
            assert found is None
            return
        average = (Decimal(sum(shown)) / len(shown)).quantize(Decimal("0.01"), ROUND_HALF_UP)
        assert found is not None
        assert (found.count, found.average) == (len(shown), average)
        assert found.spread == tuple(shown.count(stars) for stars in range(1, 6))


async def test_reviews_are_read_newest_first_or_by_stars_page_by_page(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        product_id = await a_product(tx)
        for stars in (3, 1, 5, 4, 5, 2, 5, 1):
            written = await say(tx, await bought(tx, product_id), stars)
            await tx.sql(
                "UPDATE reviews.reviews SET created_at = now() - interval '1 hour'"
                " + make_interval(mins => (SELECT count(*)::int FROM reviews.reviews)) WHERE id = :id",
                {"id": written.id},
            )

        async def stars_of(sort: Sort) -> list[list[int]]:
            pages = [await reviews.page(tx, product_id, sort=sort, page=number) for number in (1, 2)]
            assert {page.pages for page in pages} == {2}
            return [[one.stars for one in page.reviews] for page in pages]

        assert await stars_of(Sort.NEWEST) == [[1, 5, 2, 5, 4, 5], [1, 3]]
        assert await stars_of(Sort.HIGHEST) == [[5, 5, 5, 4, 3, 2], [1, 1]]
        assert await stars_of(Sort.LOWEST) == [[1, 1, 2, 3, 4, 5], [5, 5]]
        beyond = await reviews.page(tx, product_id, page=10**6)
        assert (beyond.page, len(beyond.reviews)) == (2, 2)
        assert await rating(tx, product_id) == (8, "3.25")


async def test_an_average_is_shown_with_one_decimal_rounded_as_people_round() -> None:
    for average, shown in (("4.25", "4.3"), ("4.24", "4.2"), ("5.00", "5.0"), ("4.95", "5.0")):
        assert str(reviews.Rating(20, Decimal(average), (0, 0, 0, 0, 20)).shown) == shown
