"""Files are sold: a short checkout, links that run out, and nobody else's hands on them."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest

from app.tests.market import HOME, Market, Shopper, open_market, text
from domains import catalog, downloads, orders, pricing, store
from domains.checkout.tests.factories import STAFF, move_clock
from domains.kit import Database

CONTENT = b"%PDF-1.7 a guide to knots " * 2000
BILL = {"country": "US", "name": "Ada Lovelace", "state": "NY", "postal_code": "10118"}


@pytest.fixture
async def market(live_db: Database, redis_url: str) -> AsyncIterator[Market]:
    async with open_market(live_db, redis_url) as market:
        yield market


@pytest.fixture
async def guide(market: Market, tmp_path: Path) -> UUID:
    """A guide of knots for 12.00, as a file."""
    path = tmp_path / "guide.pdf"
    path.write_bytes(CONTENT)
    files = market.front.shop.litestar.state.files
    file_id = await catalog.flows.keep_file(market.db, files, STAFF, path, name="../Knots & hitches – 2nd.pdf")
    async with market.db.transaction(STAFF) as tx:
        home = await catalog.create_category(tx, name="Guides")
        product_id = await catalog.create_product(
            tx, catalog.ProductDraft(sku="KNOTS", name="Forty knots", category_id=home)
        )
        variant_id = (await catalog.product(tx, product_id)).variants[0].id
        await catalog.make_digital(tx, variant_id, file_id)
        await pricing.set_price(tx, variant_id, 1200)
    return variant_id


async def bought(shopper: Shopper, variant_id: UUID, *, quantity: int = 1) -> str:
    """The number of an order of the guide alone, paid."""
    added = await shopper.post("/cart/lines", variant_id=str(variant_id), quantity=str(quantity))
    assert added.status_code == 303, text(added)
    assert (await shopper.contact()).headers["location"] == "/checkout/address"
    billed = await shopper.post("/checkout/address", **BILL)
    assert billed.headers["location"] == "/checkout/payment", text(billed)
    page = await shopper.http.get("/checkout/payment")
    return await shopper.arrive(await shopper.pay(page))


def button(page: str) -> str:
    found = re.search(r'action="(/orders/[^"]+/downloads/[^"]+)"', page)
    assert found, page
    return found[1]


async def mailed_link(market: Market, shopper: Shopper) -> str:
    await market.work()
    await market.mails(to=shopper.email)
    mails = await market.sandbox.mails(to=shopper.email)
    links = [link for mail in mails for link in re.findall(r"/downloads/[\w-]{20,}", str(mail))]
    assert links, [mail["subject"] for mail in mails]
    return str(links[-1])


async def test_who_buys_a_file_is_asked_for_no_street_and_no_way_of_sending(market: Market, guide: UUID) -> None:
    shopper = await market.shopper()

    await shopper.post("/cart/lines", variant_id=str(guide), quantity="1")
    await shopper.contact()
    asked = await shopper.http.get("/checkout/address")
    without_place = await shopper.post("/checkout/address", country="US", name="Ada Lovelace")
    no_delivery = await shopper.http.get("/checkout/shipping")
    billed = await shopper.post("/checkout/address", **BILL)
    payment = await shopper.http.get("/checkout/payment")

    assert 'name="line1"' not in asked.text
    assert 'name="state"' in asked.text
    assert without_place.status_code == 422
    assert no_delivery.headers["location"] == "/checkout/address"
    assert billed.headers["location"] == "/checkout/payment"
    assert "$13.07" in text(payment), text(payment)  # 12.00 and New York's 8.875 %, and nothing for sending


async def test_a_file_is_fetched_from_the_order_and_by_the_link_of_the_mail(market: Market, guide: UUID) -> None:
    shopper = await market.shopper()
    number = await bought(shopper, guide)

    page = await shopper.http.get(f"/orders/{number}")
    fetched = await shopper.http.post(button(page.text))
    link = await mailed_link(market, shopper)
    looked_at = await market.front.get(link)
    by_link = await market.front.post(link)
    after = await shopper.http.get(f"/orders/{number}")

    assert fetched.content == by_link.content == CONTENT
    assert fetched.headers["content-type"] == "application/octet-stream"
    assert fetched.headers["content-disposition"].startswith('attachment; filename="Knots _ hitches _ 2nd.pdf"')
    assert looked_at.status_code == 200
    assert "3 downloads" in text(after)
    assert "Delivered" not in text(page)
    async with market.db.transaction(STAFF) as tx:
        head = await orders.matching(tx, number, shopper.email)
        assert head is not None
        order = await orders.order(tx, head)
    assert order.status == "delivered"
    assert not any("on its way" in subject for subject in await market.mails(to=shopper.email))
    await market.assert_sound()


async def test_nobody_else_can_fetch_it(market: Market, guide: UUID) -> None:
    shopper, stranger = await market.shoppers(2)
    number = await bought(shopper, guide)
    path = button((await shopper.http.get(f"/orders/{number}")).text)
    own = await bought(stranger, guide)

    taken = await stranger.http.post(path)
    through_own = await stranger.http.post(path.replace(number, own))
    guessed = await stranger.http.get("/downloads/" + "A" * 43)

    assert [taken.status_code, through_own.status_code, guessed.status_code] == [404, 404, 404]


async def test_it_runs_out_by_number_and_by_time_and_staff_open_it_again(market: Market, guide: UUID) -> None:
    async with market.db.transaction(STAFF) as tx:
        await store.change(tx, download_limit=1, download_days=7)
    shopper = await market.shopper()
    number = await bought(shopper, guide)
    link = await mailed_link(market, shopper)

    first = await shopper.http.post(link)
    second = await shopper.http.post(link)
    async with market.db.transaction(STAFF) as tx:
        order_id = await orders.matching(tx, number, shopper.email)
        assert order_id is not None
        await downloads.renew(tx, order_id, guide)
    old_link = await shopper.http.post(link)
    path = button((await shopper.http.get(f"/orders/{number}")).text)
    await move_clock(market.db, seconds=8 * 24 * 3600)
    too_late = await shopper.http.post(path)

    assert first.content == CONTENT
    assert second.status_code == old_link.status_code == too_late.status_code == 410
    assert "has run out" in text(second)


async def test_a_mixed_cart_sends_the_rest(market: Market, guide: UUID) -> None:
    shopper = await market.shopper()
    await shopper.post("/cart/lines", variant_id=str(guide), quantity="1")

    page = await shopper.walk()
    number = await shopper.arrive(await shopper.pay(page))
    await market.work()

    shown = await shopper.http.get(f"/orders/{number}")
    assert "350 Fifth Avenue" in text(shown)
    assert "Being packed" in text(shown)
    assert button(shown.text)
    await market.assert_sound()


async def test_a_place_for_a_bill_is_no_place_to_send_to(market: Market, guide: UUID) -> None:
    shopper = await market.shopper()
    await shopper.post("/cart/lines", variant_id=str(guide), quantity="1")
    await shopper.contact()
    await shopper.post("/checkout/address", **BILL)

    await shopper.add()
    again = await shopper.http.get("/checkout/payment")
    address = await shopper.post("/checkout/address", **HOME)

    assert again.headers["location"] == "/checkout/address"
    assert address.headers["location"] == "/checkout/shipping"


async def test_an_account_has_its_files_on_one_page(market: Market, guide: UUID) -> None:
    empty = await market.front.get("/account/downloads")

    assert empty.status_code in {302, 303}


async def test_a_file_without_its_content_cannot_be_bought(market: Market, guide: UUID) -> None:
    async with market.db.transaction(STAFF) as tx:
        await catalog.make_digital(tx, guide, None)
    shopper = await market.shopper()

    refused = await shopper.post("/cart/lines", variant_id=str(guide), quantity="1")

    assert refused.status_code in {409, 404}
