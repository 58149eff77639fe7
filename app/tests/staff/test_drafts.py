"""Draft orders: staff write one, the customer pays it by its link without log-in, and it is an order like any other."""

import re
from collections.abc import AsyncIterator
from html import unescape

import httpx
import pytest
from sqlalchemy import event

from app.runtime.shared_servers import SharedPostgres
from app.sandbox.testing import CARD_DECLINED
from app.tests.market import HOME, Market, Shopper, open_market
from app.tests.staff.people import db_of, staff_in
from app.web.testing import Browser
from domains import catalog, pricing, store
from domains.checkout.tests.factories import STAFF, assert_books_agree, customer, rename, sellable
from domains.kit import Database
from domains.kit.deliveries import drain, subscribe
from workers.subscriptions import SUBSCRIBERS

ADDRESS = {name: value for name, value in HOME.items() if name != "billing_same"}
MAIL = "ada@example.com"
_PICTURE = """
WITH kept AS (
    INSERT INTO catalog.media (id, key, sha256, content_type, width, height, bytes)
    VALUES (gen_random_uuid(), 'media/mug.webp', 'mug', 'image/webp', 10, 10, 10) RETURNING id
)
UPDATE catalog.variants SET picture_id = kept.id FROM kept WHERE variants.id = :variant
"""


@pytest.fixture
async def live_db(postgres: SharedPostgres, migrated: str) -> AsyncIterator[Database]:
    """An empty one, in which the tiny shop of checkout's tests is opened."""
    url = await postgres.clone(migrated)
    database = Database.connect(url, pool_size=20, name="test")
    yield database
    await database.dispose()
    await postgres.drop(url)


@pytest.fixture
async def market(live_db: Database, redis_url: str) -> AsyncIterator[Market]:
    async with open_market(live_db, redis_url) as market:
        async with live_db.transaction(STAFF) as tx:
            await subscribe(tx, SUBSCRIBERS)
        yield market


@pytest.fixture
async def manager(market: Market) -> AsyncIterator[Browser]:
    async with staff_in(market.front.shop, "manager") as browser:
        yield browser


def text(page: httpx.Response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def field(page: httpx.Response, name: str) -> str:
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)">', page.text)
    assert found is not None, text(page)
    return found[1]


async def written(market: Market, manager: Browser, *, quantity: int = 2) -> str:
    """A draft that is whole; its address."""
    begun = await manager.post("/staff/drafts/new", data={"email": MAIL})
    where = begun.headers["location"]
    assert begun.status_code == 303, text(begun)
    for path, form in (
        ("/lines/new", {"variant": str(market.goods.variant_id), "quantity": str(quantity)}),
        ("/address", ADDRESS),
        ("/delivery", {"method": str(market.goods.standard), "notes": "As we said on the phone"}),
    ):
        answer = await manager.post(f"{where}{path}", data=form)
        assert answer.status_code == 303, text(answer)
    return where


async def offered(market: Market, manager: Browser, where: str, by: str = "mail") -> str:
    """The link of it, once it has been sent or made; its path."""
    page = await manager.get(where)
    sent = await manager.post(f"{where}/link", data={"total": field(page, "total"), "by": by})
    assert sent.status_code == 303, text(sent)
    found = re.search(r'value="http[^"]*?(/pay/[\w-]{40,})"', (await manager.get(where)).text)
    assert found is not None
    return found[1]


async def pay(shopper: Shopper, link: str, page: httpx.Response, **options: str) -> httpx.Response:
    return await shopper.post(link, **(await shopper.form(page, **options)))


async def test_what_staff_write_is_paid_by_its_link_and_is_an_order_that_says_where_it_came_from(
    market: Market, manager: Browser
) -> None:
    where = await written(market, manager)
    link = await offered(market, manager, where)
    await drain(market.db, [each for each in SUBSCRIBERS if each.name == "notifications"])
    async with market.db.transaction(STAFF) as tx:
        mails = (await tx.sql("SELECT template_name FROM notifications.notifications")).scalars().all()
    buyer = await market.shopper()
    await buyer.add(1)  # his own cart stays his own

    shown = await buyer.http.get(link)
    paid = await pay(buyer, link, shown)

    assert mails == ["pay_link"]
    assert "As we said on the phone" in text(shown)
    assert shown.headers["x-robots-tag"].startswith("noindex")
    assert shown.headers["cache-control"] == "private, no-store"
    number = await buyer.arrive(paid)
    assert "Thank you" in text(await buyer.http.get(f"/orders/{number}?thanks=1"))
    assert "Your cart" in text(await buyer.http.get("/cart"))
    assert (await buyer.http.get("/checkout/contact")).status_code == 200
    order = text(await manager.get(f"/staff/orders/{number}"))
    assert f"Written by staff as draft {where.rpartition('/')[2]}" in order
    assert "Manager" in order
    assert number in text(await manager.get(where))
    listed = text(await manager.get("/staff/drafts?state=ordered"))
    assert number in listed
    again = await (await market.shopper()).http.get(link)
    assert again.headers["location"].startswith(f"/orders/{number}")
    await assert_books_agree(market.db, market.sandbox)


