"""Reviews as shoppers, crawlers and buyers meet them."""

import json
import re
from html import unescape
from typing import Any

import httpx
import pytest

from app.tests.storefront.conftest import Shelves
from app.web.testing import Browser, another_browser
from domains import catalog, orders, reviews
from domains.kit import Actor, Database, new_id
from domains.orders import OrderStatus
from domains.orders.tests.factories import a_line, an_account, brought_to
from domains.reviews.tests.factories import TESTER, Purchase, bought, say

PAGE = "/products/stoneware-mug"
HOSTILE = "</script><img src=x onerror=alert(1)><svg/onload=alert(2)> javascript:alert(3) {{ 7*7 }}"


def words(answer: httpx.Response) -> str:
    """The text of a page, as a person reads it."""
    text = re.sub(r"<(script|svg)\b.*?</\1>", " ", answer.text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def structured(answer: httpx.Response) -> dict[str, Any]:
    """What the page tells search engines of its product."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', answer.text, flags=re.DOTALL)
    told: dict[str, Any] = next(data for data in map(json.loads, found) if data["@type"] in {"Product", "ProductGroup"})
    return told


async def reviewed(db: Database, product_id: Any, *stars: int, **more: Any) -> list[reviews.Written]:
    """Reviews of a product by as many buyers."""
    async with db.transaction(TESTER) as tx:
        return [await say(tx, await bought(tx, product_id), number, **more) for number in stars]


async def purchase(db: Database, product_id: Any, **changes: Any) -> tuple[Purchase, str]:
    """What somebody bought, and the link to review it that his mail has."""
    async with db.transaction(TESTER) as tx:
        made = await bought(tx, product_id, **changes)
    return made, f"/orders/{made.number}/reviews/access/{made.buyer.tokens[0]}"


async def test_a_product_without_reviews_says_so_and_tells_machines_nothing(shop: Browser) -> None:
    page = await shop.get(PAGE)

    assert "Nobody has reviewed this yet" in words(page)
    assert "aggregateRating" not in page.text
    assert 'href="#reviews"' not in page.text


async def test_the_page_shows_average_spread_and_reviews_and_tells_machines_the_same(
    shop: Browser, live_db: Database, shelves: Shelves
) -> None:
    first, *_others = await reviewed(live_db, shelves.mug, 5, 4, 5)
    async with live_db.transaction(Actor.staff(new_id(), "support")) as tx:
        await reviews.reply(tx, first.id, "Thank you!\nCome again.")

    page = await shop.get(PAGE)

    read = words(page)
    for part in (
        "3 reviews",
        "4.7",
        "5 stars 2",
        "4 stars 1",
        "3 stars 0",
        "Ana P.",
        "Verified buyer",
        "Holds coffee well.",
        "Meander answers",
        "Come again.",
        "Every review is by somebody who bought it here",
    ):
        assert part in read, part
    assert 'aria-label="4.7 out of 5 stars"' in page.text
    told = structured(page)
    assert told["aggregateRating"] == {
        "@type": "AggregateRating", "ratingValue": "4.7", "reviewCount": 3, "bestRating": 5, "worstRating": 1,
    }  # fmt: skip
    assert [one["reviewRating"]["ratingValue"] for one in told["review"]] == [5, 4, 5]
    assert told["review"][0]["author"] == {"@type": "Person", "name": "Ana P."}
    assert page.text.count("<h1") == 1


async def test_hostile_words_are_words_on_the_page_and_in_what_machines_read(
    shop: Browser, live_db: Database, shelves: Shelves
) -> None:
    (written,) = await reviewed(live_db, shelves.mug, 5, body=HOSTILE, title=HOSTILE[:100], name="<b>Eve</b>")
    async with live_db.transaction(TESTER) as tx:
        await reviews.reply(tx, written.id, HOSTILE)

    page = await shop.get(PAGE)
    all_of_them = await shop.get(f"{PAGE}/reviews")

    for shown in (page, all_of_them):
        assert "<img src=x" not in shown.text
        assert "<svg/onload" not in shown.text
        assert "<b>Eve" not in shown.text
        assert "&lt;img src=x onerror=alert(1)&gt;" in shown.text
        assert "{{ 7*7 }}" in unescape(shown.text)
    assert structured(page)["review"][0]["reviewBody"] == HOSTILE
    assert structured(page)["review"][0]["author"]["name"] == "<b>Eve</b>"


async def test_the_page_can_be_kept_by_any_cache_and_changes_with_the_next_review(
    shop: Browser, live_db: Database, shelves: Shelves
) -> None:
    await reviewed(live_db, shelves.mug, 5)
    before = await shop.get(PAGE)
    same = await shop.get(PAGE, headers={"If-None-Match": before.headers["etag"], "Cookie": "orders=x; session=y"})
    await reviewed(live_db, shelves.mug, 1)
    after = await shop.get(PAGE, headers={"If-None-Match": before.headers["etag"]})

    assert before.headers["cache-control"].startswith("public")
    assert "set-cookie" not in before.headers
    assert (same.status_code, after.status_code) == (304, 200)
    assert (await shop.get(f"{PAGE}/reviews")).headers["cache-control"].startswith("public")


@pytest.mark.parametrize(
    "breakage",
    [
        "ALTER TABLE reviews.reviews RENAME TO lost",
        "ALTER TABLE reviews.ratings DROP COLUMN average",
        "DROP SCHEMA reviews CASCADE",
    ],
)
async def test_without_readable_reviews_the_product_is_still_shown_and_sold(
    shop: Browser, live_db: Database, shelves: Shelves, breakage: str
) -> None:
    await reviewed(live_db, shelves.mug, 5)
    async with live_db.transaction(TESTER) as tx:
        await tx.sql(breakage)

    page = await shop.get(PAGE)
    chosen = await shop.htmx("GET", "/products/linen-shirt?variant=SH-M-SAG")
    added = await shop.post("/cart/lines", data={"product_id": str(shelves.mug), "quantity": "1"})

    assert page.status_code == 200
    assert "Stoneware mug" in words(page)
    assert "What buyers say" not in words(page)
    assert chosen.status_code == 200
    assert added.status_code == 303


async def test_reviews_that_hang_do_not_hold_up_the_page(
    shop: Browser, live_db: Database, shelves: Shelves, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.routes.storefront.reviews._PATIENCE", 50)
    await reviewed(live_db, shelves.mug, 5)

    async with live_db.transaction(TESTER) as tx:
        await tx.sql("LOCK TABLE reviews.reviews IN ACCESS EXCLUSIVE MODE")
        page = await shop.get(PAGE)

    assert page.status_code == 200
    assert "What buyers say" not in words(page)
    assert "What buyers say" in words(await shop.get(PAGE))


async def test_reviews_are_sorted_and_turned_as_a_page_and_as_a_fragment(
    shop: Browser, live_db: Database, shelves: Shelves
) -> None:
    await reviewed(live_db, shelves.mug, 3, 1, 5, 4, 2, 5, 1, 4)

    first = await shop.get(PAGE)
    lowest = await shop.get(f"{PAGE}/reviews?sort=lowest")
    second = await shop.htmx("GET", f"{PAGE}/reviews?sort=highest&page=2")
    strange = await shop.get(f"{PAGE}/reviews?sort=password&page=-1")

    def stars(answer: httpx.Response) -> list[int]:
        listed = answer.text[answer.text.index('class="reviews__items"') :]
        return [int(number) for number in re.findall(r'aria-label="(\d) out of 5 stars"', listed)]

    assert stars(first) == [4, 1, 5, 2, 4, 5]
    assert f'href="{PAGE}/reviews?page=2"' in first.text
    assert stars(lowest)[:2] == [1, 1]
    assert '<option value="lowest" selected>' in lowest.text
    assert re.search(r"<h1[^>]*>Reviews of Stoneware mug", lowest.text)
    assert "noindex" in lowest.text
    assert stars(second) == [1, 1]
    assert second.text.lstrip().startswith('<section class="section reviews" id="reviews"')
    assert 'rel="next"' not in second.text
    assert stars(strange) == stars(first)
    assert (await shop.get("/products/nonsense/reviews")).status_code == 404


async def test_a_reader_reports_a_review_with_and_without_scripts(
    shop: Browser, live_db: Database, shelves: Shelves
) -> None:
    (written,) = await reviewed(live_db, shelves.mug, 1)
    path = f"{PAGE}/reviews/{written.id}/reports"
    assert f'action="{path}"' in (await shop.get(PAGE)).text

    plain = await shop.post(path)
    page = await shop.get(plain.headers["location"])
    fragment = await shop.htmx("POST", path)
    unknown = await shop.post(f"{PAGE}/reviews/{new_id()}/reports")
    elsewhere = await shop.post(f"/products/linen-shirt/reviews/{written.id}/reports")
    foreign = await shop.post(path, headers={"Sec-Fetch-Site": "cross-site"})

    assert (plain.status_code, plain.headers["location"]) == (303, f"{PAGE}/reviews?reported={written.id}")
    assert "Thank you. We will look at it." in words(page)
    assert fragment.text.strip() == '<p class="review__reported" role="status">Thank you. We will look at it.</p>'
    assert (unknown.status_code, elsewhere.status_code, foreign.status_code) == (404, 404, 403)
    async with live_db.transaction(TESTER) as tx:
        assert (await tx.sql("SELECT reports FROM reviews.reviews")).scalar_one() == 1


async def test_a_guest_writes_by_his_mails_link_and_is_thanked(
    shop: Browser, live_db: Database, shelves: Shelves
) -> None:
    made, link = await purchase(live_db, shelves.mug)

    opened = await shop.get(link)
    chosen = await shop.get(opened.headers["location"])  # one thing only: its form at once
    form = await shop.get(chosen.headers["location"])
    sent = await shop.post(
        chosen.headers["location"],
        data={"stars": "4", "title": "A good mug", "body": "Line one\r\n\r\nLine two", "name": "Ada L."},
    )
    thanked = await shop.get(sent.headers["location"])
    page = await shop.get(PAGE)

    assert opened.headers["location"] == f"/orders/{made.number}/reviews"
    assert form.headers["cache-control"] == "private, no-store"
    assert 'value="Ada L."' in form.text  # offered: the name of the address, the family's name shortened
    assert form.text.count('type="radio"') == 5
    assert sent.headers["location"] == f"/orders/{made.number}/reviews?written={shelves.mug}"
    assert "Thank you for your review" in words(thanked)
    assert "Line one\n\nLine two" in page.text
    assert structured(page)["aggregateRating"]["ratingValue"] == "4.0"


async def test_what_is_missing_is_said_and_what_was_written_is_kept(
    shop: Browser, live_db: Database, shelves: Shelves
) -> None:
    made, link = await purchase(live_db, shelves.mug)
    await shop.get(link)
    path = f"/orders/{made.number}/reviews/{shelves.mug}"

    refused = await shop.post(path, data={"title": "<b>T</b>", "body": "Kept words", "name": ""})
    huge = await shop.post(path, data={"stars": "5", "name": "Ada", "body": "x" * 5000})
    odd = [await shop.post(path, data={"stars": stars, "name": "Ada"}) for stars in ("6", "-1", "123", "1e9", "0")]
    unknown = await shop.post(path, data={"stars": "5", "name": "Ada", "status": "published"})

    assert refused.status_code == 422
    assert "<title>Error:" in refused.text
    assert 'href="#stars"' in refused.text
    assert 'href="#name"' in refused.text
    assert "Kept words" in refused.text
    assert 'value="&lt;b&gt;T&lt;/b&gt;"' in refused.text
    assert (huge.status_code, "Use at most 4000 characters" in words(huge)) == (422, True)
    assert {answer.status_code for answer in (*odd, unknown)} == {422}
    async with live_db.transaction(TESTER) as tx:
        assert (await tx.sql("SELECT count(*) FROM reviews.reviews")).scalar_one() == 0


async def test_a_foreign_order_and_an_unknown_one_are_answered_alike(
    shop: Browser, live_db: Database, shelves: Shelves
) -> None:
    foreign, _link = await purchase(live_db, shelves.mug)
    _mine, link = await purchase(live_db, shelves.mug)
    await shop.get(link)
    data = {"stars": "1", "name": "Eve"}

    numbers = (foreign.number, "ORD-20200101-0000")
    read = [await shop.get(f"/orders/{number}/reviews{more}") for number in numbers for more in ("", f"/{shelves.mug}")]
    written = [await shop.post(f"/orders/{number}/reviews/{shelves.mug}", data=data) for number in numbers]
    removed = [await shop.post(f"/orders/{number}/reviews/{shelves.mug}/removal") for number in numbers]
    stolen = await shop.get(f"/orders/{foreign.number}/reviews/access/{'x' * 43}")

    assert {(answer.status_code, "/account/login" in answer.headers["location"]) for answer in read} == {(303, True)}
    assert {answer.status_code for answer in (*written, *removed, stolen)} == {404}
    async with live_db.transaction(TESTER) as tx:
        assert (await tx.sql("SELECT count(*) FROM reviews.reviews")).scalar_one() == 0


async def test_something_else_than_was_bought_cannot_be_reviewed_with_an_order(
    shop: Browser, live_db: Database, shelves: Shelves
) -> None:
    made, link = await purchase(live_db, shelves.mug)
    await shop.get(link)

    form = await shop.get(f"/orders/{made.number}/reviews/{shelves.shirt.id}")
    sent = await shop.post(f"/orders/{made.number}/reviews/{shelves.shirt.id}", data={"stars": "1", "name": "Eve"})

    assert (form.status_code, sent.status_code) == (404, 404)
    assert "aggregateRating" not in (await shop.get("/products/linen-shirt")).text


async def test_before_it_has_come_there_is_nothing_to_say(shop: Browser, live_db: Database, shelves: Shelves) -> None:
    made, link = await purchase(live_db, shelves.mug, status=OrderStatus.CONFIRMED)
    await shop.get(link)

    page = await shop.get(f"/orders/{made.number}/reviews")
    form = await shop.get(f"/orders/{made.number}/reviews/{shelves.mug}")
    sent = await shop.post(f"/orders/{made.number}/reviews/{shelves.mug}", data={"stars": "1", "name": "Eve"})
    order = await shop.get(f"/orders/{made.number}")

    assert "Come back when your order has arrived" in words(page)
    assert (form.status_code, sent.status_code) == (409, 409)
    assert f"/orders/{made.number}/reviews" not in order.text


async def test_a_buyer_of_several_things_chooses_changes_and_removes(
    shop: Browser, live_db: Database, shelves: Shelves
) -> None:
    async with live_db.transaction(TESTER) as tx:
        mug = (await catalog.product(tx, shelves.mug)).variants[0]
        lines = (
            a_line(product_id=shelves.mug, variant_id=mug.id, quantity=1),
            a_line(
                product_id=shelves.shirt.id,
                variant_id=shelves.shirt.variants[0].id,
                product_name="Linen shirt",
                quantity=1,
            ),
        )
        head = await brought_to(tx, OrderStatus.DELIVERED, lines=lines)
        token = await orders.open_access(tx, head.id)
    listing, path = f"/orders/{head.number}/reviews", f"/orders/{head.number}/reviews/{shelves.mug}"
    await shop.get(f"{listing}/access/{token}")

    choice = await shop.get(listing)
    await shop.post(path, data={"stars": "5", "name": "Ada", "body": "See www.evil.example"})
    held = await shop.get(f"{listing}?written={shelves.mug}")
    await shop.post(path, data={"stars": "2", "name": "Ada", "body": "It broke."})
    form = await shop.get(path)
    changed = await shop.get(PAGE)
    removed = await shop.post(f"{path}/removal")
    after = await shop.get(removed.headers["location"])
    again = await shop.get(path)

    assert words(choice).count("Write a review") == 2
    assert f'href="{listing}"' in (await shop.get(f"/orders/{head.number}")).text
    assert "We look at it before it is shown, because it names a web or mail address." in words(held)
    assert "It broke." in form.text
    assert re.search(r'value="2" checked', form.text)
    assert "It broke." in words(changed)
    assert "Your review is removed" in words(after)
    assert words(after).count("Write a review") == 1
    assert again.status_code == 409
    assert "aggregateRating" not in (await shop.get(PAGE)).text


async def test_a_customer_who_is_not_logged_in_is_asked_to_and_comes_back(
    shop: Browser, live_db: Database, shelves: Shelves
) -> None:
    async with live_db.transaction(TESTER) as tx:
        ada = await an_account(tx, "ada@example.com")
        made = await bought(tx, shelves.mug, user_id=ada)

    async with another_browser(shop.shop) as stranger:
        answer = await stranger.get(f"/orders/{made.number}/reviews")

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/account/login?next=%2Forders%2F{made.number}%2Freviews"


async def test_thirty_reviews_an_hour_from_one_house_are_enough(
    shop: Browser, live_db: Database, shelves: Shelves
) -> None:
    made, link = await purchase(live_db, shelves.mug)
    await shop.get(link)
    path = f"/orders/{made.number}/reviews/{shelves.mug}"

    answers = [await shop.post(path, data={"stars": "", "name": "Ada"}) for _ in range(31)]

    assert [answer.status_code for answer in answers] == [*([422] * 30), 429]
