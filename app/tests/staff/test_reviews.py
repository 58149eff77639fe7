"""Reviews are read, shown, hidden and answered in the back office, by those who may."""

import re
from uuid import UUID

import pytest

from app.tests.staff.conftest import StaffBrowser
from app.tests.staff.people import password_hash
from domains import accounts, reviews
from domains.kit import Database
from domains.reviews.tests.factories import READER, TESTER, Purchase, bought, rating, say

HOSTILE = "<script>alert(1)</script> www.example.com"


@pytest.fixture
async def waiting(live_db: Database) -> tuple[Purchase, UUID]:
    """A review that waits to be read, because it names an address."""
    async with live_db.transaction(TESTER) as tx:
        purchase = await bought(tx)
        return purchase, (await say(tx, purchase, 4, HOSTILE, title="")).id


def seen_in(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', page)
    assert found is not None
    return found[1]


async def test_a_review_that_waits_is_read_shown_answered_and_hidden_and_the_rating_follows(
    staff_browser: StaffBrowser, live_db: Database, waiting: tuple[Purchase, UUID]
) -> None:
    purchase, review_id = waiting
    support = await staff_browser("support")
    at = f"/staff/reviews/{review_id}"

    to_read = (await support.get("/staff/reviews?state=to_read")).text
    page = (await support.get(at)).text
    shown = await support.post(f"{at}/publication", data={"seen": seen_in(page)})
    answered = await support.post(f"{at}/reply", data={"reply": "Thank you!", "before": ""})
    async with live_db.transaction(TESTER) as tx:
        counted = await rating(tx, purchase.product_id)
        (public,) = (await reviews.page(tx, purchase.product_id)).reviews
    unsaid = await support.post(f"{at}/hiding", data={"reason": ""})
    hidden = await support.post(f"{at}/hiding", data={"reason": "spam"})

    assert at in to_read
    assert "&lt;script&gt;alert(1)" in page
    assert "It names a web or mail address." in page
    assert (shown.status_code, answered.status_code, unsaid.status_code, hidden.status_code) == (303, 303, 422, 303)
    assert (counted, public.reply) == ((1, "4.00"), "Thank you!")
    async with live_db.transaction(TESTER) as tx:
        assert await rating(tx, purchase.product_id) is None
    assert "Advertising" in (await support.get(at)).text


async def test_what_was_changed_since_it_was_read_is_not_shown(
    staff_browser: StaffBrowser, live_db: Database, waiting: tuple[Purchase, UUID]
) -> None:
    purchase, review_id = waiting
    support = await staff_browser("support")
    page = (await support.get(f"/staff/reviews/{review_id}")).text
    async with live_db.transaction(TESTER) as tx:
        await say(tx, purchase, 1, "www.evil.example")

    refused = await support.post(f"/staff/reviews/{review_id}/publication", data={"seen": seen_in(page)})
    async with live_db.transaction(TESTER) as tx:
        await reviews.reply(tx, review_id, "A colleague's.")
    late = await support.post(f"/staff/reviews/{review_id}/reply", data={"reply": "Mine.", "before": ""})

    assert refused.status_code == 409
    assert "The review has changed since you looked at it." in refused.text
    assert late.status_code == 409
    assert "A colleague has answered meanwhile" in late.text
    assert ">Mine.</textarea>" in late.text


async def test_many_are_shown_and_hidden_at_once_and_undone_as_one(
    staff_browser: StaffBrowser, live_db: Database, waiting: tuple[Purchase, UUID]
) -> None:
    purchase, first = waiting
    async with live_db.transaction(TESTER) as tx:
        second = (await say(tx, await bought(tx, purchase.product_id), 2, HOSTILE)).id
        taken_back = await bought(tx, purchase.product_id)
        third = (await say(tx, taken_back, 5, HOSTILE)).id
        await reviews.remove(tx, number=taken_back.number, product_id=taken_back.product_id, buyer=taken_back.buyer)
    owner = await staff_browser("owner")
    rows = {"row": [str(first), str(second), str(third)], "confirmed": "on", "count": "3"}

    asked = await owner.post("/staff/reviews/bulk", data={"action": "hide", "row": rows["row"]})
    shown = await owner.post("/staff/reviews/bulk", data={**rows, "action": "show"})
    told = (await owner.get("/staff/reviews")).text
    async with live_db.transaction(TESTER) as tx:
        counted = await rating(tx, purchase.product_id)
    unsaid = await owner.post("/staff/reviews/bulk", data={**rows, "action": "hide"})
    hidden = await owner.post("/staff/reviews/bulk", data={**rows, "action": "hide", "reason": "off_topic"})
    async with live_db.transaction(TESTER) as tx:
        after = await rating(tx, purchase.product_id)
        entry = (
            await tx.sql("SELECT id FROM audit.entries WHERE action = 'review.hidden' AND batch IS NOT NULL LIMIT 1")
        ).scalar_one()
    undone = await owner.post(f"/staff/audit/{entry}/undo")

    assert "Not about the product" in asked.text
    assert (shown.status_code, unsaid.status_code, hidden.status_code, undone.status_code) == (303, 422, 303, 303)
    assert "Shown in the shop: 2. Removed by their writers before: 1." in told
    assert (counted, after) == ((2, "3.00"), None)
    async with live_db.transaction(TESTER) as tx:
        assert await rating(tx, purchase.product_id) == (2, "3.00")


async def test_reviews_are_found_by_state_stars_product_and_answer(
    staff_browser: StaffBrowser, live_db: Database, waiting: tuple[Purchase, UUID]
) -> None:
    purchase, pending = waiting
    async with live_db.transaction(TESTER) as tx:
        answered = (await say(tx, await bought(tx, purchase.product_id), 5, "Lovely")).id
        await reviews.reply(tx, answered, "Thank you!")
        elsewhere = await bought(tx)
        reported = (await say(tx, elsewhere, 1, "Broke")).id
        slug = (
            await tx.sql("SELECT slug FROM catalog.products WHERE id = :id", {"id": purchase.product_id})
        ).scalar_one()
    async with live_db.transaction(READER) as tx:
        await reviews.report(tx, elsewhere.product_id, reported)
    marketing = await staff_browser("marketing")

    async def found(query: str) -> set[UUID]:
        page = (await marketing.get(f"/staff/reviews?{query}")).text
        return {UUID(each) for each in re.findall(r'href="/staff/reviews/([0-9a-f-]{36})"', page)}

    assert await found("state=pending") == {pending}
    assert await found("state=to_read") == {pending, reported}
    assert await found("state=reported") == {reported}
    assert await found("stars=5&stars=1") == {answered, reported}
    assert await found("answered=yes") == {answered}
    assert await found("answered=no") == {pending, reported}
    assert await found(f"product={slug}") == {pending, answered}
    assert await found("q=neware") == {pending, answered, reported}
    assert await found("q=teapot") == set()
    kept = await marketing.post(f"/staff/reviews/{reported}/keeping")
    assert kept.status_code == 303
    assert await found("state=to_read") == {pending}


async def test_marketing_reads_reviews_without_seeing_whose_order_it_was_and_the_warehouse_reads_none(
    staff_browser: StaffBrowser, live_db: Database, waiting: tuple[Purchase, UUID]
) -> None:
    purchase, review_id = waiting
    marketing, warehouse = await staff_browser("marketing"), await staff_browser("warehouse")

    page = await marketing.get(f"/staff/reviews/{review_id}")
    refused = await warehouse.post(f"/staff/reviews/{review_id}/hiding", data={"reason": "spam"})

    assert page.status_code == 200
    assert purchase.number not in page.text
    assert refused.status_code == 403


async def test_a_customers_reviews_stand_on_his_page_and_lead_to_them(
    staff_browser: StaffBrowser, live_db: Database
) -> None:
    async with live_db.transaction(TESTER) as tx:
        made = await accounts.register(tx, email="ada@example.com", password_hash=password_hash(), first_name="Ada")
        assert made is not None
        purchase = await bought(tx, user_id=made, email=None)
        review_id = (await say(tx, purchase, 3, "Fine, so far.", title="")).id
    support, finance = await staff_browser("support"), await staff_browser("finance")

    page = (await support.get(f"/staff/customers/{made}")).text

    assert f"/staff/reviews/{review_id}" in page
    assert "Fine, so far." in page
    assert f"/staff/reviews/{review_id}" not in (await finance.get(f"/staff/customers/{made}")).text