async def test_a_link_that_was_taken_back_opens_nothing_and_deleting_forgets_everything(
    market: Market, manager: Browser
) -> None:
    where = await written(market, manager)
    link = await offered(market, manager, where, by="link")
    buyer = await market.shopper()
    shown = await buyer.http.get(link)

    ended = await manager.post(f"{where}/link/end")
    refused = await pay(buyer, link, shown)
    deleted = await manager.post(f"{where}/deletion")

    assert (ended.status_code, refused.status_code, deleted.status_code) == (303, 410, 303)
    assert (await buyer.http.get("/pay/" + "x" * 43)).status_code == 410
    assert "Ada Lovelace" not in text(await manager.get(where))
    assert (await manager.post(f"{where}/lines/new", data={"variant": str(market.goods.variant_id)})).status_code == 303
    assert where.rpartition("/")[2] not in text(await manager.get("/staff/drafts"))
    async with market.db.transaction(STAFF) as tx:
        assert (await tx.sql("SELECT count(*) FROM orders.orders")).scalar_one() == 0


async def test_a_new_price_is_told_to_both_and_agreed_to_before_it_is_paid(market: Market, manager: Browser) -> None:
    where = await written(market, manager, quantity=1)
    link = await offered(market, manager, where)
    buyer = await market.shopper()
    shown = await buyer.http.get(link)
    await rename(market.db, market.goods.variant_id, 2500)

    refused = await pay(buyer, link, shown)
    desk = text(await manager.get(where))
    agreed = await buyer.post(f"{link}/total", total=field(refused, "total"))
    paid = await pay(buyer, link, await buyer.http.get(link))

    assert refused.status_code == 409
    assert "The total has changed" in text(refused)
    assert "The customer was told $27.22, and will be asked to agree to the new total." in desk
    assert agreed.status_code == 303
    assert await buyer.arrive(paid)
    assert await sellable(market.db, market.goods.variant_id) == (9, 0, 1)
    await assert_books_agree(market.db, market.sandbox)


async def test_what_sold_out_meanwhile_is_told_instead_of_a_card_field(market: Market, manager: Browser) -> None:
    where = await written(market, manager, quantity=8)
    link = await offered(market, manager, where)
    other = await market.shopper()
    await other.arrive(await other.pay(await other.walk(5)))

    shown = await (await market.shopper()).http.get(link)
    desk = text(await manager.get(where))

    assert "cannot be paid as it stands" in text(shown)
    assert "5 of 8 are left." in text(shown)
    assert 'name="confirmation_token"' not in shown.text
    assert "Only 5 can be had." in desk


async def test_after_a_refused_card_staff_may_change_it_and_the_customer_pays_the_new_one(
    market: Market, manager: Browser
) -> None:
    where = await written(market, manager)
    link = await offered(market, manager, where)
    buyer = await market.shopper()
    declined = await pay(buyer, link, await buyer.http.get(link), card=CARD_DECLINED)
    while_paying = text(await manager.get(where))
    line = f"quantity.{market.goods.variant_id}"

    changed = await manager.post(f"{where}/lines", data={line: "1"})
    told = await buyer.http.get(link)
    await buyer.post(f"{link}/total", total=field(told, "total"))
    number = await buyer.arrive(await pay(buyer, link, await buyer.http.get(link)))

    assert (declined.status_code, changed.status_code) == (303, 303)
    assert "The customer has begun to pay." in while_paying
    assert "The total has changed" in text(told)
    assert number
    late = await manager.post(f"{where}/lines", data={line: "3"})
    assert "paid it" in text(await manager.get(late.headers["location"]))
    await assert_books_agree(market.db, market.sandbox)


