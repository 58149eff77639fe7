"""The command bar and its keys."""

import re

from app.tests.staff.conftest import StaffBrowser
from domains.kit import Actor, Database
from domains.orders.tests.factories import an_account, placed

TESTER = Actor.system("tests")


def _found(page: str) -> list[str]:
    return re.findall(r'class="found__link" href="([^"]+)"', page)


async def test_it_finds_orders_customers_products_and_what_one_wants_to_do(
    staff_browser: StaffBrowser, live_db: Database
) -> None:
    async with live_db.transaction(TESTER) as tx:
        order = await placed(tx)
        await an_account(tx, "ada@example.com")
    owner = await staff_browser("owner")

    async def found(words: str) -> str:
        return (await owner.htmx("GET", "/staff/search", params={"q": words})).text

    assert order.number in await found("lovelace")
    assert "Customers" in await found("ada love")
    assert "Stoneware mug" in await found("mug stone")
    assert any(href == "/staff/orders" for href in _found(await found("ord")))
    assert "<html" not in await found("ord")
    assert "Nothing is called" in await found("zzzz")


async def test_it_finds_for_a_role_only_what_the_role_may_see(staff_browser: StaffBrowser, live_db: Database) -> None:
    async with live_db.transaction(TESTER) as tx:
        order = await placed(tx)
        await an_account(tx, "ada@example.com")
    marketing, warehouse = await staff_browser("marketing"), await staff_browser("warehouse")

    of_marketing = (await marketing.get("/staff/search?q=ada")).text
    of_warehouse = (await warehouse.get("/staff/search?q=ada")).text

    assert order.number not in of_marketing
    assert "ada@example.com" not in of_marketing
    assert order.number in of_warehouse
    assert "ada@example.com" not in of_warehouse


async def test_it_is_a_page_without_scripts(staff_browser: StaffBrowser) -> None:
    owner = await staff_browser("owner")

    page = (await owner.get("/staff/search?q=orders")).text

    assert "<html" in page
    assert "/staff/orders" in _found(page)


async def test_single_keys_are_switched_off_for_good_and_for_oneself(staff_browser: StaffBrowser) -> None:
    support, owner = await staff_browser("support"), await staff_browser("owner")

    await support.post("/staff/shortcuts", data={"single_keys": "off"})

    assert "data-no-single-keys" in (await support.get("/staff")).text
    assert "data-no-single-keys" not in (await owner.get("/staff")).text
    await support.post("/staff/shortcuts", data={"single_keys": "on"})
    assert "data-no-single-keys" not in (await support.get("/staff")).text