async def test_staff_order_it_by_transfer_and_are_told_where_the_shop_takes_none(
    market: Market, manager: Browser
) -> None:
    where = await written(market, manager)
    page = await manager.get(where)
    total = field(page, "total")
    none = await manager.post(f"{where}/transfer", data={"total": total, "key": "a" * 43})
    async with market.db.transaction(STAFF) as tx:
        await store.change(tx, bank_details="IBAN GR16", transfer_days=7)

    ordered = await manager.post(f"{where}/transfer", data={"total": total, "key": "b" * 43})

    assert none.status_code == 422
    assert "takes no bank transfers" in text(none)
    assert ordered.headers["location"].startswith("/staff/orders/ORD-")
    assert "pays by bank transfer" in text(await manager.get(ordered.headers["location"]))


async def test_an_order_that_costs_more_elsewhere_is_written_again_for_the_new_address(
    market: Market, manager: Browser
) -> None:
    shopper = await market.shopper()
    number = await shopper.arrive(await shopper.pay(await shopper.walk(3)))
    async with market.db.transaction(STAFF) as tx:
        await pricing.add_tax_rate(tx, name="Oregon", rate_ppm=200_000, country="US", state="OR")
    there = {**ADDRESS, "state": "OR", "city": "Portland", "postal_code": "97204"}
    where = f"/staff/orders/{number}/address"

    asked = await manager.post(where, data=there)
    form = {**there, "method": str(market.goods.standard), "total": field(asked, "total")}
    refused = await manager.post(where, data=form)
    again = await manager.post(f"/staff/orders/{number}/draft", data=form)

    assert "Write a draft order for this address" in text(asked)
    assert "costs more than was paid" in text(refused) or "cost more than was paid" in text(refused)
    draft = text(await manager.get(again.headers["location"]))
    assert "Portland" in draft
    assert f"Order {number} stays as it is" in draft
    assert shopper.email in draft


async def test_what_is_wrong_is_said_beside_what_was_typed(market: Market, manager: Browser) -> None:
    assert (await manager.post("/staff/drafts/new", data={"email": "nobody"})).status_code == 422
    where = (await manager.post("/staff/drafts/new", data={"email": MAIL})).headers["location"]
    variant = str(market.goods.variant_id)
    async with market.db.transaction(STAFF) as tx:
        sku = (await catalog.variants(tx, [market.goods.variant_id]))[market.goods.variant_id].sku

    ada = await customer(market.db, "ada.byron@example.com")
    begun = await manager.get(f"/staff/drafts/new?customer={ada.id}")
    found = text(await manager.get(f"{where}?find={sku}"))
    too_many = await manager.post(f"{where}/lines/new", data={"variant": variant, "quantity": "11"})
    early = await manager.post(f"{where}/link", data={"total": "0", "by": "mail"})
    wrong = await manager.post(f"{where}/address", data={**ADDRESS, "postal_code": ""})
    await manager.post(f"{where}/lines/new", data={"variant": variant, "quantity": "1"})
    more = await manager.post(f"{where}/lines", data={f"quantity.{variant}": "12"})

    assert 'value="ada.byron@example.com"' in begun.text
    assert f"{sku}, $20.00, 10 can be had" in found
    assert (too_many.status_code, early.status_code, wrong.status_code, more.status_code) == (409, 409, 422, 409)
    assert "Only 10 are left." in text(too_many)
    assert "Add what the customer wants." in text(early)
    assert 'value="12"' in more.text


async def test_the_page_of_a_draft_asks_the_database_few_times_whatever_it_shows(
    market: Market, manager: Browser
) -> None:
    where = await written(market, manager)
    link = await offered(market, manager, where)
    buyer = await market.shopper()
    await pay(buyer, link, await buyer.http.get(link), card=CARD_DECLINED)
    async with market.db.transaction(STAFF) as tx:
        await tx.sql(_PICTURE, {"variant": market.goods.variant_id})
        sku = (await catalog.variants(tx, [market.goods.variant_id]))[market.goods.variant_id].sku
    statements: list[str] = []
    engine = db_of(market.front.shop).bind.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *given: statements.append(given[2]))

    shown = text(await manager.get(f"{where}?find={sku}"))

    assert "The customer has begun to pay." in shown
    assert f"{sku}, $20.00, 8 can be had" in shown
    assert len(statements) <= 12, "\n".join(statements)
